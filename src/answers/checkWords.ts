/** The sentences in which tree, panel and messages speak of a check, so that they say the same. */
import * as vscode from 'vscode';
import type { Counted, Verdict, VerdictCounts } from '../core/domain/expectation.ts';
import type { RowCounts } from '../core/expectation/pairColumns.ts';
import { howMany } from '../editor/howMany.ts';

/** "21 expected = 13 confirmed + 2 label differs + 2 missing + 4 no such record + 0 cannot tell". Always with all five. */
export function checkEquation(counts: VerdictCounts): string {
  const { expected, asExpected, differs, missing, noSuchRecord, cannotTell } = counts;
  const [e, a, d, m, n, c] = [expected, asExpected, differs, missing, noSuchRecord, cannotTell].map((count) =>
    count.toLocaleString(),
  );
  return vscode.l10n.t(
    '{0} expected = {1} confirmed + {2} label differs + {3} missing + {4} no such record + {5} cannot tell',
    ...[e!, a!, d!, m!, n!, c!],
  );
}

/** "9 unexpected", or "at least 9 unexpected"; undefined where nothing is, and where the source claims nothing of the rest. */
export function unexpectedWords({ unexpected, unexpectedAtLeast }: VerdictCounts): string | undefined {
  const { t } = vscode.l10n;
  if (unexpected === 0) return undefined;
  return unexpectedAtLeast
    ? t('at least {0} unexpected', unexpected.toLocaleString())
    : t('{0} unexpected', unexpected.toLocaleString());
}

/** What is not confirmed, for a narrow place: "2 missing, 2 label differs of 21 pairs", "21 of 21 pairs confirmed". */
export function shortVerdicts(counts: VerdictCounts): string {
  const { t } = vscode.l10n;
  const all = howMany(counts.expected, 'pairs');
  const words = (['missing', 'differs', 'noSuchRecord', 'cannotTell'] as const)
    .filter((verdict) => counts[verdict] > 0)
    .map((verdict) => verdictCount(verdict, counts[verdict]));
  if (words.length > 0) return t('{0} of {1}', words.join(', '), all);
  return counts.expected === 1
    ? t('1 pair confirmed')
    : t('{0} of {0} pairs confirmed', counts.expected.toLocaleString());
}

/** "2 missing" */
function verdictCount(verdict: Verdict, count: number): string {
  const { t } = vscode.l10n;
  const shown = count.toLocaleString();
  switch (verdict) {
    case 'asExpected':
      return t('{0} confirmed', shown);
    case 'differs':
      return t('{0} label differs', shown);
    case 'missing':
      return t('{0} missing', shown);
    case 'noSuchRecord':
      return t('{0} no such record', shown);
    case 'cannotTell':
      return t('{0} cannot tell', shown);
  }
}

/** What a verdict is called by itself, and what nothing expects. */
export function verdictTitle(verdict: Counted): string {
  const { t } = vscode.l10n;
  switch (verdict) {
    case 'asExpected':
      return t('Confirmed');
    case 'differs':
      return t('Label differs');
    case 'missing':
      return t('Missing');
    case 'noSuchRecord':
      return t('No such record');
    case 'cannotTell':
      return t('Cannot tell');
    case 'unexpected':
      return t('Unexpected');
  }
}

/** "17 rows = 14 with pairs + 1 expecting nothing + 2 without a pair" */
export function rowsEquation({ rows, withPairs, expectingNothing, withoutPair }: RowCounts): string {
  const [pairs, nothing, none] = [withPairs, expectingNothing, withoutPair].map((count) => count.toLocaleString());
  return vscode.l10n.t(
    '{0} = {1} with pairs + {2} expecting nothing + {3} without a pair',
    ...[howMany(rows, 'rows'), pairs!, nothing!, none!],
  );
}
