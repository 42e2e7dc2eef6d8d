/** The object types of each account: HubSpot's own, and the account's custom ones, read when first needed. */
import * as vscode from 'vscode';
import {
  customObjectType,
  type ObjectType,
  standardObjectType,
  standardObjectTypes,
} from '../core/domain/objectTypes.ts';
import type { UsedObjectType } from '../core/hubspot/recordUsage.ts';
import { plainLine } from '../core/text/plainText.ts';
import type { Account } from './accounts.ts';

/**
 * Reads an account's custom object types; an account that does not allow it has none. Undefined when it could not be asked, and
 * will be asked again.
 */
export type ReadCustomTypes = (account: Account) => Promise<readonly ObjectType[] | undefined>;

/** Reads how many records of which types an account has; undefined when HubSpot does not tell. */
export type ReadRecordUsage = (account: Account) => Promise<readonly UsedObjectType[] | undefined>;

/** Every object type that an account may have records of. */
export interface EveryObjectType {
  readonly types: readonly ObjectType[];
  /** How many records there are, by the type's id; undefined where HubSpot does not tell. */
  readonly records: ReadonlyMap<string, number> | undefined;
  /** False where HubSpot could not be asked for the account's own types, so that they are missing here. */
  readonly isAll: boolean;
}

export class ObjectTypeCatalog implements vscode.Disposable {
  readonly #readCustomTypes: ReadCustomTypes;
  readonly #readUsage: ReadRecordUsage;
  /** HubSpot's own types that only an account's usage has named, by the account's id. */
  readonly #used = new Map<string, readonly ObjectType[]>();
  /** By the account's id. */
  readonly #custom = new Map<string, readonly ObjectType[]>();
  readonly #reading = new Map<string, Promise<readonly ObjectType[]>>();
  readonly #changed = new vscode.EventEmitter<string>();
  /** Fires with the id of an account whose object types have become known, or have to be asked for again. */
  readonly onDidChange = this.#changed.event;

  constructor(readCustomTypes: ReadCustomTypes, readUsage: ReadRecordUsage = async () => undefined) {
    this.#readCustomTypes = readCustomTypes;
    this.#readUsage = readUsage;
  }

  /** The account's custom object types, read once in a session; none while they cannot be read. */
  customTypes(account: Account): Promise<readonly ObjectType[]> {
    const known = this.#custom.get(account.id);
    if (known) return Promise.resolve(known);
    const reading = this.#reading.get(account.id) ?? this.#read(account);
    this.#reading.set(account.id, reading);
    return reading;
  }

  /** Every type that is offered, the account's own, and what HubSpot counts besides. Asks each time, as the counts change. */
  async everyType(account: Account): Promise<EveryObjectType> {
    const [own, used] = await Promise.all([this.customTypes(account), this.#readUsage(account).catch(() => undefined)]);
    const known = [...commonObjectTypes(), ...own];
    const others = (used ?? [])
      .filter(({ id }) => standardObjectType(id) === undefined && known.every((type) => type.id !== id))
      .map((type) => inOneLine(typeUsed(type)));
    this.#used.set(account.id, others);
    const records = used && new Map(used.map((each) => [each.id, each.records]));
    return { types: [...known, ...others], records, isAll: records !== undefined || this.#custom.has(account.id) };
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
    const custom =
      customObjectType(name, this.#custom.get(account.id) ?? []) ??
      this.#used.get(account.id)?.find(({ id }) => id === name);
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

/** A type of which only its id and its labels are known. */
function typeUsed({ id, label, pluralLabel }: UsedObjectType): ObjectType {
  return { id, name: id, singular: id, label, pluralLabel, displayProperties: [], readScopes: [] };
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
