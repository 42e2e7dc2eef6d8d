const segmentBits = 16;
const segmentLength = 1 << segmentBits;
const offsetMask = segmentLength - 1;

type SetColumn = Uint8Array | Uint16Array | Uint32Array;

/**
 * Two columns, id code and type set, in segments of 65,536 rows. Only the first segment grows by copying, so a small answer
 * stays small and a large one is never moved. A segment's set column is as narrow as its largest number allows.
 */
export class AssociationColumns {
  readonly #ids: Float64Array[] = [];
  readonly #sets: SetColumn[] = [];
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** Adds a row and returns its position. */
  push(code: number, set: number): number {
    const position = this.#length++;
    const segment = position >>> segmentBits;
    const offset = position & offsetMask;
    if (offset >= (this.#ids[segment]?.length ?? 0)) this.#grow(segment);
    this.#ids[segment]![offset] = code;
    this.#write(segment, offset, set);
    return position;
  }

  code(position: number): number {
    return this.#ids[position >>> segmentBits]![position & offsetMask]!;
  }

  set(position: number): number {
    return this.#sets[position >>> segmentBits]![position & offsetMask]!;
  }

  replaceSet(position: number, set: number): void {
    this.#write(position >>> segmentBits, position & offsetMask, set);
  }

  #write(segment: number, offset: number, set: number): void {
    let sets = this.#sets[segment]!;
    if (set > 0xff && sets.BYTES_PER_ELEMENT < 4 && set >= 2 ** (8 * sets.BYTES_PER_ELEMENT)) {
      sets = set > 0xffff ? Uint32Array.from(sets) : Uint16Array.from(sets);
      this.#sets[segment] = sets;
    }
    sets[offset] = set;
  }

  #grow(segment: number): void {
    const ids = this.#ids[segment];
    const length = segment > 0 ? segmentLength : Math.min(segmentLength, Math.max(256, (ids?.length ?? 0) * 4));
    const wider = new Float64Array(length);
    const sets = this.#sets[segment] ?? new Uint8Array(0);
    const widerSets =
      sets instanceof Uint8Array
        ? new Uint8Array(length)
        : sets instanceof Uint16Array
          ? new Uint16Array(length)
          : new Uint32Array(length);
    if (ids) wider.set(ids);
    widerSets.set(sets);
    this.#ids[segment] = wider;
    this.#sets[segment] = widerSets;
  }
}
