/** What a matrix says of itself: above its rows, and at the head of each column. */
import * as vscode from 'vscode';
import type { Answer } from '../core/domain/associations.ts';
import type { NotAsked } from '../core/domain/group.ts';
import type { ColumnState } from '../core/domain/matrixCell.ts';

/** What is told of a matrix. */
interface Told {
  readonly members: readonly { state(): ColumnState }[];
  readonly held: { readonly notAsked: readonly { readonly notAsked: NotAsked }[] };
}

/** In the order that the strip counts them. */
const states: readonly ColumnState[] = [
  'complete',
  'primaryOnly',
  'reading',
  'incomplete',
  'notAllowed',
  'cannotBeAssociated',
  'notRead',
];

/** "10 types: 8 complete, 1 not allowed, 1 not read; 19 not asked, the account has none". */
export function matrixStrip({ members, held }: Told): string {
  const { t } = vscode.l10n;
  const all = members.map(({ state }) => state());
  const parts = states.flatMap((state) => {
    const count = all.filter((each) => each === state).length;
    return count === 0 ? [] : [`${count.toLocaleString()} ${columnWord(state)}`];
  });
  const types = members.length === 1 ? t('1 type') : t('{0} types', members.length.toLocaleString());
  const asked = `${types}: ${parts.join(', ')}`;
  const notAsked = notAskedWords(held.notAsked);
  return notAsked === undefined ? asked : `${asked}; ${notAsked}`;
}

/** "19 not asked, the account has none". */
export function notAskedWords(notAsked: readonly { readonly notAsked: NotAsked }[]): string | undefined {
  const { t } = vscode.l10n;
  const of = (why: NotAsked) => notAsked.filter((each) => each.notAsked === why).length;
  const [none, scope, deselected] = [of('noRecords'), of('noScope'), of('deselected')];
  const words = [
    none === 0 ? '' : t('{0} not asked, the account has none', none.toLocaleString()),
    scope === 0 ? '' : t('{0} not asked, the token lacks the scope', scope.toLocaleString()),
    deselected === 0 ? '' : t('{0} not asked', deselected.toLocaleString()),
  ].filter((part) => part !== '');
  return words.length === 0 ? undefined : words.join('; ');
}

/** The sum of a column, and how far it is where that is worth a word: "1,203", "1,203+", "12 · reading". */
export function columnDetail(answer: Answer | undefined, state: ColumnState): string {
  const { associations = 0, truncated = 0 } = answer?.counts ?? {};
  const more = truncated > 0 || state === 'primaryOnly' || state === 'reading' ? '+' : '';
  const sum = `${associations.toLocaleString()}${more}`;
  if (state === 'complete' || state === 'primaryOnly') return sum;
  return associations > 0 || state === 'incomplete' ? `${sum} · ${columnWord(state)}` : columnWord(state);
}

/** Of the columns of a look-up that is gone or damaged. */
export function unreadColumnSentence(): string {
  return vscode.l10n.t('This lookup was removed or could not be read from disk.');
}

/** How far a column is. */
export function columnWord(state: ColumnState): string {
  const { t } = vscode.l10n;
  switch (state) {
    case 'complete':
      return t('complete');
    case 'primaryOnly':
      return t('complete for primary companies (v3)');
    case 'reading':
      return t('reading');
    case 'incomplete':
      return t('incomplete');
    case 'notAllowed':
      return t('not allowed');
    case 'cannotBeAssociated':
      return t('cannot be associated');
    case 'notRead':
      return t('not read');
  }
}
