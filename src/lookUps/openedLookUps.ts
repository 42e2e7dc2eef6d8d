/** The look-ups of this window, made once when the extension starts, with those that an earlier window kept. */
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Account } from '../accounts/accounts.ts';
import type { OpenedAccounts } from '../accounts/openedAccounts.ts';
import type { Answer, Question } from '../core/domain/associations.ts';
import { lookUp, type Progress } from '../core/lookUp/lookUp.ts';
import { actionTitle } from '../editor/actionTitle.ts';
import type { Log } from '../editor/log.ts';
import { messageOf } from '../editor/said.ts';
import { readSettings } from '../editor/settings.ts';
import { logLookUp } from './lookUpLog.ts';
import { LookUps, type Start } from './lookUps.ts';
import { askForTypes } from './lookUpTypes.ts';
import { SavedLookUps } from './savedLookUps.ts';

/** Looks up a question to the end, without showing or keeping it. */
type LookUpUnseen = (
  question: Question,
  account: Account,
  options: { readonly signal?: AbortSignal; readonly onProgress?: (progress: Progress) => void },
) => Promise<Answer>;

export interface OpenedLookUps {
  readonly lookUps: LookUps;
  /** Resolves when every look-up is back that an earlier window kept. */
  readonly restored: Promise<void>;
  readonly lookUpUnseen: LookUpUnseen;
  /** Brings every look-up to rest and closes its files. */
  close(): Promise<void>;
}

export function openLookUps(context: vscode.ExtensionContext, hubSpot: OpenedAccounts, log: Log): OpenedLookUps {
  const { accounts, engine, catalog } = hubSpot;
  const begin = (question: Question, account: Account, options: Partial<Parameters<Start>[2]>) => {
    const run = lookUp(question, engine.portsOf(account), { ...options, batchSize: readSettings().batchSize });
    logLookUp(run, account, log);
    return run;
  };
  const saved = new SavedLookUps(join((context.storageUri ?? context.globalStorageUri).fsPath, 'look-ups'));
  const lookUps = new LookUps(begin, saved, withSettings);
  context.subscriptions.push(askForTypes(lookUps, catalog));
  return {
    lookUps,
    restored: restoreLookUps(lookUps, (id) => accounts.find(id), log),
    lookUpUnseen: async (question, account, options) =>
      (await begin(withSettings(question), account, options).done).answer,
    close: async () => {
      lookUps.dispose();
      await saved.close();
    },
  };
}

/** Brings back what an earlier window kept. What cannot be read is set aside, and said once. */
async function restoreLookUps(
  lookUps: LookUps,
  accountOf: (id: string) => Account | undefined,
  log: Log,
): Promise<void> {
  try {
    const damaged = await lookUps.restore(accountOf);
    for (const { detail, setAside } of damaged) log.warn(`A saved look-up was set aside as '${setAside}': ${detail}`);
    if (damaged.length === 0) return;
    const showLog = actionTitle('showLog');
    const text = vscode.l10n.t('{0} saved look-ups could not be read and were set aside.', damaged.length);
    void vscode.window.showWarningMessage(text, showLog).then((chosen) => {
      if (chosen === showLog) log.channel.show();
    });
  } catch (error) {
    log.error(`The saved look-ups could not be read: ${messageOf(error)}`);
  }
}

/** A question with the user's settings where it says nothing itself, so that it stays the same when it is asked again. */
function withSettings(question: Question): Question {
  const { apiVersion, recordCap } = readSettings();
  return { apiVersion, recordCap, ...question };
}
