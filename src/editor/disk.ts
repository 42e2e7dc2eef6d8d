/**
 * What keeps look-ups and accounts on the disk: a few file operations, as a port, so that a test can let any of them fail.
 * Every error is passed on with its code, because only ENOENT means that a file does not exist.
 */
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  constants,
  fstatSync,
  ftruncateSync,
  lstatSync,
  openSync,
  readFileSync,
  readSync,
  type Stats,
  statSync,
  writevSync,
} from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { messageOf } from '../core/domain/thrown.ts';

export interface Disk {
  makeFolder(path: string): Promise<void>;
  /** The names in a folder; none when it does not exist. */
  names(folder: string): Promise<readonly string[]>;
  /** A file's text. Rejects when there is no file but a directory, a pipe or a device, and when no file of ours is as large. */
  read(path: string): Promise<string>;
  /** The bytes of a file, piece by piece. */
  pieces(path: string): AsyncIterable<Uint8Array>;
  /** Makes a new file, readable by its owner only. Rejects with EEXIST. */
  create(path: string, text: string): Promise<void>;
  /**
   * Adds lines to a file that is so many bytes long. Half a line beyond was cut off by the end of a process and is removed.
   * Throws when not everything could be written, and takes back what was; and when a whole line is beyond: that is another window's.
   */
  append(path: string, length: number, bytes: readonly Uint8Array[], isFirst: boolean): void;
  /** Puts a whole file in the place of another, or leaves that one as it was. At an empty piece others have their turn. */
  replace(path: string, pieces: Iterable<string | Uint8Array>): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  /** A file that does not exist is removed already. */
  remove(path: string): Promise<void>;
  /** When it was last changed, in milliseconds since 1970. */
  changedAt(path: string): Promise<number>;
  /** In bytes. */
  lengthOf(path: string): Promise<number>;
}

/** The largest file that is read, in bytes: no ledger and no other file of ours is larger. */
const mostBytes = 512 * 1024 * 1024;

/** How the name of a file ends that is being written and has not taken the other's place yet. */
export const draftEnding = '.new';

/** The file is not as this process left it: another one has written to it. */
class ForeignWriteError extends Error {}

/** In the place of a file is something that nobody of ours has made: a directory, a named pipe, a device, a file too large. */
export class NotAFileError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(`${code}: ${message}`);
    this.code = code;
  }
}

export const nodeDisk: Disk = {
  makeFolder: async (path) => void (await mkdir(path, { recursive: true })),
  names: (folder) =>
    readdir(folder).catch((error) => {
      if (isMissing(error)) return [];
      throw error;
    }),
  read: async (path) => {
    const short = readNow(path, longestNow);
    if (short !== undefined) return short;
    const { file, size } = await openFile(path);
    try {
      const bytes = Buffer.allocUnsafe(size);
      let length = 0;
      for (let more = 1; more > 0 && length < size; length += more) {
        more = (await file.read(bytes, length, size - length)).bytesRead;
      }
      return bytes.toString('utf8', 0, length);
    } finally {
      await file.close();
    }
  },
  pieces: async function* (path) {
    const { file } = await openFile(path);
    // Closes the file at its end, also where nobody reads so far.
    yield* file.createReadStream();
  },
  create: (path, text) => writeFile(path, text, { flag: 'wx', mode: 0o600 }),
  append: (path, length, bytes, isFirst) => {
    // Opened for each line: a thousand saved look-ups keep no file open, and one that was removed meanwhile is noticed.
    const file = openSync(path, 'r+');
    try {
      const { size } = fstatSync(file);
      if (size < length || (size > length && (!isFirst || endsWithLine(file, size))))
        throw new ForeignWriteError('Another window has changed the file.');
      if (size > length) ftruncateSync(file, length);
      const all = bytes.reduce((sum, each) => sum + each.length, 0);
      const written = writevSync(file, bytes as Uint8Array[], length);
      if (written < all) throw new Error('The disk is full.');
    } catch (error) {
      if (!(error instanceof ForeignWriteError)) takeBack(file, length);
      throw error;
    } finally {
      closeSync(file);
    }
  },
  replace: async (path, pieces) => {
    const draft = `${path}.${randomBytes(4).toString('hex')}${draftEnding}`;
    try {
      const file = await open(draft, 'wx', 0o600);
      try {
        for (const piece of pieces) {
          if (piece.length === 0) await new Promise((resolve) => setImmediate(resolve));
          await writeAll(file, piece);
        }
        // Without this a power cut can leave the new name with no content, and the old content is gone.
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(draft, path);
    } catch (error) {
      await rm(draft, { force: true }).catch(() => {});
      throw error;
    }
  },
  rename,
  remove: (path) => rm(path, { force: true }),
  changedAt: async (path) => (await stat(path)).mtimeMs,
  // At once, as short files are read: it is asked beside every card.
  lengthOf: async (path) => statSync(path).size,
};

/** Writes all of a piece: where the disk is nearly full, or a limit near, the system takes a part of it and calls that no error. */
export async function writeAll(file: FileHandle, piece: string | Uint8Array): Promise<void> {
  const bytes = typeof piece === 'string' ? Buffer.from(piece) : piece;
  for (let at = 0; at < bytes.length; ) at += (await file.write(bytes, at)).bytesWritten;
}

/** A text that is made; undefined where what another version wrote goes so deep that JSON can be read of it, and not be made. */
export function unlessTooDeep(make: () => string): string | undefined {
  try {
    return make();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/**
 * Keeps what a file holds under another name too. Not by moving it: whoever looks before the file is written anew, or when that
 * fails, must not find that there is none.
 */
export async function keepBeside(path: string, beside: string, disk: Disk): Promise<void> {
  const bytes: Uint8Array[] = [];
  for await (const piece of disk.pieces(path)) bytes.push(piece);
  await disk.replace(beside, bytes);
}

/**
 * Opens a file to read it. Only a file: a named pipe in its place would be waited for without end, and a device such as
 * /dev/zero has none.
 * @throws with EISDIR for a directory, ELOOP for a link that leads nowhere, and EINVAL for anything else
 */
async function openFile(path: string): Promise<{ readonly file: FileHandle; readonly size: number }> {
  const file = await open(path, toRead).catch((error) => {
    throw notMissing(error, path);
  });
  try {
    const found = await file.stat();
    assertFile(found);
    return { file, size: found.size };
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** What a link leads to may be there again a moment later, so it is not taken for missing. */
function notMissing(error: unknown, path: string): unknown {
  if (!isMissing(error) || !lstatSync(path, { throwIfNoEntry: false })) return error;
  return Object.assign(new Error('ELOOP: it is a link that leads nowhere'), { code: 'ELOOP' });
}

/** Without waiting for somebody who writes into a pipe, of which Windows has none. */
const toRead = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

function assertFile(found: Stats): void {
  if (found.isDirectory()) throw new NotAFileError('EISDIR', 'it is a directory');
  if (!found.isFile()) throw new NotAFileError('EINVAL', 'it is not a file');
  if (found.size > mostBytes) throw new NotAFileError('EFBIG', 'it is too large');
}

/**
 * The longest file that is read at once, in bytes. A thread takes five times as long to open, read and close one, and a thousand
 * cards are read at the start.
 */
const longestNow = 65_536;

/**
 * A file's text, at once.
 * @param longest bytes; undefined for a longer file
 * @throws as {@link Disk.read} rejects
 */
export function readNow(path: string): string;
export function readNow(path: string, longest: number): string | undefined;
export function readNow(path: string, longest = mostBytes): string | undefined {
  const file = openNow(path);
  try {
    const found = fstatSync(file);
    assertFile(found);
    return found.size <= longest ? readFileSync(file, 'utf8') : undefined;
  } finally {
    closeSync(file);
  }
}

function openNow(path: string): number {
  try {
    return openSync(path, toRead);
  } catch (error) {
    throw notMissing(error, path);
  }
}

function endsWithLine(file: number, size: number): boolean {
  const last = Buffer.alloc(1);
  readSync(file, last, 0, 1, size - 1);
  return last[0] === 10;
}

/** Takes back half a line. Where that fails, the checksum shows a reader that the line is damaged. */
function takeBack(file: number, length: number): void {
  try {
    ftruncateSync(file, length);
  } catch {
    // The error because of which the line is taken back is told already.
  }
}

/** A file's text; undefined when it does not exist. Rejects when it cannot be read. */
export async function readIfThere(path: string, disk: Disk): Promise<string | undefined> {
  try {
    return await disk.read(path);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** True when a file does not exist, and nothing else is wrong. */
export function isMissing(error: unknown): boolean {
  return codeOf(error) === 'ENOENT';
}

export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/**
 * What went wrong, without the path of the file: it says no more, and is told to people. "ENOSPC: no space left on device". Of any
 * other path in it only the name is left.
 */
export function withoutPath(error: unknown): string {
  const message = messageOf(error);
  const said = codeOf(error) === undefined ? message : message.replace(/, [a-z]+(?: '.*)?$/s, '');
  return said.replace(longPath, '$1');
}

const longPath = /(?<![^\s'"(])(?:file:\/\/)?(?:[A-Za-z]:)?[\\/](?:[^\\/'"()\n]*[\\/])+([^\\/'"()\n]+)/g;
