/** A ledger as a file: one line for each answer, appended as it comes. */
import { createReadStream, ftruncateSync, writevSync } from 'node:fs';
import { type FileHandle, open, rename, stat, truncate } from 'node:fs/promises';
import type { Failure } from '../core/domain/failure.ts';
import type { Ledger } from '../core/ledger/ledger.ts';
import { type RestoredLookUp, restoreLookUp } from '../core/lookUp/restore.ts';

/** The most a ledger may take: about six million associations. */
const ledgerFileLimit = 256 * 1024 * 1024;

const lineEnd = 10;
const lineEndBytes = Uint8Array.of(lineEnd);

/** Where the whole lines of a file end: what follows was cut off by the end of the process. */
interface Tail {
  wholeBytes: number;
}

export class LedgerFile implements Ledger {
  readonly #file: FileHandle;
  readonly #limit: number;
  #bytes: number;

  private constructor(file: FileHandle, bytes: number, limit: number) {
    this.#file = file;
    this.#bytes = bytes;
    this.#limit = limit;
  }

  /** A new ledger. Rejects if the file exists. */
  static async create(path: string, limit = ledgerFileLimit): Promise<LedgerFile> {
    return new LedgerFile(await open(path, 'ax', 0o600), 0, limit);
  }

  /**
   * Reads a ledger and, where a look-up can go on from it, opens it for more. A line that was cut off by the end of the process
   * is removed: what it told is read again. Rejects only when the file cannot be read or written at all.
   * @param stopped why the records without an answer have none; left out, the editor was closed
   */
  static async reopen(
    path: string,
    stopped?: Failure,
    limit = ledgerFileLimit,
  ): Promise<{ readonly restored: RestoredLookUp; readonly ledger?: LedgerFile }> {
    const tail: Tail = { wholeBytes: 0 };
    const restored = await restoreLookUp(linesOf(path, tail), stopped);
    if (restored.kind !== 'restored') return { restored };
    if (tail.wholeBytes < (await stat(path)).size) await truncate(path, tail.wholeBytes);
    return { restored, ledger: new LedgerFile(await open(path, 'a', 0o600), tail.wholeBytes, limit) };
  }

  /**
   * A line goes to the system at once, not by a thread: it is some ten kilobytes into the page cache, which takes less than
   * the way to another thread and back, and the next call need not wait for that way.
   */
  async append(line: Uint8Array): Promise<void> {
    const bytes = line.length + 1;
    if (this.#bytes + bytes > this.#limit) throw new Error('The ledger has reached its largest size.');
    const { fd } = this.#file;
    try {
      const written = writevSync(fd, [line, lineEndBytes]);
      if (written < bytes) throw new Error('The disk is full.');
      this.#bytes += bytes;
    } catch (error) {
      ftruncateSync(fd, this.#bytes); // half a line must not spoil the ones to come
      throw error;
    }
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}

/** Reads a ledger without opening it for more; `stopped` is as for {@link LedgerFile.reopen}. */
export function readLedgerFile(path: string, stopped?: Failure): Promise<RestoredLookUp> {
  return restoreLookUp(linesOf(path, { wholeBytes: 0 }), stopped);
}

/** How the name of a ledger that was set aside ends. */
export const damagedEnding = '.damaged';

/** Moves a ledger that cannot be read out of the way, so that it is neither met again nor lost. Returns its new path. */
export async function setAsideLedgerFile(path: string): Promise<string> {
  const aside = path + damagedEnding;
  await rename(path, aside);
  return aside;
}

async function* linesOf(path: string, tail: Tail): AsyncGenerator<string> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    let bytes = rest.length > 0 ? Buffer.concat([rest, chunk as Buffer]) : (chunk as Buffer);
    for (let end = bytes.indexOf(lineEnd); end >= 0; end = bytes.indexOf(lineEnd)) {
      tail.wholeBytes += end + 1;
      yield bytes.toString('latin1', 0, end);
      bytes = bytes.subarray(end + 1);
    }
    rest = bytes;
  }
}
