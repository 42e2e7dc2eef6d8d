/** What a filter could not search, as it is not read: how much, and a button that reads it. */

import type { NoticeAction } from '../../src/core/treaty/actions.ts';
import { button, element, setText } from './element.ts';
import { tell } from './host.ts';
import { say } from './words.ts';

export class NotRead {
  readonly root: HTMLElement;
  readonly #said = element('span');
  readonly #read: HTMLButtonElement;

  constructor(className: string, action: NoticeAction) {
    this.#read = button('link', () => tell({ kind: 'action', action }));
    this.root = element('span', className);
    this.root.hidden = true;
  }

  /** @param words undefined when everything is read */
  show(words: string | undefined, isBeingRead: boolean): void {
    const { root } = this;
    root.hidden = words === undefined;
    this.#read.hidden = isBeingRead;
    setText(this.#read, say('readThem'));
    if (words === undefined) {
      root.replaceChildren();
      return;
    }
    setText(this.#said, words);
    if (!root.firstChild) root.append(this.#said, this.#read);
  }
}
