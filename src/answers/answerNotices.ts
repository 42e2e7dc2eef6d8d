/** What an Answer itself has to tell beside its rows, in sentences. */
import * as vscode from 'vscode';
import type { Notice, Question } from '../core/domain/associations.ts';
import { isSameObjectType } from '../core/domain/objectTypes.ts';
import { plainPart } from '../core/text/plainText.ts';
import type { PanelNotice } from '../core/treaty/panelState.ts';
import { noticeButton } from '../editor/actionTitle.ts';
import { problemSentence } from '../editor/failureNotice.ts';
import { howMany } from '../editor/howMany.ts';

const said: {
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
    sentence:
      notice.count === 1
        ? vscode.l10n.t('HubSpot also answered for 1 ID that was not asked for. It is not in this answer.')
        : vscode.l10n.t(
            'HubSpot also answered for {0} IDs that were not asked for. They are not in this answer.',
            notice.count.toLocaleString(),
          ),
    details: notice.ids.map(plainPart).join(', '),
  }),
  resultAndError: (notice) => ({
    id: notice.kind,
    severity: 'warning',
    sentence: vscode.l10n.t(
      'HubSpot gave both associations and an error for {0}. The associations are in this answer.',
      howMany(notice.count, 'records'),
    ),
    details: notice.ids.map(plainPart).join(', '),
  }),
  twoCursors: (notice) => ({
    id: notice.kind,
    severity: 'warning',
    sentence: vscode.l10n.t(
      'HubSpot sent {0} twice with different next pages. The associations it sent are in this answer.',
      howMany(notice.count, 'records'),
    ),
    details: notice.ids.join(', '),
  }),
  errorCountDisagrees: (notice) => ({
    id: `${notice.kind} ${notice.said} ${notice.listed}`,
    severity: 'warning',
    sentence: vscode.l10n.t(
      'HubSpot counted {0} and listed {1}.',
      howMany(notice.said, 'errors'),
      notice.listed.toLocaleString(),
    ),
  }),
  batchStatus: (notice) => ({
    id: `${notice.kind} ${notice.status}`,
    severity: 'warning',
    sentence: vscode.l10n.t(
      'HubSpot ended {0} as {1}, not as COMPLETE. Everything received so far is kept.',
      howMany(notice.batches, 'batches'),
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

/** @param question what was asked: where v3 tells only a part, it depends on the object types which part that is */
export function answerNotice(notice: Notice, question: Question): PanelNotice {
  // The table has for each kind a function that takes just that kind.
  const say = said[notice.kind] as (notice: Notice, question: Question) => PanelNotice;
  return say(notice, question);
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
