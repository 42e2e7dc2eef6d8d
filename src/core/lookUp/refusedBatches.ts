import type { BatchCall } from './calls.ts';

/** Calls that the parts of one refused batch may take: enough to find a few ids among a thousand, not to try each. */
const callsOfBatch = 64;
/** Calls that all parts of all refused batches of a run may take. */
const callsOfRun = 400;
/** Parts that are refused before anything was ever answered: then it is not one id among others that HubSpot minds. */
const hopelessParts = 8;

/** A part of a refused batch: what it shares with its other half, and with all parts of the batch. */
export interface Half {
  readonly pair: { answered: number; readonly size: number };
  readonly batch: { callsLeft: number };
}

/**
 * What becomes of batches that HubSpot refuses as a whole. One id may spoil a batch, so it is halved until the ids that spoil
 * it are alone; or it is too large, so it is halved, and later batches are no larger than what was taken.
 */
export class RefusedBatches {
  readonly #parts: BatchCall[] = [];
  #size: number;
  #callsLeft = callsOfRun;
  #refusedParts = 0;
  #anyAnswer = false;

  constructor(batchSize: number) {
    this.#size = batchSize;
  }

  /** The most inputs a batch should have, as far as is known. */
  get batchSize(): number {
    return this.#size;
  }

  /** Parts that wait to be asked. */
  get waiting(): readonly BatchCall[] {
    return this.#parts;
  }

  /** True while nothing was ever answered and something was refused: more of the same would only waste calls. */
  get isProbing(): boolean {
    return !this.#anyAnswer && this.#parts.length > 0;
  }

  /** True when what was refused so far leaves no hope for the rest of the run. */
  get isHopeless(): boolean {
    return !this.#anyAnswer && this.#refusedParts >= hopelessParts;
  }

  /** The part to ask next: large ones before smaller ones, which soonest shows whether there is any hope. */
  next(): BatchCall | undefined {
    let part = this.#parts.shift();
    while (part && part.records.length > this.#size) {
      const [first, second] = halves(part.records, part.half?.batch);
      this.#parts.unshift(second);
      part = first;
    }
    return part;
  }

  /** Takes note of a batch that was answered. Both halves of a refused one answered: it was the size. */
  answered({ half }: BatchCall): void {
    this.#anyAnswer = true;
    if (half && ++half.pair.answered === 2) this.#size = Math.min(this.#size, half.pair.size);
  }

  /** Takes a refused batch apart. False when that finds nothing more out, or would take too many calls. */
  refused({ records, half }: BatchCall, blame: 'size' | 'inputs'): boolean {
    const size = Math.ceil(records.length / 2);
    if (blame === 'size') this.#size = Math.min(this.#size, size);
    else if (half) this.#refusedParts++;
    if (records.length < 2) {
      // What is too large alone is not so for its size, and neither are the others.
      if (blame === 'size') this.#refusedParts = hopelessParts;
      return false;
    }
    const batch = half?.batch ?? { callsLeft: callsOfBatch };
    if (blame === 'inputs') {
      if (batch.callsLeft < 2 || this.#callsLeft < 2) return false;
      batch.callsLeft -= 2;
      this.#callsLeft -= 2;
    }
    this.#parts.push(...halves(records, batch));
    return true;
  }
}

function halves(records: Uint32Array, batch: Half['batch'] = { callsLeft: callsOfBatch }): [BatchCall, BatchCall] {
  const size = Math.ceil(records.length / 2);
  const half: Half = { pair: { answered: 0, size }, batch };
  return [
    { kind: 'batch', records: records.slice(0, size), half },
    { kind: 'batch', records: records.slice(size), half },
  ];
}
