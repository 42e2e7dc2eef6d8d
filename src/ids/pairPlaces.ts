/** Where the records of pairs stood: on the line of their first pair. */
import type { Expectation } from '../core/domain/expectation.ts';
import { asking, type IdPlace, type IdPlaces } from './idPlaces.ts';
import { noPlaces } from './storedPlaces.ts';

/** @param uri of the file of the pairs */
export function pairPlaces(uri: string, expectation: Expectation): IdPlaces {
  /** 1 + the first pair of each record, made when somebody asks. */
  let first: Uint32Array | undefined;
  const firstPairs = () => {
    const made = new Uint32Array(expectation.asked.length);
    for (let pair = 0; pair < expectation.length; pair++) {
      const record = expectation.record(pair);
      if (record >= 0 && made[record] === 0) made[record] = pair + 1;
    }
    return made;
  };
  function* placesOf(id: string): Iterable<IdPlace> {
    const record = expectation.asked.find(id);
    if (record === undefined) return;
    first ??= firstPairs();
    const pair = first[record]! - 1;
    if (pair >= 0) for (const line of expectation.lines(pair)) yield { uri, line };
  }
  const places: IdPlaces = {
    isEmpty: false,
    stored: { ...noPlaces, uri },
    first: (id) => {
      for (const place of placesOf(id)) return place;
      return undefined;
    },
    of: placesOf,
    *choosing(ids) {
      return { ids, asked: yield* asking(ids), places };
    },
  };
  return places;
}
