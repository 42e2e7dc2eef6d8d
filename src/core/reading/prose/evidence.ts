/** What stands before a number in prose, a log line or a piece of code, and says what the number is. */
import { nameParts } from '../characters/characters.ts';
import type { TypeEvidence } from '../found/reading.ts';
import type { IgnoredReason } from '../found/reasons.ts';
import { meaningOf, meaningOfIdIn, type NameMeaning, type Role } from '../names/fieldNames.ts';
import { speaksForItself } from '../names/objectTypeWords.ts';
import { BLANK, BULLET, DASH, EQUALS, HASH, NEW_LINE, OPENING, QUOTE, STOP, signOf } from './signsBefore.ts';
import { wordsBefore } from './wordsBefore.ts';

export type NumberEvidence =
  | {
      readonly kind: 'record';
      readonly name: string;
      readonly role: Role;
      readonly objectType: string | undefined;
      readonly why: TypeEvidence;
      /** Numbers of fewer digits are not surely meant: only a type's name stands before them, which may be counted. */
      readonly least: number;
      /** More ids may follow: `ids:`, `IN (`, `[`. */
      readonly list: boolean;
      /** Words such as "updated" stand between, so what looks like a time may be one. */
      readonly distant: boolean;
    }
  | { readonly kind: 'other'; readonly reason: IgnoredReason; readonly list: boolean }
  /** A key or "id" stands before it that does not say of what. */
  | { readonly kind: 'unclear'; readonly list: boolean; readonly known: boolean }
  | { readonly kind: 'none' };

export const noEvidence: NumberEvidence = { kind: 'none' };

const longestWord = 64;
const mostWords = 5;

/** What stands between a word and what is right of it. One for all, since there is one before every word of a log. */
const gap = {
  start: 0,
  opened: false,
  equals: false,
  headed: false,
  hash: false,
  quoted: false,
  /** The number stands in brackets behind `IN`; known until the next number. */
  isSql: false,
  /** Its list is made by a constructor, and nothing else stood before that so far; known until the next number. */
  isBuilt: false,
};

/** Looks left from `at` over signs to where a word ends. The first gap may cross to a line above that ends open, others only in SQL. */
function lookOver(text: string, at: number, floor: number, isFirst: boolean): void {
  gap.opened = gap.equals = gap.headed = gap.hash = gap.quoted = false;
  let start = at;
  for (const least = Math.max(floor, at - longestWord); start > least; start--) {
    const code = text.charCodeAt(start - 1);
    const sign = signOf(code);
    if (sign === BLANK) continue;
    if (sign === EQUALS) gap.equals = true;
    else if (sign === HASH) gap.hash = true;
    else if (sign === QUOTE) gap.quoted = true;
    else if (sign === OPENING) gap.opened = true;
    else if (sign === NEW_LINE) {
      // Only what ends in a colon or an open bracket goes on in the next line, and SQL.
      if (isFirst ? !endsOpen(text, start - 1, floor) : !gap.isSql) break;
      gap.headed = isFirst;
    } else if (sign === DASH || sign === BULLET) {
      const isItem = text.charCodeAt(start) === 32;
      if (isItem ? !isFirst : sign === DASH) break;
    } else if (sign === STOP) {
      // `new long[] {5}`, `df["Record ID"].isin([5])`
      if (code !== 93 || !(gap.isBuilt || text.charCodeAt(start - 2) === 91)) break;
    }
  }
  gap.start = start;
}

/** The fewest digits that make an id of the number behind a type's name: "Deals (300)" and "deals: 300" count them. */
function leastAfterType(plural: boolean, list: boolean, keyed: boolean, hash: boolean): number {
  if (!plural) return keyed || hash ? 0 : 4;
  if (list) return keyed ? 0 : leastCounted;
  return keyed ? leastCounted : 4;
}

/** A shorter number after the name of what can be counted is rather a count. */
export const leastCounted = 7;

function wordStart(text: string, end: number, floor: number): number {
  const parts = nameParts();
  const least = Math.max(floor, end - longestWord);
  let at = end;
  while (at > least && parts[text.charCodeAt(at - 1)] === 1) at--;
  return at;
}

/** Looks left from a number at `start`, never further than `floor`, and at most five words. */
export function evidenceBefore(text: string, floor: number, start: number): NumberEvidence {
  gap.isSql = gap.isBuilt = false;
  let at = start;
  let keyed = false;
  let hash = false;
  let quoted = false;
  let list = false;
  let distant = false;
  for (let count = 0; count < mostWords; count++) {
    lookOver(text, at, floor, count === 0);
    hash ||= gap.hash;
    quoted ||= gap.quoted;
    if (count === 0) {
      keyed = gap.equals;
      list = gap.opened;
    } else if (gap.isBuilt) keyed ||= gap.equals;
    at = wordStart(text, gap.start, floor);
    if (at === gap.start) break;
    const word = wordsBefore.at(text, at, gap.start);
    const { meaning } = word;
    if (meaning.kind === 'recordId') {
      const name = meaning.role === 'record' ? '' : text.slice(at, gap.start);
      return recordEvidence(meaning, name, true, list || meaning.role === 'merged' || word.isPlural, distant);
    }
    if (meaning.kind === 'id') {
      const isKey = keyed && (count === 0 || gap.isBuilt);
      const id = { keyed: isKey, quoted, plural: word.isPlural, sql: gap.isSql, alias: word.alias, list, distant };
      return evidenceOfId(text, floor, at, mostWords - count - 1, id);
    }
    if (meaning.kind === 'type') {
      // "Order #4711" has its own number.
      if (!speaksForItself(meaning.objectType) && !keyed) break;
      return {
        kind: 'record',
        name: '',
        role: 'record',
        objectType: meaning.objectType,
        why: keyed ? 'key' : 'word',
        least: leastAfterType(meaning.plural, list, keyed || gap.isSql, hash),
        list: list || meaning.plural,
        distant,
      };
    }
    if (list && word.isConstructor && (gap.opened || count > 0)) {
      gap.isSql ||= word.isIn;
      gap.isBuilt ||= count === 0;
    } else if ((gap.headed && word.isHeading) || (list && word.isNew)) continue;
    else if ((!keyed || count > 0) && (word.isEvent || word.isBetween)) {
      distant ||= word.isEvent;
      gap.isSql ||= word.isIn && list;
    } else if (!keyed && gap.start - at === 2 && text.startsWith('at', at)) {
      // "at: 1764000000" is a time, "call us at 8005551234" is none.
      return noEvidence;
    } else if (meaning.kind === 'other') return count === 0 || gap.isSql ? other(meaning, list) : noEvidence;
    else break;
  }
  return keyed || gap.isSql ? { kind: 'unclear', list, known: false } : noEvidence;
}

/** How "id" stands before a number. */
interface IdWord {
  readonly keyed: boolean;
  readonly quoted: boolean;
  readonly plural: boolean;
  readonly sql: boolean;
  /** The `c` of `c.id`, which stands for a table. */
  readonly alias: string | undefined;
  readonly list: boolean;
  readonly distant: boolean;
}

/** What the id is of whose "id" starts at `start`: the object it stands in, or the word before it. */
function evidenceOfId(text: string, floor: number, start: number, mostLeft: number, id: IdWord): NumberEvidence {
  const { list } = id;
  gap.isBuilt = false;
  let at = start;
  /** The alias has been seen where it was given to its table. */
  let isNamed = false;
  for (let left = mostLeft; left > 0; left--) {
    lookOver(text, at, floor, false);
    at = wordStart(text, gap.start, floor);
    if (at === gap.start) break;
    const word = text.slice(at, gap.start);
    if (gap.opened && gap.equals) {
      const inside = meaningOfIdIn(word);
      if (inside.kind === 'recordId') return recordEvidence(inside, `${word}.id`, true, list, false);
      if (inside.kind === 'other') return other(inside, list);
      break;
    }
    const together = meaningOf(`${word} id`);
    const { isBetween, isEvent } = wordsBefore.at(text, at, gap.start);
    // "The record ids are" says it, though "record" may also stand between.
    if ((isBetween || isEvent) && (id.alias !== undefined || together.kind !== 'recordId')) continue;
    if (id.alias !== undefined && !isNamed) {
      // Of several tables, only the one of this name says what its ids are of.
      if (word !== id.alias) break;
      isNamed = true;
      continue;
    }
    if (together.kind === 'recordId') {
      const evidence = recordEvidence(together, word, id.keyed || id.sql, id.plural || list, id.distant);
      // "A record id (1 to 19 digits)" speaks of ids and names none.
      const isLoose = !id.keyed && !id.sql && together.objectType === undefined;
      return isLoose ? { ...evidence, least: 4 } : evidence;
    }
    // "request id 5" is surely no record; "foo id 5" may be one.
    if (together.kind === 'other' && !(id.quoted && id.keyed))
      return meaningOfIdIn(word).kind === 'other' ? other(together, list) : unclear(list);
    break;
  }
  const isSaid = (id.quoted && id.keyed) || (id.plural && id.keyed) || id.sql;
  return isSaid ? recordEvidence(ofRecord, '', true, list || id.plural, false) : unclear(list);
}

const ofRecord = { kind: 'recordId', role: 'record' } as const;

function endsOpen(text: string, end: number, floor: number): boolean {
  let at = end;
  while (at > floor && end - at < longestWord && /\s/.test(text.charAt(at - 1))) at--;
  const code = text.charCodeAt(at - 1);
  return at > floor && (code === 58 || code === 40 || code === 91 || code === 123 || code === 61);
}

type RecordEvidence = Extract<NumberEvidence, { kind: 'record' }>;

export function recordEvidence(
  meaning: Extract<NameMeaning, { kind: 'recordId' }>,
  name: string,
  keyed: boolean,
  list: boolean,
  distant: boolean,
): RecordEvidence {
  const { role, objectType } = meaning;
  return {
    kind: 'record',
    name: role === 'record' ? '' : name,
    role,
    objectType,
    why: keyed ? 'key' : 'word',
    least: 0,
    list,
    distant,
  };
}

function other({ reason }: Extract<NameMeaning, { kind: 'other' }>, list: boolean): NumberEvidence {
  return { kind: 'other', reason, list };
}

function unclear(list: boolean): NumberEvidence {
  return { kind: 'unclear', list, known: true };
}
