/**
 * The properties of records that are shown as columns: which, and what records have in them. The choice belongs to a look-up. Values
 * are read for what is shown, with what a call takes along beside it, or when somebody waits for all of them, and are never written
 * anywhere.
 */
import type { Account } from '../accounts/accounts.ts';
import type { Cell } from '../core/domain/cell.ts';
import type { Failure } from '../core/domain/failure.ts';
import type { PropertyDefinition } from '../core/domain/propertyDefinition.ts';
import { readableCell, valueOrder } from '../core/properties/readableCell.ts';
import type { ReadingOptions } from '../core/properties/recordReader.ts';
import type { RowContext, ShownProperty } from '../core/rows/rows.ts';
import { plainLine } from '../core/text/plainText.ts';
import { mostProperties } from '../core/treaty/panelView.ts';
import { PropertyCatalog } from './propertyCatalog.ts';
import type { ReaderSources, RecordReaders } from './recordReaders.ts';

export interface ChosenProperty {
  readonly end: ShownProperty['end'];
  /** HubSpot's internal name. */
  readonly name: string;
}

/** What is needed of a look-up, or of a matrix. */
export interface ColumnsOf {
  readonly id: string;
  readonly account: Account;
  /** Object types. `to` is not there in a matrix, whose rows have no associated record. */
  readonly question: { readonly from: string; readonly to?: string };
}

/** The ends of which there are records. */
export function endsOf({ question }: Pick<ColumnsOf, 'question'>): readonly ChosenProperty['end'][] {
  return question.to === undefined ? ['record'] : ['record', 'associated'];
}

/** The object type of an end's records. */
export function typeAt(
  { question: { from, to = from } }: Pick<ColumnsOf, 'question'>,
  end: ChosenProperty['end'],
): string {
  return end === 'record' ? from : to;
}

/** What columns say beside what HubSpot sends. */
export interface PropertyWords {
  /** In which numbers and dates are shown; that of the machine where it is not said. */
  readonly language?: string;
  readonly sensitive: string;
  /** Why a cell of records of this type is not read, as a sentence. */
  why(why: Extract<Cell, { kind: 'notRead' }>['why'], type: string): string;
}

const plainWords: PropertyWords = {
  sensitive: 'sensitive',
  why: (why) => (typeof why === 'string' ? why : why.kind),
};

/** The key of a property's column; parsed again by {@link chosenIn}. */
export function propertyKey({ end, name }: ChosenProperty): string {
  return `property:${end}:${name}`;
}

/**
 * Those shown that a list does not offer because it is cut, as where a token may not list the sensitive ones: nobody can have
 * taken them away there.
 * @param cut the ends whose list is not whole
 */
export function notOffered(
  shown: readonly ChosenProperty[],
  listed: readonly ChosenProperty[],
  cut: readonly ChosenProperty['end'][],
): readonly ChosenProperty[] {
  const keys = new Set(listed.map(propertyKey));
  return shown.filter((each) => cut.includes(each.end) && !keys.has(propertyKey(each)));
}

/** Those of these keys that are columns of properties. */
export function chosenIn(keys: readonly string[]): readonly ChosenProperty[] {
  return keys.flatMap((key) => {
    const [, end, name] = /^property:(record|associated):([\w.-]+)$/.exec(key) ?? [];
    return name === undefined ? [] : [{ end: end as ChosenProperty['end'], name }];
  });
}

export interface ColumnSources extends ReaderSources {
  /** English ones where they are not given. */
  readonly words?: PropertyWords;
}

const none: readonly ChosenProperty[] = [];

export class PropertyColumns {
  readonly #readers: RecordReaders;
  readonly catalog: PropertyCatalog;
  readonly #words: PropertyWords;
  readonly #onDidChange: () => void;
  /** By the look-up's id, in the order chosen. */
  readonly #chosen = new Map<string, { readonly of: ColumnsOf; readonly properties: readonly ChosenProperty[] }>();

  constructor(readers: RecordReaders, sources: ColumnSources, onDidChange: () => void) {
    this.#readers = readers;
    this.#words = sources.words ?? plainWords;
    this.#onDidChange = onDidChange;
    this.catalog = new PropertyCatalog(sources, onDidChange);
  }

  /** The properties shown of a look-up's records: the same object until others are chosen. */
  chosen({ id }: Pick<ColumnsOf, 'id'>): readonly ChosenProperty[] {
    return this.#chosen.get(id)?.properties ?? none;
  }

  /** Shows these properties and no others. */
  choose(lookUp: ColumnsOf, properties: readonly ChosenProperty[]): void {
    const ends = endsOf(lookUp);
    const most = properties.filter(({ end }) => ends.includes(end)).slice(0, mostProperties);
    if (most.length > 0) this.#chosen.set(lookUp.id, { of: lookUp, properties: most });
    else this.#chosen.delete(lookUp.id);
    this.#wish(lookUp, most);
    for (const end of ends) {
      if (!most.some((each) => each.end === end)) continue;
      const type = typeAt(lookUp, end);
      void this.catalog.read(lookUp.account, type);
      // What could not be read without a property that was chosen may be read with others.
      this.#readers.of(lookUp.account, type).reader.retry();
    }
    this.#onDidChange();
  }

  /** Shows what a panel showed before the window was reloaded, unless something was chosen since. */
  restore(lookUp: ColumnsOf, keys: readonly string[]): void {
    const properties = chosenIn(keys);
    if (properties.length > 0 && !this.#chosen.has(lookUp.id)) this.choose(lookUp, properties);
  }

  /** Keys of the columns, and those of them that may be kept for a later window: sensitive ones are chosen anew each time. */
  keys(lookUp: ColumnsOf): { readonly shown: string[]; readonly kept: string[] } {
    const chosen = this.chosen(lookUp);
    const isKept = (each: ChosenProperty) => (this.#definition(lookUp, each)?.sensitivity ?? 'none') === 'none';
    return { shown: chosen.map(propertyKey), kept: chosen.filter(isKept).map(propertyKey) };
  }

  /** Forgets what was chosen for look-ups that are no more. */
  forget(isThere: (lookUpId: string) => boolean): void {
    for (const [id, { of }] of this.#chosen) {
      if (isThere(id)) continue;
      this.#chosen.delete(id);
      this.#wish(of, []);
    }
  }

  /** For the table and for exports. Made anew when anything has become known. */
  shownOf(lookUp: ColumnsOf): NonNullable<RowContext['properties']> {
    const chosen = this.chosen(lookUp);
    const labels = chosen.map((each) => this.labelOf(lookUp, each));
    return chosen.map((property, at) => {
      const isAmbiguous = labels.filter((label) => label === labels[at]).length > 1;
      return this.#shown(lookUp, property, isAmbiguous);
    });
  }

  /**
   * Resolves when it is known what the properties shown are, and what owners in them are called, or that cannot be: what is
   * written before has values without type and label. Never rejects.
   */
  async described(lookUp: ColumnsOf): Promise<void> {
    const { account } = lookUp;
    const chosen = this.chosen(lookUp);
    const types = new Set(chosen.map(({ end }) => typeAt(lookUp, end)));
    await Promise.allSettled(Array.from(types, (type) => this.catalog.readOnce(account, type)));
    if (chosen.some((each) => this.#definition(lookUp, each)?.isOwner))
      await this.catalog.ownersRead(account).catch(() => {});
  }

  /** What HubSpot calls a property, or its internal name while that is not known. */
  labelOf(lookUp: ColumnsOf, property: ChosenProperty): string {
    return plainLine(this.#definition(lookUp, property)?.label ?? property.name);
  }

  /** Says that a record is in sight: what is shown of it is read with the next call. */
  want(lookUp: ColumnsOf, end: ShownProperty['end'], id: string): void {
    if (this.hasAny(lookUp, end)) this.#readers.of(lookUp.account, typeAt(lookUp, end)).reader.want(id);
  }

  /** True when a property is shown of an end's records. */
  hasAny(lookUp: ColumnsOf, end: ShownProperty['end']): boolean {
    return this.chosen(lookUp).some((each) => each.end === end);
  }

  /** The text of the first property that is shown of a record, where it has one. */
  firstText(lookUp: ColumnsOf, end: ShownProperty['end'], id: string): string | undefined {
    const first = this.chosen(lookUp).find((each) => each.end === end);
    const cell = first && this.#shown(lookUp, first, false).cellOf(id);
    return cell?.kind === 'value' ? cell.text : undefined;
  }

  /**
   * Which of these records are not read.
   * @param properties that have to be known
   */
  unread(account: Account, type: string, ids: Iterable<string>, properties: readonly string[]): Set<string> {
    return this.#readers.of(account, type).reader.unread(ids, 'cells', properties);
  }

  /** Reads these properties of all these records. @returns why not all are read; what was read before stays */
  read(account: Account, type: string, ids: Iterable<string>, options: ReadingOptions): Promise<Failure | undefined> {
    return this.#readers.of(account, type).reader.read(ids, 'cells', options);
  }

  /** Why records of a type cannot be read, and whether that is said of all of them. */
  failureOf(account: Account, type: string): { readonly failure: Failure | undefined; readonly isAll: boolean } {
    const { reader } = this.#readers.of(account, type);
    return { failure: reader.failure, isAll: reader.isHalted };
  }

  /** Between which moments the values of a type came. */
  readBetween(account: Account, type: string): { readonly first: number; readonly last: number } | undefined {
    return this.#readers.of(account, type).readBetween;
  }

  /** Has what is known of the properties shown read again where it could not be. */
  retry(): void {
    this.catalog.retry();
    for (const { of, properties } of this.#chosen.values()) {
      for (const end of new Set(properties.map((each) => each.end))) {
        void this.catalog.read(of.account, typeAt(of, end));
      }
    }
  }

  #wish(lookUp: ColumnsOf, properties: readonly ChosenProperty[]): void {
    for (const end of endsOf(lookUp)) {
      const names = properties.filter((each) => each.end === end).map(({ name }) => name);
      this.#readers.wish(`${lookUp.id}/${end}`, lookUp.account, typeAt(lookUp, end), names);
    }
  }

  #definition(lookUp: ColumnsOf, { end, name }: ChosenProperty): PropertyDefinition | undefined {
    return this.catalog.find(lookUp.account, typeAt(lookUp, end), name).definition;
  }

  #shown(lookUp: ColumnsOf, property: ChosenProperty, isAmbiguous: boolean): ShownProperty {
    const { account } = lookUp;
    const { end, name } = property;
    const type = typeAt(lookUp, end);
    const { reader } = this.#readers.of(account, type);
    const { definition, isNone } = this.catalog.find(account, type, name);
    const typeLabel = this.#readers.labelOf(account, type);
    const label = this.labelOf(lookUp, property);
    const readable = {
      definition,
      language: this.#words.language,
      ownerOf: (id: string) => this.catalog.ownerOf(account, id),
    };
    return {
      key: propertyKey(property),
      end,
      name,
      head: isAmbiguous ? `${typeLabel} · ${label}` : label,
      tooltip: tooltipOf(typeLabel, name, definition, this.#words.sensitive),
      ...(definition?.type === 'number' && { align: 'end' as const }),
      ...(definition?.type === 'datetime' && { holds: 'moment' as const }),
      hasLabels: definition !== undefined && (definition.isOwner || definition.options.length > 0),
      cellOf: (id) => {
        const cell = reader.cell(id, name);
        if (isNone && cell.kind !== 'gone') return { kind: 'notRead', why: 'withheld' };
        return readableCell(cell, readable, (make) => reader.start(id, name, definition ?? {}, make));
      },
      orderOf: (cell) => valueOrder(cell, definition),
      whyText: (why) => this.#words.why(why, type),
    };
  }
}

function tooltipOf(type: string, name: string, definition: PropertyDefinition | undefined, sensitive: string): string {
  const parts = [type, name, definition?.type, definition && definition.sensitivity !== 'none' ? sensitive : undefined];
  return parts.flatMap((part) => (part === undefined ? [] : plainLine(part))).join(' · ');
}
