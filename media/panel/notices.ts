/** What has to be known before the answer is trusted: one sentence each, its one next step, details on demand. */

import type { PanelNotice } from '../../src/core/panelMessages.ts';
import { button, element, foreign, glyph } from './element.ts';
import { tell } from './host.ts';
import { say } from './words.ts';

export class Notices {
  readonly root = element('ul', 'notices');
  #shown = '';

  show(notices: readonly PanelNotice[]): void {
    const shown = JSON.stringify(notices);
    if (shown === this.#shown) return;
    this.#shown = shown;
    const open = new Set([...this.root.querySelectorAll('details[open]')].map((each) => each.id));
    const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.notice : undefined;
    this.root.replaceChildren(...notices.map((notice) => item(notice, open)));
    this.root.hidden = notices.length === 0;
    if (focused !== undefined)
      [...this.root.querySelectorAll('button')].find((each) => each.dataset.notice === focused)?.focus();
  }
}

function item({ id, severity, sentence, details, action }: PanelNotice, open: ReadonlySet<string>): HTMLElement {
  const line = element('div', 'line', glyph(severity), foreign(sentence, 'sentence'));
  if (action) {
    const press = button(
      'secondary',
      () => tell({ kind: 'action', action: action.action, notice: id }),
      foreign(action.title),
    );
    press.dataset.notice = id;
    line.append(press);
  }
  const made = element('li', `notice ${severity}`, line);
  if (details) {
    const more = element('details', '', element('summary', '', say('details')), element('pre', '', foreign(details)));
    more.id = `notice-${id}`;
    more.open = open.has(more.id);
    made.append(more);
  }
  return made;
}
