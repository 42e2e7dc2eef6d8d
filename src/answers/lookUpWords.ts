/** The sentences in which tree, panel and messages speak of a look-up, so that they say the same. */
import * as vscode from 'vscode';
import type { ObjectTypeCatalog } from '../accounts/objectTypeCatalog.ts';
import type { RecordState } from '../core/domain/associations.ts';
import type { Existence } from '../core/domain/cell.ts';
import type { MemberSummary } from '../core/domain/group.ts';
import { scopesForPair } from '../core/domain/objectTypes.ts';
import type { Waiting } from '../core/hubspot/limiter.ts';
import { systemClock } from '../core/hubspot/machineClock.ts';
import type { PlannedCalls } from '../core/lookUp/run.ts';
import { plainPart } from '../core/text/plainText.ts';
import { failureNotice } from '../editor/failureNotice.ts';
import { howMany } from '../editor/howMany.ts';
import type { ListedLookUp } from '../lookUps/lookUpEntry.ts';
import type { HeldGroup } from '../lookUps/lookUpGroups.ts';
import type { Differences } from './lookUpDifferences.ts';

/** "Deals → Companies", or the name the user gave. */
export function lookUpTitle(entry: ListedLookUp, types: ObjectTypeCatalog): string {
  const label = (name: string) => types.find(name, entry.account).pluralLabel;
  return entry.name ?? `${label(entry.question.from)} → ${label(entry.question.to)}`;
}

/** So many object types are named; more are counted. */
const mostNamed = 3;

/** "Deals, Contacts → Companies", "Deals → 12 types", or the name the user gave. Types that were not asked are in neither. */
export function groupName({ name, group, members }: HeldGroup, types: ObjectTypeCatalog): string {
  const account = members[0]?.account;
  const asked = group.members.filter((member) => 'lookUp' in member);
  const labels = (end: 'from' | 'to') => {
    const all = asked.map((member) => (account ? types.find(member[end], account).pluralLabel : member[end]));
    const distinct = [...new Set(all)];
    return distinct.length > mostNamed ? vscode.l10n.t('{0} types', distinct.length) : distinct.join(', ');
  };
  return name ?? `${labels('from')} → ${labels('to')}`;
}

/** What is told of a look-up, or of several that are held together. */
type Told = Pick<ListedLookUp, 'state'> & { readonly summary: MemberSummary };

/** "312 asked = 283 found + 26 none + 1 failed + 2 not read, incomplete". */
export function lookUpCounts(entry: Told): string {
  const { asked, found, none, failed, notRead } = entry.summary.counts;
  const [a, f, n, x, r] = [asked, found, none, failed, notRead].map((count) => count.toLocaleString());
  const sum = vscode.l10n.t('{0} asked = {1} found + {2} none + {3} failed + {4} not read', a!, f!, n!, x!, r!);
  return `${sum}, ${completeness(entry)}`;
}

/** The same for a narrow place, what was not found first: "2 not read, 26 none of 312", "312 of 312 found". */
export function shortCounts(entry: Pick<Told, 'summary'>): string {
  const { t } = vscode.l10n;
  const { asked, none, failed, notRead } = entry.summary.counts;
  const exceptions = [
    notRead > 0 ? t('{0} not read', notRead.toLocaleString()) : '',
    failed > 0 ? t('{0} failed', failed.toLocaleString()) : '',
    none > 0 ? t('{0} none', none.toLocaleString()) : '',
  ].filter((part) => part !== '');
  const all = asked.toLocaleString();
  return exceptions.length > 0 ? t('{0} of {1}', exceptions.join(', '), all) : t('{0} of {0} found', all);
}

/** What tells a look-up from the others of its title, in words that can stand beside it: "v3", "deals.csv", "10:42 AM". */
export function differenceWords(
  { startedAt }: ListedLookUp,
  { version, file, time }: Differences,
): { readonly what: readonly string[]; readonly moment: string | undefined } {
  return {
    what: [version, file && plainPart(file)].flatMap((word) => word || []),
    moment: time === 'no' ? undefined : momentWords(startedAt, time === 'seconds'),
  };
}

/** The time of day, to the minute or to the second, with the date when it was not today. */
export function momentWords(then: Date, withSeconds = false): string {
  const time = formatOf(withSeconds ? 'seconds' : 'minutes').format(then);
  if (then.toDateString() === new Date().toDateString()) return time;
  return `${formatOf('day').format(then)} ${time}`;
}

const momentForms = {
  minutes: { hour: '2-digit', minute: '2-digit' },
  seconds: { hour: '2-digit', minute: '2-digit', second: '2-digit' },
  day: { dateStyle: 'medium' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

/** Kept, since to make one takes a tenth of a millisecond, and a view may have a thousand rows. */
const momentFormats = new Map<keyof typeof momentForms, Intl.DateTimeFormat>();

function formatOf(form: keyof typeof momentForms): Intl.DateTimeFormat {
  let format = momentFormats.get(form);
  if (!format) {
    format = new Intl.DateTimeFormat(vscode.env.language, momentForms[form]);
    momentFormats.set(form, format);
  }
  return format;
}

/** "complete", "incomplete", or "reading" while a look-up runs and "paused" when it can go on. */
export function completeness(entry: Told): string {
  const { t } = vscode.l10n;
  if (entry.state === 'running') return t('reading');
  if (entry.state === 'paused') return t('paused');
  switch (entry.summary.completeness) {
    case 'complete':
      return t('complete');
    case 'primaryOnly':
      return t('complete for primary companies (v3)');
    case 'incomplete':
      return t('incomplete');
  }
}

/** Why nothing is sent at the moment. */
export function waitingSentence(reason: Waiting['reason']): string {
  const { t } = vscode.l10n;
  switch (reason) {
    case 'ownLimit':
      return t("Keeping to the account's limit.");
    case 'rateLimited':
      return t('HubSpot says that the rate limit is reached.');
    case 'retry':
      return t('A call failed and is tried again.');
  }
}

/** How long a wait still takes, in milliseconds, whatever the time of day is set to meanwhile. */
export function millisecondsLeft({ until }: Waiting): number {
  return Math.max(0, until - systemClock.now());
}

/** What a running look-up is doing: calls done, or what it waits for. */
export function progressSentence({ progress }: ListedLookUp): string {
  const { t } = vscode.l10n;
  if (!progress) return t("Waiting for HubSpot's first answer.");
  const calls = callsWords(progress.calls);
  if (!progress.waiting) return t('Reading: {0}.', calls);
  const seconds = Math.max(1, Math.ceil(millisecondsLeft(progress.waiting) / 1000));
  return t('{0} Continuing in {1} s. {2}.', waitingSentence(progress.waiting.reason), seconds, calls);
}

/** Why a look-up stopped and how far it is: "Paused at 41 of 63 calls. The token has expired. ..."; undefined for others. */
export function pausedSentence({ stopped, progress, question }: ListedLookUp): string | undefined {
  if (!stopped) return undefined;
  const { sentence } = failureNotice(stopped, scopesForPair(question.from, question.to));
  if (!progress) return sentence;
  return vscode.l10n.t('Paused at {0}. {1}', callsWords(progress.calls), sentence);
}

/** "41 of 63 calls", or "41 of about 200 calls" where nothing says how many pages some records have. */
function callsWords({ done, planned, isEstimate }: PlannedCalls): string {
  const { t } = vscode.l10n;
  const [sent, all] = [done.toLocaleString(), howMany(planned, 'calls')];
  return isEstimate ? t('{0} of about {1}', sent, all) : t('{0} of {1}', sent, all);
}

/** Said first where the sample account was asked for IDs that are not in it: HubSpot was never asked about them. */
export function notInSampleSentence({ summary }: ListedLookUp): string {
  const { t } = vscode.l10n;
  return summary.counts.asked === 1
    ? t('This ID is not in the sample account. Add your account to look it up there.')
    : t('These IDs are not in the sample account. Add your account to look them up there.');
}

/** What is known of a record that has no association. */
export function existenceWords(existence: Existence): string {
  const { t } = vscode.l10n;
  switch (existence.kind) {
    case 'exists':
      return t('exists');
    case 'archived':
      return t('archived');
    case 'merged':
      return t('merged into {0}', existence.into);
    case 'missing':
      return t('no such record');
  }
}

/** What a group of records is called. */
export function groupTitle(group: Exclude<RecordState, 'found'>): string {
  const { t } = vscode.l10n;
  switch (group) {
    case 'none':
      return t('No association');
    case 'failed':
      return t('Failed');
    case 'notRead':
      return t('Not read');
  }
}
