/** What every exported file says of itself: from which account, which pair, which version, when, and whether it is complete. */

import type { Answer, Completeness, Counts } from '../domain/associations.ts';
import type { VerdictCounts } from '../domain/expectation.ts';
import { equationText } from '../expectation/signOff.ts';
import type { ValueCounts } from '../rows/valueCounts.ts';
import type { PanelView } from '../treaty/panelView.ts';

export interface About {
  readonly writtenBy: 'Associations for HubSpot';
  readonly account: { readonly name: string; readonly environment?: string; readonly portalId?: string };
  /** Object types, as they were asked. */
  readonly from: string;
  readonly to: string;
  readonly apiVersion: string;
  /** ISO 8601, in UTC. */
  readonly lookedUpAt?: string;
  readonly exportedAt: string;
  /** Of the whole look-up. Only `complete` hides nothing; `primaryOnly` was read in full under v3, which hides other companies. */
  readonly complete: boolean;
  readonly completeness: Completeness;
  readonly counts: Counts;
  /** Of a check: how all the expected pairs turned out, not only those of this file. */
  readonly verdicts?: VerdictCounts;
  /** Rows in this file, and rows of the whole look-up. */
  readonly rows: number;
  readonly rowsInAll: number;
  /** The properties of records in this file; absent when there are none. */
  readonly properties?: readonly AboutProperty[];
  /** How many records stand in this file without a name because it was not read; absent when there are none. */
  readonly namesNotRead?: number;
  /** How many records without association were not checked for whether they exist, where others were; absent when there are none. */
  readonly existenceNotRead?: number;
  /** What the rows were narrowed by, when they were: `chip` where one was chosen, `chips` where there were several. */
  readonly narrowedBy?: { readonly chip?: string; readonly chips?: readonly string[]; readonly filter?: string };
  /** What has to be known before the answer is trusted, as sentences. */
  readonly notices: readonly string[];
}

/** A property in a file, and how many of the records there have what in it. */
export interface AboutProperty {
  /** Of the record that was asked, or of the associated one. */
  readonly of: 'record' | 'associatedRecord';
  readonly name: string;
  readonly label: string;
  /** Between which moments values were read, ISO 8601 in UTC; absent where none were. */
  readonly readBetween?: readonly [string, string];
  readonly withValue: number;
  readonly unset: number;
  /** Of records that are archived, merged away, or unknown to HubSpot. */
  readonly recordGone: number;
  readonly notRead: number;
}

interface PropertyParts {
  readonly end: 'record' | 'associated';
  readonly name: string;
  readonly label: string;
  readonly counts: ValueCounts;
  /** In milliseconds since 1970. */
  readonly between: { readonly first: number; readonly last: number } | undefined;
}

export function aboutProperty({ end, name, label, counts, between }: PropertyParts): AboutProperty {
  return {
    of: end === 'record' ? 'record' : 'associatedRecord',
    name,
    label,
    ...(between && { readBetween: [new Date(between.first).toISOString(), new Date(between.last).toISOString()] }),
    withValue: counts.value,
    unset: counts.unset,
    recordGone: counts.gone,
    notRead: counts.notRead,
  };
}

export interface AboutParts {
  readonly account: About['account'];
  /** Milliseconds since 1970. */
  readonly startedAt?: number;
  readonly exportedAt: number;
  readonly verdicts?: VerdictCounts | undefined;
  readonly rows: number;
  readonly rowsInAll: number;
  readonly namesNotRead?: number;
  readonly properties?: readonly AboutProperty[];
  readonly existenceNotRead?: number;
  readonly view?: Pick<PanelView, 'chips' | 'filter'>;
  readonly notices?: readonly string[];
}

export function aboutAnswer(answer: Answer, parts: AboutParts): About {
  const {
    account,
    startedAt,
    exportedAt,
    verdicts,
    rows,
    rowsInAll,
    namesNotRead = 0,
    properties = [],
    existenceNotRead = 0,
    view,
    notices = [],
  } = parts;
  return {
    writtenBy: 'Associations for HubSpot',
    account,
    from: answer.question.from,
    to: answer.question.to,
    apiVersion: answer.apiVersion,
    ...(startedAt !== undefined && { lookedUpAt: new Date(startedAt).toISOString() }),
    exportedAt: new Date(exportedAt).toISOString(),
    complete: answer.complete,
    completeness: answer.completeness,
    counts: answer.counts,
    ...(verdicts && { verdicts }),
    rows,
    rowsInAll,
    ...(properties.length > 0 && { properties }),
    ...(namesNotRead > 0 && { namesNotRead }),
    ...(existenceNotRead > 0 && { existenceNotRead }),
    ...narrowedBy(view),
    notices,
  };
}

export function narrowedBy(view: Pick<PanelView, 'chips' | 'filter'> | undefined): Pick<About, 'narrowedBy'> {
  const chips = view?.chips ?? [];
  const filter = view?.filter.trim() || undefined;
  if (chips.length === 0 && filter === undefined) return {};
  const [chip] = chips;
  const narrowed = chips.length > 1 ? { chips } : chip === undefined ? {} : { chip };
  return { narrowedBy: { ...narrowed, ...(filter !== undefined && { filter }) } };
}

/** The text of the file beside a CSV or TSV, which has no place for it inside: `<name>.about.json`. */
export function aboutFile(about: object): string {
  return `${JSON.stringify(about, null, 2)}\n`;
}

const completenessWords: Readonly<Record<Completeness, string>> = {
  complete: 'Complete',
  primaryOnly: 'Complete for primary companies (v3)',
  incomplete: 'Incomplete',
};

/** The same in lines of text, for formats with headings or comments. Each is one line, whatever names hold. */
export function aboutLines(about: About): readonly string[] {
  const { account, counts } = about;
  const where = [account.environment, account.portalId].filter(Boolean).join(', ');
  const narrowed = about.narrowedBy ? [`Narrowed by: ${narrowingWords(about.narrowedBy)}`] : [];
  return [
    `Associations of ${about.from} with ${about.to}`,
    `Account: ${account.name}${where ? ` (${where})` : ''}`,
    `API version: ${about.apiVersion}`,
    ...(about.lookedUpAt ? [`Looked up: ${about.lookedUpAt}`] : []),
    `Exported: ${about.exportedAt}`,
    `${completenessWords[about.completeness]}: ${counts.asked} asked = ${counts.found} found + ${counts.none} none + ${counts.failed} failed + ${counts.notRead} not read, ${counts.truncated} truncated, ${counts.associations} associations`,
    ...(about.verdicts ? verdictLines(about.verdicts) : []),
    `Rows: ${about.rows} of ${about.rowsInAll}`,
    ...narrowed,
    ...(about.properties ?? []).map(propertyLine),
    ...(about.properties ? [cellMarks] : []),
    ...about.notices.map((notice) => `Notice: ${notice}`),
  ].map(oneLine);
}

/** How a cell without a value is marked, where a format has but one cell for a property. */
export const cellMarks =
  'Cells in [brackets] and italics are no values: [unset], [archived], [no such record], [merged into ...], [not read]';

export function propertyLine({ of, name, readBetween, withValue, unset, recordGone, notRead }: AboutProperty): string {
  const when = readBetween ? `, read ${readBetween[0]} to ${readBetween[1]}` : '';
  const whose = of === 'record' ? 'record' : 'associated record';
  return `Property ${name} of the ${whose}: ${withValue} with a value, ${unset} unset, ${recordGone} of records that are gone, ${notRead} not read${when}`;
}

function verdictLines(verdicts: VerdictCounts): readonly string[] {
  const least = verdicts.unexpectedAtLeast ? 'at least ' : '';
  return [equationText(verdicts), `Unexpected: ${least}${verdicts.unexpected}`];
}

function narrowingWords({ chip, chips = [], filter }: NonNullable<About['narrowedBy']>): string {
  return [chip, ...chips, filter].filter((part) => part !== undefined).join(', ');
}

/** Every character that some reader takes for the end of a line becomes a space. */
export function oneLine(text: string): string {
  return text.replace(/[\r\n\u0085\u2028\u2029\v\f]+/g, ' ');
}
