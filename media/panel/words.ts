/** What the page says, in the reader's language. */

import { type PanelWord, panelWords } from '../../src/core/treaty/panelWords.ts';

let translated: Readonly<Record<string, string>> = {};
const language = document.documentElement.lang || undefined;
const numbers = new Intl.NumberFormat(language);
const seconds = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
const times = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit' });
const datesAndTimes = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });

export function useWords(words: Readonly<Record<string, string>>): void {
  translated = words;
}

/** The word with its {0}, {1} ... filled in. */
export function say(word: PanelWord, ...values: readonly (string | number)[]): string {
  const text = translated[word] ?? panelWords[word];
  // Most words of a table's cells, which are said anew with each frame, have nothing to fill in.
  if (values.length === 0) return text;
  return text.replace(/\{(\d)\}/g, (whole, index: string) => {
    const value = values[Number(index)];
    return value === undefined ? whole : typeof value === 'number' ? numbers.format(value) : value;
  });
}

/** "1 row", "2,500 rows": the word that its number takes. */
export function counted(count: number, one: PanelWord, many: PanelWord): string {
  return say(count === 1 ? one : many, count);
}

export function number(value: number): string {
  return numbers.format(value);
}

export function duration(milliseconds: number): string {
  if (milliseconds < 60_000) return say('seconds', seconds.format(milliseconds / 1000));
  const whole = Math.round(milliseconds / 1000);
  return say('minutes', Math.floor(whole / 60), whole % 60);
}

/** The time of day, with the date when it was not today. */
export function moment(milliseconds: number): string {
  const then = new Date(milliseconds);
  return (then.toDateString() === new Date().toDateString() ? times : datesAndTimes).format(then);
}

export const isMac = /^Mac|^iP/.test(navigator.platform);
const macKeys: Readonly<Record<string, string>> = { Ctrl: '⌘', Shift: '⇧', Alt: '⌥' };

/** How a key is written on the reader's machine: `Ctrl+C` is `⌘C` on a Mac. */
export function keyName(key: string): string {
  if (!isMac) return key;
  return key
    .split('+')
    .map((part) => macKeys[part] ?? part)
    .join('');
}
