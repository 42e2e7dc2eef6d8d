/** What a reading left open, put to the user: unsure numbers to tick, and what was ignored and why. */
import * as vscode from 'vscode';
import type { FoundId, RecordIdsReading } from './core/recordIds/reading.ts';
import { ignoredReasons, unsureReasons } from './core/recordIds/reasons.ts';
import { redact } from './core/redaction.ts';
import { revealSource } from './revealSource.ts';

/** Asks which unsure numbers are record ids; none is ticked beforehand. Undefined when the user left. */
export async function chooseUnsure({ unsure }: RecordIdsReading): Promise<readonly FoundId[] | undefined> {
  const { t } = vscode.l10n;
  const items = unsure.map((each) => ({
    label: each.id,
    description: t('line {0}', each.line + 1),
    detail: t(unsureReasons[each.reason]),
    found: each,
  }));
  const chosen = await vscode.window.showQuickPick(items, {
    title: t('Which of these are record ids?'),
    placeHolder: t('Tick the record ids. The others are not sent.'),
    canPickMany: true,
    matchOnDetail: true,
    ignoreFocusOut: true,
  });
  return chosen?.map(({ found: { id, offset, length, line } }) => ({ id, offset, length, line }));
}

/** Lists what looked like an id and is none, with its line and reason. Choosing one goes to where it stands: true then. */
export async function showIgnored({ ignored }: RecordIdsReading, uri: vscode.Uri | undefined): Promise<boolean> {
  const { t } = vscode.l10n;
  const items = ignored.map((each) => ({
    // Among what is no record id there may be a token.
    label: redact(each.text.slice(0, 100)),
    description: t('line {0}', each.line + 1),
    detail: t(ignoredReasons[each.reason]),
    ignored: each,
  }));
  const chosen = await vscode.window.showQuickPick(items, {
    title: t('{0} not taken for record ids', ignored.length.toLocaleString()),
    placeHolder: t('Choose one to go to its line.'),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (!chosen || !uri) return false;
  const { text, line, offset } = chosen.ignored;
  await revealSource({ uri: uri.toString(), line, offset }, text);
  return true;
}
