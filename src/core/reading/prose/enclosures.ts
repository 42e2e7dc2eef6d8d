/** Brackets around a number in code: the object or list it stands in, the name of that, and what is said beside the number. */
import { wordsOf } from '../names/fieldNames.ts';
import { ObjectFacts, pairsIn } from '../names/objectFacts.ts';

/** An opening bracket further away says nothing about a number. */
const farthest = 4_000;
/** Of what stands in brackets only so much is looked at. */
const longest = 400;
/** Only where one of these stands, pairs of keys and words say something. */
const telling = /type|name|key|property|field|identifier|_DEFINED/i;
const mostOpen = 400;

export class Enclosures {
  readonly #text: string;
  #at = 0;
  /** Offsets of the brackets that are open at `#at`, outermost first. */
  readonly #open: number[] = [];
  /** The names of what they belong to, empty for none; each is looked for once, when a number in it first asks. */
  readonly #names: (string | undefined)[] = [];
  #factsOf = -1;
  #facts = new ObjectFacts();

  constructor(text: string) {
    // Nothing of the text is looked at yet: each table in it has an object of this class for its own cells.
    this.#text = text;
  }

  /** What is said in the innermost brackets around this place; undefined where none are open. Places are asked for in order. */
  factsAt(offset: number): ObjectFacts | undefined {
    this.#moveTo(offset);
    const open = this.#open.at(-1);
    if (open === undefined || offset - open > farthest) return undefined;
    if (this.#factsOf !== open) {
      this.#factsOf = open;
      this.#facts = new ObjectFacts();
      const around = this.#text.slice(Math.max(open, offset - longest), offset + longest);
      if (telling.test(around)) {
        for (const [key, value] of pairsIn(this.#within(open, offset))) this.#facts.learn(key, value);
      }
    }
    return this.#facts;
  }

  /** The names of what the brackets around this place belong to, the nearest first: `deal` in `deal: { id: 5`. */
  holdersAt(offset: number): string[] {
    this.#moveTo(offset);
    const names: string[] = [];
    for (let depth = this.#open.length - 1; depth >= 0 && names.length < 4; depth--) {
      const open = this.#open[depth]!;
      if (offset - open > farthest) break;
      const name = this.#names[depth] ?? this.#nameBefore(open);
      this.#names[depth] = name;
      if (name !== '') names.push(name);
    }
    return names;
  }

  #nameBefore(open: number): string {
    const name = holder.exec(this.#text.slice(Math.max(0, open - 60), open))?.[1];
    return name === undefined || wordsOf(name).length === 0 ? '' : name.slice(name.lastIndexOf('.') + 1);
  }

  #moveTo(offset: number): void {
    const text = this.#text;
    const open = this.#open;
    const top = this.#topLine(offset);
    if (top > this.#at) {
      this.#at = top;
      open.length = this.#names.length = 0;
    }
    for (; this.#at < offset; this.#at++) {
      const code = text.charCodeAt(this.#at);
      if (isOpening(code)) {
        if (open.length < mostOpen) open.push(this.#at);
      } else if (isClosing(code) && open.length > 0) this.#close(code);
    }
  }

  /** What is closed in the wrong order closes what was opened since. */
  #close(code: number): void {
    const open = this.#open;
    const fits = closes(this.#text.charCodeAt(open.pop()!), code);
    if (!fits && open.length > 0 && closes(this.#text.charCodeAt(open.at(-1)!), code)) open.pop();
    if (this.#names.length > open.length) this.#names.length = open.length;
  }

  /** The start of the line at or above this place that is in no brackets, as a line of a log or a statement is; at most some way up. */
  #topLine(offset: number): number {
    const least = Math.max(this.#at, offset - farthest);
    for (let start = offset; start > least; start--) {
      if (this.#text.charCodeAt(start - 1) === 10 && outermost.test(this.#text.slice(start, start + 5))) return start;
    }
    return least;
  }

  /** What stands in the brackets themselves, brackets inside left out, from the opening one to a little behind `offset`. */
  #within(open: number, offset: number): string {
    const text = this.#text;
    const end = Math.min(text.length, offset + longest);
    let depth = 0;
    let within = '';
    let from = Math.max(open + 1, offset - longest);
    for (let at = from; at < end; at++) {
      const code = text.charCodeAt(at);
      if (isOpening(code)) {
        if (depth === 0) within += text.slice(from, at);
        depth++;
      } else if (isClosing(code)) {
        if (depth === 0) return within + text.slice(from, at);
        depth--;
        from = at + 1;
      }
    }
    return depth === 0 ? within + text.slice(from, end) : within;
  }
}

/** `deal: {`, `deal = new Deal {`, and as a console shows it `companies: CollectionResponse {`. */
const holder =
  /([\p{L}_$][\p{L}\p{N}_$.]*)["'\])]*\s*(?:(?:=>|[:=])\s*(?:\p{Lu}\w*\s*)?|(?:=>|[:=])?\s*(?:new\s+\w+\s*)?)$/u;

/** A word or a day where a line starts. */
const outermost = /^(?:\p{L}|\d{4}-)/u;

function isOpening(code: number): boolean {
  return code === 123 || code === 91 || code === 40;
}

function isClosing(code: number): boolean {
  return code === 125 || code === 93 || code === 41;
}

function closes(open: number, close: number): boolean {
  return close === open + 2 || (open === 40 && close === 41);
}
