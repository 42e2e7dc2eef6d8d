/** What can be done about a marked id, as quick fixes. */
import * as vscode from 'vscode';
import type { ObjectTypeCatalog } from '../accounts/objectTypeCatalog.ts';
import { groupTitle } from '../answers/lookUpWords.ts';
import type { Address } from '../core/treaty/actions.ts';
import type { LookUps } from '../lookUps/lookUps.ts';
import type { MarkedState, SourceMark } from './sourceMark.ts';
import { SourceMarks } from './sourceMarks.ts';

/** Marks ids in their own files, with what can be done about each. */
export function markSources(lookUps: LookUps, catalog: ObjectTypeCatalog): vscode.Disposable {
  const marks = new SourceMarks(lookUps, catalog);
  const fixes = new SourceMarkFixes(marks);
  const { kinds } = SourceMarkFixes;
  return vscode.Disposable.from(
    marks,
    vscode.languages.registerCodeActionsProvider('*', fixes, { providedCodeActionKinds: kinds }),
  );
}

export class SourceMarkFixes implements vscode.CodeActionProvider {
  static readonly kinds = [vscode.CodeActionKind.QuickFix];
  readonly #marks: SourceMarks;

  constructor(marks: SourceMarks) {
    this.#marks = marks;
  }

  provideCodeActions(document: vscode.TextDocument, range: vscode.Range): vscode.CodeAction[] {
    const marks = this.#marks.in(document, range);
    const first = marks[0];
    if (!first) return [];
    return first.pair === undefined ? fixesOf(first, first.state as MarkedState) : pairFixes(first, first.pair);
  }
}

/** What can be done about a pair that is not confirmed. */
function pairFixes({ entry, record, id }: SourceMark, pair: number): vscode.CodeAction[] {
  const { t } = vscode.l10n;
  const toId = entry.check?.expectation.toId(pair) ?? id;
  const lookUp: Address = { lookUp: entry.id };
  return [
    fix(t('Check again what was not confirmed'), 'hubspotAssociations.checkPairsAgain', lookUp),
    fix(t('Copy {0}', toId), 'hubspotAssociations.copyIds', { ...lookUp, pair }),
    fix(t('Show in the answer'), 'hubspotAssociations.openAnswer', record < 0 ? lookUp : { ...lookUp, record }),
  ];
}

function fixesOf({ entry, record, id }: SourceMark, state: MarkedState): vscode.CodeAction[] {
  const { t } = vscode.l10n;
  const lookUp: Address = { lookUp: entry.id };
  const row: Address = { ...lookUp, record };
  const group: Address = { ...lookUp, group: state };
  const { asked } = entry.answer.counts;
  const count = entry.answer.counts[state];
  const copyAll =
    count > 1
      ? [
          fix(
            t('Copy the {0} IDs under "{1}"', count.toLocaleString(), groupTitle(state)),
            'hubspotAssociations.copyIds',
            group,
          ),
        ]
      : [];
  return [
    ...(state === 'notRead' ? [fix(t('Read what was not read'), 'hubspotAssociations.resumeLookUp', lookUp)] : []),
    ...(state === 'none' ? [fix(t('Check which records exist'), 'hubspotAssociations.tellNoneApart', group)] : []),
    fix(
      asked === 1 ? t('Look up this ID again') : t('Look up all {0} IDs again', asked.toLocaleString()),
      'hubspotAssociations.runAgain',
      lookUp,
    ),
    fix(t('Copy {0}', id), 'hubspotAssociations.copyIds', row),
    ...copyAll,
    fix(t('Show in the answer'), 'hubspotAssociations.openAnswer', row),
  ];
}

function fix(title: string, command: string, at: Address): vscode.CodeAction {
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  action.command = { command, title, arguments: [at] };
  return action;
}
