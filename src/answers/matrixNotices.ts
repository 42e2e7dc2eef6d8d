/** What has to be known before a matrix is trusted: one notice for each cause, with the types that it is about. */
import * as vscode from 'vscode';
import type { Failure } from '../core/domain/failure.ts';
import { scopesForPair } from '../core/domain/objectTypes.ts';
import type { PanelNotice } from '../core/treaty/panelState.ts';
import { noticeButton } from '../editor/actionTitle.ts';
import { failureNotice, isCalmStop } from '../editor/failureNotice.ts';
import type { Matrix, MatrixMember } from './matrix.ts';
import { notAskedWords, unreadColumnSentence } from './matrixWords.ts';

/** More scopes than these are not named in one sentence. */
const mostScopes = 3;

export function matrixNotices({ members, held }: Matrix): PanelNotice[] {
  const { t } = vscode.l10n;
  const notices = stopNotices(members);
  const lost = members.filter(({ entry }) => !entry);
  if (lost.length > 0)
    notices.push({ id: 'lost', severity: 'warning', sentence: `${labels(lost)}: ${unreadColumnSentence()}` });
  const primaryOnly = members.filter(({ state }) => state() === 'primaryOnly');
  if (primaryOnly.length > 0)
    notices.push({
      id: 'primaryOnly',
      severity: 'info',
      sentence: t('{0}: v3 returns only primary companies, so there may be more.', labels(primaryOnly)),
      action: noticeButton('lookUpUnderDateVersion'),
    });
  const notAsked = notAskedWords(held.notAsked);
  if (notAsked !== undefined)
    notices.push({
      id: 'notAsked',
      severity: 'info',
      // The count decides only where the account has no records, and not where a scope is missing.
      sentence: held.notAsked.some((each) => each.notAsked === 'noRecords')
        ? t("{0}. HubSpot's count may lag behind.", notAsked)
        : `${notAsked}.`,
      action: noticeButton('askTheOthers', held.notAsked.length === 1 ? t('Ask It Too') : undefined),
    });
  return notices;
}

/** Columns that stopped for the same reason have one notice. */
function stopNotices(members: readonly MatrixMember[]): PanelNotice[] {
  const byKind = new Map<string, MatrixMember[]>();
  for (const member of members) {
    const { entry } = member;
    if (!entry?.stopped) continue;
    byKind.set(entry.stopped.kind, [...(byKind.get(entry.stopped.kind) ?? []), member]);
  }
  return [...byKind.values()].flatMap((stopped): PanelNotice[] => {
    const { stopped: failure, question } = stopped[0]!.entry!;
    if (!failure) return [];
    const scopes = stopped.length === 1 ? scopesForPair(question.from, question.to) : [];
    const { sentence, details, next } = failureNotice(ofAll(failure, stopped), scopes);
    return [
      {
        id: `stopped ${failure.kind}`,
        severity: isCalmStop(failure) ? 'info' : 'error',
        sentence: stopped.length === members.length ? sentence : `${labels(stopped)}: ${sentence}`,
        details,
        action: next === 'resume' ? undefined : noticeButton(next),
        otherAction: failure.kind === 'missingScopes' ? noticeButton('checkAgain') : undefined,
      },
    ];
  });
}

/** Each type may lack a scope of its own: names those of all of them, or none when they are many, which can still be copied. */
function ofAll(failure: Failure, members: readonly MatrixMember[]): Failure {
  if (failure.kind !== 'missingScopes') return failure;
  const stops = members.map(({ entry }) => entry?.stopped);
  const named = new Set(stops.flatMap((stop) => (stop?.kind === 'missingScopes' ? stop.anyOf : [])));
  return { ...failure, anyOf: named.size > mostScopes ? [] : [...named] };
}

/** "Tickets, Feedback submissions". */
function labels(members: readonly MatrixMember[]): string {
  return members.map(({ head }) => head).join(', ');
}
