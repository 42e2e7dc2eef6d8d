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
  readonly #secrets = new Set<string>();

  /** From now on this value appears as ***. Values of less than eight characters are no tokens. */
  hide(secret: string): void {
    if (secret.length >= 8) this.#secrets.add(secret);
  }

  /** The text without tokens. */
  clean(text: string): string {
    let clean = text;
    for (const secret of this.#secrets) {
      for (const form of new Set([secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)])) {
        clean = clean.replaceAll(form, '***');
      }
    }
    return redact(clean);
  }
}

/** The text without anything that has the form of a token. */
export function redact(text: string): string {
  return patterns.reduce((clean, [pattern, instead]) => clean.replace(pattern, instead), text);
}
