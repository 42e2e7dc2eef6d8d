/** The look-ups of this window, made once when the extension starts, with those that an earlier window kept. */
import { join } from 'node:path';
import type * as vscode from 'vscode';
import type { Account } from '../accounts/accounts.ts';
import type { OpenedAccounts } from '../accounts/openedAccounts.ts';
import type { SharedQuestion } from '../core/answer/growingIds.ts';
import type { Answer, Question } from '../core/domain/associations.ts';
import { lookUp } from '../core/lookUp/lookUp.ts';
import type { Progress } from '../core/lookUp/run.ts';
import { Changes } from '../editor/changes.ts';
import type { Log } from '../editor/log.ts';
import { readSettings } from '../editor/settings.ts';
import { closeLookUps } from './closeLookUps.ts';
import { LookUpGroups } from './lookUpGroups.ts';
import { logLookUp } from './lookUpLog.ts';
import { LookUps, type Start } from './lookUps.ts';
import { askForTypes } from './lookUpTypes.ts';
import { restoreLookUps, sayWhatIsLeftOut } from './restoreLookUps.ts';
import { SavedLookUps } from './savedLookUps.ts';

/** Looks up a question to the end, without showing or keeping it. */
export type LookUpUnseen = (
  question: SharedQuestion,
  account: Account,
  options: { readonly signal?: AbortSignal; readonly onProgress?: (progress: Progress) => void },
) => Promise<Answer>;

/** A look-up that asks HubSpot for all its records, not only for those that an earlier run left. */
export interface BegunLookUp {
  readonly account: Account;
  readonly answer: Answer;
}

export interface OpenedLookUps {
  readonly lookUps: LookUps;
  readonly groups: LookUpGroups;
  readonly onDidBegin: vscode.Event<BegunLookUp>;
  /** Resolves when every look-up is back that an earlier window kept. */
  readonly restored: Promise<void>;
  readonly lookUpUnseen: LookUpUnseen;
  /** Brings every look-up to rest and closes its files. */
  close(): Promise<void>;
}

export function openLookUps(context: vscode.ExtensionContext, hubSpot: OpenedAccounts, log: Log): OpenedLookUps {
  const { accounts, engine, catalog } = hubSpot;
  const begun = new Changes<BegunLookUp>();
  const begin = (question: Question | SharedQuestion, account: Account, options: Partial<Parameters<Start>[2]>) => {
    const run = lookUp(question, engine.portsOf(account), { ...options, batchSize: readSettings().batchSize });
    logLookUp(run, account, log);
    if (!options.resume) begun.fire({ account, answer: run.answer });
    return run;
  };
  const saved = new SavedLookUps(join((context.storageUri ?? context.globalStorageUri).fsPath, 'look-ups'));
  const lookUps = new LookUps(begin, saved, {
    complete: withSettings,
    batchSize: () => readSettings().batchSize,
  });
  const groups = new LookUpGroups(lookUps, saved.groups);
  context.subscriptions.push(
    groups,
    askForTypes(lookUps, catalog),
    sayWhatIsLeftOut(lookUps, log),
    accounts.onDidChangeToken(async (id) => {
      const account = accounts.find(id);
      // Also fires where the token was removed.
      if (account && (await accounts.token(account)) !== undefined) lookUps.tokenReplaced(id);
    }),
  );
  return {
    lookUps,
    groups,
    onDidBegin: begun.event,
    restored: restoreLookUps({ lookUps, groups }, (id) => accounts.find(id), log),
    lookUpUnseen: async (question, account, options) =>
      (await begin(withSettings(question), account, options).done).answer,
    close: () => closeLookUps({ lookUps, groups, saved }),
  };
}

/** A question with the user's settings where it says nothing itself, so that it stays the same when it is asked again. */
function withSettings<Asked extends Omit<Question, 'ids'>>(question: Asked): Asked {
  const { apiVersion, recordCap } = readSettings();
  return { apiVersion, recordCap, ...question };
}
