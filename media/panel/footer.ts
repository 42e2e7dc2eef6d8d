/** What stands below the table, and in its place where it has no rows: how many are shown, how many names a filter could not search. */

import type { PanelState } from '../../src/core/treaty/panelMessages.ts';
import { button, element, setText } from './element.ts';
import { tell } from './host.ts';
import { say } from './words.ts';

export class Footer {
  readonly root: HTMLElement;
  /** Stands where the rows would be. */
  readonly empty = element('div', 'empty');
  readonly #shown = element('span', 'shown');
  readonly #notRead = element('span', 'namesNotRead');
  readonly #hint = element('span', 'hint');
  readonly #onShowAll: () => void;

  constructor(onShowAll: () => void) {
    this.#onShowAll = onShowAll;
    this.root = element('footer', '', this.#shown, this.#hint);
  }

  show(state: PanelState): void {
    const { rows, shown } = state.facts;
    setText(this.#shown, shown === rows ? say('rowsAll', rows) : say('rowsShown', shown, rows));
    this.#showNotRead(state);
    this.#showEmpty(state);
  }

  /** What the keys do where the focus is. A screen reader hears it at the place itself. */
  hint(text: string): void {
    setText(this.#hint, text);
  }

  /** A filter searches the names that are read: how many it could not search stands beside what it found. */
  #showNotRead({ facts, names, namesNotRead = 0 }: PanelState): void {
    const notRead = this.#notRead;
    const said = namesNotRead === 1 ? say('nameNotRead', 1) : say('namesNotRead', namesNotRead);
    const isShown = namesNotRead > 0;
    // Where nothing was found it stands where the rows would.
    if (facts.shown > 0 && !this.root.contains(notRead)) this.#shown.after(notRead);
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

  #showEmpty({ facts, progress }: PanelState): void {
    const { empty } = this;
    empty.hidden = facts.shown > 0;
    if (facts.shown > 0) empty.replaceChildren();
    else if (facts.rows > 0)
      empty.replaceChildren(
        element('p', '', say('noMatch')),
        this.#notRead,
        button('secondary', this.#onShowAll, say('clearFilter')),
      );
    else empty.replaceChildren(element('p', '', say(progress.kind === 'running' ? 'waitingForFirst' : 'noRows')));
  }
}
