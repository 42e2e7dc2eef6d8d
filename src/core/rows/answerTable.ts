/** What the panel shows of one Answer: the facts above the table and windows of its rows. Keeps the host thin. Pure. */

import type { Answer } from '../domain/associations.ts';
import { cut } from '../text/cellText.ts';
import {
  firstView,
  maxRowsPerRequest,
  type PanelRow,
  type PanelView,
  type RememberedView,
  type RowAddress,
  type RowRange,
  type RowsReply,
  type RowsRequest,
  type TableFacts,
} from '../treaty/panelMessages.ts';
import { type RowSelection, selectRows } from './rowSelection.ts';
import { plainProblemText, type RowContext, Rows } from './rows.ts';

/** No two orders of rows share a revision, not even those of two tables, so that a page cannot take one for the other. */
let lastRevision = 0;

/**
 * An Answer seen through a view. The Answer may grow while it is shown: `facts()` takes in what is new and counts it, and
 * the rows stay as they were between two calls of it, so that a window and the one after it fit together.
 */
export class AnswerTable {
  readonly answer: Answer;
  #context: RowContext;
  #rows: Rows;
  #view: PanelView;
  #selection: RowSelection;
  #revision = ++lastRevision;

  constructor(answer: Answer, context: RowContext = {}, view: PanelView = firstView) {
    this.answer = answer;
    this.#context = context;
    this.#view = view;
    this.#rows = new Rows(answer);
    this.#selection = selectRows(this.#rows, view, context);
  }

  get view(): PanelView {
    return this.#view;
  }

  /** Takes the page's view; without a filter this table's own stays. True when rows or their order changed, so that a state has to be sent. */
  setView(given: RememberedView): boolean {
    const { filter, chip, sort } = this.#view;
    const view = { ...given, filter: given.filter ?? filter };
    this.#view = view;
    if (filter === view.filter && chip === view.chip && sameSort(sort, view.sort)) return false;
    this.#select();
    return true;
  }

  /** Names, places or the reader's language changed. */
  setContext(context: RowContext): void {
    this.#context = context;
    this.#select();
  }

  /** Takes in what the Answer has learned since the last call. Linear in the number of rows, when something changed. */
  facts(): TableFacts {
    const { answer } = this;
    if (answer.revision !== this.#rows.revision) {
      this.#rows = new Rows(answer);
      this.#select();
    }
    return {
      counts: { ...answer.counts },
      completeness: answer.completeness,
      effort: { ...answer.effort },
      apiVersion: answer.apiVersion,
      revision: this.#revision,
      rows: this.#rows.length,
      shown: this.shown,
      chips: [...this.#rows.chips()],
      view: this.#view,
      hasPlaces: this.#context.placeOf !== undefined,
    };
  }

  /** How many rows chip and filter leave. */
  get shown(): number {
    return this.#selection ? this.#selection.length : this.#rows.length;
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

  /** Where a row stands in the order shown, or undefined when it is not shown. */
  placeOf({ record, nth }: RowAddress): number | undefined {
    const row = this.#rows.rowOf(record, nth);
    if (row === undefined || !this.#selection) return row;
    const place = this.#selection.indexOf(row);
    return place < 0 ? undefined : place;
  }

  /** The rows shown, or those the user marked, for copying and exporting. */
  shownRows(range: RowRange = { all: true }): ShownRows {
    if (range.all) return new ShownRows(this.#rows, this.#selection, 0, this.shown);
    const from = this.placeOf(range.from);
    const to = this.placeOf(range.to);
    if (from === undefined || to === undefined) return new ShownRows(this.#rows, this.#selection, 0, 0);
    return new ShownRows(this.#rows, this.#selection, Math.min(from, to), Math.max(from, to) + 1);
  }

  /** Every row, whatever chip and filter leave. */
  everyRow(): ShownRows {
    return new ShownRows(this.#rows);
  }

  #select() {
    this.#selection = selectRows(this.#rows, this.#view, this.#context);
    this.#revision = ++lastRevision;
  }

  #rowAt(place: number): number {
    return this.#selection ? this.#selection[place]! : place;
  }

  #row(row: number): PanelRow {
    const { answer } = this;
    const record = this.#rows.record(row);
    const id = answer.recordId(record);
    const toId = this.#rows.toId(row);
    const folded = toId === undefined ? undefined : this.#rows.labels(this.#rows.set(row));
    const problem = answer.problem(record);
    const name = this.#context.nameOf?.('record', id);
    const toName = toId === undefined ? undefined : this.#context.nameOf?.('associated', toId);
    const source = this.#context.placeOf?.(record);
    return {
      record,
      nth: this.#rows.nth(row),
      id: cut(id),
      ...(name !== undefined && { name: cut(name) }),
      ...(toId !== undefined && { toId: cut(toId) }),
      ...(toName !== undefined && { toName: cut(toName) }),
      primary: folded?.primary ?? false,
      ...(folded?.primaryLabel !== undefined && { primaryLabel: cut(folded.primaryLabel) }),
      labels: (folded?.labels ?? [])
        .slice(0, mostLabels)
        .map(({ text, type }) => ({ text: cut(text), type: cut(type) })),
      state: answer.state(record),
      truncated: answer.truncation(record) !== undefined,
      ...(problem && { problem: cut((this.#context.problemText ?? plainProblemText)(problem)) }),
      ...(source !== undefined && { source: cut(source) }),
    };
  }
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
}

function sameSort(one: PanelView['sort'], other: PanelView['sort']): boolean {
  return one?.column === other?.column && one?.descending === other?.descending;
}

const mostLabels = 20;
