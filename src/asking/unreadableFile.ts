/** Files without record ids: what is said of them, in a notification, as somebody has just chosen them and waits. */
import * as vscode from 'vscode';
import { type Unreadable, unreadable } from '../core/reading/file/unreadable.ts';
import type { RecordIdsReading } from '../core/reading/found/reading.ts';
import { plainMessage } from '../core/text/plainText.ts';
import { withoutPath } from '../editor/disk.ts';
import { fileNameOf, sayWhyNot } from '../editor/said.ts';
import { showIgnored } from '../ids/readingChoices.ts';

/** @returns true when there is no text in the file, which is said then */
export function isUnreadable(uri: vscode.Uri, beginning: string): boolean {
  const why = unreadable(fileNameOf(uri), beginning);
  if (why) sayWhyNot(whyWords(why, plainMessage(fileNameOf(uri))));
  return why !== undefined;
}

function whyWords(why: Unreadable, name: string): string {
  const { t } = vscode.l10n;
  switch (why) {
    case 'empty':
      return t('{0} is empty.', name);
    case 'spreadsheet':
      return t(
        '{0} is a spreadsheet file, not text. Save it as CSV in your spreadsheet program and use that file.',
        name,
      );
    case 'binary':
      return t('{0} is not a text file. There are no record IDs to read in it.', name);
  }
}

/**
 * What is read of a file; undefined where it cannot be read, which is said with the reason: it may be gone, or a folder. What is
 * done with it afterwards does not belong in here: it may go wrong for reasons of its own.
 */
export async function readOrSay<Read>(uri: vscode.Uri, read: () => PromiseLike<Read>): Promise<Read | undefined> {
  try {
    return await read();
  } catch (error) {
    const name = plainMessage(fileNameOf(uri));
    sayWhyNot(vscode.l10n.t('{0} could not be read: {1}', name, plainMessage(withoutPath(error))));
    return undefined;
  }
}

/** Says that there is no record id in a file, or in the column of it that was chosen, and offers to show what looked like one. */
export async function sayNoIds(reading: RecordIdsReading, uri: vscode.Uri, column = false): Promise<void> {
  const { t } = vscode.l10n;
  const name = plainMessage(fileNameOf(uri));
  const sentence = column
    ? t('There is no record ID in this column of {0}.', name)
    : t('There is no record ID in {0}.', name);
  const show = t('Show What Was Ignored');
  const buttons = reading.ignored.length > 0 ? [show] : [];
  if ((await vscode.window.showWarningMessage(sentence, ...buttons)) === show) await showIgnored(reading, uri);
}
