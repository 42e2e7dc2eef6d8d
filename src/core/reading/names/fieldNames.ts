/** What the name of a field says about the numbers in it: a JSON key, a column header, the word before a number in a log. */
import type { IgnoredReason } from '../found/reasons.ts';
import { typeOfWord } from './objectTypeWords.ts';

/**
 * Whose record an id is: the one the text is about, one end of an association, a record associated with the one in the same
 * row or object, or one that was merged away.
 */
export type Role = 'record' | 'from' | 'to' | 'associated' | 'merged';

export type NameMeaning =
  /** Holds record ids, of this type if given. */
  | { readonly kind: 'recordId'; readonly objectType?: string; readonly role: Role }
  /** "id" and no more: of what, its surroundings tell. */
  | { readonly kind: 'id' }
  /** Names an object type. */
  | { readonly kind: 'type'; readonly objectType: string; readonly plural: boolean }
  /** Holds something else. */
  | { readonly kind: 'other'; readonly reason: IgnoredReason }
  | { readonly kind: 'unknown' };

const unknown: NameMeaning = { kind: 'unknown' };

/** What a name means. Remembers the answer: a text uses few different names many times. */
export function meaningOf(name: string): NameMeaning {
  let meaning = remembered.get(name);
  if (meaning === undefined) {
    meaning = name.length > longestName ? unknown : interpret(wordsOf(name));
    if (remembered.size >= mostRemembered) remembered.clear();
    // A name cut out of a long text would keep all of it in memory.
    remembered.set(` ${name}`.slice(1), meaning);
  }
  return meaning;
}

const remembered = new Map<string, NameMeaning>();
const mostRemembered = 5_000;
const longestName = 120;

/** The words of a name in lower case, without accents: `associatedCompanyIDs` and "Associated Company IDs" give the same. */
export function wordsOf(name: string): string[] {
  const spaced = name
    .replaceAll(/hubspot/gi, ' hubspot ')
    .replaceAll(/I[Dd]([Ss]?)(?![a-z])/g, (_, plural: string) => `Id${plural && 's'} `)
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2');
  if (isAscii.test(name))
    return spaced
      .toLowerCase()
      .split(/[^a-z0-9]+/)
      .filter((word) => word !== '');
  return spaced
    .normalize('NFKD')
    .replaceAll(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .replaceAll('ł', 'l')
    .replaceAll('Ł', 'L')
    .replaceAll(/関連付けられた|関連する/g, '関連 ')
    .replaceAll('の', ' ')
    .replaceAll(/([\u3000-\u9fff])([A-Za-z])/g, '$1 $2')
    .replaceAll(/([A-Za-z])([\u3000-\u9fff])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}\p{M}ー]+/u)
    .filter((word) => word !== '');
}

const isAscii = /^[ -~]*$/;

const idWords = new Set([
  'id',
  'ids',
  'vid',
  'vids',
  'tunnus',
  'tunnukset',
  'identyfikator',
  'identyfikatory',
  'kennung',
]);
const recordWords = new Set(
  'record records object objects hs hubspot crm datensatz datensatze registro registros tietue tietueen enregistrement enregistrements record レコード rekord rekordu fiche fiches information informations ficha post posts rekordy オブジェクト objekt objet oggetto objeto'.split(
    ' ',
  ),
);
/** Words that say nothing about what an id is of. */
const fillers = new Set(
  'get find by fetch load api basic the of for a an l d del de di da der des do du dell della all unique key no nr number primary all from to source target new old hs hubspot crm の'.split(
    ' ',
  ),
);
const associatedWords =
  /^(associated|associate|related|linked|zugeordnet\w*|zugehorig\w*|verknupft\w*|asociad\w*|associe\w*|associat[aieo]|gekoppeld\w*|geassocieerd\w*|powiazan\w*|associad\w*|liitty\w*|liitet\w*|kopplad\w*|associerad\w*|tilknyttet|関連\p{L}*)$/u;
const mergedWords = new Set(['merged', 'new', 'winning', 'losing', 'loser', 'winner', 'old']);

const otherIds: Record<string, IgnoredReason> = {
  portal: 'portalId',
  hub: 'portalId',
  event: 'eventId',
  events: 'eventId',
};

const plainReasons: readonly (readonly [IgnoredReason, string])[] = [
  ['portalId', 'portal hub portalid hubid hublet'],
  ['eventId', 'event eventid'],
  ['associationTypeId', 'associationtypeid typeid'],
  [
    'epoch',
    'at time timestamp date datetime ts created updated modified occurred epoch expires expiry createdate closedate createdat updatedat lastmodifieddate lastupdated associatedcompanylastupdated datum zeit fecha data heure 日付',
  ],
  [
    'date',
    'jan feb mar apr jun jul aug sep sept oct nov dec january february april june july august september october november december monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun',
  ],
  ['duration', 'duration took elapsed latency ms millis milliseconds seconds secs timeout ttl uptime delay interval'],
  [
    'amount',
    'amount price value revenue annualrevenue totalrevenue cost mrr arr acv tcv sum budget betrag preis umsatz importe precio montant importo prezzo bedrag kwota valor belopp 金額 usd eur gbp $ €',
  ],
  ['phone', 'phone mobile fax tel telephone mobilephone whatsapp telefon telefono telefone telefoon puhelin 電話'],
  ['percentage', 'percent percentage probability share'],
  ['version', 'version versions release rev revision'],
  [
    'count',
    'num count total size memory mem heap rss limit page pages attempt attempts retries retry batch length bytes items rows quantity qty results max min top first last asked found failed processed remaining',
  ],
  [
    'otherField',
    'status code port pid tid thread line lines zip postal postcode year age rank score level row column col index seq sequence step priority employees http errno exit build offset position width height weight sha hash commit checksum',
  ],
  ['otherId', 'uid gid guid sku owner owners user users workflow workflows stage stages dealstage pipeline pipelines'],
];
const reasonOfWord = new Map<string, IgnoredReason>();
for (const [reason, words] of plainReasons) for (const word of words.split(' ')) reasonOfWord.set(word, reason);

function interpret(words: readonly string[]): NameMeaning {
  const joined = words.join('');
  const whole = typeOfWord(joined);
  if (whole) return { kind: 'type', objectType: whole, plural: isPlural(joined) };
  const split = words.flatMap(splitId);
  const idAt = split.findIndex((word) => idWords.has(word));
  if (idAt < 0) return withoutId(split);
  const rest = split.filter((word, at) => at !== idAt && !(at > idAt && word === 'list'));
  if (rest.join(' ') === 'type') return { kind: 'other', reason: 'associationTypeId' };
  if (rest.includes('type'))
    return { kind: 'other', reason: rest.includes('association') ? 'associationTypeId' : 'objectTypeId' };
  // "hs_object_source_id" is the id of a source; "source_deal_id" is a deal's.
  if (idAt > 1 && split[idAt - 1] === 'source') return { kind: 'other', reason: 'otherId' };
  // "vidOffset", "contact_id_count", "deal_ids_updated_at"
  for (const word of split.slice(idAt + 1)) {
    const reason = ofAnId.has(word) ? reasonOfWord.get(word) : undefined;
    if (reason) return { kind: 'other', reason };
  }
  const role = roleOf(rest);
  const objectType = typeIn(rest) ?? (/^vids?$/.test(split[idAt]!) ? '0-1' : undefined);
  for (const word of rest) {
    const reason = Object.hasOwn(otherIds, word) ? otherIds[word] : undefined;
    if (reason) return { kind: 'other', reason };
  }
  const foreign = rest.filter(
    (word) =>
      !typeOfWord(word) &&
      !recordWords.has(word) &&
      !fillers.has(word) &&
      !associatedWords.test(word) &&
      !mergedWords.has(word),
  );
  if (objectType && foreign.every((word) => !ownersOfIds.has(word))) return { kind: 'recordId', objectType, role };
  if (foreign.length === 0) {
    return rest.some((word) => recordWords.has(word)) || role !== 'record'
      ? { kind: 'recordId', role }
      : { kind: 'id' };
  }
  // "Associated Projects IDs": a custom object type, whose name only its account knows.
  if (role === 'associated' && foreign.every((word) => !ownersOfIds.has(word))) return { kind: 'recordId', role };
  return { kind: 'other', reason: 'otherId' };
}

/** What is told about an id, or how many there are, behind it in a name. */
const ofAnId = new Set(
  'offset count total num size limit at date time timestamp updated created status length'.split(' '),
);

/** Words before "id" that make it the id of something else, even beside the name of an object type (`contactOwnerId`). */
const ownersOfIds = new Set(
  'owner user account app application subscription request trace span session correlation campaign list form page pipeline stage import workflow sequence template job batch process group team file folder property association message thread external salesforce sf sfdc legacy source stripe zendesk jira tax vat message'.split(
    ' ',
  ),
);

function withoutId(words: readonly string[]): NameMeaning {
  const named = words.filter((word) => !fillers.has(word));
  for (const word of [words.at(-1), words[0], named.at(-1)]) {
    const reason = word === undefined ? undefined : reasonOfWord.get(word);
    if (reason) return { kind: 'other', reason };
  }
  const objectType = typeOfWord(named.join(''));
  return objectType ? { kind: 'type', objectType, plural: isPlural(words.at(-1)!) } : unknown;
}

/** "dealid" and "associatedcompanyids" are written in one: gives "deal", "id" and "associated", "company", "ids". */
function splitId(word: string): string[] {
  const parts = /^(associated|primary)?(.*?)(ids?)$/.exec(word);
  if (!parts?.[2]) return [word];
  const [, before, name, id] = parts;
  if (!typeOfWord(name!) && !recordWords.has(name!) && !Object.hasOwn(otherIds, name!)) return [word];
  return [...(before ? [before] : []), name!, id!];
}

function typeIn(words: readonly string[]): string | undefined {
  for (let at = 0; at < words.length; at++) {
    const type = typeOfWord(words[at]! + (words[at + 1] ?? '')) ?? typeOfWord(words[at]!);
    if (type) return type;
  }
  return undefined;
}

function roleOf(words: readonly string[]): Role {
  if (words[0] === 'from') return 'from';
  if (words[0] === 'to') return 'to';
  if (words.some((word) => associatedWords.test(word))) return 'associated';
  if (words.some((word) => mergedWords.has(word)) || words.join(' ') === 'primary object') return 'merged';
  if (words.includes('primary')) return 'associated';
  return 'record';
}

function isPlural(word: string): boolean {
  return word.endsWith('s') || word.endsWith('IDs');
}

/** What the `id` inside an object or list of this name is: `"from": { "id": 1 }`, `"contacts": [{ "id": 1 }]`, `"owner": { "id": 1 }`. */
export function meaningOfIdIn(parent: string): NameMeaning {
  const all = wordsOf(parent);
  // GraphQL: "company_collection__deal_to_company" holds companies.
  const collection = all.indexOf('collection');
  const words = collection > 0 ? all.slice(0, collection) : all;
  const joined = words.join('');
  if (containers.has(joined)) return { kind: 'recordId', role: 'record' };
  if (joined === 'from' || joined === 'to') return { kind: 'recordId', role: joined };
  const objectType = typeOfWord(joined);
  if (objectType) return { kind: 'recordId', objectType, role: 'record' };
  if (words.some((word) => ownersOfIds.has(word))) return { kind: 'other', reason: 'otherId' };
  const reason = Object.hasOwn(otherIds, joined) ? otherIds[joined] : undefined;
  return reason ? { kind: 'other', reason } : { kind: 'id' };
}

/** Names of lists and wrappers that say nothing about what is in them. */
const containers = new Set(
  'results result inputs input data items item records record objects object list hits rows row payload body response request root array values entries elements batch crm hubspot properties'.split(
    ' ',
  ),
);
