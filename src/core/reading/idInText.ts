/** Where an id stands in a text that may have been edited since. */
import { lengthOfStep, type Steps } from './steps.ts';

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

/** Where the id, as a whole number, stands nearest to an offset, at most `within` away. */
export function nearestPlace(
  text: string,
  id: string,
  offset: number,
  within = Number.POSITIVE_INFINITY,
): number | undefined {
  if (standsAt(text, id, offset)) return offset;
  const end = offset + within;
  let best: number | undefined;
  for (let at = text.indexOf(id, Math.max(0, offset - within)); at >= 0 && at <= end; at = text.indexOf(id, at + 1)) {
    if (!standsAt(text, id, at)) continue;
    if (best === undefined || Math.abs(at - offset) < Math.abs(best - offset)) best = at;
    if (at > offset) break;
  }
  return best;
}

/** An id of digits, and where it stood. */
interface IdPlace {
  readonly id: string;
  readonly offset: number;
}

/**
 * Where each id stands nearest to its offset, at most `within` away, as {@link nearestPlace} finds it for one: here the text
 * is gone through once for all of them, in steps, however many have left their places.
 */
export function* nearestPlaces(
  text: string,
  places: readonly IdPlace[],
  within = Number.POSITIVE_INFINITY,
): Steps<readonly (number | undefined)[]> {
  const found = places.map(({ id, offset }) => (standsAt(text, id, offset) ? offset : undefined));
  const lost = new Map<string, number[]>();
  for (const [index, { id }] of places.entries()) if (found[index] === undefined) lost.set(id, []);
  if (lost.size === 0) return found;
  let next = lengthOfStep;
  for (const { 0: digits, index } of text.matchAll(/\d+/g)) {
    if (digits.length < 20) lost.get(digits)?.push(index);
    if (index < next) continue;
    yield;
    next = index + lengthOfStep;
  }
  return found.map((at, index) => at ?? nearestOf(lost.get(places[index]!.id)!, places[index]!.offset, within));
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
