/** What can be read beside an answer, made once when the extension starts: hops, names, and HubSpot's own answer about a record. */
import * as vscode from 'vscode';
import type { OpenedAccounts } from '../accounts/openedAccounts.ts';
import { lookUp } from '../core/lookUp/lookUp.ts';
import { tellCustomTypes } from '../lookUps/lookUpTypes.ts';
import { Hops } from './hops.ts';
import { propertyWords } from './propertyWords.ts';
import { Names } from './recordNames.ts';
import { RecordAnswers, recordScheme } from './recordRequest.ts';

export interface OpenedAnswers {
  readonly hops: Hops;
  readonly names: Names;
  readonly recordAnswers: RecordAnswers;
}

export function openAnswers(
  context: vscode.ExtensionContext,
  { accounts, engine, catalog }: OpenedAccounts,
): OpenedAnswers {
  const recordAnswers = new RecordAnswers(accounts, engine);
  context.subscriptions.push(vscode.workspace.registerTextDocumentContentProvider(recordScheme, recordAnswers));
  const names = new Names({
    portsOf: (account) => engine.portsOf(account),
    typeOf: (name, account) => catalog.find(name, account),
    words: propertyWords(),
  });
  // Names that the old token could not read are tried with the new one.
  context.subscriptions.push(accounts.onDidChangeToken(() => names.retry()));
  return {
    recordAnswers,
    hops: new Hops((question, account) => {
      const { answer, done } = lookUp(question, engine.portsOf(account), { batchSize: 1 });
      void tellCustomTypes(answer, account, catalog);
      return done;
    }),
    names,
  };
}
