import { placesOfStep, type Steps } from '../../domain/steps.ts';
import type { Role } from '../names/fieldNames.ts';
import { Places } from './places.ts';
import type { IdSource, Reading, TypeEvidence } from './reading.ts';

/** What turned out to be no record. */
const foreign = 'foreign';

interface Source {
  readonly name: string;
  readonly role: Role | typeof foreign;
  readonly objectType: string | undefined;
  readonly why: TypeEvidence;
  readonly column: number | undefined;
  readonly rank: number;
}

/**
 * Ids of the sources with the lowest rank that a text has are read; the others are offered, so that two kinds of records never
 * mix silently. A table's columns are told apart further: "Record ID" before "Deal ID", an "id" of nothing in particular behind.
 */
export const ranks = {
  record: 0,
  typed: 1,
  from: 2,
  id: 3,
  type: 4,
  to: 5,
  associated: 6,
  merged: 7,
  address: 8,
  prose: 9,
} as const;
/** From here on, ids are of other records than those the text is about: columns of them are read one at a time. */
const firstAssociated = ranks.to;

/** So many sources may have names of their own, and so many a type. Those that are left have neither, and differ in little. */
const mostNamed = 60_000;
const mostTyped = 63_000;
/** A few milliseconds. */
const sourcesOfStep = 10_000;

/** A column of a table, and how its ids rank. */
export interface ColumnPlace {
  readonly column: number | undefined;
  readonly rank: number;
}

/** Takes ids with where they stand. */
export interface IdTarget {
  source(name: string, role: Role, objectType?: string, why?: TypeEvidence, at?: ColumnPlace): number;
  add(offset: number, length: number, line: number, source: number): void;
}

/** The ids a text may mean, by where in its structure they stand, until it is settled which of them are read. */
export class Candidates implements IdTarget {
  readonly places = new Places();
  readonly #sources: Source[] = [];
  readonly #codes = new Map<string, number>();
  readonly #met = new Set<number>();

  /** The code for ids from a key or column of this name. An empty name stands for no structure at all (prose). */
  source(name: string, role: Source['role'], objectType?: string, why: TypeEvidence = 'key', at?: ColumnPlace): number {
    const rank = at?.rank ?? (role === foreign ? ranks.prose : ranks[role]);
    const source: Source = { name, role, objectType, why, column: at?.column, rank };
    // Few sources are asked for again and again.
    for (let code = 0; code < this.#sources.length && code < 8; code++) {
      if (areSame(this.#sources[code]!, source)) return code;
    }
    const key = `${role}\n${objectType ?? ''}\n${why}\n${at?.column ?? ''}\n${rank}\n${name}`;
    const known = this.#codes.get(key);
    if (known !== undefined) return known;
    // Codes are 16 bits wide; a text with more different keys or types than that loses the names of the last ones.
    if (this.#sources.length >= mostNamed && name !== '') return this.source('', role, objectType, why);
    if (this.#sources.length >= mostTyped && objectType !== undefined)
      return this.source(name, role, undefined, why, at);
    this.#codes.set(key, this.#sources.length);
    return this.#sources.push(source) - 1;
  }

  /** Says that the source is there, though it may turn out to hold no id: nothing else is read in its stead. */
  meet(source: number): void {
    this.#met.add(source);
  }

  add(offset: number, length: number, line: number, source: number): void {
    this.places.push(offset, length, line, source);
  }

  isTyped(index: number): boolean {
    return this.#sources[this.places.code(index)]!.objectType !== undefined;
  }

  /** Gives an id that had no type the one its surroundings tell. */
  retype(index: number, objectType: string, why: TypeEvidence): void {
    const { name, role, column, rank } = this.#sources[this.places.code(index)]!;
    this.places.setCode(index, this.source(name, role, objectType, why, { column, rank }));
  }

  /** Takes an id for that of something else, which is ignored. */
  disown(index: number): void {
    this.places.setCode(index, this.source('', foreign));
  }

  roleOf(index: number): Source['role'] {
    return this.#sources[this.places.code(index)]!.role;
  }

  /** Moves the ids that are read into the reading and lists all sources in it. */
  *settle(reading: Reading): Steps<void> {
    const { places } = this;
    yield* places.sorting();
    const counts = new Uint32Array(this.#sources.length);
    const { isBounded } = reading;
    for (let index = 0; index < places.length; index++) {
      if (index % placesOfStep === 0) yield;
      if (!isBounded || reading.covers(places.offset(index), places.size(index))) counts[places.code(index)]!++;
    }
    const isRead = this.#chosen((code) => counts[code]! > 0 || this.#met.has(code));
    const evidence: number[] = [];
    for (const { objectType, why } of this.#sources) {
      if (evidence.length % sourcesOfStep === 0) yield;
      evidence.push(reading.evidenceCode(objectType, why));
    }
    const isListed = yield* this.#listable(isRead);
    reading.sources = yield* this.#listing(counts, isRead, isListed);
    if (!isBounded && isRead.every((each) => each) && (yield* reading.adopting(places, evidence))) return;
    for (let index = 0; index < places.length; index++) {
      if (index % placesOfStep === 0) yield;
      const code = places.code(index);
      this.#give(index, reading, { isRead: isRead[code]!, isListed: isListed[code]! }, evidence[code]!);
    }
  }

  /** Moves an id into the reading, if it is read or says something, from elsewhere, of the part that counts. */
  #give(
    index: number,
    reading: Reading,
    { isRead, isListed }: { readonly isRead: boolean; readonly isListed: boolean },
    evidence: number,
  ): void {
    const { places } = this;
    const offset = places.offset(index);
    const size = places.size(index);
    if (this.roleOf(index) === foreign) reading.ignore(offset, size, places.line(index), 'otherId');
    else if (isRead || !reading.covers(offset, size)) reading.id(offset, size, places.line(index), evidence);
    // What no list of sources tells of is not to vanish.
    else if (!isListed) reading.doubt(offset, size, places.line(index), 'keyUnclear');
  }

  /** Which sources are read, of those that are there. */
  #chosen(isThere: (code: number) => boolean): readonly boolean[] {
    const there = this.#sources.filter(({ role }, code) => role !== foreign && isThere(code));
    const best = there.reduce((least, { rank }) => Math.min(least, rank), Number.POSITIVE_INFINITY);
    const first = best < firstAssociated ? undefined : there.find(({ rank }) => rank === best)?.column;
    return this.#sources.map(
      ({ role, rank, column }) => role !== foreign && rank === best && (first === undefined || column === first),
    );
  }

  /** Which sources can be listed: those with a name, unless they are not read and another one of that name is. */
  *#listable(isRead: readonly boolean[]): Steps<readonly boolean[]> {
    const read = new Set<string>();
    for (const [code, source] of this.#sources.entries()) {
      if (code % sourcesOfStep === 0) yield;
      if (isRead[code]) read.add(nameInList(source));
    }
    const isListed: boolean[] = [];
    for (const [code, source] of this.#sources.entries()) {
      if (code % sourcesOfStep === 0) yield;
      isListed.push(source.name !== '' && (isRead[code]! || !read.has(nameInList(source))));
    }
    return isListed;
  }

  *#listing(counts: Uint32Array, isRead: readonly boolean[], isListed: readonly boolean[]): Steps<IdSource[]> {
    const listed = new Map<string, IdSource>();
    for (const [code, each] of this.#sources.entries()) {
      if (code % sourcesOfStep === 0) yield;
      const { name, objectType, column } = each;
      const count = counts[code]!;
      if (!isListed[code] || count === 0) continue;
      const key = nameInList(each);
      const source = { name, ...(column === undefined ? {} : { column }), count, read: isRead[code]! };
      listed.set(key, withSame(source, objectType, listed.get(key)));
    }
    return [...listed.values()];
  }
}

/** Sources of one name are one in the list. */
function nameInList({ name, column }: Source): string {
  return `${column ?? ''} ${name}`;
}

function areSame(one: Source, other: Source): boolean {
  return (
    one.name === other.name &&
    one.role === other.role &&
    one.objectType === other.objectType &&
    one.why === other.why &&
    one.column === other.column &&
    one.rank === other.rank
  );
}

/** A source with what another one of the same name holds: of a type where both are. */
function withSame(source: IdSource, objectType: string | undefined, known: IdSource | undefined): IdSource {
  const type = known && known.objectType !== objectType ? undefined : objectType;
  return {
    ...source,
    ...(type === undefined ? {} : { objectType: type }),
    count: source.count + (known?.count ?? 0),
  };
}
