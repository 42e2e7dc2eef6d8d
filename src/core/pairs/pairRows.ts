import { GrowingColumn } from '../expectation/growingColumn.ts';
import { mostIdsInCell, PairColumns } from '../expectation/pairColumns.ts';
import { idsOfCell, type NoPairReason, oneId } from './cellIds.ts';

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

/** Takes the rows of a file, one after the other, and keeps their pairs and what made none. */
export class PairRows {
  readonly pairs = new PairColumns();
  readonly #lines = new GrowingColumn();
  readonly #reasons = new GrowingColumn();
  readonly #reasonNames: NoPairReason[] = [];
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
    return this.#lines.length;
  }

  /** The first values that make no pair, in the order of the file. */
  noPairs(most = Number.POSITIVE_INFINITY): readonly NoPair[] {
    return Array.from({ length: Math.min(most, this.#lines.length) }, (_, at) => {
      const code = this.#reasons.at(at);
      return { line: this.#lines.at(at), reason: this.#reasonNames[code >> 1]!, side: code % 2 === 0 ? 'from' : 'to' };
    });
  }

  /** Takes a row of a table: a cell each. */
  takeCells(from: string, to: string, labels: string, line: number): void {
    const [fromId, toId] = [oneId(from), oneId(to)];
    const texts = labels === '' ? [] : [labels];
    // Nearly all rows of nearly all files are of this kind.
    if (fromId !== undefined && toId !== undefined) this.pairs.addRow(fromId, [toId], this.#labelsOf(texts), line);
    else this.take([from], [{ to: [to], labels: texts }], line);
  }

  /** Takes a row: the cells of its record, and those of what is associated with it, grouped by their labels. */
  take(from: readonly string[], groups: readonly ToCells[], line: number): void {
    const fromId = this.#recordOf(from, line);
    let values = 0;
    for (const { to, labels } of groups) {
      const read = to.map(idsOfCell);
      const ids = read.length === 1 ? read[0]!.ids : read.flatMap((each) => each.ids);
      const others = read.flatMap((each) => each.others);
      for (const reason of others) this.#note(line, reason, 'to');
      const count = ids.length + others.length;
      values += count;
      if (fromId === undefined) continue;
      // Only a row with nothing at all in it expects nothing.
      if (count > 0 || groups.length === 1) this.pairs.addRow(fromId, ids, this.#labelsOf(labels), line, count);
    }
    if (fromId === undefined) this.pairs.addUnreadableRow();
    else if (groups.length > 1) this.#endGroups(fromId, values, line);
    else if (groups.length === 0) this.pairs.addRow(fromId, [], 0, line);
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

  /** The rule for a cell that an export cut off holds for a list of objects too. */
  #endGroups(fromId: string, values: number, line: number): void {
    if (values === mostIdsInCell) this.pairs.cutCell(fromId, line);
    else if (values === 0) this.pairs.addRow(fromId, [], 0, line);
  }

  /** The one record that a row is about; undefined where it names none, or several. */
  #recordOf(cells: readonly string[], line: number): string | undefined {
    const read = cells.map(idsOfCell);
    const ids = new Set(read.flatMap((each) => each.ids));
    const others = read.flatMap((each) => each.others);
    for (const reason of others) this.#note(line, reason, 'from');
    if (others.length > 0) return undefined;
    if (ids.size !== 1) this.#note(line, ids.size === 0 ? 'empty' : 'severalRecords', 'from');
    return ids.size === 1 ? [...ids][0] : undefined;
  }

  #note(line: number, reason: NoPairReason, side: 'from' | 'to'): void {
    let code = this.#reasonNames.indexOf(reason);
    if (code < 0) code = this.#reasonNames.push(reason) - 1;
    this.#lines.push(line);
    this.#reasons.push(code * 2 + (side === 'to' ? 1 : 0));
  }

  /** Several labels stand in one cell with `;` between. */
  #labelsOf(cells: readonly string[]): number {
    if (cells.length === 0) return 0;
    const key = cells.length === 1 ? cells[0]! : cells.join(';');
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
