/**
 * Reads ids out of prose, log lines, SQL, curl lines: whatever has no structure of its own. One pass; each word with digits
 * is looked at once, with a few words before it.
 */
import { BREAK, COLON, characterClasses, DIGIT, isBreak, JOINER, OTHER_DIGIT, SLASH } from './characters.ts';
import { gapBetween } from './enumerations.ts';
import { evidenceBefore, type NumberEvidence, noEvidence } from './evidence.ts';
import { evidenceInWord } from './evidenceInWord.ts';
import { isListLine } from './listLines.ts';
import { isDigit, judgeNumber } from './plainList.ts';
import type { Reading } from './reading.ts';
import { type IgnoredReason, reasonFor } from './reasons.ts';
import { isHubSpotUrl, isUrl, readHubSpotUrl, type UrlContext, type UrlReader, urlEnd } from './recordUrls.ts';
import type { IdTarget } from './sources.ts';
import { isMaybeTime, isoDateEnd, shapeOf, wholeDigits } from './tokenShape.ts';
import { escapeLength, isLooseStart, isTimeColon, trailingDigits } from './wordBounds.ts';
import {
  fractionEnd,
  groupedEnd,
  groupedReason,
  isCurrencyBeside,
  isListNumber,
  isMoney,
  isPercent,
  phoneEnd,
  unitBehind,
} from './writtenNumbers.ts';

/** The least digits a number needs to be offered when nothing says that it is an id. */
const leastDigits = 7;

export class FreeText {
  readonly #text: string;
  readonly #reading: Pick<Reading, 'ignore' | 'doubt'>;
  readonly #candidates: IdTarget;
  readonly #classes = characterClasses();
  readonly #prose: number;
  /** Lines that are nothing but numbers hold ids. */
  readonly #listLines: boolean;
  #end = 0;
  #line = 0;
  /** The end of the last word with digits that was judged: nothing before it is looked at again. */
  #floor = 0;
  #lineStart = 0;
  #inListLine = false;
  #lastEvidence: NumberEvidence = noEvidence;
  #lastEnd = -1;
  #urlContext: UrlContext | undefined;
  /** A request with its body may span lines; in a log, an address says nothing about the next line. */
  readonly #isRequest: boolean;

  constructor(text: string, reading: Pick<Reading, 'ignore' | 'doubt'>, candidates: IdTarget, listLines = false) {
    this.#text = text;
    this.#reading = reading;
    this.#candidates = candidates;
    this.#listLines = listLines;
    this.#isRequest = /\bcurl\b|^(?:POST|GET) \S/m.test(text.slice(0, 4096));
    this.#prose = candidates.source('', 'record');
  }

  /** Reads [from, to), which starts in this line. May be called for one piece after the other. */
  read(from: number, to: number, line: number): void {
    const text = this.#text;
    const classes = this.#classes;
    this.#end = to;
    this.#line = line;
    this.#floor = from;
    this.#lastEnd = -1;
    this.#startLine(from);
    let at = from;
    while (at < to) {
      while (at < to && classes[text.charCodeAt(at)]! < DIGIT) at++;
      if (at === to) break;
      const code = text.charCodeAt(at);
      if (isDigit(code)) at = this.#word(at);
      else if (code > 127) at = this.#otherDigits(at);
      else {
        at++;
        if (code === 10 || text.charCodeAt(at) !== 10) {
          this.#line++;
          this.#startLine(at);
        }
      }
    }
  }

  #startLine(at: number): void {
    this.#lineStart = at;
    if (!this.#isRequest) this.#urlContext = undefined;
    if (this.#listLines) this.#inListLine = isListLine(this.#text, at, this.#end);
  }

  /** Judges the word around the digit at `at` and returns where to go on. */
  #word(at: number): number {
    const text = this.#text;
    const classes = this.#classes;
    const floor = this.#floor;
    const last = this.#end;
    const date = isoDateEnd(text, at, last);
    if (date > 0 && (at === floor || isBreak(classes[text.charCodeAt(at - 1)]!))) return this.#ignore(at, date, 'date');
    let end = at + 1;
    while (end < last && isDigit(text.charCodeAt(end))) end++;
    const before = at === floor ? BREAK : classes[text.charCodeAt(at - 1)]!;
    const behind = end === last ? BREAK : classes[text.charCodeAt(end)]!;
    if (behind === OTHER_DIGIT) return this.#otherDigits(at);
    // Most numbers stand alone.
    if (isBreak(before) && isBreak(behind)) return this.#number(at, end);
    let start = at;
    // One bit for each kind of character in the word.
    let seen = 0;
    for (; start > floor; start--) {
      const kind = classes[text.charCodeAt(start - 1)]!;
      if (kind < SLASH || kind > DIGIT) {
        const next = text.charCodeAt(start);
        if (kind !== COLON || (next !== 47 && next !== 92)) break;
      }
      seen |= 1 << kind;
    }
    if (isPercentEscape(text, start, this.#floor)) return this.#skip(start + 2);
    const digitsEnd = end;
    for (; end < last; end++) {
      const kind = classes[text.charCodeAt(end)]!;
      if ((kind < SLASH || kind > DIGIT) && (kind !== COLON || !isTimeColon(text, end))) break;
      seen |= 1 << kind;
    }
    if (end < last && classes[text.charCodeAt(end)] === OTHER_DIGIT) return this.#otherDigits(at);
    if (start === at && end === digitsEnd) return this.#number(start, end);
    if (seen & (1 << SLASH)) {
      if (end - start > 8 && isHubSpotUrl(text, start, end)) return this.#url(start);
      if (isUrl(text, start, end)) return this.#foreignUrl(start);
    }

    while (end > at + 1 && isJoining(classes[text.charCodeAt(end - 1)]!)) end--;
    while (start < at && isLooseStart(text, start, this.#floor)) start += escapeLength(text, start, at);
    if (start > at) {
      // The digits were part of an escape, or follow it without a break.
      return this.#skip(digitsEnd);
    }
    if (start === at && end === digitsEnd) return this.#number(start, end);
    return this.#mixed(start, end);
  }

  #skip(to: number): number {
    this.#floor = to;
    return this.#floor;
  }

  #mixed(start: number, end: number): number {
    const text = this.#text;
    const shape = shapeOf(text, start, end);
    if (text.charCodeAt(start) === 43) {
      const phone = phoneEnd(text, start, end, this.#end);
      if (phone > end || shape === 'phone') return this.#ignore(start, phone, 'phone');
    }
    if (shape === 'partOfWord') {
      const digits = trailingDigits(text, start, end);
      if (digits > start + 1 && digits < end) {
        const evidence = evidenceInWord(text, start, digits, end);
        if (evidence) {
          this.#judge(digits, end, evidence);
          return this.#judged(end);
        }
      }
      // What starts with a letter may be the name of what follows: `crm2_id=5`.
      this.#reading.ignore(start, end - start, this.#line, 'partOfWord');
      if (!isDigit(text.charCodeAt(start))) {
        this.#floor = start;
        return end;
      }
      return this.#judged(end);
    }
    if (shape === 'number') return this.#number(start, end);
    if (shape === 'date' || shape === 'time') return this.#ignore(start, fractionEnd(text, end, this.#end), shape);
    if (shape === 'decimal' || shape === 'thousands') {
      const whole = this.#inListLine ? wholeDigits(text, start, end) : 0;
      if (whole > 0) {
        this.#reading.doubt(start, whole, this.#line, 'decimalZero');
        return this.#judged(end);
      }
      const grouped = groupedEnd(text, start, end, this.#end);
      const amount = isMoney(text, start, grouped);
      const unit = text.charCodeAt(grouped) === 32 ? unitBehind(text, grouped) : undefined;
      return this.#ignore(
        start,
        grouped,
        amount ? 'amount' : isPercent(text, grouped) ? 'percentage' : (unit ?? shape),
      );
    }
    return this.#ignore(start, end, shape);
  }

  /** Judges the bare number at [start, end). */
  #number(start: number, end: number): number {
    const text = this.#text;
    const length = end - start;
    const next = text.charCodeAt(end);
    if (length <= 5 && text.charCodeAt(start) === 48 && length > 1) {
      const phone = phoneEnd(text, start, end, this.#end);
      if (phone > end) return this.#ignore(start, phone, 'phone');
    }
    const continued = this.#continued(start);
    if (!continued && length <= 4 && isListNumber(text, this.#lineStart, start, end)) {
      return this.#ignore(start, end, 'listNumber');
    }
    if (this.#inListLine) {
      const grouped = next === 44 || next === 39 || next > 127 ? groupedEnd(text, start, end, this.#end) : end;
      const reason = grouped > end ? groupedReason(text, start, end, grouped) : undefined;
      // A comma between numbers separates them in a list.
      if (reason && (next !== 44 || reason === 'rounded')) return this.#ignore(start, grouped, reason);
      if (isPercent(text, end)) return this.#ignore(start, end, 'percentage');
      if (isMoney(text, start, end)) return this.#ignore(start, end, 'amount');
      const evidence = continued ?? evidenceBefore(text, this.#floor, start);
      if (evidence.kind === 'record') this.#judge(start, end, { ...evidence, bare: false });
      else judgeNumber(this.#sink, start, length, this.#line, text.charCodeAt(start), this.#prose);
      return this.#judged(end, evidence);
    }
    if (isPercent(text, end)) return this.#ignore(start, end, 'percentage');
    if (
      length <= 6 &&
      next === 32 &&
      !continued &&
      text.charCodeAt(start - 1) === 32 &&
      !isKeySign(text.charCodeAt(start - 2))
    ) {
      // "153 ms": no need to look for what stands before.
      const unit = unitBehind(text, end);
      if (unit) return this.#ignore(start, end, unit);
    }
    const evidence = continued ?? evidenceBefore(text, this.#floor, start);
    if (length <= 3 && (next === 44 || next === 39 || next > 127)) {
      const grouped = groupedEnd(text, start, end, this.#end);
      if (grouped > end && !(evidence.kind === 'record' && evidence.list)) {
        return this.#ignore(start, grouped, groupedReason(text, start, end, grouped));
      }
    } else if (next === 44 && evidence.kind !== 'record' && isDigit(text.charCodeAt(end + 1))) {
      const grouped = groupedEnd(text, start, end, this.#end);
      if (grouped > end) return this.#ignore(start, grouped, groupedReason(text, start, end, grouped));
    }
    if (isCurrencyBeside(text, start, end)) return this.#ignore(start, end, 'amount');
    if (next === 32 || next === 0xa0) {
      const unit = unitBehind(text, end);
      if (unit === 'amount' || (unit && length <= 6 && (evidence.kind !== 'record' || evidence.bare)))
        return this.#ignore(start, end, unit);
    }
    if (length === 3 && text.charCodeAt(start - 1) === 40 && next === 41) {
      const phone = phoneEnd(text, start - 1, start - 1, this.#end);
      if (phone > end) return this.#ignore(start - 1, phone, 'phone');
    }
    this.#judge(start, end, evidence);
    return this.#judged(end, evidence);
  }

  #judge(start: number, end: number, evidence: NumberEvidence): void {
    const text = this.#text;
    const reading = this.#reading;
    const length = end - start;
    const first = text.charCodeAt(start);
    if (evidence.kind === 'other') {
      reading.ignore(start, length, this.#line, reasonFor(evidence.reason, length));
      return;
    }
    if (first === 48 || length > 19) {
      judgeNumber(this.#sink, start, length, this.#line, first);
      return;
    }
    if (evidence.kind === 'record') {
      const short = evidence.list && evidence.why !== 'key' ? 4 : evidence.list ? leastDigits : 4;
      if (evidence.bare && length < short) reading.doubt(start, length, this.#line, 'shortAfterWord');
      else if (evidence.distant && isMaybeTime(text, start, length))
        reading.doubt(start, length, this.#line, 'maybeTime');
      else {
        const objectType = evidence.objectType ?? (evidence.role === 'record' ? this.#urlContext?.from : undefined);
        const why = evidence.objectType === undefined ? 'url' : evidence.why;
        this.#candidates.add(
          start,
          length,
          this.#line,
          this.#candidates.source(evidence.name, evidence.role, objectType, why),
        );
      }
      return;
    }
    if (length < leastDigits)
      reading.ignore(
        start,
        length,
        this.#line,
        evidence.kind === 'unclear' && !evidence.known ? 'otherField' : 'short',
      );
    else if (isMaybeTime(text, start, length)) {
      if (isLogTime(text, this.#lineStart, start, end)) reading.ignore(start, length, this.#line, 'epoch');
      else reading.doubt(start, length, this.#line, 'maybeTime');
    } else reading.doubt(start, length, this.#line, evidence.kind === 'unclear' ? 'keyUnclear' : 'loneNumber');
  }

  /** Where plain numbers of a list go: ids to the candidates, the rest to the reading. */
  readonly #sink = {
    id: (offset: number, length: number, line: number, source: number) =>
      this.#candidates.add(offset, length, line, source),
    ignore: (offset: number, length: number, line: number, reason: IgnoredReason) =>
      this.#reading.ignore(offset, length, line, reason),
  };

  readonly #urlReader: UrlReader = {
    record: (offset, length, objectType, role) => {
      const source = this.#candidates.source(role === 'record' ? '' : 'associations', role, objectType, 'url');
      this.#candidates.add(offset, length, this.#line, source);
    },
    other: (offset, length, reason) => this.#reading.ignore(offset, length, this.#line, reason),
    unclear: (offset, length) => this.#reading.doubt(offset, length, this.#line, 'keyUnclear'),
  };

  #judged(end: number, evidence: NumberEvidence = noEvidence): number {
    this.#lastEvidence = evidence;
    this.#lastEnd = end;
    this.#floor = end;
    return end;
  }

  #ignore(start: number, end: number, reason: IgnoredReason): number {
    this.#reading.ignore(start, end - start, this.#line, reason);
    return this.#judged(end);
  }

  /** The evidence of the number before, when this one goes on with its list. */
  #continued(start: number): NumberEvidence | undefined {
    const evidence = this.#lastEvidence;
    if (this.#lastEnd < 0 || evidence.kind === 'none') return undefined;
    const gap = gapBetween(this.#text, this.#lastEnd, start);
    if (!gap) return undefined;
    const list = evidence.list;
    if (!list && gap === 'line') return undefined;
    if (!list && evidence.kind !== 'record') return undefined;
    return evidence.kind === 'record' && !list ? { ...evidence, bare: true } : evidence;
  }

  #otherDigits(at: number): number {
    let end = at + 1;
    while (
      end < this.#end &&
      (this.#classes[this.#text.charCodeAt(end)] === OTHER_DIGIT || isDigit(this.#text.charCodeAt(end)))
    )
      end++;
    return this.#ignore(at, end, 'otherDigits');
  }

  #url(start: number): number {
    const end = urlEnd(this.#text, start, this.#end);
    const context = readHubSpotUrl(this.#text, start, end, this.#urlReader);
    this.#urlContext = context ?? this.#urlContext;
    return this.#judged(end);
  }

  #foreignUrl(start: number): number {
    const end = urlEnd(this.#text, start, this.#end);
    return this.#ignore(start, end, 'url');
  }
}

function isJoining(kind: number): boolean {
  return kind === JOINER || kind === SLASH;
}

/** A time where a log line starts, with a level or a bracket behind it. */
function isLogTime(text: string, lineStart: number, start: number, end: number): boolean {
  if (start - lineStart > 1) return false;
  return /^\]?[ \t|,]+(?:[[({]|[A-Z]{3,8}\b|[A-Za-z]+[:\]=])/.test(text.slice(end, end + 24));
}

/** True behind the sign of an escape in an address: `dealId%3D5`. */
function isPercentEscape(text: string, start: number, floor: number): boolean {
  return start > floor && text.charCodeAt(start - 1) === 37 && /^[2-7][\dA-F]/i.test(text.slice(start, start + 2));
}

function isKeySign(code: number): boolean {
  return code === 58 || code === 61 || code === 35;
}
