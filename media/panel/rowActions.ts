/** What can be done with a row, and which of it Enter and a double click do. */

import type { PanelRowAction } from '../../src/core/treaty/actions.ts';
import type { PanelRow } from '../../src/core/treaty/panelMessages.ts';
import type { StandingColumn } from './columnArrangement.ts';
import { tell } from './host.ts';
import type { Marked } from './markedRows.ts';
import type { MenuItem } from './menu.ts';
import { keyName, say } from './words.ts';

type Column = Pick<StandingColumn, 'key' | 'kind'>;

/**
 * Opens what the cell names: the record that was asked, the associated one, the line that the id came from, or the look-up of the
 * type.
 */
export function enterCell(row: PanelRow, column: Column): void {
  const { action, of } = meant(row, column);
  does(action, row, of, column);
}

/** @param column of the cell at which the menu was asked for */
export function rowMenu(
  row: PanelRow,
  column: Column,
  marked: () => Marked | undefined,
): readonly (readonly MenuItem[])[] {
  const entered = meant(row, column);
  const item = (word: Parameters<typeof say>[0], action: PanelRowAction, of: End = 'asked'): MenuItem => ({
    title: say(word),
    keys: entered.action === action && entered.of === of ? keyName('Enter') : undefined,
    run: () => does(action, row, of, column),
  });
  const isAssociated = row.toId !== undefined;
  // A row of a matrix is of no one look-up: only a cell is.
  const isOfLookUp = row.cells === undefined || column.kind === 'type';
  return [
    [
      ...(column.kind === 'type' ? [item('openLookUp', 'openLookUp')] : []),
      item('openRecord', 'openRecord'),
      ...(isAssociated ? [item('openAssociated', 'openRecord', 'associated')] : []),
      ...(row.source === undefined ? [] : [item('goToLine', 'goToLine')]),
    ],
    [
      { title: say('copyRows'), keys: keyName('Ctrl+C'), run: () => copyRows(marked()) },
      item('copyRecordId', 'copyIds'),
      ...(isAssociated ? [item('copyAssociatedId', 'copyIds', 'associated')] : []),
    ],
    isOfLookUp
      ? [item('copyRequest', 'copyRequest'), item('openRequest', 'openRequest'), item('showRecord', 'showRecord')]
      : [],
  ];
}

export function copyRows(marked: Marked | undefined): void {
  if (marked === 'all') tell({ kind: 'copy', rows: { all: true } });
  else if (marked) {
    const address = ({ record, nth }: PanelRow) => ({ record, nth });
    tell({ kind: 'copy', rows: { all: false, from: address(marked.from), to: address(marked.to) } });
  }
}

type End = 'asked' | 'associated';

function meant(row: PanelRow, { kind }: Column): { readonly action: PanelRowAction; readonly of: End } {
  if (kind === 'type') return { action: 'openLookUp', of: 'asked' };
  if (kind === 'source' && row.source !== undefined) return { action: 'goToLine', of: 'asked' };
  return { action: 'openRecord', of: kind === 'associated' && row.toId !== undefined ? 'associated' : 'asked' };
}

/** What is done with the record that was asked, or with its associated one. */
function does(action: PanelRowAction, { record, nth }: PanelRow, of: End, { kind, key }: Column): void {
  const row = of === 'asked' ? { record } : { record, nth };
  tell({ kind: 'rowAction', action, row: kind === 'type' ? { ...row, column: key } : row });
}
