/** Lines of the log as they can be pasted in public. */

/** What stands for something private, in the order in which it is looked for. */
const patterns: readonly (readonly [RegExp, string])[] = [
  // Paths and addresses, which name people, customers and machines: in quotes, as Node and VS Code report them, and without.
  [/(['"`])(?:(?!\1)[^\n])*[\\/](?:(?!\1)[^\n])*\1/g, '$1*$1'],
  [
    /(?<![\w-])(?:[a-z][a-z0-9+.-]+:\/\/|[a-z]:[\\/]|\\\\|~?\/(?!crm|oauth|account-info))[^\s'"`,;)]*[^\s'"`,;):.]/gi,
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
  const known = words.reduce((rest, word) => rest.replaceAll(word, '*'), text);
  return patterns.reduce((rest, [pattern, instead]) => rest.replace(pattern, instead), known);
}
