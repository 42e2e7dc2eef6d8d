/** What a panel shows above its table: the look-up's state and notices in words. */
import * as vscode from 'vscode';
import { environmentWords } from '../accounts.ts';
import type { AnswerTable } from '../core/answerTable.ts';
import type { Notice } from '../core/associations.ts';
import { scopesForPair } from '../core/objectTypes.ts';
import type { PanelAction, PanelNotice, PanelProgress, PanelState } from '../core/panelMessages.ts';
import { type PanelWord, panelWords } from '../core/panelWords.ts';
import { failureNotice, type NextStep, problemSentence } from '../failureNotice.ts';
import type { LookUpEntry } from '../lookUps.ts';
import type { ObjectTypeCatalog } from '../objectTypeCatalog.ts';
import { lookUpTitle, waitingSentence } from '../words.ts';

export function panelState(entry: LookUpEntry, table: AnswerTable, catalog: ObjectTypeCatalog): PanelState {
  const { account, question } = entry;
  return {
    kind: 'state',
    title: lookUpTitle(entry, catalog),
    from: catalog.find(question.from, account).label,
    to: catalog.find(question.to, account).label,
    account: { name: account.name, environment: environmentWords(account) ?? '' },
    startedAt: entry.startedAt.getTime(),
    progress: progressOf(entry),
    notices: noticesOf(entry),
    names: 'unavailable',
    words: translatedWords(),
    facts: table.facts(),
  };
}

function progressOf({ state, progress }: LookUpEntry): PanelProgress {
  const calls = { done: progress?.calls.done ?? 0, ...(progress ? { of: progress.calls.planned } : {}) };
  if (state === 'running') {
    const waiting = progress?.waiting;
    return waiting
      ? { kind: 'waiting', ...calls, reason: waitingSentence(waiting.reason), until: waiting.until }
      : { kind: 'running', ...calls };
  }
  return state === 'paused' ? { kind: 'paused', ...calls } : { kind: 'idle' };
}

function noticesOf(entry: LookUpEntry): PanelNotice[] {
  const notices: PanelNotice[] = [];
  if (entry.stopped) {
    const { sentence, details, next } = failureNotice(
      entry.stopped,
      scopesForPair(entry.question.from, entry.question.to),
    );
    notices.push({
      id: 'stopped',
      severity: entry.stopped.kind === 'cancelled' ? 'info' : 'error',
      sentence,
      ...(details ? { details } : {}),
      action: stepAction(next),
    });
  }
  return [...notices, ...entry.answer.notices.map(noticeWords)];
}

/** The button for a failure's next step. */
function stepAction(next: NextStep): { action: PanelAction; title: string } {
  const { t } = vscode.l10n;
  switch (next) {
    case 'resume':
      return { action: 'resume', title: t('Resume') };
    case 'enterToken':
      return { action: 'enterToken', title: t('Enter New Token') };
    case 'copyScopes':
      return { action: 'copyScopes', title: t('Copy Scopes') };
    case 'checkObjectTypes':
      return { action: 'chooseObjectType', title: t('Choose Object Types') };
    case 'openProxySettings':
      return { action: 'openSettings', title: t('Open Settings') };
    case 'getAll':
      return { action: 'readAll', title: t('Get All') };
    case 'showLog':
      return { action: 'showLog', title: t('Show Log') };
  }
}

function noticeWords(notice: Notice): PanelNotice {
  const { t } = vscode.l10n;
  switch (notice.kind) {
    case 'primaryCompanyOnly':
      return {
        id: notice.kind,
        severity: 'info',
        sentence: t('v3 returns only the primary company of a record. Other companies are not in this answer.'),
        action: { action: 'lookUpUnderDateVersion', title: t('Look Up Under 2026-09') },
      };
    case 'unaskedIds':
      return {
        id: notice.kind,
        severity: 'warning',
        sentence: t(
          'HubSpot also answered for {0} ids that were not asked. They are not in this answer.',
          notice.count,
        ),
        details: notice.ids.join(', '),
      };
    case 'resultAndError':
      return {
        id: notice.kind,
        severity: 'warning',
        sentence: t(
          'HubSpot gave both associations and an error for {0} records. The associations are in this answer.',
          notice.count,
        ),
        details: notice.ids.join(', '),
      };
    case 'errorCountDisagrees':
      return {
        id: `${notice.kind} ${notice.said} ${notice.listed}`,
        severity: 'warning',
        sentence: t('HubSpot counted {0} errors and listed {1}.', notice.said, notice.listed),
      };
    case 'batchStatus':
      return {
        id: `${notice.kind} ${notice.status}`,
        severity: 'warning',
        sentence: t(
          'HubSpot ended {0} batches as {1}, not as COMPLETE. What they brought is kept.',
          notice.batches,
          notice.status,
        ),
        action: { action: 'resume', title: t('Read the Rest') },
      };
    case 'errorWithoutRecord':
      return {
        id: notice.kind,
        severity: 'warning',
        sentence: t('HubSpot reported an error without saying for which record.'),
        details: problemSentence(notice.problem),
      };
  }
}

/** The page's own words in the reader's language; l10n needs each as a literal somewhere, which the bundle test checks. */
function translatedWords(): Record<string, string> {
  return Object.fromEntries(
    (Object.entries(panelWords) as [PanelWord, string][]).map(([word, english]) => [word, vscode.l10n.t(english)]),
  );
}
