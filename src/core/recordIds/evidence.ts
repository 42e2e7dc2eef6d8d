/** What stands before a number in prose, a log line or a piece of code, and says what the number is. */
import { nameParts } from './characters.ts';
import { meaningOf, meaningOfIdIn, type NameMeaning, type Role } from './names.ts';
import type { TypeEvidence } from './reading.ts';
import type { IgnoredReason } from './reasons.ts';
import { BLANK, BULLET, DASH, EQUALS, HASH, NEW_LINE, OPENING, QUOTE, STOP, signOf } from './signsBefore.ts';
import { speaksForItself } from './typeWords.ts';
import { WordTable } from './wordTable.ts';

export type NumberEvidence =
  | {
      readonly kind: 'record';
      readonly name: string;
      readonly role: Role;
      readonly objectType: string | undefined;
      readonly why: TypeEvidence;
      /** Only a type's name stands before the number: not enough for a very short one. */
      readonly bare: boolean;
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

/** Words that may stand between a name and its number. */
const between = new Set(
  'in not where with for of the is was are were has have having by on und mit der die das le la les el los de del di da no nr num number get got record object named called equals eq'.split(
    ' ',
  ),
);

/** What happened to a record: the number behind may be when. */
const events = new Set(
  'updated created deleted removed merged fetched synced loaded read processing processed saved changed imported'.split(
    ' ',
  ),
);

/** A type's name where words are written without blanks. */
const unspaced = /(?:コンタクト|会社|企業|取引|チケット|リード)$/;

/** SQL calls its tables by a letter or two: `FROM companies c WHERE c.id IN (5)`. */
const aliased = /^([a-z]\w?)\.(\w+)$/i;

const longestWord = 64;
const mostWords = 5;

/** What is known of a word, found out once for each of the few different words of a text. */
interface Word {
  readonly meaning: NameMeaning;
  /** The `c` of `c.id`, which stands for a table. */
  readonly alias: string | undefined;
  /** Stands between a name and its number and says nothing itself. */
  readonly isBetween: boolean;
  readonly isEvent: boolean;
  readonly isIn: boolean;
  readonly isPlural: boolean;
}

const words = new WordTable((text): Word => {
  const [, alias, column] = aliased.exec(text) ?? [];
  const name = column ?? text.slice(text.lastIndexOf('.', text.lastIndexOf('.') - 1) + 1);
  const lower = text.replace(/\.$/, '').toLowerCase();
  let meaning = meaningOf(name);
  if (meaning.kind === 'unknown' && name.charCodeAt(name.length - 1) > 0x3000) {
    meaning = meaningOf(unspaced.exec(name)?.[0] ?? '');
  }
  return {
    meaning,
    alias,
    isBetween: between.has(lower),
    isEvent: events.has(lower),
    isIn: lower === 'in',
    isPlural: lower.endsWith('s'),
  };
});

/** Looks left from a number at `start`, never further than `floor`, and at most five words. */
export function evidenceBefore(text: string, floor: number, start: number): NumberEvidence {
  const parts = nameParts();
  let at = start;
  let keyed = false;
  let hash = false;
  let quoted = false;
  let list = false;
  let id: { keyed: boolean; quoted: boolean; plural: boolean; sql: boolean; alias: string | undefined } | undefined;
  let sql = false;
  let distant = false;
  /** The alias has been seen where it was given to its table. */
  let isNamed = false;
  for (let count = 0; count < mostWords; count++) {
    let opened = false;
    let equals = false;
    for (const least = Math.max(floor, at - longestWord); at > least; at--) {
      const sign = signOf(text.charCodeAt(at - 1));
      if (sign === BLANK) continue;
      if (sign === STOP) break;
      if (sign === EQUALS) equals = true;
      else if (sign === HASH) hash = true;
      else if (sign === QUOTE) quoted = true;
      else if (sign === OPENING) opened = true;
      else if (sign === NEW_LINE) {
        // Only what ends in a colon or an open bracket goes on in the next line, and SQL.
        if (count > 0 ? !id?.sql : !endsOpen(text, at - 1, floor)) break;
      } else if (sign === DASH || sign === BULLET) {
        const isItem = text.charCodeAt(at) === 32;
        if (isItem ? count > 0 : sign === DASH) break;
      }
    }
    if (count === 0) {
      keyed = equals;
      list = opened;
    }
    const wordEnd = at;
    const least = Math.max(floor, at - longestWord);
    while (at > least && parts[text.charCodeAt(at - 1)] === 1) at--;
    if (at === wordEnd) break;
    const { meaning, alias, isBetween, isEvent, isIn, isPlural } = words.at(text, at, wordEnd);

    if (id) {
      const word = text.slice(at, wordEnd);
      // The id's owner: the object it stands in, or the word before it.
      if (!(opened && equals)) {
        if (isBetween || isEvent) continue;
        if (id.alias !== undefined) {
          // Of several tables, only the one of this name says what its ids are of.
          if (word !== id.alias && !isNamed) break;
          if (!isNamed) {
            isNamed = true;
            continue;
          }
        }
        const together = meaningOf(`${word} id`);
        if (together.kind === 'recordId') return record(together, word, id.keyed || id.sql, id.plural || list, distant);
        if (together.kind === 'other' && !(id.quoted && id.keyed))
          return meaningIsSure(word) ? other(together, list) : unclear(list);
        break;
      }
      const inside = meaningOfIdIn(word);
      if (inside.kind === 'recordId') return record(inside, `${word}.id`, true, list, false);
      if (inside.kind === 'other') return other(inside, list);
      break;
    }
    if (meaning.kind === 'recordId')
      return record(
        meaning,
        meaning.role === 'record' ? '' : text.slice(at, wordEnd),
        true,
        list || meaning.role === 'merged' || isPlural,
        distant,
      );
    if (meaning.kind === 'id') {
      id = { keyed: count === 0 && keyed, quoted, plural: isPlural, sql, alias };
      continue;
    }
    if (meaning.kind === 'type') {
      const plural = meaning.plural;
      // "Order #4711" has its own number.
      if (!speaksForItself(meaning.objectType) && !keyed) break;
      return {
        kind: 'record',
        name: '',
        role: 'record',
        objectType: meaning.objectType,
        why: keyed ? 'key' : 'word',
        bare: plural ? !list : !keyed && !hash,
        list: list || plural,
        distant,
      };
    }
    if ((!keyed || count > 0) && (isEvent || isBetween)) {
      distant ||= isEvent;
      sql ||= isIn && list;
      continue;
    }
    if (meaning.kind === 'other') return count === 0 || sql ? other(meaning, list) : noEvidence;
    break;
  }
  if (id) {
    if ((id.quoted && id.keyed) || (id.plural && id.keyed) || id.sql) {
      return {
        kind: 'record',
        name: '',
        role: 'record',
        objectType: undefined,
        why: 'key',
        bare: false,
        list: list || id.plural,
        distant: false,
      };
    }
    return { kind: 'unclear', list, known: true };
  }
  return keyed || sql ? { kind: 'unclear', list, known: false } : noEvidence;
}

function endsOpen(text: string, end: number, floor: number): boolean {
  let at = end;
  while (at > floor && end - at < longestWord && /\s/.test(text.charAt(at - 1))) at--;
  const code = text.charCodeAt(at - 1);
  return at > floor && (code === 58 || code === 40 || code === 91 || code === 123 || code === 61);
}

/** "request id 5" is surely no record; "foo id 5" may be one. */
function meaningIsSure(word: string): boolean {
  const inside = meaningOfIdIn(word);
  return inside.kind === 'other';
}

function record(
  meaning: Extract<NameMeaning, { kind: 'recordId' }>,
  name: string,
  keyed: boolean,
  list: boolean,
  distant: boolean,
): NumberEvidence {
  const { role, objectType } = meaning;
  return {
    kind: 'record',
    name: role === 'record' ? '' : name,
    role,
    objectType,
    why: keyed ? 'key' : 'word',
    bare: false,
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
