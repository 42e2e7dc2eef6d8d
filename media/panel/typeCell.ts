/** A cell of a matrix: how many there are, as a link to the look-up that knows it, or why that is not known. */

import { typeCellWords } from '../../src/core/rows/typeCellWords.ts';
import type { PanelRow, TypeCell } from '../../src/core/treaty/panelRows.ts';
import { clipper } from './clipping.ts';
import type { StandingColumn } from './columnArrangement.ts';
import { element, setText } from './element.ts';
import { number, say } from './words.ts';

/** The column's name is said with what is in the cell, which a screen reader would otherwise say as a bare number. */
export function typeCell(cell: HTMLElement, { key, head }: StandingColumn): (row: PanelRow) => void {
  const text = element('span', 'place');
  cell.append(text);
  clipper(cell)(true);
  return ({ cells }) => {
    const shown = cells?.[key];
    const said = shown ? textOf(shown) : '';
    setText(text, said);
    text.className = shown ? classOf(shown) : 'place open';
    const title = shown?.problem ?? '';
    if (cell.title !== title) cell.title = title;
    const label = said === '' ? '' : say('matrixCell', head, title === '' ? said : `${said}. ${title}`);
    if (cell.ariaLabel !== label) cell.ariaLabel = label;
  };
}

function textOf({ state, count, more }: TypeCell): string {
  if (state === 'found' || state === 'none' || count > 0) return `${number(count)}${more ? '+' : ''}`;
  return say(typeCellWords[state]);
}

function classOf({ state, count, more }: TypeCell): string {
  if (count > 0) return 'place';
  if (state !== 'found' && state !== 'none') return 'place open';
  return more ? 'place' : 'place zero';
}
