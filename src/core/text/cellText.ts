import { selfContained } from './direction.ts';

/** Labels, names and messages have no length that one could trust: a cell shows this much, and an export holds the rest. */
export const mostCharacters = 200;

/** In UTF-16 code units: more than a tooltip holds, and than a sort compares. */
export const longestStart = 1000;

/** As many of its first characters as anything shows or compares. A copy: a slice would keep the whole text in memory. */
export function startOf(text: string): string {
  return text.length <= longestStart ? text : JSON.parse(JSON.stringify(text.slice(0, longestStart)));
}

/**
 * The start of the text, cut between characters, with an ellipsis when something is left out. Its direction marks end with
 * it, so that a page that shows it in an element of its own keeps them from what stands beside it.
 */
export function cut(text: string): string {
  return cutTo(text, mostCharacters);
}

/** The same with room for more characters, or fewer. */
export function cutTo(text: string, most: number): string {
  if (text.length <= most) return selfContained(text);
  const end = /[\uD800-\uDBFF]/.test(text[most - 1]!) ? most - 1 : most;
  return `${selfContained(text.slice(0, end))}…`;
}
