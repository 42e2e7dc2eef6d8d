/** The object types of each account: HubSpot's own, and the account's custom ones, read when first needed. */
import * as vscode from 'vscode';
import {
  customObjectType,
  type ObjectType,
  standardObjectType,
  standardObjectTypes,
} from '../core/domain/objectTypes.ts';
import { plainLine } from '../core/text/plainText.ts';
import type { Account } from './accounts.ts';

/**
 * Reads an account's custom object types; an account that does not allow it has none. Undefined when it could not be asked, and
 * will be asked again.
 */
export type ReadCustomTypes = (account: Account) => Promise<readonly ObjectType[] | undefined>;

export class ObjectTypeCatalog implements vscode.Disposable {
  readonly #readCustomTypes: ReadCustomTypes;
  /** By the account's id. */
  readonly #custom = new Map<string, readonly ObjectType[]>();
  readonly #reading = new Map<string, Promise<readonly ObjectType[]>>();
  readonly #changed = new vscode.EventEmitter<string>();
  /** Fires with the id of an account whose object types have become known, or have to be asked for again. */
  readonly onDidChange = this.#changed.event;

  constructor(readCustomTypes: ReadCustomTypes) {
    this.#readCustomTypes = readCustomTypes;
  }

  /** The account's custom object types, read once in a session; none while they cannot be read. */
  customTypes(account: Account): Promise<readonly ObjectType[]> {
    const known = this.#custom.get(account.id);
    if (known) return Promise.resolve(known);
    const reading = this.#reading.get(account.id) ?? this.#read(account);
    this.#reading.set(account.id, reading);
    return reading;
  }

  /** An account's custom object types, if it is known which it has. */
  known({ id }: Pick<Account, 'id'>): readonly ObjectType[] | undefined {
    return this.#custom.get(id);
  }

  /** Asks again next time, after the account's token changed. */
  forget(accountId: string): void {
    this.#reading.delete(accountId);
    this.#custom.delete(accountId);
    this.#changed.fire(accountId);
  }

  dispose(): void {
    this.#changed.dispose();
  }

  async #read(account: Account): Promise<readonly ObjectType[]> {
    await Promise.resolve(); // so that the reading is noted before it can end
    const mine = this.#reading.get(account.id);
    const read = await this.#readCustomTypes(account).catch(() => undefined);
    const types = read?.map(inOneLine) ?? [];
    // The token may have changed while HubSpot was asked: then a newer reading is under way, and this one does not count.
    if (this.#reading.get(account.id) !== mine) return types;
    this.#reading.delete(account.id);
    if (!read) return types;
    this.#custom.set(account.id, types);
    this.#changed.fire(account.id);
    return types;
  }

  /** The type a name or id means in this account. A name that nobody knows is its own label. */
  find(name: string, account: Pick<Account, 'id'>): ObjectType {
    const custom = customObjectType(name, this.#custom.get(account.id) ?? []);
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

/** HubSpot's own object types, as lists offer them: the most used first. */
export function commonObjectTypes(): readonly (ObjectType & { readonly isMain: boolean })[] {
  return standardObjectTypes.filter(({ isOffered }) => isOffered).map(inWords);
}

/** HubSpot's own object types have the same names everywhere; what they are called is a matter of language. */
function inWords<Type extends ObjectType>(type: Type): Type {
  const { t } = vscode.l10n;
  return { ...type, label: t(type.label), pluralLabel: t(type.pluralLabel) };
}
