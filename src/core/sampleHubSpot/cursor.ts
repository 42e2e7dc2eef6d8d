/**
 * HubSpot's cursors as they arrive: base64 of "category ordinal - association type id - last record id", percent-encoded
 * (`MC0yLTc1MDI%3D` is `0-2-7502`). They have to come back exactly as they went out.
 */

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

export interface CursorPlace {
  readonly category: number;
  readonly typeId: number;
  readonly lastId: string;
}

export function encodeCursor(place: CursorPlace): string {
  const text = `${place.category}-${place.typeId}-${place.lastId}`;
  let encoded = '';
  for (let at = 0; at < text.length; at += 3) {
    const [one = 0, two = 0, three = 0] = [0, 1, 2].map((offset) => text.charCodeAt(at + offset) || 0);
    const bits = (one << 16) | (two << 8) | three;
    encoded += [18, 12, 6, 0].map((shift) => alphabet[(bits >> shift) & 63]).join('');
  }
  const padding = (3 - (text.length % 3)) % 3;
  return encodeURIComponent(encoded.slice(0, encoded.length - padding) + '='.repeat(padding));
}

/** Undefined for a cursor that this portal never gave out, a decoded or twice encoded one included. */
export function decodeCursor(cursor: string): CursorPlace | undefined {
  let text = '';
  let bits = 0;
  let held = 0;
  for (const letter of cursor
    .replaceAll('%2B', '+')
    .replaceAll('%2F', '/')
    .replace(/(?:%3D)+$/, '')) {
    bits = ((bits << 6) | alphabet.indexOf(letter)) & 0xffff;
    held += 6;
    if (held >= 8) {
      held -= 8;
      text += String.fromCharCode((bits >> held) & 0xff);
    }
  }
  const [, category, typeId, lastId] = /^(\d)-(\d+)-(\d+)$/.exec(text) ?? [];
  if (category === undefined || typeId === undefined || lastId === undefined) return undefined;
  const place = { category: Number(category), typeId: Number(typeId), lastId };
  return encodeCursor(place) === cursor ? place : undefined;
}
