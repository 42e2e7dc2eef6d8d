/** The words that names of fields are made of, each list in one place. `fieldNames.ts` says which of them counts more. */
import type { IgnoredReason } from '../found/reasons.ts';

/** A name in the letters that all lists are kept in: without accents, composed. */
export function folded(name: string): string {
  if (isAscii.test(name)) return name;
  return name
    .normalize('NFKD')
    .replaceAll(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .replaceAll(/[łŁ]/g, 'l')
    .replaceAll(/[øØ]/g, 'o')
    .replaceAll(/[æÆ]/g, 'ae');
}

/** Printable characters of ASCII and no others. */
export const isAscii = /^[ -~]*$/;

function words(text: string): ReadonlySet<string> {
  return new Set(folded(text).split(' '));
}

export const idWords = words('id ids vid vids tunnus tunnukset identyfikator identyfikatory kennung รหัส 标识 識別碼');

export const recordWords = words(
  'record records object objects hs hubspot crm datensatz datensatze registro registros tietue tietueen enregistrement enregistrements record レコード rekord rekordu fiche fiches information informations ficha post posts rekordy オブジェクト objekt objet oggetto objeto 레코드 기록 记录 記錄 紀錄 เรคคอร์ด เรกคอร์ด ระเบียน oppføring oppforing oppforings',
);

/** Words that say nothing about what an id is of. */
export const fillers = words(
  'get find by fetch load api basic the of for a an l d del de di da der des do du dell della all unique key no nr number primary all from to source target new old hs hubspot crm の set put add has is my its this that current selected existing given expected actual valid invalid internal identifier',
);

/** Before the name of a type these say which of its records are meant: `pilot_deals`, `testContacts`. */
export const associatedWords =
  /^(associated|associate|related|linked|zugeordnet\w*|zugehorig\w*|verknupft\w*|asociad\w*|associe\w*|associer\w*|associat[aieo]|gekoppeld\w*|geassocieerd\w*|powiazan\w*|associad\w*|liitty\w*|liitet\w*|kopplad\w*|associerad\w*|tilknyttet|tilknyttede|関連\p{L}*|연결된|관련|연관된)$/u;

export const mergedWords = words('merged new winning losing loser winner old');

/** What an `id` of these is. */
export const otherIds: ReadonlyMap<string, IgnoredReason> = new Map([
  ['portal', 'portalId'],
  ['hub', 'portalId'],
  ['event', 'eventId'],
  ['events', 'eventId'],
]);

const reasons: readonly (readonly [IgnoredReason, string])[] = [
  ['portalId', 'portal hub portalid hubid hublet'],
  ['eventId', 'event eventid'],
  ['associationTypeId', 'associationtypeid typeid'],
  [
    'epoch',
    'at time timestamp date datetime ts created updated modified occurred epoch expires expiry createdate closedate createdat updatedat lastmodifieddate lastupdated associatedcompanylastupdated datum zeit fecha data heure dato tid 日付 日期 날짜 วันที่',
  ],
  [
    'date',
    'jan feb mar apr jun jul aug sep sept oct nov dec january february april june july august september october november december monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun',
  ],
  ['duration', 'duration took elapsed latency ms millis milliseconds seconds secs timeout ttl uptime delay interval'],
  [
    'amount',
    'amount price value revenue annualrevenue totalrevenue cost mrr arr acv tcv sum budget betrag preis umsatz importe precio montant importo prezzo bedrag kwota valor belopp belob belop pris omsetning omsaetning 金額 金额 금액 จำนวนเงิน usd eur gbp $ €',
  ],
  [
    'phone',
    'phone mobile fax tel telephone mobilephone whatsapp telefon telefonnummer telefono telefone telefoon puhelin cell msisdn 電話 电话 전화 โทรศัพท์',
  ],
  ['percentage', 'percent percentage probability share'],
  ['version', 'version versions release rev revision'],
  [
    'count',
    'num count total size memory mem heap rss limit page pages attempt attempts retries retry batch length bytes items rows quantity qty results max min top first last asked found failed processed remaining',
  ],
  [
    'otherField',
    'status code port pid tid thread line lines zip postal postcode plz year age rank score level row column col index seq sequence step priority employees http errno exit build offset position width height weight sha hash commit checksum siren siret vat iban',
  ],
  ['otherId', 'uid gid guid sku owner owners user users workflow workflows stage stages dealstage pipeline pipelines'],
];
const reasonOf = new Map<string, IgnoredReason>();
for (const [reason, list] of reasons) for (const word of folded(list).split(' ')) reasonOf.set(word, reason);

/** What a field named by this word holds instead of record ids. */
export function reasonOfWord(word: string): IgnoredReason | undefined {
  return reasonOf.get(word) ?? (word.endsWith('s') ? reasonOf.get(word.slice(0, -1)) : undefined);
}

/** What is told about an id, or how many there are, behind it in a name. */
export const ofAnId = words('offset count total num size limit at date time timestamp updated created status length');

/** Words before "id" that make it the id of something else, even beside the name of an object type (`contactOwnerId`). */
export const ownersOfIds = words(
  'owner owners user users account app application subscription request trace span session correlation campaign list lists form forms page pipeline stage import workflow workflows sequence template job batch process group team file folder property association message thread external salesforce sf sfdc legacy source stripe zendesk jira tax vat message segment audience webhook transaction tenant client customer device pipedrive zoho marketo intercom shopify',
);

/** Programs that have contacts, leads, deals and tickets of their own. */
export const otherTools = words(
  'salesforce sfdc sf pipedrive zendesk jira stripe intercom zoho marketo dynamics freshdesk freshsales shopify netsuite quickbooks xero apollo outreach gong airtable notion asana monday github gitlab linear servicenow activecampaign mailchimp close copper attio chargebee',
);

/** Names of lists and wrappers that say nothing about what is in them. */
export const containers = words(
  'results result inputs input data items item records record objects object list hits rows row payload body response request root array values entries elements batch failed processed found remaining context params args arguments crm hubspot properties',
);

/** What happened to the records of a list: `{ "companies": { "created": [1, 2], "skipped": [3] } }`. */
export const events = words(
  'created updated modified changed deleted archived removed added merged skipped missing orphaned unmatched matched synced existing new invalid valid affected',
);

/** Say of what follows that it is not there: "deals without a company". */
export const negations = words(
  'without missing no lacks lack lacking not neither nor never un sin sem senza sans pas ohne kein keine keinen keiner fehlt fehlende fehlender fehlenden zonder geen ontbrekende bez brak utan saknar ingen inget inga uten uden mangler ilman ei puuttuu falta faltan manca manquant manquante don doesn isn aren hasn haven didn dont doesnt hasnt havent isnt arent',
);
