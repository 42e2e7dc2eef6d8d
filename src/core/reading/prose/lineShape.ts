/** What the lines of a log have in common that one statement of a program wrote, and what is found in each of them. */
import { COLON, characterClasses, digitsEnd, isBreak, isDigit } from '../characters/characters.ts';
import type { IgnoredReason, UnsureReason } from '../found/reasons.ts';
import { isoDateEnd } from '../shapes/tokenShape.ts';
import { unitOf } from '../shapes/units.ts';
import { kindOfNumber } from '../shapes/wholeNumbers.ts';
import type { NumberEvidence, RecordEvidence } from './evidence.ts';

/** What a record's id is kept with. */
export type Told = Pick<RecordEvidence, 'name' | 'role' | 'objectType' | 'why'>;

/** What was said of a number, or of the word it is part of. Places count from the start of the line. */
export interface Verdict {
  readonly offset: number;
  readonly length: number;
  readonly ignored: IgnoredReason | undefined;
  readonly unsure: UnsureReason | undefined;
  readonly record: Told | undefined;
}

/** What the number behind a line may go on with, in places that count from the start of the line. */
export interface Standing {
  readonly floor: number;
  readonly lastEnd: number;
  readonly lastEvidence: NumberEvidence;
}

const anyDigit = -1;

/** All that the verdicts of a line depend on: its characters, but of some digits only that they are there. */
export class LineShape {
  readonly verdicts: readonly Verdict[];
  readonly standing: Standing;
  /** The code units of the line; of digits that may be others, `anyDigit`. */
  readonly #codes: number[] = [];
  /** The numbers that may be others of their kind. */
  readonly #numbers: (Verdict & { readonly kind: number })[] = [];

  /** Keeps the shape of this line, whose verdicts are all of it. */
  constructor(line: string, verdicts: readonly Verdict[], standing: Standing) {
    this.verdicts = verdicts;
    this.standing = standing;
    for (let at = 0; at < line.length; at++) this.#codes.push(line.charCodeAt(at));
    for (const verdict of verdicts) {
      const { offset, length } = verdict;
      const isNumber = isInAddress(verdict) || isBareNumber(line, verdict);
      if (isNumber) this.#numbers.push({ ...verdict, kind: kindOfNumber(line, offset, length) });
      if (!isNumber && !isDateOrMeasure(line, verdict)) continue;
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
    return this.#numbers.every(({ offset, length, kind }) => kindOfNumber(text, start + offset, length) === kind);
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

/** True of a date, which is told by where its digits are, and of `40ms`, which is told by its unit: any others may stand there. */
function isDateOrMeasure(line: string, { offset, length, ignored }: Verdict): boolean {
  const end = offset + length;
  const isDate = isoDateEnd(line, offset, end) === end;
  return isFree(line, offset) && (isDate || (ignored !== undefined && unitOf(line, offset, end) === ignored));
}

/** True where what stands before does not say what the digits are: behind a percent sign they may be an escape, `%20`. */
function isFree(line: string, start: number): boolean {
  return start === 0 || (line.charCodeAt(start - 1) !== 37 && isEndOfWord(line, start - 1));
}

function isEndOfWord(line: string, at: number): boolean {
  const kind = characterClasses[line.charCodeAt(at)];
  return at === line.length || kind === COLON || isBreak(kind!);
}
