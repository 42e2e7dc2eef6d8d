/** A cell of the matrix: how many records of one object type a record is associated with, read from the Answer that knows it. */
import { type Answer, isPrimaryOnly, type RecordState } from './associations.ts';
import type { Failure, RecordProblem } from './failure.ts';

/**
 * reading: the answer is still to come, or more of it. notAllowed: HubSpot refuses this token (403). cannotBeAssociated: HubSpot
 * refuses the pair of object types (400). notAsked: this record was not asked for in this look-up. The others as in an Answer.
 */
export type MatrixState = RecordState | 'reading' | 'notAllowed' | 'cannotBeAssociated' | 'notAsked';

export interface MatrixCell {
  readonly state: MatrixState;
  /** How many are known. */
  readonly count: number;
  /** There may be more: not all were read, or v3 hides those that are not with the primary company. */
  readonly atLeast: boolean;
  /** Not all that HubSpot offered was read, so a count of 0 says nothing yet. */
  readonly truncated?: true;
}

/** Of a column whose Answer cannot be had, as it is damaged on the disk. */
export const unreadCell: MatrixCell = { state: 'notRead', count: 0, atLeast: false };

/** @param record its number in this Answer; undefined where it was not asked for */
export function matrixCell(answer: Answer, record: number | undefined, isRunning: boolean): MatrixCell {
  if (record === undefined) return { state: 'notAsked', count: 0, atLeast: false };
  const state = answer.state(record);
  const truncation = answer.truncation(record);
  const count = answer.associationCount(record);
  if (truncation === 'reading') return { state: 'reading', count, atLeast: true };
  if (state === 'found' || state === 'none')
    return truncation
      ? { state, count, atLeast: true, truncated: true }
      : { state, count, atLeast: hidesOthers(answer) };
  const problem = answer.problem(record);
  return {
    state: problem ? (refusalOf(problem, answer) ?? state) : isRunning ? 'reading' : state,
    count,
    atLeast: false,
  };
}

/** A question stays what it is, and a matrix asks for each cell. */
const hiding = new WeakMap<Answer, boolean>();

function hidesOthers(answer: Answer): boolean {
  let hides = hiding.get(answer);
  if (hides === undefined) {
    hides = isPrimaryOnly(answer.question);
    hiding.set(answer, hides);
  }
  return hides;
}

/** Whether HubSpot refuses the whole column. One id that spoils every call it is in, or the only one so far, is the record's own failure. */
function refusalOf(problem: RecordProblem, { counts }: Answer): MatrixState | undefined {
  if (problem.kind === 'hubSpotError') {
    const isWholeColumn = counts.found + counts.none === 0 && counts.failed > 1;
    return isWholeColumn && problem.httpStatus === 400 ? 'cannotBeAssociated' : undefined;
  }
  return refusedAs(problem.failure);
}

/** How HubSpot refuses to tell of an object type, as it would again; undefined for what may go better another time. */
export function refusedAs(failure: Failure): 'notAllowed' | 'cannotBeAssociated' | undefined {
  switch (failure.kind) {
    case 'missingScopes':
    case 'forbidden':
      return 'notAllowed';
    case 'unknownObjectType':
      return 'cannotBeAssociated';
    case 'refused':
      return failure.hubSpot.httpStatus === 400 ? 'cannotBeAssociated' : undefined;
    default:
      return undefined;
  }
}

/** So many records are looked at for why nothing of a column is known. */
const lookedAt = 1000;

/** How far a whole column is. complete and primaryOnly as in {@link Answer.completeness}; incomplete: some of it is known. */
export type ColumnState =
  | 'reading'
  | 'complete'
  | 'primaryOnly'
  | 'incomplete'
  | 'notRead'
  | 'notAllowed'
  | 'cannotBeAssociated';

/** @param answer undefined where it cannot be had */
export function columnState(answer: Answer | undefined, isRunning: boolean): ColumnState {
  if (!answer) return 'notRead';
  if (isRunning) return 'reading';
  const { completeness, counts } = answer;
  if (completeness !== 'incomplete') return completeness;
  if (counts.found + counts.none > 0) return 'incomplete';
  // A refusal holds for every record that was sent; those that are no ids were not, and may come first.
  for (let record = 0; record < Math.min(answer.asked.length, lookedAt); record++) {
    const { state } = matrixCell(answer, record, false);
    if (state === 'notAllowed' || state === 'cannotBeAssociated') return state;
  }
  return counts.failed > 0 ? 'incomplete' : 'notRead';
}
