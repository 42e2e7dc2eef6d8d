/** Lines of the log as they can be pasted in public. */

/** What stands for something private, in the order in which it is looked for. */
const patterns: readonly (readonly [RegExp, string])[] = [
  // Paths and addresses, which name people, customers and machines, where they stand without quotes.
  [
    /(?<![\w-])(?:[a-z][a-z0-9+.-]{1,30}:\/\/|[a-z]:[\\/]|\\\\|~?\/(?!crm|oauth|account-info))[^\s'"`,;)]*[^\s'"`,;):.]/gi,
    '*',
  ],
  // The full name of a custom object type begins with the portal: p12345_contract.
  [/\bp\d+_\w+/gi, '*'],
  // Record ids and portals. A correlation id is made of groups with letters in them and stays whole.
  [/(?<![\w-])\d{5,}(?![\w-])/g, '*'],
];

/**
 * The text without paths, record ids and portals, and without the words given. Paths of HubSpot's API stay: they say what was
 * asked.
 * @param words private ones, such as the names of accounts
 */
export function publicText(text: string, words: readonly string[] = []): string {
  // Where one name is the beginning of another, the rest of the longer one would be left.
  const longestFirst = words.toSorted((one, other) => other.length - one.length);
  const known = longestFirst.reduce((rest, word) => rest.replaceAll(word, '*'), text);
  return patterns.reduce((rest, [pattern, instead]) => rest.replace(pattern, instead), withoutQuotedPaths(known));
}

/** Puts * in the place of what stands in quotes, within a line, and has a slash: paths, as Node and VS Code report them. */
function withoutQuotedPaths(text: string): string {
  let hidden = '';
  let done = 0;
  /** Where the next quote of each kind is, so that none is looked for twice. */
  const next = new Map<string, number>();
  for (let at = 0; at < text.length; at++) {
    const quote = text[at]!;
    if (quote !== "'" && quote !== '"' && quote !== '`') continue;
    let end = next.get(quote) ?? 0;
    if (end !== Number.POSITIVE_INFINITY && end <= at) {
      end = text.indexOf(quote, at + 1);
      if (end < 0) end = Number.POSITIVE_INFINITY;
      next.set(quote, end);
    }
    if (end === Number.POSITIVE_INFINITY) continue;
    const inside = text.slice(at + 1, end);
    if (inside.includes('\n') || !/[\\/]/.test(inside)) continue;
    hidden += `${text.slice(done, at)}${quote}*${quote}`;
    done = end + 1;
    at = end;
  }
  return hidden + text.slice(done);
}
