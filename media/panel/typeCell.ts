/** A cell of a matrix: how many there are, as a link to the look-up that knows it, or why that is not known. */

import type { PanelRow, TypeCell } from '../../src/core/treaty/panelMessages.ts';
import type { PanelWord } from '../../src/core/treaty/panelWords.ts';
import { clip } from './clipping.ts';
import type { StandingColumn } from './columnArrangement.ts';
import { element, setText } from './element.ts';
import { number, say } from './words.ts';

const words: Readonly<Record<Exclude<TypeCell['state'], 'found' | 'none'>, PanelWord>> = {
  reading: 'stateReading',
  failed: 'stateFailed',
  notRead: 'stateNotRead',
  notAllowed: 'stateNotAllowed',
  cannotBeAssociated: 'stateCannotBeAssociated',
  notAsked: 'stateNotAsked',
};

/** The column's name is said with what is in the cell, which a screen reader would otherwise say as a bare number. */
export function typeCell(cell: HTMLElement, { key, head }: StandingColumn): (row: PanelRow) => void {
  const text = element('span', 'place');
  cell.append(text);
  clip(cell, true);
  return ({ cells }) => {
    const shown = cells?.[key];
    const said = shown ? textOf(shown) : '';
    setText(text, said);
    const isCount = shown !== undefined && isCounted(shown);
    text.className = isCount ? (shown.count > 0 || shown.more ? 'place' : 'place zero') : 'place open';
    const title = shown?.problem ?? '';
    if (cell.title !== title) cell.title = title;
    const label = said === '' ? '' : say('matrixCell', head, title === '' ? said : `${said}. ${title}`);
    if (cell.ariaLabel !== label) cell.ariaLabel = label;
  };
}

function isCounted({ state, count }: TypeCell): boolean {
  return state === 'found' || state === 'none' || count > 0;
}

function textOf(cell: TypeCell): string {
  if (isCounted(cell)) return `${number(cell.count)}${cell.more ? '+' : ''}`;
  const { state } = cell;
  return state === 'found' || state === 'none' ? '' : say(words[state]);
}
