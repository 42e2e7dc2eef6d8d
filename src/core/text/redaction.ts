/** What must never be in a log, a message or a report: tokens, by their value and by their form. */

/**
 * What mails, chats, documents and terminals put in the place of a hyphen, as parts of a character class: other dashes (all of
 * Unicode's category Pd, and minus signs) and marks of no width, and blanks with line breaks.
 */
const dashes =
  '_~\\u002d\\u00ad\\u02d7\\u058a\\u05be\\u061c\\u1400\\u1806\\u180e\\u200b-\\u200f\\u2010-\\u2015\\u202a-\\u202e\\u2043\\u2060-\\u206f' +
  '\\u207b\\u208b\\u2212\\u23af\\u2500\\u2e17\\u2e1a\\u2e3a\\u2e3b\\u2e40\\u301c\\u3030\\u30a0\\ufe31\\ufe32\\ufe58\\ufe63\\uff0d\\ufeff';
const blank = `[${dashes}\\s]{1,8}`;

const patterns: readonly (readonly [RegExp, string])[] = [
  // Private app tokens and service keys: whole, with anything between their parts, and cut short.
  [
    new RegExp(
      `\\bpat${blank}[a-z]{2,4}\\d*${blank}[0-9a-f]{8}(?:${blank}[0-9a-f]{4}){3}${blank}[0-9a-f]{12}[0-9a-f-]*`,
      'gi',
    ),
    'pat-***',
  ],
  [new RegExp(`\\bpat[${dashes}]{1,8}[a-z]{2,4}\\d*[${dashes}]{1,8}[0-9a-f][0-9a-f${dashes}]{6,}`, 'gi'), 'pat-***'],
  [/\b((?:bearer|basic)\s+)[^\s"',;]+/gi, '$1***'],
  [
    /\b(hapikey|access_token|refresh_token|client_secret|tokenKey|personalAccessKey)(["']?\s*[=:]\s*["']?)[^\s"'&,;}]+/gi,
    '$1$2***',
  ],
  // OAuth access tokens and personal access keys: base64 of a message that begins with field 1.
  [/\bC[A-Za-z0-9_+/-]{60,}=*/g, '***'],
  // The user and password of a proxy's address.
  [/\b([a-z][a-z0-9+.-]{0,30}:\/\/)[^\s/@]+@/gi, '$1***@'],
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
 * Puts *** in the place of one secret, also where it is spelled as in JSON or in an address, or has blanks, other dashes or
 * nothing where its hyphens are. Costs next to nothing for the texts in which it is not, which are nearly all, and some of them
 * have megabytes. A value of less than eight characters is no token, and may be part of a word: it stays.
 */
export function eraserOf(secret: string): (text: string) => string {
  if (secret.length < 8) return (text) => text;
  // No spelling changes letters and digits, but for a backslash before them.
  const runs = secret.match(/[A-Za-z0-9]+/g) ?? [''];
  const fragment = runs.reduce((longest, run) => (run.length > longest.length ? run : longest));
  let spelled: RegExp | undefined;
  return (text) => {
    if (!text.includes(fragment) && !text.includes('\\')) return text;
    spelled ??= new RegExp(partsOf(secret).map(spelling).join(gap), 'g');
    return text.replace(spelled, '***');
  };
}

/** What may stand for a hyphen between two parts of a token, as it is, in JSON, in an address or in HTML. */
const gap = `(?:[${dashes}\\s+]|\\\\u[0-9a-fA-F]{4}|\\\\[bfnrt]|%[0-9a-fA-F]{2}|&[#a-zA-Z0-9]{2,10};){0,12}`;

/** A token's parts between its hyphens. A short one is taken as a whole: without its hyphens it could be an everyday word. */
function partsOf(secret: string): readonly string[] {
  const isLong = secret.replace(/[^A-Za-z0-9]/g, '').length >= 16;
  return isLong ? secret.split(/(?<=[A-Za-z0-9])-(?=[A-Za-z0-9])/) : [secret];
}

function spelling(part: string): string {
  return [...part].map((character) => `(?:${spellings(character).join('|')})`).join('');
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
