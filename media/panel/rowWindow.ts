/** The rows around what is shown, asked from the host as the user moves. Never more than one window of them is held. */

import {
  maxRowsPerRequest,
  type PanelRow,
  type RowAddress,
  type RowsReply,
  type RowsRequest,
} from '../../src/core/treaty/panelMessages.ts';
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
    this.#ask(from, maxRowsPerRequest, kept && keep !== undefined ? { ...addressOf(kept), at: keep } : undefined);
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
    this.#rows = this.#merged(reply);
    this.#first = reply.first;
    this.#revision = reply.revision;
    if (!kept || keepAt === undefined) return 0;
    const at = reply.rows.findIndex((row) => isSame(row, kept));
    return at < 0 ? 0 : reply.first + at - keepAt;
  }

  /** Rows that were known already stay the same objects, so that nobody draws them again. */
  #merged({ revision, first, rows }: RowsReply): readonly PanelRow[] {
    return revision === this.#revision ? rows.map((row, index) => this.row(first + index) ?? row) : rows;
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
