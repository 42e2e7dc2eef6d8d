import { selfContained } from './direction.ts';

/** Labels, names and messages have no length that one could trust: a cell shows this much, and an export holds the rest. */
const mostCharacters = 200;

/**
 * The start of the text, cut between characters, with an ellipsis when something is left out. Its direction marks end with
 * it, so that a page that shows it in an element of its own keeps them from what stands beside it.
 */
export function cut(text: string): string {
  if (text.length <= mostCharacters) return selfContained(text);
  const end = /[\uD800-\uDBFF]/.test(text[mostCharacters - 1]!) ? mostCharacters - 1 : mostCharacters;
  return `${selfContained(text.slice(0, end))}…`;
}
