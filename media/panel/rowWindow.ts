/** The rows around what is shown, asked from the host as the user moves. Never more than one window of them is held. */

import {
  maxRowsPerRequest,
  type PanelRow,
  type RowAddress,
  type RowsReply,
  type RowsRequest,
} from '../../src/core/treaty/panelRows.ts';
import { tell } from './host.ts';

/** How many rows are kept ready in the direction the user goes, and at least on the other side when more are asked for. */
const ahead = 50;
const behind = 20;

export class RowWindow {
  #first = 0;
  #rows: readonly PanelRow[] = [];
  #revision = -1;
  #lastFirst = 0;
  #down = true;
  #request = 0;
  /** What the request under way asked for; undefined when none is. */
  #asked: { first: number; end: number; keepAt: number | undefined } | undefined;
  /** The rows held are of an earlier order: shown until the new ones arrive, but not to be relied on. */
  #stale = true;

  row(at: number): PanelRow | undefined {
    return this.#rows[at - this.#first];
  }

  /** Asks for rows before the first state has come, so that both arrive together. */
  begin(first: number, count: number): void {
    this.#ask(first, Math.min(count, maxRowsPerRequest));
  }

  /**
   * Rows or their order changed: what is shown is asked for again, even if a request is under way.
   * @param areOthers by the user's wish, as by a filter: the rows held do not belong there any more and are not shown until the
   * new ones arrive. While rows only stream in, those held stay in sight: they are right, if not yet in their last places.
   */
  renew(areOthers: boolean): void {
    this.#stale = true;
    this.#asked = undefined;
    if (areOthers) this.#rows = [];
  }

  /**
   * Asks for what is missing around the rows `first` to `end`. After a change, `keep` is the place of a row that should
   * stay under the user's eyes.
   */
  want(first: number, end: number, total: number, keep?: number): void {
    const has = (from: number, to: number) =>
      !this.#stale && from >= this.#first && to <= this.#first + this.#rows.length;
    if (first !== this.#lastFirst) this.#down = first > this.#lastFirst;
    this.#lastFirst = first;
    const ready = this.#down ? has(first, Math.min(total, end + ahead)) : has(Math.max(0, first - ahead), end);
    if (ready) return;
    if (this.#asked && first >= this.#asked.first && end <= this.#asked.end) return;
    // One request at a time while rows are merely scrolled by: the answer under way shows where to go on from.
    if (this.#asked && !this.#stale) return;
    const wanted = this.#down ? first - behind : end + behind - maxRowsPerRequest;
    const from = Math.max(0, Math.min(wanted, total - maxRowsPerRequest));
    const kept = keep === undefined || !this.#stale ? undefined : this.row(keep);
    if (kept && keep !== undefined) this.#ask(from, maxRowsPerRequest, { ...addressOf(kept), at: keep });
    else this.#ask(...this.#missing(from, from + maxRowsPerRequest));
  }

  /** What is not held of a window, as its first row and how many: reading an answer takes a good part of what a frame has. */
  #missing(from: number, end: number): readonly [first: number, count: number] {
    const held = this.#stale ? [] : this.#rows;
    const heldEnd = this.#first + held.length;
    if (this.#first <= from && from < heldEnd && heldEnd < end) return [heldEnd, end - heldEnd];
    if (from < this.#first && this.#first < end && end <= heldEnd) return [from, this.#first - from];
    return [from, end - from];
  }

  #ask(first: number, count: number, keep?: RowsRequest['keep']): void {
    this.#asked = { first, end: first + count, keepAt: keep?.at };
    tell({
      kind: 'rows',
      request: ++this.#request,
      first,
      count,
      ...(keep && { keep }),
    });
  }

  /** Takes an answer in. Returns by how many places the kept row moved, or undefined for an answer that came too late. */
  take(reply: RowsReply): number | undefined {
    if (reply.request !== this.#request || !this.#asked) return undefined;
    const { keepAt } = this.#asked;
    const kept = keepAt === undefined ? undefined : this.row(keepAt);
    this.#asked = undefined;
    this.#stale = false;
    const { first, rows } = this.#joined(reply);
    this.#rows = rows;
    this.#first = first;
    this.#revision = reply.revision;
    if (!kept || keepAt === undefined) return 0;
    const at = reply.rows.findIndex((row) => isSame(row, kept));
    return at < 0 ? 0 : reply.first + at - keepAt;
  }

  /** One window of rows: those of an answer, and those held beside it. A row that was known stays the same object, so that nobody draws it again. */
  #joined({ revision, first, rows }: RowsReply): { readonly first: number; readonly rows: readonly PanelRow[] } {
    if (revision !== this.#revision) return { first, rows };
    const room = Math.max(0, maxRowsPerRequest - rows.length);
    if (first + rows.length === this.#first) return { first, rows: [...rows, ...this.#rows.slice(0, room)] };
    if (first !== this.#first + this.#rows.length)
      return { first, rows: rows.map((row, index) => this.row(first + index) ?? row) };
    const before = this.#rows.slice(Math.max(0, this.#rows.length - room));
    return { first: first - before.length, rows: [...before, ...rows] };
  }
}

/** What names a row for good, wherever it stands. */
export function addressOf({ record, nth, pair }: PanelRow): RowAddress {
  return { record, nth, ...(pair !== undefined && { pair }) };
}

/** A row of a pair may stand further down among those of its record when more of them have come. */
function isSame(one: PanelRow, other: PanelRow): boolean {
  return one.record === other.record && (one.pair === undefined ? one.nth === other.nth : one.pair === other.pair);
}
