/** What a record has in a property, as a cell: a value, none, or why there is nothing to show. Each is told apart by its words. */

import type { PanelRow, PanelValue } from '../../src/core/treaty/panelMessages.ts';
import { clip, shortText } from './clipping.ts';
import { foreign, setText } from './element.ts';
import { goneWords } from './stateCell.ts';
import { say } from './words.ts';

/** @param key of the property's column */
export function valueCell(cell: HTMLElement, key: string): (row: PanelRow) => void {
  const words = foreign('', 'value');
  cell.append(words);
  return ({ values }) => {
    const value = values?.[key];
    const isValue = value === undefined || value.kind === 'value';
    const text = value ? textOf(value) : '';
    setText(words, text);
    words.classList.toggle('absent', !isValue);
    const title = value ? titleOf(value, text) : '';
    if (words.title !== title) words.title = title;
    // A screen reader has the reason with the cell; a tooltip is for the mouse.
    if (value?.kind === 'notRead') cell.setAttribute('aria-description', value.why);
    else cell.removeAttribute('aria-description');
    clip(cell, text.length > shortText);
  };
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
  const whole = value.kind === 'value' ? value.more : undefined;
  return whole ?? (text.length > shortText ? text : '');
}
