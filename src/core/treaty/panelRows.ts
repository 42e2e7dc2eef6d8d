/** Rows of the table, as the page asks for them and the host gives them. */

import * as z from 'zod/mini';

export const maxRowsPerRequest = 200;

export const count = z.number().check(z.int(), z.nonnegative());

/**
 * `nth` is 0 for the single row of a record without associations. `pair` is the number of the expected pair that the row is of: with
 * it a row that is of no association has a lasting address, too.
 */
const rowAddress = z.object({ record: count, nth: count, pair: z.optional(count) });
export type RowAddress = z.infer<typeof rowAddress>;

/** Rows as the user marked them: all that are shown, or from one row to another in the order shown. */
export const rowRange = z.union([
  z.object({ all: z.literal(true) }),
  z.object({ all: z.literal(false), from: rowAddress, to: rowAddress }),
]);
export type RowRange = z.infer<typeof rowRange>;

export const rowsRequest = z.object({
  kind: z.literal('rows'),
  request: count,
  first: count,
  count: count.check(z.lte(maxRowsPerRequest)),
  /** A row the user looks at and the place the page knew it at: the host moves `first` along with it. */
  keep: z.optional(z.object({ record: count, nth: count, pair: z.optional(count), at: count })),
});
export type RowsRequest = z.infer<typeof rowsRequest>;

/** What the page of a new panel asks for first, if not of as many rows. */
export const firstRequest: RowsRequest = { kind: 'rows', request: 1, first: 0, count: 50 };

const recordState = z.enum(['found', 'none', 'failed', 'notRead']);

/** What became of a record. */
const existence = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['exists', 'archived', 'missing']) }),
  /** It lives on under the id `into`. */
  z.object({ kind: z.literal('merged'), into: z.string() }),
]);

/** A cell of a matrix: how many records of a type there are, or why that is not known. */
const typeCell = z.object({
  state: z.enum(['found', 'none', 'failed', 'notRead', 'reading', 'notAllowed', 'cannotBeAssociated', 'notAsked']),
  count,
  /** There may be more than `count`. */
  more: z.optional(z.literal(true)),
  problem: z.optional(z.string()),
});
export type TypeCell = z.infer<typeof typeCell>;
/** What a row has in the column of a property. */
const valueCell = z.discriminatedUnion('kind', [
  /**
   * `text` is the start of it where it is long; `more` is the whole, or as much as a tooltip can hold. `length`: how many characters
   * there are where that is not all.
   */
  z.object({ kind: z.literal('value'), text: z.string(), more: z.optional(z.string()), length: z.optional(count) }),
  z.object({ kind: z.literal('unset') }),
  /** There is no such record (any more). */
  z.object({ kind: z.literal('gone'), existence }),
  z.object({ kind: z.literal('notRead'), how: z.enum(['reading', 'notAllowed', 'notRead']), why: z.string() }),
]);
export type PanelValue = z.infer<typeof valueCell>;
/** What a row of a check comes to. `notYet`: it cannot be told until more is read, and the look-up is running. */
const rowVerdict = z.enum(['asExpected', 'differs', 'missing', 'noSuchRecord', 'cannotTell', 'notYet', 'unexpected']);
export type RowVerdict = z.infer<typeof rowVerdict>;

const panelRow = z.object({
  record: count,
  nth: count,
  /** The number of the expected pair that the row is of. */
  pair: z.optional(count),
  id: z.string(),
  name: z.optional(z.string()),
  /** Absent when the record has no association that is known. */
  toId: z.optional(z.string()),
  toName: z.optional(z.string()),
  /** The ids of the pair are those of the file, as the mapping does not have both: they are none of HubSpot's. */
  unmapped: z.optional(z.literal(true)),
  /** What became of the associated record, where it is gone and that was learned with its name. */
  toExistence: z.optional(existence),
  primary: z.boolean(),
  /** What HubSpot calls the primary association, where it is not just Primary. */
  primaryLabel: z.optional(z.string()),
  /** At most the first few, each cut to a length that can be shown. `type` is HubSpot's term for it. */
  labels: z.array(z.object({ text: z.string(), type: z.string() })),
  state: recordState,
  /** More of its associations are still to come, as the look-up is running; it is not `truncated` then. */
  reading: z.optional(z.literal(true)),
  truncated: z.boolean(),
  /** Of a record without associations, where that was asked. */
  existence: z.optional(existence),
  /** How many associations of the record are known; absent when none of them was read. */
  count: z.optional(count),
  /** There may be more of them than `count`. */
  more: z.optional(z.literal(true)),
  /** Why the record failed, was not read or is truncated. */
  problem: z.optional(z.string()),
  /** Where the id stood, such as `deals.csv:2`; of a pair its first line. */
  source: z.optional(z.string()),
  /** Of a matrix, by the keys of its columns of types. */
  cells: z.optional(z.record(z.string(), typeCell)),
  /** By the key of the column of a property; those of an associated record are absent where there is none. */
  values: z.optional(z.record(z.string(), valueCell)),
  /** Of a pair: at most the first few of its lines, from 0. */
  lines: z.optional(z.array(count)),
  verdict: z.optional(rowVerdict),
  /** Why the verdict is what it is. */
  reason: z.optional(z.string()),
  /** The labels that the pair ought to have, as the file has them. */
  expectedLabels: z.optional(z.array(z.string())),
  /** The record of the pair was not asked for, so nothing is known of it. */
  notAsked: z.optional(z.literal(true)),
});
export type PanelRow = z.infer<typeof panelRow>;

export const rowsReply = z.object({
  kind: z.literal('rows'),
  request: count,
  revision: count,
  first: count,
  rows: z.array(panelRow),
});
export type RowsReply = z.infer<typeof rowsReply>;
