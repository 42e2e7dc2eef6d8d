/**
 * Reads ids out of prose, log lines, SQL, curl lines: whatever has no structure of its own. One pass; each word with digits
 * is looked at once, with a few words before it.
 */
import { BREAK, COLON, characterClasses, DIGIT, isBreak, JOINER, LETTER, OTHER_DIGIT, SLASH } from './characters.ts';
import { evidenceBefore, type NumberEvidence, noEvidence } from './evidence.ts';
import { isListLine } from './listLines.ts';
import { meaningOf } from './names.ts';
import { isDigit, judgeNumber } from './plainList.ts';
import type { Reading } from './reading.ts';
import type { IgnoredReason } from './reasons.ts';
import { isHubSpotUrl, readHubSpotUrl, type UrlContext, type UrlReader } from './recordUrls.ts';
import type { IdTarget } from './sources.ts';
import { isMaybeTime, isoDateEnd, shapeOf, unitAt, wholeDigits } from './tokenShape.ts';
import { speaksForItself } from './typeWords.ts';
import { WordTable } from './wordTable.ts';

/** What the words beside numbers mean. */
const names = new WordTable(meaningOf);

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
      const phone = this.#phoneEnd(start, end);
      if (phone > end || shape === 'phone') return this.#ignore(start, phone, 'phone');
    }
    if (shape === 'partOfWord') {
      const digits = trailingDigits(text, start, end);
      if (digits > start + 1 && digits < end) {
        const evidence = this.#evidenceInWord(start, digits, end);
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
    if (shape === 'date' || shape === 'time') return this.#ignore(start, this.#endOfFraction(end), shape);
    if (shape === 'decimal' || shape === 'thousands') {
      const whole = this.#inListLine ? wholeDigits(text, start, end) : 0;
      if (whole > 0) {
        this.#reading.doubt(start, whole, this.#line, 'decimalZero');
        return this.#judged(end);
      }
      const grouped = this.#groupedEnd(start, end);
      const amount = this.#isMoney(start, grouped);
      const unit = text.charCodeAt(grouped) === 32 ? this.#unitAfter(grouped) : undefined;
      return this.#ignore(
        start,
        grouped,
        amount ? 'amount' : this.#isPercent(grouped) ? 'percentage' : (unit ?? shape),
      );
    }
    return this.#ignore(start, end, shape);
  }

  /** `deal-123456`, `contacts/123456`, `contactId_123456`: the name is in the word itself. */
  #evidenceInWord(start: number, digits: number, end: number): NumberEvidence | undefined {
    const text = this.#text;
    const before = text.charCodeAt(digits - 1);
    const joined = before === 45 || before === 95 || before === 47 ? digits - 1 : digits;
    let from = joined;
    while (from > start && from > joined - 40 && isNameLetter(text.charCodeAt(from - 1))) from--;
    if (from === joined || (from > start && text.charCodeAt(from - 1) !== 47)) return undefined;
    const meaning = names.at(text, from, joined);
    const isType = meaning.kind === 'type' && speaksForItself(meaning.objectType) && end - digits >= 4;
    if (!isType && meaning.kind !== 'recordId') return undefined;
    const role = meaning.kind === 'recordId' ? meaning.role : 'record';
    return {
      kind: 'record',
      name: '',
      role,
      objectType: meaning.objectType,
      why: 'word',
      bare: false,
      list: false,
      distant: false,
    };
  }

  /** Judges the bare number at [start, end). */
  #number(start: number, end: number): number {
    const text = this.#text;
    const length = end - start;
    const next = text.charCodeAt(end);
    const continued = this.#continued(start);
    if (!continued && length <= 4 && isListNumber(text, this.#lineStart, start, end)) {
      return this.#ignore(start, end, 'listNumber');
    }
    if (this.#inListLine) {
      const grouped = next === 44 || next === 39 || next > 127 ? this.#groupedEnd(start, end) : end;
      const reason = grouped > end ? this.#groupedReason(start, end, grouped) : undefined;
      // A comma between numbers separates them in a list.
      if (reason && (next !== 44 || reason === 'rounded')) return this.#ignore(start, grouped, reason);
      if (this.#isPercent(end)) return this.#ignore(start, end, 'percentage');
      if (this.#isMoney(start, end)) return this.#ignore(start, end, 'amount');
      const evidence = continued ?? evidenceBefore(text, this.#floor, start, this.#classes);
      if (evidence.kind === 'record') this.#judge(start, end, { ...evidence, bare: false });
      else judgeNumber(this.#sink, start, length, this.#line, text.charCodeAt(start), this.#prose);
      return this.#judged(end, evidence);
    }
    if (this.#isPercent(end)) return this.#ignore(start, end, 'percentage');
    if (
      length <= 6 &&
      next === 32 &&
      !continued &&
      text.charCodeAt(start - 1) === 32 &&
      !isKeySign(text.charCodeAt(start - 2))
    ) {
      // "153 ms": no need to look for what stands before.
      const unit = this.#unitAfter(end);
      if (unit) return this.#ignore(start, end, unit);
    }
    const evidence = continued ?? evidenceBefore(text, this.#floor, start, this.#classes);
    if (length <= 3 && (next === 44 || next === 39 || next > 127)) {
      const grouped = this.#groupedEnd(start, end);
      if (grouped > end && !(evidence.kind === 'record' && evidence.list)) {
        return this.#ignore(start, grouped, this.#groupedReason(start, end, grouped));
      }
    } else if (next === 44 && evidence.kind !== 'record' && isDigit(text.charCodeAt(end + 1))) {
      const grouped = this.#groupedEnd(start, end);
      if (grouped > end) return this.#ignore(start, grouped, this.#groupedReason(start, end, grouped));
    }
    if (this.#isCurrencyBeside(start, end)) return this.#ignore(start, end, 'amount');
    if (next === 32 || next === 0xa0) {
      const unit = this.#unitAfter(end);
      if (unit === 'amount' || (unit && length <= 6 && (evidence.kind !== 'record' || evidence.bare)))
        return this.#ignore(start, end, unit);
    }
    if (length === 3 && text.charCodeAt(start - 1) === 40 && next === 41) {
      const phone = this.#phoneEnd(start - 1, start - 1);
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
      reading.ignore(start, length, this.#line, evidence.reason);
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
    const gap = start - this.#lastEnd;
    const evidence = this.#lastEvidence;
    if (this.#lastEnd < 0 || gap > 24 || evidence.kind === 'none') return undefined;
    if (!mayContinue(this.#text, this.#lastEnd)) return undefined;
    const between = this.#text.slice(this.#lastEnd, start);
    if (
      !/^[\s"'`]*(?:[,;|&/+]|\r?\n[-*•\s]*|and |or |und |oder |et |ou |y |o |e |en |och |i |ja )[\s"'`]*(?:and |or |und |y |et )?["'`]*$/.test(
        between,
      )
    ) {
      return undefined;
    }
    const list = evidence.list;
    if (!list && /[\r\n]/.test(between)) return undefined;
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

  /** The end of a number with thousands separators, decimals or an exponent, which starts at `start`; `end` if it is none. */
  #groupedEnd(start: number, end: number): number {
    const pattern =
      /\d{1,3}(?:[,'’.\u00a0\u2009\u202f]\d{3})+(?:[.,]\d{1,2})?(?![\d])|\d+[.,]\d+e\+?\d{1,3}\b|\d+,\d{1,2}(?![\d,;])/iy;
    pattern.lastIndex = start;
    const match = pattern.exec(this.#text);
    return match ? Math.min(Math.max(end, start + match[0].length), this.#end) : end;
  }

  #groupedReason(start: number, end: number, grouped: number): IgnoredReason {
    if (this.#isMoney(start, grouped)) return 'amount';
    if (this.#isPercent(grouped)) return 'percentage';
    const rest = this.#text.slice(end, grouped);
    return /e/i.test(rest) ? 'rounded' : /^,\d{1,2}$/.test(rest) ? 'decimal' : 'thousands';
  }

  #endOfFraction(end: number): number {
    const text = this.#text;
    if (text.charCodeAt(end) !== 44 || !isDigit(text.charCodeAt(end + 1))) return end;
    let at = end + 1;
    while (at < this.#end && at < end + 10 && isDigit(text.charCodeAt(at))) at++;
    return at;
  }

  #phoneEnd(start: number, end: number): number {
    const pattern = /(?:\+\d{1,3}|\(\d{3}\))(?:[ .()/\u00a0-]{1,2}\d{1,8}){1,6}/y;
    pattern.lastIndex = start;
    const match = pattern.exec(this.#text);
    const digits = match ? match[0].replaceAll(/\D/g, '').length : 0;
    return match && digits >= 7 && digits <= 15 ? Math.min(Math.max(end, start + match[0].length), this.#end) : end;
  }

  #isMoney(start: number, end: number): boolean {
    return this.#isCurrencyBeside(start, end) || this.#unitIs(end, 'amount');
  }

  #isCurrencyBeside(start: number, end: number): boolean {
    const text = this.#text;
    if (isCurrency(text.charCodeAt(start - 1)) || isCurrency(text.charCodeAt(end))) return true;
    // With a blank between, the sign must not belong to the number on its other side.
    if (isNarrowBlank(text.charCodeAt(start - 1)) && isCurrency(text.charCodeAt(start - 2))) {
      const before = text.charCodeAt(start - 3);
      return !isDigit(before) && !(isNarrowBlank(before) && isDigit(text.charCodeAt(start - 4)));
    }
    return (
      isNarrowBlank(text.charCodeAt(end)) && isCurrency(text.charCodeAt(end + 1)) && !isDigit(text.charCodeAt(end + 2))
    );
  }

  #isPercent(end: number): boolean {
    const code = this.#text.charCodeAt(end);
    if (code === 37) return true;
    return (
      isNarrowBlank(code) &&
      this.#text.charCodeAt(end + 1) === 37 &&
      isBreak(this.#classes[this.#text.charCodeAt(end + 2)] ?? BREAK)
    );
  }

  #unitIs(end: number, reason: IgnoredReason): boolean {
    const code = this.#text.charCodeAt(end);
    return (code === 32 || code === 0xa0) && this.#unitAfter(end) === reason;
  }

  #unitAfter(end: number): IgnoredReason | undefined {
    const text = this.#text;
    let at = end + 1;
    while (at < this.#end && at < end + 16 && this.#classes[text.charCodeAt(at)] === LETTER) at++;
    const code = text.charCodeAt(at);
    if (at === end + 1 || code === 61 || code === 58 || code === 45 || code === 47) return undefined;
    if (this.#classes[code] === DIGIT) return undefined;
    const unit = unitAt(text, end + 1, at);
    if (unit) return unit;
    const meaning = names.at(text, end + 1, at);
    return meaning.kind === 'type' && meaning.plural ? 'count' : undefined;
  }
}

/** Cheap for the many gaps that hold other words: a list goes on with a sign or a short word. */
function mayContinue(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code !== 32) return code < 48 || code === 59 || code === 124 || code === 96;
  const next = text.charCodeAt(at + 1);
  return (
    next < 48 ||
    next === 59 ||
    next === 124 ||
    text.charCodeAt(at + 2) === 32 ||
    text.charCodeAt(at + 3) === 32 ||
    text.charCodeAt(at + 4) === 32 ||
    text.charCodeAt(at + 5) === 32
  );
}

function isJoining(kind: number): boolean {
  return kind === JOINER || kind === SLASH;
}

/** True for a colon inside a time, or an address in hexadecimal groups. */
function isTimeColon(text: string, at: number): boolean {
  const before = text.charCodeAt(at - 1);
  const next = text.charCodeAt(at + 1);
  if (isDigit(next) && isDigit(before)) return true;
  if (!isHexDigit(before) || !isHexDigit(next)) return false;
  let end = at + 1;
  while (end < at + 6 && isHexDigit(text.charCodeAt(end))) end++;
  // A second group makes it an address: "db8:85a3:".
  return text.charCodeAt(end) === 58 || (end < at + 6 && text.charCodeAt(at - 2) === 58);
}

function isHexDigit(code: number): boolean {
  return isDigit(code) || (code >= 97 && code <= 102) || (code >= 65 && code <= 70);
}

function isNameLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95;
}

/** What may stand before a word without belonging to it: a dot, a slash, a lone dash, an escaped line break. */
function isLooseStart(text: string, start: number, floor: number): boolean {
  const code = text.charCodeAt(start);
  const next = text.charCodeAt(start + 1);
  if (code === 46 || code === 47) return true;
  if (code === 92) return true;
  if (code === 45 || code === 43) return !isDigit(next) || (start > floor && text.charCodeAt(start - 1) === code);
  return false;
}

/** Two for `\\n`, six for `\\u003c`: an escape of a string that stands in code. */
function escapeLength(text: string, start: number, at: number): number {
  if (text.charCodeAt(start) !== 92 || start + 1 >= at) return 1;
  return text.charCodeAt(start + 1) === 117 ? 6 : 2;
}

function isUrl(text: string, start: number, end: number): boolean {
  return /^(?:[a-z][a-z\d+.-]{1,9}:\\?\/|www\.)/i.test(text.slice(start, Math.min(end, start + 12)));
}

function urlEnd(text: string, start: number, end: number): number {
  let at = start;
  while (at < end) {
    const code = text.charCodeAt(at);
    if (
      code <= 32 ||
      code === 34 ||
      code === 39 ||
      code === 60 ||
      code === 62 ||
      code === 96 ||
      code === 40 ||
      code === 41
    )
      break;
    if (
      code === 91 ||
      code === 93 ||
      code === 123 ||
      code === 125 ||
      code === 124 ||
      code === 44 ||
      code === 59 ||
      code === 0xa0
    )
      break;
    at++;
  }
  while (at > start && (text.charCodeAt(at - 1) === 46 || text.charCodeAt(at - 1) === 92)) at--;
  return at;
}

function trailingDigits(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && isDigit(text.charCodeAt(at - 1))) at--;
  return at;
}

/** "1." or "2)" where a line starts. */
function isListNumber(text: string, lineStart: number, start: number, end: number): boolean {
  const code = text.charCodeAt(end);
  if ((code !== 46 && code !== 41) || text.charCodeAt(end + 1) !== 32) return false;
  if (start < lineStart || start - lineStart > 8) return false;
  for (let at = lineStart; at < start; at++) if (text.charCodeAt(at) !== 32 && text.charCodeAt(at) !== 9) return false;
  return true;
}

/** A time where a log line starts, with a level or a bracket behind it. */
function isLogTime(text: string, lineStart: number, start: number, end: number): boolean {
  if (start - lineStart > 1) return false;
  return /^\]?[ \t|,]+(?:[[({]|[A-Z]{3,8}\b|[A-Za-z]+[:\]=])/.test(text.slice(end, end + 24));
}

function isKeySign(code: number): boolean {
  return code === 58 || code === 61 || code === 35;
}

function isNarrowBlank(code: number): boolean {
  return code === 32 || code === 0xa0 || code === 0x202f;
}

function isCurrency(code: number): boolean {
  return code === 36 || code === 0x20ac || code === 0xa3 || code === 0xa5 || code === 0x20b9 || code === 0xffe5;
}
