import * as vscode from 'vscode';

/** Redacts what must never be in a log: anything shaped like a HubSpot token, and every bearer value. */
export function redact(text: string): string {
  return text
    .replace(/\bpat-[a-z]{2}\d-[0-9a-f-]{8,}/gi, 'pat-***')
    .replace(/\b(bearer\s+)\S+/gi, '$1***')
    .replace(/\bC[A-Za-z0-9_-]{60,}/g, '***');
}

/** The extension's log channel; every line passes {@link redact}, and each token in use is hidden by value. */
export class Log {
  readonly channel = vscode.window.createOutputChannel('HubSpot Associations', { log: true });
  readonly #secrets = new Set<string>();

  /** From now on this value appears as *** in every line. */
  hide(secret: string): void {
    if (secret.length >= 8) this.#secrets.add(secret);
  }

  info(text: string): void {
    this.channel.info(this.#clean(text));
  }

  warn(text: string): void {
    this.channel.warn(this.#clean(text));
  }

  error(text: string): void {
    this.channel.error(this.#clean(text));
  }

  debug(text: string): void {
    this.channel.debug(this.#clean(text));
  }

  #clean(text: string): string {
    let clean = redact(text);
    for (const secret of this.#secrets) clean = clean.replaceAll(secret, '***');
    return clean;
  }
}
