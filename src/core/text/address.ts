/** The address of a document as VS Code writes it: a URI. */

/**
 * Whether VS Code can read an address that was stored. It throws at any other, such as one of which a bit has flipped, wherever
 * the name of the document is shown.
 */
export function isAddress(text: string): boolean {
  const [all, authority, path = ''] = /^\w[\w+.-]*:(?:\/\/([^/?#]*))?([^?#]*)/.exec(text) ?? [];
  return all !== undefined && (Boolean(authority) || !/^(?:\/|%2f){2}/i.test(path));
}
