/** What a filter could not search, as it is not read: how much, and a button that reads it. */

import type { NoticeAction } from '../../src/core/treaty/actions.ts';
import type { PanelWord } from '../../src/core/treaty/panelWords.ts';
import { button, element, setText } from './element.ts';
import { tell } from './host.ts';
import { counted, say } from './words.ts';

export class NotRead {
  readonly root: HTMLElement;
  readonly #words: readonly [one: PanelWord, many: PanelWord];
  readonly #said = element('span');
  readonly #read: HTMLButtonElement;

  constructor(className: string, action: NoticeAction, words: readonly [one: PanelWord, many: PanelWord]) {
    this.#words = words;
    this.#read = button('link', () => tell({ kind: 'action', action }));
    this.root = element('span', className);
    this.root.hidden = true;
  }

  /** @param count 0 when everything is read: then nothing is shown */
  show(count: number, isBeingRead: boolean): void {
    const { root } = this;
    root.hidden = count === 0;
    this.#read.hidden = isBeingRead;
    if (count === 0) {
      root.replaceChildren();
      return;
    }
    setText(this.#said, counted(count, ...this.#words));
    setText(this.#read, say(count === 1 ? 'readIt' : 'readThem'));
    if (!root.firstChild) root.append(this.#said, this.#read);
  }
}
