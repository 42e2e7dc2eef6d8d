/** Labels, names and messages have no length that one could trust: a cell shows this much, and an export holds the rest. */
const mostCharacters = 200;

/** The start of the text, cut between characters, with an ellipsis when something is left out. */
export function cut(text: string): string {
  if (text.length <= mostCharacters) return text;
  const end = /[\uD800-\uDBFF]/.test(text[mostCharacters - 1]!) ? mostCharacters - 1 : mostCharacters;
  return `${text.slice(0, end)}…`;
}
