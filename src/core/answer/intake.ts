/** What one answer of HubSpot means, in the numbers of the Answer: the same for a live one and for one from a ledger. */
import type { Notice } from '../domain/associations.ts';
import type { Failure, RecordError } from '../domain/failure.ts';
import type { PageRows } from './pageRows.ts';

/** A page of one record's associations: the intake's rows from `start` to before `end`. */
export interface IntakePage {
  readonly record: number;
  readonly start: number;
  readonly end: number;
  readonly after?: string;
  /** The page came from the read of a single record, whose cursors are its own. */
  readonly single?: true;
  /** Another part of this page could not be read: what is here counts, and the page is to be asked for again. */
  readonly unfinished?: Failure;
}

/** What one answer means: every record of its call is in exactly one of the four lists. */
export interface Intake {
  readonly rows: PageRows;
  readonly pages: readonly IntakePage[];
  readonly none: readonly number[];
  readonly failed: readonly { readonly record: number; readonly problem: RecordError }[];
  readonly unread: readonly { readonly record: number; readonly failure: Failure }[];
  /** What has to be known beside the four lists. A notice about ids names all of them here. */
  readonly notices: readonly Notice[];
  /** The batch did not end as COMPLETE: what it brought counts, but nothing of it is final and all of it is to be asked for again. */
  readonly unfinished?: Failure;
}
