/** What can be done with a row, as a menu at the row: by mouse, by Shift+F10 or by the context key. */

import { button, element } from './element.ts';
import { say } from './words.ts';

export interface MenuItem {
  readonly title: string;
  run(): void;
}

export class RowMenu {
  readonly root = element('div', 'menu');
  #onClose: (() => void) | undefined;

  constructor() {
    this.root.setAttribute('role', 'menu');
    this.root.hidden = true;
    this.root.addEventListener('keydown', (event) => this.#key(event));
    this.root.addEventListener('focusout', ({ relatedTarget }) => {
      if (!(relatedTarget instanceof Node && this.root.contains(relatedTarget))) this.#close(false);
    });
  }

  /** `x` and `y` in pixels of the page; `onClose` gives the focus back. */
  open(items: readonly MenuItem[], x: number, y: number, onClose: () => void): void {
    this.root.setAttribute('aria-label', say('rowActions'));
    this.root.replaceChildren(
      ...items.map(({ title, run }) => {
        const press = button(
          'item',
          () => {
            this.#close(true);
            run();
          },
          title,
        );
        press.setAttribute('role', 'menuitem');
        press.tabIndex = -1;
        return press;
      }),
    );
    this.root.hidden = false;
    const { offsetWidth, offsetHeight } = this.root;
    this.root.style.left = `${Math.max(0, Math.min(x, innerWidth - offsetWidth))}px`;
    this.root.style.top = `${Math.max(0, Math.min(y, innerHeight - offsetHeight))}px`;
    this.#onClose = onClose;
    this.#items()[0]?.focus();
  }

  #items(): HTMLElement[] {
    return [...this.root.querySelectorAll<HTMLElement>('.item')];
  }

  #close(giveFocusBack: boolean): void {
    if (this.root.hidden) return;
    this.root.hidden = true;
    const onClose = this.#onClose;
    this.#onClose = undefined;
    if (giveFocusBack) onClose?.();
  }

  #key(event: KeyboardEvent): void {
    const items = this.#items();
    const at = items.findIndex((item) => item.matches(':focus'));
    const to: Readonly<Record<string, number>> = {
      ArrowDown: (at + 1) % items.length,
      ArrowUp: (at - 1 + items.length) % items.length,
      Home: 0,
      End: items.length - 1,
    };
    const next = to[event.key];
    if (next !== undefined) items[next]?.focus();
    else if (event.key === 'Escape' || event.key === 'Tab') this.#close(true);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}
