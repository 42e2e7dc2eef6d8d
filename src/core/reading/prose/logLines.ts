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
import { LineShape, type Standing, startsWithDate, type Told, type Verdict } from './lineShape.ts';

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
  /** While it is below zero, no line is looked at. */
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
    if (!startsWithDate(line, verdicts)) return;
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
    if (this.#patience < 0) {
      this.#patience++;
      return undefined;
    }
    const text = this.#text;
    // Behind a lone carriage return, the same end would be found again and again.
    if (text.charCodeAt(start - 1) !== 10) return undefined;
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
    const code = text.charCodeAt(start + Math.trunc((length * nth) / glanced));
    hash = Math.imul(hash ^ (isDigit(code) ? 48 : code), 0x9e3779b1);
  }
  return hash >>> 2;
}
