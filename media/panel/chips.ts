/**
 * Narrows the table to some rows with one press: by state, by label, by how many there are. Several can be chosen. One tab stop: arrows
 * move, Space and Enter choose.
 */

import { verdictWords } from '../../src/core/rows/verdictWords.ts';
import type { RowVerdict } from '../../src/core/treaty/panelRows.ts';
import type { PanelChip } from '../../src/core/treaty/panelState.ts';
import type { PanelWord } from '../../src/core/treaty/panelWords.ts';
import { element, foreign, glyph } from './element.ts';
import { verdictGlyphs } from './verdictCell.ts';
import { number, say } from './words.ts';

const named: Readonly<Record<string, PanelWord>> = {
  none: 'chipNone',
  noSuchRecord: 'chipNoSuchRecord',
  archived: 'chipArchived',
  merged: 'chipMerged',
  failed: 'chipFailed',
  notRead: 'chipNotRead',
  truncated: 'chipTruncated',
  reading: 'chipReading',
  moreThanOne: 'chipMoreThanOne',
  primary: 'chipPrimary',
  noLabel: 'chipNoLabel',
  noneOfTypes: 'chipNoneOfTypes',
  anyOpen: 'chipAnyOpen',
};
/** In a check, where a verdict of pairs has the words of the record's own chip. */
const namedInCheck: Readonly<Record<string, PanelWord>> = { ...named, noSuchRecord: 'chipNotThere' };
/** Chips about one column are named after it. */
const namedAfterColumn: Readonly<Record<string, PanelWord>> = {
  none: 'chipTypeNone',
  some: 'chipTypeSome',
  open: 'chipTypeOpen',
};
const verdicts: Readonly<Record<string, RowVerdict>> = {
  'verdict:missing': 'missing',
  'verdict:differs': 'differs',
  'verdict:noSuchRecord': 'noSuchRecord',
  'verdict:cannotTell': 'cannotTell',
  'verdict:unexpected': 'unexpected',
  'verdict:asExpected': 'asExpected',
};

/** A chip that is no longer among the host's, but still chosen, shows no rows. */
type Shown = Pick<PanelChip, 'key' | 'label' | 'count'>;

/** The chip that takes off all others. No chip of the host's has an empty key. */
const all = '';

export class Chips {
  readonly root = element('div', 'chips');
  readonly #onChoose: (keys: readonly string[]) => void;
  #chosen: readonly string[] = [];
  /** The key of the chip that Tab comes to. */
  #stop = all;
  #shown = '';

  /** @param onChoose called with the keys of all chosen chips */
  constructor(onChoose: (keys: readonly string[]) => void) {
    this.#onChoose = onChoose;
    this.root.setAttribute('role', 'toolbar');
    this.root.addEventListener('click', ({ target }) => {
      const chip = target instanceof Element ? target.closest<HTMLElement>('.chip') : null;
      if (chip) this.#choose(chip);
    });
    this.root.addEventListener('keydown', (event) => this.#key(event));
  }

  /** @param rows how many there are without any chip */
  show(chips: readonly PanelChip[], chosen: readonly string[], rows: number): void {
    const gone = chosen.filter((key) => chips.every((chip) => chip.key !== key));
    // Those about one column are offered at its heading, and stand here while they are chosen.
    const offered = chips.filter(({ key, column }) => column === undefined || chosen.includes(key));
    const shown: readonly Shown[] = [{ key: all, count: rows }, ...offered, ...gone.map((key) => ({ key, count: 0 }))];
    const names = shown.some(({ key }) => verdicts[key]) ? namedInCheck : named;
    const text = JSON.stringify([shown, chosen]);
    if (text === this.#shown) return;
    this.#shown = text;
    this.#chosen = chosen;
    if (!shown.some(({ key }) => key === this.#stop)) this.#stop = all;
    this.root.setAttribute('aria-label', say('show'));
    const focused = this.root.contains(document.activeElement);
    this.root.replaceChildren(...shown.map((chip) => this.#made(chip, names)));
    if (focused) this.#focusOn(this.#stop);
  }

  #made({ key, label, count }: Shown, names: typeof named): HTMLElement {
    const verdict = verdicts[key];
    const word = key === all ? 'chipAll' : verdict ? verdictWords[verdict] : names[key];
    const text = word ? element('span', 'text', say(word)) : foreign(nameOf(key, label), 'text');
    const sign = verdict ? [glyph(verdictGlyphs[verdict])] : [];
    const chip = element('span', 'chip', ...sign, text, ' ', element('span', 'count', number(count)));
    const isChosen = key === all ? this.#chosen.length === 0 : this.#chosen.includes(key);
    chip.dataset.key = key;
    chip.title = text.textContent ?? '';
    chip.setAttribute('role', 'button');
    chip.setAttribute('aria-pressed', String(isChosen));
    chip.tabIndex = key === this.#stop ? 0 : -1;
    return chip;
  }

  #all(): HTMLElement[] {
    return [...this.root.querySelectorAll<HTMLElement>('.chip')];
  }

  #focusOn(key: string): void {
    this.#stop = key;
    for (const chip of this.#all()) {
      chip.tabIndex = chip.dataset.key === key ? 0 : -1;
      if (chip.dataset.key === key) chip.focus();
    }
  }

  #choose(chip: HTMLElement): void {
    const { key = all } = chip.dataset;
    this.#focusOn(key);
    if (key === all) this.#onChoose([]);
    else if (this.#chosen.includes(key)) this.#onChoose(this.#chosen.filter((each) => each !== key));
    else this.#onChoose([...this.#chosen, key]);
  }

  #key(event: KeyboardEvent): void {
    const chips = this.#all();
    const at = chips.findIndex((chip) => chip.matches(':focus'));
    if (at < 0 || event.ctrlKey || event.altKey || event.metaKey) return;
    const to: Readonly<Record<string, number>> = {
      ArrowRight: (at + 1) % chips.length,
      ArrowDown: (at + 1) % chips.length,
      ArrowLeft: (at - 1 + chips.length) % chips.length,
      ArrowUp: (at - 1 + chips.length) % chips.length,
      Home: 0,
      End: chips.length - 1,
    };
    const next = to[event.key];
    if (next !== undefined) this.#focusOn(chips[next]!.dataset.key!);
    else if (event.key === ' ' || event.key === 'Enter') this.#choose(chips[at]!);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}

/** A label, or what is asked of one column of a matrix. */
function nameOf(key: string, label: string | undefined): string {
  const [, kind = '', type = ''] = /^type:(\w+):(.*)$/s.exec(key) ?? [];
  const ofColumn = namedAfterColumn[kind];
  return ofColumn ? say(ofColumn, label ?? type) : (label ?? key.replace(/^label:/, ''));
}
