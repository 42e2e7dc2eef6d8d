/** The pairs of a check by their verdicts, so that a view finds the first hundred of a kind without walking all. */
import { GrowingIds } from '../answer/growingIds.ts';
import type { Counted, Verdict } from '../domain/expectation.ts';
import type { Check } from './check.ts';

/** A record and how many of its pairs share a verdict: 12 contacts may explain 9,000 missing pairs. */
export interface RecordShare {
  readonly record: number;
  readonly pairs: number;
}

/** Records in order, and the number of pairs of each record of the Answer. */
interface Shares {
  readonly records: Uint32Array;
  readonly pairs: Uint32Array;
}

/** An association that nothing expects. */
export interface Extra {
  readonly record: number;
  readonly nth: number;
}

const known = new WeakMap<Check, VerdictGroups>();

/** The groups of a check, made once. */
export function verdictGroups(check: Check): VerdictGroups {
  let groups = known.get(check);
  if (!groups) {
    groups = new VerdictGroups(check);
    known.set(check, groups);
  }
  return groups;
}

/** Walks the pairs only as far as was asked for, and keeps what it saw until the check changes. */
export class VerdictGroups {
  readonly #check: Check;
  #revision = -1;
  #next = 0;
  #lists = emptyLists();
  #nextRecord = 0;
  #extras: Extra[] = [];
  readonly #shares = new Map<Verdict, Shares>();

  constructor(check: Check) {
    this.#check = check;
  }

  /** The first pairs with this verdict, in the order of the source. */
  first(verdict: Verdict, most: number): readonly number[] {
    this.#update();
    const { length } = this.#check.expectation;
    const list = this.#lists[verdict];
    for (; list.length < most && this.#next < length; this.#next++) {
      this.#lists[this.#check.verdict(this.#next)].push(this.#next);
    }
    return list.length <= most ? list : list.slice(0, most);
  }

  /** The first associations that nothing expects, in the order of the records. */
  extras(most: number): readonly Extra[] {
    this.#update();
    const check = this.#check;
    const { answer, counts } = check;
    for (; this.#extras.length < Math.min(most, counts.unexpected); this.#nextRecord++) {
      const record = this.#nextRecord;
      if (check.unexpectedCount(record) === 0) continue;
      for (let nth = 0; nth < answer.associationCount(record); nth++) {
        if (check.isUnexpected(record, nth)) this.#extras.push({ record, nth });
      }
    }
    return this.#extras.length <= most ? this.#extras : this.#extras.slice(0, most);
  }

  /** The ids of the records that are asked for in what is counted there, each once: a million are not listed at once. */
  *recordIds(counted: Counted): Iterable<string> {
    const { answer, expectation } = this.#check;
    if (counted === 'unexpected') {
      for (let record = 0; record < answer.counts.asked; record++) {
        for (let nth = 0; nth < answer.associationCount(record); nth++) {
          if (!this.#check.isUnexpected(record, nth)) continue;
          yield answer.recordId(record);
          break;
        }
      }
      return;
    }
    const seen = new GrowingIds();
    for (let pair = 0; pair < expectation.length; pair++) {
      if (this.#check.verdict(pair) !== counted) continue;
      const id = expectation.fromId(pair);
      const { length } = seen;
      seen.add([id]);
      if (seen.length > length) yield id;
    }
  }

  /** How many records have pairs with this verdict; pairs without a record are left out. */
  recordCount(verdict: Verdict): number {
    return this.#sharesOf(verdict).records.length;
  }

  /** The first of those records, those with most of the pairs first. */
  byRecord(verdict: Verdict, most: number): readonly RecordShare[] {
    const { records, pairs } = this.#sharesOf(verdict);
    return Array.from(records.subarray(0, most), (record) => ({ record, pairs: pairs[record]! }));
  }

  #sharesOf(verdict: Verdict): Shares {
    this.#update();
    const known = this.#shares.get(verdict);
    if (known) return known;
    const check = this.#check;
    const pairs = new Uint32Array(check.answer.counts.asked);
    for (let pair = 0; pair < check.expectation.length; pair++) {
      const record = check.verdict(pair) === verdict ? check.record(pair) : undefined;
      if (record !== undefined) pairs[record]!++;
    }
    // How many records have so many pairs, and from there where each of them stands.
    const places = new Uint32Array(pairs.reduce((most, count) => Math.max(most, count), 0) + 1);
    for (const count of pairs) places[count]!++;
    let length = 0;
    for (let count = places.length - 1; count > 0; count--) {
      const records = places[count]!;
      places[count] = length;
      length += records;
    }
    const records = new Uint32Array(length);
    for (let record = 0; record < pairs.length; record++) {
      const count = pairs[record]!;
      if (count > 0) records[places[count]!++] = record;
    }
    const shares = { records, pairs };
    this.#shares.set(verdict, shares);
    return shares;
  }

  #update(): void {
    const { revision } = this.#check;
    if (revision === this.#revision) return;
    this.#revision = revision;
    this.#next = 0;
    this.#lists = emptyLists();
    this.#nextRecord = 0;
    this.#extras = [];
    this.#shares.clear();
  }
}

function emptyLists(): Record<Verdict, number[]> {
  return { asExpected: [], differs: [], missing: [], noSuchRecord: [], cannotTell: [] };
}
