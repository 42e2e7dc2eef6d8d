/** Look-ups ask for the object types of their accounts, so that those of an account's own have their titles and names. */
import * as vscode from 'vscode';
import type { Account } from '../accounts/accounts.ts';
import type { ObjectTypeCatalog } from '../accounts/objectTypeCatalog.ts';
import type { Answer, Question } from '../core/domain/associations.ts';
import { standardObjectType } from '../core/domain/objectTypes.ts';
import { isRead, type ListedLookUp } from './lookUpEntry.ts';
import type { LookUps } from './lookUps.ts';

/** Reads the account's types for an answer that is about them, and tells it what v3 calls them. */
export async function tellCustomTypes(answer: Answer, account: Account, catalog: ObjectTypeCatalog): Promise<void> {
  if (!isOfAccount(answer.question)) return;
  const types = await catalog.customTypes(account);
  if (types !== answer.customTypes && types.length > 0) answer.knowCustomTypes(types);
}

function isOfAccount({ from, to }: Pick<Question, 'from' | 'to'>): boolean {
  return standardObjectType(from) === undefined || standardObjectType(to) === undefined;
}

/** From now on each look-up asks when it starts, goes on or is restored, unless it is about HubSpot's own types only. */
export function askForTypes(lookUps: LookUps, catalog: ObjectTypeCatalog): vscode.Disposable {
  const last = new WeakMap<ListedLookUp, Pick<ListedLookUp, 'state' | 'atHand'>>();
  const ask = async (entry: ListedLookUp) => {
    if (isRead(entry)) await tellCustomTypes(entry.answer, entry.account, catalog);
    else if (isOfAccount(entry.question)) await catalog.customTypes(entry.account);
  };
  const follow = (entry: ListedLookUp) => {
    const before = last.get(entry);
    const { state, atHand } = entry;
    last.set(entry, { state, atHand });
    const isNew = before === undefined || (atHand === 'answer' && before.atHand !== 'answer');
    if (isNew || (state === 'running' && before.state !== 'running')) void ask(entry);
  };
  return vscode.Disposable.from(
    lookUps.onDidChange((entry) => {
      if (entry) follow(entry);
      else lookUps.list().forEach(follow);
    }),
    // Another token may see other types. What has become known is told before tree and panel, which follow later, show it.
    catalog.onDidChange((accountId) => {
      const known = catalog.known({ id: accountId });
      for (const entry of lookUps.list()) {
        if (entry.account.id !== accountId) continue;
        if (!known) void ask(entry);
        else if (isRead(entry) && isOfAccount(entry.question)) entry.answer.knowCustomTypes(known);
      }
    }),
  );
}
