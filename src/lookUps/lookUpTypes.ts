/** Look-ups ask for the object types of their accounts, so that those of an account's own have their titles and names. */
import * as vscode from 'vscode';
import type { ObjectTypeCatalog } from '../accounts/objectTypeCatalog.ts';
import { standardObjectType } from '../core/domain/objectTypes.ts';
import type { LookUpEntry } from './lookUpEntry.ts';
import type { LookUps } from './lookUps.ts';

/** From now on each look-up asks when it starts, goes on or is restored, unless it is about HubSpot's own types only. */
export function askForTypes(lookUps: LookUps, catalog: ObjectTypeCatalog): vscode.Disposable {
  const lastState = new WeakMap<LookUpEntry, LookUpEntry['state']>();
  const ask = ({ account, question }: LookUpEntry) => {
    const isOfAccount = [question.from, question.to].some((type) => standardObjectType(type) === undefined);
    if (isOfAccount) void catalog.customTypes(account);
  };
  const follow = (entry: LookUpEntry) => {
    const before = lastState.get(entry);
    lastState.set(entry, entry.state);
    if (before === undefined || (entry.state === 'running' && before !== 'running')) ask(entry);
  };
  return vscode.Disposable.from(
    lookUps.onDidChange((entry) => {
      if (entry) follow(entry);
      else lookUps.list().forEach(follow);
    }),
    // Another token may see other types.
    catalog.onDidChange((accountId) => {
      if (!catalog.knows({ id: accountId })) {
        for (const entry of lookUps.list()) if (entry.account.id === accountId) ask(entry);
      }
    }),
  );
}
