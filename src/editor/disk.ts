/**
 * What keeps look-ups and accounts on the disk: a few file operations, as a port, so that a test can let any of them fail.
 * Every error is passed on with its code, because only ENOENT means that a file does not exist.
 */
import { randomBytes } from 'node:crypto';
import { closeSync, constants, fstatSync, ftruncateSync, openSync, writevSync } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';

export interface Disk {
  makeFolder(path: string): Promise<void>;
  /** The names in a folder; none when it does not exist. */
  names(folder: string): Promise<readonly string[]>;
  /** A file's text. Rejects with EFBIG when no file of ours can be as large. */
  read(path: string): Promise<string>;
  /** The bytes of a file, piece by piece. */
  pieces(path: string): AsyncIterable<Uint8Array>;
  /** Makes a new file, readable by its owner only. Rejects with EEXIST. */
  create(path: string, text: string): Promise<void>;
  /**
   * Adds to a file that is so many bytes long; what goes beyond was cut off by the end of a process and is removed.
   * Throws when not everything could be written, and takes back what was.
   */
  append(path: string, length: number, bytes: readonly Uint8Array[], isFirst: boolean): void;
  /** Puts a whole file in the place of another, or leaves that one as it was. */
  replace(path: string, pieces: Iterable<string | Uint8Array>): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  /** A file that does not exist is removed already. */
  remove(path: string): Promise<void>;
  /** When it was last changed, in milliseconds since 1970. */
  changedAt(path: string): Promise<number>;
  /** In bytes. */
  lengthOf(path: string): Promise<number>;
}

/** The most that is read as one text, in bytes. The largest file of ours has the places of a million ids. */
const mostText = 256 * 1024 * 1024;

/** How the name of a file ends that is being written and has not taken the other's place yet. */
export const draftEnding = '.new';

/** The file is not as this process left it: another one has written to it. */
class ForeignWriteError extends Error {}

export const nodeDisk: Disk = {
  makeFolder: async (path) => void (await mkdir(path, { recursive: true })),
  names: (folder) =>
    readdir(folder).catch((error) => {
      if (isMissing(error)) return [];
      throw error;
    }),
  read: async (path) => {
    const file = await openFile(path);
    try {
      if ((await file.stat()).size > mostText) throw withCode('EFBIG', 'file too large');
      return await file.readFile('utf8');
    } finally {
      await file.close();
    }
  },
  pieces: async function* (path) {
    const file = await openFile(path);
    // Closes the file at its end, also where nobody reads so far.
    yield* file.createReadStream();
  },
  create: (path, text) => writeFile(path, text, { flag: 'wx', mode: 0o600 }),
  append: (path, length, bytes, isFirst) => {
    // Opened for each line: a thousand saved look-ups keep no file open, and one that was removed meanwhile is noticed.
    const file = openSync(path, 'r+');
    try {
      const { size } = fstatSync(file);
      if (size < length || (size > length && !isFirst))
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
          const bytes = typeof piece === 'string' ? Buffer.from(piece) : piece;
          for (let at = 0; at < bytes.length; ) at += (await file.write(bytes, at)).bytesWritten;
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
  lengthOf: async (path) => (await stat(path)).size,
};

/**
 * Opens a file to read it. Only a file: a named pipe in its place would be waited for without end, and a device such as
 * /dev/zero has none.
 * @throws with EISDIR for a directory and EINVAL for anything else
 */
async function openFile(path: string): Promise<FileHandle> {
  // Without waiting for somebody who writes into the pipe. Windows has neither.
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const found = await file.stat();
    if (found.isDirectory()) throw withCode('EISDIR', 'it is a directory');
    if (!found.isFile()) throw withCode('EINVAL', 'it is not a file');
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}

function withCode(code: string, message: string): Error {
  return Object.assign(new Error(`${code}: ${message}`), { code });
}

/** Half a line must not stay. When it does, its checksum tells. */
function takeBack(file: number, length: number): void {
  try {
    ftruncateSync(file, length);
  } catch {
    // Told by the error that led here.
  }
}

/** True when a file does not exist, and nothing else is wrong. */
export function isMissing(error: unknown): boolean {
  return codeOf(error) === 'ENOENT';
}

export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
