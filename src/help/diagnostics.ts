/**
 * What helps to understand a problem, as text that can be pasted in public: versions, the way to the network, the kind of the
 * account, the last problems. No names, no paths, no portal, no record ids, no tokens.
 */

import { release } from 'node:os';
import * as vscode from 'vscode';
import type { Account, Accounts } from '../accounts/accounts.ts';
import type { ApiOrigin } from '../accounts/apiOrigin.ts';
import { publicText } from '../core/text/publicText.ts';
import type { Log } from '../editor/log.ts';
import { readSettings } from '../editor/settings.ts';

interface DiagnosticsParts {
  readonly accounts: Accounts;
  readonly log: Log;
  readonly origin: ApiOrigin;
  /** Of this extension. */
  readonly version: string;
}

/** In English, whoever asks: it is read by whoever helps. */
async function diagnostics({ accounts, log, origin, version }: DiagnosticsParts): Promise<string> {
  const { active } = accounts;
  const place = active.kind === 'stored' ? await accounts.tokenPlace(active) : 'not needed';
  // An account's name and portal are nobody else's business.
  const stored = accounts.list().filter(({ kind }) => kind === 'stored');
  const names = stored.flatMap(({ name, portalId = name }) => [name, portalId]);
  const problems = log.problems.map(({ at, text }) => `- ${at.toISOString()} ${publicText(text, names)}`);
  const lines = [
    'Associations for HubSpot: diagnostics',
    `Extension: ${version}`,
    `Editor: ${vscode.env.appName} ${vscode.version}, ${vscode.env.appHost}, ${uiWords()}, remote: ${remoteWords(vscode.env.remoteName)}`,
    `System: ${process.platform} ${process.arch} ${release()}, Node ${process.versions.node}`,
    `Language: ${vscode.env.language}`,
    `Workspace: ${vscode.workspace.isTrusted ? 'trusted' : 'restricted mode'}, folders: ${vscode.workspace.workspaceFolders?.length ?? 0}`,
    `Host: ${origin.redirected ? 'a stand-in on this machine' : origin.origin}`,
    `Proxy: ${proxyWords()}`,
    `Account: ${accountWords(active)}, token: ${place}`,
    `Accounts: ${accounts.list().length}`,
    `Settings: ${JSON.stringify(readSettings())}`,
    problems.length ? `Last problems:\n${problems.join('\n')}` : 'Last problems: none',
  ];
  return lines
    .flatMap((line) => line.split('\n'))
    .map((line) => log.clean(line))
    .join('\n');
}

/** Kinds of remote. What else VS Code calls a remote may be the address of a machine, which is nobody's business. */
const remoteKinds = ['ssh-remote', 'wsl', 'dev-container', 'attached-container', 'codespaces', 'tunnel'];

function remoteWords(name: string | undefined): string {
  if (name === undefined) return 'no';
  return remoteKinds.includes(name) ? name : 'yes';
}

function uiWords(): string {
  return vscode.env.uiKind === vscode.UIKind.Web ? 'in a browser' : 'desktop';
}

/** Whether there is a proxy, never which one. */
function proxyWords(): string {
  const http = vscode.workspace.getConfiguration('http');
  const isSet = (name: string) => Boolean(process.env[name] ?? process.env[name.toLowerCase()]);
  return [
    `http.proxy ${http.get('proxy') ? 'set' : 'not set'}`,
    `environment ${isSet('HTTPS_PROXY') || isSet('HTTP_PROXY') ? 'set' : 'not set'}`,
    `http.proxySupport ${http.get('proxySupport')}`,
    `http.proxyStrictSSL ${http.get('proxyStrictSSL')}`,
  ].join(', ');
}

function accountWords({ kind, accountType, region, scopes, checked }: Account): string {
  return [
    kind,
    accountType ? `${accountType}${accountType === 'STANDARD' ? ' (production)' : ''}` : 'type unknown',
    `hosted in ${region ?? 'unknown'}`,
    scopes ? `${scopes.length} scopes` : 'scopes unknown',
    checked ? 'checked' : 'not checked',
  ].join(', ');
}

const diagnosticsScheme = 'hubspot-associations-diagnostics';
const copiedUri = vscode.Uri.from({ scheme: diagnosticsScheme, path: '/HubSpot Associations: diagnostics' });

/** The diagnostics that were copied last, as a document that nobody is asked to save. */
export class CopiedDiagnostics implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changed.event;
  readonly #registered = vscode.workspace.registerTextDocumentContentProvider(diagnosticsScheme, this);
  #text = '';

  provideTextDocumentContent(): string {
    return this.#text;
  }

  set text(text: string) {
    this.#text = text;
    this.#changed.fire(copiedUri);
  }

  dispose(): void {
    this.#registered.dispose();
    this.#changed.dispose();
  }
}

export interface CopyDiagnosticsParts extends DiagnosticsParts {
  readonly copiedDiagnostics: CopiedDiagnostics;
}

/** Copies the diagnostics and shows what was copied, so that it can be read before it is pasted. */
export async function copyDiagnostics(parts: CopyDiagnosticsParts): Promise<void> {
  const text = await diagnostics(parts);
  await vscode.env.clipboard.writeText(text);
  parts.copiedDiagnostics.text = text;
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(copiedUri), { preview: true });
}
