/**
 * Notices as a ledger holds them, under `remarks`: one for each id, with words of their own. Both versions of the format have
 * them, so that what one version of the extension wrote any other can read.
 */
import * as z from 'zod';
import type { Notice } from '../domain/associations.ts';
import type { RecordError } from '../domain/failure.ts';

/** What HubSpot reported about a record, as a ledger holds it. */
export const hubSpotError = z.object({
  kind: z.literal('hubSpotError'),
  category: z.string(),
  subCategory: z.string().optional(),
  message: z.string(),
  httpStatus: z.number().optional(),
});

export const storedNotice = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('unaskedId'), id: z.string() }),
  z.object({ kind: z.literal('resultAndError'), id: z.string() }),
  z.object({ kind: z.literal('twoCursors'), id: z.string() }),
  z.object({ kind: z.literal('userToken') }),
  z.object({ kind: z.literal('batchStatus'), status: z.string() }),
  z.object({ kind: z.literal('errorCount'), said: z.number(), listed: z.number() }),
  z.object({ kind: z.literal('errorWithoutRecord'), problem: hubSpotError }),
]);
type StoredNotice = z.infer<typeof storedNotice>;

/** Notices that a ledger brought back, each about one id or one batch. */
export function noticesOf(stored: readonly StoredNotice[]): Notice[] {
  return stored.map(noticeOf);
}

function noticeOf(stored: StoredNotice): Notice {
  switch (stored.kind) {
    case 'unaskedId':
      return { kind: 'unaskedIds', ids: [stored.id], count: 1 };
    case 'resultAndError':
    case 'twoCursors':
      return { kind: stored.kind, ids: [stored.id], count: 1 };
    case 'errorCount':
      return { kind: 'errorCountDisagrees', said: stored.said, listed: stored.listed };
    case 'batchStatus':
      return { kind: 'batchStatus', status: stored.status, batches: 1 };
    case 'errorWithoutRecord':
      // The keys that may be absent are never there without a value: JSON has no undefined.
      return { kind: 'errorWithoutRecord', problem: stored.problem as RecordError };
    case 'userToken':
      return stored;
  }
}

/**
 * What a ledger keeps of these notices. Two kinds it does not keep: that v3 shows primary companies only follows from the
 * question, and a batch that did not end as COMPLETE is no fact about the account, since what it left out is read again.
 */
export function storedNotices(notices: readonly Notice[]): readonly object[] {
  return notices.flatMap(storedOf);
}

function storedOf(notice: Notice): readonly object[] {
  switch (notice.kind) {
    case 'primaryCompanyOnly':
    case 'batchStatus':
      return [];
    case 'unaskedIds':
      return notice.ids.map((id) => ({ kind: 'unaskedId', id }));
    case 'resultAndError':
    case 'twoCursors':
      return notice.ids.map((id) => ({ kind: notice.kind, id }));
    case 'errorCountDisagrees':
      return [{ kind: 'errorCount', said: notice.said, listed: notice.listed }];
    case 'userToken':
    case 'errorWithoutRecord':
      return [notice];
  }
}
