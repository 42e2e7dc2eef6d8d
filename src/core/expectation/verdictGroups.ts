/** The pairs of a check by their verdicts, so that a view finds the first hundred of a kind without walking all. */
import type { Counted, Verdict } from '../domain/expectation.ts';
import type { Check } from './check.ts';

/** A record and how many of its pairs share a verdict: 12 contacts may explain 9,000 missing pairs. */
export interface RecordShare {
  readonly record: number;
  readonly pairs: number;
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
  readonly #shares = new Map<Verdict, readonly RecordShare[]>();

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
      for (let nth = 0; nth < answer.associationCount(record); nth++) {
        if (check.isUnexpected(record, nth)) this.#extras.push({ record, nth });
      }
    }
    return this.#extras.length <= most ? this.#extras : this.#extras.slice(0, most);
  }

  /** The ids of the records that are asked for in what is counted there, each once. */
  recordIds(counted: Counted): readonly string[] {
    const { answer, expectation } = this.#check;
    const all = Number.POSITIVE_INFINITY;
    const ids =
      counted === 'unexpected'
        ? this.extras(all).map(({ record }) => answer.recordId(record))
        : this.first(counted, all).map((pair) => expectation.fromId(pair));
    return [...new Set(ids)];
  }

  /** The records of the pairs with this verdict, those with most of them first; pairs without a record are left out. */
  byRecord(verdict: Verdict): readonly RecordShare[] {
    this.#update();
    let shares = this.#shares.get(verdict);
    if (!shares) {
      shares = this.#sharesOf(verdict);
      this.#shares.set(verdict, shares);
    }
    return shares;
  }

  #sharesOf(verdict: Verdict): readonly RecordShare[] {
    const counts = new Uint32Array(this.#check.answer.counts.asked);
    for (const pair of this.first(verdict, Number.POSITIVE_INFINITY)) {
      const record = this.#check.place(pair)?.record;
      if (record !== undefined) counts[record]!++;
    }
    // Of a hundred thousand records few have numbers of pairs that no other has.
    const byPairs = new Map<number, RecordShare[]>();
    for (const [record, pairs] of counts.entries()) {
      if (pairs === 0) continue;
      const same = byPairs.get(pairs);
      if (same) same.push({ record, pairs });
      else byPairs.set(pairs, [{ record, pairs }]);
    }
    return [...byPairs].sort(([one], [other]) => other - one).flatMap(([, shares]) => shares);
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
