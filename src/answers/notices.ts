/** What a panel says above its table about a look-up: why it stopped, and what has to be known before it is trusted. */
import * as vscode from 'vscode';
import type { Notice, Question } from '../core/domain/associations.ts';
import { isSameObjectType, scopesForPair } from '../core/domain/objectTypes.ts';
import { plainPart } from '../core/text/plainText.ts';
import type { PanelNotice } from '../core/treaty/panelMessages.ts';
import { noticeButton } from '../editor/actionTitle.ts';
import { failureNotice, problemSentence } from '../editor/failureNotice.ts';
import type { LookUpEntry } from '../lookUps/lookUpEntry.ts';
import { existenceCounts, existenceCountWords } from './existence.ts';
import { incompleteNotices, readingNotices } from './incompleteNotices.ts';
import type { Names } from './recordNames.ts';

/** @param names says which records without association exist, where that was asked */
export function noticesOf(entry: LookUpEntry, names?: Names): PanelNotice[] {
  const notices: PanelNotice[] = [];
  if (entry.stopped) {
    const { sentence, details, next } = failureNotice(
      entry.stopped,
      scopesForPair(entry.question.from, entry.question.to),
    );
    notices.push({
      id: 'stopped',
      severity: ['cancelled', 'interrupted', 'openElsewhere'].includes(entry.stopped.kind) ? 'info' : 'error',
      sentence,
      details,
      // Resume stands beside the progress already.
      action: next === 'resume' ? undefined : noticeButton(next),
      otherAction: entry.stopped.kind === 'missingScopes' ? noticeButton('checkAgain') : undefined,
    });
  }
  const nobody = names && entry.state !== 'running' && entry.answer.counts.none > 0 ? [noneNotice(entry, names)] : [];
  return [
    ...notices,
    ...incompleteNotices(entry),
    ...entry.answer.notices.map((notice) => noticeWords(notice, entry.question)),
    ...nobody,
    ...(names ? namesNotice(entry, names) : []),
    ...readingNotices(entry),
  ];
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
      sentence: vscode.l10n.t('Names could not be read. {0}', sentence),
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
  if (counts) {
    const { archived, merged, missing } = counts.of;
    return {
      id: 'none',
      severity: archived + merged + missing > 0 ? 'warning' : 'info',
      sentence:
        none === 1
          ? t('1 record without association: {0}.', existenceCountWords(counts))
          : t('{0} records without association: {1}.', none.toLocaleString(), existenceCountWords(counts)),
      action: counts.unknown > 0 ? noticeButton('checkExistence', t('Check the Rest')) : undefined,
    };
  }
  return {
    id: 'none',
    severity: 'info',
    sentence:
      none === 1
        ? t('1 record has no association or does not exist: HubSpot says both in the same way.')
        : t(
            '{0} records have no association or do not exist: HubSpot says both in the same way.',
            none.toLocaleString(),
          ),
    action: noticeButton('checkExistence'),
  };
}

/** v3 hides what is associated with a company that is not the primary one. Which end is missing depends on which was asked. */
function primaryOnlySentence({ to }: Question): string {
  const { t } = vscode.l10n;
  if (isSameObjectType(to, 'companies')) {
    return t('v3 returns only the primary company of a record. Other companies are not in this answer.');
  }
  if (isSameObjectType(to, 'contacts')) {
    return t(
      'v3 may return only the contacts whose primary company was asked. Contacts with another primary company may be missing from this answer.',
    );
  }
  return t(
    'v3 may return only the records whose primary company was asked. Records with another primary company may be missing from this answer.',
  );
}

/** What is said of each notice. */
const notices: {
  readonly [Kind in Notice['kind']]: (notice: Extract<Notice, { kind: Kind }>, question: Question) => PanelNotice;
} = {
  primaryCompanyOnly: (notice, question) => ({
    id: notice.kind,
    severity: 'info',
    sentence: primaryOnlySentence(question),
    action: noticeButton('lookUpUnderDateVersion'),
  }),
  userToken: (notice) => ({
    id: notice.kind,
    severity: 'info',
    sentence: vscode.l10n.t(
      "This is what the token's user may see: the token may belong to a user, and what they cannot see counts as no association.",
    ),
  }),
  unaskedIds: (notice) => ({
    id: notice.kind,
    severity: 'warning',
    sentence: vscode.l10n.t(
      'HubSpot also answered for {0} ids that were not asked. They are not in this answer.',
      notice.count,
    ),
    details: notice.ids.map(plainPart).join(', '),
  }),
  resultAndError: (notice) => ({
    id: notice.kind,
    severity: 'warning',
    sentence: vscode.l10n.t(
      'HubSpot gave both associations and an error for {0} records. The associations are in this answer.',
      notice.count,
    ),
    details: notice.ids.map(plainPart).join(', '),
  }),
  twoCursors: (notice) => ({
    id: notice.kind,
    severity: 'warning',
    sentence: vscode.l10n.t(
      'HubSpot sent {0} records twice with different next pages. The associations it sent are in this answer.',
      notice.count,
    ),
    details: notice.ids.join(', '),
  }),
  errorCountDisagrees: (notice) => ({
    id: `${notice.kind} ${notice.said} ${notice.listed}`,
    severity: 'warning',
    sentence: vscode.l10n.t('HubSpot counted {0} errors and listed {1}.', notice.said, notice.listed),
  }),
  batchStatus: (notice) => ({
    id: `${notice.kind} ${notice.status}`,
    severity: 'warning',
    sentence: vscode.l10n.t(
      'HubSpot ended {0} batches as {1}, not as COMPLETE. What they brought is kept.',
      notice.batches,
      notice.status,
    ),
    action: noticeButton('resume', vscode.l10n.t('Read the Rest')),
  }),
  errorWithoutRecord: (notice) => ({
    id: notice.kind,
    severity: 'warning',
    sentence: vscode.l10n.t('HubSpot reported an error without saying for which record.'),
    details: problemSentence(notice.problem),
  }),
};

function noticeWords(notice: Notice, question: Question): PanelNotice {
  // The table has for each kind a function that takes just that kind.
  const say = notices[notice.kind] as (notice: Notice, question: Question) => PanelNotice;
  return say(notice, question);
}
