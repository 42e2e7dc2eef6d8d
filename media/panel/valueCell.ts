/** What a record has in a property, as a cell: a value, none, or why there is nothing to show. Each is told apart by its words. */

import type { PanelRow, PanelValue } from '../../src/core/treaty/panelRows.ts';
import { clipper, shortText } from './clipping.ts';
import { element, foreignWriter } from './element.ts';
import { goneWords } from './stateCell.ts';
import { say } from './words.ts';

/** @param key of the property's column */
export function valueCell(cell: HTMLElement, key: string): (row: PanelRow) => void {
  const words = element('span', 'value');
  const write = foreignWriter(words);
  const clip = clipper(cell);
  cell.append(words);
  let shown = plainLook;
  return ({ values }) => {
    const look = lookOf(values?.[key]);
    write(look.text);
    if (look.isAbsent !== shown.isAbsent) words.classList.toggle('absent', look.isAbsent);
    if (look.title !== shown.title) words.title = look.title;
    // A screen reader has the reason with the cell; a tooltip is for the mouse.
    if (look.why !== shown.why) {
      if (look.why === undefined) cell.removeAttribute('aria-description');
      else cell.setAttribute('aria-description', look.why);
    }
    // Texts of all lengths come by, and to cut off now one cell and now another costs more than to leave it at that.
    if (look.text.length > shortText) clip(true);
    shown = look;
  };
}

interface ValueLook {
  readonly text: string;
  readonly isAbsent: boolean;
  readonly title: string;
  /** Why it is not read. */
  readonly why: string | undefined;
}

const plainLook: ValueLook = { text: '', isAbsent: false, title: '', why: undefined };

function lookOf(value: PanelValue | undefined): ValueLook {
  if (!value) return plainLook;
  const text = textOf(value);
  const title = titleOf(value, text);
  return { text, isAbsent: value.kind !== 'value', title, why: value.kind === 'notRead' ? value.why : undefined };
}

function textOf(value: PanelValue): string {
  switch (value.kind) {
    case 'value':
      return value.text;
    case 'unset':
      return say('valueUnset');
    case 'gone':
      return goneWords(value.existence) ?? '';
    case 'notRead':
      return say(notReadWords[value.how]);
  }
}

const notReadWords = { reading: 'valueReading', notAllowed: 'valueNotAllowed', notRead: 'valueNotRead' } as const;

function titleOf(value: PanelValue, text: string): string {
  if (value.kind === 'notRead') return value.why;
  if (value.kind !== 'value') return text.length > shortText ? text : '';
  const { more = text.length > shortText ? text : '', length } = value;
  return length === undefined ? more : `${more}\n\n${say('valueLong', length)}`;
}
