/** What keeps an answer from being complete, and what its reading left out: each with how many records and one next step. */
import * as vscode from 'vscode';
import { recordGroups } from '../core/answer/recordGroups.ts';
import type { Answer, RecordState } from '../core/domain/associations.ts';
import type { RecordProblem } from '../core/domain/failure.ts';
import type { PanelNotice } from '../core/treaty/panelState.ts';
import { noticeButton } from '../editor/actionTitle.ts';
import { problemSentence } from '../editor/failureNotice.ts';
import type { LookUpEntry } from '../lookUps/lookUpEntry.ts';
import { areForeignToSample } from './sampleIds.ts';

/** Reasons said one by one; further ones stand in the table. */
const mostReasons = 3;

/** Empty while a look-up runs: what is not read yet is no loss. */
export function incompleteNotices(entry: LookUpEntry): PanelNotice[] {
  if (entry.state === 'running') return [];
  return [
    ...reasonNotices(entry, 'notRead'),
    ...refusedNotice(entry),
    ...reasonNotices(entry, 'failed'),
    ...truncatedNotices(entry),
  ];
}

/** What the user may want to know of a complete answer too. */
export function readingNotices(entry: LookUpEntry): PanelNotice[] {
  const { t } = vscode.l10n;
  const notices: PanelNotice[] = [];
  const ignored = entry.read?.reading.ignored.length ?? 0;
  if (ignored > 0) {
    notices.push({
      id: 'ignored',
      severity: 'info',
      sentence: t('{0} used, {1} ignored.', entry.answer.asked.length.toLocaleString(), ignored.toLocaleString()),
      action: noticeButton('showIgnored'),
    });
  }
  const { asked, none } = entry.answer.counts;
  const isSaidOfPairs = entry.check?.isAllMissing === true;
  if (entry.state === 'ended' && asked > 0 && none === asked && !isSaidOfPairs && !areForeignToSample(entry)) {
    notices.push({
      id: 'nothingFound',
      severity: 'info',
      sentence: t('None of these records has an association. They may be of another object type.'),
      action: noticeButton('lookUpReverse'),
      otherAction: noticeButton('checkOtherType'),
    });
  }
  if (entry.notKept !== undefined) {
    notices.push({
      id: 'notKept',
      severity: 'warning',
      sentence: t('This lookup will be lost on reload: it could not be saved.'),
      details: entry.notKept,
    });
  }
  return notices;
}

/** The records in sight in a sentence, and those in its details. */
const inSentence = 3;
const inDetails = 100;

function isOfRefusedId(problem: RecordProblem): boolean {
  return problem.kind === 'hubSpotError' && problem.httpStatus !== undefined;
}

function* refusedIds(answer: Answer) {
  for (const record of recordGroups(answer).first('failed', Number.POSITIVE_INFINITY)) {
    const problem = answer.problem(record);
    if (problem && isOfRefusedId(problem)) yield { record, problem };
  }
}

/** Which ids HubSpot refuses: each of them made whole batches fail until it was found and left out. */
function refusedNotice({ answer }: LookUpEntry): PanelNotice[] {
  const { t } = vscode.l10n;
  const ids: string[] = [];
  let count = 0;
  let first: RecordProblem | undefined;
  for (const { record, problem } of refusedIds(answer)) {
    first ??= problem;
    if (count++ < inDetails) ids.push(answer.recordId(record));
  }
  if (!first) return [];
  const some = ids.slice(0, inSentence).join(', ');
  const more = count - Math.min(count, inSentence);
  return [
    {
      id: 'refusedIds',
      severity: 'warning',
      sentence:
        count === 1
          ? t('HubSpot refuses every request with this ID, so it was left out: {0}.', some)
          : more === 0
            ? t('HubSpot refuses every request with these {0} IDs, so they were left out: {1}.', count, some)
            : t(
                'HubSpot refuses every request with {0} IDs, so they were left out: {1} and {2} more.',
                count.toLocaleString(),
                some,
                more.toLocaleString(),
              ),
      details: [problemSentence(first), ids.join(', ')].join('\n'),
    },
  ];
}

function reasonNotices(entry: LookUpEntry, state: Extract<RecordState, 'notRead' | 'failed'>): PanelNotice[] {
  const { t } = vscode.l10n;
  const bySentence = new Map<string, number>();
  let refused = state === 'failed' ? [...refusedIds(entry.answer)].length : 0;
  for (const { problem, records } of recordGroups(entry.answer).reasons(state)) {
    if (problem === 'other' && records > refused) bySentence.set(t('See the table.'), records - refused);
    if (!problem || problem === 'other') continue;
    if (isOfRefusedId(problem)) {
      refused -= records;
      continue;
    }
    // The notice about the stop says it already.
    if (problem.kind === 'notRead' && problem.failure.kind === entry.stopped?.kind) continue;
    const sentence = problemSentence(problem);
    bySentence.set(sentence, (bySentence.get(sentence) ?? 0) + records);
  }
  return [...bySentence].slice(0, mostReasons).map(([sentence, records]) => {
    const count = records.toLocaleString();
    return {
      id: `${state} ${sentence}`,
      severity: 'warning',
      sentence: state === 'notRead' ? t('{0} not read: {1}', count, sentence) : t('{0} failed: {1}', count, sentence),
      action:
        state === 'notRead' ? noticeButton('resume', records === 1 ? t('Retry This') : t('Retry These')) : undefined,
    };
  });
}

function truncatedNotices({ answer, question }: LookUpEntry): PanelNotice[] {
  const { t } = vscode.l10n;
  const { truncated } = answer.counts;
  if (truncated === 0) return [];
  let capped = 0;
  for (const record of recordGroups(answer).first('found', Number.POSITIVE_INFINITY)) {
    if (answer.truncation(record) === 'cap') capped++;
  }
  const notices: PanelNotice[] = [];
  if (capped > 0) {
    const cap = (question.recordCap ?? Number.POSITIVE_INFINITY).toLocaleString();
    notices.push({
      id: 'capped',
      severity: 'warning',
      sentence:
        capped === 1
          ? t('1 record has more associations than the limit of {0}. The rest were not read.', cap)
          : t(
              '{0} records have more associations than the limit of {1}. The rest were not read.',
              capped.toLocaleString(),
              cap,
            ),
      action: noticeButton('readAll'),
    });
  }
  if (truncated > capped) {
    const reasons = truncationReasons(answer);
    const cut = truncated - capped;
    notices.push({
      id: 'truncated',
      severity: 'warning',
      sentence:
        cut === 1
          ? t('1 record may have more associations than were read.')
          : t('{0} records may have more associations than were read.', cut.toLocaleString()),
      details: reasons || undefined,
      action: noticeButton('resume', t('Read the Rest')),
    });
  }
  return notices;
}

/** Why records are not read to the end, a line for each reason. */
function truncationReasons(answer: Answer): string {
  const sentences = new Map<string, number>();
  for (const state of ['found', 'none'] as const) {
    for (const { problem, records } of recordGroups(answer).reasons(state)) {
      if (!problem) continue;
      const sentence = problem === 'other' ? vscode.l10n.t('See the table.') : problemSentence(problem);
      sentences.set(sentence, (sentences.get(sentence) ?? 0) + records);
    }
  }
  return [...sentences].map(([sentence, records]) => `${records.toLocaleString()}: ${sentence}`).join('\n');
}
