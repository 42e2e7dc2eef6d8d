/** Where the ids of a look-up stood, as JSON in a file: written and read some of it at a time. */
import { Turns } from '../editor/turns.ts';

export interface StoredPlaces {
  readonly uri: string;
  /** Line and offset of each id's first place, in the order of the question's ids. */
  readonly lines: number[];
  readonly offsets: number[];
  /** Further places of some ids, by the id's number in the question: line and offset in turn. */
  readonly more: Record<number, number[]>;
}

export const noPlaces: StoredPlaces = { uri: '', lines: [], offsets: [], more: {} };

/** What is stored, as JSON in pieces: whoever writes a million places lets others work between two of them. */
export function* storedText({ uri, lines, offsets, more }: StoredPlaces): Iterable<string> {
  yield `{"uri":${JSON.stringify(uri)},"lines":[`;
  yield* numbersText(lines);
  yield '],"offsets":[';
  yield* numbersText(offsets);
  yield '],"more":{';
  let piece = '';
  let isFirst = true;
  // Not by its keys: those of a million are listed all at once.
  for (let number = 0; number < lines.length; number++) {
    const places = more[number];
    if (!places) continue;
    piece += `${isFirst ? '' : ','}"${number}":[`;
    isFirst = false;
    for (const numbers of numbersText(places)) {
      piece += numbers;
      if (piece.length < longestPiece) continue;
      yield piece;
      piece = '';
    }
    piece += ']';
  }
  yield `${piece}}}`;
}

function* numbersText(all: readonly number[]): Iterable<string> {
  for (let from = 0; from < all.length; from += numbersOfStep) {
    yield `${from > 0 ? ',' : ''}${all.slice(from, from + numbersOfStep).join(',')}`;
  }
}

/** A few milliseconds. */
const numbersOfStep = 5_000;
/** In UTF-16 code units: a few milliseconds too. */
const longestPiece = 60_000;

/**
 * Reads what {@link storedText} gave, piece by piece.
 * @throws when it is anything else
 */
export async function readPlaces(pieces: AsyncIterable<Uint8Array>): Promise<StoredPlaces> {
  const turns = new Turns();
  const decoder = new TextDecoder();
  const reader = new PlacesReader();
  for await (const piece of pieces) {
    for (let from = 0; from < piece.length; from += longestPiece) {
      reader.take(decoder.decode(piece.subarray(from, from + longestPiece), { stream: true }));
      if (turns.isOver) await turns.next();
    }
  }
  return reader.end();
}

/** A quote in the address has a backslash before it, so that this never stands there. */
const endOfUri = ',"lines":[';
/** What stands between two lists of numbers, or behind the last. */
const mark = /,"offsets":\[|(?:,"more":\{|,)"(\d{1,15})":\[|(?:,"more":\{)?\}\}$/y;
/** Longer than an address or a number of ours, in UTF-16 code units. */
const longestRest = 1_000_000;

class PlacesReader {
  readonly #places = { uri: '', lines: [], offsets: [], more: {} } as { uri: string } & StoredPlaces;
  /** The list at hand; undefined between two. */
  #list: number[] | undefined;
  #state: 'address' | 'lists' | 'end' = 'address';
  #rest = '';

  take(text: string): void {
    const all = this.#rest + text;
    let at = 0;
    for (let next = 0; next >= 0; next = this.#readPart(all, at)) at = next;
    this.#rest = all.slice(at);
    if (this.#rest.length > longestRest) throw notOurs();
  }

  end(): StoredPlaces {
    const { lines, offsets } = this.#places;
    if (this.#state !== 'end' || this.#rest !== '' || lines.length !== offsets.length) throw notOurs();
    return this.#places;
  }

  /** Where the next part starts; -1 where this one goes on in text that is still to come. */
  #readPart(text: string, at: number): number {
    if (this.#list) return this.#readNumbers(this.#list, text, at);
    return this.#state === 'address' ? this.#readAddress(text) : this.#readMark(text, at);
  }

  #readAddress(text: string): number {
    const end = text.indexOf(endOfUri);
    if (end < 0) return -1;
    const { uri } = JSON.parse(`${text.slice(0, end)}}`);
    if (typeof uri !== 'string') throw notOurs();
    this.#places.uri = uri;
    this.#list = this.#places.lines;
    this.#state = 'lists';
    return end + endOfUri.length;
  }

  /** Up to the end of the list, or to the last number that is whole. */
  #readNumbers(list: number[], text: string, at: number): number {
    const end = text.indexOf(']', at);
    const stop = end < 0 ? text.lastIndexOf(',') : end;
    if (stop < at) return -1;
    for (const number of JSON.parse(`[${text.slice(at, stop)}]`)) {
      if (!isCount(number)) throw notOurs();
      list.push(number);
    }
    if (end >= 0) this.#list = undefined;
    return stop + 1;
  }

  #readMark(text: string, at: number): number {
    mark.lastIndex = at;
    const [found, number] = mark.exec(text) ?? [];
    if (found === undefined) return -1;
    const { lines, offsets, more } = this.#places;
    if (found.endsWith('}')) this.#state = 'end';
    else if (number === undefined) this.#list = offsets;
    else if (Number(number) >= lines.length) throw notOurs();
    else this.#list = more[Number(number)] ??= [];
    return at + found.length;
  }
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function notOurs(): Error {
  return new Error('These are no places that were written.');
}
