/**
 * One reader for each object type of an account: it reads names, properties and existences with the same calls. What it read stays
 * in memory, and is gone with the window.
 */
import type { Account } from '../accounts/accounts.ts';
import type { ObjectType } from '../core/domain/objectTypes.ts';
import type { HubSpotPorts } from '../core/hubspot/ports.ts';
import { Memory } from '../core/properties/knownRecords.ts';
import { RecordReader } from '../core/properties/recordReader.ts';
import { Turns } from '../editor/turns.ts';

export interface ReaderSources {
  /** The account's own limit holds for these reads, as they go through its ports. */
  portsOf(account: Account): HubSpotPorts;
  typeOf(name: string, account: Account): ObjectType;
}

export interface Shelf {
  readonly reader: RecordReader;
  /** As it is known now: a custom object type may have been known by its id alone at first. */
  readonly displayProperties: readonly string[];
  /** Between which moments values came, in milliseconds since 1970; undefined before any came. */
  readonly readBetween: { readonly first: number; readonly last: number } | undefined;
}

interface Held {
  readonly reader: RecordReader;
  /** Which properties are wanted beside the names, and by whom. */
  readonly wishes: Map<string, readonly string[]>;
  displayProperties: readonly string[];
  readBetween: Shelf['readBetween'];
}

export class RecordReaders {
  readonly #sources: ReaderSources;
  readonly #onDidLearn: () => void;
  readonly #memory = new Memory();
  /** By account and object type. */
  readonly #held = new Map<string, Held>();

  constructor(sources: ReaderSources, onDidLearn: () => void) {
    this.#sources = sources;
    this.#onDidLearn = onDidLearn;
  }

  of(account: Account, type: string): Shelf {
    return this.#of(account, type);
  }

  /** What records of the type are called, such as `Deal`. */
  labelOf(account: Account, type: string): string {
    return this.#sources.typeOf(type, account).label;
  }

  /** Has these properties read of every record of the type, for as long as whoever wants them wants no others. */
  wish(by: string, account: Account, type: string, properties: readonly string[]): void {
    const held = this.#of(account, type);
    if (properties.length > 0) held.wishes.set(by, properties);
    else held.wishes.delete(by);
    showWishes(held);
  }

  /** `hasOthers`: properties beside the names are wanted of it. */
  *all(): Generator<{ readonly reader: RecordReader; readonly hasOthers: boolean }> {
    for (const { reader, wishes } of this.#held.values()) yield { reader, hasOthers: wishes.size > 0 };
  }

  #of(account: Account, name: string): Held {
    const { id, name: objectType, displayProperties } = this.#sources.typeOf(name, account);
    const key = `${account.id}/${id}`;
    let held = this.#held.get(key);
    if (!held) {
      held = this.#made(account, displayProperties);
      this.#held.set(key, held);
    }
    held.reader.objectType = objectType;
    if (held.displayProperties !== displayProperties) {
      held.displayProperties = displayProperties;
      showWishes(held);
    }
    return held;
  }

  #made(account: Account, displayProperties: readonly string[]): Held {
    let revision = 0;
    const turns = new Turns();
    const reader = new RecordReader({
      memory: this.#memory,
      ports: () => this.#sources.portsOf(account),
      turn: () => (turns.isOver ? turns.next() : undefined),
      onDidLearn: () => {
        const now = Date.now();
        // It is called too where a call brought nothing.
        if (reader.revision !== revision) made.readBetween = { first: made.readBetween?.first ?? now, last: now };
        revision = reader.revision;
        this.#onDidLearn();
      },
    });
    const made: Held = { reader, wishes: new Map(), displayProperties, readBetween: undefined };
    showWishes(made);
    return made;
  }
}

/** Display properties first; each once. */
function showWishes({ reader, wishes, displayProperties }: Held): void {
  reader.properties = [...new Set([...displayProperties, ...[...wishes.values()].flat()])];
}
