/** Marks the pairs of a check in their own file that are missing, differ, or name a record that is not there. */
import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import type { ObjectTypeCatalog } from '../accounts/objectTypeCatalog.ts';
import { verdictTitle } from '../answers/checkWords.ts';
import type { CheckedFile } from '../core/expectation/signOff.ts';
import { verdictGroups } from '../core/expectation/verdictGroups.ts';
import { pairInText } from '../core/reading/pairInText.ts';
import { pairReason } from '../core/rows/rowVerdict.ts';
import { panelWords } from '../core/treaty/panelWords.ts';
import { problemSentence } from '../editor/failureNotice.ts';
import { Turns } from '../editor/turns.ts';
import type { LookUpEntry } from '../lookUps/lookUpEntry.ts';
import { farthest, type MarkedVerdict, mostInDocument, type SourceMark } from './sourceMark.ts';

const markedVerdicts: readonly MarkedVerdict[] = ['missing', 'differs', 'noSuchRecord'];

/**
 * The marks of one check in its document, at most {@link mostInDocument}. In a document that is not the file that was checked,
 * a pair is only claimed to stand where both of its ids do.
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
  const isUnchanged = !checkSource?.isPart && isFile(text, checkSource?.file);
  const turns = new Turns(signal);
  const { expectation } = check;
  const marks: SourceMark[] = [];
  for (const state of markedVerdicts) {
    for (const pair of verdictGroups(check).first(state, mostInDocument)) {
      const [from, to] = [expectation.fromId(pair), expectation.toId(pair)];
      for (const line of expectation.lines(pair)) {
        const lineStart = document.offsetAt(new vscode.Position(line, 0));
        const offset = pairInText(text, { from, to, lineStart }, isUnchanged, farthest);
        const record = check.place(pair)?.record ?? -1;
        if (offset !== undefined) marks.push({ entry, record, id: to, state, pair, offset, length: to.length });
      }
      if (marks.length >= mostInDocument) return marks.slice(0, mostInDocument);
      if (turns.isOver) await turns.next();
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

/** Whether a document's text is what a file held: VS Code takes off the mark of the encoding. */
function isFile(text: string, file: CheckedFile | undefined): boolean {
  if (!file) return false;
  const bytes = Buffer.byteLength(text);
  const isMarked = bytes + 3 === file.bytes;
  if (bytes !== file.bytes && !isMarked) return false;
  const hash = createHash('sha256');
  return hash.update(isMarked ? `\ufeff${text}` : text).digest('hex') === file.sha256;
}
