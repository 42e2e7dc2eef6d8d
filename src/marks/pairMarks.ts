/** Marks the pairs of a check in their own file that are missing, differ, or name a record that is not there. */
import * as vscode from 'vscode';
import type { ObjectTypeCatalog } from '../accounts/objectTypeCatalog.ts';
import { verdictTitle } from '../answers/checkWords.ts';
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
  const { expectation } = check;
  const pairs = new PairsInDocument(document, expectation, checkSource, farthest);
  const marks: SourceMark[] = [];
  for (const state of markedVerdicts) {
    for (const pair of verdictGroups(check).first(state, mostInDocument)) {
      const record = check.place(pair)?.record ?? -1;
      for (const line of expectation.lines(pair).slice(0, mostInDocument - marks.length)) {
        const at = pairs.find(pair, line);
        if (at) marks.push({ entry, record, id: text.slice(at.offset, at.offset + at.length), state, pair, ...at });
        if (turns.isOver) await turns.next();
      }
      if (marks.length >= mostInDocument) return marks.slice(0, mostInDocument);
    }
  }
  return marks;
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
