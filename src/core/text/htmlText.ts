/** The text of a piece of HTML. One pass, whatever comes: HubSpot takes bodies of 65,536 characters, of any content. */

/** Tags that stand inside a word or a line: nothing is between "so" and "on" in `so<b>on</b>`. */
const inline: ReadonlySet<string> = new Set(
  'a abbr b bdi bdo big cite code data dfn em font i ins kbd mark q s samp small span strike strong sub sup time tt u var wbr'.split(
    ' ',
  ),
);

/** What stands between these tags is not for people. */
const unseen: ReadonlySet<string> = new Set(['script', 'style']);

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  hellip: '…',
  ndash: '–',
  mdash: '—',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  bull: '•',
  euro: '€',
};

/**
 * Tags are left out, blocks stand apart by a blank, entities become their characters, and blanks are one. A `<` that opens no
 * tag, as in "5 < 6" or at the end of a text that was cut, stays.
 */
export function textOfHtml(html: string): string {
  const parts: string[] = [];
  let from = 0;
  for (let at = html.indexOf('<'); at >= 0; at = html.indexOf('<', at)) {
    const name = /^<\/?([a-z][a-z\d]{0,15})(?=[\s/>])/i.exec(html.slice(at, at + 20))?.[1]?.toLowerCase();
    const isComment = html.startsWith('<!', at) || html.startsWith('<?', at);
    if (name === undefined && !isComment) {
      at++;
      continue;
    }
    const closing = html.startsWith('<!--', at) ? '-->' : '>';
    const end = html.indexOf(closing, at);
    // Nothing behind this ends what was opened: it is text, and so is all the rest.
    if (end < 0) break;
    parts.push(html.slice(from, at), name !== undefined && inline.has(name) ? '' : ' ');
    from = end + closing.length;
    if (name !== undefined && unseen.has(name) && html.charCodeAt(at + 1) !== 47) from = endOfUnseen(html, from);
    at = from;
  }
  parts.push(html.slice(from));
  return parts
    .join('')
    .replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,6}));/gi, (written, decimal, hex, name) =>
      characterOf(written, decimal, hex, name),
    )
    .replace(/\s+/g, ' ')
    .trim();
}

/** Where the closing tag stands that is next; the end of the text where there is none. */
function endOfUnseen(html: string, from: number): number {
  const closing = /<\/(?:script|style)/gi;
  closing.lastIndex = from;
  return closing.exec(html)?.index ?? html.length;
}

function characterOf(written: string, decimal?: string, hex?: string, name?: string): string {
  if (name !== undefined) return (Object.hasOwn(entities, name) ? entities[name] : undefined) ?? written;
  const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
  return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : written;
}
