/** The panel's page: asks the host for its state, shows it, and tells what the user wants. Read this first. */

import type { PanelRowAction } from '../../src/core/treaty/actions.ts';
import {
  everyRow,
  firstView,
  type PanelRow,
  type PanelState,
  type PanelView,
  type RememberedView,
} from '../../src/core/treaty/panelMessages.ts';
import { Chips } from './chips.ts';
import { button, element, glyph, setText } from './element.ts';
import { listen, remember, rememberedView, tell } from './host.ts';
import { Notices } from './notices.ts';
import { type MenuItem, RowMenu } from './rowMenu.ts';
import { Summary } from './summary.ts';
import { Table } from './table.ts';
import { say, useWords } from './words.ts';

/** How long a filter may be typed on, and a place scrolled on, before the host hears of it, in milliseconds. */
const typingPause = 150;
const scrollingPause = 300;

let state: PanelState | undefined;
const remembered = rememberedView();
/** Undefined until the host has said which filter there is, where none was remembered. */
let view: PanelView | undefined = hasFilter(remembered) ? remembered : undefined;
/** True for a filter that may be a name: it was typed or stood there while names were shown. */
let isFilterPrivate = remembered !== undefined && !view;

const summary = new Summary();
const notices = new Notices();
const chips = new Chips((chip) => changeView({ chip }));
const menu = new RowMenu();
const table = new Table({
  sort(column) {
    const sort = view?.sort;
    // Up, down, and back to the order asked.
    if (sort?.column !== column) changeView({ sort: { column, descending: false } });
    else if (!sort.descending) changeView({ sort: { column, descending: true } });
    else changeView({ sort: undefined });
  },
  resized(widths) {
    changeView({ widths }, false);
  },
  moved(place) {
    if (!view || view.place === place) return;
    view = { ...view, place };
    if (!timers.has('view')) later('view', scrollingPause, tellView);
  },
  enter(row, column) {
    rowAction(column === 'source' && row.source !== undefined ? 'goToLine' : 'showRecord', row);
  },
  menu(row, x, y) {
    menu.open(itemsFor(row), x, y, () => table.focus());
  },
});

const filter = element('input', 'filterText');
filter.type = 'text';
filter.spellcheck = false;
filter.addEventListener('input', () => later('filter', typingPause, () => changeView({ filter: filter.value })));
filter.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && filter.value !== '') {
    filter.value = '';
    changeView({ filter: '' });
  } else if (event.key === 'ArrowDown') table.focus();
  else return;
  event.preventDefault();
});
const names = button('secondary', () => tell({ kind: 'action', action: 'toggleNames' }));
const exports = button('secondary', () => tell({ kind: 'export' }));
const shown = element('span', 'shown');
const notRead = element('span', 'namesNotRead');
const footer = element('footer', '', shown, notRead);
const empty = element('div', 'empty');
const spoken = element('div', 'spoken');
spoken.setAttribute('role', 'status');
const tools = element(
  'div',
  'tools',
  chips.root,
  element('div', 'right', element('label', 'filterBox', glyph('filter'), filter), names, exports),
);
const main = element(
  'main',
  '',
  element('div', 'top', summary.root, notices.root, tools),
  element('div', 'middle', table.root, empty),
  footer,
);
document.body.append(main, menu.root, spoken);

// The editor turns its own copy key into the page's copy event.
document.addEventListener('copy', (event) => {
  if (!table.hasFocus) return;
  event.preventDefault();
  copyMarked();
});

listen((message) => {
  if (message.kind === 'state') show(message);
  else if (message.kind === 'rows') table.take(message);
  else {
    if (message.everyRow) showEveryRow();
    table.goTo(message.at);
    table.focus();
  }
});
remember(remembered);
tell({ kind: 'ready', ...(remembered && { view: remembered }) });
table.begin(remembered?.place ?? 0);

function show(next: PanelState): void {
  const before = state;
  state = next;
  document.getElementById('reading')?.remove();
  if (next.words) useWords(next.words);
  view ??= next.facts.view;
  if (next.names !== 'off' && !isFilterPrivate) {
    isFilterPrivate = true;
    rememberView();
  }
  if (filter.value !== view.filter && document.activeElement !== filter) filter.value = view.filter;
  filter.placeholder = say('filter');
  filter.setAttribute('aria-label', say('filterHint'));
  filter.title = say('filterHint');
  setText(names, say(next.names === 'reading' ? 'namesReading' : 'names'));
  names.setAttribute('aria-pressed', String(next.names !== 'off'));
  setText(exports, say('export'));
  summary.show(next);
  notices.show(next.notices);
  chips.show(next.facts.chips, view.chip);
  table.show({ ...next, facts: { ...next.facts, view } }, next.facts.view);
  const { rows, shown: count } = next.facts;
  setText(shown, count === rows ? say('rowsAll', rows) : say('rowsShown', count, rows));
  showNotRead(next);
  showEmpty(next);
  speak(before, next);
}

/** A filter searches the names that are read: how many it could not search stands beside what it found. */
function showNotRead({ facts, names, namesNotRead = 0 }: PanelState): void {
  const said = namesNotRead === 1 ? say('nameNotRead', 1) : say('namesNotRead', namesNotRead);
  const isShown = namesNotRead > 0;
  // Where nothing was found it stands where the rows would.
  if (facts.shown > 0 && !footer.contains(notRead)) footer.append(notRead);
  notRead.hidden = !isShown;
  if (!isShown) notRead.replaceChildren();
  else if (notRead.firstChild) setText(notRead.querySelector('span')!, said);
  else
    notRead.append(
      element('span', '', said),
      button('link', () => tell({ kind: 'action', action: 'readNames' }), say('readNames')),
    );
  const press = notRead.querySelector('button');
  if (press) press.hidden = names === 'reading';
}

function showEmpty({ facts, progress }: PanelState): void {
  empty.hidden = facts.shown > 0;
  if (facts.shown > 0) empty.replaceChildren();
  else if (facts.rows > 0)
    empty.replaceChildren(
      element('p', '', say('noMatch')),
      notRead,
      button('secondary', showEveryRow, say('clearFilter')),
    );
  else empty.replaceChildren(element('p', '', say(progress.kind === 'running' ? 'waitingForFirst' : 'noRows')));
}

/** What a screen reader should hear without being asked: the start and end of a run, and what a filter left. Not each page. */
function speak(before: PanelState | undefined, next: PanelState): void {
  const { facts, progress } = next;
  if (before?.progress.kind !== progress.kind) spoken.textContent = progressSentence(next);
  else if (before.facts.shown !== facts.shown && progress.kind !== 'running')
    spoken.textContent = say('rowsShown', facts.shown, facts.rows);
}

function progressSentence({ facts, progress }: PanelState): string {
  if (progress.kind === 'waiting') return progress.reason;
  if (progress.kind === 'running') return say('running');
  const end = facts.completeness === 'incomplete' && progress.kind === 'paused' ? 'paused' : facts.completeness;
  return `${say(end)}. ${say('rowsAll', facts.rows)}.`;
}

/** Tells the host what the user chose; a new order is shown from its start. */
function changeView(change: Partial<PanelView>, restart = true): void {
  if (change.filter !== undefined) isFilterPrivate = state !== undefined && state.names !== 'off';
  view = { ...(view ?? firstView), ...change, ...(restart && { place: 0 }) };
  if (restart) table.restart();
  if (state) {
    chips.show(state.facts.chips, view.chip);
    table.show({ ...state, facts: { ...state.facts, view } }, state.facts.view);
  }
  tellView();
}

function showEveryRow(): void {
  filter.value = '';
  changeView(everyRow);
}

function tellView(): void {
  cancelLater('view');
  if (!view) return;
  rememberView();
  tell({ kind: 'view', view });
}

/** What is remembered is written to disk, where no name belongs. */
function rememberView(): void {
  if (!view) return;
  const { filter, ...others } = view;
  remember(isFilterPrivate && filter !== '' ? others : view);
}

function hasFilter(view: RememberedView | undefined): view is PanelView {
  return view?.filter !== undefined;
}

/** What is done with the record that was asked, or with its associated one. */
function rowAction(action: PanelRowAction, { record, nth }: PanelRow, of: 'asked' | 'associated' = 'asked'): void {
  tell({ kind: 'rowAction', action, row: of === 'asked' ? { record } : { record, nth } });
}

function copyMarked(): void {
  const marked = table.marked();
  if (marked === 'all') tell({ kind: 'copy', rows: { all: true } });
  else if (marked) {
    const address = ({ record, nth }: PanelRow) => ({ record, nth });
    tell({ kind: 'copy', rows: { all: false, from: address(marked.from), to: address(marked.to) } });
  }
}

function itemsFor(row: PanelRow): readonly MenuItem[] {
  const does = (word: Parameters<typeof say>[0], action: PanelRowAction, of?: 'associated'): MenuItem => ({
    title: say(word),
    run: () => rowAction(action, row, of),
  });
  const associated = row.toId !== undefined;
  return [
    does('showRecord', 'showRecord'),
    ...(row.source === undefined ? [] : [does('goToLine', 'goToLine')]),
    does('openRecord', 'openRecord'),
    ...(associated ? [does('openAssociated', 'openRecord', 'associated')] : []),
    does('copyRecordId', 'copyIds'),
    ...(associated ? [does('copyAssociatedId', 'copyIds', 'associated')] : []),
    { title: say('copyRows'), run: copyMarked },
    does('copyRequest', 'copyRequest'),
    does('openRequest', 'openRequest'),
  ];
}

const timers = new Map<string, ReturnType<typeof setTimeout>>();

function later(name: string, milliseconds: number, run: () => void): void {
  cancelLater(name);
  const timer = setTimeout(() => {
    timers.delete(name);
    run();
  }, milliseconds);
  timers.set(name, timer);
}

function cancelLater(name: string): void {
  clearTimeout(timers.get(name));
  timers.delete(name);
}
