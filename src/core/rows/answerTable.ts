/** What the panel shows of one Answer: the facts above the table and windows of its rows. Keeps the host thin. Pure. */

import type { Answer } from '../domain/associations.ts';
import { finished } from '../domain/steps.ts';
import {
  maxRowsPerRequest,
  type PanelRow,
  type RowAddress,
  type RowRange,
  type RowsReply,
  type RowsRequest,
} from '../treaty/panelRows.ts';
import type { PanelState, TableFacts } from '../treaty/panelState.ts';
import { everyRow, firstView, type PanelView, type RememberedView } from '../treaty/panelView.ts';
import {
  type Arrangement,
  arranged,
  type Changes,
  changesTo,
  choiceOf,
  plainArrangement,
  plannedRows,
} from './arrangement.ts';
import type { Column } from './column.ts';
import { arrangedColumns } from './columnOrder.ts';
import type { RowSelection } from './rowSelection.ts';
import type { RowContext, Rows } from './rows.ts';
import { fewPlaces, partsAround, type Steps } from './steps.ts';

/** No two orders of rows share a revision, not even those of two tables, so that a page cannot take one for the other. */
let lastRevision = 0;

/**
 * An Answer seen through a view. What is wanted (a view, a context, what the Answer has learned) is shown once {@link arranging} has
 * gone through: until then all that is read here is of the rows as they were, so that one window and the next fit together.
 */
export class AnswerTable {
  readonly answer: Answer;
  #context: RowContext;
  #view: PanelView;
  #shown: Arrangement;
  #revision = ++lastRevision;

  constructor(answer: Answer, context: RowContext = {}, view: PanelView = firstView) {
    this.answer = answer;
    this.#context = context;
    this.#view = view;
    this.#shown = plainArrangement(answer, { view: { ...view, ...everyRow, sort: [] }, context });
  }

  /** The view that is wanted. */
  get view(): PanelView {
    return this.#view;
  }

  /**
   * Takes the page's view; without a filter this table's own stays.
   * @returns true when other rows or another order are wanted than before
   */
  setView(given: RememberedView): boolean {
    const view = { ...given, filter: given.filter ?? this.#view.filter };
    const { columns } = this.#shown;
    const isOther = choiceOf(this.#view, columns) !== choiceOf(view, columns);
    this.#view = view;
    return isOther;
  }

  /** Names, sources, what became of records, or the reader's language changed. */
  setContext(context: RowContext): void {
    this.#context = context;
  }

  /** Wants the rows as they are shown, after others were wanted. */
  keepShown(): void {
    const { filter, chips, sort } = this.#shown.view;
    this.#view = { ...this.#view, filter, chips, sort };
  }

  /** What is still to be done until what is wanted is shown: the work of {@link arranging}. */
  get changes(): Changes {
    return changesTo(this.#shown, this.answer, this.#wish());
  }

  /**
   * Brings what is shown to what was wanted when it began. Nothing changes before the last step, and nothing when it is not gone
   * through to its end; one that began later overtakes it.
   * @param onShare what is done so far, from 0 to 1
   */
  *arranging(onShare?: (share: number) => void): Steps<void> {
    const { changes } = this;
    const wish = this.#wish();
    if (changes.any) {
      const planned = plannedRows(this.#shown, changes, wish.view);
      const steps = arranged(this.#shown, this.answer, wish);
      let done = 0;
      for (let step = steps.next(); ; step = steps.next()) {
        if (step.done) {
          this.#shown = step.value;
          this.#revision = ++lastRevision;
          break;
        }
        done += step.value;
        onShare?.(Math.min(1, done / planned));
        yield step.value;
      }
    }
    this.#shown = { ...this.#shown, view: wish.view };
  }

  /** Brings what is shown to what is wanted at once. */
  arrange(): void {
    finished(this.arranging());
  }

  /** What is going on until what is wanted is shown. */
  get arrangingWhat(): NonNullable<PanelState['arranging']>['what'] {
    if (!this.changes.selection) return 'counting';
    const { filter, chips, sort } = this.#view;
    const { view, columns } = this.#shown;
    const isFiltered = choiceOf(view, columns) !== choiceOf({ ...view, filter, chips }, columns);
    return isFiltered || sort.length === 0 ? 'filtering' : 'sorting';
  }

  /** Of the rows shown, and of the Answer as it is now. */
  facts(): TableFacts {
    const { answer } = this;
    const { rows, columns, chips, view } = this.#shown;
    const { place, columns: wishes } = this.#view;
    return {
      counts: { ...answer.counts },
      ...(this.#context.check && { verdicts: this.#context.check.counts }),
      completeness: answer.completeness,
      effort: { ...answer.effort },
      apiVersion: answer.apiVersion,
      revision: this.#revision,
      rows: rows.length,
      shown: this.shown,
      columns: columns.map(({ key, kind, head, align, holds, tooltip, told }) => ({
        key,
        kind,
        head,
        ...(align && { align }),
        ...(holds && { holds }),
        ...(tooltip !== undefined && { tooltip }),
        ...told?.(),
      })),
      chips: [...chips],
      view: { ...view, place, columns: wishes },
    };
  }

  /** What is seen of each row: its columns in the user's order, without hidden ones. */
  seen(): { readonly columns: readonly Column[]; readonly context: RowContext } {
    const columns = arrangedColumns(this.#shown.columns, this.#view.columns).filter(({ hidden }) => !hidden);
    return { columns, context: this.#context };
  }

  /** How many rows chips and filter leave. */
  get shown(): number {
    const { selection, rows } = this.#shown;
    return selection ? selection.length : rows.length;
  }

  /** Answers the page's request for rows. */
  window({ request, first, count, keep }: RowsRequest): RowsReply {
    const kept = keep && this.placeOf(keep);
    const moved = keep && kept !== undefined ? first + kept - keep.at : first;
    const start = Math.max(0, Math.min(moved, this.shown - 1));
    const end = Math.min(start + Math.min(count, maxRowsPerRequest), this.shown);
    const rows: PanelRow[] = [];
    for (let at = start; at < end; at++) rows.push(this.#row(this.#rowAt(at)));
    return { kind: 'rows', request, revision: this.#revision, first: start, rows };
  }

  /** The rows beside those of a reply, in parts: those shown after and before them, the nearest first, and then those that are not shown. */
  beside({ first, rows: { length } }: RowsReply): Iterable<ShownRows> {
    return length === 0 ? [] : besideIn(this.#shown, first, first + length);
  }

  /** Where a row stands in the order shown, or undefined when it is not shown. */
  placeOf(address: RowAddress): number | undefined {
    const { rows, selection } = this.#shown;
    const row = rows.rowOf(address);
    if (row === undefined || !selection) return row;
    const place = selection.indexOf(row);
    return place < 0 ? undefined : place;
  }

  /** The rows shown, or those the user marked, for copying and exporting. */
  shownRows(range: RowRange = { all: true }): ShownRows {
    const { rows, selection } = this.#shown;
    if (range.all) return new ShownRows(rows, selection, 0, this.shown);
    const from = this.placeOf(range.from);
    const to = this.placeOf(range.to);
    if (from === undefined || to === undefined) return new ShownRows(rows, selection, 0, 0);
    return new ShownRows(rows, selection, Math.min(from, to), Math.max(from, to) + 1);
  }

  /** Every row, whatever chips and filter leave. */
  everyRow(): ShownRows {
    return new ShownRows(this.#shown.rows);
  }

  #wish(view = this.#view) {
    return { view, context: this.#context };
  }

  #rowAt(place: number): number {
    const { selection } = this.#shown;
    return selection ? selection[place]! : place;
  }

  #row(row: number): PanelRow {
    const { rows, columns } = this.#shown;
    const pair = rows.pair(row);
    const made: PanelRow = {
      record: rows.record(row),
      nth: rows.nth(row),
      ...(pair !== undefined && { pair }),
      id: '',
      primary: false,
      labels: [],
      state: 'notRead',
      truncated: false,
    };
    let cells: PanelRow['cells'];
    let values: PanelRow['values'];
    for (const { cell } of columns) {
      const fields = cell(row);
      Object.assign(made, fields);
      // Each column of a type or a property adds its own to those of the others.
      if (fields.cells) cells = { ...cells, ...fields.cells };
      if (fields.values) values = { ...values, ...fields.values };
    }
    return { ...made, ...(cells && { cells }), ...(values && { values }) };
  }
}

/** What is shown is another by the time that this is gone through, perhaps. */
function* besideIn({ rows, selection }: Arrangement, first: number, end: number): Generator<ShownRows, void> {
  const shown = selection?.length ?? rows.length;
  yield* partsAround(first, end, shown, (from, to) => new ShownRows(rows, selection, from, to));
  if (!selection) return;
  const row = selection[first]!;
  yield* partsAround(row, row, rows.length, (from, to) => new ShownRows(rows, undefined, from, to));
}

/** Some rows in the order shown, to be gone through once. */
export class ShownRows {
  readonly rows: Rows;
  readonly length: number;
  readonly #selection: RowSelection;
  readonly #from: number;

  constructor(rows: Rows, selection?: RowSelection, from = 0, to = selection?.length ?? rows.length) {
    this.rows = rows;
    this.#selection = selection;
    this.#from = from;
    this.length = to - from;
  }

  /** The row number at a place from 0 to length. */
  at(place: number): number {
    return this.#selection ? this.#selection[this.#from + place]! : this.#from + place;
  }

  /** The same rows, at most so many at a time. */
  *parts(most = fewPlaces): Generator<ShownRows, void, void> {
    const end = this.#from + this.length;
    for (let from = this.#from; from < end; from += most) {
      yield new ShownRows(this.rows, this.#selection, from, Math.min(from + most, end));
    }
  }
}
