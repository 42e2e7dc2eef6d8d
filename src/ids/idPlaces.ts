/** Where the record ids of a look-up stood. */
import { GrowingIds } from '../core/answer/growingIds.ts';
import { finished, type Steps } from '../core/domain/steps.ts';
import { noPlaces, type StoredPlaces } from './storedPlaces.ts';

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
  /** The first place at which an id stood. */
  first(id: string): IdPlace | undefined;
  /** Every place at which an id stood, in order: there may be a million. */
  of(id: string): Iterable<IdPlace>;
  /** The same as data that can be written down. */
  readonly stored: StoredPlaces;
  /** Some of the ids with their places, for a look-up of those. */
  choosing(ids: readonly string[]): Steps<Placed>;
}

/** @param find the number of an id among the question's ids, to which the places belong by position */
export function idPlacesFrom(stored: StoredPlaces, find: (id: string) => number | undefined): IdPlaces {
  const { uri, lines, offsets, more } = stored;
  const numberOf = (id: string) => {
    const number = lines.length === 0 ? undefined : find(id);
    return number !== undefined && number < lines.length ? number : undefined;
  };
  const firstOf = (number: number) => ({ uri, line: lines[number]!, offset: offsets[number]! });
  return {
    isEmpty: lines.length === 0,
    stored,
    first: (id) => {
      const number = numberOf(id);
      return number === undefined ? undefined : firstOf(number);
    },
    *of(id) {
      const number = numberOf(id);
      if (number === undefined) return;
      yield firstOf(number);
      const others = more[number] ?? [];
      for (let at = 0; at + 1 < others.length; at += 2) yield { uri, line: others[at]!, offset: others[at + 1]! };
    },
    choosing: (ids) => placingSome(stored, numberOf, ids),
  };
}

function* placingSome(
  from: StoredPlaces,
  numberOf: (id: string) => number | undefined,
  ids: readonly string[],
): Steps<Placed> {
  const asked = new GrowingIds([], true, ids.length);
  const stored: StoredPlaces = { uri: from.uri, lines: [], offsets: [], more: {} };
  for (const [nth, id] of ids.entries()) {
    if (nth % idsOfStep === idsOfStep - 1) yield;
    asked.add([id]);
    const number = numberOf(id);
    // Places are those of the first ids: behind one that has none, nobody could tell whose they are.
    if (number === undefined || stored.lines.length !== asked.length - 1) continue;
    const others = from.more[number];
    if (others) stored.more[stored.lines.length] = others;
    stored.lines.push(from.lines[number]!);
    stored.offsets.push(from.offsets[number]!);
  }
  return { ids, asked, places: idPlacesFrom(stored, (id) => asked.find(id)) };
}

export const noIdPlaces: IdPlaces = idPlacesFrom(noPlaces, () => undefined);

interface Placed {
  /** Distinct, in the order they stood. */
  readonly ids: readonly string[];
  /** The same for look-ups to share, which need not count them again. */
  readonly asked: GrowingIds;
  readonly places: IdPlaces;
}

/** The distinct ones of these ids, to be asked, in steps. */
export function* asking(ids: readonly string[]): Steps<GrowingIds> {
  const asked = new GrowingIds([], true, ids.length);
  for (let from = 0; from < ids.length; from += idsOfStep) {
    yield;
    asked.add(ids.slice(from, from + idsOfStep));
  }
  return asked;
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
export const idsOfStep = 5_000;
