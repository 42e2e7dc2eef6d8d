/** The one request whose answer says what a record is associated with, by itself: to look at, to run by hand, to send to HubSpot's support. */

import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { Accounts } from '../accounts/accounts.ts';
import type { Engine } from '../accounts/connections.ts';
import type { ApiVersion } from '../core/domain/associations.ts';
import type { Failure } from '../core/domain/failure.ts';
import { HubSpotClient } from '../core/hubspot/client.ts';
import { associationsRequest } from '../core/hubspot/endpoints.ts';
import type { HubSpotPorts } from '../core/hubspot/ports.ts';
import { curlCommand, httpRequestText } from '../core/hubspot/requestText.ts';
import { jsonLayout } from '../core/text/jsonLayout.ts';
import { failureNotice } from '../editor/failureNotice.ts';
import { Turns } from '../editor/turns.ts';

export const recordScheme = 'hubspot-associations';

/** Whose associations, with what, in which account. */
export interface RecordQuestion {
  /** The account's id. */
  readonly account: string;
  readonly apiVersion: ApiVersion;
  readonly from: string;
  readonly to: string;
  readonly id: string;
}

/** The request as a command for a shell, with `$HUBSPOT_TOKEN` in place of the token, on the clipboard. */
export async function copyRequest(question: RecordQuestion, origin: string): Promise<void> {
  const request = requestFor(question);
  if ('failure' in request) return sayFailure(request.failure);
  await vscode.env.clipboard.writeText(curlCommand({ origin, ...request }));
}

/** The request as a document for the editor's HTTP clients. */
export async function openRequest(question: RecordQuestion, origin: string): Promise<void> {
  const request = requestFor(question);
  if ('failure' in request) return sayFailure(request.failure);
  const languages = await vscode.languages.getLanguages();
  const document = await vscode.workspace.openTextDocument({
    content: httpRequestText({ origin, ...request }),
    language: languages.includes('http') ? 'http' : 'plaintext',
  });
  await vscode.window.showTextDocument(document);
}

/**
 * HubSpot's own answers about single records, as read-only documents. A document's address holds a key that this window made
 * when somebody chose the record, and nothing that could be made up: no account, no object type and no id is read from it.
 */
export class RecordAnswers implements vscode.TextDocumentContentProvider {
  readonly #accounts: Accounts;
  readonly #engine: Pick<Engine, 'portsOf'>;
  /** What was chosen, by the key in the document's address. */
  readonly #chosen = new Map<string, RecordQuestion>();

  constructor(accounts: Accounts, engine: Pick<Engine, 'portsOf'>) {
    this.#accounts = accounts;
    this.#engine = engine;
  }

  /** Shows the answer about one record. It is read when its document is opened. */
  async show(question: RecordQuestion): Promise<void> {
    const request = requestFor(question);
    if ('failure' in request) return sayFailure(request.failure);
    const document = await vscode.workspace.openTextDocument(this.#addressOf(question));
    await vscode.window.showTextDocument(document, { preview: true });
  }

  async provideTextDocumentContent(uri: vscode.Uri, token: vscode.CancellationToken): Promise<string> {
    const { t } = vscode.l10n;
    const question = this.#chosen.get(uri.query);
    if (!question) {
      return t('This window has not read this answer. Choose "Show HubSpot\'s Answer as JSON" on a record to read it.');
    }
    const account = this.#accounts.find(question.account);
    if (!account) return t('The account of this record has been removed.');
    const abort = new AbortController();
    token.onCancellationRequested(() => abort.abort());
    return answerText(question, account.name, this.#engine.portsOf(account), abort.signal);
  }

  /** The same record has the same address, so that its document is opened once. */
  #addressOf(question: RecordQuestion): vscode.Uri {
    const { account, apiVersion, from, to, id } = question;
    const textOf = (asked: RecordQuestion) =>
      [asked.account, asked.apiVersion, asked.from, asked.to, asked.id].join(' ');
    const known = [...this.#chosen].find(([, earlier]) => textOf(earlier) === textOf(question));
    const key = known?.[0] ?? randomUUID();
    this.#chosen.set(key, { account, apiVersion, from, to, id });
    return vscode.Uri.from({ scheme: recordScheme, path: `/${from} ${id} → ${to}.json`, query: key });
  }
}

async function answerText(
  question: RecordQuestion,
  account: string,
  ports: HubSpotPorts,
  cancel: AbortSignal,
): Promise<string> {
  const request = requestFor(question);
  if ('failure' in request) return failureNotice(request.failure).sentence;
  const outcome = await new HubSpotClient(ports, { tries: 2 }).request(request, (text) => ({ value: text }), {
    cancel,
  });
  const facts = {
    account,
    request: `POST ${request.path}`,
    body: JSON.parse(request.body) as unknown,
    readAt: new Date().toISOString(),
  };
  const answer = outcome.ok
    ? `"answer": ${outcome.value}`
    : `"problem": ${JSON.stringify({ sentence: failureNotice(outcome.failure).sentence, ...outcome.failure })}`;
  // Formatted as text, not parsed: ids that are numbers keep every digit.
  const text = `${JSON.stringify(facts).slice(0, -1)},${answer}}`;
  return new Turns(cancel).through(jsonLayout(text));
}

function requestFor({ apiVersion, from, to, id }: RecordQuestion) {
  const request = associationsRequest(apiVersion, from, to, [{ id }]);
  return 'failure' in request ? request : { ...request, body: request.body ?? '' };
}

function sayFailure(failure: Failure): void {
  void vscode.window.showErrorMessage(failureNotice(failure).sentence);
}
