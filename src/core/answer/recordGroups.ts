/** The records of an Answer by what became of them, so that a view finds the first hundred of a kind without walking all. */
import type { Answer, RecordState } from '../domain/associations.ts';
import type { RecordProblem } from '../domain/failure.ts';

/** How many records share a reason; the reason is missing while it is not known. `other`: further ones, see {@link mostReasons}. */
export interface Reason {
  readonly problem: RecordProblem | 'other' | undefined;
  readonly records: number;
}

/**
 * So many reasons of a state are told apart. HubSpot may say something else of each of a million records, and nobody reads more; to
 * make a sentence of each would take seconds.
 */
export const mostReasons = 2000;

/**
 * Walks the records only as far as was asked for, and keeps what it saw until the Answer changes: opening an Answer of
 * 100,000 records costs what opening one of a hundred does.
 */
export class RecordGroups {
  readonly #answer: Answer;
  #revision = -1;
  #next = 0;
  #lists: Record<RecordState, number[]> = { found: [], none: [], failed: [], notRead: [] };
  readonly #reasons = new Map<RecordState, readonly Reason[]>();

  constructor(answer: Answer) {
    this.#answer = answer;
  }

  /** The first records in this state, in the order they were asked. */
  first(state: RecordState, most: number): readonly number[] {
    this.#update();
    const { asked } = this.#answer.counts;
    const list = this.#lists[state];
    while (list.length < most && this.#next < asked) {
      this.#lists[this.#answer.state(this.#next)].push(this.#next);
      this.#next++;
    }
    return list.length <= most ? list : list.slice(0, most);
  }

  /** Why the records in this state are in it, the most frequent reason first, and last how many have other ones. */
  reasons(state: RecordState): readonly Reason[] {
    const records = this.first(state, Number.POSITIVE_INFINITY);
    const known = this.#reasons.get(state);
    if (known) return known;
    const counts = new Map<RecordProblem | undefined, number>();
    let others = 0;
    for (const record of records) {
      const problem = this.#answer.problem(record);
      const count = counts.get(problem);
      if (count !== undefined || counts.size < mostReasons) counts.set(problem, (count ?? 0) + 1);
      else others++;
    }
    const reasons: Reason[] = [...counts]
      .map(([problem, count]) => ({ problem, records: count }))
      .sort((one, other) => other.records - one.records);
    if (others > 0) reasons.push({ problem: 'other', records: others });
    this.#reasons.set(state, reasons);
    return reasons;
  }

  #update(): void {
    const { revision } = this.#answer;
    if (revision === this.#revision) return;
    this.#revision = revision;
    this.#next = 0;
    this.#lists = { found: [], none: [], failed: [], notRead: [] };
    this.#reasons.clear();
  }
}

const groupsOf = new WeakMap<Answer, RecordGroups>();

/** The groups of an Answer; the same object for the same Answer. */
export function recordGroups(answer: Answer): RecordGroups {
  let groups = groupsOf.get(answer);
  if (!groups) {
    groups = new RecordGroups(answer);
    groupsOf.set(answer, groups);
  }
  return groups;
}
