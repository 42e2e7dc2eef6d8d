/** The one boundary for errors of what a person asks for, by a command or in a panel. */

import * as vscode from 'vscode';
import { messageOf } from '../core/domain/thrown.ts';
import { plainMessage } from '../core/text/plainText.ts';
import type { Log } from '../editor/log.ts';
import { NotDoneError, sayWhyNot } from '../editor/said.ts';

export class ErrorBoundary {
  readonly #log: Log;

  constructor(log: Log) {
    this.#log = log;
  }

  /**
   * Does something; what goes wrong is logged.
   * @throws what went wrong, without tokens: VS Code shows it, writes it to its own log and hands it to whoever ran the command
   */
  async within<T>(what: string, work: () => T): Promise<Awaited<T>> {
    try {
      return await work();
    } catch (error) {
      const message = messageOf(error);
      this.#log.error(`${what}: ${message}`);
      const told = error instanceof Error ? `${message}${error.stack}` : message;
      if (this.#log.redact(told) !== told) throw new Error(this.#log.redact(message));
      throw error;
    }
  }

  /**
   * The same for a command. Why it could not be done is said on the screen here: of an error VS Code says that the extension is the
   * cause.
   */
  async run(command: string, work: () => unknown): Promise<unknown> {
    try {
      return await this.within(command, work);
    } catch (error) {
      if (!(error instanceof NotDoneError)) throw error;
      sayWhyNot(plainMessage(this.#log.clean(error.message)));
      return undefined;
    }
  }

  /** The same where nobody waits for the end: what goes wrong is said on the screen. */
  say(what: string, work: () => unknown): void {
    this.within(what, work).catch((error: unknown) => {
      void vscode.window.showErrorMessage(plainMessage(this.#log.clean(messageOf(error))));
    });
  }
}
