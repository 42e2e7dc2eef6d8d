/** What can be done next about a check, and what is to be known of it. */
import * as vscode from 'vscode';
import type { Check } from '../core/expectation/check.ts';
import type { CheckSource } from '../core/expectation/storedCheck.ts';
import { recordBatchLimit } from '../core/hubspot/records.ts';
import type { NoticeButton, PanelNotice } from '../core/treaty/panelState.ts';
import { noticeButton } from '../editor/actionTitle.ts';
import { howMany } from '../editor/howMany.ts';
import { fileNameOf } from '../editor/said.ts';
import type { LookUpEntry } from '../lookUps/lookUpEntry.ts';

/** How many calls it takes to know of all records of missing pairs whether they exist. */
export function existenceCalls(check: Check): number {
  const { from, to } = check.existencesUnknown();
  return callsForRecords(from) + callsForRecords(to);
}

function callsForRecords(records: number): number {
  return Math.ceil(records / recordBatchLimit);
}

/** The buttons beside the equation of a check at rest. */
export function checkButtons({ check, state }: LookUpEntry): readonly NoticeButton[] {
  if (!check || state === 'running') return [];
  const { t } = vscode.l10n;
  const { expected, asExpected, missing } = check.counts;
  const calls = existenceCalls(check);
  return [
    ...(calls > 0
      ? [
          noticeButton(
            'checkPairsExist',
            calls === 1
              ? t('Check Which Records Exist (1 call)')
              : t('Check Which Records Exist ({0} calls)', calls.toLocaleString()),
          ),
        ]
      : []),
    ...(asExpected < expected ? [noticeButton('checkPairsAgain')] : []),
    ...(missing > 0 ? [noticeButton('exportMissingPairs')] : []),
    noticeButton('exportSignOff'),
  ];
}

/** What somebody who relies on a check has to know. */
export function checkNotices(entry: LookUpEntry): PanelNotice[] {
  const { check, checkSource, state, document } = entry;
  const { t } = vscode.l10n;
  if (checkSource && !check) {
    const file = document === '' ? t('the pairs') : fileNameOf(vscode.Uri.parse(document));
    return [
      {
        id: 'checkLost',
        severity: 'warning',
        sentence: t('What was expected could not be read back, so there are no verdicts. Check {0} again.', file),
      },
    ];
  }
  if (!check || state === 'running') return [];
  return [...allMissingNotice(check), ...partNotices(check, checkSource), ...changedNotice(entry)];
}

/** What of the source is not in the check. */
function partNotices({ expectation }: Check, source: CheckSource | undefined): PanelNotice[] {
  const { t } = vscode.l10n;
  const { trialOf, unconfirmedOf, rows, isPart } = source ?? {};
  const notices: PanelNotice[] = [];
  const add = (id: string, sentence: string) => notices.push({ id, severity: 'info', sentence });
  const count = expectation.length.toLocaleString();
  const without = rows?.withoutPair ?? 0;
  const partly = rows?.partly ?? 0;
  if (isPart) add('part', t('Only what was selected in the file was checked.'));
  if (trialOf !== undefined)
    add('trial', t('A trial: only the first {0} of {1} pairs were checked.', count, trialOf.toLocaleString()));
  if (unconfirmedOf !== undefined) {
    const all = howMany(unconfirmedOf, 'pairs');
    add('unconfirmed', t('Only what was not confirmed before was checked: {0} of {1}.', count, all));
  }
  if (without === 1) add('withoutPair', t('1 row of the file makes no pair, and is in no count.'));
  if (without > 1)
    add('withoutPair', t('{0} rows of the file make no pair, and are in no count.', without.toLocaleString()));
  if (partly === 1) add('partly', t('1 row with a pair also has a value that makes none. That value is in no count.'));
  if (partly > 1) {
    const sentence = t(
      '{0} rows with pairs also have values that make none. Those values are in no count.',
      partly.toLocaleString(),
    );
    add('partly', sentence);
  }
  return notices;
}

function changedNotice({ document, isFileChanged }: LookUpEntry): PanelNotice[] {
  if (!isFileChanged) return [];
  const { t } = vscode.l10n;
  const file = fileNameOf(vscode.Uri.parse(document));
  return [
    {
      id: 'fileChanged',
      severity: 'info',
      sentence: t(
        '{0} has changed since it was checked. The verdicts and line numbers are those of the file as it was.',
        file,
      ),
    },
  ];
}

function allMissingNotice(check: Check): PanelNotice[] {
  const { t } = vscode.l10n;
  if (!check.isAllMissing) return [];
  return [
    {
      id: 'allMissing',
      severity: 'warning',
      sentence: t(
        'Every pair is missing. Some associations are stored in one direction only: these may be in the other.',
      ),
      action: noticeButton('lookUpReverse', t('Check the Reverse Direction')),
    },
  ];
}
