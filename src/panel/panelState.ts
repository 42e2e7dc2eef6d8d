/** What a panel shows above its table: the look-up's state and notices in words. */
import * as vscode from 'vscode';
import { environmentWords } from '../accounts/accountWords.ts';
import type { ObjectTypeCatalog } from '../accounts/objectTypeCatalog.ts';
import { checkButtons } from '../answers/checkButtons.ts';
import { lookUpTitle, millisecondsLeft, waitingSentence } from '../answers/lookUpWords.ts';
import { noticesOf } from '../answers/notices.ts';
import type { Names } from '../answers/recordNames.ts';
import type { AnswerTable } from '../core/rows/answerTable.ts';
import type { CountsByKey, ValueCounts } from '../core/rows/valueCounts.ts';
import type { PanelProgress, PanelState, TableColumn, TableFacts } from '../core/treaty/panelState.ts';
import { type PanelWord, panelWords } from '../core/treaty/panelWords.ts';
import { isCalmStop } from '../editor/failureNotice.ts';
import type { LookUpEntry } from '../lookUps/lookUpEntry.ts';
import type { Counted } from './panelSubject.ts';

export function panelState(
  entry: LookUpEntry,
  table: AnswerTable,
  { unread, values }: Counted,
  { catalog, names }: { readonly catalog: ObjectTypeCatalog; readonly names: Names },
): PanelState {
  const { account, question } = entry;
  return {
    kind: 'state',
    title: lookUpTitle(entry, catalog),
    from: catalog.find(question.from, account).label,
    to: catalog.find(question.to, account).label,
    account: { name: account.name, environment: environmentWords(account) ?? '' },
    startedAt: entry.startedAt.getTime(),
    progress: progressOf(entry),
    notices: noticesOf(entry, names),
    checkButtons: [...checkButtons(entry)],
    names: names.state(account, [question.from, question.to]),
    ...(names.columns.chosen(entry).length > 0 && { properties: names.columns.keys(entry) }),
    ...unread,
    words: translatedWords(),
    facts: withCounts(table.facts(), values),
  };
}

/** Headings tell how many records have what in the columns of properties. */
export function withCounts(facts: TableFacts, values: CountsByKey): TableFacts {
  return { ...facts, columns: facts.columns.map((column) => countedColumn(column, values.get(column.key))) };
}

function countedColumn(column: TableColumn, counts: ValueCounts | undefined): TableColumn {
  if (!counts) return column;
  const { t } = vscode.l10n;
  const words = t(
    'With a value: {0} · Without: {1} · Record gone: {2}',
    counts.value.toLocaleString(),
    counts.unset.toLocaleString(),
    counts.gone.toLocaleString(),
  );
  return { ...column, unread: counts.notRead, tooltip: [column.tooltip, words].filter(Boolean).join('\n') };
}

function progressOf({ state, progress, stopped }: LookUpEntry): PanelProgress {
  const { done = 0, planned, isEstimate = false } = progress?.calls ?? {};
  const calls = { done, of: planned, estimate: isEstimate };
  if (state === 'running') {
    const waiting = progress?.waiting;
    return waiting
      ? { kind: 'waiting', ...calls, reason: waitingSentence(waiting.reason), left: millisecondsLeft(waiting) }
      : { kind: 'running', ...calls };
  }
  if (state !== 'paused') return { kind: 'idle' };
  const isSaid = stopped && stopped.kind !== 'newToken' && isCalmStop(stopped);
  const isKept = calls.done > 0 && stopped?.kind !== 'lostOnDisk';
  const sentence = isKept && !isSaid ? vscode.l10n.t('Everything received so far is kept.') : undefined;
  return { kind: 'paused', ...calls, sentence };
}

/** The page's own words in the reader's language; l10n needs each as a literal somewhere, which the bundle test checks. */
export function translatedWords(): Record<string, string> {
  return Object.fromEntries(
    (Object.keys(panelWords) as PanelWord[]).map((word) => [word, vscode.l10n.t(panelWords[word])]),
  );
}
