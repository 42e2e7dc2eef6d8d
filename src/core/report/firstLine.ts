/** The first line of a report: what was asked and found, in which account, and whether that is all. Everything else may be cut. */
import { recordGroups } from '../answer/recordGroups.ts';
import { type Answer, isPrimaryOnly, type RecordState } from '../domain/associations.ts';
import type { Failure } from '../domain/failure.ts';
import { isSameObjectType } from '../domain/objectTypes.ts';
import { quoted } from './quoting.ts';
import { failureReason, problemReason } from './reasons.ts';

/** The account that was asked. */
export interface ReportedAccount {
  readonly name: string;
  /** Such as "Production". */
  readonly environment?: string;
  readonly portalId?: string;
  /** Made-up records; HubSpot was not asked. */
  readonly isSample: boolean;
}

export interface ReportedLookUp {
  readonly answer: Answer;
  readonly account: ReportedAccount;
  readonly state: 'running' | 'paused' | 'ended';
  readonly stopped: Failure | undefined;
  /** Of the sample account: none of these IDs is in it, so nothing is known of them. */
  readonly areForeign?: boolean;
}

export function firstLine(lookUp: ReportedLookUp): string {
  const { answer, account } = lookUp;
  const { from, to } = answer.question;
  // What follows the account's name can be made to look like anything: the verdict comes before it.
  const parts = [
    `${equation(lookUp)}; ${from} -> ${to}: ${associations(lookUp)}`,
    completenessWords(lookUp),
    accountWords(account),
    `API ${answer.apiVersion}`,
  ];
  return `${sampleWords(lookUp)}${parts.join('; ')}.`;
}

/** Said first: a number out of made-up records must never be taken for one of the person's own account. */
export function sampleWords({ account, areForeign }: Pick<ReportedLookUp, 'account' | 'areForeign'>): string {
  if (!account.isSample) return '';
  return areForeign
    ? 'SAMPLE DATA, and none of these IDs is in it, so HubSpot was never asked about them: '
    : 'SAMPLE DATA, made up, not from HubSpot: ';
}

/** "3 asked = 2 found + 1 none (no association, or no such record) + 0 failed + 0 not read". */
export function equation(lookUp: Pick<ReportedLookUp, 'answer' | 'areForeign'>): string {
  const { asked, found, none, failed, notRead } = lookUp.answer.counts;
  const what = none > 0 ? ` (${noneWords(lookUp)})` : '';
  return `${asked} asked = ${found} found + ${none} none${what} + ${failed} failed + ${notRead} not read`;
}

/** What none may mean: never more than was read. */
function noneWords({ answer, areForeign }: Pick<ReportedLookUp, 'answer' | 'areForeign'>): string {
  if (areForeign) return 'not in the sample data';
  if (!isPrimaryOnly(answer.question)) return 'no association, or no such record';
  return isSameObjectType(answer.question.to, 'companies')
    ? 'no primary company, or no such record'
    : 'nothing whose primary company it is, or no such record';
}

/** "14 associations", or "at least 14 associations" where more may be there, or that nothing is known of them. */
export function associations(lookUp: Pick<ReportedLookUp, 'answer' | 'areForeign'>): string {
  const { counts, completeness, notices } = lookUp.answer;
  const { associations: count, found, none } = counts;
  if (lookUp.areForeign || (completeness === 'incomplete' && found + none === 0)) return 'associations not known';
  const isAll = completeness === 'complete' && !notices.some(({ kind }) => kind === 'userToken');
  return `${isAll ? '' : 'at least '}${count} ${count === 1 ? 'association' : 'associations'}`;
}

/** `account "Acme" (Production, portal 123)`. */
export function accountWords({ name, environment, portalId, isSample }: ReportedAccount): string {
  const more = [
    environment && quoted(environment, 30).slice(1, -1),
    portalId ? `portal ${quoted(portalId, 20).slice(1, -1)}` : !isSample && 'portal not known',
  ];
  return `account ${quoted(name, 40)} (${more.filter(Boolean).join(', ')})`;
}

/** "COMPLETE", or "NOT COMPLETE:" and each reason. */
export function completenessWords(lookUp: ReportedLookUp): string {
  const { answer, state } = lookUp;
  const hidden =
    isPrimaryOnly(answer.question) || answer.completeness === 'primaryOnly' ? hiddenWords(answer) : undefined;
  if (state === 'running') return 'NOT COMPLETE: still being read, ask for this lookup again';
  if (lookUp.areForeign) return 'NOT COMPLETE: nothing is known of these IDs, HubSpot was never asked';
  switch (answer.completeness) {
    case 'complete':
      return answer.notices.some(({ kind }) => kind === 'userToken')
        ? "COMPLETE for what the token's user may see: what is hidden from them is missing here, and a record with nothing else counts as none"
        : 'COMPLETE: every record was read to its end';
    case 'primaryOnly':
      return `COMPLETE ONLY FOR PRIMARY COMPANIES: ${hidden}`;
    case 'incomplete':
      return `NOT COMPLETE: ${[...missingWords(lookUp), ...(hidden ? [hidden] : [])].join(' AND ')}`;
  }
}

/** v3 hides what is associated with a company that is not the primary one: which end that is depends on which was asked. */
function hiddenWords({ question: { to } }: Answer): string {
  const what = isSameObjectType(to, 'companies')
    ? 'companies that are not the primary one of a record'
    : 'records whose primary company is another one';
  return `v3 hides ${what}; ask with apiVersion 2026-09 for all`;
}

/** What is missing, most important first, each with how many records and why. */
function missingWords({ answer, stopped }: ReportedLookUp): string[] {
  const { notRead, failed } = answer.counts;
  const stop = stopped && `stopped: ${failureReason(stopped)}`;
  return [
    ...(notRead > 0 ? [`${notRead} not read (${stop ?? why(answer, ['notRead'])})`] : stop ? [stop] : []),
    ...(failed > 0 ? [`${failed} failed (${why(answer, ['failed'])})`] : []),
    ...truncatedWords(answer),
    ...(answer.asked.isWhole ? [] : ['more records are to come']),
  ];
}

/** Records cut by the cap on purpose, and those that could not be read to their end. */
function truncatedWords(answer: Answer): string[] {
  const { truncated } = answer.counts;
  if (truncated === 0) return [];
  const groups = recordGroups(answer);
  let capped = 0;
  for (const record of groups.first('found', Number.POSITIVE_INFINITY)) {
    if (answer.truncation(record) === 'cap') capped++;
  }
  const others = truncated - capped;
  const have = (count: number) => (count === 1 ? '1 record has' : `${count} records have`);
  return [
    ...(capped > 0
      ? [
          `${have(capped)} more associations than the ${answer.question.recordCap} that were read of ${capped === 1 ? 'it' : 'each'}`,
        ]
      : []),
    ...(others > 0 ? [`${have(others)} more associations than were read (${why(answer, ['found', 'none'])})`] : []),
  ];
}

/** Reasons said; the rest stands in the rows. */
const mostReasons = 2;

/** Records without a problem are not meant: of those nothing is missing, or it is said otherwise. */
function why(answer: Answer, states: readonly RecordState[]): string {
  const reasons = new Set<string>();
  for (const state of states) {
    for (const { problem } of recordGroups(answer).reasons(state)) if (problem) reasons.add(problemReason(problem));
  }
  const all = [...reasons];
  const more = all.length - mostReasons;
  const rest = more > 0 ? [`and ${more} more ${more === 1 ? 'reason' : 'reasons'}`] : [];
  return [...all.slice(0, mostReasons), ...rest].join(', ') || 'no answer yet';
}
