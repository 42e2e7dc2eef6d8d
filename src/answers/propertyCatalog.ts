/** Which properties the object types of an account have, and the names of its owners: read when somebody needs them, kept in memory. */
import type { Account } from '../accounts/accounts.ts';
import type { ObjectType } from '../core/domain/objectTypes.ts';
import type { PropertyDefinition } from '../core/domain/propertyDefinition.ts';
import { readOwners } from '../core/hubspot/owners.ts';
import { type PropertiesAnswer, readProperties } from '../core/hubspot/properties.ts';
import type { ReaderSources } from './recordReaders.ts';

/** Properties that were read so long ago are read again before somebody chooses among them, in milliseconds. */
const old = 300_000;

interface KnownType {
  readonly answer: PropertiesAnswer;
  readonly byName: ReadonlyMap<string, PropertyDefinition>;
  /** When it was read, in milliseconds; undefined where it is to be read again. */
  readonly at: number | undefined;
}

interface Owners {
  names: ReadonlyMap<string, string>;
  /** Undefined while they are read; false where some could not be. */
  isWhole: boolean | undefined;
  reading: Promise<void>;
}

export class PropertyCatalog {
  readonly #sources: ReaderSources;
  readonly #onDidLearn: () => void;
  /** By account and object type. */
  readonly #known = new Map<string, KnownType>();
  readonly #reading = new Map<string, Promise<PropertiesAnswer>>();
  /** How often {@link retry} was called. */
  #retries = 0;
  /** By account. */
  readonly #owners = new Map<string, Owners>();

  constructor(sources: ReaderSources, onDidLearn: () => void) {
    this.#sources = sources;
    this.#onDidLearn = onDidLearn;
  }

  /** What a property is, where that is known. `isNone`: HubSpot has listed all properties of the type, and it is not among them. */
  find(
    account: Account,
    type: string,
    name: string,
  ): { readonly definition?: PropertyDefinition; readonly isNone: boolean } {
    const known = this.#known.get(this.#keyOf(account, type));
    const definition = known?.byName.get(name);
    if (definition) return { definition, isNone: false };
    return { isNone: known?.answer.ok === true && known.answer.notListed === undefined };
  }

  /** Those of an object type: what is known and new enough, or what HubSpot says now. One that failed is asked again. */
  read(account: Account, type: string): Promise<PropertiesAnswer> {
    const key = this.#keyOf(account, type);
    const known = this.#known.get(key);
    if (known?.answer.ok && known.at !== undefined && performance.now() - known.at < old)
      return Promise.resolve(known.answer);
    const reading = this.#reading.get(key) ?? this.#read(key, account, type);
    this.#reading.set(key, reading);
    return reading;
  }

  /** The same, where it is not known yet: neither what is old is asked for again, nor what could not be read. */
  async readOnce(account: Account, type: string): Promise<void> {
    const key = this.#keyOf(account, type);
    await (this.#reading.get(key) ?? this.#known.get(key) ?? this.read(account, type));
  }

  /** The name of an owner, where it was read. Reads all names of the account when it is asked for the first time. */
  ownerOf(account: Account, id: string): string | undefined {
    return this.#ownersOf(account).names.get(id);
  }

  /** Resolves when the names of the account's owners are read, or cannot be. */
  ownersRead(account: Account): Promise<void> {
    return this.#ownersOf(account).reading;
  }

  /** Has what could not be read asked for again: another token may be able to. What is known stays until then. */
  retry(): void {
    this.#retries++;
    for (const [key, known] of this.#known) {
      if (!known.answer.ok || known.answer.notListed) this.#known.set(key, { ...known, at: undefined });
    }
    for (const [id, { isWhole }] of this.#owners) if (isWhole === false) this.#owners.delete(id);
  }

  async #read(key: string, account: Account, type: string): Promise<PropertiesAnswer> {
    const retries = this.#retries;
    const answer = await readProperties(this.#typeOf(account, type).name, this.#sources.portsOf(account));
    // It may have been refused to the token of before.
    if (retries !== this.#retries && (!answer.ok || answer.notListed)) return this.#read(key, account, type);
    // What HubSpot did not list this time is still what it was: a sensitive property stays one.
    const before = answer.ok && !answer.notListed ? [] : (this.#known.get(key)?.byName ?? []);
    const properties = answer.ok ? answer.properties : [];
    const byName = new Map([...before, ...properties.map((each) => [each.name, each] as const)]);
    this.#known.set(key, { answer, byName, at: performance.now() });
    this.#reading.delete(key);
    this.#onDidLearn();
    return answer;
  }

  #ownersOf(account: Account): Owners {
    let owners = this.#owners.get(account.id);
    if (!owners) {
      owners = { names: new Map(), isWhole: undefined, reading: Promise.resolve() };
      this.#owners.set(account.id, owners);
      owners.reading = this.#readOwners(account, owners);
    }
    return owners;
  }

  /** A token that may not read owners is no failure of anything: their ids stay as they are. */
  async #readOwners(account: Account, owners: Owners): Promise<void> {
    const retries = this.#retries;
    const { names, failure } = await readOwners(this.#sources.portsOf(account));
    if (retries !== this.#retries && failure) return this.#readOwners(account, owners);
    owners.names = names;
    owners.isWhole = failure === undefined;
    if (names.size > 0) this.#onDidLearn();
  }

  #keyOf(account: Account, type: string): string {
    return `${account.id}/${this.#typeOf(account, type).id}`;
  }

  #typeOf(account: Account, type: string): ObjectType {
    return this.#sources.typeOf(type, account);
  }
}
