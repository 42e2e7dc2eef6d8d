/** Narrows the table to some rows with one press: by state, by label. One tab stop; arrows move and choose. */

import type { PanelChip } from '../../src/core/treaty/panelMessages.ts';
import type { PanelWord } from '../../src/core/treaty/panelWords.ts';
import { element, foreign } from './element.ts';
import { number, say } from './words.ts';

const named: Readonly<Record<string, PanelWord>> = {
  all: 'chipAll',
  none: 'chipNone',
  failed: 'chipFailed',
  notRead: 'chipNotRead',
  truncated: 'chipTruncated',
  primary: 'chipPrimary',
};

export class Chips {
  readonly root = element('div', 'chips');
  readonly #onChoose: (key: string) => void;
  #chosen = 'all';
  #shown = '';

  constructor(onChoose: (key: string) => void) {
    this.#onChoose = onChoose;
    this.root.setAttribute('role', 'radiogroup');
    this.root.addEventListener('click', ({ target }) => {
      const chip = target instanceof Element ? target.closest<HTMLElement>('.chip') : null;
      if (chip) this.#choose(chip);
    });
    this.root.addEventListener('keydown', (event) => this.#key(event));
  }

  show(chips: readonly PanelChip[], chosen: string): void {
    const known = chips.some(({ key }) => key === chosen) ? chips : [...chips, { key: chosen, count: 0 }];
    const shown = JSON.stringify([known, chosen]);
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#chosen = chosen;
    this.root.setAttribute('aria-label', say('show'));
    const focused = this.root.contains(document.activeElement);
    this.root.replaceChildren(...known.map((chip) => this.#made(chip)));
    if (focused)
      this.#all()
        .find((chip) => chip.dataset.key === chosen)
        ?.focus();
  }

  #made({ key, label, count }: PanelChip): HTMLElement {
    const word = named[key];
    const text = word ? element('span', '', say(word)) : foreign(label ?? key.replace(/^label:/, ''), 'text');
    const chip = element('span', 'chip', text, ' ', element('span', 'count', number(count)));
    chip.dataset.key = key;
    chip.setAttribute('role', 'radio');
    chip.setAttribute('aria-checked', String(key === this.#chosen));
    chip.tabIndex = key === this.#chosen ? 0 : -1;
    return chip;
  }

  #all(): HTMLElement[] {
    return [...this.root.querySelectorAll<HTMLElement>('.chip')];
  }

  #choose(chip: HTMLElement): void {
    chip.focus();
    const { key } = chip.dataset;
    if (key !== undefined && key !== this.#chosen) this.#onChoose(key);
  }

  #key(event: KeyboardEvent): void {
    const chips = this.#all();
    const at = chips.findIndex((chip) => chip.matches(':focus'));
    const steps: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, ' ': 0 };
    const step = steps[event.key];
    if (at < 0 || step === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    this.#choose(chips[(at + step + chips.length) % chips.length]!);
  }
}
