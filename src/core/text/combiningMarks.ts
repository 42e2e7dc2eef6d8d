/** Marks that combine with the letter before them, such as accents. */

/**
 * The text with a joiner, which is not seen, behind every thirty marks in a row: what Unicode calls stream-safe (UAX #15). To
 * normalise or collate a text, engines put such marks in order by looking at each pair of a row: 64,000 in a row take seconds.
 */
export function streamSafe(text: string): string {
  return longRow.test(text) ? text.replace(/\p{M}{30}(?=\p{M})/gu, '$&\u034f') : text;
}

const longRow = /\p{M}{31}/u;
