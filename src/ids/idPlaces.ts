/** Where the record ids of a look-up stood. */
import * as z from 'zod';
import { GrowingIds } from '../core/answer/growingIds.ts';
import { finished, type Steps } from '../core/reading/steps.ts';

/**
 * Where an id stood in a document; line from 0, offset in UTF-16 code units from the document's start. Of the ids of pairs only
 * the line is kept.
 */
export interface IdPlace {
  readonly uri: string;
  readonly line: number;
  readonly offset?: number;
}

/** Where each id of a look-up stood. */
export interface IdPlaces {
  /** True when nothing is known of any id, as when ids were given by a command. */
  readonly isEmpty: boolean;
  /** Every place at which an id stood, in order. */
  of(id: string): readonly IdPlace[];
  /** The same as data that can be written down. */
  readonly stored: StoredPlaces;
  /** The places of some of the ids, for a look-up of those. */
  only(ids: readonly string[]): IdPlaces;
}

/** By hand: of a million places zod would look at each for a fifth of a second. */
const numbers = z.custom<number[]>((value) => Array.isArray(value) && value.every(isCount));

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

export const storedPlacesSchema = z.object({
  uri: z.string(),
  /** Line and offset of each id's first place, in the order of the question's ids. */
  lines: numbers,
  offsets: numbers,
  /** Further places of some ids, by the id's number in the question: line and offset in turn. */
  more: z.record(z.string().regex(/^\d+$/), numbers),
});
export type StoredPlaces = z.infer<typeof storedPlacesSchema>;

/** What is stored, as JSON in pieces: whoever writes a million places lets others work between two of them. */
export function* storedText({ uri, lines, offsets, more }: StoredPlaces): Iterable<string> {
  yield `{"uri":${JSON.stringify(uri)},"lines":[`;
  yield* numbersText(lines);
  yield '],"offsets":[';
  yield* numbersText(offsets);
  yield '],"more":{';
  let piece = '';
  let isFirst = true;
  for (const number in more) {
    piece += `${isFirst ? '' : ','}"${number}":[${more[number]!.join(',')}]`;
    isFirst = false;
    if (piece.length < longestPiece) continue;
    yield piece;
    piece = '';
  }
  yield `${piece}}}`;
}

function* numbersText(all: readonly number[]): Iterable<string> {
  for (let from = 0; from < all.length; from += idsOfStep) {
    yield `${from > 0 ? ',' : ''}${all.slice(from, from + idsOfStep).join(',')}`;
  }
}

/** In UTF-16 code units: a few milliseconds. */
const longestPiece = 200_000;

export const noPlaces: StoredPlaces = { uri: '', lines: [], offsets: [], more: {} };

/** @param find the number of an id among the question's ids, to which the places belong by position */
export function idPlacesFrom(stored: StoredPlaces, find: (id: string) => number | undefined): IdPlaces {
  const { uri, lines, offsets, more } = stored;
  const placesOf = (id: string): Required<IdPlace>[] => {
    if (lines.length === 0) return [];
    const number = find(id);
    if (number === undefined || number >= lines.length) return [];
    const all = [{ uri, line: lines[number]!, offset: offsets[number]! }];
    const others = more[number] ?? [];
    for (let at = 0; at + 1 < others.length; at += 2) all.push({ uri, line: others[at]!, offset: others[at + 1]! });
    return all;
  };
  return {
    isEmpty: lines.length === 0,
    stored,
    of: placesOf,
    only: (some) =>
      placesIn(
        uri,
        some.flatMap((id) => placesOf(id).map((place) => ({ id, ...place }))),
      ).places,
  };
}

export const noIdPlaces: IdPlaces = idPlacesFrom(noPlaces, () => undefined);

interface Placed {
  /** Distinct, in the order they stood. */
  readonly ids: readonly string[];
  /** The same for look-ups to share, which need not count them again. */
  readonly asked: GrowingIds;
  readonly places: IdPlaces;
}

type Found = readonly { readonly id: string; readonly line: number; readonly offset: number }[];

/** The distinct ids among those found in one document, in order, and where each stood. */
export function placesIn(uri: string, found: Found): Placed {
  return finished(placing(uri, found));
}

/** The same, in steps. */
export function* placing(uri: string, found: Found): Steps<Placed> {
  const asked = new GrowingIds([], true, found.length);
  const ids: string[] = [];
  const stored: StoredPlaces = { uri, lines: [], offsets: [], more: {} };
  let seen = 0;
  for (const { id, line, offset } of found) {
    if (++seen % idsOfStep === 0) yield;
    const number = asked.find(id);
    if (number === undefined) {
      asked.add([id]);
      ids.push(id);
      stored.lines.push(line);
      stored.offsets.push(offset);
      continue;
    }
    const others = stored.more[number];
    if (others) others.push(line, offset);
    else stored.more[number] = [line, offset];
  }
  return { ids, asked, places: idPlacesFrom(stored, (id) => asked.find(id)) };
}

/** A few milliseconds. */
const idsOfStep = 5_000;
