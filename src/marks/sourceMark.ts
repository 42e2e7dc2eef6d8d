import type { RecordState } from '../core/domain/associations.ts';
import type { Verdict } from '../core/domain/expectation.ts';
import type { Stretch } from '../core/reading/idInText.ts';
import type { LookUpEntry } from '../lookUps/lookUpEntry.ts';

/** A marked id in a document. */
export interface SourceMark extends Stretch {
  readonly entry: LookUpEntry;
  /** Its record; of a pair that of the pair, -1 where that was not looked up. */
  readonly record: number;
  /** As it stands there: an id or, of a pair whose ids were translated, its line. */
  readonly id: string;
  readonly state: MarkedState | MarkedVerdict;
  /** The pair whose associated id or line it is. */
  readonly pair?: number;
}

export type MarkedState = Exclude<RecordState, 'found'>;

/** What is not confirmed and could be told. */
export type MarkedVerdict = Extract<Verdict, 'missing' | 'differs' | 'noSuchRecord'>;

/** VS Code shows no more problems of one file and one origin. */
export const mostInDocument = 1000;

/** How far an id is looked for that is not at its place any more, in UTF-16 code units. */
export const farthest = 50_000;
