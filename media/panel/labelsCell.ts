/** The labels of a row's association, each as a small plate. */

import type { PanelRow } from '../../src/core/treaty/panelMessages.ts';
import { clip, shortText } from './clipping.ts';
import { foreign, setText } from './element.ts';
import { say } from './words.ts';

/** Fills the plates that are there, and makes or takes away as many as there are more or fewer. */
export function labelsCell(cell: HTMLElement): (row: PanelRow) => void {
  const shown: HTMLElement[] = [];
  return ({ primary, primaryLabel, labels }) => {
    const wanted = [...(primary ? [primaryLook(primaryLabel)] : []), ...labels.map(labelLook)];
    while (shown.length > wanted.length) shown.pop()?.remove();
    while (shown.length < wanted.length) {
      const made = foreign('', 'label');
      shown.push(made);
      cell.append(made);
    }
    wanted.forEach(({ className, text, title }, at) => {
      const made = shown[at]!;
      if (made.className !== className) made.className = className;
      setText(made, text);
      if (made.title !== title) made.title = title;
    });
    clip(cell, wanted.length > 1 || labels.some(isLong));
  };
}

interface LabelLook {
  readonly className: string;
  readonly text: string;
  readonly title: string;
}

function primaryLook(label: string | undefined): LabelLook {
  return { className: 'foreign label primary', text: label ?? say('primary'), title: '' };
}

function labelLook(label: PanelRow['labels'][number]): LabelLook {
  const { text, type } = label;
  return {
    className: isLong(label) ? 'foreign label long' : 'foreign label',
    text,
    title: type === text ? text : `${text} (${type})`,
  };
}

function isLong({ text }: PanelRow['labels'][number]): boolean {
  return text.length > shortText;
}
