/** The value of a JSON text, also of one with megabytes, while others have their turn. */

/** So many UTF-16 code units are given to JSON.parse at once, which takes some twenty milliseconds. */
const atOnce = 2_000_000;

/** So many are looked at between two turns of others. */
const lookedAtOnce = 100_000;

/** A list or an object inside of so many others is not taken apart: the types of an association stand in five. */
const deepest = 6;

/** A long text with more lists and objects inside of each other is not read: HubSpot's answers go down to about ten. */
const mostNested = 1000;

/** Nor is one with more keys in an object: a record of HubSpot has some thousand properties. */
const mostKeys = 100_000;

/**
 * What JSON.parse makes of the text. A long one is taken apart into pieces for it, in steps.
 * @param most UTF-16 code units that are given to it at once
 * @throws SyntaxError where JSON.parse throws one, and where a long text goes down a thousand levels or has more keys in an
 * object than there can be
 */
export function* parsingJson(text: string, most = atOnce): Generator<void, unknown, void> {
  return text.length > most ? yield* new Container(text, most).value() : JSON.parse(text);
}

/** A long text that should be one list or one object: its members are parsed as many together as make a piece. */
class Container {
  readonly #text: string;
  readonly #most: number;
  readonly #depth: number;
  readonly #made: unknown[] | Record<string, unknown>;
  readonly #open: number;
  /** Where the members begin that are not parsed yet. */
  #from: number;
  /** Of an object: also those that come twice. */
  #keys = 0;

  constructor(text: string, most: number, depth = 0) {
    this.#text = text;
    this.#most = most;
    this.#depth = depth;
    this.#open = afterBlanks(text, 0);
    this.#from = this.#open + 1;
    this.#made = text[this.#open] === '[' ? [] : {};
  }

  *value(): Generator<void, unknown, void> {
    const text = this.#text;
    const first = text[this.#open];
    if (this.#depth === deepest || (first !== '[' && first !== '{')) return JSON.parse(text);
    let member = this.#from;
    let nested = 0;
    let stepEnd = lookedAtOnce;
    for (let at = member; at < text.length; ) {
      if (at >= stepEnd) {
        stepEnd = at + lookedAtOnce;
        yield;
      }
      const code = text.charCodeAt(at);
      if (code === 34) {
        at = stringEnd(text, at);
        continue;
      }
      const isEnd = nested === 0 && isClosing(code);
      if (isEnd || (nested === 0 && code === 44)) {
        yield* this.#takeTo(at, member, isEnd);
        member = at + 1;
      }
      if (isEnd) return this.#ended(at);
      if (code === 91 || code === 123) nested++;
      else if (isClosing(code)) nested--;
      if (nested > mostNested) throw notJson();
      at++;
    }
    throw notJson();
  }

  /** A member ends here. @param member where it begins */
  *#takeTo(end: number, member: number, isLast: boolean): Generator<void, void, void> {
    const isEmpty = isLast && afterBlanks(this.#text, this.#open + 1) === end;
    if (isEmpty) return;
    if (end - member > this.#most) {
      if (member > this.#from) this.#takePiece(member - 1);
      yield* this.#takeLong(this.#text.slice(member, end));
      this.#from = end + 1;
    } else if (isLast || end - this.#from > this.#piece) {
      this.#takePiece(end);
      this.#from = end + 1;
      yield;
    }
  }

  /** An object of very many keys takes several times as long to make. */
  get #piece(): number {
    return Array.isArray(this.#made) ? this.#most : this.#most / 8;
  }

  /** The members up to here that are not parsed yet: one at least. */
  #takePiece(end: number): void {
    const piece = this.#text.slice(this.#from, end);
    if (afterBlanks(piece, 0) === piece.length) throw notJson();
    if (Array.isArray(this.#made)) for (const each of JSON.parse(`[${piece}]`)) this.#made.push(each);
    else this.#takeKeys(Object.entries(JSON.parse(`{${piece}}`)));
  }

  #takeKeys(members: readonly (readonly [string, unknown])[]): void {
    this.#keys += members.length;
    if (this.#keys > mostKeys) throw notJson();
    for (const [key, value] of members) setOwn(this.#made as Record<string, unknown>, key, value);
  }

  *#takeLong(member: string): Generator<void, void, void> {
    if (Array.isArray(this.#made)) {
      this.#made.push(yield* this.#within(member));
      return;
    }
    const start = afterBlanks(member, 0);
    if (member[start] !== '"') throw notJson();
    const keyEnd = stringEnd(member, start);
    const colon = afterBlanks(member, keyEnd);
    if (member[colon] !== ':') throw notJson();
    const key: string = JSON.parse(member.slice(start, keyEnd));
    this.#takeKeys([[key, yield* this.#within(member.slice(colon + 1))]]);
  }

  #within(text: string): Generator<void, unknown, void> {
    return new Container(text, this.#most, this.#depth + 1).value();
  }

  #ended(at: number): unknown {
    const text = this.#text;
    const isClosed = text[at] === (Array.isArray(this.#made) ? ']' : '}');
    if (!isClosed || afterBlanks(text, at + 1) < text.length) throw notJson();
    return this.#made;
  }
}

/** As JSON.parse does it: a key of an object never says what its prototype is. */
function setOwn(object: Record<string, unknown>, key: string, value: unknown): void {
  if (key !== '__proto__') object[key] = value;
  else Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
}

/** Behind the closing quote of the JSON string that starts at `start`; the end of the text where it has none. */
export function stringEnd(text: string, start: number): number {
  let at = start + 1;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 34) return at + 1;
    if (code === 92) at++;
  }
  return text.length;
}

function notJson(): SyntaxError {
  return new SyntaxError('not valid JSON');
}

/** Whether this is a bracket that closes a list or an object. */
export function isClosing(code: number): boolean {
  return code === 93 || code === 125;
}

/** What JSON allows between two parts of it, and nothing else that may look blank. */
function afterBlanks(text: string, from: number): number {
  const blanks = /[ \t\n\r]*/y;
  blanks.lastIndex = from;
  blanks.test(text);
  return blanks.lastIndex;
}
