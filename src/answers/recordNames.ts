/**
 * The names of records, read by choice, for what is shown and what a call takes along beside it; and whether records without
 * associations exist at all.
 * Names are the first column of what is read of records; {@link PropertyColumns} has the others, by the same readers.
 */
import type { Account } from '../accounts/accounts.ts';
import type { Cell, Existence } from '../core/domain/cell.ts';
import type { Failure } from '../core/domain/failure.ts';
import type { ReadingOptions, RecordReader } from '../core/properties/recordReader.ts';
import { Changes } from '../editor/changes.ts';
import {
  type ChosenProperty,
  type ColumnSources,
  type ColumnsOf,
  endsOf,
  PropertyColumns,
  typeAt,
} from './propertyColumns.ts';
import { ReadingsUnderWay } from './readingsUnderWay.ts';
import { RecordReaders, type Shelf } from './recordReaders.ts';

export type NamesState = 'off' | 'reading' | 'on' | 'unavailable';

/** What is known of the records of one type, for going through many of them. The type is as it was known when this was made. */
export interface KnownRecords {
  /** The name of a record, if names are on and this one was read. */
  nameOf(id: string): string | undefined;
  /** What is known of a name: undefined while names are off, and for a type without names. */
  nameCell(id: string): Cell | undefined;
  /** What became of a record, if that was learned with its name or by {@link Names.checkExistence}. */
  existenceOf(id: string): Existence | undefined;
  /** Goes up whenever something was learned of a record, or forgotten. */
  readonly revision: number;
}

export class Names {
  readonly #readers: RecordReaders;
  /** The other properties that are shown. */
  readonly columns: PropertyColumns;
  readonly readings = new ReadingsUnderWay();
  readonly #checked = new Set<RecordReader>();
  #isOn = false;
  readonly #changed = new Changes();
  /** Names or existences have become known, or the toggle was turned. Fires at most once for each call. */
  readonly onDidChange = this.#changed.event;

  constructor(parts: ColumnSources) {
    this.#readers = new RecordReaders(parts, () => this.#changed.fire());
    this.columns = new PropertyColumns(this.#readers, parts, () => this.#changed.fire());
  }

  get isOn(): boolean {
    return this.#isOn;
  }

  /** Turns names on or off; the other way round than they are when it is not said which. */
  toggle(on: boolean = !this.#isOn): void {
    if (on === this.#isOn) return;
    this.#isOn = on;
    for (const { reader, hasOthers } of this.#readers.all()) {
      reader.retry();
      if (!on && !hasOthers) reader.stop();
    }
    this.#changed.fire();
  }

  /** Forgets why names and properties could not be read, or were not sent: what is shown is asked for again. */
  retry(): void {
    for (const { reader } of this.#readers.all()) {
      reader.retry();
      reader.forgetWithheld();
    }
    this.columns.retry();
    this.#changed.fire();
  }

  recordsOf(account: Account, type: string): KnownRecords {
    const { reader, displayProperties } = this.#shelf(account, type);
    return {
      nameOf: (id) => (this.#isOn ? reader.name(id, displayProperties) : undefined),
      nameCell: (id) =>
        this.#isOn && displayProperties.length > 0 ? reader.nameCell(id, displayProperties) : undefined,
      existenceOf: (id) => reader.existence(id),
      revision: reader.revision,
    };
  }

  /** The name of a record, if names are on and this one was read. */
  nameOf(account: Account, type: string, id: string): string | undefined {
    return this.recordsOf(account, type).nameOf(id);
  }

  /** What stands beside the id of a look-up's record where there is room for one thing: its name, or else the first property shown. */
  besideId(lookUp: ColumnsOf, end: 'record' | 'associated', id: string): string | undefined {
    const name = this.nameOf(lookUp.account, typeAt(lookUp, end), id);
    return name ?? this.columns.firstText(lookUp, end, id);
  }

  /** Says that this record is shown: its name is read with the next call. Does nothing while names are off. */
  want(account: Account, type: string, id: string): void {
    if (!this.#isOn) return;
    const { reader, displayProperties } = this.#shelf(account, type);
    if (displayProperties.length > 0) reader.want(id);
  }

  /**
   * Says what stands beside what is shown of a look-up: calls for that are filled up with it.
   * @param partsOf an end's records in parts, see {@link RecordReader.wantBeside}
   */
  wantBeside(lookUp: ColumnsOf, partsOf: (end: ChosenProperty['end']) => Iterable<Iterable<string>>): void {
    const ends = new Map<RecordReader, ChosenProperty['end'][]>();
    for (const end of endsOf(lookUp)) {
      const hasColumns = this.columns.hasAny(lookUp, end);
      if (!this.#isOn && !hasColumns) continue;
      const { reader, displayProperties } = this.#shelf(lookUp.account, typeAt(lookUp, end));
      if (displayProperties.length === 0 && !hasColumns) continue;
      ends.set(reader, [...(ends.get(reader) ?? []), end]);
    }
    // With one type at both ends there is one reader, which is given the records of both.
    for (const [reader, own] of ends) reader.wantBeside(inTurn(own.map(partsOf)), lookUp.id);
  }

  /** Which of these records have a name that is not read yet. None while names are off, or when the type has no names. */
  unread(account: Account, type: string, ids: Iterable<string>): Set<string> {
    if (!this.#isOn) return new Set();
    const { reader, displayProperties } = this.#shelf(account, type);
    return displayProperties.length === 0 ? new Set() : reader.unread(ids, 'cells', displayProperties);
  }

  /**
   * Reads the names of all these records. Those of records that are shown meanwhile go first. Names that could not be read
   * before are asked for once more.
   * @returns why not all are read; what was read before stays. Undefined too when names were turned off meanwhile.
   */
  async read(
    account: Account,
    type: string,
    ids: Iterable<string>,
    options?: ReadingOptions,
  ): Promise<Failure | undefined> {
    const { reader, displayProperties } = this.#shelf(account, type);
    if (!this.#isOn || displayProperties.length === 0) return undefined;
    return reader.read(ids, 'cells', { ...options, properties: displayProperties });
  }

  /** What the names of a type are made of, while names are on. */
  displayProperties(account: Account, type: string): readonly string[] {
    return this.#isOn ? this.#shelf(account, type).displayProperties : [];
  }

  /** How it stands with the names of these object types. */
  state(account: Account, types: readonly string[]): NamesState {
    if (!this.#isOn) return 'off';
    const shelves = types.map((type) => this.#shelf(account, type));
    if (shelves.some(({ reader }) => reader.isReading)) return 'reading';
    const isUnavailable = ({ reader, displayProperties }: Shelf) => reader.isHalted || displayProperties.length === 0;
    return shelves.every(isUnavailable) ? 'unavailable' : 'on';
  }

  /** Why the names of an object type cannot be read, or not all of them. */
  failureOf(account: Account, type: string): Failure | undefined {
    return this.#shelf(account, type).reader.failure;
  }

  /** True when anything was learned of any record of this type. */
  hasExistences(account: Account, type: string): boolean {
    return this.#shelf(account, type).reader.knowsAny;
  }

  /** Says that more records are counted than when that was asked, see existenceCounts.ts. */
  existencesCounted(): void {
    this.#changed.fire();
  }

  /** True when no name of this type is read until somebody asks anew; otherwise a failure is of some records only. */
  isHalted(account: Account, type: string): boolean {
    return this.#shelf(account, type).reader.isHalted;
  }

  /** What became of a record, if that was learned with its name or by {@link checkExistence}. */
  existenceOf(account: Account, type: string, id: string): Existence | undefined {
    return this.recordsOf(account, type).existenceOf(id);
  }

  /** True when somebody has had any records of this type checked for whether they exist. */
  isChecked(account: Account, type: string): boolean {
    return this.#checked.has(this.#shelf(account, type).reader);
  }

  /** Of which of these records it is not known whether they exist. */
  unchecked(account: Account, type: string, ids: Iterable<string>): Set<string> {
    return this.#shelf(account, type).reader.unread(ids, 'existence');
  }

  /**
   * Reads which of these records exist, as somebody wants to know of a look-up. What is known already is not asked again.
   * @returns why that is not known of all; what was learned before stays
   */
  checkExistence(
    account: Account,
    type: string,
    ids: Iterable<string>,
    options?: ReadingOptions,
  ): Promise<Failure | undefined> {
    this.#checked.add(this.#shelf(account, type).reader);
    return this.tryExistence(account, type, ids, options);
  }

  /** The same only to find out whether ids may be of this type: no look-up says then that its other records are not checked. */
  tryExistence(
    account: Account,
    type: string,
    ids: Iterable<string>,
    options?: ReadingOptions,
  ): Promise<Failure | undefined> {
    return this.#shelf(account, type).reader.read(ids, 'existence', options);
  }

  /** These records are looked up anew: what was read of those that were gone says nothing of what they are now. */
  forgetGone(account: Account, type: string, ids: (id: string) => boolean): void {
    this.#shelf(account, type).reader.forgetGone(ids);
  }

  #shelf(account: Account, type: string): Shelf {
    return this.#readers.of(account, type);
  }
}

function* inTurn<Part>(lists: readonly Iterable<Part>[]): Generator<Part, void> {
  for (const list of lists) yield* list;
}
