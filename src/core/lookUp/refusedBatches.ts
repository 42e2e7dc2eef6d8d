import type { BatchCall } from './calls.ts';
import { type CallSizes, type Refusal, type RefusedRecords, SpoilerSearch } from './spoilerSearch.ts';

/**
 * The most refusals of one run. Finding a spoiler takes some ten calls, most of them refused; HubSpot asks that errors stay
 * below 5 in 100 of an account's calls a day, of which the smallest accounts have 250,000. So a run stops looking for
 * spoilers at 4 in 100 of those. Until then there is no reason to give up: ids that are not read are what the user came for.
 */
const refusalsOfRun = 10_000;
/** With so many refused batches and nothing answered, single ids are asked rather than halves: the refusal may be for all. */
const manyBatches = 8;
/**
 * When so many ids of several batches were refused one by one, and nothing was ever answered, HubSpot does not refuse the ids
 * but everything.
 */
const hopelessOfMany = 8;

/** What a refused or answered part of a batch leaves to be settled. */
export interface Verdict {
  /** Records that HubSpot refuses. */
  readonly failed: readonly RefusedRecords[];
  /** Records that are not asked any more in this run. */
  readonly givenUp: ArrayLike<number>;
}

const nothing: Verdict = { failed: [], givenUp: [] };

/**
 * What becomes of batches that HubSpot refuses as a whole. A few ids may spoil a batch, so they are searched for; or it is
 * too large, so it is asked again in halves, and later batches are no larger than what was taken.
 */
export class RefusedBatches {
  readonly #sizes: CallSizes;
  /** Parts of batches that were too large. */
  #parts: Uint32Array[] = [];
  #searches: SpoilerSearch[] = [];
  /** Ids that were refused alone and are not told yet: as long as nothing was answered, HubSpot may be refusing everything. */
  #held: RefusedRecords[] = [];
  #refusals = 0;
  /** The least inputs of a call that was refused, but not for its size. */
  #smallestRefused = Number.POSITIVE_INFINITY;
  #isTooLargeAlone = false;
  #anyAnswer = false;

  constructor(batchSize: number) {
    this.#sizes = { limit: batchSize, largestAnswered: 0 };
  }

  /** The most inputs a batch should have, as far as is known. */
  get batchSize(): number {
    return this.#sizes.limit;
  }

  /** Records that wait to be asked again. */
  get waitingRecords(): number {
    const searched = this.#searches.reduce((sum, { waiting }) => sum + waiting, 0);
    return this.#parts.reduce((sum, { length }) => sum + length, searched);
  }

  /** The least calls that these will take. */
  get waitingCalls(): number {
    return this.#parts.length + this.#searches.filter(({ waiting }) => waiting > 0).length;
  }

  /**
   * True while it is not known whether a refusal was for the ids, the size or everything: until then only one call at a time
   * is made, since more of the same might be refused too.
   */
  get isProbing(): boolean {
    const { limit, largestAnswered } = this.#sizes;
    if (this.waitingRecords === 0) return false;
    return !this.#anyAnswer || (largestAnswered < this.#smallestRefused && this.#smallestRefused <= limit);
  }

  /** True when what was refused so far leaves no hope for the rest of the run. */
  get isHopeless(): boolean {
    if (this.#anyAnswer) return false;
    if (this.#isTooLargeAlone || this.#searches.some(({ isHopeless }) => isHopeless)) return true;
    const refusedAlone = this.#searches.reduce((sum, search) => sum + search.refusedAlone, 0);
    return this.#areMany && refusedAlone >= hopelessOfMany;
  }

  /** The part to ask next. */
  next(): BatchCall | undefined {
    const part = this.#nextPart();
    if (part) return { kind: 'batch', records: part };
    for (const search of this.#searches) {
      const probe = !this.#anyAnswer && this.#areMany;
      const records = search.next(probe);
      if (!records) continue;
      // The next probe is for another batch.
      if (probe) this.#searches.push(...this.#searches.splice(this.#searches.indexOf(search), 1));
      return { kind: 'batch', records, search };
    }
    return undefined;
  }

  /** Takes note of a call that was answered. Returns the spoilers that can be told now. */
  answered({ records, search }: BatchCall): readonly RefusedRecords[] {
    this.#anyAnswer = true;
    this.#sizes.largestAnswered = Math.max(this.#sizes.largestAnswered, records.length);
    return this.#told(search?.answered());
  }

  /** Takes note of a call that was refused for its ids. */
  refused({ records, search }: BatchCall, refusal: Refusal): Verdict {
    this.#refusals++;
    this.#smallestRefused = Math.min(this.#smallestRefused, records.length);
    let searching = search;
    if (!searching) {
      searching = new SpoilerSearch(records, this.#sizes);
      this.#searches.push(searching);
    }
    const spoilers = searching.refused(refusal);
    const isNamed =
      spoilers !== undefined && refusal.accuses && spoilers.records.some((each) => refusal.named.has(each));
    const failed = isNamed ? [spoilers, ...this.#told(undefined)] : this.#told(spoilers);
    const isOver = this.#refusals >= refusalsOfRun || (this.#anyAnswer && searching.isHopeless);
    return { failed, givenUp: isOver ? searching.giveUp() : [] };
  }

  /** Takes note of a call that was refused for its size. A single id that is too large cannot be made smaller. */
  tooLarge({ records, search }: BatchCall): Verdict {
    const { length } = records;
    this.#sizes.limit = Math.min(this.#sizes.limit, Math.ceil(length / 2));
    if (length < 2) {
      this.#isTooLargeAlone = true;
      search?.lost();
      return { failed: [], givenUp: records };
    }
    if (search) search.tooLarge();
    else this.#parts.push(records);
    return nothing;
  }

  /** Takes note that a call was given up for another reason. */
  lost({ search }: BatchCall): void {
    search?.lost();
  }

  get #areMany(): boolean {
    return this.#searches.length >= manyBatches;
  }

  #nextPart(): Uint32Array | undefined {
    const part = this.#parts.shift();
    const { limit } = this.#sizes;
    if (!part || part.length <= limit) return part;
    const middle = Math.min(limit, Math.ceil(part.length / 2));
    this.#parts.unshift(part.slice(middle));
    return part.slice(0, middle);
  }

  /** The spoilers that can be told now: all, as soon as anything was answered or nothing is left to be asked. */
  #told(spoilers: RefusedRecords | undefined): readonly RefusedRecords[] {
    this.#searches = this.#searches.filter(({ isDone }) => !isDone);
    if (spoilers) this.#held.push(spoilers);
    if (!this.#anyAnswer && this.#searches.length > 0) return [];
    const told = this.#held;
    this.#held = [];
    return told;
  }
}
