/** Judges the cells of a table, delimited or drawn, by what their columns hold. */
import { areDigits, hasDigit, hasLongNumber, isBlank } from '../characters/characters.ts';
import { type Candidates, type IdTarget, ranks } from '../found/candidates.ts';
import type { Reading } from '../found/reading.ts';
import { type IgnoredReason, reasonFor, type UnsureReason } from '../found/reasons.ts';
import { type CellReader, cellReader, judgeCell } from '../list/judgeValue.ts';
import { meaningOf } from '../names/fieldNames.ts';
import { FreeText } from '../prose/freeText.ts';
import type { TableColumn } from './columnChoice.ts';

/** Shorter numbers in columns that hold something else are passed over: a table has many of them. */
const leastLong = 7;

/** What is done with the cells of a column. */
type TakeCell = (start: number, end: number, line: number) => void;

export class TableReader {
  readonly #text: string;
  readonly #reading: Reading;
  readonly #candidates: Candidates;
  readonly #takers: TakeCell[] = [];
  readonly #hasIds: boolean;
  /** The column whose prose is read now. */
  #prose: { name: string; column: number } = { name: '', column: 0 };
  readonly #proseReader: FreeText;

  /** `foreign` is true of a table whose headers all say that it holds no record ids; its numbers are listed with the reasons. */
  constructor(text: string, columns: readonly TableColumn[], reading: Reading, candidates: Candidates, foreign = false) {
    this.#text = text;
    this.#reading = reading;
    this.#candidates = candidates;
    this.#hasIds = columns.some(({ likely }) => likely === 'recordIds');
    this.#proseReader = new FreeText(text, this.#proseSink(), this.#proseTarget());
    const reader = cellReader(reading, candidates, new FreeText(text, reading, candidates));
    for (const each of columns) this.#takers[each.column] = this.#taker(each, reader, foreign);
  }

  /** Judges a cell. Cells behind the last header are taken for prose. */
  cell(column: number, start: number, end: number, line: number): void {
    let from = start;
    let to = end;
    while (from < to && isBlank(this.#text.charCodeAt(from))) from++;
    while (to > from && isBlank(this.#text.charCodeAt(to - 1))) to--;
    if (from === to) return;
    const take = this.#takers[column];
    if (take) take(from, to, line);
    else if (hasDigit(this.#text, from, to)) this.#other('', column, from, to, line);
  }

  #taker({ column, header, likely, objectType, role, rank }: TableColumn, reader: CellReader, foreign: boolean): TakeCell {
    const text = this.#text;
    const candidates = this.#candidates;
    const meaning = meaningOf(header);
    if (likely === 'recordIds') {
      const name = header || `Column ${column + 1}`;
      const source = candidates.source(name, role, objectType, 'header', { column, rank: rank ?? ranks.record });
      return (start, end, line) => {
        if (this.#reading.covers(start, end - start)) candidates.meet(source);
        judgeCell(text, start, end, line, source, reader);
      };
    }
    if (foreign && meaning.kind === 'other') {
      const ignore = (offset: number, length: number, line: number) =>
        this.#reading.ignore(offset, length, line, reasonFor(meaning.reason, length));
      return (start, end, line) => judgeCell(text, start, end, line, 0, { ...reader, freeText: reader.freeText, id: ignore });
    }
    if (!this.#hasIds && (likely === 'maybe' || (foreign && meaning.kind === 'type'))) {
      const doubt = (offset: number, length: number, line: number) =>
        this.#reading.doubt(offset, length, line, 'columnUnclear');
      return (start, end, line) => judgeCell(text, start, end, line, 0, { ...reader, freeText: reader.freeText, id: doubt });
    }
    return (start, end, line) => {
      if (hasDigit(text, start, end)) this.#other(header, column, start, end, line, likely === 'maybe');
    };
  }

  /** A cell of a column that holds something else: a number, or prose that may speak of records. */
  #other(header: string, column: number, start: number, end: number, line: number, maybe = false): void {
    if (!areDigits(this.#text, start, end)) {
      this.#prose = { name: header || `Column ${column + 1}`, column };
      this.#proseReader.read(start, end, line);
      return;
    }
    const length = end - start;
    if (length < leastLong) return;
    const meaning = meaningOf(header);
    const isUsual = length <= 19 && this.#text.charCodeAt(start) !== 48;
    if (!isUsual) this.#reading.ignore(start, length, line, length > 19 ? 'tooLong' : 'leadingZero');
    else if (meaning.kind === 'other') this.#reading.ignore(start, length, line, reasonFor(meaning.reason, length));
    else if (this.#hasIds && !maybe) this.#reading.ignore(start, length, line, 'otherField');
    else this.#reading.doubt(start, length, line, 'columnUnclear');
  }

  /** Of prose in cells only what may be an id is listed. */
  #proseSink(): Pick<Reading, 'ignore' | 'doubt'> {
    const ignore = (offset: number, length: number, line: number, reason: IgnoredReason) => {
      if (hasLongNumber(this.#text, offset, offset + length, leastLong)) this.#reading.ignore(offset, length, line, reason);
    };
    const doubt = (offset: number, length: number, line: number, reason: UnsureReason) => {
      if (this.#hasIds) ignore(offset, length, line, 'otherField');
      else if (length >= leastLong) this.#reading.doubt(offset, length, line, reason);
    };
    return { ignore, doubt };
  }

  /** Records that prose speaks of are others than those of the rows. */
  #proseTarget(): IdTarget {
    const candidates = this.#candidates;
    return {
      source: (_name, _role, objectType, why) => {
        const { name, column } = this.#prose;
        return candidates.source(name, 'associated', objectType, why, { column, rank: ranks.prose });
      },
      add: (offset, length, line, source) => candidates.add(offset, length, line, source),
    };
  }
}
