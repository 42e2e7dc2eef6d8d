/** What has to be known before the answer is trusted: one sentence each, its one next step, details on demand. */

import type { PanelNotice } from '../../src/core/treaty/panelState.ts';
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
    const open = new Set([...this.root.querySelectorAll('[aria-expanded="true"]')].map((each) => each.id));
    const { activeElement } = document;
    const focused = this.root.contains(activeElement) ? activeElement?.id : undefined;
    this.root.replaceChildren(...notices.map((notice) => item(notice, open)));
    this.root.hidden = notices.length === 0;
    if (focused) document.getElementById(focused)?.focus();
  }
}

function item(notice: PanelNotice, open: ReadonlySet<string>): HTMLElement {
  const { id, severity, sentence, details, action, otherAction } = notice;
  const line = element('div', 'line', glyph(severity), foreign(sentence, 'sentence'));
  for (const each of [action, otherAction]) {
    if (!each) continue;
    const press = button('secondary', () => tell({ kind: 'action', action: each.action }), foreign(each.title));
    press.id = `${each.action}-${id}`;
    line.append(press);
  }
  const made = element('li', `notice ${severity}`, line);
  if (details) {
    const text = element('pre', '', foreign(details));
    const more = button('link', () => show(text.hidden === true), say('details'));
    const show = (shown: boolean) => {
      text.hidden = !shown;
      more.setAttribute('aria-expanded', String(shown));
    };
    more.id = `details-${id}`;
    show(open.has(more.id));
    line.append(more);
    made.append(text);
  }
  return made;
}
