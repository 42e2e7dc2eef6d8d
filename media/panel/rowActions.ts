/** What can be done with a row, and which of it Enter and a double click do. */

import type { PanelRowAction } from '../../src/core/treaty/actions.ts';
import type { PanelRow } from '../../src/core/treaty/panelRows.ts';
import type { StandingColumn } from './columnArrangement.ts';
import { tell } from './host.ts';
import type { Marked } from './markedRows.ts';
import type { MenuItem } from './menu.ts';
import { addressOf } from './rowWindow.ts';
import { keyName, say } from './words.ts';

type Column = Pick<StandingColumn, 'key' | 'kind'>;

/**
 * Opens what the cell names: the record that was asked, the associated one, the line that the id came from, or the look-up of the
 * type.
 * @param line which of several lines of a pair, from 0
 */
export function enterCell(row: PanelRow, column: Column, line?: number): void {
  const entered = meant(row, column);
  if (entered) does(entered.action, row, entered.of, column, line);
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
    keys: entered?.action === action && entered.of === of ? keyName('Enter') : undefined,
    run: () => does(action, row, of, column),
  });
  const isAsked = !row.notAsked;
  const isAssociated = hasAssociated(row);
  // A row of a matrix is of no one look-up: only a cell is.
  const isOfLookUp = isAsked && (row.cells === undefined || column.kind === 'type');
  return [
    [
      ...(column.kind === 'type' ? [item('openLookUp', 'openLookUp')] : []),
      ...(isAsked ? [item('openRecord', 'openRecord')] : []),
      ...(isAssociated ? [item('openAssociated', 'openRecord', 'associated')] : []),
      ...onwardItems(row, column, item),
      ...(row.source === undefined ? [] : [item('goToLine', 'goToLine')]),
      ...(row.lines ?? []).slice(1).map((line, at) => ({
        title: say('goToLineNumber', line + 1),
        run: () => does('goToLine', row, 'asked', column, at + 1),
      })),
    ],
    [
      { title: say('copyRows'), keys: keyName('Ctrl+C'), run: () => copyRows(marked()) },
      { title: say('copyWithHeads'), run: () => copyRows(marked(), { heads: true }) },
      { title: say('copyForSpreadsheets'), run: () => copyRows(marked(), { heads: true, spreadsheet: true }) },
      ...(isAsked ? [item('copyRecordId', 'copyIds')] : []),
      ...(isAssociated ? [item('copyAssociatedId', 'copyIds', 'associated')] : []),
    ],
    // What the buttons above the table do, for whoever does not leave the rows.
    [
      { title: say('toggleNames'), run: () => tell({ kind: 'action', action: 'toggleNames' }) },
      { title: say('export'), run: () => tell({ kind: 'export' }) },
    ],
    isOfLookUp
      ? [item('copyRequest', 'copyRequest'), item('openRequest', 'openRequest'), item('showRecord', 'showRecord')]
      : [],
  ];
}

/** On from the record that the cell names; a matrix shows all of it already. */
function onwardItems(
  row: PanelRow,
  { kind }: Column,
  item: (word: 'everything' | 'addHop', action: PanelRowAction, of?: End) => MenuItem,
): readonly MenuItem[] {
  if (row.cells !== undefined || row.notAsked) return [];
  const end = kind === 'associated' && row.toId !== undefined ? 'associated' : 'asked';
  // The tree shows the pairs of a check, under which no record leads on.
  const isOfCheck = row.verdict !== undefined;
  return [...(isOfCheck ? [] : [item('addHop', 'addHop', end)]), item('everything', 'everything', end)];
}

export function copyRows(
  marked: Marked | undefined,
  style: { readonly heads?: true; readonly spreadsheet?: true } = {},
): void {
  if (marked === 'all') tell({ kind: 'copy', rows: { all: true }, ...style });
  else if (marked) {
    tell({ kind: 'copy', rows: { all: false, from: addressOf(marked.from), to: addressOf(marked.to) }, ...style });
  }
}

type End = 'asked' | 'associated';

/** Undefined where the cell names nothing that could be opened: an id of the file that the mapping does not have. */
function meant(row: PanelRow, { kind }: Column): { readonly action: PanelRowAction; readonly of: End } | undefined {
  if (kind === 'type') return { action: 'openLookUp', of: 'asked' };
  if (kind === 'source' && row.source !== undefined) return { action: 'goToLine', of: 'asked' };
  if (kind === 'associated' && hasAssociated(row)) return { action: 'openRecord', of: 'associated' };
  return row.notAsked || (kind === 'associated' && row.unmapped) ? undefined : { action: 'openRecord', of: 'asked' };
}

function hasAssociated({ toId, unmapped }: PanelRow): boolean {
  return toId !== undefined && !unmapped;
}

/** What is done with the record that was asked, or with its associated one. */
function does(
  action: PanelRowAction,
  { record, nth, pair }: PanelRow,
  of: End,
  { kind, key }: Column,
  line?: number,
): void {
  // What is done with the record that was asked is done with it alone, but its lines are those of the pair.
  const ofPair = pair !== undefined && (of === 'associated' || action === 'goToLine') ? { pair } : {};
  const row = { record, ...(of === 'associated' && { nth }), ...ofPair, ...(line !== undefined && { line }) };
  tell({ kind: 'rowAction', action, row: kind === 'type' ? { ...row, column: key } : row });
}
