/**
 * Lines of a log. A few statements of a program write nearly all of them, so they differ from each other in their numbers
 * alone. What was found in one line is found in every other of its shape, each number in its place, without judging it anew.
 *
 * Nothing is guessed: a shape holds all that the verdicts of its line depend on. It is kept only of lines in which nothing was
 * asked of other lines, and which start with a date, behind which nothing counts that stands before it.
 */
import { isDigit } from '../characters/characters.ts';
import type { IdTarget } from '../found/candidates.ts';
import type { Reading } from '../found/reading.ts';
import type { IgnoredReason, UnsureReason } from '../found/reasons.ts';
import type { NumberEvidence } from './evidence.ts';
import { LineShape, type Standing, type Told, type Verdict } from './lineShape.ts';

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

/** Where the numbers are judged, and what the next one may go on with. */
interface Judging {
  readonly line: number;
  readonly lineStart: number;
  /** Where the text that is read now ends. */
  readonly end: number;
  readonly urlContext: unknown;
  readonly insertRows: { readonly areThere: boolean };
  floor: number;
  lastEnd: number;
  lastEvidence: NumberEvidence;
}

/** Takes the verdicts of a text, and gives those of lines whose shape has been met before. */
export class LogLines {
  readonly #text: string;
  readonly #reading: Pick<Reading, 'ignore' | 'doubt'>;
  readonly #target: IdTarget;
  /** By what lines look like at a glance. */
  readonly #seen = new Map<number, LinesAlike>();
  /** While it is below zero, no line is looked at. */
  #patience = 10_000;
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

  /** Says that something was asked that the line that is judged does not tell itself. */
  forget(): void {
    this.#noted = undefined;
  }

  /** Keeps the shape of the line that ends with the line break at `end`, if it is one to be kept. */
  leave(end: number, { floor, lastEnd, lastEvidence }: Standing): void {
    const noted = this.#noted;
    if (!noted) return;
    this.#noted = undefined;
    const { start, verdicts, shapes } = noted;
    // Behind a date, nothing counts that stands before it.
    if (noted.end !== end || verdicts[0]?.ignored !== 'date') return;
    const standing = { floor: floor - start, lastEnd: lastEnd - start, lastEvidence };
    shapes.push(new LineShape(this.#text.slice(start, end), verdicts, standing));
  }

  /**
   * Gives the verdicts of the line at hand, of which none has been given yet, if its shape is known, and returns where it ends. If
   * it is not, returns 0, and the verdicts that come until the line is left are its own.
   */
  enter(numbers: Judging): number {
    if (this.#patience < 0) {
      this.#patience++;
      return 0;
    }
    const text = this.#text;
    const { lineStart: start } = numbers;
    // Behind a lone carriage return, the same end would be found again and again.
    const end = text.charCodeAt(start - 1) === 10 ? text.indexOf('\n', start) : -1;
    if (end < 0 || end - start > longestLine || end >= numbers.end) return 0;
    // What an address further up says of ids, and the columns that an INSERT names, no line tells.
    if (numbers.urlContext || numbers.insertRows.areThere || !isApart(text.charCodeAt(end + 1))) return 0;
    const alike = this.#alike(glance(text, start, end));
    const shape = alike?.shapes.find((each) => each.fits(text, start, end));
    if (shape) {
      this.#give(shape, numbers);
      return end;
    }
    if (alike && alike.noted < mostShapes) {
      this.#noted = { start, end, verdicts: [], shapes: alike.shapes };
      this.#patience -= costOfShape;
      alike.noted++;
    }
    return 0;
  }

  #give({ verdicts, standing }: LineShape, numbers: Judging): void {
    const { lineStart, line } = numbers;
    for (const { offset, length, ignored, unsure, record } of verdicts) {
      if (record) this.record(lineStart + offset, length, line, record);
      else if (ignored) this.#reading.ignore(lineStart + offset, length, line, ignored);
      else if (unsure) this.#reading.doubt(lineStart + offset, length, line, unsure);
    }
    numbers.floor = lineStart + standing.floor;
    numbers.lastEnd = lineStart + standing.lastEnd;
    numbers.lastEvidence = standing.lastEvidence;
    this.#patience += worthOfShape;
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

/** True of a digit, bracket or letter from `d` on: a line that starts so says nothing of the numbers above, as `category=` may. */
function isApart(code: number): boolean {
  const letter = code | 32;
  return isDigit(code) || (letter > 99 && letter < 127);
}

/** A number that lines of one shape share: how long they are, and some of their characters that are no digits. */
function glance(text: string, start: number, end: number): number {
  const length = end - start;
  let hash = length;
  for (let nth = 0; nth < glanced; nth++) {
    const code = text.charCodeAt(start + Math.trunc((length * nth) / glanced));
    hash = Math.imul(hash ^ (isDigit(code) ? 48 : code), 0x9e3779b1);
  }
  return hash >>> 2;
}
