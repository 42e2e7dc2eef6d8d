/** The pairs of a check in the Lookups view, by their verdicts. */
import type { Verdict } from '../core/domain/expectation.ts';
import { verdictGroups } from '../core/expectation/verdictGroups.ts';
import type { LookUpEntry } from '../lookUps/lookUpEntry.ts';

/** The pairs of a check that share a verdict. */
export interface VerdictNode {
  readonly kind: 'verdict';
  readonly entry: LookUpEntry;
  readonly verdict: Verdict;
}

/** Those of them that are of one record: 12 contacts may explain 9,000 missing pairs. */
export interface ShareNode {
  readonly kind: 'share';
  readonly entry: LookUpEntry;
  readonly verdict: Verdict;
  readonly record: number;
  readonly pairs: number;
}

/** A pair that was expected. */
export interface PairNode {
  readonly kind: 'pair';
  readonly entry: LookUpEntry;
  readonly in: VerdictNode | ShareNode;
  readonly pair: number;
}

/** What somebody has to look at first. Confirmed pairs stand among the records. */
const shownVerdicts: readonly Verdict[] = ['missing', 'differs', 'noSuchRecord', 'cannotTell'];

/** More missing pairs than these are shown by their records, where that makes the list shorter. */
const mostSingly = 10;

export function verdictNodes(entry: LookUpEntry): VerdictNode[] {
  const { check } = entry;
  if (!check) return [];
  const { counts } = check;
  return shownVerdicts.filter((verdict) => counts[verdict] > 0).map((verdict) => ({ kind: 'verdict', entry, verdict }));
}

/** How many records share the missing pairs, where they are shown by them; undefined where they are not. */
export function missingRecords({ entry: { check }, verdict }: VerdictNode): number | undefined {
  if (!check || verdict !== 'missing' || check.counts.missing <= mostSingly) return undefined;
  const records = verdictGroups(check).byRecord(verdict).length;
  return records < check.counts.missing ? records : undefined;
}

/** The first rows under a verdict, or under a record's share of it, and how many there are in all. */
export function pairRows(
  node: VerdictNode | ShareNode,
  most: number,
): { readonly rows: readonly (ShareNode | PairNode)[]; readonly total: number } {
  const { entry, verdict } = node;
  const { check } = entry;
  if (!check) return { rows: [], total: 0 };
  const groups = verdictGroups(check);
  const pairNode = (pair: number): PairNode => ({ kind: 'pair', entry, in: node, pair });
  if (node.kind === 'share') {
    const pairs = check.absent(node.record).filter((pair) => check.verdict(pair) === verdict);
    return { rows: pairs.slice(0, most).map(pairNode), total: pairs.length };
  }
  const records = missingRecords(node);
  if (records === undefined) return { rows: groups.first(verdict, most).map(pairNode), total: check.counts[verdict] };
  const shares = groups.byRecord(verdict).slice(0, most);
  return {
    rows: shares.map(({ record, pairs }) => ({ kind: 'share', entry, verdict, record, pairs })),
    total: records,
  };
}
