/** What stands below the table, and in its place where it has no rows: how many are shown, what a filter could not search. */

import type { PanelState } from '../../src/core/treaty/panelState.ts';
import { button, element, setText } from './element.ts';
import { NotRead } from './notRead.ts';
import { counted, say } from './words.ts';

export class Footer {
  readonly root: HTMLElement;
  /** Stands where the rows would be. */
  readonly empty = element('div', 'empty');
  readonly #shown = element('span', 'shown');
  readonly #values = new NotRead('valuesNotRead', 'readValues', ['recordValuesNotRead', 'recordsValuesNotRead']);
  readonly #names = new NotRead('namesNotRead', 'readNames', ['nameNotRead', 'namesNotRead']);
  readonly #existence = new NotRead('existenceNotRead', 'checkExistence', ['recordNotChecked', 'recordsNotChecked']);
  readonly #notRead = element('span', 'notRead', this.#values.root, this.#names.root, this.#existence.root);
  readonly #hint = element('span', 'hint');
  readonly #onShowAll: () => void;

  constructor(onShowAll: () => void) {
    this.#onShowAll = onShowAll;
    this.root = element('footer', '', this.#shown, this.#hint);
  }

  show(state: PanelState): void {
    const { rows, shown } = state.facts;
    const all = counted(rows, 'rowOne', 'rowsAll');
    setText(this.#shown, shown === rows ? all : say('done', shown, all));
    this.#showNotRead(state);
    this.#showEmpty(state);
  }

  /** What the keys do where the focus is. A screen reader hears it at the place itself. */
  hint(text: string): void {
    setText(this.#hint, text);
  }

  /** A filter searches what is read: how much it could not search stands beside what it found. */
  #showNotRead({ facts, names, valuesNotRead = 0, namesNotRead = 0, existenceNotRead = 0 }: PanelState): void {
    // Where nothing was found it stands where the rows would.
    if (facts.shown > 0 && !this.root.contains(this.#notRead)) this.#shown.after(this.#notRead);
    const isReading = names === 'reading';
    this.#values.show(valuesNotRead, false);
    this.#names.show(namesNotRead, isReading);
    this.#existence.show(existenceNotRead, isReading);
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
