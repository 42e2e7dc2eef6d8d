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
/**
 * To look at a line and to note it pays when others of its shape follow. What it costs is taken from a text's patience, and what
 * it saved later is added; where that is used up, as many lines are not looked at.
 */
const mostPatience = 10_000;
const costOfGlance = 10;
const costOfShape = 100;
const worthOfShape = 20;

/** Lines that look alike at a glance: their shapes, and how many were noted to get these. */
interface LinesAlike {
  readonly shapes: LineShape[];
  noted: number;
}

/** A line whose verdicts are noted, and the shapes of those that look like it. */
interface Noted {
  readonly start: number;
  readonly end: number;
  readonly verdicts: Verdict[];
  readonly shapes: LineShape[];
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
  /** The line that is judged now, if its shape may be kept. */
  #noted: Noted | undefined;

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

  /** Keeps the shape of the line that ends with the line break at `end`, if it is one to be kept. */
  leave(end: number, { floor, lastEnd, lastEvidence }: Standing): void {
    const noted = this.#noted;
    this.#noted = undefined;
    if (noted?.end !== end) return;
    const { start, verdicts, shapes } = noted;
    const line = this.#text.slice(start, end);
    if (!verdicts[0] || !isDate(line, verdicts[0])) return;
    const standing = { floor: floor - start, lastEnd: lastEnd - start, lastEvidence };
    shapes.push(new LineShape(line, verdicts, standing));
  }

  /**
   * Gives the verdicts of the line that starts at `start`, of which none has been given yet, if its shape is known; returns
   * where it ends and what the number behind it may go on with. Where it is not known, the verdicts that come until the line is
   * left are its own.
   * @param last up to there the text is read now
   */
  enter(start: number, last: number, line: number): { readonly end: number; readonly standing: Standing } | undefined {
    const text = this.#text;
    // So the end of no line is looked for twice.
    if (this.#patience++ < 0 || text.charCodeAt(start - 1) !== 10) return undefined;
    const end = text.indexOf('\n', start);
    if (end < 0 || end - start > longestLine || end >= last || !isApart(text.charCodeAt(end + 1))) return undefined;
    const alike = this.#alike(glance(text, start, end));
    for (const shape of alike?.shapes ?? none) {
      if (!shape.fits(text, start, end)) continue;
      this.#patience = Math.min(mostPatience, this.#patience + worthOfShape);
      this.#give(shape, start, line);
      return { end, standing: shape.standing };
    }
    if (alike && alike.noted < mostShapes) {
      this.#noted = { start, end, verdicts: [], shapes: alike.shapes };
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
    this.#patience -= costOfGlance;
    return undefined;
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
  readonly #codes: number[] = [];
  /** The numbers that may be others of their kind. */
  readonly #numbers: { readonly offset: number; readonly length: number; readonly kind: number }[] = [];

  /** Keeps the shape of this line, whose verdicts are all of it. */
  constructor(line: string, verdicts: readonly Verdict[], standing: Standing) {
    this.verdicts = verdicts;
    this.standing = standing;
    for (let at = 0; at < line.length; at++) this.#codes.push(line.charCodeAt(at));
    for (const verdict of verdicts) {
      const { offset, length } = verdict;
      if (isInAddress(verdict) || isBareNumber(line, verdict))
        this.#numbers.push({ offset, length, kind: kindOfNumber(line, offset, length) });
      else if (!isDate(line, verdict) && !isMeasure(line, verdict)) continue;
      for (let at = offset; at < offset + length; at++) if (isDigit(line.charCodeAt(at))) this.#codes[at] = anyDigit;
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
function isInAddress({ record }: Verdict): boolean {
  return record?.why === 'url' && record.objectType !== undefined;
}

/** True of digits that nothing is written together with: which of its kind the number is, makes no difference. */
function isBareNumber(line: string, { offset, length }: Verdict): boolean {
  const end = offset + length;
  return digitsEnd(line, offset, end) === end && isFree(line, offset) && isEndOfWord(line, end);
}

/** True of a date where any other may stand: it is told by where its digits are. */
function isDate(line: string, { offset, length, ignored }: Verdict): boolean {
  return ignored === 'date' && isFree(line, offset) && isoDateEnd(line, offset, line.length) === offset + length;
}

/** True of a number with its unit, as `40ms`, which the unit alone tells. */
function isMeasure(line: string, { offset, length, ignored }: Verdict): boolean {
  const end = offset + length;
  const isMade = isFree(line, offset) && /^[\d.]+\p{L}+$/u.test(line.slice(offset, end));
  return isMade && ignored !== undefined && unitOf(line, offset, end) === ignored;
}

/** True where what stands before does not say what the digits are: behind a percent sign they may be an escape, `%20`. */
function isFree(line: string, start: number): boolean {
  return start === 0 || (line.charCodeAt(start - 1) !== 37 && isEndOfWord(line, start - 1));
}

function isEndOfWord(line: string, at: number): boolean {
  const kind = characterClasses[line.charCodeAt(at)];
  return at === line.length || kind === COLON || isBreak(kind!);
}
