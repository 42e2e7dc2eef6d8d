/** Reads the pairs of a file in pieces. */
import { readWindows } from '../reading/file/textPieces.ts';
import { PairRows } from './pairRows.ts';
import { type PairChoice, pairScanner } from './pairScanner.ts';

interface PairsProgress {
  /** Bytes read so far (of chunks that are strings: characters). */
  readonly read: number;
  readonly pairs: number;
}

export interface PairsOptions {
  readonly signal?: AbortSignal;
  /** Called after each piece of at most 64 kB. */
  readonly onProgress?: (progress: PairsProgress) => void;
}

/**
 * Reads the pairs out of a file that comes in chunks (UTF-8 or UTF-16, cut anywhere). Only ids, labels and lines are kept, and
 * of the file no more than the row at hand. Lets others work between pieces. Rejects with the signal's reason when it is
 * aborted, and with the chunks' error.
 */
export async function readPairs(
  chunks: AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>,
  choice: PairChoice,
  { signal, onProgress }: PairsOptions = {},
): Promise<PairRows> {
  const rows = new PairRows();
  await readWindows(chunks, pairScanner(choice, rows), signal, (read) =>
    onProgress?.({ read, pairs: rows.pairs.length }),
  );
  return rows;
}
