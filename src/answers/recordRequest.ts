/** The one request whose answer says what a record is associated with, by itself: to look at, to run by hand, to send to HubSpot's support. */

import { applyEdits, format } from 'jsonc-parser';
import * as vscode from 'vscode';
import * as z from 'zod';
import type { Accounts } from '../accounts/accounts.ts';
import type { Engine } from '../accounts/connections.ts';
import { apiVersions } from '../core/domain/associations.ts';
import { associationsApi, batchBody } from '../core/hubspot/associationsApi.ts';
import { HubSpotClient } from '../core/hubspot/client.ts';
import type { HubSpotPorts } from '../core/hubspot/ports.ts';
import { curlCommand, httpRequestText, type RequestParts } from '../core/hubspot/requestText.ts';
import { failureNotice } from '../editor/failureNotice.ts';

export const recordScheme = 'hubspot-associations';

const recordQuestion = z.object({
  account: z.string(),
  apiVersion: z.enum(apiVersions),
  from: z.string(),
  to: z.string(),
  id: z.string(),
});
/** Whose associations, with what, in which account. `account` is the account's id. */
export type RecordQuestion = z.infer<typeof recordQuestion>;

/** Shows HubSpot's own answer about one record as a read-only JSON document. It is read when it is opened. */
export async function showRecordAnswer(question: RecordQuestion): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uriOf(question));
  await vscode.window.showTextDocument(document, { preview: true });
}

/** The request as a command for a shell, with `$HUBSPOT_TOKEN` in place of the token, on the clipboard. */
export async function copyRequest(question: RecordQuestion, origin: string): Promise<void> {
  await vscode.env.clipboard.writeText(curlCommand(requestParts(question, origin)));
}

/** The request as a document for the editor's HTTP clients. */
export async function openRequest(question: RecordQuestion, origin: string): Promise<void> {
  const content = httpRequestText(requestParts(question, origin));
  const languages = await vscode.languages.getLanguages();
  const document = await vscode.workspace.openTextDocument({
    content,
    language: languages.includes('http') ? 'http' : 'plaintext',
  });
  await vscode.window.showTextDocument(document);
}

/** Gives the documents that {@link showRecordAnswer} opens their text. */
export class RecordAnswers implements vscode.TextDocumentContentProvider {
  readonly #accounts: Accounts;
  readonly #engine: Pick<Engine, 'portsOf'>;

  constructor(accounts: Accounts, engine: Pick<Engine, 'portsOf'>) {
    this.#accounts = accounts;
    this.#engine = engine;
  }

  async provideTextDocumentContent(uri: vscode.Uri, token: vscode.CancellationToken): Promise<string> {
    const question = questionIn(uri);
    const account = question && this.#accounts.find(question.account);
    if (!question || !account) return '';
    const abort = new AbortController();
    token.onCancellationRequested(() => abort.abort());
    return answerText(question, account.name, this.#engine.portsOf(account), abort.signal);
  }
}

async function answerText(
  question: RecordQuestion,
  account: string,
  ports: HubSpotPorts,
  cancel: AbortSignal,
): Promise<string> {
  const { path, body } = requestParts(question, ports.origin);
  const outcome = await new HubSpotClient(ports, { tries: 2 }).request(
    { method: 'POST', path, body },
    (text) => ({ value: text }),
    { cancel },
  );
  const facts = {
    account,
    request: `POST ${path}`,
    body: JSON.parse(body) as unknown,
    readAt: new Date().toISOString(),
  };
  const answer = outcome.ok
    ? `"answer": ${outcome.value}`
    : `"problem": ${JSON.stringify({ sentence: failureNotice(outcome.failure).sentence, ...outcome.failure })}`;
  // Formatted as text, not parsed: ids that are numbers keep every digit.
  const text = `${JSON.stringify(facts).slice(0, -1)},${answer}}`;
  return applyEdits(text, format(text, undefined, { insertSpaces: true, tabSize: 2, eol: '\n' }));
}

function requestParts({ apiVersion, from, to, id }: RecordQuestion, origin: string): RequestParts {
  return { origin, path: associationsApi(apiVersion).batchPath(from, to), body: batchBody([{ id }]) };
}

function uriOf(question: RecordQuestion): vscode.Uri {
  const { from, to, id } = question;
  return vscode.Uri.from({
    scheme: recordScheme,
    path: `/${from} ${id} → ${to}.json`,
    query: JSON.stringify(question),
  });
}

function questionIn({ query }: vscode.Uri): RecordQuestion | undefined {
  try {
    return recordQuestion.parse(JSON.parse(query));
  } catch {
    return undefined;
  }
}
