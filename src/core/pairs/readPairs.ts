/** Reads the pairs of a file in pieces. */
import { textPieces } from '../reading/file/textPieces.ts';
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
  const scanner = pairScanner(choice, rows);
  let rest = '';
  let base = 0;
  let waitFor = 0;
  for await (const piece of textPieces(chunks, signal)) {
    // A row longer than the piece is looked at again only when as much has come as there was, so that work stays linear.
    const window = rest + piece.text;
    const isWorth = piece.final || window.length >= waitFor;
    const done = isWorth ? scanner.take(window, base, piece.final) : 0;
    waitFor = isWorth ? (window.length - done) * 2 : waitFor;
    rest = done > 0 ? window.slice(done) : window;
    base += done;
    onProgress?.({ read: piece.read, pairs: rows.pairs.length });
  }
  return rows;
}
