/** What was learned of records, in memory: what became of them, and the properties that were read. */
import type { Existence, TextStart } from '../domain/cell.ts';
import type { RecordProperties } from '../hubspot/records.ts';
import { longestStart } from '../text/cellText.ts';
import { displayName } from './displayName.ts';

/** What HubSpot told of a property: null without a value, false when it sent the record without the property. */
export type KnownValue = string | null | false;

interface KnownRecord {
  /** Undefined: it is not among the living, and whether it is among the archived is not known yet. */
  readonly existence: Existence | undefined;
  /** By the number of the property; undefined when it was not read, an object when HubSpot did not send it. */
  readonly values: readonly (string | null | object | undefined)[];
  /** The name made of these values, and the display properties it was made of. */
  name: { readonly of: readonly string[]; readonly text: string | undefined } | undefined;
  /** By the property: the starts of long texts that were shown, and what they were made with. */
  starts?: Map<string, { readonly by: object; readonly start: TextStart }>;
  /** Roughly, in memory. */
  readonly bytes: number;
}

/** What all that is known may take in memory, unless said otherwise. */
const mostBytes = 200_000_000;

/**
 * A record costs about 300 bytes beside its values in V8: a slot in the map, the id (about 40), the record with the list of its
 * values (about 130), the name. A text takes one byte a character while all are Latin-1 and two otherwise; two are counted.
 */
const bytesOfRecord = 300;
const bytesOfValue = 32;

/**
 * Holds what is known of all object types of all accounts within one bound. What is new or was looked at lately is young. As
 * soon as the young take half of the bound, what is old is forgotten and the young become the old ones. So what is in sight
 * stays, nothing has to be sorted by age, and between half and all of the bound is in use.
 */
export class Memory {
  readonly #most: number;
  #young = 0;
  readonly #shelves: KnownRecords[] = [];

  constructor(most: number = mostBytes) {
    this.#most = most;
  }

  join(shelf: KnownRecords): void {
    this.#shelves.push(shelf);
  }

  grew(bytes: number): void {
    this.#young += bytes;
    if (this.#young <= this.#most / 2) return;
    this.#young = 0;
    for (const shelf of this.#shelves) shelf.growOld();
  }

  /** Roughly, of all shelves. */
  get bytes(): number {
    return this.#shelves.reduce((sum, { bytes }) => sum + bytes, 0);
  }
}

/** More records than anybody looks at at once, with both sides of a window of rows. */
const inSight = 2000;

/** The known records of one object type of one account. */
export class KnownRecords {
  readonly #memory: Memory;
  #young = new Map<string, KnownRecord>();
  #old = new Map<string, KnownRecord>();
  readonly #numbers = new Map<string, number>();
  /** Stands for what HubSpot did not send. Another one when that may have changed: who holds the one before is not known. */
  #withheld = {};
  /** Known not to be there, or not to be among the living. */
  #gone = new Set<string>();
  /** Those of them of which nobody has found out whether they are archived. */
  readonly #lost = new Set<string>();
  /** Learned last: at most {@link inSight}. */
  #latest = new Set<string>();
  #revision = 0;

  constructor(memory: Memory) {
    this.#memory = memory;
    memory.join(this);
  }

  get bytes(): number {
    let sum = 0;
    for (const records of [this.#young, this.#old]) for (const { bytes } of records.values()) sum += bytes;
    return sum;
  }

  /** Goes up whenever something was learned of a record, or forgotten. */
  get revision(): number {
    return this.#revision;
  }

  get isEmpty(): boolean {
    return this.#young.size + this.#old.size === 0;
  }

  /** Undefined when it is not known, or not for sure. */
  existence(id: string): Existence | undefined {
    return this.#find(id)?.existence;
  }

  /** True when HubSpot said that it is not among the living, and nobody has found out whether it is archived. */
  isLost(id: string): boolean {
    const record = this.#find(id);
    return record !== undefined && record.existence === undefined;
  }

  /** All of these. */
  lostIds(): Iterable<string> {
    return this.#lost;
  }

  /** What a record that is there, or archived, has in a property; undefined when that was not read. */
  value(id: string, property: string): KnownValue | undefined {
    const number = this.#numbers.get(property);
    const value = number === undefined ? undefined : this.#find(id)?.values[number];
    if (typeof value !== 'object' || value === null) return value;
    return value === this.#withheld ? false : undefined;
  }

  /** True when nothing is left to be read of a record for these properties. */
  isWhole(id: string, properties: readonly string[]): boolean {
    const existence = this.existence(id);
    if (existence?.kind !== 'exists') return existence !== undefined;
    return properties.every((property) => this.value(id, property) !== undefined);
  }

  /** The name made of the values that are known; undefined when there is none. */
  name(id: string, displayProperties: readonly string[]): string | undefined {
    const record = this.#find(id);
    if (!record) return undefined;
    if (record.name?.of !== displayProperties) {
      const text = displayName(displayProperties, (property) => this.value(id, property) || undefined);
      record.name = { of: displayProperties, text };
    }
    return record.name.text;
  }

  /** The start of a text that was made of a value, kept as long as the value is. @param by what it is made with: another makes it anew */
  start(id: string, property: string, by: object, make: () => TextStart): TextStart {
    const record = this.#find(id);
    const known = record?.starts?.get(property);
    if (known?.by === by) return known.start;
    const start = make();
    if (record) {
      record.starts ??= new Map();
      record.starts.set(property, { by, start });
    }
    return start;
  }

  /**
   * Takes what a call told of a record. Values of other properties that were read before stay, unless it is not among the living
   * any more and nobody knows yet what became of it.
   */
  learn(
    id: string,
    existence: Existence | undefined,
    read?: { readonly properties: readonly string[]; readonly values: RecordProperties },
  ): void {
    this.#revision++;
    const values = existence ? [...(this.#find(id)?.values ?? [])] : [];
    for (const property of read?.properties ?? []) {
      const told = read !== undefined && Object.hasOwn(read.values, property);
      values[this.#number(property)] = told ? read.values[property]! : this.#withheld;
    }
    const bytes = values.reduce<number>((sum, value) => sum + bytesOfValue + 2 * lengthOf(value), bytesOfRecord);
    this.#put(id, { existence, values, name: undefined, bytes });
    if (existence?.kind === 'exists') this.#gone.delete(id);
    else this.#gone.add(id);
    if (existence) this.#lost.delete(id);
    else this.#lost.add(id);
    if (this.#latest.size >= inSight) this.#latest = new Set();
    this.#latest.add(id);
  }

  /**
   * True for a record that was read just now and is forgotten already: what is in sight takes more than there is room for, as
   * five hundred notes of a megabyte would. Read again, it would push out the others, those would be read again, and so on.
   */
  hasNoRoom(id: string): boolean {
    return this.#latest.has(id) && !this.#find(id);
  }

  /** Somebody looks at it: it is forgotten later than others. */
  use(id: string): void {
    const record = this.#old.get(id);
    if (record) this.#put(id, record);
  }

  /** Forgets the old, and what was young is old. */
  growOld(): void {
    this.#revision++;
    this.#old = this.#young;
    this.#young = new Map();
    for (const gone of [this.#gone, this.#lost]) for (const id of gone) if (!this.#old.has(id)) gone.delete(id);
  }

  /** Forgets of these records that they are gone, as they may have come back. */
  forgetGone(ids: (id: string) => boolean): void {
    for (const id of this.#gone) {
      if (!ids(id)) continue;
      this.#revision++;
      this.#gone.delete(id);
      this.#lost.delete(id);
      this.#young.delete(id);
      this.#old.delete(id);
    }
  }

  /** Has what HubSpot did not send read again: another token may be shown it. */
  forgetWithheld(): void {
    this.#revision++;
    this.#withheld = {};
  }

  #find(id: string): KnownRecord | undefined {
    return this.#young.get(id) ?? this.#old.get(id);
  }

  #put(id: string, record: KnownRecord): void {
    const before = this.#young.get(id)?.bytes ?? 0;
    this.#old.delete(id);
    this.#young.set(id, record);
    this.#memory.grew(record.bytes - before);
  }

  #number(property: string): number {
    let number = this.#numbers.get(property);
    if (number === undefined) {
      number = this.#numbers.size;
      this.#numbers.set(property, number);
    }
    return number;
  }
}

/** In UTF-16 code units, with the start that may be kept of a long text beside it. */
function lengthOf(value: KnownRecord['values'][number]): number {
  if (typeof value !== 'string') return 0;
  return value.length > longestStart ? value.length + longestStart : value.length;
}
