/** The extension's log channel. Every line is redacted; lines at level info hold no record ids, names or labels. */
import * as vscode from 'vscode';
import { Redaction } from '../core/text/redaction.ts';

/** Something that went wrong, for the diagnostics. */
export interface LoggedProblem {
  readonly at: Date;
  readonly text: string;
}

const problemsKept = 20;
const longestLine = 2000;

export class Log {
  readonly channel: vscode.LogOutputChannel;
  readonly #redaction = new Redaction();
  readonly #problems: LoggedProblem[] = [];
  /** How many of each kind of thing were numbered. */
  readonly #numbers = new Map<string, number>();

  constructor(channel = vscode.window.createOutputChannel('HubSpot Associations', { log: true })) {
    this.channel = channel;
  }

  /** From now on this value appears as *** in every line. */
  hide(secret: string): void {
    this.#redaction.hide(secret);
  }

  /** The last warnings and errors, oldest first, as they were logged. */
  get problems(): readonly LoggedProblem[] {
    return this.#problems;
  }

  /** The next number of its kind, from 1, by which lines about the same thing are found: "#12 GET ...". */
  number(kind: 'call' | 'look-up'): number {
    const next = (this.#numbers.get(kind) ?? 0) + 1;
    this.#numbers.set(kind, next);
    return next;
  }

  error(text: string): void {
    this.channel.error(this.#remember(this.clean(text)));
  }

  warn(text: string): void {
    this.channel.warn(this.#remember(this.clean(text)));
  }

  info(text: string): void {
    this.channel.info(this.clean(text));
  }

  debug(text: string): void {
    this.channel.debug(this.clean(text));
  }

  /** The text without tokens. */
  redact(text: string): string {
    return this.#redaction.clean(text);
  }

  /** The text without the tokens that are in use, for what is no line of a log. */
  withoutHidden(text: string): string {
    return this.#redaction.withoutHidden(text);
  }

  /** The text in one line, without tokens: what comes from outside cannot begin a line of its own. */
  clean(text: string): string {
    const line = this.redact(text).replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');
    return line.length > longestLine ? `${line.slice(0, longestLine)}…` : line;
  }

  #remember(text: string): string {
    this.#problems.push({ at: new Date(), text });
    if (this.#problems.length > problemsKept) this.#problems.shift();
    return text;
  }
}
