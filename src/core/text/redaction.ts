/** What must never be in a log, a message or a report: tokens, by their value and by their form. */

/**
 * What mails, chats, documents and terminals put in the place of a hyphen, as parts of a character class: other dashes (all of
 * Unicode's category Pd, and minus signs), marks of no width and others that only shape a text, and blanks with line breaks.
 */
const dashes = '_~\\p{Pd}\\p{Cf}\\p{DI}\\u02d7\\u2043\\u207b\\u208b\\u2212\\u23af\\u2500';
const blank = `[${dashes}\\s]{1,8}`;

type Patterns = readonly (readonly [RegExp, string])[];

/** What is a token by its own form. */
const forms: Patterns = [
  // Private app tokens and service keys: whole, with anything between their parts, and cut short.
  [
    new RegExp(
      `\\bpat${blank}[a-z]{2,4}\\d*${blank}[0-9a-f]{8}(?:${blank}[0-9a-f]{4}){3}${blank}[0-9a-f]{12}[0-9a-f-]*`,
      'giu',
    ),
    'pat-***',
  ],
  [new RegExp(`\\bpat[${dashes}]{1,8}[a-z]{2,4}\\d*[${dashes}]{1,8}[0-9a-f][0-9a-f${dashes}]{6,}`, 'giu'), 'pat-***'],
  // OAuth access tokens and personal access keys: base64 of a message that begins with field 1.
  [/\bC[A-Za-z0-9_+/-]{60,}=*/g, '***'],
  // The user and password of a proxy's address.
  [/\b([a-z][a-z0-9+.-]{0,30}:\/\/)[^\s/@]+@/gi, '$1***@'],
];

/** What is one because of the word before it, which in a text for people may mean something else: "Basic support". */
const named: Patterns = [
  [/\b((?:bearer|basic)\s+)[^\s"',;]+/gi, '$1***'],
  [
    /\b(hapikey|access_token|refresh_token|client_secret|tokenKey|personalAccessKey)(["']?\s*[=:]\s*["']?)[^\s"'&,;}]+/gi,
    '$1$2***',
  ],
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
    return redact(this.withoutHidden(text));
  }

  /** The text without the tokens that are in use; others may be in it. */
  withoutHidden(text: string): string {
    let clean = text;
    for (const erase of this.#erasers.values()) clean = erase(clean);
    return clean;
  }
}

/** The text without anything that has the form of a token, or is called one. */
export function redact(text: string): string {
  return replaced(replaced(text, named), forms);
}

/** The same for words that people wrote, such as labels: "Basic support" stays as it is. */
export function withoutTokenForms(text: string): string {
  return replaced(text, forms);
}

function replaced(text: string, patterns: Patterns): string {
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
  let ways: readonly SpelledSecret[] | undefined;
  return (text) => {
    if (!text.includes(fragment) && !text.includes('\\')) return text;
    ways ??= waysOf(secret).map((parts) => new SpelledSecret(parts));
    return ways.reduce((clean, way) => way.erasedFrom(clean), text);
  };
}

/**
 * A token's parts between its hyphens: first with the hyphens at its ends, then without, as those may be left out too. A short one
 * is taken as a whole: without its hyphens it could be an everyday word.
 */
function waysOf(secret: string): readonly (readonly string[])[] {
  const isLong = secret.replace(/[^A-Za-z0-9]/g, '').length >= 16;
  if (!isLong) return [[secret]];
  const bare = secret.replace(/^-+|-+$/g, '');
  return (bare === secret ? [bare] : [secret, bare]).map((each) => each.split(/(?<=\w)-+(?=\w)/));
}

/** One thing that may stand for a hyphen between two parts of a token, as it is, in JSON, in an address or in HTML. */
const gap = new RegExp(
  `[${dashes}\\s+]|\\\\{1,8}(?:u[0-9a-fA-F]{4}|[bfnrt])|%[0-9a-fA-F]{2}|&[#a-zA-Z0-9]{2,10};`,
  'uy',
);
const mostGaps = 12;

/** How a character may be written: as it is, or as an escape, whose hex digits may be of either case. */
interface Spelling {
  readonly form: string;
  readonly isEscape: boolean;
}

/**
 * Looks for one secret in any spelling. From each place where it may begin it goes on with all the ways to read the text at once,
 * as one set of places. A pattern would try them one after the other: `\u0041` is a character of a part, and may stand for a
 * hyphen as well, so that a text made of it takes a pattern 13 tries for each gap, and that for each of the gaps before.
 */
class SpelledSecret {
  /** Part by part, character by character. */
  readonly #parts: readonly (readonly (readonly Spelling[])[])[];
  readonly #beginning: RegExp;

  constructor(parts: readonly string[]) {
    this.#parts = parts.map((part) => [...part].map(spellings));
    const first = this.#parts[0]?.[0] ?? [];
    this.#beginning = new RegExp(first.map(({ form }) => literal(form)).join('|'), 'gi');
  }

  erasedFrom(text: string): string {
    let clean = '';
    let kept = 0;
    this.#beginning.lastIndex = 0;
    for (let found = this.#beginning.exec(text); found; found = this.#beginning.exec(text)) {
      const end = this.#endFrom(text, found.index);
      if (end === undefined) this.#beginning.lastIndex = found.index + 1;
      else {
        clean += `${text.slice(kept, found.index)}***`;
        kept = end;
        this.#beginning.lastIndex = end;
      }
    }
    return kept === 0 ? text : clean + text.slice(kept);
  }

  /** Where the secret ends that begins here; undefined when none does. */
  #endFrom(text: string, start: number): number | undefined {
    let places: readonly number[] = [start];
    for (const [nth, part] of this.#parts.entries()) {
      if (nth > 0) places = afterGaps(text, places);
      for (const character of part) {
        places = afterCharacter(text, places, character);
        if (places.length === 0) return undefined;
      }
    }
    return Math.max(...places);
  }
}

function afterGaps(text: string, from: readonly number[]): readonly number[] {
  const all = new Set(from);
  let places = from;
  for (let count = 0; count < mostGaps && places.length > 0; count++) {
    places = places.flatMap((place) => {
      gap.lastIndex = place;
      if (!gap.test(text) || all.has(gap.lastIndex)) return [];
      all.add(gap.lastIndex);
      return [gap.lastIndex];
    });
  }
  return [...all];
}

function afterCharacter(text: string, from: readonly number[], spelled: readonly Spelling[]): readonly number[] {
  const all: number[] = [];
  for (const place of from) {
    for (const { form, isEscape } of spelled) {
      const isThere = isEscape
        ? text.slice(place, place + form.length).toLowerCase() === form
        : text.startsWith(form, place);
      if (isThere) all.push(place + form.length);
    }
  }
  return all.length > 1 ? [...new Set(all)] : all;
}

/** How a character may be written in a text, in JSON and in an address. */
function spellings(character: string): readonly Spelling[] {
  const units = Array.from({ length: character.length }, (_, at) => character.charCodeAt(at));
  const escaped = units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
  const inAddress = /^[\ud800-\udfff]$/.test(character) ? character : encodeURIComponent(character).toLowerCase();
  const inJson = character === '/' ? '\\/' : JSON.stringify(character).slice(1, -1).toLowerCase();
  const escapes = new Set([escaped, inAddress, inJson].filter((form) => form !== character.toLowerCase()));
  return [{ form: character, isEscape: false }, ...[...escapes].map((form) => ({ form, isEscape: true }))];
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
