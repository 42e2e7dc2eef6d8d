/** What the State column says of a record, in one word. Pure. */

import type { Answer, RecordState } from '../domain/associations.ts';
import type { Existence } from '../domain/cell.ts';
import type { PanelWord } from '../treaty/panelWords.ts';
import { say } from './column.ts';
import type { RowContext, Rows } from './rows.ts';

/** Finer than {@link RecordState}, which alone is counted: `missing`, `archived` and `merged` are among those with none. */
export type RowState =
  | RecordState
  /** Not read yet, in a look-up that is running. */
  | 'waiting'
  /** Found, with more to come, in a look-up that is running. */
  | 'reading'
  | 'truncated'
  | 'missing'
  | 'archived'
  | 'merged'
  /** Not asked for at all, though a pair of it is expected. */
  | 'notAsked';

/** In the order that the column sorts by: what went wrong first. */
const states: readonly RowState[] = [
  'failed',
  'notRead',
  'waiting',
  'notAsked',
  'missing',
  'archived',
  'merged',
  'none',
  'truncated',
  'reading',
  'found',
];

const words: Readonly<Record<RowState, PanelWord>> = {
  failed: 'stateFailed',
  notRead: 'stateNotRead',
  notAsked: 'stateNotAsked',
  waiting: 'stateWaiting',
  missing: 'stateNoSuchRecord',
  archived: 'stateArchived',
  merged: 'stateMerged',
  none: 'stateNone',
  truncated: 'stateTruncated',
  reading: 'stateReading',
  found: 'stateFound',
};

export function rowState({ answer, records }: Rows, record: number, context: RowContext): RowState {
  if (record >= records) return 'notAsked';
  const state = answer.state(record);
  const truncation = answer.truncation(record);
  if (truncation) return truncation === 'reading' ? truncation : 'truncated';
  if (state === 'notRead') return context.isRunning?.() && !answer.problem(record) ? 'waiting' : state;
  const kind = existenceIn(answer, record, context)?.kind;
  return kind === undefined || kind === 'exists' ? state : kind;
}

/** What became of a record without associations. One that was found has shown that it exists, whatever was read at another time. */
export function existenceIn(answer: Answer, record: number, context: RowContext): Existence | undefined {
  return answer.state(record) === 'none' ? context.existenceOf?.('record', answer.recordId(record)) : undefined;
}

/** How many associations of a record are known; undefined where nothing was read. */
export function countIn({ answer, records }: Rows, record: number): number | undefined {
  if (record >= records) return undefined;
  const count = answer.associationCount(record);
  const state = answer.state(record);
  return count === 0 && (state === 'failed' || state === 'notRead') ? undefined : count;
}

/** From 0 up. */
export function stateRank(state: RowState): number {
  return states.indexOf(state);
}

/** The state as the column shows it, such as "Merged into 17982944313". */
export function stateText(state: RowState, existence: Existence | undefined, context: RowContext): string {
  const text = say(context, words[state]);
  return existence?.kind === 'merged' ? text.replace('{0}', existence.into) : text;
}
