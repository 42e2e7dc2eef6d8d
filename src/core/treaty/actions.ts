/**
 * What a look-up or a row of it can be told to do, and how the row is named: plain JSON, so that a button of the page, a row of
 * the tree, a quick fix in a file, a keybinding and a task all speak of it in the same way.
 */
import * as z from 'zod/mini';

/** What the button of a notice can be. */
export const noticeActions = [
  'resume',
  'readAll',
  'lookUpUnderDateVersion',
  'lookUpReverse',
  'checkOtherType',
  'chooseObjectType',
  'checkExistence',
  'showIgnored',
  'addAccount',
  'enterToken',
  'checkAgain',
  'copyScopes',
  'openSettings',
  'retryNames',
  'readNames',
  'readValues',
  'checkPairsExist',
  'checkPairsAgain',
  'exportMissingPairs',
  'exportSignOff',
  'showLog',
  'askTheOthers',
] as const;
export type NoticeAction = (typeof noticeActions)[number];

/** What the page can ask for about its look-up. */
export const panelActions = [...noticeActions, 'cancel', 'toggleNames', 'chooseProperties'] as const;
type PanelAction = (typeof panelActions)[number];

/** What the page can ask for about one of its rows. */
export const panelRowActions = [
  'openRecord',
  'goToLine',
  'showRecord',
  'copyIds',
  'copyRequest',
  'openRequest',
  'openLookUp',
  'everything',
  'addHop',
] as const;
export type PanelRowAction = (typeof panelRowActions)[number];

/** What a look-up can be told to do. */
export type LookUpAction = PanelAction | 'runAgain' | 'pin' | 'unpin' | 'rename' | 'remove';
/** What a row of a look-up can be told to do. */
export type RowAction = PanelRowAction | 'refreshHop' | 'openTypes';
export type Action = LookUpAction | RowAction;

const count = z.number().check(z.int(), z.nonnegative());

/** From a record on to its associations with another object type, and to one of those, and on from there. */
export interface HopAddress {
  /** The object type. */
  readonly to: string;
  /** Which of the associated records; absent for all of them together. */
  readonly nth?: number | undefined;
  readonly hop?: HopAddress | undefined;
}
const hopAddress: z.ZodMiniType<HopAddress> = z.object({
  to: z.string(),
  nth: z.optional(count),
  get hop() {
    return z.optional(hopAddress);
  },
});

const address = z.object({
  /** The look-up's id. */
  lookUp: z.string(),
  /** All records that share this fate, together. */
  group: z.optional(z.enum(['none', 'failed', 'notRead'])),
  /** What is counted there in a check, together; with `record` only what is of that one. */
  verdict: z.optional(z.enum(['asExpected', 'differs', 'missing', 'noSuchRecord', 'cannotTell', 'unexpected'])),
  /** The number of a record that was asked, from 0; absent for the look-up as a whole. */
  record: z.optional(count),
  /** Which of the record's associations; absent for the record itself. */
  nth: z.optional(count),
  /** The number of a pair that is expected: its associated record, also where HubSpot does not name the association. */
  pair: z.optional(count),
  /** Which of the lines of the pair is meant, from 0; absent for the first of them. */
  line: z.optional(count),
  /**
   * On from that record. `{ lookUp, record: 4, nth: 0, hop: { to: 'contacts', nth: 2 } }` is the third contact of the first company of
   * the fifth deal, where deals were asked for their companies.
   */
  hop: z.optional(hopAddress),
});
/** A look-up, or a row that stands in it. It says where, not what: whoever takes one looks whether there is such a row. */
export type Address = z.infer<typeof address>;

/** The most hops in an address: nobody follows on that far, and one that leads back to itself would have no end. */
const mostHops = 100;

/** The address in a value from outside, or undefined for anything else. */
export function parseAddress(given: unknown): Address | undefined {
  const parsed = z.safeParse(address, given);
  let hops = 0;
  for (let next = parsed.data?.hop; next; next = next.hop) if (++hops > mostHops) return undefined;
  return parsed.data;
}
