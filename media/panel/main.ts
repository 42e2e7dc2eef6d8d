/** The panel's page: asks the host for its state, shows it, and tells what the user wants. Read this first. */

import { arrangedColumns } from '../../src/core/rows/columnOrder.ts';
import type { PanelState } from '../../src/core/treaty/panelState.ts';
import { type ColumnSort, everyRow, type PanelView, type ViewColumn } from '../../src/core/treaty/panelView.ts';
import { Announcer } from './announcer.ts';
import { Arranging } from './arranging.ts';
import { Chips } from './chips.ts';
import { ChosenView } from './chosenView.ts';
import { hidden, moved, resized, type StandingColumn, wishes } from './columnArrangement.ts';
import { ColumnList } from './columnList.ts';
import { columnMenu, startsDown } from './columnMenu.ts';
import { button, element, setText } from './element.ts';
import { FilterBox } from './filterBox.ts';
import { Footer } from './footer.ts';
import { listen, tell } from './host.ts';
import { Menu } from './menu.ts';
import { Notices } from './notices.ts';
import { copyRows, enterCell, rowMenu } from './rowActions.ts';
import { pressed, without } from './sorting.ts';
import { Summary } from './summary.ts';
import { Table } from './table.ts';
import { isMac, say, useWords } from './words.ts';

let state: PanelState | undefined;
const chosen = new ChosenView();

const summary = new Summary();
const notices = new Notices();
const announcer = new Announcer();
const menu = new Menu();
const chips = new Chips((keys) => changeView({ chips: [...keys] }));
const filter = new FilterBox({ filter: (text) => changeView({ filter: text }), leave: () => table.focus() });
const footer = new Footer(showEveryRow);
const arranging = new Arranging(() => chosen.followHost());
const columnOwner = {
  sort: (sort: readonly ColumnSort[]) => {
    changeView({ sort: [...sort] });
    announcer.sorted(sort, columns());
  },
  moveBefore(key: string, before: string | undefined) {
    changeColumns(moved(allColumns(), key, before));
    announcer.columnMoved(key, columns());
  },
  hide(key: string, isHidden: boolean) {
    const { sort } = chosen.current;
    // Sorted by a hidden column, the rows would stand in an order that nothing on the screen explains.
    changeColumns(hidden(allColumns(), key, isHidden), isHidden ? without(sort, key) : sort);
    const column = columns().find((each) => each.key === key);
    if (column) announcer.columnHidden(column, isHidden);
  },
  resizeColumn: (key: string, width: number | undefined) => changeColumns(resized(allColumns(), key, width)),
  list: () => columnList.open(),
  chips: (key: string) => ({
    offered: state?.facts.chips.filter(({ column }) => column === key) ?? [],
    chosen: chosen.current.chips,
  }),
  choose: (keys: readonly string[]) => changeView({ chips: [...keys] }),
  properties: () => tell({ kind: 'action', action: 'chooseProperties' }),
  reset: () => changeColumns([]),
};
const columnList = new ColumnList(columnOwner);
const table = new Table({
  sort(key, add) {
    const column = columns().find((each) => each.key === key);
    columnOwner.sort(pressed(chosen.current.sort, key, add, column !== undefined && startsDown(column)));
  },
  moveColumn(key, to) {
    const others = shownColumns().filter((column) => column.key !== key);
    columnOwner.moveBefore(key, others[to]?.key);
  },
  resizeColumn: columnOwner.resizeColumn,
  moved(place, atHead) {
    chosen.moveTo(place);
    const keys = isMac ? (['rowKeysMac', 'headKeysMac'] as const) : (['rowKeys', 'headKeys'] as const);
    footer.hint(say(keys[atHead ? 1 : 0]));
  },
  enter: enterCell,
  rowMenu(row, column, at) {
    const groups = rowMenu(row, column, () => table.marked());
    menu.open(say('rowActions'), groups, at, () => table.focus());
  },
  columnMenu(column, at) {
    const groups = columnMenu(column, shownColumns(), chosen.current.sort, columnOwner);
    menu.open(say('columnActions'), groups, at, () => table.focus());
  },
});
const names = button('secondary', () => tell({ kind: 'action', action: 'toggleNames' }));
const exports = button('secondary', () => tell({ kind: 'export' }));
const right = element('div', 'right', filter.root, names, columnList.root, exports);
const main = element(
  'main',
  '',
  element('div', 'top', summary.root, notices.root),
  element('div', 'tools', chips.root, right),
  element('div', 'middle', table.root, footer.empty, arranging.root),
  footer.root,
  menu.root,
);
document.body.append(main, announcer.root);

// The editor turns its own copy key into the page's copy event.
document.addEventListener('copy', (event) => {
  if (!table.hasFocus) return;
  event.preventDefault();
  copyRows(table.marked());
});
document.addEventListener('keydown', (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.key.toLowerCase() !== 'f') return;
  event.preventDefault();
  filter.focus();
});
addEventListener('focus', focusTable);

listen((message) => {
  if (message.kind === 'state') show(message);
  else if (message.kind === 'rows') table.take(message);
  else if (message.kind === 'sortBack') {
    if (JSON.stringify(chosen.current.sort) === JSON.stringify(message.from)) columnOwner.sort(message.to);
  } else {
    if (message.everyRow) showEveryRow();
    table.goTo(message.at);
    table.focus();
  }
});
tell({ kind: 'ready', ...(chosen.remembered && { view: chosen.remembered }) });
table.begin(chosen.remembered?.place ?? 0);

function show(next: PanelState): void {
  const before = state;
  state = next;
  document.getElementById('reading')?.remove();
  if (next.words) useWords(next.words);
  const view = chosen.over(next);
  if (showsValues(next)) chosen.valuesAreShown();
  chosen.keep(next.properties?.kept ?? []);
  filter.show(view.filter);
  setText(names, say(next.names === 'reading' ? 'namesReading' : 'names'));
  names.setAttribute('aria-pressed', String(next.names !== 'off'));
  setText(exports, say('export'));
  summary.show(next);
  notices.show(next.notices);
  arranging.show(next.arranging, () => table.focus());
  showView(next, view);
  footer.show(next);
  announcer.hear(before, next);
  // One that comes back takes the focus from nobody who went elsewhere meanwhile.
  const isBack = chosen.remembered || document.body.hasAttribute('data-back');
  if (!before && (!isBack || document.hasFocus())) focusTable();
}

/** What is typed into the filter then may be something that a record has. */
function showsValues({ names, properties }: PanelState): boolean {
  return names !== 'off' || properties !== undefined;
}

/** A panel begins at its rows, unless somebody has gone elsewhere in it. */
function focusTable(): void {
  if (document.activeElement === document.body) table.focus();
}

/** Shows what the user's own view decides, whether the host has followed it yet or not. */
function showView(next: PanelState, view: PanelView): void {
  chips.show(next.facts.chips, view.chips, next.facts.rows);
  columnList.show(columns());
  table.show(next, view);
}

/** Tells the host what the user chose. @param restart a new order is shown from its start */
function changeView(change: Partial<PanelView>, restart = true): void {
  chosen.change({ ...change, ...(restart && { place: 0 }) }, state !== undefined && showsValues(state));
  if (restart) table.restart();
  if (state) showView(state, chosen.current);
}

function changeColumns(next: readonly ViewColumn[], sort = chosen.current.sort as readonly ColumnSort[]): void {
  changeView({ columns: [...next], sort: [...sort] }, false);
}

function showEveryRow(): void {
  filter.clear();
  changeView(everyRow);
}

/** All columns where the user put them, hidden ones too. */
function columns(): readonly StandingColumn[] {
  return state ? arrangedColumns(state.facts.columns, chosen.current.columns) : [];
}

function shownColumns(): readonly StandingColumn[] {
  return columns().filter((column) => !column.hidden);
}

function allColumns(): readonly ViewColumn[] {
  return wishes(columns(), chosen.current.columns);
}
