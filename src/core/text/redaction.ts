/** What must never be in a log, a message or a report: tokens, by their value and by their form. */

const patterns: readonly (readonly [RegExp, string])[] = [
  // Private app tokens and service keys, also when cut short.
  [/\bpat-[a-z]{2,4}\d*-[0-9a-f][0-9a-f-]{6,}/gi, 'pat-***'],
  [/\b((?:bearer|basic)\s+)[^\s"',;]+/gi, '$1***'],
  [
    /\b(hapikey|access_token|refresh_token|client_secret|tokenKey|personalAccessKey)(["']?\s*[=:]\s*["']?)[^\s"'&,;}]+/gi,
    '$1$2***',
  ],
  // OAuth access tokens and personal access keys: base64 of a message that begins with field 1.
  [/\bC[A-Za-z0-9_+/-]{60,}=*/g, '***'],
  // The user and password of a proxy's address.
  [/\b([a-z][a-z0-9+.-]*:\/\/)[^\s/@]+@/gi, '$1***@'],
];

/** Hides the tokens that are in use wherever they appear, and everything that has the form of one. */
export class Redaction {
  readonly #erasers = new Map<string, (text: string) => string>();

  /** From now on this value appears as ***. */
  hide(secret: string): void {
    if (!this.#erasers.has(secret)) this.#erasers.set(secret, eraserOf(secret));
  }

  /** The text without tokens. */
  clean(text: string): string {
    let clean = text;
    for (const erase of this.#erasers.values()) clean = erase(clean);
    return redact(clean);
  }
}

/** The text without anything that has the form of a token. */
export function redact(text: string): string {
  return patterns.reduce((clean, [pattern, instead]) => clean.replace(pattern, instead), text);
}

/**
 * Puts *** in the place of one secret, also where it is spelled as in JSON or in an address. Costs next to nothing for the
 * texts in which it is not, which are nearly all, and some of them have megabytes. A value of less than eight characters is no
 * token, and may be part of a word: it stays.
 */
export function eraserOf(secret: string): (text: string) => string {
  if (secret.length < 8) return (text) => text;
  // No spelling changes letters and digits, but for a backslash before them.
  const runs = secret.match(/[A-Za-z0-9]+/g) ?? [''];
  const fragment = runs.reduce((longest, run) => (run.length > longest.length ? run : longest));
  let spelled: RegExp | undefined;
  return (text) => {
    if (!text.includes(fragment) && !text.includes('\\')) return text;
    spelled ??= new RegExp([...secret].map((character) => `(?:${spellings(character).join('|')})`).join(''), 'g');
    return text.replace(spelled, '***');
  };
}

/** How a character may be written in a text, in JSON and in an address, as patterns, the longest first. */
function spellings(character: string): string[] {
  const units = Array.from({ length: character.length }, (_, at) => character.charCodeAt(at));
  const escaped = units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
  const inAddress = /^[\ud800-\udfff]$/.test(character) ? character : encodeURIComponent(character);
  const inJson = character === '/' ? '\\/' : JSON.stringify(character).slice(1, -1);
  return [escaped, inAddress, inJson, character].map((form) => literal(form).replace(hexDigits, eitherCase));
}

/** Those of `\u002f` and `%2f`. */
const hexDigits = /(?<=\\u[0-9a-f]*|%[0-9A-F]?)[a-f]/gi;
const eitherCase = (digit: string) => `[${digit.toLowerCase()}${digit.toUpperCase()}]`;

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
