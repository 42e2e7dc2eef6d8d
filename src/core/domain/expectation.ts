/**
 * What ought to be in an Answer, and the words for how it turned out:
 *
 *     expected = asExpected + differs + missing + noSuchRecord + cannotTell
 *
 * Words for people (confirmed, label differs, ...) are the editor's side.
 */
import type { AskedIds, AssociationType, Truncation } from './associations.ts';
import type { Existence } from './cell.ts';
import type { RecordProblem } from './failure.ts';

/** One label that an association ought to have. `text` is how the source wrote it, trimmed. */
export type LabelTest = { readonly text: string } & (
  | { readonly kind: 'primary' }
  | { readonly kind: 'type'; readonly category: string; readonly typeId: number }
  /** `key` is the label's text as `labelKey` folds it. */
  | { readonly kind: 'label'; readonly key: string }
  /** Under v3: any of these names is the label. */
  | { readonly kind: 'names'; readonly names: readonly string[] }
  /** Nothing tells what the label is called in answers, so it cannot be compared. */
  | { readonly kind: 'unknown' }
);

/** Which of the two records of a pair. */
export type Side = 'from' | 'to';

/** Why the source itself cannot say what ought to be there: the mapping has no line for one of the ids. */
export interface SourceDoubt {
  readonly why: 'notInMapping';
  /** `from` also where both ids have no line. */
  readonly side: Side;
}

/** Pairs of records that ought to be associated, numbered from 0 and each there once. Read one at a time. */
export interface Expectation {
  readonly length: number;
  /** The distinct records to look up, those that expect nothing among them. */
  readonly asked: AskedIds;
  /** The number of a pair's record in `asked`; -1 for a record that is not to be looked up. */
  record(pair: number): number;
  fromId(pair: number): string;
  toId(pair: number): string;
  /** The associated id as a number, to compare without making its text; NaN where a number cannot hold every digit of it. */
  toIdNumber(pair: number): number;
  /** All of these have to connect the pair, more may; none: any association will do. The same array for the same labels. */
  labels(pair: number): readonly LabelTest[];
  doubt(pair: number): SourceDoubt | undefined;
  /** The pairs are all there ought to be of this record of `asked`, so what else it has is unexpected. */
  isWhole(record: number): boolean;
  /** The lines of the source that name the pair, from 0. */
  lines(pair: number): readonly number[];
}

export type Verdict = 'asExpected' | 'differs' | 'missing' | 'noSuchRecord' | 'cannotTell';

/** Where something of a check is counted: a pair by its verdict, an association that nothing expects as unexpected. */
export type Counted = Verdict | 'unexpected';

/** `expected` is the sum of the five verdicts, at any time. */
export interface VerdictCounts extends Readonly<Record<Verdict, number>> {
  readonly expected: number;
  /** Associations that HubSpot has and nothing expects, of records whose pairs are all there ought to be. */
  readonly unexpected: number;
  /** There may be more unexpected ones: such a record is not read to its end, or v3 hides what is not primary. */
  readonly unexpectedAtLeast: boolean;
}

/** Why nothing can be said about a pair. */
export type Doubt =
  | ({ readonly kind: 'source' } & SourceDoubt)
  /** The record was not asked for, as in a trial with the first pairs of a file. */
  | { readonly kind: 'notAsked' }
  | { readonly kind: 'record'; readonly state: 'failed' | 'notRead'; readonly problem: RecordProblem | undefined }
  | { readonly kind: 'truncated'; readonly by: Truncation; readonly problem: RecordProblem | undefined }
  /** v3 shows only primary companies, and this is none. */
  | { readonly kind: 'v3Primary' }
  /** The association is there, and nothing tells what the expected label is called in answers. */
  | { readonly kind: 'labelsUnknown' };

/** A verdict with what there is to say about it. */
export type Finding =
  | { readonly verdict: 'asExpected' }
  /** `there` are the types that the association has. */
  | { readonly verdict: 'differs'; readonly there: readonly AssociationType[] }
  /** `existenceKnown`: both records are known to exist. */
  | { readonly verdict: 'missing'; readonly existenceKnown: boolean }
  | {
      readonly verdict: 'noSuchRecord';
      readonly side: Side;
      readonly what: GoneRecord;
      /** Of a merged record: whether the one that survived has the association; undefined if that is not known. */
      readonly survivorHasIt: boolean | undefined;
    }
  | { readonly verdict: 'cannotTell'; readonly doubt: Doubt };

/** What became of a record that is not there (any more). */
export type GoneRecord = { readonly kind: 'archived' | 'missing' } | Extract<Existence, { readonly kind: 'merged' }>;
