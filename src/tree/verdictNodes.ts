/** The pairs of a check in the Lookups view, by their verdicts. */
import type { Counted, Verdict } from '../core/domain/expectation.ts';
import type { Check } from '../core/expectation/check.ts';
import { verdictGroups } from '../core/expectation/verdictGroups.ts';
import type { LookUpEntry } from '../lookUps/lookUpEntry.ts';

/** The pairs of a check that share a verdict, or the associations that nothing expects. */
export interface VerdictNode {
  readonly kind: 'verdict';
  readonly entry: LookUpEntry;
  readonly verdict: Counted;
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

/** An association that nothing expects. */
export interface ExtraNode {
  readonly kind: 'extra';
  readonly entry: LookUpEntry;
  readonly in: VerdictNode;
  readonly record: number;
  readonly nth: number;
}

/** What somebody has to look at first. Confirmed pairs stand among the records. */
const shownVerdicts: readonly Counted[] = ['missing', 'differs', 'noSuchRecord', 'cannotTell', 'unexpected'];

/** More missing pairs than these are shown by their records, where that makes the list shorter. */
const mostSingly = 10;

/** A row for each verdict that some pairs have; none where the look-up is no check. */
export function verdictNodes(entry: LookUpEntry): VerdictNode[] {
  const { check } = entry;
  if (!check) return [];
  const { counts } = check;
  return shownVerdicts.filter((verdict) => counts[verdict] > 0).map((verdict) => ({ kind: 'verdict', entry, verdict }));
}

/** How many records share the missing pairs, where they are shown by them; undefined where they are not. */
export function missingRecords({ entry: { check }, verdict }: VerdictNode): number | undefined {
  if (!check || verdict !== 'missing' || check.counts.missing <= mostSingly) return undefined;
  const records = verdictGroups(check).recordCount(verdict);
  return records < check.counts.missing ? records : undefined;
}

/** The first rows under a verdict, or under a record's share of it, and how many there are in all. */
export function pairRows(
  node: VerdictNode | ShareNode,
  most: number,
): { readonly rows: readonly (ShareNode | PairNode | ExtraNode)[]; readonly total: number } {
  const { entry, verdict } = node;
  const { check } = entry;
  if (!check) return { rows: [], total: 0 };
  const groups = verdictGroups(check);
  const pairNode = (pair: number): PairNode => ({ kind: 'pair', entry, in: node, pair });
  if (node.kind === 'share') {
    const pairs = sharedPairs(check, node);
    return { rows: pairs.slice(0, most).map(pairNode), total: pairs.length };
  }
  if (verdict === 'unexpected') {
    const rows = groups
      .extras(most)
      .map(({ record, nth }): ExtraNode => ({ kind: 'extra', entry, in: node, record, nth }));
    return { rows, total: check.counts.unexpected };
  }
  const records = missingRecords(node);
  if (records === undefined) return { rows: groups.first(verdict, most).map(pairNode), total: check.counts[verdict] };
  const shares = groups.byRecord(verdict, most);
  return {
    rows: shares.map(({ record, pairs }) => ({ kind: 'share', entry, verdict, record, pairs })),
    total: records,
  };
}

/** The row of a verdict, or of one record's share of it. */
export function verdictNodeAt(
  entry: LookUpEntry,
  verdict: Counted,
  record: number | undefined,
): VerdictNode | ShareNode {
  if (record === undefined || verdict === 'unexpected' || !entry.check) return { kind: 'verdict', entry, verdict };
  const { length: pairs } = sharedPairs(entry.check, { record, verdict });
  return { kind: 'share', entry, verdict, record, pairs };
}

/** The row of a pair, under its verdict. */
export function pairNodeAt(entry: LookUpEntry, pair: number): PairNode {
  const verdict = entry.check?.verdict(pair) ?? 'cannotTell';
  return { kind: 'pair', entry, in: { kind: 'verdict', entry, verdict }, pair };
}

function sharedPairs(check: Check, { record, verdict }: Pick<ShareNode, 'record' | 'verdict'>): readonly number[] {
  return check.absent(record).filter((pair) => check.verdict(pair) === verdict);
}
