/**
 * Lines of a log. A few statements of a program write nearly all of them, so they differ from each other in their numbers
 * alone. What was found in one line is found in every other of its shape, each number in its place, without judging it anew.
 *
 * Nothing is guessed: a shape holds all that the verdicts of its line depend on. It is kept only of lines in which nothing was
 * asked of other lines, and which start with a date, behind which nothing counts that stands before it.
 */
import { COLON, characterClasses, digitsEnd, isBreak, isDigit, LETTER } from '../characters/characters.ts';
import type { IdTarget } from '../found/candidates.ts';
import type { Reading } from '../found/reading.ts';
import type { IgnoredReason, UnsureReason } from '../found/reasons.ts';
import { isoDateEnd } from '../shapes/tokenShape.ts';
import { unitOf } from '../shapes/units.ts';
import { kindOfNumber } from '../shapes/wholeNumbers.ts';
import type { NumberEvidence, RecordEvidence } from './evidence.ts';

/** What a record's id is kept with. */
type Told = Pick<RecordEvidence, 'name' | 'role' | 'objectType' | 'why'>;

/** What was said of a number, or of the word it is part of. Places count from the start of the line. */
interface Verdict {
  readonly offset: number;
  readonly length: number;
  readonly ignored: IgnoredReason | undefined;
  readonly unsure: UnsureReason | undefined;
  readonly record: Told | undefined;
}

/** What the number behind may go on with; the places count from the start of the line in a shape, else of the text. */
export interface Standing {
  readonly floor: number;
  readonly lastEnd: number;
  readonly lastEvidence: NumberEvidence;
}

/** Longer lines are not written by one statement, in UTF-16 code units. */
const longestLine = 400;
/** The date of a line stands no further right. */
const farthestDate = 24;
/** Lines that look alike at a glance may be of so many shapes; what has more is no log's. */
const mostShapes = 4;
/** So many glances are remembered. */
const mostGlances = 1_000;
const glanced = 16;

/** Takes the verdicts of a text, and gives those of lines whose shape has been met before. */
export class LogLines {
  readonly #text: string;
  readonly #reading: Pick<Reading, 'ignore' | 'doubt'>;
  readonly #target: IdTarget;
  /** By what their lines look like at a glance; nothing yet of what has been seen once. */
  #shapes: Map<number, LineShape[]> | undefined;
  /** The end of the line that was asked for last: in a text that ends its lines otherwise, none is looked for twice. */
  #end = -1;
  /** The line that is judged now, if its shape will be kept. */
  #noted: { readonly start: number; readonly verdicts: Verdict[]; readonly among: LineShape[] } | undefined;

  constructor(text: string, reading: Pick<Reading, 'ignore' | 'doubt'>, target: IdTarget) {
    this.#text = text;
    this.#reading = reading;
    this.#target = target;
  }

  ignore(offset: number, length: number, line: number, reason: IgnoredReason): void {
    this.#reading.ignore(offset, length, line, reason);
    if (this.#noted) this.#note(offset, length, reason);
  }

  doubt(offset: number, length: number, line: number, reason: UnsureReason): void {
    this.#reading.doubt(offset, length, line, reason);
    if (this.#noted) this.#note(offset, length, undefined, reason);
  }

  record(offset: number, length: number, line: number, told: Told): void {
    const source = this.#target.source(told.name, told.role, told.objectType, told.why);
    this.#target.add(offset, length, line, source);
    if (this.#noted) this.#note(offset, length, undefined, undefined, told);
  }

  #note(offset: number, length: number, ignored?: IgnoredReason, unsure?: UnsureReason, record?: Told): void {
    const { start, verdicts } = this.#noted!;
    verdicts.push({ offset: offset - start, length, ignored, unsure, record });
  }

  /** Says that something was asked that the line that is judged does not tell itself. */
  forget(): void {
    this.#noted = undefined;
  }

  /** Keeps the shape of the line that ends before `at`, if it is one to be kept. */
  leave(at: number, { floor, lastEnd, lastEvidence }: Standing): void {
    const noted = this.#noted;
    this.#noted = undefined;
    if (!noted || this.#end !== at - 1) return;
    const { start, verdicts, among } = noted;
    const standing = { floor: floor - start, lastEnd: lastEnd - start, lastEvidence };
    among.push(new LineShape(this.#text.slice(start, this.#end), verdicts, standing));
  }

  /**
   * Gives the verdicts of the line that starts at `at` in a piece of text up to `last`, if its shape is known, and returns where
   * it ends and what the next one may go on with. Where it is not, the verdicts that come until the line is left are its own.
   */
  enter(at: number, last: number, line: number): { readonly end: number; readonly standing: Standing } | undefined {
    const text = this.#text;
    if (!mayStartWithDate(text, at)) return undefined;
    const end = this.#endOf(at);
    if (end - at > longestLine || end >= last || !isApart(text.charCodeAt(end + 1))) return undefined;
    const among = this.#alike(glance(text, at, end));
    if (!among) return undefined;
    for (const shape of among) {
      if (!shape.fits(text, at, end)) continue;
      for (const { offset, length, ignored, unsure, record } of shape.verdicts) {
        if (record) this.record(at + offset, length, line, record);
        else if (ignored) this.#reading.ignore(at + offset, length, line, ignored);
        else if (unsure) this.#reading.doubt(at + offset, length, line, unsure);
      }
      return { end, standing: shape.standing };
    }
    if (among.length < mostShapes && startsWithDate(text, at)) this.#noted = { start: at, verdicts: [], among };
    return undefined;
  }

  #endOf(at: number): number {
    if (this.#end < at) {
      const end = this.#text.indexOf('\n', at);
      this.#end = end < 0 ? this.#text.length : end;
    }
    return this.#end;
  }

  /** The shapes of lines that look like this one; undefined at the first glance, as most texts are no logs. */
  #alike(seen: number): LineShape[] | undefined {
    this.#shapes ??= new Map();
    const alike = this.#shapes.get(seen);
    if (alike) return alike;
    if (this.#shapes.size >= mostGlances) this.#shapes.clear();
    this.#shapes.set(seen, []);
    return undefined;
  }
}

/** Cheap for the many lines that do not start with a date. */
function mayStartWithDate(text: string, start: number): boolean {
  return text.charCodeAt(firstDigit(text, start) + 4) === 45;
}

/** True where the first digits of a line are those of a date. */
function startsWithDate(text: string, start: number): boolean {
  const at = firstDigit(text, start);
  const isAlone = at === start || isBreak(characterClasses[text.charCodeAt(at - 1)]!);
  return isAlone && isoDateEnd(text, at, text.length) > 0;
}

/** Where the first digit of a line stands, or what ends the line, or how far it is looked at. */
function firstDigit(text: string, start: number): number {
  const last = start + farthestDate;
  let at = start;
  while (at < last && characterClasses[text.charCodeAt(at)]! <= LETTER) at++;
  return at;
}

/** True of what starts a line that says nothing of the numbers in the one above, as `category=...` may. */
function isApart(code: number): boolean {
  const letter = code | 32;
  return isDigit(code) || code === 91 || (letter > 99 && letter <= 122);
}

/** A number that lines of one shape share: how long they are, and some of their characters that are no digits. */
function glance(text: string, start: number, end: number): number {
  const length = end - start;
  let hash = length;
  for (let nth = 0; nth < glanced; nth++) {
    const code = text.charCodeAt(start + ((length * nth) >> 4));
    hash = Math.imul(hash ^ (isDigit(code) ? 48 : code), 0x9e3779b1);
  }
  return hash >>> 2;
}

const anyDigit = -1;

/** What lines have in common that one statement wrote, and what is found in each of them. */
class LineShape {
  readonly verdicts: readonly Verdict[];
  readonly standing: Standing;
  /** The code units of the line; of digits that may be others, `anyDigit`. */
  readonly #codes: Int32Array;
  /** The numbers that may be others of their kind. */
  readonly #numbers: { readonly offset: number; readonly length: number; readonly kind: number }[] = [];

  /** Keeps the shape of this line, whose verdicts are all of it. */
  constructor(line: string, verdicts: readonly Verdict[], standing: Standing) {
    this.verdicts = verdicts;
    this.standing = standing;
    this.#codes = Int32Array.from({ length: line.length }, (_, nth) => line.charCodeAt(nth));
    for (const { offset, length, ignored, record } of verdicts) {
      const end = offset + length;
      if (isInAddress(record) || isBareNumber(line, offset, end)) {
        this.#numbers.push({ offset, length, kind: kindOfNumber(line, offset, length) });
      } else if (!isDate(line, offset, end, ignored) && !isMeasure(line, offset, end, ignored)) continue;
      for (let at = offset; at < end; at++) if (isDigit(line.charCodeAt(at))) this.#codes[at] = anyDigit;
    }
  }

  /** True of a line of this shape. */
  fits(text: string, start: number, end: number): boolean {
    const codes = this.#codes;
    const { length } = codes;
    if (end - start !== length) return false;
    for (let nth = 0; nth < length; nth++) {
      const code = text.charCodeAt(start + nth);
      const own = codes[nth]!;
      if (code !== own && (own !== anyDigit || !isDigit(code))) return false;
    }
    for (const { offset, length, kind } of this.#numbers)
      if (kindOfNumber(text, start + offset, length) !== kind) return false;
    return true;
  }
}

/** True of an id that the segments before it in an address name: its own digits say nothing. */
function isInAddress(record: Told | undefined): boolean {
  return record?.why === 'url' && record.objectType !== undefined;
}

/** True of digits that nothing is written together with: which of its kind the number is, makes no difference. */
function isBareNumber(line: string, start: number, end: number): boolean {
  return digitsEnd(line, start, end) === end && isFree(line, start) && isFreeBehind(line, end);
}

/** True of a date where any other may stand: it is told by where its digits are. */
function isDate(line: string, start: number, end: number, reason: IgnoredReason | undefined): boolean {
  return reason === 'date' && isFree(line, start) && isoDateEnd(line, start, line.length) === end;
}

/** True of a number with its unit, as `40ms`, which the unit alone tells. */
function isMeasure(line: string, start: number, end: number, reason: IgnoredReason | undefined): boolean {
  return (
    isFree(line, start) &&
    reason !== undefined &&
    /^[\d.]+\p{L}+$/u.test(line.slice(start, end)) &&
    unitOf(line, start, end) === reason
  );
}

/** True where what stands before does not say what the digits are: behind a percent sign they may be an escape, `%20`. */
function isFree(line: string, start: number): boolean {
  return start === 0 || (line.charCodeAt(start - 1) !== 37 && isFreeBehind(line, start - 1));
}

function isFreeBehind(line: string, at: number): boolean {
  const kind = characterClasses[line.charCodeAt(at)];
  return at === line.length || kind === COLON || isBreak(kind!);
}
