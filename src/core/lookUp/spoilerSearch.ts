/**
 * Finds the ids for which HubSpot refuses a whole batch, by asking for parts of it one after the other, and reads all other
 * ids on the way.
 *
 * A part that is answered is read for good. A part that is refused is cut in two and its first half is asked. If that is
 * answered, the spoiler is in the second half, which is cut in two in its turn without being asked as a whole. One spoiler
 * among 1,000 ids is so found by ten calls, and one more reads what was not asked on the way. Where spoilers are dense, the
 * groups that are asked next get smaller, so that a batch of spoilers only takes little more than one call for each id.
 */

import type { HubSpotError } from '../domain/failure.ts';

/** Records that HubSpot refuses, and what it says about them. */
export interface RefusedRecords {
  readonly records: readonly number[];
  readonly words: HubSpotError;
}

/** A refusal of a call: HubSpot's words, and the records of the call that they name. */
export interface Refusal {
  readonly words: HubSpotError;
  readonly named: ReadonlySet<number>;
  /** The words say of those records that they are not valid, and do not only mention them. */
  readonly accuses: boolean;
}

/** What a run has learned about the number of inputs in one call. */
export interface CallSizes {
  /** No call should have more inputs. */
  limit: number;
  /** The most inputs of a call that was answered. */
  largestAnswered: number;
}

/** Records at least one of which HubSpot refuses. */
interface Suspects {
  readonly records: Uint32Array;
  /** How many refused calls they were part of, and the inputs of the last of those. */
  readonly refusals: number;
  readonly refusedSize: number;
  readonly words: HubSpotError;
}

type Asking =
  /** Records of which nothing was known. */
  | { readonly kind: 'group'; readonly records: Uint32Array }
  | { readonly kind: 'firstHalf'; readonly records: Uint32Array; readonly rest: Uint32Array; readonly of: Suspects }
  /**
   * The rest of suspects whose other parts were answered. Perhaps none of them spoils a call, and together they were only too
   * many.
   */
  | { readonly kind: 'remainder'; readonly records: Uint32Array; readonly of: Suspects }
  /** One record of many, taken anywhere. */
  | { readonly kind: 'probe'; readonly records: Uint32Array }
  /** Records that HubSpot mentioned when it refused others with them. */
  | { readonly kind: 'mentioned'; readonly records: Uint32Array };

/** With one good id in ten, nine batches in ten show one before so many are refused alone. */
const hopelessRecords = 25;

/** A rest is small when it is this part of the suspects. */
const smallRest = 30;

export class SpoilerSearch {
  readonly #sizes: CallSizes;
  #unknown: Uint32Array = new Uint32Array(0);
  #suspects: Suspects | undefined;
  /** To be asked as it is before anything else. */
  #next: Asking | undefined;
  #asking: Asking | undefined;
  #groupSize: number;
  #anyAnswer = false;
  #refusedAlone = 0;
  #refusedGroups = 0;
  #refusedInARow = 0;
  /** The last of a fixed sequence of numbers that look random. */
  #scatter = 1;

  /** @param batch a batch that was just refused: {@link refused} then tells why, as it does for every part later */
  constructor(batch: Uint32Array, sizes: CallSizes) {
    this.#sizes = sizes;
    this.#groupSize = batch.length;
    this.#asking = { kind: 'group', records: batch };
  }

  get isDone(): boolean {
    return this.#asking === undefined && this.waiting === 0;
  }

  /** Records that wait to be asked. */
  get waiting(): number {
    const rest = this.#asking?.kind === 'firstHalf' ? this.#asking.rest.length : 0;
    const known = (this.#suspects?.records.length ?? 0) + (this.#next?.records.length ?? 0);
    return this.#unknown.length + known + rest;
  }

  /** Records that were refused alone. */
  get refusedAlone(): number {
    return this.#refusedAlone;
  }

  /** True when so many were refused alone, and nothing of the batch was ever answered, that all of it will be refused. */
  get isHopeless(): boolean {
    return !this.#anyAnswer && this.#refusedAlone >= hopelessRecords;
  }

  /** The records to ask next; undefined while an answer is awaited, and at the end. `probe` asks for a single one. */
  next(probe: boolean): Uint32Array | undefined {
    if (this.#asking || this.waiting === 0) return undefined;
    // A spoiler was found and the others are refused too: any single one that is answered shows that it is worth going on.
    if (probe || (!this.#anyAnswer && this.#refusedGroups > 1)) this.#asking = this.#nextProbe();
    else if (this.#next) {
      this.#asking = this.#next;
      this.#next = undefined;
    } else this.#asking = this.#nextHalf() ?? this.#nextGroup();
    return this.#asking.records;
  }

  /** Takes note that what was asked was answered. Returns whom that leaves as the spoiler. */
  answered(): RefusedRecords | undefined {
    this.#anyAnswer = true;
    const asked = this.#endAsking();
    if (asked?.kind === 'firstHalf') return this.#blameTheRest(asked);
    if (asked?.kind === 'remainder') {
      // Every part of a refused call is answered, so together they were too many.
      this.#sizes.limit = Math.min(this.#sizes.limit, this.#sizes.largestAnswered);
    } else if (asked?.kind === 'group') {
      this.#groupSize *= 2;
      this.#refusedInARow = 0;
    }
    return undefined;
  }

  /** Takes note that what was asked was refused. Returns whom that proves to be spoilers. */
  refused({ words, named, accuses }: Refusal): RefusedRecords | undefined {
    const asked = this.#endAsking();
    if (!asked) return undefined;
    if (asked.kind === 'firstHalf') this.#unknown = joined(asked.rest, this.#unknown);
    const { records } = asked;
    if (records.length === 1) {
      this.#refusedAlone++;
      if (asked.kind === 'probe') this.#forgetSuspects();
      return { records: [...records], words };
    }
    const those = records.filter((record) => named.has(record));
    const areAll = those.length === records.length;
    if (those.length > 0 && (accuses || (areAll && asked.kind === 'mentioned'))) {
      this.#unknown = joined(without(records, named), this.#unknown);
      return { records: [...those], words };
    }
    if (those.length > 0 && !areAll) {
      this.#unknown = joined(without(records, named), this.#unknown);
      this.#next = { kind: 'mentioned', records: those };
      return undefined;
    }
    if (asked.kind === 'group') this.#shrinkGroups(records.length);
    const refusals = 'of' in asked ? asked.of.refusals + 1 : 1;
    this.#suspects = { records, refusals, refusedSize: records.length, words };
    return undefined;
  }

  /** What was asked has too many inputs: it is asked again in groups of the size that the run has learned. */
  tooLarge(): void {
    const asked = this.#endAsking();
    if (asked) this.#unknown = joined(asked.records, this.#restOf(asked), this.#unknown);
  }

  /** What was asked was not answered for a reason that has nothing to do with its ids. It is not asked again. */
  lost(): void {
    const asked = this.#endAsking();
    if (asked) this.#unknown = joined(this.#restOf(asked), this.#unknown);
  }

  /** Ends the search. Returns everything that was not answered. */
  giveUp(): Uint32Array {
    this.tooLarge();
    this.#forgetSuspects();
    const rest = joined(this.#next?.records ?? [], this.#unknown);
    this.#next = undefined;
    this.#unknown = new Uint32Array(0);
    return rest;
  }

  #endAsking(): Asking | undefined {
    const asked = this.#asking;
    this.#asking = undefined;
    return asked;
  }

  #restOf(asked: Asking): Uint32Array | readonly number[] {
    return asked.kind === 'firstHalf' ? asked.rest : [];
  }

  /**
   * The first half of suspects was answered, so the rest is to blame, unless all together were only too many. As long as no
   * call of that size was ever answered, a small rest is asked as a whole, to see that it is refused. A single record left
   * over is blamed without being asked alone when two calls with it were refused: one refusal might have been a passing one.
   */
  #blameTheRest({ rest, of }: Extract<Asking, { kind: 'firstHalf' }>): RefusedRecords | undefined {
    const { refusedSize, refusals, words } = of;
    const isSizeRuledOut = refusedSize <= this.#sizes.largestAnswered;
    if (rest.length === 0) return undefined;
    if (!isSizeRuledOut && rest.length <= Math.max(1, refusedSize / smallRest)) {
      this.#next = { kind: 'remainder', records: rest, of };
    } else if (rest.length === 1 && refusals > 1) return { records: [...rest], words };
    else this.#suspects = { ...of, records: rest };
    return undefined;
  }

  #nextHalf(): Asking | undefined {
    const of = this.#suspects;
    if (!of) return undefined;
    if (of.refusedSize > this.#sizes.limit) {
      // Another batch has shown that so many are too many, whichever they are.
      this.#forgetSuspects();
      return undefined;
    }
    const middle = Math.max(1, of.records.length >> 1);
    this.#suspects = undefined;
    return { kind: 'firstHalf', records: of.records.slice(0, middle), rest: of.records.slice(middle), of };
  }

  #nextGroup(): Asking {
    const size = Math.max(1, Math.min(Math.floor(this.#groupSize), this.#sizes.limit));
    const records = this.#unknown.slice(0, size);
    this.#unknown = this.#unknown.slice(size);
    return { kind: 'group', records };
  }

  /** Scattered places: evenly spaced ones might all be spoilers where every second or tenth id is one. */
  #nextProbe(): Asking {
    const from = this.#suspects?.records ?? this.#unknown;
    this.#scatter = (Math.imul(this.#scatter, 1_664_525) + 1_013_904_223) >>> 0;
    const place = Math.floor((this.#scatter / 2 ** 32) * from.length);
    const others = from.filter((_, at) => at !== place);
    if (this.#suspects) this.#suspects = { ...this.#suspects, records: others };
    else this.#unknown = others;
    return { kind: 'probe', records: from.slice(place, place + 1) };
  }

  /** One spoiler after another without an answered group between them: the next group is half as large. */
  #shrinkGroups(refused: number): void {
    this.#refusedGroups++;
    if (++this.#refusedInARow > 1) this.#groupSize = refused / 2;
  }

  #forgetSuspects(): void {
    if (this.#suspects) this.#unknown = joined(this.#suspects.records, this.#unknown);
    this.#suspects = undefined;
  }
}

function without(records: Uint32Array, named: ReadonlySet<number>): Uint32Array {
  return records.filter((record) => !named.has(record));
}

function joined(...parts: readonly (Uint32Array | readonly number[])[]): Uint32Array {
  const all = new Uint32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let filled = 0;
  for (const part of parts) {
    all.set(part, filled);
    filled += part.length;
  }
  return all;
}
