/** A file's bytes in pieces, without an editor: from the disk where it is one, otherwise through the workspace's file system. */
import { createReadStream } from 'node:fs';
import * as vscode from 'vscode';
import { encodingOf } from '../core/reading/file/textPieces.ts';

const pieceBytes = 1 << 20;

export interface FileText {
  readonly bytes: number;
  /** The text of the first bytes, cut at the last line that is whole. */
  beginning(bytes: number): Promise<string>;
  chunks(): AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

/** Rejects with the file system's own error when there is no such file. */
export async function openFileText(uri: vscode.Uri): Promise<FileText> {
  const document = vscode.workspace.textDocuments.find((each) => each.uri.toString() === uri.toString());
  if (document && (document.isUntitled || document.isDirty)) return textFile(document.getText());
  const { size } = await vscode.workspace.fs.stat(uri);
  // workspace.fs has no streams and hands a file over whole: a large one on the disk is streamed from there.
  if (uri.scheme === 'file') return diskFile(uri.fsPath, size);
  return bytesOf(await vscode.workspace.fs.readFile(uri));
}

function diskFile(path: string, bytes: number): FileText {
  return {
    bytes,
    beginning: async (most) => {
      const parts: Uint8Array[] = [];
      for await (const chunk of createReadStream(path, { end: most - 1 })) parts.push(chunk as Buffer);
      return wholeLines(decode(Buffer.concat(parts)), bytes > most);
    },
    chunks: () => createReadStream(path, { highWaterMark: pieceBytes }) as AsyncIterable<Uint8Array>,
  };
}

function bytesOf(content: Uint8Array): FileText {
  return {
    bytes: content.length,
    beginning: async (most) => wholeLines(decode(content.subarray(0, most)), content.length > most),
    chunks: () => pieces(content),
  };
}

/** Some at a time: whoever makes a checksum of them lets others work between two. */
function* pieces(content: Uint8Array): Iterable<Uint8Array> {
  for (let from = 0; from < content.length; from += pieceBytes) yield content.subarray(from, from + pieceBytes);
}

/** A text that is in memory. */
export function textFile(text: string): FileText {
  return bytesOf(new TextEncoder().encode(text));
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder(encodingOf(bytes)).decode(bytes);
}

function wholeLines(text: string, isCut: boolean): string {
  const end = text.lastIndexOf('\n');
  return isCut && end > 0 ? text.slice(0, end + 1) : text;
}
