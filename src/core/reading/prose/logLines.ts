/**
 * Lines of a log. A few statements of a program write nearly all of them, so they differ from each other in their numbers
 * alone. What was found in one line is found in every other of its shape, each number in its place, without judging it anew.
 *
 * Nothing is guessed: a shape holds all that the verdicts of its line depend on. It is kept only of lines in which nothing was
 * asked of other lines, and which start with a date, behind which nothing counts that stands before it.
 */
import { COLON, characterClasses, digitsEnd, isBreak, isDigit } from '../characters/characters.ts';
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
/** So many lines that look alike at a glance are noted. */
const mostShapes = 4;
/** So many glances are remembered. */
const mostGlances = 1_000;
const glanced = 16;
/** To note a line pays when others of its shape follow: in a text where none do, it is tried with every so many lines. */
const costOfShape = 50;
const worthOfShape = 10;
const mostPatience = 10_000;

/** Lines that look alike at a glance: their shapes, and how many were noted to get these. */
interface LinesAlike {
  readonly shapes: LineShape[];
  noted: number;
}

/** Takes the verdicts of a text, and gives those of lines whose shape has been met before. */
export class LogLines {
  readonly #text: string;
  readonly #reading: Pick<Reading, 'ignore' | 'doubt'>;
  readonly #target: IdTarget;
  /** By what lines look like at a glance. */
  readonly #seen = new Map<number, LinesAlike>();
  /** Below zero, no line is looked at. */
  #patience = mostPatience;
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

  /** True while the verdicts of a line are noted, up to where it is left. */
  get isNoting(): boolean {
    return this.#noted !== undefined;
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
   * Gives the verdicts of the line that starts at `start`, of which a date is the first word with digits, if its shape is known;
   * returns where it ends and what the number behind it may go on with. Where it is not known, the verdicts that come until
   * the line is left are its own.
   * @param last up to there the text is read now
   */
  enter(start: number, last: number, line: number): { readonly end: number; readonly standing: Standing } | undefined {
    const text = this.#text;
    if (text.charCodeAt(start - 1) !== 10) return undefined;
    const end = this.#endOf(start);
    if (end - start > longestLine || end >= last || !isApart(text.charCodeAt(end + 1))) return undefined;
    if (this.#patience++ < 0) return undefined;
    const alike = this.#alike(glance(text, start, end));
    for (const shape of alike?.shapes ?? none) {
      if (!shape.fits(text, start, end)) continue;
      this.#patience = Math.min(mostPatience, this.#patience + worthOfShape);
      this.#give(shape, start, line);
      return { end, standing: shape.standing };
    }
    if (alike && alike.noted < mostShapes) {
      this.#noted = { start, verdicts: [], among: alike.shapes };
      this.#patience -= costOfShape;
      alike.noted++;
    }
    return undefined;
  }

  #give({ verdicts }: LineShape, start: number, line: number): void {
    for (const { offset, length, ignored, unsure, record } of verdicts) {
      if (record) this.record(start + offset, length, line, record);
      else if (ignored) this.#reading.ignore(start + offset, length, line, ignored);
      else if (unsure) this.#reading.doubt(start + offset, length, line, unsure);
    }
  }

  /** What lines have that look like this one; undefined at the first glance. */
  #alike(seen: number): LinesAlike | undefined {
    const alike = this.#seen.get(seen);
    if (alike) return alike;
    if (this.#seen.size >= mostGlances) this.#seen.clear();
    this.#seen.set(seen, { shapes: [], noted: 0 });
    return undefined;
  }

  #endOf(start: number): number {
    if (this.#end < start) {
      const end = this.#text.indexOf('\n', start);
      this.#end = end < 0 ? this.#text.length : end;
    }
    return this.#end;
  }
}

const none: readonly LineShape[] = [];

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
    this.#codes = new Int32Array(line.length);
    for (let at = 0; at < line.length; at++) this.#codes[at] = line.charCodeAt(at);
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
