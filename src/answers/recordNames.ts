/**
 * The names of records, read by choice and only for what is shown; and whether records without associations exist at all.
 * Both come from the same small read, stay in memory, and are gone with the window.
 */
import type { Account } from '../accounts/accounts.ts';
import type { Existence } from '../core/domain/cell.ts';
import type { Failure } from '../core/domain/failure.ts';
import type { ObjectType } from '../core/domain/objectTypes.ts';
import { displayName } from '../core/hubspot/displayName.ts';
import { readExistences } from '../core/hubspot/existences.ts';
import type { HubSpotPorts } from '../core/hubspot/ports.ts';
import { readRecords, recordBatchLimit } from '../core/hubspot/records.ts';
import { Changes } from '../editor/changes.ts';

export type NamesState = 'off' | 'reading' | 'on' | 'unavailable';

export interface NamesParts {
  /** The account's own limit holds for these reads, as they go through its ports. */
  portsOf(account: Account): HubSpotPorts;
  typeOf(name: string, account: Account): ObjectType;
}

interface Shelf {
  readonly account: Account;
  /** As it is known now: a custom object type may have been known by its id alone at first. */
  type: ObjectType;
  /** Undefined: asked, and there is no name. */
  readonly names: Map<string, string | undefined>;
  readonly existences: Map<string, Existence>;
  /** Shown without a name: these are read first. */
  readonly wanted: Set<string>;
  /** What {@link Names.read} still waits for. */
  readonly readings: Set<Reading>;
  /** Why names of this type cannot be read; asked again after the next turn of the toggle, or {@link Names.retry}. */
  failure: Failure | undefined;
  isReading: boolean;
}

/** All names of many records, asked for together, as an export does. */
interface Reading {
  /** Ids whose names are not read yet. */
  readonly open: Set<string>;
  /** A batch was read or failed, or names were turned off. */
  readonly learned: (failure?: Failure) => void;
}

export class Names {
  readonly #parts: NamesParts;
  readonly #shelves = new Map<string, Shelf>();
  #isOn = false;
  readonly #changed = new Changes();
  /** Names or existences have become known, or the toggle was turned. Fires at most once for each batch. */
  readonly onDidChange = this.#changed.event;

  constructor(parts: NamesParts) {
    this.#parts = parts;
  }

  get isOn(): boolean {
    return this.#isOn;
  }

  /** Turns names on or off; the other way round than they are when it is not said which. */
  toggle(on: boolean = !this.#isOn): void {
    if (on === this.#isOn) return;
    this.#isOn = on;
    for (const shelf of this.#shelves.values()) {
      shelf.failure = undefined;
      if (this.#isOn) continue;
      shelf.wanted.clear();
      for (const { learned } of [...shelf.readings]) learned();
    }
    this.#changed.fire();
  }

  /** Forgets why names could not be read: what is shown is asked for again. */
  retry(): void {
    for (const shelf of this.#shelves.values()) shelf.failure = undefined;
    this.#changed.fire();
  }

  /** The name of a record, if names are on and this one was read. */
  nameOf(account: Account, type: string, id: string): string | undefined {
    return this.#isOn ? this.#shelf(account, type).names.get(id) : undefined;
  }

  /** Says that this record is shown: its name is read with the next batch. Does nothing while names are off. */
  want(account: Account, type: string, id: string): void {
    if (!this.#isOn) return;
    const shelf = this.#shelf(account, type);
    if (shelf.failure || shelf.type.displayProperties.length === 0 || shelf.names.has(id)) return;
    shelf.wanted.add(id);
    void this.#readWanted(shelf);
  }

  /** Which of these records have a name that is not read yet. None while names are off, or when the type has no names. */
  unread(account: Account, type: string, ids: Iterable<string>): Set<string> {
    const unread = new Set<string>();
    if (!this.#isOn) return unread;
    const shelf = this.#shelf(account, type);
    if (shelf.type.displayProperties.length === 0) return unread;
    for (const id of ids) if (!shelf.names.has(id)) unread.add(id);
    return unread;
  }

  /**
   * Reads the names of all these records. Those of records that are shown meanwhile go first. Names that could not be read
   * before are asked for once more.
   * @param onProgress how many of those that were not known are read
   * @returns why not all are read; what was read before stays. Undefined too when names were turned off meanwhile.
   */
  async read(
    account: Account,
    type: string,
    ids: Iterable<string>,
    signal?: AbortSignal,
    onProgress?: (done: number) => void,
  ): Promise<Failure | undefined> {
    const open = this.unread(account, type, ids);
    const all = open.size;
    if (all === 0) return undefined;
    if (signal?.aborted) return { kind: 'cancelled' };
    const shelf = this.#shelf(account, type);
    shelf.failure = undefined;
    return new Promise((resolve) => {
      const end = (failure?: Failure) => {
        signal?.removeEventListener('abort', cancel);
        shelf.readings.delete(reading);
        resolve(failure);
      };
      const cancel = () => end({ kind: 'cancelled' });
      const reading: Reading = {
        open,
        learned: (failure) => {
          onProgress?.(all - open.size);
          if (failure || open.size === 0 || !this.#isOn) end(failure);
        },
      };
      signal?.addEventListener('abort', cancel);
      shelf.readings.add(reading);
      void this.#readWanted(shelf);
    });
  }

  /** How it stands with the names of these object types. */
  state(account: Account, types: readonly string[]): NamesState {
    if (!this.#isOn) return 'off';
    const shelves = types.map((type) => this.#shelf(account, type));
    if (shelves.some(({ isReading }) => isReading)) return 'reading';
    const isUnavailable = ({ failure, type }: Shelf) => failure !== undefined || type.displayProperties.length === 0;
    return shelves.every(isUnavailable) ? 'unavailable' : 'on';
  }

  /** Why the names of an object type cannot be read. */
  failureOf(account: Account, type: string): Failure | undefined {
    return this.#shelf(account, type).failure;
  }

  /** True when it was asked of any record of this type whether it exists. */
  hasExistences(account: Account, type: string): boolean {
    return this.#shelf(account, type).existences.size > 0;
  }

  /** What became of a record, if that was asked with {@link checkExistence}. */
  existenceOf(account: Account, type: string, id: string): Existence | undefined {
    return this.#shelf(account, type).existences.get(id);
  }

  /**
   * Reads which of these records exist, a batch at a time. What is known already is not asked again.
   * @returns the first failure; what was learned before it is kept
   */
  async checkExistence(
    account: Account,
    type: string,
    ids: readonly string[],
    signal?: AbortSignal,
    onProgress?: (done: number) => void,
  ): Promise<Failure | undefined> {
    const shelf = this.#shelf(account, type);
    const open = ids.filter((id) => !shelf.existences.has(id));
    const ports = this.#parts.portsOf(account);
    for (let at = 0; at < open.length; at += recordBatchLimit) {
      const asked = open.slice(at, at + recordBatchLimit);
      const answer = await readExistences(question(shelf, asked), ports, { cancel: signal });
      const { of, properties } = answer.existences;
      for (const [id, existence] of of) shelf.existences.set(id, existence);
      for (const [id, known] of properties) shelf.names.set(id, displayName(shelf.type, known));
      if (answer.failure) {
        if (of.size > 0) this.#changed.fire();
        return answer.failure;
      }
      onProgress?.(Math.min(at + recordBatchLimit, open.length));
      this.#changed.fire();
    }
    return undefined;
  }

  /** Reads batch after batch while there is something to read. What is wanted within one turn of the loop goes together. */
  async #readWanted(shelf: Shelf): Promise<void> {
    if (shelf.isReading) return;
    shelf.isReading = true;
    await Promise.resolve();
    for (let ids = nextBatch(shelf); this.#isOn && ids.length > 0; ids = nextBatch(shelf)) {
      const answer = await readRecords(question(shelf, ids), this.#parts.portsOf(shelf.account));
      for (const id of ids) {
        shelf.wanted.delete(id);
        for (const { open } of shelf.readings) open.delete(id);
      }
      if (answer.ok) {
        for (const id of ids) shelf.names.set(id, displayName(shelf.type, answer.batch.found.get(id) ?? {}));
      } else {
        shelf.failure = answer.failure;
        shelf.wanted.clear();
      }
      for (const { learned } of [...shelf.readings]) learned(answer.ok ? undefined : answer.failure);
      if (shelf.wanted.size + shelf.readings.size > 0) this.#changed.fire();
    }
    shelf.isReading = false;
    this.#changed.fire();
  }

  #shelf(account: Account, name: string): Shelf {
    const type = this.#parts.typeOf(name, account);
    const key = `${account.id}/${type.id}`;
    let shelf = this.#shelves.get(key);
    if (!shelf) {
      shelf = {
        account,
        type,
        names: new Map(),
        existences: new Map(),
        wanted: new Set(),
        readings: new Set(),
        failure: undefined,
        isReading: false,
      };
      this.#shelves.set(key, shelf);
    }
    shelf.type = type;
    return shelf;
  }
}

/** The ids of the next call: those that are shown, then those that somebody waits for. */
function nextBatch({ wanted, readings }: Shelf): readonly string[] {
  const batch = new Set<string>();
  for (const ids of [wanted, ...Array.from(readings, ({ open }) => open)]) {
    for (const id of ids) {
      if (batch.size === recordBatchLimit) return [...batch];
      batch.add(id);
    }
  }
  return [...batch];
}

function question({ type }: Shelf, ids: readonly string[]) {
  return { objectType: type.name, ids, properties: type.displayProperties };
}
