/** The first line of a report: what was asked and found, in which account, and whether that is all. Everything else may be cut. */
import { recordGroups } from '../answer/recordGroups.ts';
import { type Answer, isPrimaryOnly, type RecordState } from '../domain/associations.ts';
import type { Failure } from '../domain/failure.ts';
import { isSameObjectType } from '../domain/objectTypes.ts';
import { bytesOf, quoted } from './quoting.ts';
import { failureReason, helpsAskingAgain, problemReason } from './reasons.ts';

/** The account that was asked. */
export interface ReportedAccount {
  readonly name: string;
  /** Such as "Production". */
  readonly environment?: string;
  readonly portalId?: string;
  /** HubSpot says that it is a sandbox, or an account for tests or developers. */
  readonly isTest?: boolean;
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
    apiWords(lookUp),
  ];
  return `${sourceWords(lookUp)}${parts.join('; ')}.`;
}

/** Said first: a number out of made-up records or of a sandbox must never be taken for one of the person's own business. */
export function sourceWords({ account, areForeign }: Pick<ReportedLookUp, 'account' | 'areForeign'>): string {
  if (account.isTest) return `${account.environment?.toUpperCase() ?? 'TEST ACCOUNT'}, not production: `;
  if (!account.isSample) return '';
  return areForeign
    ? 'SAMPLE DATA, which has none of these IDs, and HubSpot was not asked about them: '
    : 'SAMPLE DATA, made up, not from HubSpot: ';
}

/** "API v3". The sample data answers like it, but nobody may think that HubSpot did. */
export function apiWords({ account, answer }: Pick<ReportedLookUp, 'account' | 'answer'>): string {
  return account.isSample ? 'HubSpot was not asked' : `API ${answer.apiVersion}`;
}

/** "3 asked = 2 found + 1 none (no association, or no such record: not checked which) + 0 failed + 0 not read". */
export function equation(lookUp: Pick<ReportedLookUp, 'answer' | 'areForeign'>): string {
  const { asked, found, none, failed, notRead } = lookUp.answer.counts;
  const what = none > 0 ? ` (${noneWords(lookUp)})` : '';
  return `${asked} asked = ${found} found + ${none} none${what} + ${failed} failed + ${notRead} not read`;
}

/** What none may mean: never more than was read. */
function noneWords({ answer, areForeign }: Pick<ReportedLookUp, 'answer' | 'areForeign'>): string {
  if (areForeign) return 'not in the sample data, so nothing is known of them';
  const nothing = !isPrimaryOnly(answer.question)
    ? 'no association'
    : isSameObjectType(answer.question.to, 'companies')
      ? 'no primary company'
      : 'nothing whose primary company it is';
  return `${nothing}, or no such record: not checked which`;
}

/** "14 associations", or "at least 14 associations" where more may be there, or that nothing is known of them. */
export function associations(lookUp: Pick<ReportedLookUp, 'answer' | 'areForeign'>): string {
  const { counts, completeness } = lookUp.answer;
  const { associations: count, found, none } = counts;
  if (lookUp.areForeign || (completeness === 'incomplete' && found + none === 0)) return 'associations not known';
  const isAll = completeness === 'complete' && !isOfUser(lookUp.answer);
  // Two records may be associated with the same one: 80 associations are not 80 companies.
  const words = count === 1 ? '1 association' : `${count} associations (pairs of records)`;
  return `${isAll ? '' : 'at least '}${words}`;
}

/** The token may be a person's, who does not see every record. */
export function isOfUser({ notices }: Pick<Answer, 'notices'>): boolean {
  return notices.some(({ kind }) => kind === 'userToken');
}

/**
 * `account "Acme" (Production, portal 123)`. Somebody gave the account its name, and may have made it a verdict: it stands
 * here up to what could be read as one, and whole in the facts below, as a text of JSON.
 */
export function accountWords({ name, environment, portalId, isSample }: ReportedAccount): string {
  const more = [
    environment && quoted(environment, 30).slice(1, -1),
    portalId ? `portal ${quoted(portalId, 20).slice(1, -1)}` : !isSample && 'portal not known',
  ];
  const plain = (plainStart.exec(name)?.[0] ?? '').split(verdict, 1)[0] ?? '';
  const shown =
    plain === name ? quoted(name, 40) : `${quoted(`${plain.trim()}…`, 40)} with its whole name in the next line`;
  return `account ${shown} (${more.filter(Boolean).join(', ')})`;
}

const plainStart = /^[\p{L}\p{M}\p{N} .,:&'’()_/+-]+/u;
const verdict = /complete|associat|\b(?:asked|none|failed|read|system|instructions?|production)\b/i;

/** "COMPLETE", or "NOT COMPLETE:" with each reason and what can be done about it. */
export function completenessWords(lookUp: ReportedLookUp): string {
  const { answer, state, account } = lookUp;
  if (state === 'running') return 'NOT COMPLETE: still being read; ask for this same lookup again later';
  if (lookUp.areForeign) return 'NOT COMPLETE: to look these IDs up in HubSpot, a person has to choose an account';
  switch (answer.completeness) {
    case 'complete':
      if (isOfUser(answer)) return userWords(answer);
      return account.isSample
        ? 'COMPLETE within the sample data; to look these IDs up in HubSpot, a person has to choose an account'
        : 'COMPLETE: for every ID all associations were read';
    case 'primaryOnly':
      return `NOT COMPLETE: ${hiddenWords(answer)}`;
    case 'incomplete':
      return `NOT COMPLETE: ${[
        ...missingWords(lookUp),
        ...(isPrimaryOnly(answer.question) ? [hiddenWords(answer)] : []),
      ].join(' AND ')}`;
  }
}

const noRoom = 'for reasons that do not fit here';

/** A verdict with whole reasons, as many as there is room for. @param most bytes; the verdict itself stands in any case */
export function boundedVerdict(words: string, most: number): string {
  if (bytesOf(words) <= most) return words;
  const reasons = words.split(' AND ');
  for (let said = reasons.length - 1; said > 0; said--) {
    const some = `${reasons.slice(0, said).join(' AND ')} AND ${noRoom}`;
    if (bytesOf(some) <= most) return some;
  }
  const verdict = /^(?:NOT |NOT KNOWN TO BE )?COMPLETE(?: within the sample data)?/.exec(words)?.[0] ?? 'NOT COMPLETE';
  return verdict.startsWith('NOT') ? `${verdict} ${noRoom}` : verdict;
}

function userWords({ counts: { none } }: Answer): string {
  const hidden = none > 0 ? ', and a record with only such associations counts as none' : '';
  return `NOT KNOWN TO BE COMPLETE: all that the token's user may see was read; associations hidden from that user, if there are any, are not counted${hidden}; a person can add the token of a private app, which has no such limit`;
}

/** v3 hides what is associated with a company that is not the primary one: which end that is depends on which was asked. */
function hiddenWords({ question: { to }, counts: { asked } }: Answer): string {
  const what = isSameObjectType(to, 'companies')
    ? 'every company that is not the primary one of its record'
    : `every one of the ${to} whose primary company is another one`;
  return `API v3 hides ${what}; ask for ${asked === 1 ? 'it' : `all ${asked}`} again with apiVersion 2026-09`;
}

/** What is missing, most important first, each with how many records, why, and what helps. */
function missingWords({ answer, stopped }: ReportedLookUp): string[] {
  const { notRead, failed } = answer.counts;
  const stop = stopped && `stopped: ${failureReason(stopped)}`;
  // Where all are to be asked again under another version, one number is said, not two.
  const again = isPrimaryOnly(answer.question) ? '' : againWords(answer, stopped);
  return [
    ...(notRead > 0 ? [`${notRead} not read (${stop ?? why(answer, ['notRead'])}${again})`] : stop ? [stop] : []),
    ...(failed > 0
      ? [`${failed} failed (${why(answer, ['failed'])}; nothing is known of them, check these IDs and their type)`]
      : []),
    ...truncatedWords(answer),
    ...(answer.asked.isWhole ? [] : ['more records are to come']),
  ];
}

/** For how many of those that were not read it helps to ask again: never for what is no ID, which would be asked for ever. */
function againWords(answer: Answer, stopped: Failure | undefined): string {
  if (stopped && !helpsAskingAgain(stopped)) return '';
  let again = 0;
  for (const record of recordGroups(answer).first('notRead', Number.POSITIVE_INFINITY)) {
    const problem = answer.problem(record);
    if (problem === undefined || (problem.kind === 'notRead' && helpsAskingAgain(problem.failure))) again++;
  }
  if (again === 0) return '';
  return again === answer.counts.notRead ? '; ask again for these' : `; ask again for ${again} of these only`;
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
  return [
    ...(capped > 0
      ? [
          `${capped === 1 ? '1 record has' : `${capped} records have`} more associations than were read, because of the setting recordCap of ${answer.question.recordCap}; a person can press Get All for the rest`,
        ]
      : []),
    ...(others > 0
      ? [
          `${others === 1 ? '1 record' : `${others} records`} may have more associations than were read (${why(answer, ['found', 'none'])}; ask again for the rest)`,
        ]
      : []),
  ];
}

/** Reasons said; the rest stands in the rows. */
const mostReasons = 3;

/** "no answer in time", or with several reasons "2 no answer in time, 1 not a record ID". Of records without a problem nothing is missing. */
function why(answer: Answer, states: readonly RecordState[]): string {
  const counts = new Map<string, number>();
  let untold = 0;
  for (const state of states) {
    for (const { problem, records } of recordGroups(answer).reasons(state)) {
      if (problem === 'other') untold += records;
      else if (problem) counts.set(problemReason(problem), (counts.get(problemReason(problem)) ?? 0) + records);
    }
  }
  if (counts.size <= 1 && untold === 0) return [...counts.keys()][0] ?? 'no answer yet';
  const said = [...counts].map(([reason, records]) => `${records} ${reason}`);
  const others = [...counts.values()].slice(mostReasons).reduce((sum, records) => sum + records, untold);
  return [...said.slice(0, mostReasons), ...(others > 0 ? [`${others} for other reasons, see the rows`] : [])].join(
    ', ',
  );
}
