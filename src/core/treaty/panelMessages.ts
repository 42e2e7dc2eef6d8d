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
import { panelActions, panelRowActions } from './actions.ts';
import { count, rowRange, rowsReply, rowsRequest } from './panelRows.ts';
import { panelState } from './panelState.ts';
import { columnKey, currentView, rememberedView } from './panelView.ts';

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
