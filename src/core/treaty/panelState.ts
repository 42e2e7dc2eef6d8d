/** What the host tells the page beside the rows: the whole state, with each change. */

import * as z from 'zod/mini';
import { noticeActions } from './actions.ts';
import { count } from './panelRows.ts';
import { columnKey, currentView } from './panelView.ts';

/** The latest moment that a date can be, in milliseconds since 1970 (ECMAScript's time values). */
const latest = 8.64e15;

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

export const panelState = z.object({
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
