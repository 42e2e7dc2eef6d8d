/** Writes a file wholly or not at all: under the chosen name stands either what stood there before, or everything. */

import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import * as vscode from 'vscode';
import { writeAll } from './disk.ts';
import { fileNameOf } from './said.ts';
import { Turns } from './turns.ts';

/**
 * The most that is written where it has to be held in memory first, in bytes. `workspace.fs` cannot append, so a file of
 * another file system than the host's own is one array; past this limit that would endanger the extension host.
 */
const mostBytesInMemory = 256 * 1024 * 1024;

/** The file system can only take a whole file at once, and this one is too large for that. */
export class TooLargeForFileSystem extends Error {}

/**
 * On the host's own disk chunks are streamed into a temporary file beside the target, which is then renamed: nothing is
 * held, and a rename within a folder is atomic. On other file systems (remote ones seen from the other side, virtual ones)
 * the chunks are joined, up to {@link mostBytesInMemory}, and written beside the target and renamed in the same way. A
 * provider that cannot rename gets the whole array under the chosen name in its one `writeFile`, which is all that such a
 * provider offers.
 * @throws when writing fails or the signal is aborted; the temporary file is gone then
 */
export async function writeWholeFile(
  target: vscode.Uri,
  chunks: Iterable<string>,
  signal: AbortSignal,
  onWritten: (characters: number) => void = () => {},
): Promise<void> {
  const name = fileNameOf(target);
  const temporary = target.with({
    path: `${target.path.slice(0, target.path.length - name.length)}.${name}.${randomBytes(4).toString('hex')}.part`,
  });
  await (target.scheme === 'file' ? streamed : joined)(target, temporary, inTurns(chunks, signal, onWritten));
}

async function streamed(target: vscode.Uri, temporary: vscode.Uri, chunks: AsyncIterable<string>): Promise<void> {
  try {
    const file = await open(temporary.fsPath, 'wx');
    try {
      for await (const chunk of chunks) await writeAll(file, chunk);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary.fsPath, target.fsPath);
  } catch (error) {
    await rm(temporary.fsPath, { force: true });
    throw error;
  }
}

async function joined(target: vscode.Uri, temporary: vscode.Uri, chunks: AsyncIterable<string>): Promise<void> {
  const encoder = new TextEncoder();
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    const part = encoder.encode(chunk);
    length += part.length;
    if (length > mostBytesInMemory) throw new TooLargeForFileSystem(target.toString());
    parts.push(part);
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  const { fs } = vscode.workspace;
  try {
    await fs.writeFile(temporary, whole);
    await fs.rename(temporary, target, { overwrite: true });
  } catch {
    await fs.delete(temporary).then(undefined, () => {});
    await fs.writeFile(target, whole);
  }
}

async function* inTurns(
  chunks: Iterable<string>,
  signal: AbortSignal,
  onWritten: (characters: number) => void,
): AsyncGenerator<string> {
  const turns = new Turns(signal);
  let characters = 0;
  for (const chunk of chunks) {
    signal.throwIfAborted();
    yield chunk;
    characters += chunk.length;
    if (!turns.isOver) continue;
    onWritten(characters);
    await turns.next();
  }
  signal.throwIfAborted();
}
