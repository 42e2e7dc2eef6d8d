/** Text from outside (names, labels, HubSpot's messages) as it may stand in a line of the editor. */
import { isolated } from './direction.ts';

const longestName = 200;
/**
 * In the tree, counts and labels stand behind the name. A name as long as a page, as that of a note, would push them out of
 * sight.
 */
const longestInTree = 80;
const longestMessage = 1000;

/** Marks that change the direction of what stands around them, and others that are not seen. */
const unseen = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]+/gu;

/**
 * The text in one line of at most 200 characters, without control characters and without marks that could reorder or hide
 * what stands beside it.
 */
export function plainLine(text: string): string {
  return lineOf(text, longestName);
}

/** The same beside other text of one line: what is written from the right changes nothing around it. */
export function plainPart(text: string): string {
  return isolated(plainLine(text));
}

/** The same for a record's name in the tree, with at most 80 characters. */
export function plainName(text: string): string {
  return isolated(lineOf(text, longestInTree));
}

/** The same where the editor would turn `$(name)` into an icon: pick lists and the status bar. */
export function plainLabel(text: string): string {
  return plainLine(text).replaceAll('$(', '\\$(');
}

/**
 * The same for what stands in a sentence, with at most 1,000 characters. Notifications and input boxes make a link of
 * `[words](command:...)`, which runs the command, and status bar and input boxes an icon of `$(name)`: not of this.
 */
export function plainMessage(text: string): string {
  return lineOf(text, longestMessage).replaceAll('](', '] (').replaceAll('$(', '$ (');
}

function lineOf(text: string, longest: number): string {
  // Cut before anything is looked for: a name may be a megabyte long.
  const start = text.length > 4 * longest ? text.slice(0, 4 * longest) : text;
  const line = start.replace(unseen, ' ').replace(/ {2,}/g, ' ').trim();
  const characters = [...line];
  return characters.length > longest || start !== text ? `${characters.slice(0, longest).join('')}…` : line;
}
