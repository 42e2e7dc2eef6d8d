/** The labels of a row's association, each as a small plate. */

import type { PanelRow } from '../../src/core/treaty/panelRows.ts';
import { clipper, shortText } from './clipping.ts';
import { element, isApart, setText } from './element.ts';
import { say } from './words.ts';

/** The labels that HubSpot has. */
export function labelsCell(cell: HTMLElement): (row: PanelRow) => void {
  const fill = plates(cell);
  return ({ primary, primaryLabel, labels }) =>
    fill([...(primary ? [primaryLook(primaryLabel)] : []), ...labels.map(labelLook)]);
}

/** The labels that are expected, in the words of the file. */
export function expectedCell(cell: HTMLElement): (row: PanelRow) => void {
  const fill = plates(cell);
  return ({ expectedLabels = [] }) => {
    fill(expectedLabels.map((text) => labelLook({ text, type: text })));
  };
}

/** Fills the plates that are there, and makes or takes away as many as there are more or fewer. */
function plates(cell: HTMLElement): (wanted: readonly LabelLook[]) => void {
  const shown: { readonly plate: HTMLElement; look: LabelLook }[] = [];
  const clip = clipper(cell);
  return (wanted) => {
    while (shown.length > wanted.length) shown.pop()?.plate.remove();
    while (shown.length < wanted.length) {
      const plate = element('span', 'label');
      shown.push({ plate, look: plain });
      cell.append(plate);
    }
    wanted.forEach((look, at) => {
      const made = shown[at]!;
      const { className, text, title } = made.look;
      if (className !== look.className) made.plate.className = look.className;
      if (text !== look.text) setText(made.plate, look.text);
      if (title !== look.title) made.plate.title = look.title;
      made.look = look;
    });
    // A long one that stands alone is cut off by itself.
    clip(wanted.length > 1);
  };
}

interface LabelLook {
  readonly className: string;
  readonly text: string;
  readonly title: string;
}

/** A plate as it is made. */
const plain: LabelLook = { className: 'label', text: '', title: '' };

function primaryLook(label: string | undefined): LabelLook {
  const text = label ?? say('primary');
  return { className: classOf('label primary', text), text, title: isLong(text) ? text : '' };
}

function labelLook({ text, type }: PanelRow['labels'][number]): LabelLook {
  const title = type === text ? text : `${text} (${type})`;
  return { className: classOf('label', text), text, title };
}

function classOf(kind: string, text: string): string {
  return `${kind}${isLong(text) ? ' long' : ''}${isApart(text) ? ' foreign' : ''}`;
}

function isLong(text: string): boolean {
  return text.length > shortText;
}
