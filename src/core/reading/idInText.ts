/** Where an id stands in a text that may have been edited since. */
import { TextIndex } from '../answer/idCodes.ts';
import { lengthOfStep, type Steps } from '../domain/steps.ts';

/** A stretch of text, in UTF-16 code units. */
export interface Stretch {
  readonly offset: number;
  readonly length: number;
}

/** One edit: so many code units at this offset were replaced by text of that length. */
export interface Edit extends Stretch {
  readonly newLength: number;
}

/** True when the id stands at this offset as a whole number. */
export function standsAt(text: string, id: string, offset: number): boolean {
  return text.startsWith(id, offset) && !isDigit(text, offset - 1) && !isDigit(text, offset + id.length);
}

/** Where the id, as a whole number, stands first from `start` on, and begins no later than `end`. In steps. */
export function* findingPlace(text: string, id: string, start: number, end: number): Steps<number | undefined> {
  const last = Math.min(end, text.length - id.length);
  let step = start + lengthOfStep;
  for (let at = start; at <= last; at++) {
    if (at >= step) {
      yield;
      step = at + lengthOfStep;
    }
    const found = text.slice(at, Math.min(step, last) + id.length).indexOf(id);
    at = found < 0 ? step : at + found;
    if (found < 0) continue;
    if (standsAt(text, id, at)) return at;
    // It is a part of a longer number, in which it stands nowhere: of twenty million digits not each is tried.
    while (at < step && isDigit(text, at + 1)) at++;
  }
  return undefined;
}

/** An id of digits, and where it stood. */
interface IdPlace {
  readonly id: string;
  readonly offset: number;
}

/**
 * Where each id, as a whole number, stands nearest to its offset, at most `within` away; of two places as near, the first. The text
 * is gone through once for all of them, in steps, however many have left their places.
 */
export function* nearestPlaces(
  text: string,
  places: readonly IdPlace[],
  within = Number.POSITIVE_INFINITY,
): Steps<readonly (number | undefined)[]> {
  const found: (number | undefined)[] = [];
  const lost = new LostIds();
  for (const { id, offset } of places) {
    const stands = standsAt(text, id, offset);
    if (!stands) lost.add(id);
    if (found.push(stands ? offset : undefined) % placesOfStep === 0) yield;
  }
  if (lost.isEmpty) return found;
  yield* lost.findingIn(text);
  for (const [index, { id, offset }] of places.entries()) {
    if (index % placesOfStep === placesOfStep - 1) yield;
    found[index] ??= nearestOf(lost.of(id) ?? [], offset, within);
  }
  return found;
}

/** A few milliseconds. */
const placesOfStep = 10_000;

/** Where ids stand by now. */
class LostIds {
  readonly #ids = new TextIndex();
  /** By the position of the id. */
  readonly #offsets: number[][] = [];

  get isEmpty(): boolean {
    return this.#offsets.length === 0;
  }

  add(id: string): void {
    this.#offsets[this.#ids.position(id)] ??= [];
  }

  *findingIn(text: string): Steps<void> {
    let next = lengthOfStep;
    for (const { 0: digits, index } of text.matchAll(/\d+/g)) {
      if (digits.length < 20) this.of(digits)?.push(index);
      if (index < next) continue;
      yield;
      next = index + lengthOfStep;
    }
  }

  of(id: string): number[] | undefined {
    const position = this.#ids.find(id);
    return position === undefined ? undefined : this.#offsets[position];
  }
}

/** Of offsets in order, the one nearest to this; of two as near, the first. */
function nearestOf(offsets: readonly number[], offset: number, within: number): number | undefined {
  let low = 0;
  let high = offsets.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (offsets[middle]! < offset) low = middle + 1;
    else high = middle;
  }
  const before = offsets[low - 1];
  const behind = offsets[low];
  const isBefore = before !== undefined && (behind === undefined || offset - before <= behind - offset);
  const best = isBefore ? before : behind;
  return best !== undefined && Math.abs(best - offset) <= within ? best : undefined;
}

/** Where a stretch is after edits, each told in terms of the text that the ones before it left; undefined when one cut into it. */
export function afterEdits(stretch: Stretch, edits: readonly Edit[]): Stretch | undefined {
  let { offset } = stretch;
  for (const edit of edits) {
    if (edit.offset >= offset + stretch.length) continue;
    if (edit.offset + edit.length > offset) return undefined;
    offset += edit.newLength - edit.length;
  }
  return { offset, length: stretch.length };
}

function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 48 && code <= 57;
}
