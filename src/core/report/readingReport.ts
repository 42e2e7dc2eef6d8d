/** A reading told to a language model: which record IDs stand in a text. What was ignored is counted, never told. */
import { placesOfStep, type Steps } from '../domain/steps.ts';
import type { RecordIdsReading } from '../reading/found/reading.ts';
import { asData, bytesOf, quoted } from './quoting.ts';

const mostColumns = 5;
const longestColumn = 40;
const mostTypes = 8;
/** Room for the last line, which says how to go on. */
const tailBytes = 300;

export interface ReadingReportOptions {
  /** The distinct IDs, in the order of the text. */
  readonly distinctIds: readonly string[];
  /** Where the text came from, such as `file "deals.csv"`. */
  readonly source: string;
  /** The first distinct ID told, from 0. */
  readonly offset: number;
  /** Bytes of the whole report. */
  readonly maxBytes: number;
}

/** "312 record IDs (310 distinct) in file "deals.csv"; left out: 9 values that are no record IDs, 3 unsure numbers". */
export function* readingReport(
  reading: RecordIdsReading,
  { distinctIds, source, offset, maxBytes }: ReadingReportOptions,
): Steps<string> {
  const { ids, ignored, unsure } = reading;
  const values = ids.length + ignored.length + unsure.length;
  const first = `${values} ${values === 1 ? 'value' : 'values'} seen = ${ids.length} record ${ids.length === 1 ? 'ID' : 'IDs'} (${distinctIds.length} distinct) + ${unsure.length} unsure + ${ignored.length} ignored; from ${source}; nothing was sent to HubSpot.`;
  const facts = {
    recordIds: ids.length,
    distinct: distinctIds.length,
    unsure: yield* byReason(unsure),
    ignored: yield* byReason(ignored),
    objectTypes: yield* typesOf(reading),
    columns: reading.sources.slice(0, mostColumns).map(({ name, count, read, objectType }) => ({
      name: asData(name, longestColumn),
      recordIds: count,
      read,
      ...(objectType !== undefined && { objectType: asData(objectType, 30) }),
    })),
  };
  const beginning = [
    first,
    JSON.stringify(facts),
    ...(unsure.length > 0
      ? ['Unsure numbers are not told and must not be looked up: a person chooses among them in the editor.']
      : []),
    'Distinct record IDs, in the order of the text:',
  ];
  const used = beginning.reduce((sum, line) => sum + bytesOf(line) + 1, 0);
  const end = idsThatFit(distinctIds, offset, maxBytes - used - tailBytes);
  const tail =
    end < distinctIds.length
      ? `Left out: ${distinctIds.length - end} of ${distinctIds.length} IDs. Go on with "offset":${end} and the same input, or look up the file itself.`
      : `These are ${offset > 0 ? 'the last of ' : 'all '}${distinctIds.length} distinct IDs.`;
  return [...beginning, JSON.stringify(distinctIds.slice(offset, end)), tail].join('\n');
}

/** Where to end so that the IDs take no more than so many bytes, each in quotes with a comma. One fits always. */
function idsThatFit(ids: readonly string[], offset: number, room: number): number {
  let left = room - 2;
  let end = Math.min(offset, ids.length);
  while (end < ids.length) {
    left -= ids[end]!.length + 3;
    if (left < 0 && end > offset) break;
    end++;
  }
  return end;
}

function* byReason(all: readonly { readonly reason: string }[]): Steps<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const [nth, { reason }] of all.entries()) {
    if (nth % placesOfStep === 0) yield;
    counts[reason] = (counts[reason] ?? 0) + 1;
  }
  return counts;
}

/** The object types that the text gives its IDs, and how many of each. */
function* typesOf({ ids }: RecordIdsReading): Steps<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const [nth, { objectType = 'unknown' }] of ids.entries()) {
    if (nth % placesOfStep === 0) yield;
    counts.set(objectType, (counts.get(objectType) ?? 0) + 1);
  }
  return Object.fromEntries([...counts].slice(0, mostTypes).map(([type, count]) => [asData(type, 30), count] as const));
}

/** `file "deals.csv", column "Deal ID"`, as the first line names it. */
export function sourceWords(file: string, column?: string): string {
  return `file ${quoted(file, 60)}${column === undefined ? '' : `, column ${quoted(column, 60)}`}`;
}
