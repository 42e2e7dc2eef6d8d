import * as vscode from 'vscode';
import { Log } from '../../src/editor/log.ts';

/** A log whose lines, of all levels, can be read. */
export function recordedLog(): { readonly log: Log; readonly lines: readonly string[]; dispose(): void } {
  const lines: string[] = [];
  const channel = vscode.window.createOutputChannel('A test', { log: true });
  const record = (line: string) => lines.push(line);
  const log = new Log({ ...channel, error: record, warn: record, info: record, debug: record, trace: record });
  return { log, lines, dispose: () => channel.dispose() };
}
