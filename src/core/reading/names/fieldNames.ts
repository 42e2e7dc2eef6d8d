/** What the name of a field says about the numbers in it: a JSON key, a column header, the word before a number in a log. */
import type { IgnoredReason } from '../found/reasons.ts';
import {
  associatedWords,
  containers,
  fillers,
  folded,
  idWords,
  isAscii,
  mergedWords,
  ofAnId,
  otherIds,
  ownersOfIds,
  reasonOfWord,
  recordWords,
} from './fieldWords.ts';
import { speaksForItself, typeAtEnd, typeOfWord } from './objectTypeWords.ts';

/**
 * Whose record an id is: the one the text is about, one end of an association, a record associated with the one in the same
 * row or object, or one that was merged away.
 */
export type Role = 'record' | 'from' | 'to' | 'associated' | 'merged';

export interface RecordMeaning {
  readonly kind: 'recordId';
  readonly objectType?: string;
  readonly role: Role;
}

export type NameMeaning =
  /** Holds record ids, of this type if given. */
  | RecordMeaning
  /** "id" and no more: of what, its surroundings tell. */
  | { readonly kind: 'id' }
  /** Names a list or a wrapper that says nothing of what is in it; a lone number under it is this. */
  | { readonly kind: 'container'; readonly reason: IgnoredReason | undefined }
  /** Names an object type. */
  | { readonly kind: 'type'; readonly objectType: string; readonly plural: boolean }
  /** Holds something else. */
  | { readonly kind: 'other'; readonly reason: IgnoredReason }
  | { readonly kind: 'unknown' };

const unknown: NameMeaning = { kind: 'unknown' };
const longestName = 120;
const longestOfWords = 1_000;
const mostRemembered = 5_000;

/** What a name means. Where the same names come again and again, {@link KnownNames} remembers it. */
export function meaningOf(name: string): NameMeaning {
  return name.length > longestName ? unknown : interpret(wordsOf(name));
}

export function recordOf(objectType: string, role: Role = 'record'): RecordMeaning {
  return { kind: 'recordId', objectType, role };
}

/** What the names of one text mean: a text uses few different names many times. */
export class KnownNames {
  readonly #meanings = new Map<string, NameMeaning>();

  meaningOf(name: string): NameMeaning {
    const known = this.#meanings.get(name);
    if (known) return known;
    const meaning = meaningOf(name);
    if (this.#meanings.size >= mostRemembered) this.#meanings.clear();
    // A name cut out of a long text would keep all of it in memory.
    this.#meanings.set(` ${name}`.slice(1), meaning);
    return meaning;
  }
}

/**
 * The words of a name in lower case, without accents: `associatedCompanyIDs` and "Associated Company IDs" give the same. What is
 * too long to be a name has none: to fold thousands of accents in a row takes seconds.
 */
export function wordsOf(name: string): string[] {
  if (name.length > longestOfWords) return [];
  const spaced = name
    .replaceAll(/hubspot/gi, ' hubspot ')
    .replaceAll(/I[Dd]([Ss]?)(?![a-z])/g, (_, plural: string) => `Id${plural && 's'} `)
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2');
  if (isAscii.test(name))
    return spaced
      .toLowerCase()
      .split(/[^a-z0-9]+/)
      .filter((word) => word !== '');
  return folded(spaced)
    .replaceAll(/関連付けられた|関連する|关联的?|關聯的?|相关的?|相關的?|ที่เกี่ยวข้อง|ที่เชื่อมโยง/g, ' 関連 ')
    .replaceAll('รหัส', ' id ')
    .replaceAll(/[の的]/g, ' ')
    .replaceAll(/([\u0e00-\u0e7f\u3000-\u9fff\uac00-\ud7af])([A-Za-z])/g, '$1 $2')
    .replaceAll(/([A-Za-z])([\u0e00-\u0e7f\u3000-\u9fff\uac00-\ud7af])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}\p{M}ー]+/u)
    .filter((word) => word !== '');
}

/** One precedence for all names: record id, then container, then something else, then a type, then unknown. */
function interpret(words: readonly string[]): NameMeaning {
  const joined = words.join('');
  const whole = typeOfWord(joined);
  if (whole) return { kind: 'type', objectType: whole, plural: isPlural(joined) };
  if (words.length === 1 && containers.has(joined)) return { kind: 'container', reason: reasonInContainer(joined) };
  const split = words.flatMap(splitId);
  const idAt = split.findIndex((word) => idWords.has(word));
  return idAt < 0 ? withoutId(split) : withId(split, idAt);
}

/** "data" is a date only in the headers of some exports. */
function reasonInContainer(word: string): IgnoredReason | undefined {
  return word === 'data' ? undefined : reasonOfWord(word);
}

function withId(split: readonly string[], idAt: number): NameMeaning {
  const rest = split.filter((word, at) => at !== idAt && !(at > idAt && word === 'list'));
  const other = otherIdIn(split, idAt, rest);
  if (other) return { kind: 'other', reason: other };
  const role = roleOf(rest);
  const objectType = typeIn(rest) ?? (/^vids?$/.test(split[idAt]!) ? '0-1' : undefined);
  const foreign = rest.filter(
    (word) =>
      !typeOfWord(word) &&
      !recordWords.has(word) &&
      !fillers.has(word) &&
      !associatedWords.test(word) &&
      !mergedWords.has(word),
  );
  const isOwned = foreign.some((word) => ownersOfIds.has(word));
  if (objectType && !isOwned) return { kind: 'recordId', objectType, role };
  if (foreign.length === 0) {
    return rest.some((word) => recordWords.has(word)) || role !== 'record'
      ? { kind: 'recordId', role }
      : { kind: 'id' };
  }
  // "Associated Projects IDs": a custom object type, whose name only its account knows.
  if (role === 'associated' && !isOwned) return { kind: 'recordId', role };
  return { kind: 'other', reason: 'otherId' };
}

/** Why a name with "id" in it holds no record ids, whatever type it names. */
function otherIdIn(split: readonly string[], idAt: number, rest: readonly string[]): IgnoredReason | undefined {
  if (rest.join(' ') === 'type') return 'associationTypeId';
  if (rest.includes('type')) return rest.includes('association') ? 'associationTypeId' : 'objectTypeId';
  // "hs_object_source_id" is the id of a source; "source_deal_id" is a deal's.
  if (idAt > 1 && split[idAt - 1] === 'source') return 'otherId';
  // "vidOffset", "contact_id_count", "deal_ids_updated_at"
  for (const word of split.slice(idAt + 1)) {
    const reason = ofAnId.has(word) ? reasonOfWord(word) : undefined;
    if (reason) return reason;
  }
  for (const word of rest) {
    const reason = otherIds.get(word);
    if (reason) return reason;
  }
  return undefined;
}

function withoutId(words: readonly string[]): NameMeaning {
  // "uniqueIdentifierValue" is no amount: it is what identifies something.
  if (words.includes('identifier')) return unknown;
  const named = words.filter((word) => !fillers.has(word));
  for (const word of [words.at(-1), words[0], named.at(-1)]) {
    const reason = word === undefined ? undefined : reasonOfWord(word);
    if (reason) return { kind: 'other', reason };
  }
  const joined = named.join('');
  const objectType = typeOfWord(joined) ?? (isUnspaced.test(joined) ? typeAtEnd(joined) : undefined);
  return objectType ? { kind: 'type', objectType, plural: isPlural(words.at(-1)!) } : unknown;
}

const isUnspaced = /^[\u0e00-\u0e7f\u3000-\u9fff]+$/;

/** "dealid" and "associatedcompanyids" are written in one: gives "deal", "id" and "associated", "company", "ids". */
function splitId(word: string): string[] {
  const parts = /^(associated|primary)?(.*?)(ids?)$/.exec(word);
  if (!parts?.[2]) return [word];
  const [, before, name, id] = parts;
  if (!typeOfWord(name!) && !recordWords.has(name!) && !otherIds.has(name!)) return [word];
  return [...(before ? [before] : []), name!, id!];
}

function typeIn(words: readonly string[]): string | undefined {
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!;
    const type = typeOfWord(word + (words[at + 1] ?? '')) ?? typeOfWord(word);
    if (type) return type;
  }
  return words.map((word) => (isUnspaced.test(word) ? typeAtEnd(word) : undefined)).find((type) => type !== undefined);
}

function roleOf(words: readonly string[]): Role {
  if (words[0] === 'from') return 'from';
  if (words[0] === 'to') return 'to';
  if (words.some((word) => associatedWords.test(word))) return 'associated';
  if (words.some((word) => mergedWords.has(word)) || words.join(' ') === 'primary object') return 'merged';
  // "primary_company_id" stands beside the record's own id, "primary_record_id" is it.
  if (words.includes('primary') && typeIn(words) !== undefined) return 'associated';
  return 'record';
}

function isPlural(word: string): boolean {
  return word.endsWith('s');
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
  if (words.some((word) => ownersOfIds.has(word) || ownersOfIds.has(word.replace(/s$/, ''))))
    return { kind: 'other', reason: 'otherId' };
  const reason = otherIds.get(joined);
  return reason ? { kind: 'other', reason } : { kind: 'id' };
}

/** The type of the records in a list of this name, by its last word: `pilot_deals`, `testContacts`, `affected companies`. */
export function typeOfList(name: string): string | undefined {
  const words = wordsOf(name);
  const last = words.at(-1);
  const objectType = last === undefined || words.length > 4 ? undefined : typeOfWord(last);
  if (!objectType || !speaksForItself(objectType)) return undefined;
  const isOther = words
    .slice(0, -1)
    .some((word) => reasonOfWord(word) ?? (associatedWords.test(word) || ownersOfIds.has(word)));
  return isOther ? undefined : objectType;
}
