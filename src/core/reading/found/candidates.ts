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
}

/** Ids of the first of these that a text has are read; the others are offered, so that two kinds of records never mix silently. */
const order: readonly Role[] = ['record', 'from', 'to', 'associated', 'merged'];

/** Takes ids with where they stand. */
export interface IdTarget {
  source(name: string, role: Role, objectType?: string, why?: TypeEvidence): number;
  add(offset: number, length: number, line: number, source: number): void;
}

/** The ids a text may mean, by where in its structure they stand, until it is settled which of them are read. */
export class Candidates implements IdTarget {
  readonly places = new Places();
  readonly #sources: Source[] = [];
  readonly #codes = new Map<string, number>();

  /** The code for ids from a key or column of this name. An empty name stands for no structure at all (prose). */
  source(name: string, role: Source['role'], objectType?: string, why: TypeEvidence = 'key', column?: number): number {
    // Few sources are asked for again and again.
    for (let code = 0; code < this.#sources.length && code < 8; code++) {
      const known = this.#sources[code]!;
      if (
        known.name === name &&
        known.role === role &&
        known.objectType === objectType &&
        known.why === why &&
        known.column === column
      )
        return code;
    }
    const key = `${role}\n${objectType ?? ''}\n${why}\n${column ?? ''}\n${name}`;
    const known = this.#codes.get(key);
    if (known !== undefined) return known;
    // Codes are 16 bits wide; a text with more different keys than that loses the names of the last ones.
    if (this.#sources.length >= 65_000 && name !== '') return this.source('', role, objectType, why);
    this.#codes.set(key, this.#sources.length);
    return this.#sources.push({ name, role, objectType, why, column }) - 1;
  }

  add(offset: number, length: number, line: number, source: number): void {
    this.places.push(offset, length, line, source);
  }

  isTyped(index: number): boolean {
    return this.#sources[this.places.code(index)]!.objectType !== undefined;
  }

  /** Gives an id that had no type the one its surroundings tell. */
  retype(index: number, objectType: string, why: TypeEvidence): void {
    const { name, role, column } = this.#sources[this.places.code(index)]!;
    this.places.setCode(index, this.source(name, role, objectType, why, column));
  }

  /** Takes an id for that of something else, which is ignored. */
  disown(index: number): void {
    this.places.setCode(index, this.source('', foreign));
  }

  roleOf(index: number): Source['role'] {
    return this.#sources[this.places.code(index)]!.role;
  }

  /** Moves the ids that are read into the reading and lists all sources in it. */
  settle(reading: Reading): void {
    const { places } = this;
    places.sort();
    const counts = new Uint32Array(this.#sources.length);
    const { isBounded } = reading;
    for (let index = 0; index < places.length; index++) {
      if (!isBounded || reading.covers(places.offset(index), places.size(index))) counts[places.code(index)]!++;
    }
    const role = order.find((each) => this.#sources.some((source, code) => source.role === each && counts[code]));
    const evidence = this.#sources.map((source) => reading.evidenceCode(source.objectType, source.why));
    const isRead = this.#sources.map((source) => source.role === role);
    for (let index = 0; index < places.length; index++) {
      const code = places.code(index);
      if (this.#sources[code]!.role === foreign) {
        reading.ignore(places.offset(index), places.size(index), places.line(index), 'otherId');
        continue;
      }
      if (!isRead[code] || (isBounded && !reading.covers(places.offset(index), places.size(index)))) continue;
      reading.id(places.offset(index), places.size(index), places.line(index), evidence[code]!);
    }
    reading.sources = this.#listed(counts, isRead);
  }

  #listed(counts: Uint32Array, isRead: readonly boolean[]): IdSource[] {
    const listed = new Map<string, IdSource>();
    this.#sources.forEach(({ name, objectType, column }, code) => {
      const count = counts[code]!;
      if (name === '' || count === 0) return;
      const key = `${column ?? ''} ${name}`;
      const known = listed.get(key);
      const type = known && known.objectType !== objectType ? undefined : objectType;
      listed.set(key, {
        name,
        ...(column === undefined ? {} : { column }),
        ...(type === undefined ? {} : { objectType: type }),
        count: count + (known?.count ?? 0),
        read: isRead[code]! || (known?.read ?? false),
      });
    });
    return [...listed.values()];
  }
}
