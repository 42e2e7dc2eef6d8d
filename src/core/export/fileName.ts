/** What a file of rows is called at first. */

/** Letters and digits of the words with hyphens between them, such as `deals-companies`, without an ending; never empty. */
export function fileNameFrom(words: readonly string[]): string {
  const name = words
    .join(' ')
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Number}]+/gu, '-')
    .replace(/^-/, '');
  return [...name].slice(0, 100).join('').replace(/-$/, '') || 'associations';
}
