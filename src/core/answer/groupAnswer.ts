/**
 * Look-ups of the same ids seen as one Answer, a row a record: it has no association of its own. Its counts are those of its
 * look-ups together, so an id counts once for each of them.
 */
import type { Answer, AskedIds, AssociationType, Counts, Question, RecordState } from '../domain/associations.ts';
import { groupSummary } from '../domain/group.ts';

/** From the one that matters most. */
const states: readonly RecordState[] = ['found', 'failed', 'notRead', 'none'];

export class GroupAnswer implements Answer {
  readonly customTypes = [];
  readonly notices = [];
  readonly #members: readonly Answer[];
  readonly #isWhole: boolean;

  /**
   * @param members at least one
   * @param isWhole false where a look-up of the group cannot be read: then it is not complete
   */
  constructor(members: readonly Answer[], isWhole: boolean) {
    this.#members = members;
    this.#isWhole = isWhole;
  }

  get #first(): Answer {
    return this.#members[0]!;
  }

  get question(): Question {
    // It is about no other type: what is read of its rows is read of the records that were asked.
    return { ...this.#first.question, to: this.#first.question.from };
  }

  get asked(): AskedIds {
    return this.#first.asked;
  }

  get apiVersion() {
    return this.#first.apiVersion;
  }

  get counts(): Counts {
    const sum = (key: keyof Counts) => this.#members.reduce((all, { counts }) => all + counts[key], 0);
    return {
      ...groupSummary(this.#members).counts,
      truncated: sum('truncated'),
      reading: sum('reading'),
      unasked: sum('unasked'),
    };
  }

  get completeness() {
    return this.#isWhole ? groupSummary(this.#members).completeness : 'incomplete';
  }

  get complete(): boolean {
    return this.completeness === 'complete';
  }

  get effort() {
    const sum = (key: 'requests' | 'pages') => this.#members.reduce((all, { effort }) => all + effort[key], 0);
    const milliseconds = Math.max(...this.#members.map(({ effort }) => effort.milliseconds));
    return { requests: sum('requests'), pages: sum('pages'), milliseconds };
  }

  /** Each look-up's goes only up, so their sum tells every change. */
  get revision(): number {
    return this.#members.reduce((all, { revision }) => all + revision, 0);
  }

  recordId(record: number): string {
    return this.#first.recordId(record);
  }

  recordOf(id: string): number | undefined {
    return this.#first.recordOf(id);
  }

  state(record: number): RecordState {
    const all = this.#members.map((member) => member.state(record));
    return states.find((state) => all.includes(state)) ?? 'notRead';
  }

  truncation(): undefined {}

  problem(): undefined {}

  knowCustomTypes(): void {}

  associationCount(): number {
    return 0;
  }

  toId(): string {
    return '';
  }

  toIdNumber(): number {
    return Number.NaN;
  }

  types(): readonly AssociationType[] {
    return [];
  }
}
