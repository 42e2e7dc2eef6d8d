/** Answers for tests, made from plain data or by number. */
import { AnswerColumns } from '../../src/core/answer/answerColumns.ts';
import { GrowingIds } from '../../src/core/answer/growingIds.ts';
import type {
  Association,
  AssociationType,
  Question,
  RecordState,
  Truncation,
} from '../../src/core/domain/associations.ts';
import type { RecordProblem } from '../../src/core/domain/failure.ts';

export interface MadeRecord {
  readonly id: string;
  /** Found with associations, none without, unless said. */
  readonly state?: RecordState;
  readonly to?: readonly Association[];
  readonly truncation?: Truncation;
  readonly problem?: RecordProblem;
}

export function madeAnswer(records: readonly MadeRecord[], question: Partial<Question> = {}): AnswerColumns {
  const answer = new AnswerColumns({ from: 'deals', to: 'companies', ...question, ids: records.map(({ id }) => id) });
  for (const record of records) learn(answer, record);
  return answer;
}

/** Puts what became of a record into an Answer in which it was asked. */
export function learn(answer: AnswerColumns, { id, state, to = [], truncation, problem }: MadeRecord): void {
  const record = answer.recordOf(id);
  if (record === undefined) throw new Error(`${id} was not asked for`);
  answer.addPage(
    record,
    {
      codes: to.map(({ toId }) => answer.ids.code(toId)),
      sets: to.map(({ types }) => answer.typeSets.of(types)),
    },
    Number.POSITIVE_INFINITY,
  );
  answer.settle(record, state ?? (to.length > 0 ? 'found' : 'none'), truncation, problem);
  answer.close(record);
}

export const billing: AssociationType = { category: 'USER_DEFINED', typeId: 28, label: 'Billing contact' };
export const primary: AssociationType = { category: 'HUBSPOT_DEFINED', typeId: 5, label: 'Primary' };
export const plain: AssociationType = { category: 'HUBSPOT_DEFINED', typeId: 341 };

export const unread: RecordProblem = {
  kind: 'notRead',
  failure: { kind: 'serverError', hubSpot: { httpStatus: 502, message: 'Bad gateway', correlationId: 'c-1' } },
};

/**
 * An Answer of so many records with `each` associations, some without, in about a second for a million rows.
 * @param shared ids that it shares with others, as the look-ups of a matrix do
 */
export function largeAnswer(records: number, each: number, shared?: GrowingIds): AnswerColumns {
  const random = mulberry32(7);
  const question = { from: 'deals', to: 'companies', apiVersion: '2026-09' } as const;
  const answer = new AnswerColumns({ ...question, ids: shared ?? new GrowingIds(largeIds(records)) });
  const sets = [[plain], [plain, primary], [plain, billing]].map((types) => answer.typeSets.of(types));
  for (let record = 0; record < answer.counts.asked; record++) {
    const count = record % 50 === 7 ? 0 : each;
    const codes = Array.from({ length: count }, () => 9_000_000_000 + Math.floor(random() * 800_000_000));
    const setOf = codes.map((_, nth) => sets[nth === 0 ? 1 : (record + nth) % 3]!);
    answer.addPage(record, { codes, sets: setOf }, Number.POSITIVE_INFINITY);
    answer.settle(record, count > 0 ? 'found' : 'none');
    answer.close(record);
  }
  return answer;
}

/** The ids of its records. */
export function largeIds(records: number): readonly string[] {
  return Array.from({ length: records }, (_, record) => String(17_000_000_000 + record * 37));
}

/** Random numbers from 0 to 1 that are the same in every run (Tommy Ettinger's mulberry32). */
export function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
