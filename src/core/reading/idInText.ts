/** Where an id stands in a text that may have been edited since. */

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
