import type { Waiting } from '../hubspot/limiter.ts';
import type { Call } from './calls.ts';
import type { RecordPages } from './openPages.ts';

export interface Running {
  /** Records that are being asked for: none any more once the answer is there and is being written down. */
  records: number;
  /** How many of them are asked for a later page. */
  pages: number;
  waiting: Waiting | undefined;
}

/** The calls that a run has begun and not ended. */
export class RunningCalls {
  readonly #calls = new Set<Running>();

  get size(): number {
    return this.#calls.size;
  }

  /** Records that are being asked for. */
  get records(): number {
    let records = 0;
    for (const call of this.#calls) records += call.records;
    return records;
  }

  /** Records that are being asked for their first page. */
  get firstPages(): number {
    let records = 0;
    for (const call of this.#calls) records += call.records - call.pages;
    return records;
  }

  /** What all calls wait for, the first of it; undefined while one of them is under way. */
  get waiting(): Waiting | undefined {
    let first: Waiting | undefined;
    for (const { waiting } of this.#calls) {
      if (!waiting) return undefined;
      if (!first || waiting.until < first.until) first = waiting;
    }
    return first;
  }

  begin({ records }: Call, recordPages: RecordPages): Running {
    let pages = 0;
    for (const record of records) if (recordPages.cursor(record) !== undefined) pages++;
    const running: Running = { records: records.length, pages, waiting: undefined };
    this.#calls.add(running);
    return running;
  }

  /** Its answer is there: it still takes its place among the calls, but nothing is waited for. */
  answered(running: Running): void {
    running.records = 0;
    running.pages = 0;
  }

  end(running: Running): void {
    this.#calls.delete(running);
  }

  /**
   * With no new records left to fill them up, calls with pages only are no more than full ones would be: sixteen slim calls
   * a round would use up the limit and end no sooner, since a record's pages come one after another anyway.
   */
  mayAskPagesOnly(waiting: number, batchSize: number): boolean {
    if (waiting === 0) return false;
    if (waiting >= batchSize) return true;
    let calls = 0;
    let inFlight = 0;
    for (const call of this.#calls) {
      if (call.records === 0 || call.waiting?.reason === 'retry') continue;
      if (call.pages === call.records) calls++;
      inFlight += call.pages;
    }
    return calls < Math.ceil((waiting + inFlight) / batchSize);
  }
}
