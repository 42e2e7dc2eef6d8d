/** The disk with faults: any operation may fail, for a while or for good. */
import { type Disk, nodeDisk } from '../../src/editor/disk.ts';

type Operation = keyof Disk;

/** What an operation ends with: an error of this code, or nothing wrong. */
export type Fault = (operation: Operation, path: string, nth: number) => string | undefined;

export function errorWith(code: string): Error {
  return Object.assign(new Error(`${code}: it is so`), { code });
}

/**
 * @param fault asked before every operation, which are counted from 1. ENOSPC comes when a part is already written, as on a
 * disk that has become full; any other code at once
 */
export function faultyDisk(fault: Fault): Disk {
  let nth = 0;
  const code = (operation: Operation, path: string) => fault(operation, path, ++nth);
  const check = (operation: Operation, path: string) => {
    const found = code(operation, path);
    if (found) throw errorWith(found);
  };
  return {
    makeFolder: async (path) => {
      check('makeFolder', path);
      return nodeDisk.makeFolder(path);
    },
    names: async (folder) => {
      check('names', folder);
      return nodeDisk.names(folder);
    },
    read: async (path) => {
      check('read', path);
      return nodeDisk.read(path);
    },
    pieces: (path) => {
      const found = code('pieces', path);
      return found ? failing(nodeDisk.pieces(path), found) : nodeDisk.pieces(path);
    },
    create: async (path, text) => {
      check('create', path);
      return nodeDisk.create(path, text);
    },
    append: (path, length, bytes, isFirst) => {
      const found = code('append', path);
      if (found === 'ENOSPC') {
        const half = Buffer.concat(bytes).subarray(0, Math.floor(bytes[0]!.length / 2));
        nodeDisk.append(path, length, [half], isFirst);
        // The system would now take back what was written, but for one time in two that fails as well.
        if (nth % 2 === 0) nodeDisk.append(path, length, [], true);
      }
      if (found) throw errorWith(found);
      nodeDisk.append(path, length, bytes, isFirst);
    },
    replace: async (path, pieces) => {
      check('replace', path);
      return nodeDisk.replace(path, pieces);
    },
    rename: async (from, to) => {
      check('rename', from);
      return nodeDisk.rename(from, to);
    },
    remove: async (path) => {
      check('remove', path);
      return nodeDisk.remove(path);
    },
    changedAt: async (path) => {
      check('changedAt', path);
      return nodeDisk.changedAt(path);
    },
    lengthOf: async (path) => {
      check('lengthOf', path);
      return nodeDisk.lengthOf(path);
    },
  };
}

/** One piece, and then the error. */
async function* failing(pieces: AsyncIterable<Uint8Array>, code: string): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    yield piece.subarray(0, piece.length / 2);
    break;
  }
  throw errorWith(code);
}
