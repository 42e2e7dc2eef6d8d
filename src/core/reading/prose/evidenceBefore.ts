/** What stands before a number in prose, a log line or a piece of code, and says what the number is. */
import { WordTable } from '../characters/wordTable.ts';
import { type NameMeaning, type RecordMeaning, recordOf } from '../names/fieldNames.ts';
import { speaksForItself } from '../names/objectTypeWords.ts';
import { leastCounted, leastNamed } from '../shapes/wholeNumbers.ts';
import {
  byNoun,
  type NumberEvidence,
  noEvidence,
  ofOthers,
  other,
  type RecordEvidence,
  recordEvidence,
} from './evidence.ts';
import { AskedId, farthestSubject } from './evidenceOfId.ts';
import { LookBack } from './lookBack.ts';
import type { Word, WordsBefore } from './wordsBefore.ts';

const mostWords = 5;
/** More words are looked at where the first ones only said what is missing. */
const mostWordsNegated = 12;
/** In `Deal "Acme" (5)`, a noun and a name as long as this. */
const longestNamed = 90;
const arrowFrom = /([\p{L}_]+) ?(?:->|=>|→) ?$/u;
const nounAndName =
  /(?:^|[^\p{L}\p{N}_])(\p{L}+):? (?:"[^"]{1,60}"|'[^']{1,60}'|“[^”]{1,60}”|\p{Lu}[\p{L}\p{N}.&'’-]*(?: (?:[\p{Lu}\p{N}&][\p{L}\p{N}.&'’-]*)){0,4}) $/u;

/** `[hubspot.py:91] WARNING - ` */
const behindLevel =
  /(?:^|[\s[(|])(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERR|ERROR|FATAL|CRITICAL)\b[\])!]?\s{0,2}[-:|]?\s{1,3}$/i;

/** What headings make of the numbers below. */
const ofHeadings: ReadonlySet<string> = new Set(['otherId', 'portalId', 'phone', 'amount']);

/** `association of [contact] between [5`: of which types, the sentence leaves open. */
const between = /\bassociations?\b[^.\n]{0,60}\bbetween\s{1,2}[[(<"'`]?$/i;
const ofNone: RecordMeaning = { kind: 'recordId', role: 'record' };

/** No number is told anything by what stands further left, in code units. */
const farthest = 1_200;
/** What stands between two numbers of a log is mostly as short as this, and comes again in the next line. */
const longestUsual = 90;

/** Reads what stands before the numbers of one text. */
export class EvidenceBefore {
  readonly #words: WordsBefore;
  readonly #usual: WordTable<NumberEvidence>;

  constructor(words: WordsBefore) {
    this.#words = words;
    this.#usual = new WordTable((gap) => new Gap(gap, words).evidence());
  }

  /** What [floor, start) says of a number at `start`. */
  of(text: string, floor: number, start: number): NumberEvidence {
    if (start - floor <= longestUsual) return start > floor ? this.#usual.at(text, floor, start) : noEvidence;
    return new Gap(text.slice(Math.max(floor, start - farthest), start), this.#words).evidence();
  }
}

/** What stands between a number and what was read before it. */
class Gap {
  readonly #text: string;
  readonly #words: WordsBefore;
  readonly #back: LookBack;
  /** Where the word starts that is looked at. */
  #at: number;
  /** The key of the number, if it is one that says nothing itself: `value`. */
  #slot: string | undefined;

  constructor(text: string, words: WordsBefore) {
    this.#text = text;
    this.#words = words;
    this.#back = new LookBack(text, words);
    this.#at = text.length;
  }

  /** Looks left from the number, and at most at a few words. */
  evidence(): NumberEvidence {
    const told = this.#byWords();
    if (told) return told;
    const back = this.#back;
    const headed = back.isHeaded && !back.isNegated ? this.#ofHeading() : undefined;
    if (headed) return headed;
    if (back.keyed || back.isSql) return { kind: 'unclear', list: back.list, known: false, slot: this.#slot };
    if (between.test(this.#text)) return { ...recordEvidence(ofNone, '', false, true), least: leastCounted };
    return this.#text.endsWith('(') ? this.#ofNamed() : noEvidence;
  }

  #byWords(): NumberEvidence | undefined {
    const back = this.#back;
    for (let count = 0; count < (back.isNegated ? mostWordsNegated : mostWords); count++) {
      back.over(this.#at, count === 0);
      const at = back.wordStart();
      this.#at = at;
      if (at === back.start || (count === 0 && this.#isNextArgument())) return undefined;
      const word = this.#words.at(this.#text, at, back.start);
      if (count === 0 && back.keyed && word.is('slot')) this.#slot = this.#text.slice(at, back.start).toLowerCase();
      const told = this.#byWord(word, at, count);
      if (told === 'stop') return undefined;
      if (told !== 'on') return told;
    }
    return undefined;
  }

  /** `setOwner(contact.id, 5)`: what stands before a comma is another value, unless it is a key in quotes as in `("dealId", 5)`. */
  #isNextArgument(): boolean {
    const { comma, equals, start } = this.#back;
    return comma && !equals && !/["'\\]/.test(this.#text.charAt(start));
  }

  /** What the word says, or whether to go on to the one before it. */
  #byWord(word: Word, at: number, count: number): NumberEvidence | 'on' | 'stop' {
    const back = this.#back;
    const { meaning } = word;
    if (back.isNegated && meaning.kind !== 'type')
      return word.is('beforeNegation') || word.is('between') ? 'on' : 'stop';
    switch (meaning.kind) {
      case 'recordId': {
        if (this.#words.isOfOtherTool(this.#text, at)) return ofOthers;
        const name = meaning.role === 'record' ? '' : this.#text.slice(at, back.start);
        const list = back.list || meaning.role === 'merged' || word.isPlural;
        return recordEvidence(meaning, name, true, list, back.distant);
      }
      case 'id': {
        const keyed = back.keyed && (count === 0 || back.isBuilt);
        return new AskedId(word, keyed, back, this.#words).owner(at, mostWords - count - 1);
      }
      case 'type':
        return this.#ofType(meaning, at, count);
      default:
        return this.#ofOther(word, at, count);
    }
  }

  #ofType(meaning: TypeMeaning, at: number, count: number): NumberEvidence | 'on' | 'stop' {
    const { keyed, list, isHeaded } = this.#back;
    // "Order #4711" has its own number.
    if (!speaksForItself(meaning.objectType) && !keyed) return 'stop';
    const pair = keyed ? arrowFrom.exec(this.#text.slice(Math.max(0, at - 24), at))?.[1] : undefined;
    if (pair !== undefined) return this.#ofPair(pair);
    const negation = keyed || list || isHeaded ? this.#negationBefore(at) : undefined;
    if (negation !== undefined) return this.#ofMissing(meaning, negation);
    if (this.#words.isOfOtherTool(this.#text, at)) return ofOthers;
    // "owns the active deal (5)": whose number it is, the sentence leaves open.
    const isStated = count === 0 && list && !keyed && !meaning.plural;
    return isStated && this.#speaksOfOwner(at) ? ofOthers : this.#record(meaning, list);
  }

  /** "Deals without a company": the type is that of what stands before, but "Missing deals" are deals. */
  #ofMissing(meaning: TypeMeaning, negation: number): NumberEvidence | 'on' {
    const isMissing = meaning.plural && this.#text.startsWith('issing', negation + 1);
    if (isMissing && this.#startsSentence(negation)) return this.#record(meaning, this.#back.list);
    this.#back.isNegated = true;
    this.#at = negation;
    return 'on';
  }

  /** `deal->contact: 5 -> 6`: the first number is of what the pair starts with. */
  #ofPair(noun: string): NumberEvidence {
    const { meaning } = this.#words.of(noun);
    return meaning.kind === 'type' ? this.#record(meaning, false) : ofOthers;
  }

  #record({ objectType, plural }: TypeMeaning, list: boolean): RecordEvidence {
    const { keyed, isSql, hash, distant, isHeaded } = this.#back;
    const isSaid = keyed || isSql;
    return {
      ...recordEvidence(recordOf(objectType), '', keyed, list || plural || isHeaded, distant),
      least: leastAfterType(plural, list, isSaid, hash),
    };
  }

  /** What a word makes of the number that names neither an id nor a type. */
  #ofOther(word: Word, at: number, count: number): NumberEvidence | 'on' | 'stop' {
    const back = this.#back;
    if (this.#isPassed(word, count)) return 'on';
    const { keyed, list, isHeaded } = back;
    // "at: 1764000000" is a time, "call us at 8005551234" is none.
    if (!keyed && this.#text.slice(at, back.start) === 'at') return noEvidence;
    if (word.listType !== undefined && (isHeaded || (keyed && list)))
      return recordEvidence(recordOf(word.listType), '', true, true, back.distant);
    const { meaning } = word;
    const isNear = count === 0 || back.isSql;
    if (meaning.kind === 'other') return isNear ? other(meaning.reason, list || isHeaded) : noEvidence;
    return meaning.kind === 'container' && isNear
      ? { kind: 'unclear', list, known: true, short: meaning.reason }
      : 'stop';
  }

  /** True of a word that says nothing, but how the number belongs to what stands before the word. */
  #isPassed(word: Word, count: number): boolean {
    const back = this.#back;
    const { keyed, list } = back;
    if (list && word.isConstructor && (back.opened || count > 0)) {
      back.isSql ||= word.isIn;
      back.isBuilt ||= count === 0;
      return true;
    }
    if ((back.headed && word.is('heading')) || (list && word.is('new'))) return true;
    if ((keyed && count === 0) || !(word.is('event') || word.is('between'))) return false;
    back.distant ||= word.is('event');
    back.isSql ||= word.isIn && list;
    return true;
  }

  /** "Company ids to merge (master first):", "phone numbers to remove:": the first words of the line above that say something. */
  #ofHeading(): NumberEvidence | undefined {
    let end = this.#text.length;
    while (end > 0 && /[\s"`[({*-]/.test(this.#text.charAt(end - 1))) end--;
    const from = Math.max(this.#lineStart(end), end - longestNamed);
    const words = this.#text.slice(from, end).match(/\p{L}[\p{L}\p{N}_]*/gu) ?? [];
    for (const [nth, word] of words.entries()) {
      const told = this.#ofHeadingWord(word, words[nth + 1]);
      if (told) return told;
    }
    return undefined;
  }

  #ofHeadingWord(word: string, next: string | undefined): NumberEvidence | undefined {
    const single = this.#words.meaningOf(word);
    const pair = next === undefined ? single : this.#words.meaningOf(`${word} ${next}`);
    const meaning = pair.kind === 'recordId' ? pair : single;
    if (meaning.kind === 'recordId') return meaning.objectType ? recordEvidence(meaning, '', true, true) : undefined;
    if (meaning.kind === 'other' && ofHeadings.has(meaning.reason)) return other(meaning.reason, true);
    return byNoun(meaning, true, true);
  }

  /** `Deal "Acme" (5)`, `Contact: Jane Doe (5)`: a noun and a name before the brackets. */
  #ofNamed(): NumberEvidence {
    const bracket = this.#text.length - 1;
    const start = Math.max(bracket - longestNamed, this.#lineStart(bracket));
    const noun = nounAndName.exec(this.#text.slice(start, bracket))?.[1];
    if (noun === undefined) return noEvidence;
    const { meaning } = this.#words.of(noun);
    if (meaning.kind === 'other') return other(meaning.reason);
    return (meaning.kind === 'type' && !meaning.plural && byNoun(meaning, false, false)) || noEvidence;
  }

  /** Where the word starts that says that what is named at `at` is missing: "without a", "not associated with any". */
  #negationBefore(at: number): number | undefined {
    const brief = /\bw\/o (?:an? |any )?$/i.exec(this.#text.slice(Math.max(0, at - 10), at));
    if (brief) return at - brief[0].length;
    const back = this.#back.copy();
    for (let from = at, left = 6; left > 0; left--) {
      back.over(from, false);
      from = back.wordStart();
      if (back.opened || back.equals || from === back.start) return undefined;
      const word = this.#words.at(this.#text, from, back.start);
      if (word.is('negation')) return from;
      if (!word.is('withinNegation')) return undefined;
    }
    return undefined;
  }

  /** True where a line starts, or what a log says behind its level. */
  #startsSentence(at: number): boolean {
    const line = this.#lineStart(at);
    return line === at || behindLevel.test(this.#text.slice(Math.max(line, at - 24), at));
  }

  #speaksOfOwner(at: number): boolean {
    return /\bown(?:s|er|ers|ed)?\b[^.]*$/i.test(this.#text.slice(Math.max(0, at - 80), at));
  }

  #lineStart(at: number): number {
    return Math.max(0, at - farthestSubject, at > 0 ? this.#text.lastIndexOf('\n', at - 1) + 1 : 0);
  }
}

type TypeMeaning = Extract<NameMeaning, { kind: 'type' }>;

/** The fewest digits that make an id of the number behind a type's name: "Deals (300)" and "deals: 300" count them. */
function leastAfterType(plural: boolean, list: boolean, keyed: boolean, hash: boolean): number {
  if (!plural) return keyed || hash ? 0 : leastNamed;
  if (list) return keyed ? 0 : leastCounted;
  return keyed ? leastCounted : leastNamed;
}
