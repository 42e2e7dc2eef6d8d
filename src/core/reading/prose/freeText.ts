/**
 * Reads ids out of prose, log lines, SQL, curl lines: whatever has no structure of its own. One pass; each word with digits
 * is looked at once, with a few words before it.
 */
import { type Left, lengthOfStep, longestWord, type Steps } from '../../domain/steps.ts';
import {
  BREAK,
  COLON,
  characterClasses,
  DIGIT,
  digitsEnd,
  isAnyDigit,
  isBreak,
  isDigit,
  JOINER,
  lineStartBefore,
  OTHER_DIGIT,
  SLASH,
} from '../characters/characters.ts';
import type { IdTarget } from '../found/candidates.ts';
import type { Reading } from '../found/reading.ts';
import { isListLineSoFar, isLongListLine } from '../list/listLines.ts';
import { isoDateEnd } from '../shapes/tokenShape.ts';
import { leastLong } from '../shapes/wholeNumbers.ts';
import { escapeLength, isEscape, isLooseStart, isTimeColon } from '../shapes/wordBounds.ts';
import { isHubSpotUrl, isUrl, readHubSpotUrl, type UrlReader, urlEnd } from './hubSpotUrls.ts';
import { LogLines } from './logLines.ts';
import { LongWord } from './longWord.ts';
import { judgeMixedWord } from './mixedWord.ts';
import { NumberJudge } from './numberJudge.ts';

export class FreeText {
  readonly #text: string;
  readonly #numbers: NumberJudge;
  readonly #lines: LogLines;
  /** Lines that are nothing but numbers hold ids. */
  readonly #listLines: boolean;
  /** A request with its body may span lines; in a log, an address says nothing about the next line. */
  readonly #isRequest: boolean;
  /** The item of a list that was looked at last: whether it, or one above it, names what its number is. */
  #lastItem = { start: -1, isNamed: false };
  /** The end of the last word with digits: no other reaches back into it, though what it says may belong to the next number. */
  #judgedTo = 0;
  /** The word that is looked at has a slash in it. */
  #hasSlash = false;
  /** The line is so long that it takes steps to tell whether it is nothing but numbers. */
  #isOpenLine = false;
  /** The word that is passed over, where it goes on behind a step. */
  #long: LongWord | undefined;

  constructor(text: string, reading: Pick<Reading, 'ignore' | 'doubt'>, candidates: IdTarget, listLines = false) {
    this.#text = text;
    this.#lines = new LogLines(text, reading, candidates);
    this.#numbers = new NumberJudge(text, this.#lines);
    this.#listLines = listLines;
    this.#isRequest = /\bcurl\b|^(?:POST|GET) \S/m.test(text.slice(0, 4096));
  }

  /**
   * Reads [from, to), which starts in this line; of a long piece only what it returns does. May be called for one piece after
   * the other; with `goesOn`, the piece goes on with what was read last, as the next line of a program that stands in a list of
   * strings.
   */
  read(from: number, to: number, line: number, goesOn = false): Left {
    if (to - from > lengthOfStep) return this.reading(from, to, line, goesOn);
    this.#enter(from, to, line, goesOn);
    this.#goOn(from, to);
    return undefined;
  }

  /** The same, in steps. */
  *reading(from: number, to: number, line: number, goesOn = false): Steps<void> {
    this.#enter(from, to, line, goesOn);
    for (let at = from; at < to; ) {
      if (this.#isOpenLine) yield* this.#decideLine();
      at = this.#goOn(at, Math.min(to, at + lengthOfStep));
      if (at < to) yield;
    }
  }

  #enter(from: number, to: number, line: number, goesOn: boolean): void {
    if (goesOn) this.#numbers.goOn(to, line);
    else this.#numbers.enter(from, to, line);
    this.#startLine(from);
    this.#judgedTo = from;
  }

  /** Reads on from here to a place, or as far behind it as the last word goes; no further than a line starts that is still open. */
  #goOn(from: number, to: number): number {
    const text = this.#text;
    const classes = characterClasses;
    let at = this.#long ? this.#pass(from, to) : from;
    while (at < to) {
      while (at < to && classes[text.charCodeAt(at)]! < DIGIT) at++;
      if (at === to) break;
      const code = text.charCodeAt(at);
      if (isDigit(code)) at = this.#judgedTo = this.#word(at);
      else if (code > 127) at = this.#judgedTo = this.#otherDigits(at);
      else {
        at = this.#breakLine(at, code);
        if (this.#isOpenLine) break;
      }
    }
    return at;
  }

  /** Passes over a word that is too long to be judged. */
  #passOver(long: LongWord): number {
    this.#long = long;
    return this.#pass(long.end, Math.min(this.#numbers.end, long.end + lengthOfStep));
  }

  #pass(from: number, to: number): number {
    const long = this.#long!;
    const at = long.goOn(this.#text, from, to);
    if (at < to || to === this.#numbers.end) {
      this.#long = undefined;
      this.#numbers.ignore(long.start, at, long.reason);
    }
    this.#judgedTo = at;
    return at;
  }

  /** `\r\n` is one line break, and what counts is its end. */
  #breakLine(at: number, code: number): number {
    const next = at + 1;
    if (code === 10 || this.#text.charCodeAt(next) !== 10) {
      this.#lines.leave(at, this.#numbers);
      this.#numbers.line++;
      this.#startLine(next);
    }
    return next;
  }

  #startLine(at: number): void {
    this.#numbers.lineStart = at;
    if (!this.#isRequest) this.#numbers.urlContext = undefined;
    if (!this.#listLines) return;
    const isList = isListLineSoFar(this.#text, at, this.#numbers.end);
    this.#isOpenLine = isList === undefined;
    this.#numbers.inListLine = isList === true && !this.#isBelowNamed(at);
  }

  *#decideLine(): Steps<void> {
    const { lineStart, end } = this.#numbers;
    const isList = yield* isLongListLine(this.#text, lineStart, end);
    this.#numbers.inListLine = isList && !this.#isBelowNamed(lineStart);
    this.#isOpenLine = false;
  }

  /** True of an item below one that names what its number is, `- owner 5`: it is no bare list. */
  #isBelowNamed(lineStart: number): boolean {
    const text = this.#text;
    if (!item.test(text.slice(lineStart, lineStart + 16))) return false;
    const above = lineStartBefore(text, lineStart - 1, Math.max(0, lineStart - longestItem));
    const isKnown = above === this.#lastItem.start;
    const isBelow = isKnown
      ? this.#lastItem.isNamed
      : namedItem.test(text.slice(above, Math.min(above + 80, lineStart)));
    this.#lastItem = { start: lineStart, isNamed: isBelow };
    return isBelow;
  }

  /** Judges the word around the digit at `at` and returns where to go on. */
  #word(at: number): number {
    const text = this.#text;
    const numbers = this.#numbers;
    const { floor, end: last } = numbers;
    // A dash behind the first four digits of a line is mostly that of a date.
    const mayBeLog = text.charCodeAt(at + 4) === 45 && this.#judgedTo <= numbers.lineStart;
    const known = mayBeLog ? this.#lines.enter(numbers) : 0;
    if (known > 0) return known;
    const date = isoDateEnd(text, at, last);
    if (date > 0 && (at === floor || isBreak(characterClasses[text.charCodeAt(at - 1)]!)))
      return numbers.ignore(at, date, 'date');
    const end = digitsEnd(text, at + 1, Math.min(last, at + longestWord));
    if (end - at === longestWord) return this.#passOver(LongWord.ofWord(text, at, end));
    const before = at === floor ? BREAK : characterClasses[text.charCodeAt(at - 1)]!;
    const behind = end === last ? BREAK : characterClasses[text.charCodeAt(end)]!;
    if (behind === OTHER_DIGIT) return this.#otherDigits(at);
    // Most numbers stand alone.
    return isBreak(before) && isBreak(behind) ? numbers.number(at, end) : this.#joined(at, end);
  }

  /** Judges the word around the digits at [at, digitsEnd), which something is written together with. */
  #joined(at: number, digitsEnd: number): number {
    const text = this.#text;
    const { floor, end } = this.#numbers;
    const start = this.#startOf(at, Math.max(floor, this.#judgedTo, at - longestWord));
    if (at - start === longestWord) return this.#passOver(LongWord.ofWord(text, start, digitsEnd));
    if (isPercentEscape(text, start, floor)) return this.#skip(start + 2);
    const from = this.#looseStart(start, at);
    // The digits are part of an escape, or follow it without a break.
    if (from > at)
      return digitsEnd - at >= leastLong ? this.#numbers.ignore(at, digitsEnd, 'partOfWord') : this.#skip(digitsEnd);
    const wordEnd = this.#endOf(digitsEnd, Math.min(end, at + longestWord));
    if (wordEnd - at === longestWord) return this.#passOver(LongWord.ofWord(text, start, wordEnd));
    // The whole word, so that no digit in it looks for its end again.
    if (wordEnd < end && characterClasses[text.charCodeAt(wordEnd)] === OTHER_DIGIT)
      return this.#otherDigits(at, wordEnd);
    const behind = this.#hasSlash ? this.#address(start, wordEnd) : 0;
    if (behind > 0) return behind;
    let to = wordEnd;
    while (to > digitsEnd && isJoining(characterClasses[text.charCodeAt(to - 1)]!)) to--;
    return from === at && to === digitsEnd ? this.#numbers.number(from, to) : judgeMixedWord(this.#numbers, from, to);
  }

  /** Where the word starts without the signs before it that do not belong to it; behind `at` where an escape ends there. */
  #looseStart(wordStart: number, at: number): number {
    let start = wordStart;
    while (start < at && isLooseStart(this.#text, start, this.#numbers.floor))
      start += escapeLength(this.#text, start, at);
    return start;
  }

  #startOf(at: number, floor: number): number {
    const text = this.#text;
    const classes = characterClasses;
    this.#hasSlash = false;
    let start = at;
    for (; start > floor; start--) {
      const kind = classes[text.charCodeAt(start - 1)]!;
      if (kind < SLASH || kind > DIGIT) {
        const next = text.charCodeAt(start);
        if (kind !== COLON || (next !== 47 && next !== 92)) break;
      } else if (kind === SLASH) this.#hasSlash = true;
    }
    return start;
  }

  #endOf(digitsEnd: number, last: number): number {
    const text = this.#text;
    const classes = characterClasses;
    let end = digitsEnd;
    for (; end < last; end++) {
      const kind = classes[text.charCodeAt(end)]!;
      if (kind === SLASH) this.#hasSlash = true;
      else if (kind === JOINER && text.charCodeAt(end) === 92 && isEscape(text.charCodeAt(end + 1))) break;
      else if ((kind < SLASH || kind > DIGIT) && (kind !== COLON || !isTimeColon(text, end))) break;
    }
    return end;
  }

  #skip(to: number): number {
    this.#numbers.floor = to;
    return to;
  }

  /** Takes what an address says; that of more results names the record that was asked about. */
  #urlReader(isNextPage: boolean): UrlReader {
    const { line, words } = this.#numbers;
    return {
      record: (offset, length, objectType, role) => {
        const isAsked = role === 'record' && !isNextPage;
        const name = isAsked ? '' : isNextPage ? 'link' : 'associations';
        this.#lines.record(offset, length, line, {
          name,
          role: isAsked ? 'record' : 'associated',
          objectType,
          why: 'url',
        });
      },
      meaningOf: (name) => words.meaningOf(name),
      other: (offset, length, reason) => this.#lines.ignore(offset, length, line, reason),
      unclear: (offset, length) => this.#lines.doubt(offset, length, line, 'keyUnclear'),
    };
  }

  #otherDigits(at: number, from = at): number {
    const last = Math.min(this.#numbers.end, from + longestWord);
    let end = from + 1;
    while (end < last && isAnyDigit(this.#text.charCodeAt(end))) end++;
    if (end - from === longestWord) return this.#passOver(LongWord.ofOtherDigits(at, end));
    return this.#numbers.ignore(at, end, 'otherDigits');
  }

  /** Where to go on behind the address that starts with this word; 0 if it is none. */
  #address(start: number, wordEnd: number): number {
    const isOurs = wordEnd - start > 8 && isHubSpotUrl(this.#text, start, wordEnd);
    if (!isOurs && !isUrl(this.#text, start, wordEnd)) return 0;
    const end = urlEnd(this.#text, start, Math.min(this.#numbers.end, start + longestWord));
    if (end - start === longestWord) return this.#passOver(LongWord.ofAddress(start, end));
    if (!isOurs) return this.#numbers.ignore(start, end, 'url');
    const isNextPage = nextPage.test(this.#text.slice(Math.max(this.#numbers.floor, start - 16), start));
    const context = readHubSpotUrl(this.#text, start, end, this.#urlReader(isNextPage));
    this.#numbers.urlContext = context ?? this.#numbers.urlContext;
    return this.#numbers.judged(end);
  }
}

/** Of an item above so much is looked at, in code units. */
const longestItem = 400;
const item = /^[ \t]*(?:[-*•]|\d{1,4}[.)])[ \t]/;
const namedItem = /^[ \t]*(?:[-*•]|\d{1,4}[.)])[ \t]+[^\d\n]*\p{L}[^\d\n]*\d/u;

/** `'next': {'link': 'https://...` */
const nextPage = /\blink\\?["']?\s?(?:=>|[:=])\s?\\?["']?$/;

function isJoining(kind: number): boolean {
  return kind === JOINER || kind === SLASH;
}

/** True behind the sign of an escape in an address: `dealId%3D5`. */
function isPercentEscape(text: string, start: number, floor: number): boolean {
  return start > floor && text.charCodeAt(start - 1) === 37 && /^[2-7][\dA-F]/i.test(text.slice(start, start + 2));
}
