import { finished, placesOfStep, type Steps } from '../../domain/steps.ts';
import { Places } from './places.ts';
import { type IgnoredReason, ignoredReasonNames, type UnsureReason, unsureReasonNames } from './reasons.ts';

/** A record id where it stands. Offsets and lengths are UTF-16 code units and cover exactly the digits; lines start at 0. */
export interface FoundId {
  readonly id: string;
  readonly offset: number;
  readonly length: number;
  readonly line: number;
  /** Code units from the start of the line; known of ids that were read from a file in pieces. */
  readonly character?: number;
  /** The object type id (`0-3`, `2-123`) or, if no id is known, the type's name in the text; absent when nothing tells it. */
  readonly objectType?: string;
}

/** A number, or something with numbers in it, that is no record id. */
export interface IgnoredText {
  readonly text: string;
  readonly offset: number;
  readonly length: number;
  readonly line: number;
  readonly reason: IgnoredReason;
}

/** A number that may be a record id. Never sent unless somebody says so. */
export interface UnsureId {
  readonly id: string;
  readonly offset: number;
  readonly length: number;
  readonly line: number;
  readonly reason: UnsureReason;
}

/** What told the object type: an address, a column header, a key, or a word beside the number. */
export type TypeEvidence = 'url' | 'header' | 'key' | 'word';

/** An object type the text speaks of, and for how many of its ids. */
export interface TypeHint {
  readonly objectType: string;
  readonly why: TypeEvidence;
  /** How many of the ids it stands for (every occurrence counted). */
  readonly count: number;
}

/** How the text was read. */
export type ReadFormat = 'plain' | 'csv' | 'json' | 'ndjson' | 'brokenJson' | 'markdownTable' | 'text';

/** A column or key of the text that holds record ids: one that was read, or another that could be read instead. */
export interface IdSource {
  /** The column's header, or the key's path such as `results[].from.id`. */
  readonly name: string;
  /** Column number from 0; absent for keys. */
  readonly column?: number;
  readonly objectType?: string;
  /** How many ids it holds. */
  readonly count: number;
  /** True when its ids are in `ids`. */
  readonly read: boolean;
}

/** What was read out of a text. */
export interface RecordIdsReading {
  readonly format: ReadFormat;
  /** In the order of the text, every occurrence. */
  readonly ids: readonly FoundId[];
  /** The distinct ids in the order of their first occurrence. */
  readonly distinctIds: readonly string[];
  readonly ignored: readonly IgnoredText[];
  readonly unsure: readonly UnsureId[];
  readonly typeHints: readonly TypeHint[];
  /** Columns or keys with record ids; empty where the text has neither. Ids of a source that was not read are nowhere else. */
  readonly sources: readonly IdSource[];
}

/** The object type of an id and what told it. */
export interface Evidence {
  readonly objectType: string;
  readonly why: TypeEvidence;
}

/** What a reading needs of the text it was made from. */
export interface SliceableText {
  slice(start: number, end: number): string;
  /** Code units from the start of the line to this place, where they are known. */
  characterAt?(offset: number): number | undefined;
}

/**
 * A reading under way and then the finished one. Keeps places in columns; the lists of plain objects are made when first
 * asked for, so that a reading of a million ids costs no million objects until somebody wants them.
 */
export class Reading implements RecordIdsReading {
  format: ReadFormat = 'plain';
  sources: readonly IdSource[] = [];
  idPlaces = new Places();
  readonly ignoredPlaces = new Places();
  readonly unsurePlaces = new Places();
  readonly #text: SliceableText;
  readonly #covers: ((offset: number, length: number) => boolean) | undefined;
  /** Evidence by code; code 0 is none. */
  readonly #evidence: (Evidence | undefined)[] = [undefined];
  readonly #evidenceCodes = new Map<string, number>();
  #ids: readonly FoundId[] | undefined;
  #ignored: readonly IgnoredText[] | undefined;
  #unsure: readonly UnsureId[] | undefined;
  #distinct: readonly string[] | undefined;

  /** `covers` tells what counts, as when only a part of the text is selected: what lies elsewhere does not say which sources are read. */
  constructor(text: SliceableText, covers?: (offset: number, length: number) => boolean) {
    this.#text = text;
    this.#covers = covers;
  }

  /** True when only a part of the text counts. */
  get isBounded(): boolean {
    return this.#covers !== undefined;
  }

  covers(offset: number, length: number): boolean {
    return this.#covers?.(offset, length) ?? true;
  }

  /** Takes in another reading of a part of the same text that starts at this offset and line. */
  *absorbing(other: Reading, offset: number, line: number): Steps<void> {
    const codes = other.#evidence.map((evidence) =>
      evidence ? this.evidenceCode(evidence.objectType, evidence.why) : 0,
    );
    yield* this.idPlaces.appending(other.idPlaces, offset, line, (code) => codes[code]!);
    yield* this.ignoredPlaces.appending(other.ignoredPlaces, offset, line);
    yield* this.unsurePlaces.appending(other.unsurePlaces, offset, line);
    this.sources = [...this.sources, ...other.sources];
  }

  /** The same reading of a part of the text, which is what counts unless another is given. */
  *within(covers = this.#covers ?? (() => true)): Steps<Reading> {
    const part = new Reading(this.#text);
    part.format = this.format;
    part.sources = this.sources;
    for (const evidence of this.#evidence) part.evidenceCode(evidence?.objectType, evidence?.why ?? 'word');
    for (const [from, to] of [
      [this.idPlaces, part.idPlaces],
      [this.ignoredPlaces, part.ignoredPlaces],
      [this.unsurePlaces, part.unsurePlaces],
    ] as const) {
      for (let index = 0; index < from.length; index++) {
        if (index % placesOfStep === 0) yield;
        if (covers(from.offset(index), from.size(index)))
          to.push(from.offset(index), from.size(index), from.line(index), from.code(index));
      }
    }
    return part;
  }

  /** Takes numbers that somebody chose for more than they were taken for, as these functions say by the reason. */
  *raising(
    isChosen: (offset: number, length: number) => boolean,
    to: {
      readonly unsure: (reason: UnsureReason) => 'id' | undefined;
      readonly ignored: (reason: IgnoredReason) => 'id' | UnsureReason | undefined;
    },
  ): Steps<void> {
    const unsure = this.unsurePlaces.taken();
    const ignored = this.ignoredPlaces.taken();
    const put = (places: Places, index: number, raised: 'id' | UnsureReason | undefined, back: Places) => {
      const offset = places.offset(index);
      const length = places.size(index);
      const line = places.line(index);
      if (raised === undefined || !isChosen(offset, length)) back.push(offset, length, line, places.code(index));
      else if (raised === 'id') this.id(offset, length, line, 0);
      else this.doubt(offset, length, line, raised);
    };
    for (let index = 0; index < unsure.length; index++) {
      if (index % objectsOfStep === 0) yield;
      put(unsure, index, to.unsure(unsureReasonNames[unsure.code(index)]!), this.unsurePlaces);
    }
    for (let index = 0; index < ignored.length; index++) {
      if (index % objectsOfStep === 0) yield;
      put(ignored, index, to.ignored(ignoredReasonNames[ignored.code(index)]!), this.ignoredPlaces);
    }
  }

  /** Makes ids of unsure numbers, with the evidence this function gives; it is asked in the order of the text. */
  *raisingUnsure(evidenceOf: (reason: UnsureReason, index: number, places: Places) => number | undefined): Steps<void> {
    const unsure = this.unsurePlaces.taken();
    for (let index = 0; index < unsure.length; index++) {
      if (index % objectsOfStep === 0) yield;
      const code = evidenceOf(unsureReasonNames[unsure.code(index)]!, index, unsure);
      const to = code === undefined ? this.unsurePlaces : this.idPlaces;
      to.push(unsure.offset(index), unsure.size(index), unsure.line(index), code ?? unsure.code(index));
    }
  }

  /** Tells of places that are asked for in the order of the text whether something there has a verdict by now. */
  *judged(): Steps<(start: number, end: number) => boolean> {
    const all: { readonly places: Places; readonly length: number; at: number }[] = [];
    for (const places of [this.idPlaces, this.ignoredPlaces, this.unsurePlaces]) {
      yield* places.sorting();
      all.push({ places, length: places.length, at: 0 });
    }
    return (start, end) =>
      all.some((each) => {
        const { places, length } = each;
        while (each.at < length && places.offset(each.at) + places.size(each.at) <= start) each.at++;
        return each.at < length && places.offset(each.at) < end;
      });
  }

  /** The object type that this evidence tells. */
  typeOf(evidence: number): string | undefined {
    return this.#evidence[evidence]?.objectType;
  }

  /** The code under which ids with this evidence are kept. */
  evidenceCode(objectType: string | undefined, why: TypeEvidence): number {
    if (objectType === undefined) return 0;
    const key = `${why} ${objectType}`;
    const known = this.#evidenceCodes.get(key);
    if (known !== undefined) return known;
    // Codes are 16 bits wide.
    if (this.#evidence.length > 65_535) return 0;
    this.#evidenceCodes.set(key, this.#evidence.length);
    return this.#evidence.push({ objectType, why }) - 1;
  }

  id(offset: number, length: number, line: number, evidence: number): void {
    this.idPlaces.push(offset, length, line, evidence);
  }
  /** Takes in all ids at once, whose codes stand for this evidence, if none are in it yet. */
  *adopting(places: Places, evidence: readonly number[]): Steps<boolean> {
    if (this.idPlaces.length > 0) return false;
    yield* places.recoding(evidence);
    this.idPlaces = places;
    return true;
  }
  ignore(offset: number, length: number, line: number, reason: IgnoredReason): void {
    this.ignoredPlaces.push(offset, length, line, ignoredCodes.get(reason)!);
  }
  doubt(offset: number, length: number, line: number, reason: UnsureReason): void {
    this.unsurePlaces.push(offset, length, line, unsureCodes.get(reason)!);
  }

  get ids(): readonly FoundId[] {
    this.#ids ??= finished(this.#listingIds());
    return this.#ids;
  }

  /** Makes the lists of plain objects, in steps: whoever asks for one of them afterwards has it at once. */
  *listing(): Steps<this> {
    this.#ids ??= yield* this.#listingIds();
    this.#ignored ??= yield* this.#listingIgnored();
    this.#unsure ??= yield* this.#listingUnsure();
    return this;
  }

  #listingIds(): Steps<FoundId[]> {
    const text = this.#text;
    const characterAt = typeof text === 'string' ? undefined : text.characterAt?.bind(text);
    return listed(this.idPlaces, (offset, length, line, code): FoundId => {
      const id = text.slice(offset, offset + length);
      const objectType = this.#evidence[code]?.objectType;
      const character = characterAt?.(offset);
      if (character === undefined) {
        return objectType === undefined ? { id, offset, length, line } : { id, offset, length, line, objectType };
      }
      if (objectType === undefined) return { id, offset, length, line, character };
      return { id, offset, length, line, character, objectType };
    });
  }

  get distinctIds(): readonly string[] {
    if (!this.#distinct) {
      const places = this.idPlaces;
      places.sort();
      const seen = new Set<string>();
      for (let index = 0; index < places.length; index++) {
        seen.add(this.#text.slice(places.offset(index), places.offset(index) + places.size(index)));
      }
      this.#distinct = [...seen];
    }
    return this.#distinct;
  }

  get ignored(): readonly IgnoredText[] {
    this.#ignored ??= finished(this.#listingIgnored());
    return this.#ignored;
  }

  #listingIgnored(): Steps<IgnoredText[]> {
    return listed(this.ignoredPlaces, (offset, length, line, code) => ({
      text: this.#text.slice(offset, offset + length),
      offset,
      length,
      line,
      reason: ignoredReasonNames[code]!,
    }));
  }

  get unsure(): readonly UnsureId[] {
    this.#unsure ??= finished(this.#listingUnsure());
    return this.#unsure;
  }

  #listingUnsure(): Steps<UnsureId[]> {
    return listed(this.unsurePlaces, (offset, length, line, code) => ({
      id: this.#text.slice(offset, offset + length),
      offset,
      length,
      line,
      reason: unsureReasonNames[code]!,
    }));
  }

  get typeHints(): readonly TypeHint[] {
    const counts = new Array<number>(this.#evidence.length).fill(0);
    for (let index = 0; index < this.idPlaces.length; index++) counts[this.idPlaces.code(index)]!++;
    return this.#evidence
      .flatMap((evidence, code) => (evidence && counts[code] ? [{ ...evidence, count: counts[code] }] : []))
      .sort((a, b) => b.count - a.count);
  }
}

function* listed<T>(
  places: Places,
  make: (offset: number, length: number, line: number, code: number) => T,
): Steps<T[]> {
  yield* places.sorting();
  const all = new Array<T>(places.length);
  for (let index = 0; index < places.length; index++) {
    if (index % objectsOfStep === objectsOfStep - 1) yield;
    all[index] = make(places.offset(index), places.size(index), places.line(index), places.code(index));
  }
  return all;
}

/** A few milliseconds. */
const objectsOfStep = 20_000;

const ignoredCodes = new Map(ignoredReasonNames.map((name, code) => [name, code]));
const unsureCodes = new Map(unsureReasonNames.map((name, code) => [name, code]));
