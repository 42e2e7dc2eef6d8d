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
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const reader = new PlacesReader();
  for await (const piece of pieces) {
    for (let from = 0; from < piece.length; from += longestPiece) {
      reader.take(decoder.decode(piece.subarray(from, from + longestPiece), { stream: true }));
      if (turns.isOver) await turns.next();
    }
  }
  reader.take(decoder.decode());
  return reader.end();
}

/** A quote in the address has a backslash before it, so that this never stands there. */
const endOfUri = ',"lines":[';
/** What stands behind a list of numbers, by which list that is. */
const marks = {
  lines: /,"(offsets)":\[/y,
  offsets: /,"more":\{(?:"(0|[1-9]\d{0,14})":\[|\}\})/y,
  more: /,"(0|[1-9]\d{0,14})":\[|\}\}/y,
} as const;
/** Longer than an address or a number of ours, in UTF-16 code units. */
const longestRest = 1_000_000;

class PlacesReader {
  readonly #places = { uri: '', lines: [], offsets: [], more: {} } as { uri: string } & StoredPlaces;
  /** The list at hand; undefined between two. */
  #list: number[] | undefined;
  /** What was read last. */
  #part: 'nothing' | keyof typeof marks | 'all' = 'nothing';
  /** The id whose further places were read last. */
  #number = -1;
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
    if (this.#part !== 'all' || this.#rest !== '' || lines.length !== offsets.length) throw notOurs();
    return this.#places;
  }

  /** Where the next part starts; -1 where this one goes on in text that is still to come. */
  #readPart(text: string, at: number): number {
    if (this.#list) return this.#readNumbers(this.#list, text, at);
    if (this.#part === 'all') return -1;
    return this.#part === 'nothing' ? this.#readAddress(text) : this.#readMark(marks[this.#part], text, at);
  }

  #readAddress(text: string): number {
    const end = text.indexOf(endOfUri);
    if (end < 0) return -1;
    const written = `${text.slice(0, end)}}`;
    const { uri } = JSON.parse(written);
    if (typeof uri !== 'string' || JSON.stringify({ uri }) !== written) throw notOurs();
    this.#places.uri = uri;
    this.#list = this.#places.lines;
    this.#part = 'lines';
    return end + endOfUri.length;
  }

  /** Up to the end of the list, or to the last number that is whole. */
  #readNumbers(list: number[], text: string, at: number): number {
    const end = text.indexOf(']', at);
    const stop = end < 0 ? text.lastIndexOf(',') : end;
    if (stop < at) return -1;
    const written = text.slice(at, stop);
    if (/[^\d,]/.test(written) || (written === '' && (end < 0 || list.length > 0))) throw notOurs();
    for (const number of JSON.parse(`[${written}]`)) {
      if (!Number.isSafeInteger(number)) throw notOurs();
      list.push(number);
    }
    if (end < 0) return stop + 1;
    // Each further place is a line and an offset.
    if (this.#part === 'more' && (list.length === 0 || list.length % 2 > 0)) throw notOurs();
    this.#list = undefined;
    return stop + 1;
  }

  #readMark(mark: RegExp, text: string, at: number): number {
    mark.lastIndex = at;
    const [found, key] = mark.exec(text) ?? [];
    if (found === undefined) return -1;
    const { lines, offsets, more } = this.#places;
    const number = Number(key);
    if (key === undefined) this.#part = 'all';
    else if (key === 'offsets') {
      this.#part = key;
      this.#list = offsets;
    } else {
      if (number <= this.#number || number >= lines.length) throw notOurs();
      this.#part = 'more';
      this.#number = number;
      more[number] = [];
      this.#list = more[number];
    }
    return at + found.length;
  }
}

function notOurs(): Error {
  return new Error('These are no places that were written.');
}
