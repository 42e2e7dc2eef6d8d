/** The object types of each account: HubSpot's own, and the account's custom ones, read when first needed. */
import * as vscode from 'vscode';
import { type ObjectType, standardObjectType, standardObjectTypes } from '../core/domain/objectTypes.ts';
import { plainLine } from '../core/text/plainText.ts';
import type { Account } from './accounts.ts';

/** Reads an account's custom object types; an account that does not allow it has none. */
export type ReadCustomTypes = (account: Account) => Promise<readonly ObjectType[]>;

export class ObjectTypeCatalog {
  readonly #readCustomTypes: ReadCustomTypes;
  readonly #custom = new Map<string, readonly ObjectType[]>();
  readonly #reading = new Map<string, Promise<readonly ObjectType[]>>();

  constructor(readCustomTypes: ReadCustomTypes) {
    this.#readCustomTypes = readCustomTypes;
  }

  /** The account's custom object types; asked for once in a session. */
  async customTypes(account: Account): Promise<readonly ObjectType[]> {
    let reading = this.#reading.get(account.id);
    if (!reading) {
      reading = this.#readCustomTypes(account);
      this.#reading.set(account.id, reading);
    }
    try {
      const types = (await reading).map(inOneLine);
      this.#custom.set(account.id, types);
      return types;
    } catch {
      this.#reading.delete(account.id);
      return [];
    }
  }

  /** Asks again next time, after the account's token changed. */
  forget(accountId: string): void {
    this.#reading.delete(accountId);
    this.#custom.delete(accountId);
  }

  /** The type a name or id means in this account. A name that nobody knows is its own label. */
  find(name: string, account: Pick<Account, 'id'>): ObjectType {
    const wanted = name.trim().toLowerCase();
    const custom = this.#custom
      .get(account.id)
      ?.find(
        (type) => type.id === wanted || type.name.toLowerCase() === wanted || type.singular.toLowerCase() === wanted,
      );
    const standard = standardObjectType(name);
    return (
      (standard && inWords(standard)) ??
      custom ?? {
        id: name,
        name,
        singular: name,
        label: name,
        pluralLabel: name,
        displayProperties: [],
        readScopes: [],
      }
    );
  }
}

/** What an account calls its custom object types may be anything; here it goes into titles, rows and lists. */
function inOneLine(type: ObjectType): ObjectType {
  return { ...type, label: plainLine(type.label), pluralLabel: plainLine(type.pluralLabel) };
}

/** HubSpot's own object types, the most used first. */
export function commonObjectTypes(): readonly ObjectType[] {
  return standardObjectTypes.filter(({ id }) => id !== '0-115' && id !== '0-7').map(inWords);
}

/** HubSpot's own object types have the same names everywhere; what they are called is a matter of language. */
function inWords(type: ObjectType): ObjectType {
  const { t } = vscode.l10n;
  return { ...type, label: t(type.label), pluralLabel: t(type.pluralLabel) };
}
