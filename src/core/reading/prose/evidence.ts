/** What stands before a number in prose, a log line or a piece of code, and says what the number is. */
import { isBlank, nameParts } from '../characters/characters.ts';
import type { TypeEvidence } from '../found/reading.ts';
import type { IgnoredReason } from '../found/reasons.ts';
import { meaningOf, meaningOfIdIn, type NameMeaning, type Role } from '../names/fieldNames.ts';
import { ownersOfIds } from '../names/fieldWords.ts';
import { isAssociationCategory } from '../names/objectFacts.ts';
import { speaksForItself } from '../names/objectTypeWords.ts';
import { LookBack } from './lookBack.ts';
import { type Word, wordsBefore } from './wordsBefore.ts';

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
  /** A key or "id" stands before it that does not say of what. A short number under a container's name is `short`. */
  | {
      readonly kind: 'unclear';
      readonly list: boolean;
      readonly known: boolean;
      readonly short?: IgnoredReason | undefined;
      /** The slot's name, which something beside it explains: `value`, `from`, `to`. */
      readonly slot?: string | undefined;
    }
  | { readonly kind: 'none' };

export const noEvidence: NumberEvidence = { kind: 'none' };

const mostWords = 5;
/** More words are looked at where the first ones only said what is missing. */
const mostWordsNegated = 12;
/** No name of a program is longer. */
const longestTool = 24;
/** How far left of an "id" its noun is looked for, in code units. */
const farthestSubject = 160;
const mostSubjectWords = 14;
/** In `Deal "Acme" (5)`, a noun and a name as long as this. */
const longestNamed = 90;
const arrowFrom = /([\p{L}_]+) ?(?:->|=>|→) ?$/u;
const nounAndName =
  /(?:^|[^\p{L}\p{N}_])(\p{L}+):? (?:"[^"]{1,60}"|'[^']{1,60}'|“[^”]{1,60}”|\p{Lu}[\p{L}\p{N}.&'’-]*(?: (?:[\p{Lu}\p{N}&][\p{L}\p{N}.&'’-]*)){0,4}) $/u;

/** `[hubspot.py:91] WARNING - ` */
const behindLevel =
  /(?:^|[\s[(|])(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERR|ERROR|FATAL|CRITICAL)\b[\])!]?\s{0,2}[-:|]?\s{1,3}$/i;

/** A shorter number after the name of what can be counted is rather a count. */
export const leastCounted = 7;

/** The fewest digits that make an id of the number behind a type's name: "Deals (300)" and "deals: 300" count them. */
function leastAfterType(plural: boolean, list: boolean, keyed: boolean, hash: boolean): number {
  if (!plural) return keyed || hash ? 0 : 4;
  if (list) return keyed ? 0 : leastCounted;
  return keyed ? leastCounted : 4;
}

type RecordMeaning = Extract<NameMeaning, { kind: 'recordId' }>;
type RecordEvidence = Extract<NumberEvidence, { kind: 'record' }>;

export function recordEvidence(
  { role, objectType }: RecordMeaning,
  name: string,
  keyed: boolean,
  list: boolean,
  distant = false,
): RecordEvidence {
  const why = keyed ? 'key' : 'word';
  return { kind: 'record', name: role === 'record' ? '' : name, role, objectType, why, least: 0, list, distant };
}

const ofRecord = { kind: 'recordId', role: 'record' } as const;

/** Reads what stands before the numbers of one text. */
export class EvidenceBefore {
  readonly #text: string;
  readonly #back: LookBack;
  #floor = 0;
  /** Where the word starts that is looked at. */
  #at = 0;

  constructor(text: string) {
    this.#text = text;
    this.#back = new LookBack(text);
  }

  /** Looks left from a number at `start`, never further than `floor`, and at most a few words. */
  of(floor: number, start: number): NumberEvidence {
    const back = this.#back;
    back.reset();
    this.#floor = floor;
    this.#at = start;
    let slot: string | undefined;
    for (let count = 0; count < (back.isNegated ? mostWordsNegated : mostWords); count++) {
      back.over(this.#at, floor, count === 0);
      if (count === 0) {
        back.keyed = back.equals;
        back.list = back.opened;
        back.isHeaded = back.headed;
      } else if (back.isBuilt) back.keyed ||= back.equals;
      const at = back.wordStart(floor);
      this.#at = at;
      if (at === back.start || (count === 0 && this.#isNextArgument())) break;
      const word = wordsBefore.at(this.#text, at, back.start);
      if (count === 0 && back.keyed && word.isSlot) slot = this.#text.slice(at, back.start).toLowerCase();
      const told = this.#byWord(word, at, count);
      if (told === 'stop') break;
      if (told === 'on') continue;
      return told;
    }
    const headed = back.isHeaded && !back.isNegated ? this.#ofHeading(start) : undefined;
    if (headed) return headed;
    if (back.keyed || back.isSql) return { kind: 'unclear', list: back.list, known: false, slot };
    return this.#text.charCodeAt(start - 1) === 40 ? this.#ofNamed(start - 1) : noEvidence;
  }

  /** "Company ids to merge (master first):", "phone numbers to remove:": the first words of the line above that say something. */
  #ofHeading(start: number): NumberEvidence | undefined {
    let end = start;
    while (end > this.#floor && /[\s"`[({*-]/.test(this.#text.charAt(end - 1))) end--;
    const from = Math.max(this.#floor, this.#lineStart(end), end - longestNamed);
    const words = this.#text.slice(from, end).match(/\p{L}[\p{L}\p{N}_]*/gu) ?? [];
    for (const [nth, word] of words.entries()) {
      const single = meaningOf(word);
      const pair = words[nth + 1] === undefined ? single : meaningOf(`${word} ${words[nth + 1]}`);
      const meaning = pair.kind === 'recordId' ? pair : single;
      if (meaning.kind === 'recordId' && meaning.objectType) return recordEvidence(meaning, '', true, true);
      if (meaning.kind === 'type' && speaksForItself(meaning.objectType)) {
        const record = { kind: 'recordId', objectType: meaning.objectType, role: 'record' } as const;
        return { ...recordEvidence(record, '', true, true), least: leastCounted };
      }
      if (meaning.kind === 'other' && ofHeadings.has(meaning.reason)) return other(meaning.reason, true);
    }
    return undefined;
  }

  /** `Deal "Acme" (5)`, `Contact: Jane Doe (5)`: a noun and a name before the brackets. */
  #ofNamed(bracket: number): NumberEvidence {
    const start = Math.max(this.#floor, bracket - longestNamed, this.#lineStart(bracket));
    const noun = nounAndName.exec(this.#text.slice(start, bracket))?.[1];
    if (noun === undefined) return noEvidence;
    const { meaning } = wordsBefore.at(noun, 0, noun.length);
    if (meaning.kind === 'other') return other(meaning.reason, false);
    if (meaning.kind !== 'type' || meaning.plural || !speaksForItself(meaning.objectType)) return noEvidence;
    const record = { kind: 'recordId', objectType: meaning.objectType, role: 'record' } as const;
    return { ...recordEvidence(record, '', false, false), least: leastCounted };
  }

  /** `setOwner(contact.id, 5)`: what stands before a comma is another value, unless it is a key in quotes as in `("dealId", 5)`. */
  #isNextArgument(): boolean {
    const { comma, equals, start } = this.#back;
    const code = this.#text.charCodeAt(start);
    return comma && !equals && code !== 34 && code !== 39 && code !== 92;
  }

  /** What the word says, or whether to go on to the one before it. */
  #byWord(word: Word, at: number, count: number): NumberEvidence | 'on' | 'stop' {
    const back = this.#back;
    const { meaning } = word;
    if (back.isNegated && meaning.kind !== 'type') return word.isBeforeNegation || word.isBetween ? 'on' : 'stop';
    switch (meaning.kind) {
      case 'recordId': {
        if (this.#isOfOtherTool(at)) return ofOthers;
        const name = meaning.role === 'record' ? '' : this.#text.slice(at, back.start);
        const list = back.list || meaning.role === 'merged' || word.isPlural;
        return recordEvidence(meaning, name, true, list, back.distant);
      }
      case 'id':
        return this.#ofId(word, at, back.keyed && (count === 0 || back.isBuilt), mostWords - count - 1);
      case 'type':
        return this.#ofType(meaning, at, count);
      default:
        return this.#ofOther(word, at, count);
    }
  }

  #ofType(
    { objectType, plural }: Extract<NameMeaning, { kind: 'type' }>,
    at: number,
    count: number,
  ): NumberEvidence | 'on' | 'stop' {
    const back = this.#back;
    const { keyed, list } = back;
    // "Order #4711" has its own number.
    if (!speaksForItself(objectType) && !keyed) return 'stop';
    const before = keyed ? this.#text.slice(Math.max(this.#floor, at - 24), at) : '';
    const pair = before.includes('>') || before.includes('→') ? arrowFrom.exec(before)?.[1] : undefined;
    if (pair !== undefined) return this.#ofPair(pair);
    const isHeading = keyed || list || back.isHeaded;
    const isStated = count === 0 && list && !keyed && !plural;
    const typeEnd = back.start;
    if (isHeading) {
      const negation = this.#negationBefore(at);
      if (negation !== undefined) {
        if (plural && this.#text.startsWith('issing', negation + 1) && this.#startsSentence(negation))
          return this.#record(objectType, plural, list);
        back.isNegated = true;
        this.#at = negation;
        return 'on';
      }
    }
    if (this.#isOfOtherTool(at)) return ofOthers;
    // "owns the active deal (5)": whose number it is, the sentence leaves open.
    if (isStated && this.#speaksOfOwner(at)) return ofOthers;
    back.start = typeEnd;
    return this.#record(objectType, plural, list);
  }

  /** `deal->contact: 5 -> 6`: the first number is of what the pair starts with. */
  #ofPair(noun: string): NumberEvidence {
    const { meaning } = wordsBefore.at(noun, 0, noun.length);
    return meaning.kind === 'type' ? this.#record(meaning.objectType, meaning.plural, false) : ofOthers;
  }

  #record(objectType: string, plural: boolean, list: boolean): RecordEvidence {
    const { keyed, isSql, hash, distant, isHeaded } = this.#back;
    return {
      kind: 'record',
      name: '',
      role: 'record',
      objectType,
      why: keyed ? 'key' : 'word',
      least: leastAfterType(plural, list, keyed || isSql, hash),
      list: list || plural || isHeaded,
      distant,
    };
  }

  /** What a word makes of the number that names neither an id nor a type. */
  #ofOther(word: Word, at: number, count: number): NumberEvidence | 'on' | 'stop' {
    const back = this.#back;
    const { meaning } = word;
    const { keyed, list } = back;
    if (list && word.isConstructor && (back.opened || count > 0)) {
      back.isSql ||= word.isIn;
      back.isBuilt ||= count === 0;
      return 'on';
    }
    if ((back.headed && word.isHeading) || (list && word.isNew)) return 'on';
    if ((!keyed || count > 0) && (word.isEvent || word.isBetween)) {
      back.distant ||= word.isEvent;
      back.isSql ||= word.isIn && list;
      return 'on';
    }
    // "at: 1764000000" is a time, "call us at 8005551234" is none.
    if (!keyed && back.start - at === 2 && this.#text.startsWith('at', at)) return noEvidence;
    if (word.listType !== undefined && (keyed || back.isHeaded) && (list || back.isHeaded))
      return recordEvidence(
        { kind: 'recordId', objectType: word.listType, role: 'record' },
        '',
        true,
        true,
        back.distant,
      );
    const isNear = count === 0 || back.isSql;
    if (meaning.kind === 'other') return isNear ? other(meaning.reason, list || back.isHeaded) : noEvidence;
    if (meaning.kind === 'container' && isNear) return { kind: 'unclear', list, known: true, short: meaning.reason };
    return 'stop';
  }

  /** What the id is of whose "id" starts at `start`: the object it stands in, or the word before it. */
  #ofId(id: Word, start: number, keyed: boolean, mostLeft: number): NumberEvidence {
    const back = this.#back;
    const { list, quoted, isSql, distant } = back;
    const asked: AskedId = { id, keyed, quoted, list, isSql, distant, isNamed: false, isApart: false };
    back.isBuilt = false;
    let at = start;
    for (let left = mostLeft; left > 0; left--) {
      back.over(at, this.#floor, false);
      at = back.wordStart(this.#floor);
      if (at === back.start) break;
      const told = this.#ownerBy(asked, at);
      if (told === 'stop') break;
      if (told !== 'on') return told;
    }
    if ((quoted && keyed) || (id.isPlural && keyed) || isSql)
      return recordEvidence(ofRecord, '', true, list || id.isPlural);
    return this.#bySubject(start, list);
  }

  #ownerBy(asked: AskedId, at: number): NumberEvidence | 'on' | 'stop' {
    const back = this.#back;
    const { id, list } = asked;
    const word = this.#text.slice(at, back.start);
    if (back.opened && back.equals) {
      const inside = meaningOfIdIn(word);
      if (inside.kind === 'recordId') return recordEvidence(inside, `${word}.id`, true, list);
      return inside.kind === 'other' ? other(inside.reason, list) : 'stop';
    }
    // `category=HUBSPOT_DEFINED id=280`
    if (isAssociationCategory(word)) return other('associationTypeId', false);
    asked.isApart ||= back.apart;
    const together = meaningOf(`${word} id`);
    const { isBetween, isEvent, isTool } = wordsBefore.at(this.#text, at, back.start);
    // "The record ids are" says it, though "record" may also stand between.
    if ((isBetween || isEvent) && (id.alias !== undefined || together.kind !== 'recordId')) {
      asked.isApart ||= word.toLowerCase() === 'with';
      return 'on';
    }
    if (id.alias !== undefined && !asked.isNamed) {
      // Of several tables, only the one of this name says what its ids are of.
      if (word !== id.alias) return 'stop';
      asked.isNamed = true;
      return 'on';
    }
    if (together.kind === 'recordId') return this.#isOfOtherTool(at) ? ofOthers : recordById(asked, together, word);
    return asked.isApart || isTool ? 'stop' : otherById(asked, together, word);
  }

  /** `Contact already exists. Existing ID: 5`, `Updated deal "Acme" (ID: 5)`: the noun that the sentence is about, further left. */
  #bySubject(end: number, list: boolean): NumberEvidence {
    const start = Math.max(this.#floor, end - farthestSubject, this.#lineStart(end));
    const words = this.#text.slice(start, end).match(/[\p{L}_][\p{L}\p{N}_-]*/gu) ?? [];
    for (const word of words.reverse().slice(0, mostSubjectWords)) {
      const known = wordsBefore.at(word, 0, word.length);
      const { meaning } = known;
      if (known.isTool || known.isNegation) break;
      if (meaning.kind === 'type' && !meaning.plural && speaksForItself(meaning.objectType)) {
        const record = { kind: 'recordId', objectType: meaning.objectType, role: 'record' } as const;
        return recordEvidence(record, '', false, list);
      }
      if (meaning.kind === 'other' && ofSomethingElse.has(meaning.reason)) return other(meaning.reason, list);
      if (ownersOfIds.has(word.toLowerCase())) return unclear(list);
    }
    return unclear(list);
  }

  /** Where the word starts that says that what is named at `at` is missing: "without a", "not associated with any". */
  #negationBefore(at: number): number | undefined {
    const back = this.#back;
    const brief = /\bw\/o (?:an? |any )?$/i.exec(this.#text.slice(Math.max(this.#floor, at - 10), at));
    if (brief) return at - brief[0].length;
    const { start, opened, equals, headed, apart } = back;
    let found: number | undefined;
    for (let from = at, left = 6; left > 0; left--) {
      back.over(from, this.#floor, false);
      if (back.opened || back.equals) break;
      from = back.wordStart(this.#floor);
      if (from === back.start) break;
      const word = wordsBefore.at(this.#text, from, back.start);
      if (word.isNegation) {
        found = from;
        break;
      }
      if (!word.isWithinNegation) break;
    }
    Object.assign(back, { start, opened, equals, headed, apart });
    return found;
  }

  /** "Salesforce lead ID 5" is no lead of HubSpot's. */
  #isOfOtherTool(at: number): boolean {
    const text = this.#text;
    let end = at;
    while (end > this.#floor && (isBlank(text.charCodeAt(end - 1)) || text.charCodeAt(end - 1) === 45)) end--;
    if (end === at) return false;
    // "Salesforce's"
    if (text.charCodeAt(end - 1) === 115 && text.charCodeAt(end - 2) === 39) end -= 2;
    const parts = nameParts();
    let start = end;
    while (start > this.#floor && end - start < longestTool && parts[text.charCodeAt(start - 1)] === 1) start--;
    return start < end && wordsBefore.at(text, start, end).isTool;
  }

  /** True where a line starts, or what a log says behind its level. */
  #startsSentence(at: number): boolean {
    const line = this.#lineStart(at);
    return line === at || behindLevel.test(this.#text.slice(Math.max(line, at - 24), at));
  }

  #speaksOfOwner(at: number): boolean {
    return /\bown(?:s|er|ers|ed)?\b[^.]*$/i.test(this.#text.slice(Math.max(this.#floor, at - 80), at));
  }

  #lineStart(at: number): number {
    const least = Math.max(this.#floor, at - farthestSubject);
    let start = at;
    while (start > least && this.#text.charCodeAt(start - 1) !== 10) start--;
    return start;
  }
}

/** How "id" stands before a number, and what was passed left of it. */
interface AskedId {
  readonly id: Word;
  readonly keyed: boolean;
  readonly quoted: boolean;
  readonly list: boolean;
  readonly isSql: boolean;
  readonly distant: boolean;
  /** The alias has been seen where it was given to its table. */
  isNamed: boolean;
  /** A bracket or a comma stands between: the words left of it do not say of what the id is. */
  isApart: boolean;
}

/** `deal id 5`, where the word before "id" says of what. */
function recordById(
  { id, keyed, isSql, list, distant }: AskedId,
  meaning: RecordMeaning,
  word: string,
): RecordEvidence {
  const evidence = recordEvidence(meaning, word, keyed || isSql, id.isPlural || list, distant);
  // "A record id (1 to 19 digits)" speaks of ids and names none.
  const isLoose = !keyed && !isSql && meaning.objectType === undefined;
  return isLoose ? { ...evidence, least: 4 } : evidence;
}

/** "request id 5" is surely no record; "foo id 5" may be one. */
function otherById({ id, keyed, quoted, list }: AskedId, together: NameMeaning, word: string): NumberEvidence | 'stop' {
  if (together.kind !== 'other' || (quoted && keyed)) return 'stop';
  return meaningOfIdIn(word).kind === 'other' ? other(together.reason, list || id.isPlural) : unclear(list);
}

const ofHeadings: ReadonlySet<IgnoredReason> = new Set(['otherId', 'portalId', 'phone', 'amount']);
const ofSomethingElse: ReadonlySet<IgnoredReason> = new Set(['otherId', 'portalId', 'eventId', 'associationTypeId']);

function other(reason: IgnoredReason, list: boolean): NumberEvidence {
  return { kind: 'other', reason, list };
}

/** Nothing around the number makes it a record's. */
const ofOthers: NumberEvidence = { kind: 'unclear', list: false, known: false };

function unclear(list: boolean): NumberEvidence {
  return { kind: 'unclear', list, known: true };
}
