/** A ledger as a file: one line for each answer, appended as it comes. */

import type { Failure } from '../core/domain/failure.ts';
import { finished } from '../core/domain/steps.ts';
import { joined, type Ledger } from '../core/ledger/ledger.ts';
import { readingObject, readNumbered } from '../core/ledger/readLines.ts';
import type { Unknown } from '../core/ledger/wholeLines.ts';
import { type RestoredLookUp, restoreLookUp } from '../core/lookUp/restore.ts';
import { type Disk, isMissing, nodeDisk, withoutPath } from '../editor/disk.ts';
import { Turns } from '../editor/turns.ts';

/** The most a ledger may take: about six million associations. */
const ledgerFileLimit = 256 * 1024 * 1024;

/** The longest line that is read, in bytes: 0.1.0 wrote all ids into one, four million of them into this. */
const longestLine = 64 * 1024 * 1024;
/** 0.1.0 had no such limit as {@link ledgerFileLimit} for its first line. */
const longestFile = ledgerFileLimit + longestLine;

/** Lines are written anew so many bytes at a time, and the editor gets a turn between two. */
const bytesInPiece = 256 * 1024;

const lineEnd = 10;
const lineEndBytes = Uint8Array.of(lineEnd);

export interface LedgerFileOptions {
  readonly disk?: Disk;
  /** Bytes. */
  readonly limit?: number;
  /** Of a new one: see {@link Ledger.head}. */
  readonly head?: Readonly<Record<string, unknown>>;
}

export class LedgerFile implements Ledger {
  readonly #path: string;
  readonly #disk: Disk;
  readonly #limit: number;
  readonly #unknown: Unknown;
  #ready: Promise<unknown> = Promise.resolve();
  #bytes: number;
  #next: number;
  #isFirst = true;
  /** What is on the disk is whole, and lines can follow it. */
  #isWhole: boolean;
  #isGone = false;
  #isTooLarge = false;
  #problem: string | undefined;

  private constructor(
    path: string,
    { disk = nodeDisk, limit = ledgerFileLimit }: LedgerFileOptions,
    from: { readonly bytes: number; readonly next: number; readonly isWhole: boolean; readonly unknown: Unknown },
  ) {
    this.#path = path;
    this.#disk = disk;
    this.#limit = limit;
    this.#bytes = from.bytes;
    this.#next = from.next;
    this.#isWhole = from.isWhole;
    this.#unknown = from.unknown;
  }

  /**
   * A new ledger.
   * @param prepared comes before the file is made, such as its folder. When it or the file fails, every append says so
   */
  static create(
    path: string,
    prepared: Promise<unknown> = Promise.resolve(),
    options: LedgerFileOptions = {},
  ): LedgerFile {
    const unknown = { head: options.head ?? {}, lines: [] };
    const ledger = new LedgerFile(path, options, { bytes: 0, next: 0, isWhole: true, unknown });
    ledger.#ready = prepared.then(() => ledger.#disk.create(path, '')).catch((error) => ledger.#fail(error));
    return ledger;
  }

  /**
   * A ledger that was read. It can be appended to when nothing is missing in it; otherwise it has to be written anew first.
   * @param path of the second version of the format, also when a ledger of the first was read: that one is left as it is, so
   * that an older version of the extension finds what it wrote.
   */
  static continuing(path: string, read: ReadLedger, options: LedgerFileOptions = {}): LedgerFile | undefined {
    const { restored, bytes } = read;
    if (restored.kind !== 'restored') return undefined;
    const { lines, lost, version, unknown } = restored;
    return new LedgerFile(path, options, { bytes, next: lines, isWhole: version === 2 && lost === 0, unknown });
  }

  get next(): number {
    return this.#next;
  }

  get head(): Readonly<Record<string, unknown>> {
    return this.#unknown.head;
  }

  /** How long what was written is, in bytes. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Resolves when the file is made, or could not be. */
  get ready(): Promise<unknown> {
    return this.#ready;
  }

  /** Why what is on the disk is not all that is known; undefined while it is. */
  get problem(): string | undefined {
    return this.#problem;
  }

  /** True when it has to be written anew before lines can follow. */
  get isBroken(): boolean {
    return !this.#isWhole;
  }

  /** True when the file was removed by someone else: then it is not made again. */
  get isGone(): boolean {
    return this.#isGone;
  }

  /** True when writing it anew would not help: it was removed, or all that is known takes more than a ledger may. */
  get isHopeless(): boolean {
    return this.#isGone || this.#isTooLarge;
  }

  /** Says that it cannot be kept, for a reason outside the file. */
  breakOff(reason: unknown): void {
    this.#fail(reason);
  }

  /** Says that somebody removed it. */
  forget(): void {
    this.#isGone = true;
    this.#isWhole = false;
    this.#problem = 'Its files were removed, by another window or from outside.';
  }

  /**
   * A line goes to the system at once, not by a thread: it is some ten kilobytes into the page cache, which takes less than
   * the way to another thread and back, and the next call need not wait for that way. After one that failed none follows, for
   * example a short one that the full disk still has room for: the missing one between would not be seen.
   */
  async append(bytes: Uint8Array, lines: number): Promise<void> {
    await this.#ready;
    if (!this.#isWhole) throw new Error(this.#problem ?? 'The ledger has to be written anew before it goes on.');
    try {
      const length = bytes.length + 1;
      if (this.#bytes + length > this.#limit) throw new Error('The ledger has reached its largest size.');
      this.#disk.append(this.#path, this.#bytes, [bytes, lineEndBytes], this.#isFirst);
      this.#isFirst = false;
      this.#bytes += length;
      this.#next += lines;
    } catch (error) {
      if (isMissing(error)) this.forget();
      else this.#fail(error);
      throw new Error(this.#problem);
    }
  }

  /**
   * Writes the whole ledger from memory, beside the file and then in its place.
   * @param linesOf the lines, given what is to be kept of another version's
   * @throws when it cannot be written; the file is as before
   */
  async rewrite(linesOf: (unknown: Unknown) => Iterable<Uint8Array>): Promise<void> {
    await this.#ready;
    let bytes = 0;
    let lines = 0;
    const limit = this.#limit;
    function* pieces(): Generator<Uint8Array> {
      let gathered: Uint8Array[] = [];
      let size = 0;
      for (const line of linesOf(unknown)) {
        if (line.length === 0) {
          yield line;
          continue;
        }
        // A line that was made is in a buffer of its own, with its end to follow.
        gathered.push(line);
        size += line.length + 1;
        bytes += line.length + 1;
        lines++;
        if (bytes > limit) throw new Error('The ledger has reached its largest size.');
        if (size < bytesInPiece) continue;
        yield joined([...gathered, empty]);
        gathered = [];
        size = 0;
      }
      if (gathered.length > 0) yield joined([...gathered, empty]);
    }
    const unknown = this.#unknown;
    try {
      await this.#disk.replace(this.#path, pieces());
    } catch (error) {
      this.#isTooLarge = bytes > limit;
      this.#problem = withoutPath(error);
      throw error;
    }
    this.#bytes = bytes;
    this.#next = lines;
    this.#isFirst = true;
    this.#isWhole = true;
    this.#problem = undefined;
  }

  #fail(error: unknown): void {
    this.#isWhole = false;
    this.#problem ??= withoutPath(error);
  }
}

const empty = new Uint8Array(0);

/** A ledger as it was read. */
export interface ReadLedger {
  readonly restored: RestoredLookUp;
  /** Up to the end of the last whole line: what follows was cut off by the end of the process. */
  readonly bytes: number;
}

/**
 * Reads a ledger. Rejects when the file cannot be read.
 * @param stopped why the records without an answer have none; left out, the editor was closed
 * @param most the longest line and the longest file that are read, in bytes
 */
export async function readLedgerFile(
  path: string,
  stopped?: Failure,
  disk = nodeDisk,
  most = { line: longestLine, file: longestFile },
): Promise<ReadLedger> {
  const tail = { bytes: 0 };
  const turns = new Turns();
  const turn = async () => {
    if (turns.isOver) await turns.next();
  };
  const restored = await restoreLookUp(linesOf(disk.pieces(path), tail, most, turns), stopped, turn);
  return { restored, bytes: tail.bytes };
}

/** What the head of a ledger says beside the question; nothing where no head can be read. Rejects as {@link readLedgerFile}. */
export async function readLedgerHead(path: string, disk = nodeDisk): Promise<Readonly<Record<string, unknown>>> {
  const most = { line: longestLine, file: longestFile };
  for await (const text of linesOf(disk.pieces(path), { bytes: 0 }, most)) {
    const value = finished(readingObject(text));
    const line = value && readNumbered(value);
    if (line?.kind === 'head') return line.unknown;
  }
  return {};
}

/**
 * The lines of a file. One that is longer than any of ours is given as an empty one, which is no line of a ledger; so is all
 * that follows once no ledger can be as long: a file without line ends must not fill the memory.
 */
async function* linesOf(
  pieces: AsyncIterable<Uint8Array>,
  tail: { bytes: number },
  most: { readonly line: number; readonly file: number },
  turns = new Turns(),
): AsyncGenerator<string> {
  /** The beginning of a line of which the end has not come: joined once, however many pieces it has. */
  let begun: Buffer[] = [];
  let length = 0;
  for await (const piece of pieces) {
    let bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
    for (let end = bytes.indexOf(lineEnd); end >= 0; end = bytes.indexOf(lineEnd)) {
      length += end;
      const isOurs = length <= most.line;
      const line = isOurs ? Buffer.concat([...begun, bytes.subarray(0, end)]).toString('latin1') : '';
      tail.bytes += length + 1;
      begun = [];
      length = 0;
      yield line;
      // A line can hold thousands of answers, and a piece can hold hundreds of lines.
      if (turns.isOver) await turns.next();
      bytes = bytes.subarray(end + 1);
    }
    length += bytes.length;
    if (length > most.line) begun = [];
    else if (bytes.length > 0) begun.push(bytes);
    if (tail.bytes + length > most.file) {
      yield '';
      return;
    }
  }
}
