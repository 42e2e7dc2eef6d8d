/** The language-model tools of the manifest, as VS Code calls them. Here is where nothing is thrown any more. */
import * as vscode from 'vscode';
import { plainMessage } from '../core/text/plainText.ts';
import type { Log } from '../editor/log.ts';
import { CheckTool, type CheckToolParts } from './checkTool.ts';
import { LookUpTool, type LookUpToolParts } from './lookUpTool.ts';
import { readIdsTool } from './readIdsTool.ts';
import { type Confirmation, cancelled, type Tool } from './tool.ts';

export interface AgentToolsParts extends CheckToolParts, LookUpToolParts {
  readonly log: Log;
}

export class AgentTools {
  readonly #tools: Readonly<Record<string, Tool>>;
  readonly #log: Log;

  constructor(parts: AgentToolsParts) {
    this.#log = parts.log;
    this.#tools = {
      hubspotAssociations_readIds: readIdsTool,
      hubspotAssociations_lookUp: new LookUpTool(parts),
      hubspotAssociations_check: new CheckTool(parts),
    };
  }

  /** What is asked before a tool runs. Never rejects. */
  async prepare(name: string, input: unknown, token: vscode.CancellationToken): Promise<vscode.PreparedToolInvocation> {
    try {
      const prepared = await this.#tools[name]?.prepare(input, signalOf(token));
      return {
        ...(prepared && { invocationMessage: prepared.progress }),
        ...(prepared?.confirmation && { confirmationMessages: asked(prepared.confirmation) }),
      };
    } catch (error) {
      this.#failed(name, error, token);
      return {};
    }
  }

  /**
   * The tool's answer. Never rejects: VS Code would write what the tool was given into its own log, and the model would know
   * only that it failed.
   */
  async invoke(name: string, input: unknown, token: vscode.CancellationToken): Promise<vscode.LanguageModelToolResult> {
    const signal = signalOf(token);
    try {
      const told = (await this.#tools[name]?.invoke(input, signal)) ?? 'FAILED: there is no such tool.';
      // Whatever HubSpot or a model may have put into a label, an ID or a name.
      return result(this.#log.withoutHidden(told));
    } catch (error) {
      if (signal.aborted) return result(cancelled);
      this.#failed(name, error, token);
      return result('FAILED unexpectedly; the log of the extension says where. Nothing is known about these records.');
    }
  }

  /** The kind of an error only: its message may hold what a model gave, or the path of a file. */
  #failed(name: string, error: unknown, token: vscode.CancellationToken): void {
    if (token.isCancellationRequested) return;
    const { name: kind, code, stack = '' } = error as NodeJS.ErrnoException;
    const where = /^ {4}at (\w[\w.#]*)/m.exec(stack)?.[1];
    this.#log.error(`${name} failed: ${[kind, code, where].filter(Boolean).join(' ')}`);
  }
}

function result(text: string): vscode.LanguageModelToolResult {
  return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(text)]);
}

function signalOf(token: vscode.CancellationToken): AbortSignal {
  const abort = new AbortController();
  if (token.isCancellationRequested) abort.abort();
  else token.onCancellationRequested(() => abort.abort());
  return abort.signal;
}

/** Names of accounts and files are shown as they are: no link, no icon, no formatting comes of them. */
function asked({ title, sentences }: Confirmation): vscode.LanguageModelToolConfirmationMessages {
  const message = new vscode.MarkdownString();
  sentences.forEach((sentence, nth) => {
    if (nth > 0) message.appendMarkdown('\n\n');
    message.appendText(plainMessage(sentence));
  });
  return { title, message };
}
