import { finished, type Left, lengthOfStep, type Steps } from '../domain/steps.ts';
import { longestLabels } from '../expectation/labelSets.ts';
import { mostIdsInCell, PairColumns } from '../expectation/pairColumns.ts';
import {
  type CellIds,
  idsOfCell,
  mostNoPairs,
  type NoPairReason,
  OtherValues,
  oneId,
  readingIdsOfCell,
} from './cellIds.ts';

/** A value that makes no pair. What it is stays in the file: only its place and the reason are kept. */
export interface NoPair {
  /** From 0. */
  readonly line: number;
  readonly reason: NoPairReason;
  readonly side: 'from' | 'to';
}

/** Associated records with the labels that the source gives them, as cells or values. */
export interface ToCells {
  readonly to: readonly string[];
  readonly labels: readonly string[];
}

const mostRemembered = 5_000;
/** A few milliseconds. */
const valuesOfStep = 10_000;

/** Takes the rows of a file, one after the other, and keeps their pairs and what made none. */
export class PairRows {
  readonly pairs = new PairColumns();
  readonly #noPairs: NoPair[] = [];
  #noPairCount = 0;
  readonly #labelCells = new Map<string, number>();

  /**
   * Why nothing can be checked: the file has no rows, none of them makes a pair, or what was chosen for labels holds
   * more different texts, or longer ones, than labels are.
   */
  get problem(): 'noRows' | 'noPair' | 'noLabels' | undefined {
    if (this.pairs.labelSets.isOverfull) return 'noLabels';
    if (this.pairs.length > 0) return undefined;
    return this.pairs.rowCounts.rows === 0 ? 'noRows' : 'noPair';
  }

  /** How many values make no pair. */
  get noPairCount(): number {
    return this.#noPairCount;
  }

  /** The first values that make no pair, in the order of the file: at most {@link mostNoPairs}. */
  get noPairs(): readonly NoPair[] {
    return this.#noPairs;
  }

  /** Takes a row of a table: a cell each. What is left of that is done before the next row. */
  takeCells(from: string, to: string, labels: string, line: number): Left {
    const [fromId, toId] = [oneId(from), oneId(to)];
    const texts = labels === '' ? [] : [labels];
    // Nearly all rows of nearly all files are of this kind.
    if (fromId === undefined || toId === undefined) return this.take([from], [{ to: [to], labels: texts }], line);
    this.pairs.addRow(fromId, [toId], this.#labelsOf(texts), line);
    return undefined;
  }

  /** Takes a row: the cells of its record, and those of what is associated with it, grouped by their labels. */
  take(from: readonly string[], groups: readonly ToCells[], line: number): Left {
    const steps = this.#taking(from, groups, line);
    if (isLong(from) || groups.length > valuesOfStep || groups.some(({ to }) => isLong(to))) return steps;
    finished(steps);
    return undefined;
  }

  *#taking(from: readonly string[], groups: readonly ToCells[], line: number): Steps<void> {
    const fromId = yield* this.#recordOf(from, line);
    const cells: { readonly ids: readonly string[]; readonly labels: number; readonly count: number }[] = [];
    let ids = 0;
    let values = 0;
    let next = valuesOfStep;
    for (const { to, labels } of groups) {
      const read = yield* idsOfCells(to);
      this.#noteAll(line, read, 'to');
      const count = read.ids.length + read.otherCount;
      ids += read.ids.length;
      values += count;
      if (fromId !== undefined && (count > 0 || groups.length === 1))
        cells.push({ ids: read.ids, labels: this.#labelsOf(labels), count });
      if (values < next) continue;
      yield;
      next = values + valuesOfStep;
    }
    if (fromId === undefined) return this.pairs.addUnreadableRow();
    // However many labels its values have, it is one row.
    this.pairs.startRow(fromId, ids, line, values);
    for (const [nth, cell] of cells.entries()) {
      if (nth % valuesOfStep === valuesOfStep - 1) yield;
      // The rule for a cell that an export cut off holds for a list of objects as a whole, and for each cell in it.
      if (cell.count === mostIdsInCell && values > mostIdsInCell) this.pairs.cutCell(fromId, line);
      yield* this.#adding(cell.ids, cell.labels, line);
    }
  }

  *#adding(ids: readonly string[], labels: number, line: number): Steps<void> {
    for (let at = 0; at < ids.length; at += valuesOfStep) {
      if (at > 0) yield;
      this.pairs.addToRow(ids.slice(at, at + valuesOfStep), labels, line);
    }
  }

  /** Takes in a row that has neither id. */
  takeNeither(line: number): void {
    this.#note(line, 'empty', 'from');
    this.pairs.addUnreadableRow();
  }

  /** Takes in a row that is broken; more of them may be lost in it. */
  takeBroken(line: number): void {
    this.#note(line, 'brokenJson', 'from');
    this.pairs.addUnreadableRow();
    this.pairs.leaveAllOpen();
  }

  /** The one record that a row is about; undefined where it names none, or several. */
  *#recordOf(cells: readonly string[], line: number): Steps<string | undefined> {
    const read = yield* idsOfCells(cells);
    const { ids, otherCount } = read;
    this.#noteAll(line, read, 'from');
    if (otherCount > 0) return undefined;
    const isOne = ids.length > 0 && ids.every((id) => id === ids[0]);
    if (!isOne) this.#note(line, ids.length === 0 ? 'empty' : 'severalRecords', 'from');
    return isOne ? ids[0] : undefined;
  }

  #noteAll(line: number, { others, otherCount }: CellIds, side: 'from' | 'to'): void {
    for (const reason of others) this.#note(line, reason, side);
    this.#noPairCount += otherCount - others.length;
  }

  #note(line: number, reason: NoPairReason, side: 'from' | 'to'): void {
    if (this.#noPairCount++ < mostNoPairs) this.#noPairs.push({ line, reason, side });
  }

  /** Several labels stand in one cell with `;` between. */
  #labelsOf(cells: readonly string[]): number {
    if (cells.length === 0) return 0;
    const key = cells.length === 1 ? cells[0]! : cells.join(';');
    if (key.length > longestLabels) {
      this.pairs.labelSets.isOverfull = true;
      return 0;
    }
    let set = this.#labelCells.get(key);
    if (set === undefined) {
      // A text cut out of a window of the file would keep all of that in memory.
      const own = ` ${key}`.slice(1);
      set = this.pairs.labelSets.of(own.split(';'));
      if (this.#labelCells.size >= mostRemembered) this.#labelCells.clear();
      this.#labelCells.set(own, set);
    }
    return set;
  }
}

/** True of cells that take more than a few milliseconds. */
function isLong(cells: readonly string[]): boolean {
  return cells.length > valuesOfStep || cells.some((cell) => cell.length > lengthOfStep);
}

function* idsOfCells(cells: readonly string[]): Steps<CellIds> {
  if (cells.length === 1) return yield* readingIdsOfCell(cells[0]!);
  const ids: string[] = [];
  const others = new OtherValues();
  for (const [nth, cell] of cells.entries()) {
    if (nth % valuesOfStep === valuesOfStep - 1) yield;
    const read = cell.length > lengthOfStep ? yield* readingIdsOfCell(cell) : idsOfCell(cell);
    for (const id of read.ids) ids.push(id);
    others.addAll(read);
  }
  return { ids, others: others.reasons, otherCount: others.count };
}
