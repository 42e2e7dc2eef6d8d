/** What a panel says above its table about a look-up: why it stopped, and what has to be known before it is trusted. */
import * as vscode from 'vscode';
import { scopesForPair } from '../core/domain/objectTypes.ts';
import type { PanelNotice } from '../core/treaty/panelState.ts';
import { noticeButton } from '../editor/actionTitle.ts';
import { failureNotice, isCalmStop } from '../editor/failureNotice.ts';
import type { LookUpEntry } from '../lookUps/lookUpEntry.ts';
import { answerNotice } from './answerNotices.ts';
import { checkNotices } from './checkButtons.ts';
import { existenceCountWords } from './existence.ts';
import { existenceCounts } from './existenceCounts.ts';
import { incompleteNotices, readingNotices } from './incompleteNotices.ts';
import { notInSampleSentence } from './lookUpWords.ts';
import type { Names } from './recordNames.ts';
import { areForeignToSample } from './sampleIds.ts';

/** @param names says which records without association exist, where that was asked */
export function noticesOf(entry: LookUpEntry, names?: Names): PanelNotice[] {
  const isForeign = entry.state !== 'running' && areForeignToSample(entry);
  const notices: PanelNotice[] = isForeign ? [notInSampleNotice(entry)] : [];
  if (entry.stopped) {
    const { sentence, details, next } = failureNotice(
      entry.stopped,
      scopesForPair(entry.question.from, entry.question.to),
    );
    notices.push({
      id: 'stopped',
      severity: isCalmStop(entry.stopped) ? 'info' : 'error',
      sentence,
      details,
      // Resume stands beside the progress already.
      action: next === 'resume' ? undefined : noticeButton(next),
      otherAction: entry.stopped.kind === 'missingScopes' ? noticeButton('checkAgain') : undefined,
    });
  }
  const nobody =
    names && entry.state !== 'running' && entry.answer.counts.none > 0 && !isForeign && !entry.check
      ? [noneNotice(entry, names)]
      : [];
  return [
    ...notices,
    ...checkNotices(entry),
    ...incompleteNotices(entry),
    ...entry.answer.notices.map((notice) => answerNotice(notice, entry.question)),
    ...nobody,
    ...(names ? namesNotice(entry, names) : []),
    ...readingNotices(entry),
  ];
}

/** Somebody's own IDs were looked up in the sample account. */
function notInSampleNotice(entry: LookUpEntry): PanelNotice {
  return {
    id: 'notInSample',
    severity: 'warning',
    sentence: notInSampleSentence(entry),
    action: noticeButton('addAccount'),
  };
}

/** Names were asked for, and cannot be read. */
function namesNotice({ account, question }: LookUpEntry, names: Names): PanelNotice[] {
  if (!names.isOn) return [];
  const types = [...new Set([question.from, question.to])];
  const failed = types.find((type) => names.failureOf(account, type) !== undefined);
  const failure = failed === undefined ? undefined : names.failureOf(account, failed);
  if (failed === undefined || !failure) return [];
  const { sentence, details, next } = failureNotice(failure, scopesForPair(failed, failed));
  return [
    {
      id: 'names',
      severity: 'warning',
      sentence: names.isHalted(account, failed)
        ? vscode.l10n.t('Names could not be read. {0}', sentence)
        : vscode.l10n.t('Some names could not be read. {0}', sentence),
      details,
      action: noticeButton('retryNames'),
      otherAction: next === 'enterToken' ? noticeButton(next) : undefined,
    },
  ];
}

/** HubSpot says "no association" and "no such record" in the same way; a second read tells them apart. */
function noneNotice(entry: LookUpEntry, names: Names): PanelNotice {
  const { t } = vscode.l10n;
  const { none } = entry.answer.counts;
  const counts = existenceCounts(entry, names);
  if (counts === 'counting') {
    const sentence = t('{0} records without association. Which of them exist is being counted.', none.toLocaleString());
    return { id: 'none', severity: 'info', sentence };
  }
  if (counts) {
    const { archived, merged, missing } = counts.of;
    return {
      id: 'none',
      severity: archived + merged + missing > 0 ? 'warning' : 'info',
      sentence:
        none === 1
          ? t('1 record without association: {0}.', existenceCountWords(counts))
          : t('{0} records without association: {1}.', none.toLocaleString(), existenceCountWords(counts)),
      action: counts.unknown > 0 ? noticeButton('checkExistence') : undefined,
    };
  }
  return {
    id: 'none',
    severity: 'info',
    sentence:
      none === 1
        ? t("1 record has no association or does not exist: HubSpot doesn't distinguish the two.")
        : t(
            "{0} records have no association or do not exist: HubSpot doesn't distinguish the two.",
            none.toLocaleString(),
          ),
    action: noticeButton('checkExistence'),
  };
}
