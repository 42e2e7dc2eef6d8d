/** Marks the pairs of a check in their own file that are missing, differ, or name a record that is not there. */
import * as vscode from 'vscode';
import type { ObjectTypeCatalog } from '../accounts/objectTypeCatalog.ts';
import { verdictTitle } from '../answers/checkWords.ts';
import type { Check } from '../core/expectation/check.ts';
import { verdictGroups } from '../core/expectation/verdictGroups.ts';
import { pairReason } from '../core/rows/rowVerdict.ts';
import { panelWords } from '../core/treaty/panelWords.ts';
import { problemSentence } from '../editor/failureNotice.ts';
import { Turns } from '../editor/turns.ts';
import { PairsInDocument } from '../ids/pairsInDocument.ts';
import type { LookUpEntry } from '../lookUps/lookUpEntry.ts';
import { farthest, type MarkedVerdict, mostInDocument, type SourceMark } from './sourceMark.ts';

const markedVerdicts: readonly MarkedVerdict[] = ['missing', 'differs', 'noSuchRecord'];

/**
 * The marks of one check in its document, at most {@link mostInDocument}. In a document that is not the file that was checked,
 * a pair is only claimed to stand where both of its ids do. Where a mapping translated the ids, the line is marked as a whole.
 * @throws the signal's reason when it is aborted
 */
export async function pairMarksOf(
  entry: LookUpEntry,
  document: vscode.TextDocument,
  signal: AbortSignal,
): Promise<SourceMark[]> {
  const { check, checkSource } = entry;
  if (!check) return [];
  const text = document.getText();
  const turns = new Turns(signal);
  const pairs = await PairsInDocument.in(document, check.expectation, checkSource, { within: farthest, signal });
  const marks: SourceMark[] = [];
  for (const { state, pair, line } of pairsToMark(check)) {
    const at = await turns.through(pairs.finding(pair, line));
    const record = check.place(pair)?.record ?? -1;
    if (at) marks.push({ entry, record, id: text.slice(at.offset, at.offset + at.length), state, pair, ...at });
    if (marks.length >= mostInDocument) return marks;
    if (turns.isOver) await turns.next();
  }
  return marks;
}

/** The pairs that may have a mark, on each of their lines. */
function* pairsToMark(check: Check): Iterable<{ state: MarkedVerdict; pair: number; line: number }> {
  for (const state of markedVerdicts) {
    for (const pair of verdictGroups(check).first(state, mostInDocument)) {
      for (const line of check.expectation.lines(pair).slice(0, mostInDocument)) yield { state, pair, line };
    }
  }
}

/** "Missing: 17983021738 → 84093405487." with the reason, where there is one. */
export function pairMessage({ entry, pair = 0, state }: SourceMark, catalog: ObjectTypeCatalog): string {
  const { t } = vscode.l10n;
  const { check, account, question } = entry;
  if (!check) return '';
  const { expectation } = check;
  const [from, to] = [question.from, question.to].map((type) => catalog.find(type, account).label);
  const reason = pairReason(check, pair, {
    problemText: problemSentence,
    ends: { from: from!, to: to! },
    say: (word) => t(panelWords[word]),
  });
  const words = `${verdictTitle(state as MarkedVerdict)}: ${expectation.fromId(pair)} → ${expectation.toId(pair)}`;
  return reason === undefined ? words : `${words}, ${reason}`;
}
