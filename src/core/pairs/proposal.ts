/** Which columns or keys of a file hold the two ids of a pair, and which its labels: a proposal by headers and contents. */
import { finished, type Steps } from '../domain/steps.ts';
import { findingCsvColumns, findingJsonKeys, type JsonKey } from '../reading/file/readColumn.ts';
import { type Role, wordsOf } from '../reading/names/fieldNames.ts';
import type { Table } from '../reading/table/table.ts';

/** A column or key that may be chosen. */
interface PairSource {
  /** The header, or the key's path; empty for a column without a header. */
  readonly name: string;
  readonly likely: 'recordIds' | 'maybe' | 'no';
  readonly objectType: string | undefined;
  /** Values seen in the beginning. */
  readonly samples: readonly string[];
}

/** Numbers of sources. One that nothing speaks for is undefined. */
interface ProposedPair {
  readonly from: number | undefined;
  readonly to: number | undefined;
  readonly label: number | undefined;
}

export type PairProposal =
  | (ProposedPair & { readonly kind: 'columns'; readonly table: Table; readonly sources: readonly PairSource[] })
  | (ProposedPair & { readonly kind: 'keys'; readonly sources: readonly PairSource[] })
  /** There are not two columns or keys at all. */
  | { readonly kind: 'notTwo' };

/** Proposes by the beginning of a file (64 kB tell enough). */
export function proposePairs(beginning: string, format: 'delimited' | 'json'): PairProposal {
  return finished(proposingPairs(beginning, format));
}

/** The same, in steps. */
export function* proposingPairs(beginning: string, format: 'delimited' | 'json'): Steps<PairProposal> {
  if (format === 'json') {
    const keys = yield* findingJsonKeys(beginning);
    if (keys.length < 2) return { kind: 'notTwo' };
    const sources = keys.map(({ path, ...key }) => ({ ...described(key), name: path }));
    return { kind: 'keys', sources, ...(yield* proposing(sources, keys)) };
  }
  const table = yield* findingCsvColumns(beginning);
  if (table.columns.length < 2) return { kind: 'notTwo' };
  const sources = table.columns.map((column) => ({ ...described(column), name: column.header }));
  return { kind: 'columns', table, sources, ...(yield* proposing(sources, table.columns)) };
}

/** A few milliseconds. */
const namesOfStep = 500;

function described({ likely, objectType, samples }: Pick<JsonKey, 'likely' | 'objectType' | 'samples'>) {
  return { likely, objectType, samples };
}

function* labelAmong(sources: readonly PairSource[]): Steps<number | undefined> {
  for (const [at, { name }] of sources.entries()) {
    if (at % namesOfStep === 0) yield;
    if (isLabel(name)) return at;
  }
  return undefined;
}

/** Headers that say which is the associated one decide; else the pair goes from the first column to the second. */
function* proposing(
  sources: readonly PairSource[],
  candidates: readonly { readonly role: Role }[],
): Steps<ProposedPair> {
  const label = yield* labelAmong(sources);
  const numbers = sources.map((_, at) => at);
  const of = (likely: PairSource['likely']) => numbers.filter((at) => sources[at]!.likely === likely && at !== label);
  const sure = of('recordIds');
  const ids = sure.length >= 2 ? sure : [...sure, ...of('maybe')].sort((one, other) => one - other);
  const living = ids.filter((at) => candidates[at]!.role !== 'merged');
  const those = living.length >= 2 ? living : ids;
  const withRole = (...roles: readonly Role[]) => those.find((at) => roles.includes(candidates[at]!.role));
  const from = withRole('from') ?? withRole('record') ?? those[0];
  const to =
    withRole('to') ??
    numbersBut(those, from).find((at) => candidates[at]!.role === 'associated') ??
    numbersBut(those, from)[0];
  return { from, to: to === from ? undefined : to, label };
}

function numbersBut(numbers: readonly number[], other: number | undefined): readonly number[] {
  return numbers.filter((at) => at !== other);
}

/** "Association Label", "labels", "results[].to[].associationTypes[].label" */
function isLabel(name: string): boolean {
  const words = wordsOf(name);
  const last = words.at(-1);
  return last === 'label' || last === 'labels' || words.slice(-2).join(' ') === 'association type';
}
