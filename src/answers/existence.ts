/** Which of the records without association exist: asked, and said. */
import * as vscode from 'vscode';
import { scopesForPair } from '../core/domain/objectTypes.ts';
import { ShownRows } from '../core/rows/answerTable.ts';
import { Rows } from '../core/rows/rows.ts';
import { failureNotice } from '../editor/failureNotice.ts';
import { Turns } from '../editor/turns.ts';
import type { LookUpEntry } from '../lookUps/lookUpEntry.ts';
import type { ExistenceCounts } from './existenceCounts.ts';
import { readRecords } from './readingRecords.ts';
import type { Names } from './recordNames.ts';
import { withoutAssociation } from './unreadRecords.ts';

/** "19 exist, 1 archived, 2 merged into others, 7 no such record", without the parts that are zero. */
export function existenceCountWords({ of, unknown }: ExistenceCounts): string {
  const { t } = vscode.l10n;
  const [exists, archived, merged, missing, open] = [of.exists, of.archived, of.merged, of.missing, unknown].map(
    (count) => (count > 0 ? count.toLocaleString() : undefined),
  );
  return [
    exists && (of.exists === 1 ? t('1 exists') : t('{0} exist', exists)),
    archived && t('{0} archived', archived),
    merged && t('{0} merged into others', merged),
    missing && t('{0} no such record', missing),
    open && t('{0} not checked', open),
  ]
    .filter(Boolean)
    .join(', ');
}

/** Reads which of the records without association exist: HubSpot's associations say nothing of that. */
export async function checkExistence({ answer, account, question }: LookUpEntry, names: Names): Promise<void> {
  const unread = await new Turns().through(withoutAssociation(account, new ShownRows(new Rows(answer)), names));
  if (unread.length === 0) return;
  const failure = await readRecords(unread, names);
  if (failure && failure.kind !== 'cancelled') {
    const { sentence } = failureNotice(failure, scopesForPair(question.from, question.from));
    void vscode.window.showWarningMessage(
      vscode.l10n.t('Whether these records exist could not be read. {0}', sentence),
    );
  }
}
