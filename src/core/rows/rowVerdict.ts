/** What a row of a check comes to, and why, in words. Pure. */

import type { AssociationType } from '../domain/associations.ts';
import type { Counted, Doubt, Finding, Side } from '../domain/expectation.ts';
import { labelsOf } from '../domain/labels.ts';
import type { Check } from '../expectation/check.ts';
import type { RowVerdict } from '../treaty/panelRows.ts';
import type { PanelWord } from '../treaty/panelWords.ts';
import { say } from './column.ts';
import { plainProblemText, type RowContext, type Rows } from './rows.ts';

/** In the order that the column sorts by: what somebody has to look at first. */
const order: readonly RowVerdict[] = [
  'missing',
  'differs',
  'noSuchRecord',
  'unexpected',
  'cannotTell',
  'notYet',
  'asExpected',
];

/** From 0 up. */
export function verdictRank(verdict: RowVerdict): number {
  return order.indexOf(verdict);
}

/** As {@link rowVerdict}, but what cannot be told yet is among what cannot be told: so it is counted. */
export function countedVerdict(rows: Rows, row: number): Counted | undefined {
  const { check } = rows;
  if (!check) return undefined;
  const pair = rows.pair(row);
  if (pair !== undefined) return check.verdict(pair);
  const record = rows.record(row);
  const nth = rows.nth(row);
  const isKnown = record < rows.records && nth < rows.answer.associationCount(record);
  return isKnown && check.isUnexpected(record, nth) ? 'unexpected' : undefined;
}

/** Undefined for a row of which nothing is expected: of a record that the pairs are not all there ought to be of, or of no pair. */
export function rowVerdict(rows: Rows, row: number, context: RowContext): RowVerdict | undefined {
  const verdict = countedVerdict(rows, row);
  if (verdict !== 'cannotTell' || !context.isRunning?.()) return verdict;
  const finding = rows.check!.finding(rows.pair(row)!);
  return finding.verdict === 'cannotTell' && isStillToCome(finding.doubt) ? 'notYet' : verdict;
}

function isStillToCome(doubt: Doubt): boolean {
  if (doubt.kind === 'record') return doubt.state === 'notRead' && doubt.problem === undefined;
  return doubt.kind === 'truncated' && doubt.by === 'reading';
}

/** Why the verdict of a row is what it is; undefined where there is nothing to say about it. */
export function verdictReason(
  rows: Rows,
  row: number,
  verdict: RowVerdict | undefined,
  context: RowContext,
): string | undefined {
  // What is not among these says all by its own word.
  if (!verdict || verdict === 'asExpected' || verdict === 'notYet' || verdict === 'unexpected') return undefined;
  const check = rows.check!;
  const pair = rows.pair(row);
  return pair === undefined ? undefined : pairReason(check, pair, context);
}

/** Why the verdict of a pair is what it is; undefined where its own word says all. */
export function pairReason(check: Check, pair: number, context: RowContext): string | undefined {
  return findingText(check, pair, check.finding(pair), context);
}

function findingText(check: Check, pair: number, finding: Finding, context: RowContext): string | undefined {
  const filled = (word: PanelWord, ...values: readonly string[]) => fill(say(context, word), values);
  switch (finding.verdict) {
    case 'asExpected':
      return undefined;
    case 'differs': {
      const expected = expectedLabels(check, pair).join(', ');
      return filled('reasonDiffers', typesText(check, finding.there, context), expected);
    }
    case 'missing':
      return finding.existenceKnown ? undefined : filled('reasonNotChecked');
    case 'noSuchRecord': {
      const { what, side, survivorHasIt } = finding;
      const whom = recordText(check, pair, side, context);
      if (what.kind !== 'merged') return filled(what.kind === 'archived' ? 'reasonArchived' : 'reasonNotThere', whom);
      const word: PanelWord =
        survivorHasIt === undefined ? 'reasonMerged' : survivorHasIt ? 'reasonMergedHas' : 'reasonMergedLacks';
      return filled(word, whom, what.into);
    }
    case 'cannotTell':
      return doubtText(check, pair, finding.doubt, context);
  }
}

function doubtText(check: Check, pair: number, doubt: Doubt, context: RowContext): string {
  const whom = recordText(check, pair, doubt.kind === 'source' ? doubt.side : 'from', context);
  const filled = (word: PanelWord) => fill(say(context, word), [whom]);
  const problemText = context.problemText ?? plainProblemText;
  switch (doubt.kind) {
    case 'source':
      return filled('reasonNotInMapping');
    case 'notAsked':
      return filled('reasonNotLookedUp');
    case 'record':
      if (doubt.problem) return problemText(doubt.problem);
      return say(context, doubt.state === 'failed' ? 'stateFailed' : 'stateNotRead');
    case 'truncated': {
      const text = filled('reasonTruncated');
      return doubt.problem ? `${text}: ${problemText(doubt.problem)}` : text;
    }
    case 'v3Primary':
      return say(context, 'reasonPrimaryOnly');
    case 'labelsUnknown':
      return say(context, 'reasonLabelsUnknown');
  }
}

/** The labels that a pair ought to have, as its source has them. */
export function expectedLabels(check: Check, pair: number): readonly string[] {
  return check.expectation.labels(pair).map(({ text }) => text);
}

/** "Primary, Billing contact". */
function typesText({ answer }: Check, types: readonly AssociationType[], context: RowContext): string {
  const { primary, primaryLabel, labels } = labelsOf(types, answer.question, answer.customTypes);
  const own = labels.map(({ text }) => text);
  const texts = primary ? [primaryLabel ?? say(context, 'primary'), ...own] : own;
  return texts.length > 0 ? texts.join(', ') : say(context, 'reasonNoLabel');
}

/** "Company 17496863841", or the id alone where nobody says what its type is called. */
function recordText({ expectation }: Check, pair: number, side: Side, { ends }: RowContext): string {
  const id = side === 'from' ? expectation.fromId(pair) : expectation.toId(pair);
  return ends ? `${ends[side]} ${id}` : id;
}

/** In one go, so that a value that holds `{1}` itself stays as it is. */
function fill(text: string, values: readonly string[]): string {
  return text.replace(/\{(\d)\}/g, (whole, at: string) => values[Number(at)] ?? whole);
}
