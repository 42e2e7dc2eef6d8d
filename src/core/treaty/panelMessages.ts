/**
 * The treaty between the panel's page and its host. Both parse what arrives and drop what does not fit.
 *
 * How the conversation goes:
 *
 * 1. The page speaks first: `ready`, with the view (filter, chips, sort, columns, place) it remembered, if any.
 * 2. The host answers with its whole `state`, and again with each change (throttled while results stream in). A state
 *    holds no rows; its `revision` is new whenever the rows or their order may have changed.
 * 3. The page asks for the rows it shows: `rows` with a request number. The host answers each request, with the same number,
 *    by at most {@link maxRowsPerRequest} rows. The page never holds all rows, and takes only the answer to its last request.
 * 4. When the user sorts, filters or picks a chip the page sends `view`; the host puts the rows in order and answers with a
 *    `state`, and the page asks for rows again. `view` also carries place and columns, so that the host can restore them.
 *    Where that takes long, states with `arranging` come first: they still speak of the rows shown before, and so do the answers
 *    to requests for rows. The last view wins. `stopArranging` ends it; the next state without `arranging` has the view that holds.
 * 5. `copy`, `export`, `rowAction` and `action` say what the user wants; the host does it, and a `state` follows where
 *    something changed.
 *
 * Rows have two addresses: their place in the order shown (changes with every state), and `record` and `nth`, their
 * lasting place in the Answer. Whatever acts on a row uses the lasting one.
 */

import * as z from 'zod/mini';
import { noticeActions, panelActions, panelRowActions } from './actions.ts';
import { columnKey, currentView, rememberedView } from './panelView.ts';

export const maxRowsPerRequest = 200;

/** The latest moment that a date can be, in milliseconds since 1970 (ECMAScript's time values). */
const latest = 8.64e15;

const count = z.number().check(z.int(), z.nonnegative());

/** How the expected pairs of a check turned out, as the page is told and as it is kept with a look-up. */
export const verdictCounts = z.object({
  expected: count,
  asExpected: count,
  differs: count,
  missing: count,
  noSuchRecord: count,
  cannotTell: count,
  unexpected: count,
  unexpectedAtLeast: z.boolean(),
});
/** Milliseconds since 1970, or the nearest time that a date can be: a waiting time may come from a header of any size. */
const time = z.pipe(
  z.custom<number>((given) => typeof given === 'number' && !Number.isNaN(given)),
  z.transform((milliseconds: number) => Math.min(latest, Math.max(-latest, milliseconds))),
);
/**
 * `nth` is 0 for the single row of a record without associations. `pair` is the number of the expected pair that the row is of: with
 * it a row that is of no association has a lasting address, too.
 */
const rowAddress = z.object({ record: count, nth: count, pair: z.optional(count) });
export type RowAddress = z.infer<typeof rowAddress>;

/** Rows as the user marked them: all that are shown, or from one row to another in the order shown. */
const rowRange = z.union([
  z.object({ all: z.literal(true) }),
  z.object({ all: z.literal(false), from: rowAddress, to: rowAddress }),
]);
export type RowRange = z.infer<typeof rowRange>;

const rowsRequest = z.object({
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

const fromPage = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready'), view: z.optional(rememberedView) }),
  rowsRequest,
  z.object({ kind: z.literal('view'), view: currentView }),
  /** The user waits no longer for the rows to be sorted or filtered: those shown stay, and the view they were chosen by. */
  z.object({ kind: z.literal('stopArranging') }),
  /** `heads`: with the headings. `spreadsheet`: so that a spreadsheet keeps every digit of an id. */
  z.object({
    kind: z.literal('copy'),
    rows: rowRange,
    heads: z.optional(z.literal(true)),
    spreadsheet: z.optional(z.literal(true)),
  }),
  z.object({ kind: z.literal('export') }),
  z.object({ kind: z.literal('action'), action: z.enum(panelActions) }),
  /**
   * Without `nth` it is about the record that was asked, with it about the associated one. `pair`: the associated record of an
   * expected pair, whether HubSpot names it or not, and the lines of the pair: `line` says which of them, from 0.
   */
  z.object({
    kind: z.literal('rowAction'),
    action: z.enum(panelRowActions),
    /** `column`: of a matrix, the column of the type that it is about. */
    row: z.object({
      record: count,
      nth: z.optional(count),
      pair: z.optional(count),
      line: z.optional(count),
      column: z.optional(columnKey),
    }),
  }),
]);
export type FromPage = z.infer<typeof fromPage>;

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

const noticeButton = z.object({ action: z.enum(noticeActions), title: z.string() });
export type NoticeButton = z.infer<typeof noticeButton>;

const notice = z.object({
  id: z.string(),
  severity: z.enum(['info', 'warning', 'error']),
  /** One sentence: what happened, what was kept. */
  sentence: z.string(),
  /** HubSpot's own words, correlation id and the like. */
  details: z.optional(z.string()),
  /** The one next step. */
  action: z.optional(noticeButton),
  /** What may be the next step instead, or follows on the first one. */
  otherAction: z.optional(noticeButton),
});
export type PanelNotice = z.infer<typeof notice>;

/** Calls, done and in all. `estimate`: how many there will be is not known yet, as records may turn out to have more pages. */
const calls = { done: count, of: z.optional(count), estimate: z.optional(z.boolean()) };
const progress = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('idle') }),
  z.object({ kind: z.literal('running'), ...calls }),
  /** `reason` is a sentence; `left` are the milliseconds from now, which the page counts down by itself. */
  z.object({ kind: z.literal('waiting'), ...calls, reason: z.string(), left: time }),
  /** Cancelled, or stopped with something left to read: Resume goes on. `sentence` says why, where the notices do not. */
  z.object({ kind: z.literal('paused'), ...calls, sentence: z.optional(z.string()) }),
]);
export type PanelProgress = z.infer<typeof progress>;

/** Rows that fit any of the chosen chips of a kind are shown, if they do so in every kind of which a chip is chosen. */
const chip = z.object({
  /**
   * state: `none`, `failed`, `notRead`, and of those without associations `noSuchRecord`, `archived`, `merged`.
   * extent: `truncated`, `reading`. label: `primary`, `noLabel`, `label:` and the label. count: `moreThanOne`.
   * type, of a matrix: `noneOfTypes`, `anyOpen`, and of one column `type:none:`, `type:some:`, `type:open:` and the type; chips of
   * several columns have to fit all.
   * verdict: `verdict:missing` and the like, and `verdict:unexpected`.
   */
  key: z.string(),
  kind: z.enum(['verdict', 'state', 'extent', 'label', 'count', 'type']),
  /** The key of the column that it is about; such a chip is offered at the heading. */
  column: z.optional(z.string()),
  /** A label's text, or a type's; the other chips are named by the page. */
  label: z.optional(z.string()),
  /** Rows that it would show by itself, before the filter. */
  count,
});
export type PanelChip = z.infer<typeof chip>;

/** A column that the table has. Which are shown, in which order and how wide is the view's to say, see {@link arrangedColumns}. */
const tableColumn = z.object({
  key: columnKey,
  /** The words of its heading. */
  head: z.string(),
  /** What its cells hold, and so how they look. */
  kind: z.enum([
    'record',
    'associated',
    'verdict',
    'labels',
    'expected',
    'state',
    'count',
    'source',
    'type',
    'property',
  ]),
  /** Numbers stand at the end of their cell. */
  align: z.optional(z.enum(['start', 'end'])),
  /** Days with their time need more room than most values. */
  holds: z.optional(z.enum(['moment'])),
  /** Of how many records it would show something that is not read yet. */
  unread: z.optional(count),
  tooltip: z.optional(z.string()),
  /** Stands below the heading, such as the sum of a column of a matrix. */
  detail: z.optional(z.string()),
});
export type TableColumn = z.infer<typeof tableColumn>;

/** What is known of the table; comes from `AnswerTable.facts()`. */
const tableFacts = z.object({
  counts: z.object({
    asked: count,
    found: count,
    none: count,
    failed: count,
    notRead: count,
    truncated: count,
    reading: count,
    associations: count,
    unasked: count,
  }),
  /** Of a check: how the expected pairs turned out. */
  verdicts: z.optional(verdictCounts),
  /** As in the Answer. */
  completeness: z.enum(['complete', 'primaryOnly', 'incomplete']),
  effort: z.object({ requests: count, pages: count, milliseconds: z.number() }),
  apiVersion: z.string(),
  revision: count,
  /** Rows in all, and those that chips and filter leave. */
  rows: count,
  shown: count,
  /** Every column there is, in the table's own order. */
  columns: z.array(tableColumn),
  /** Those that would narrow the table to some of its rows. */
  chips: z.array(chip),
  /** By which the rows shown were chosen and put in order. */
  view: currentView,
});
export type TableFacts = z.infer<typeof tableFacts>;

const panelState = z.object({
  kind: z.literal('state'),
  /** Such as `Deals → Companies`. */
  title: z.string(),
  /** The headings of the two record columns: `Deal`, `Company`. */
  from: z.string(),
  to: z.string(),
  /** `environment` in words: Production, Sandbox, Developer test; empty when unknown. */
  account: z.object({ name: z.string(), environment: z.string() }),
  /** When the look-up was started, in milliseconds since 1970. */
  startedAt: z.optional(time),
  progress,
  notices: z.array(notice),
  /** Of a matrix: how many of its types are how far, instead of the sum of its records. */
  strip: z.optional(z.string()),
  /** Of a check: what can be done next, such as Check Again. */
  checkButtons: z.optional(z.array(noticeButton)),
  /** `unavailable`: the account may not read them, or the type has none. */
  names: z.enum(['off', 'reading', 'on', 'unavailable']),
  /** Keys of the columns of properties that the user chose. The page keeps those it may, and tells them when it is loaded anew. */
  properties: z.optional(z.object({ shown: z.array(columnKey), kept: z.array(columnKey) })),
  /** While there is a filter: of how many records it could not search the properties shown, as they are not read. */
  valuesNotRead: z.optional(count),
  /** While there is a filter: how many names it could not search, as they are not read. */
  namesNotRead: z.optional(count),
  /** While there is a filter: of how many records without association it does not know whether they exist, where that was checked for others. */
  existenceNotRead: z.optional(count),
  /** `panelWords`, translated; English where absent. */
  words: z.optional(z.record(z.string(), z.string())),
  /**
   * The rows are being put in order anew, by the user's view or because more is known; `facts` are those of the rows shown until
   * then. `share` is what is done of it, from 0 to 1.
   */
  arranging: z.optional(z.object({ what: z.enum(['sorting', 'filtering', 'counting']), share: z.number() })),
  facts: tableFacts,
});
export type PanelState = z.infer<typeof panelState>;

const rowsReply = z.object({
  kind: z.literal('rows'),
  request: count,
  revision: count,
  first: count,
  rows: z.array(panelRow),
});
export type RowsReply = z.infer<typeof rowsReply>;

const toPage = z.discriminatedUnion('kind', [
  panelState,
  rowsReply,
  /** Go to this row and mark it. `everyRow`: chips and filter hid it, and are no more. */
  z.object({ kind: z.literal('goTo'), at: count, everyRow: z.optional(z.boolean()) }),
  /** The user has taken back a sort: `to` holds again, unless something else than `from` was chosen meanwhile. */
  z.object({ kind: z.literal('sortBack'), from: currentView.shape.sort, to: currentView.shape.sort }),
]);
export type ToPage = z.infer<typeof toPage>;

/** What the page said, or undefined for anything else. For the host. */
export function parseFromPage(message: unknown): FromPage | undefined {
  const parsed = z.safeParse(fromPage, message);
  return parsed.success ? parsed.data : undefined;
}

/** What the host said, or undefined for anything else. For the page. */
export function parseToPage(message: unknown): ToPage | undefined {
  const parsed = z.safeParse(toPage, message);
  return parsed.success ? parsed.data : undefined;
}
