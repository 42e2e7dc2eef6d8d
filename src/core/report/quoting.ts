/** Text from outside as it may stand in a report that a language model reads: data in quotes, bounded, nothing to follow. */
import { plainLine } from '../text/plainText.ts';
import { withoutTokenForms } from '../text/redaction.ts';

/** Labels and names have no length that one could trust. */
const mostQuoted = 80;

/**
 * The text in double quotes as in JSON: one line of at most so many characters, without tokens, control characters and marks
 * that reorder or hide. No address in it is a link any more: `https://a.b` becomes `https:/ /a.b`. A quote in it becomes a single
 * one, so that whoever reads over the backslash does not take what follows for the report's own words.
 */
export function quoted(text: string, most = mostQuoted): string {
  return JSON.stringify(asData(text, most).replaceAll('"', "'"));
}

/** The same without its quotes, for what is made into JSON later. Takes at most twice as many bytes there, and those of the "…". */
export function asData(text: string, most = mostQuoted): string {
  const line = withoutTokenForms(plainLine(text)).replaceAll('://', ':/ /').replaceAll('](', '] (');
  // Of these none takes more than two bytes in JSON.
  if (line.length <= most && /^[ -~]*$/.test(line)) return line;
  const shown: string[] = [];
  let bytes = 0;
  // Half of a pair of surrogates is no text.
  for (const character of line.replace(/\p{Cs}/gu, '\ufffd')) {
    bytes += bytesOf(JSON.stringify(character)) - 2;
    if (bytes > most * 2 || shown.length === most) return `${shown.join('')}…`;
    shown.push(character);
  }
  return shown.join('');
}

const encoder = new TextEncoder();

/** How many bytes a text takes as UTF-8. */
export function bytesOf(text: string): number {
  return encoder.encode(text).length;
}
