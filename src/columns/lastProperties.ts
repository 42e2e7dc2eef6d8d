/** Which properties were last chosen for the records of an object type, to be offered again: their internal names, and no values. */
import type * as vscode from 'vscode';
import type { Account } from '../accounts/accounts.ts';

export class LastProperties {
  readonly #memory: vscode.Memento;

  constructor(memory: vscode.Memento) {
    this.#memory = memory;
  }

  /** @param typeId the object type's id */
  of(account: Account, typeId: string): readonly string[] {
    const stored = this.#memory.get<unknown>(keyOf(account, typeId));
    return Array.isArray(stored) ? stored.filter((each) => typeof each === 'string') : [];
  }

  async remember(account: Account, typeId: string, names: readonly string[]): Promise<void> {
    await this.#memory.update(keyOf(account, typeId), names);
  }
}

function keyOf({ id }: Account, typeId: string): string {
  return `hubspotAssociations.lastProperties.${id}.${typeId}`;
}
