/** Says that the rows are being sorted or filtered, where that takes long, and lets the user stop it. */

import type { PanelState } from '../../src/core/treaty/panelState.ts';
import { button, element, setText } from './element.ts';
import { tell } from './host.ts';
import { number, say } from './words.ts';

export class Arranging {
  readonly root = element('div', 'arranging');
  readonly #bar = element('progress', '');
  readonly #text = element('span', 'sentence');
  readonly #cancel: HTMLButtonElement;

  /** @param onStop called when the user waits no longer */
  constructor(onStop: () => void) {
    this.#cancel = button('secondary', () => {
      onStop();
      tell({ kind: 'stopArranging' });
    });
    this.#bar.max = 1;
    this.root.append(this.#bar, this.#text, this.#cancel);
    this.root.hidden = true;
  }

  /** @param onGone called when it goes while it has the focus */
  show(arranging: PanelState['arranging'], onGone: () => void): void {
    const hadFocus = this.root.contains(document.activeElement);
    this.root.hidden = !arranging;
    if (!arranging) {
      if (hadFocus) onGone();
      return;
    }
    const { what, share } = arranging;
    this.#bar.value = share;
    this.#bar.setAttribute('aria-label', say(what));
    setText(this.#text, `${say(what)} ${say('percent', number(Math.floor(share * 100)))}`);
    setText(this.#cancel, say('cancel'));
    // What has come in is counted in any case.
    this.#cancel.hidden = what === 'counting';
  }
}
