/** What can be done about a marked id, as quick fixes. */
import * as vscode from 'vscode';
import { groupTitle } from '../answers/lookUpWords.ts';
import type { GroupNode, RecordNode } from '../tree/lookUpNodes.ts';
import type { SourceMark, SourceMarks } from './sourceMarks.ts';

export class SourceMarkFixes implements vscode.CodeActionProvider {
  static readonly kinds = [vscode.CodeActionKind.QuickFix];
  readonly #marks: SourceMarks;

  constructor(marks: SourceMarks) {
    this.#marks = marks;
  }

  provideCodeActions(document: vscode.TextDocument, range: vscode.Range): vscode.CodeAction[] {
    const marks = this.#marks.in(document, range);
    const first = marks[0];
    return first ? fixesOf(first) : [];
  }
}

function fixesOf({ entry, record, id, state }: SourceMark): vscode.CodeAction[] {
  const { t } = vscode.l10n;
  const recordNode: RecordNode = { kind: 'record', entry, record };
  const group: GroupNode = { kind: 'group', entry, group: state };
  const count = entry.answer.counts[state];
  const copyAll =
    count > 1
      ? [
          fix(
            t('Copy the {0} ids under "{1}"', count.toLocaleString(), groupTitle(state)),
            'hubspotAssociations.copyIds',
            group,
          ),
        ]
      : [];
  return [
    ...(state === 'notRead' ? [fix(t('Read what was not read'), 'hubspotAssociations.resumeLookUp', entry.id)] : []),
    ...(state === 'none' ? [fix(t('Check which records exist'), 'hubspotAssociations.tellNoneApart', group)] : []),
    fix(
      t('Look up all {0} ids again', entry.answer.counts.asked.toLocaleString()),
      'hubspotAssociations.runAgain',
      entry.id,
    ),
    fix(t('Copy {0}', id), 'hubspotAssociations.copyIds', recordNode),
    ...copyAll,
    fix(t('Show in the answer'), 'hubspotAssociations.openAnswer', recordNode),
  ];
}

function fix(title: string, command: string, argument: unknown): vscode.CodeAction {
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  action.command = { command, title, arguments: [argument] };
  return action;
}
