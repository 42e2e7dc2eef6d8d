/** The rest of the extension, loaded on first use: makes the parts and joins them. */

import { join } from 'node:path';
import * as vscode from 'vscode';
import { Accounts } from './accounts/accounts.ts';
import { AccountsTree, followAccounts, showAccountInStatusBar } from './accounts/accountsView.ts';
import { apiOrigin } from './accounts/apiOrigin.ts';
import { Engine } from './accounts/connections.ts';
import { ObjectTypeCatalog } from './accounts/objectTypeCatalog.ts';
import { checkTokenWith } from './accounts/tokenCheck.ts';
import { panelActions } from './actions/panelActions.ts';
import { Hops } from './answers/hops.ts';
import { Names } from './answers/recordNames.ts';
import { RecordAnswers, recordScheme } from './answers/recordRequest.ts';
import { parseQuestion } from './asking/lookUpGiven.ts';
import { LastPairs } from './asking/pickObjectTypes.ts';
import { commandHandlers } from './commands.ts';
import type { Question } from './core/domain/associations.ts';
import { lookUp } from './core/lookUp/lookUp.ts';
import { Log } from './editor/log.ts';
import { messageOf } from './editor/said.ts';
import { readSettings } from './editor/settings.ts';
import { CopiedDiagnostics, diagnosticsScheme } from './help/diagnostics.ts';
import type { LateTree } from './lateTree.ts';
import { logLookUp } from './lookUps/lookUpLog.ts';
import { LookUps, type Start } from './lookUps/lookUps.ts';
import { restoreLookUps } from './lookUps/restoreLookUps.ts';
import { SavedLookUps } from './lookUps/savedLookUps.ts';
import { SourceMarkFixes } from './marks/sourceMarkFixes.ts';
import { SourceMarks } from './marks/sourceMarks.ts';
import { AnswerPanels } from './panel/answerPanels.ts';
import { type PublicApi, readRecordIdsForApi } from './publicApi.ts';
import { focusedRows } from './tree/focusedRows.ts';
import { LookUpsTree } from './tree/lookUpsTree.ts';
import { followLookUps } from './tree/lookUpsView.ts';

export interface Main {
  readonly api: Pick<PublicApi, 'readRecordIds' | 'lookUp'>;
  /** Runs a command of the manifest. */
  run(command: string, args: readonly unknown[]): Promise<unknown>;
  treeOf(viewId: string): vscode.TreeDataProvider<object>;
  restorePanel(panel: vscode.WebviewPanel, state: unknown): Promise<void>;
  /** Brings every look-up to rest and closes its files. */
  stop(): Promise<void>;
}

/** @param viewOf the view that the entry registered under this id */
export function start(context: vscode.ExtensionContext, viewOf: (id: string) => LateTree): Main {
  const log = new Log();
  const origin = apiOrigin(context.extensionMode, process.env);
  const accounts = new Accounts(context, origin, log);
  const engine = new Engine(accounts, origin, log);
  const catalog = new ObjectTypeCatalog((account) => engine.customTypes(account));
  const saved = new SavedLookUps(join((context.storageUri ?? context.globalStorageUri).fsPath, 'look-ups'));
  const startLookUp: Start = (question, account, options) => {
    const run = lookUp(question, engine.portsOf(account), { ...options, batchSize: readSettings().batchSize });
    logLookUp(run, account, log);
    return run;
  };
  const lookUps = new LookUps(startLookUp, saved, {
    complete: withSettings,
    batchSize: () => readSettings().batchSize,
  });
  const restored = restoreLookUps(lookUps, (id) => accounts.find(id), log);
  const lastPairs = new LastPairs(context.globalState);
  const checkToken = checkTokenWith(engine);
  const hops = new Hops((question, account) => lookUp(question, engine.portsOf(account), { batchSize: 1 }).done);
  const names = new Names({
    portsOf: (account) => engine.portsOf(account),
    typeOf: (name, account) => catalog.find(name, account),
    onChange: () => {
      panels.namesChanged();
      lookUpsLate.changed.fire(undefined);
    },
  });
  const panels: AnswerPanels = new AnswerPanels({
    extensionUri: context.extensionUri,
    lookUps,
    catalog,
    names,
    act: (entry, message, table) => act(entry, message, table),
  });
  const lookUpsLate = viewOf('hubspotAssociations.lookUps');
  const lookUpsTree = new LookUpsTree(lookUps, { types: catalog, hops, names });
  const accountsTree = new AccountsTree(accounts);
  const accountsLate = viewOf('hubspotAssociations.accounts');

  const show = (lookUpId: string) => {
    panels.show(lookUpId);
    const entry = lookUps.find(lookUpId);
    if (entry) void lookUpsLate.view.reveal(lookUpsTree.nodeOf(entry), { select: true, focus: false, expand: true });
  };
  const copiedDiagnostics = new CopiedDiagnostics();
  const handlers = commandHandlers({
    accounts,
    catalog,
    lastPairs,
    lookUps,
    panels,
    checkToken,
    copiedDiagnostics,
    log,
    origin,
    version: String(context.extension.packageJSON.version),
    extensionId: context.extension.id,
    names,
    hops,
    focused: () => focusedRows(lookUpsLate.view),
    refresh: (entry) => lookUpsLate.changed.fire(lookUpsTree.nodeOf(entry)),
    reveal: async (node) => lookUpsLate.view.reveal(node, { select: true, focus: true, expand: true }),
    show,
    showMore: (node) => lookUpsLate.changed.fire(lookUpsTree.showMore(node)),
  });
  const marks = new SourceMarks(lookUps, catalog);
  const act = panelActions({ accounts, catalog, lookUps, names, checkToken, log, origin, show });

  context.subscriptions.push(
    log.channel,
    lookUps,
    panels,
    followLookUps(lookUpsLate.view, lookUpsLate.changed, lookUps, lookUpsTree, (id) => panels.isVisible(id)),
    marks,
    vscode.languages.registerCodeActionsProvider('*', new SourceMarkFixes(marks), {
      providedCodeActionKinds: SourceMarkFixes.kinds,
    }),
    vscode.workspace.registerTextDocumentContentProvider(recordScheme, new RecordAnswers(accounts, engine)),
    vscode.workspace.registerTextDocumentContentProvider(diagnosticsScheme, copiedDiagnostics),
    accounts.onDidChangeToken((accountId) => catalog.forget(accountId)),
    followAccounts(accountsLate.changed, accounts),
    showAccountInStatusBar(accounts),
  );

  return {
    api: {
      readRecordIds: readRecordIdsForApi,
      lookUp: async (question, options) => {
        const account = accounts.active;
        const run = lookUp(withSettings(parseQuestion(question)), engine.portsOf(account), {
          batchSize: readSettings().batchSize,
          ...(options?.signal ? { signal: options.signal } : {}),
          ...(options?.onProgress ? { onProgress: options.onProgress } : {}),
        });
        logLookUp(run, account, log);
        return (await run.done).answer;
      },
    },
    run: async (command, args) => {
      try {
        return await handlers[command]?.(...args);
      } catch (error) {
        const message = messageOf(error);
        log.error(`${command}: ${message}`);
        // VS Code shows it, writes it to its own log and hands it to whoever ran the command.
        const told = error instanceof Error ? `${message}${error.stack}` : message;
        if (log.redact(told) !== told) throw new Error(log.redact(message));
        throw error;
      }
    },
    treeOf: (viewId) =>
      (viewId === 'hubspotAssociations.accounts' ? accountsTree : lookUpsTree) as vscode.TreeDataProvider<object>,
    restorePanel: (panel, state) => panels.restore(panel, state, restored),
    stop: async () => {
      lookUps.dispose();
      await saved.close();
    },
  };
}

/** A question with the user's settings where it says nothing itself, so that it stays the same when it is asked again. */
function withSettings(question: Question): Question {
  const { apiVersion, recordCap } = readSettings();
  return { apiVersion, recordCap, ...question };
}
