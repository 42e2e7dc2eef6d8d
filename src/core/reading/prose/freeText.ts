/**
 * Reads ids out of prose, log lines, SQL, curl lines: whatever has no structure of its own. One pass; each word with digits
 * is looked at once, with a few words before it.
 */
import {
  BREAK,
  COLON,
  characterClasses,
  DIGIT,
  isBreak,
  JOINER,
  OTHER_DIGIT,
  SLASH,
} from '../characters/characters.ts';
import type { IdTarget } from '../found/candidates.ts';
import type { Reading } from '../found/reading.ts';
import { isListLine } from '../list/listLines.ts';
import { isDigit } from '../list/plainList.ts';
import { isoDateEnd } from '../shapes/tokenShape.ts';
import { escapeLength, isLooseStart, isTimeColon } from '../shapes/wordBounds.ts';
import { isHubSpotUrl, isUrl, readHubSpotUrl, type UrlReader, urlEnd } from './hubSpotUrls.ts';
import { judgeMixedWord } from './mixedWord.ts';
import { NumberJudge } from './numberJudge.ts';

/** A stretch of characters that words are made of, as far as it was looked at from one of its digits. */
interface WordRun {
  from: number;
  end: number;
  /** Its last slash; -1 if it has none. */
  slash: number;
  /** Behind its last character that is more than a sign. */
  solid: number;
}

export class FreeText {
  readonly #text: string;
  readonly #candidates: IdTarget;
  readonly #numbers: NumberJudge;
  readonly #classes = characterClasses();
  /** Lines that are nothing but numbers hold ids. */
  readonly #listLines: boolean;
  /** A request with its body may span lines; in a log, an address says nothing about the next line. */
  readonly #isRequest: boolean;
  /**
   * Where the reader went on behind the last word with digits, and behind the one before that. A word may begin with the last
   * one, as `s3://bucket/5` does, and no further left: `1a://1a://...` would be looked at again from its start each time.
   */
  #lastStop = 0;
  #stopBefore = 0;
  readonly #run: WordRun = { from: 0, end: 0, slash: -1, solid: 0 };

  constructor(text: string, reading: Pick<Reading, 'ignore' | 'doubt'>, candidates: IdTarget, listLines = false) {
    this.#text = text;
    this.#candidates = candidates;
    this.#numbers = new NumberJudge(text, reading, candidates);
    this.#listLines = listLines;
    this.#isRequest = /\bcurl\b|^(?:POST|GET) \S/m.test(text.slice(0, 4096));
  }

  /** Reads [from, to), which starts in this line. May be called for one piece after the other. */
  read(from: number, to: number, line: number): void {
    const text = this.#text;
    const classes = this.#classes;
    this.#numbers.enter(from, to, line);
    this.#run.end = -1;
    this.#lastStop = this.#stopBefore = from;
    this.#startLine(from);
    let at = from;
    while (at < to) {
      while (at < to && classes[text.charCodeAt(at)]! < DIGIT) at++;
      if (at === to) break;
      const code = text.charCodeAt(at);
      if (isDigit(code)) {
        at = this.#word(at);
        this.#stopBefore = this.#lastStop;
        this.#lastStop = at;
      } else if (code > 127) at = this.#otherDigits(at);
      else {
        at++;
        if (code === 10 || text.charCodeAt(at) !== 10) {
          this.#numbers.line++;
          this.#startLine(at);
        }
      }
    }
  }

  #startLine(at: number): void {
    this.#numbers.lineStart = at;
    if (!this.#isRequest) this.#numbers.urlContext = undefined;
    if (this.#listLines) this.#numbers.inListLine = isListLine(this.#text, at, this.#numbers.end);
  }

  /** Judges the word around the digit at `at` and returns where to go on. */
  #word(at: number): number {
    const text = this.#text;
    const classes = this.#classes;
    const numbers = this.#numbers;
    const { floor, end: last } = numbers;
    const date = isoDateEnd(text, at, last);
    if (date > 0 && (at === floor || isBreak(classes[text.charCodeAt(at - 1)]!)))
      return numbers.ignore(at, date, 'date');
    let end = at + 1;
    while (end < last && isDigit(text.charCodeAt(end))) end++;
    const before = at === floor ? BREAK : classes[text.charCodeAt(at - 1)]!;
    const behind = end === last ? BREAK : classes[text.charCodeAt(end)]!;
    if (behind === OTHER_DIGIT) return this.#otherDigits(at);
    // Most numbers stand alone.
    if (isBreak(before) && isBreak(behind)) return numbers.number(at, end);
    let start = at;
    let hasSlash = false;
    const least = Math.max(floor, this.#stopBefore);
    for (; start > least; start--) {
      const kind = classes[text.charCodeAt(start - 1)]!;
      if (kind < SLASH || kind > DIGIT) {
        const next = text.charCodeAt(start);
        if (kind !== COLON || (next !== 47 && next !== 92)) break;
      }
      hasSlash ||= kind === SLASH;
    }
    if (isPercentEscape(text, start, floor)) return this.#skip(start + 2);
    const digitsEnd = end;
    const run = this.#runFrom(at, digitsEnd);
    end = run.end;
    if (end < last && classes[text.charCodeAt(end)] === OTHER_DIGIT) return this.#otherDigits(at);
    if (start === at && end === digitsEnd) return numbers.number(start, end);
    if (hasSlash || run.slash >= digitsEnd) {
      if (end - start > 8 && isHubSpotUrl(text, start, end)) return this.#url(start);
      if (isUrl(text, start, end)) return this.#foreignUrl(start);
    }

    end = Math.max(at + 1, run.solid);
    while (start < at && isLooseStart(text, start, floor)) start += escapeLength(text, start, at);
    if (start > at) {
      // The digits were part of an escape, or follow it without a break.
      return this.#skip(digitsEnd);
    }
    if (start === at && end === digitsEnd) return numbers.number(start, end);
    return judgeMixedWord(numbers, start, end);
  }

  /**
   * How far the word goes on behind its digits at [start, digitsEnd). What was found stands for all digits up to its end:
   * `\u0031\u0032...` is one run of a megabyte, in which each digit is a word of its own.
   */
  #runFrom(start: number, digitsEnd: number): WordRun {
    const run = this.#run;
    const last = this.#numbers.end;
    if (start >= run.from && digitsEnd <= run.end && run.end <= last) return run;
    const text = this.#text;
    const classes = this.#classes;
    run.from = start;
    run.slash = -1;
    run.solid = digitsEnd;
    let end = digitsEnd;
    for (; end < last; end++) {
      const kind = classes[text.charCodeAt(end)]!;
      if ((kind < SLASH || kind > DIGIT) && (kind !== COLON || !isTimeColon(text, end))) break;
      if (kind === SLASH) run.slash = end;
      if (!isJoining(kind)) run.solid = end + 1;
    }
    run.end = end;
    return run;
  }

  #skip(to: number): number {
    this.#numbers.floor = to;
    return to;
  }

  readonly #urlReader: UrlReader = {
    record: (offset, length, objectType, role) => {
      const source = this.#candidates.source(role === 'record' ? '' : 'associations', role, objectType, 'url');
      this.#candidates.add(offset, length, this.#numbers.line, source);
    },
    other: (offset, length, reason) => this.#numbers.reading.ignore(offset, length, this.#numbers.line, reason),
    unclear: (offset, length) => this.#numbers.reading.doubt(offset, length, this.#numbers.line, 'keyUnclear'),
  };

  #otherDigits(at: number): number {
    let end = at + 1;
    while (
      end < this.#numbers.end &&
      (this.#classes[this.#text.charCodeAt(end)] === OTHER_DIGIT || isDigit(this.#text.charCodeAt(end)))
    )
      end++;
    return this.#numbers.ignore(at, end, 'otherDigits');
  }

  #url(start: number): number {
    const end = urlEnd(this.#text, start, this.#numbers.end);
    const context = readHubSpotUrl(this.#text, start, end, this.#urlReader);
    this.#numbers.urlContext = context ?? this.#numbers.urlContext;
    return this.#numbers.judged(end);
  }

  #foreignUrl(start: number): number {
    const end = urlEnd(this.#text, start, this.#numbers.end);
    return this.#numbers.ignore(start, end, 'url');
  }
}

function isJoining(kind: number): boolean {
  return kind === JOINER || kind === SLASH;
}

/** True behind the sign of an escape in an address: `dealId%3D5`. */
function isPercentEscape(text: string, start: number, floor: number): boolean {
  return start > floor && text.charCodeAt(start - 1) === 37 && /^[2-7][\dA-F]/i.test(text.slice(start, start + 2));
}
