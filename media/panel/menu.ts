/** What can be done with a row or a column, as a menu beside it: by mouse, by Shift+F10 or by the context key. */

import { button, element, putAt } from './element.ts';

export interface MenuItem {
  readonly title: string;
  /** The key that does the same, in words, such as `Enter`. */
  readonly keys?: string | undefined;
  run(): void;
}

export class Menu {
  readonly root = element('div', 'menu');
  #onClose: (() => void) | undefined;
  #place = { x: 0, y: 0 };

  constructor() {
    this.root.setAttribute('role', 'menu');
    this.root.hidden = true;
    this.root.addEventListener('keydown', (event) => this.#key(event));
    this.root.addEventListener('focusout', ({ relatedTarget }) => {
      if (!(relatedTarget instanceof Node && this.root.contains(relatedTarget))) this.#close(false);
    });
    addEventListener('resize', () => this.#putAt());
  }

  /**
   * @param label what it is about, for a screen reader
   * @param groups the items, with a line between groups
   * @param place in pixels of the page
   * @param onClose gives the focus back
   */
  open(
    label: string,
    groups: readonly (readonly MenuItem[])[],
    place: { readonly x: number; readonly y: number },
    onClose: () => void,
  ): void {
    this.root.setAttribute('aria-label', label);
    const filled = groups.filter((items) => items.length > 0);
    this.root.replaceChildren(
      ...filled.flatMap((items, at) => [...(at > 0 ? [line()] : []), ...items.map((item) => this.#item(item))]),
    );
    this.root.hidden = false;
    this.#place = place;
    this.#putAt();
    this.#onClose = onClose;
    this.#items()[0]?.focus();
  }

  #putAt(): void {
    putAt(this.root, this.#place.x, this.#place.y);
  }

  #item({ title, keys, run }: MenuItem): HTMLElement {
    const press = button(
      'item',
      () => {
        this.#close(true);
        run();
      },
      element('span', 'title', title),
    );
    press.setAttribute('role', 'menuitem');
    // As in the editor's own menus the mouse takes the keyboard's place along.
    press.addEventListener('pointermove', () => press.focus());
    press.tabIndex = -1;
    if (keys !== undefined) {
      const shown = element('span', 'keys', keys);
      // A screen reader has it from the attribute, after the name.
      shown.setAttribute('aria-hidden', 'true');
      press.setAttribute('aria-keyshortcuts', keys);
      press.append(shown);
    }
    return press;
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

function line(): HTMLElement {
  const made = element('div', 'separator');
  made.setAttribute('role', 'separator');
  return made;
}
