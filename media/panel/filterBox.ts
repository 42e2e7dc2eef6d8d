/** The field that narrows the rows by text: Enter or an arrow goes on to the rows that it left, Escape to all of them. */

import { element, glyph } from './element.ts';
import { Pause } from './pause.ts';
import { isMac, say } from './words.ts';

/** How long somebody may type on before the host hears of it, in milliseconds. */
const typingPause = 150;

export interface FilterBoxOwner {
  filter(text: string): void;
  /** On to the table. */
  leave(): void;
}

export class FilterBox {
  readonly root: HTMLElement;
  readonly #owner: FilterBoxOwner;
  readonly #input = element('input', 'filterText');
  readonly #typing = new Pause();

  constructor(owner: FilterBoxOwner) {
    this.#owner = owner;
    this.#input.type = 'text';
    this.#input.spellcheck = false;
    this.#input.setAttribute('aria-keyshortcuts', 'Control+F');
    this.#input.addEventListener('input', () => this.#typing.start(typingPause, () => owner.filter(this.#input.value)));
    this.#input.addEventListener('keydown', (event) => this.#key(event));
    this.root = element('label', 'filterBox', glyph('filter'), this.#input);
  }

  /** Shows the words, and the filter that holds unless another one is being typed. */
  show(filter: string): void {
    const isTyped = document.activeElement === this.#input || this.#typing.isWaiting;
    if (this.#input.value !== filter && !isTyped) this.#input.value = filter;
    this.#input.placeholder = say(isMac ? 'filterMac' : 'filter');
    this.#input.setAttribute('aria-label', say('filterHint'));
    this.#input.title = say('filterHint');
  }

  clear(): void {
    this.#typing.stop();
    this.#input.value = '';
  }

  focus(): void {
    this.#input.focus();
    this.#input.select();
  }

  #key(event: KeyboardEvent): void {
    // The key is meant for the characters that are still being put together.
    if (event.isComposing) return;
    if (event.key === 'Escape') {
      if (this.#input.value !== '') {
        this.clear();
        this.#owner.filter('');
      }
    } else if (event.key !== 'ArrowDown' && event.key !== 'Enter') return;
    // What was typed last is looked for at once, before the rows are gone to.
    if (this.#typing.isWaiting) {
      this.#typing.stop();
      this.#owner.filter(this.#input.value);
    }
    this.#owner.leave();
    event.preventDefault();
  }
}
