/** Judges the cells of a table, delimited or drawn, by what their columns hold. */
import { type Left, lengthOfStep, longestWord, type Steps } from '../../domain/steps.ts';
import { areDigits, hasDigit, trimmedEnd, trimmedStart } from '../characters/characters.ts';
import { trimmedInSteps } from '../characters/longPieces.ts';
import { type Candidates, type ColumnPlace, type IdTarget, ranks } from '../found/candidates.ts';
import type { Reading } from '../found/reading.ts';
import { type IgnoredReason, reasonFor, type UnsureReason } from '../found/reasons.ts';
import { type CellReader, cellReader, judgeCell } from '../list/judgeValue.ts';
import { meaningOf, type NameMeaning, type Role } from '../names/fieldNames.ts';
import { FreeText } from '../prose/freeText.ts';
import { hasLongNumber, leastLong, noId } from '../shapes/wholeNumbers.ts';
import type { TableColumn } from './columnChoice.ts';

/** The column that ids stand in, and how it ranks. */
interface Belonging extends ColumnPlace {
  readonly name: string;
  readonly role: Role;
}

type OtherColumn = Pick<TableColumn, 'header' | 'column' | 'likely'>;

/** What is done with the cells of a column. */
type TakeCell = (start: number, end: number, line: number) => Left;

export class TableReader {
  readonly #text: string;
  readonly #reading: Reading;
  readonly #candidates: Candidates;
  readonly #takers: TakeCell[] = [];
  readonly #hasIds: boolean;
  /** The column that names the type of each row's record: "Contact", "Company", "Owner". */
  readonly #kindColumn: number;
  #kind: NameMeaning = { kind: 'unknown' };
  /** Where the ids belong of which the prose speaks that is read now. */
  #prose: Belonging = { name: '', role: 'associated', column: 0, rank: ranks.prose };
  readonly #proseReader: FreeText;

  /** `foreign` is true of a table whose headers all say that it holds no record ids; its numbers are listed with the reasons. */
  constructor(
    text: string,
    columns: readonly TableColumn[],
    reading: Reading,
    candidates: Candidates,
    foreign = false,
  ) {
    this.#text = text;
    this.#reading = reading;
    this.#candidates = candidates;
    this.#hasIds = columns.some(({ likely }) => likely === 'recordIds');
    this.#kindColumn = columns.findIndex((column) => namesKinds(column));
    const target = this.#proseTarget();
    this.#proseReader = new FreeText(text, this.#proseSink(), target);
    const reader = cellReader(text, reading, candidates, new FreeText(text, reading, target));
    for (const each of columns) this.#takers[each.column] = this.#taker(each, reader, foreign);
  }

  /** Judges a cell. Cells behind the last header are taken for prose. What is left of a long one comes before the next cell. */
  cell(column: number, start: number, end: number, line: number): Left {
    if (end - start > lengthOfStep) return this.#longCell(column, start, end, line);
    const from = trimmedStart(this.#text, start, end);
    return this.#trimmedCell(column, from, trimmedEnd(this.#text, from, end), line);
  }

  *#longCell(column: number, start: number, end: number, line: number): Steps<void> {
    const left = this.#trimmedCell(column, ...(yield* trimmedInSteps(this.#text, start, end)), line);
    if (left) yield* left;
  }

  #trimmedCell(column: number, from: number, to: number, line: number): Left {
    if (column === this.#kindColumn) this.#kind = meaningOf(this.#text.slice(from, Math.min(to, from + 40)));
    if (from === to) return undefined;
    const take = this.#takers[column];
    return take ? take(from, to, line) : this.#other({ header: '', column, likely: 'no' }, from, to, line);
  }

  #taker(each: TableColumn, reader: CellReader, foreign: boolean): TakeCell {
    const { column, header, likely, objectType, role, rank } = each;
    const candidates = this.#candidates;
    const meaning = meaningOf(header);
    if (likely === 'recordIds') {
      const name = header || `Column ${column + 1}`;
      const belonging = { name, role, column, rank: rank ?? ranks.record };
      const source = candidates.source(name, role, objectType, 'header', belonging);
      return (start, end, line) => {
        if (this.#reading.covers(start, end - start)) candidates.meet(source);
        this.#prose = belonging;
        const kind = column > this.#kindColumn && objectType === undefined ? this.#kind : undefined;
        if (kind?.kind === 'other') return judgeCell(start, end, line, 0, this.#ignoring(kind.reason, reader));
        const typed =
          kind?.kind === 'type' ? candidates.source(name, role, kind.objectType, 'word', belonging) : source;
        return judgeCell(start, end, line, typed, reader);
      };
    }
    if (foreign && meaning.kind === 'other') {
      const ignoring = this.#ignoring(meaning.reason, reader);
      return (start, end, line) => judgeCell(start, end, line, 0, ignoring);
    }
    if (!this.#hasIds && (likely === 'maybe' || (foreign && meaning.kind === 'type'))) {
      const doubt = (offset: number, length: number, line: number) =>
        this.#reading.doubt(offset, length, line, 'columnUnclear');
      const doubting = { ...reader, freeText: reader.freeText, id: doubt };
      return (start, end, line) => judgeCell(start, end, line, 0, doubting);
    }
    return (start, end, line) => this.#other(each, start, end, line);
  }

  #ignoring(reason: IgnoredReason, reader: CellReader): CellReader {
    const ignore = (offset: number, length: number, line: number) =>
      this.#reading.ignore(offset, length, line, reasonFor(reason, length));
    return { ...reader, freeText: reader.freeText, id: ignore };
  }

  /** A cell of a column that holds something else: a number, or prose that may speak of records. */
  #other({ header, column, likely }: OtherColumn, start: number, end: number, line: number): Left {
    const length = end - start;
    const isLong = length > lengthOfStep;
    if (!isLong && !hasDigit(this.#text, start, end)) return undefined;
    if (isLong || !areDigits(this.#text, start, end)) {
      this.#prose = { name: header || `Column ${column + 1}`, role: 'associated', column, rank: ranks.prose };
      return this.#proseReader.read(start, end, line);
    }
    if (length < leastLong) return undefined;
    const meaning = meaningOf(header);
    const never = noId(this.#text.charCodeAt(start), length);
    if (never) this.#reading.ignore(start, length, line, never);
    else if (meaning.kind === 'other') this.#reading.ignore(start, length, line, reasonFor(meaning.reason, length));
    else if (this.#hasIds && likely !== 'maybe') this.#reading.ignore(start, length, line, 'otherField');
    else this.#reading.doubt(start, length, line, 'columnUnclear');
    return undefined;
  }

  /** Of prose in cells only what may be an id is listed. */
  #proseSink(): Pick<Reading, 'ignore' | 'doubt'> {
    const ignore = (offset: number, length: number, line: number, reason: IgnoredReason) => {
      if (length > longestWord || hasLongNumber(this.#text, offset, offset + length))
        this.#reading.ignore(offset, length, line, reason);
    };
    const doubt = (offset: number, length: number, line: number, reason: UnsureReason) => {
      if (this.#hasIds) ignore(offset, length, line, 'otherField');
      else if (length >= leastLong) this.#reading.doubt(offset, length, line, reason);
    };
    return { ignore, doubt };
  }

  /** In a column of ids, prose speaks of them; elsewhere of other records than those of the rows. */
  #proseTarget(): IdTarget {
    const candidates = this.#candidates;
    return {
      source: (_name, _role, objectType, why) => {
        const { name, role } = this.#prose;
        return candidates.source(name, role, objectType, why, this.#prose);
      },
      add: (offset, length, line, source) => candidates.add(offset, length, line, source),
    };
  }
}

/** True of a column whose values name types of records, or other things that have ids. */
function namesKinds({ samples }: TableColumn): boolean {
  const kinds = samples.map((sample) => meaningOf(sample).kind);
  return kinds.includes('type') && kinds.every((kind) => kind === 'type' || kind === 'other');
}
