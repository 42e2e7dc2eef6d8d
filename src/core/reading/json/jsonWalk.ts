/**
 * Walks through JSON, JSON with comments, several values one after the other (NDJSON) and broken JSON, and gives every value
 * with its place. Needs no stack of calls, so nesting may be as deep as it likes, and takes a long text in pieces.
 */
import { createScanner, type JSONScanner } from 'jsonc-parser';
import { finished, type Left, lengthOfStep, type Steps } from '../../domain/steps.ts';
import { hasDigit, lineBreaks } from '../characters/characters.ts';
import { type Gap, gapAfter, longStringAt, longWordEnd, nearToken, startsLong, wordEnd } from './longStrings.ts';

/** Kinds of tokens as jsonc-parser numbers them; its own names for them exist only at compile time. */
export const tokenKinds = {
  OpenBraceToken: 1,
  CloseBraceToken: 2,
  OpenBracketToken: 3,
  CloseBracketToken: 4,
  CommaToken: 5,
  ColonToken: 6,
  NullKeyword: 7,
  TrueKeyword: 8,
  FalseKeyword: 9,
  StringLiteral: 10,
  NumericLiteral: 11,
  Unknown: 16,
  EOF: 17,
} as const;

/** A few milliseconds. */
const tokensOfStep = 10_000;
const mostKeys = 100_000;
/** Below this, paths no longer grow; a text nested so deep says nothing by its depth. */
const deepest = 100;
const isNumber = /^\d+$/;

/** A place in the structure, the same for every element of a list: `results[].from.id`. */
export class JsonPath {
  readonly name: string;
  readonly parent: JsonPath | undefined;
  readonly isList: boolean;
  readonly depth: number;
  #onlyChild: JsonPath | undefined;
  #children: Map<string, JsonPath> | undefined;
  #list: JsonPath | undefined;
  #text: string | undefined;

  constructor(name = '', parent?: JsonPath, isList = false) {
    this.name = name;
    this.parent = parent;
    this.isList = isList;
    this.depth = parent ? parent.depth + 1 : 0;
  }

  /** The path of a key in an object at this path. Keys that are numbers share one path. */
  child(key: string): JsonPath {
    if (this.depth >= deepest && this.parent) return this.parent.child(key);
    // Most objects deep down have one key that matters; only the others need a map.
    if (this.#onlyChild?.name === key) return this.#onlyChild;
    if (!this.#onlyChild && !isNumber.test(key)) {
      this.#onlyChild = new JsonPath(key, this);
      return this.#onlyChild;
    }
    this.#children ??= new Map();
    const known = this.#children.get(key);
    if (known) return known;
    // An object with very many different keys is a map, and its keys are data.
    const name = isNumber.test(key) || this.#children.size >= mostKeys ? '*' : key;
    const child = this.#children.get(name) ?? new JsonPath(name, this);
    this.#children.set(name, child);
    return child;
  }

  /** The path of the elements of a list at this path. */
  get elements(): JsonPath {
    if (this.depth >= deepest && this.isList) return this;
    this.#list ??= new JsonPath(this.name, this.depth >= deepest ? this.parent : this, true);
    return this.#list;
  }

  /** Such as `results[].from.id`; the deepest part of very deep ones. */
  get text(): string {
    if (this.#text === undefined) {
      const parts: string[] = [];
      let path: JsonPath | undefined = this;
      for (; path && parts.length < 40; path = path.parent)
        parts.push(path.isList ? '[]' : path.parent ? `.${path.name}` : '');
      this.#text = parts.reverse().join('').replace(/^\./, '');
    }
    return this.#text;
  }
}

export interface JsonValue {
  /** Where the value's characters start and end: of a string, what is between its quotes. */
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly isString: boolean;
  readonly path: JsonPath;
}

/** What is left of a visit is done before the next one. */
export interface JsonVisitor {
  /** A string, a number or a word that is no JSON. Constants (true, false, null) are left out. */
  value(value: JsonValue): Left;
  /** Takes what stands between tokens and has digits in it: comments. */
  comment?(start: number, end: number, line: number): Left;
  key?(key: string, start: number, end: number, line: number): Left;
  open?(path: JsonPath, isArray: boolean): void;
  close?(path: JsonPath, isArray: boolean): Left;
}

interface Frame {
  readonly isArray: boolean;
  readonly path: JsonPath;
  /** The path of the value that comes next; in an object undefined while a key is expected. */
  next: JsonPath | undefined;
  /** A value was given and no comma since. */
  hasValue: boolean;
}

export class JsonWalk {
  readonly root = new JsonPath();
  /** Complete values at the top level. */
  values = 0;
  tokens = 0;
  /** Tokens that are no JSON, or stand where they should not. */
  faults = 0;
  /** Those among them where a bracket, a comma or a quote is missing: nobody knows what belongs to what there. */
  breaks = 0;
  /** Words outside of all brackets, as other texts than JSON have them. */
  strangers = 0;
  line = 0;
  readonly #visitor: JsonVisitor;
  readonly #frames: Frame[] = [];

  constructor(visitor: JsonVisitor) {
    this.#visitor = visitor;
  }

  get depth(): number {
    return this.#frames.length;
  }

  /**
   * Walks through the next piece and returns how much of it is done; the rest has to come again in front of the following
   * piece. `final` says that none follows.
   */
  walk(text: string, final: boolean): number {
    return finished(this.walking(text, final));
  }

  /** The same, in steps. */
  *walking(text: string, final: boolean): Steps<number> {
    const scanner = createScanner(text, true);
    const firstLine = this.line;
    let done = 0;
    let skippedLines = 0;
    let next = lengthOfStep;
    while (true) {
      const behind = scanner.getPosition();
      const near = nearToken(text, behind);
      const gap = near === undefined ? yield* gapAfter(text, behind) : undefined;
      const start = gap?.end ?? near!;
      if (gap) scanner.setPosition(start);
      const isLong = startsLong(text, start);
      const token = isLong ? yield* longToken(text, start, scanner) : scanned(scanner, text);
      // The library has not seen these.
      if (gap || isLong) skippedLines += linesIn(text, behind, start, gap);
      if (token.kind === tokenKinds.EOF) {
        if (!final) return done;
        yield* this.#between(text, behind, text.length, gap) ?? [];
        return text.length;
      }
      if (!final && token.end >= text.length) return done;
      this.line = firstLine + skippedLines + scanner.getTokenStartLine();
      const before = this.#between(text, behind, token.start, gap);
      if (before) yield* before;
      this.tokens++;
      if (this.tokens % tokensOfStep === 0 || token.end > next) {
        yield;
        next = token.end + lengthOfStep;
      }
      this.faults += Number(token.isFault);
      const left = this.#token(text, token);
      if (left) yield* left;
      done = token.end;
    }
  }

  #between(text: string, from: number, to: number, gap: Gap | undefined): Left {
    const isBlank = gap ? !gap.hasComment : to - from <= 2;
    if (!this.#visitor.comment || isBlank || !hasDigit(text, from, to)) return undefined;
    // The line is that of the token behind it, or at the text's end of the one before.
    const isLast = to === text.length;
    return this.#visitor.comment(from, to, isLast ? this.line : this.line - linesIn(text, from, to, gap));
  }

  #token(text: string, { kind, start, end, value }: Token): Left {
    const frame = this.#frames.at(-1);
    switch (kind) {
      case tokenKinds.OpenBraceToken:
      case tokenKinds.OpenBracketToken:
        this.#open(frame, kind === tokenKinds.OpenBracketToken);
        return undefined;
      case tokenKinds.CloseBraceToken:
      case tokenKinds.CloseBracketToken:
        return this.#close(frame, kind === tokenKinds.CloseBracketToken);
      case tokenKinds.CommaToken:
        if (!frame) return undefined;
        frame.hasValue = false;
        if (!frame.isArray) frame.next = undefined;
        return undefined;
      case tokenKinds.ColonToken:
        if (!frame || frame.isArray) this.#break();
        return undefined;
      case tokenKinds.StringLiteral: {
        const isClosed = end - start > 1 && text.charCodeAt(end - 1) === 34;
        if (!isClosed) this.breaks++;
        return this.#string(frame, value, start + 1, isClosed ? end - 1 : end);
      }
      case tokenKinds.NumericLiteral:
        return this.#value(frame, start, end, false);
      case tokenKinds.Unknown:
        if (text.charCodeAt(start) === 0xfeff)
          return end - start > 1 ? this.#value(frame, start + 1, end, true) : undefined;
        this.faults++;
        if (!frame) this.strangers++;
        return this.#value(frame, start, end, true);
      default:
        this.#takePath(frame);
        return undefined;
    }
  }

  #open(frame: Frame | undefined, isArray: boolean): void {
    const path = this.#takePath(frame);
    this.#frames.push({ isArray, path, next: isArray ? path.elements : undefined, hasValue: false });
    this.#visitor.open?.(path, isArray);
  }

  #close(frame: Frame | undefined, isArray: boolean): Left {
    if (frame?.isArray !== isArray) this.#break();
    if (!frame) return undefined;
    this.#frames.pop();
    if (this.#frames.length === 0) this.values++;
    return this.#visitor.close?.(frame.path, frame.isArray);
  }

  /** A string in an object is a key until one was given. */
  #string(frame: Frame | undefined, string: string, start: number, end: number): Left {
    if (frame && !frame.isArray && frame.next === undefined) return this.#key(frame, string, start, end);
    return this.#value(frame, start, end, true);
  }

  #key(frame: Frame, key: string, start: number, end: number): Left {
    if (frame.hasValue) this.#break();
    frame.hasValue = false;
    frame.next = frame.path.child(key);
    return this.#visitor.key?.(key, start, end, this.line);
  }

  #value(frame: Frame | undefined, start: number, end: number, isString: boolean): Left {
    const path = this.#takePath(frame);
    if (!frame) this.values++;
    return this.#visitor.value({ start, end, line: this.line, isString, path });
  }

  #break(): void {
    this.faults++;
    this.breaks++;
  }

  #takePath(frame: Frame | undefined): JsonPath {
    if (!frame) return this.root;
    const path = frame.next ?? frame.path.child('');
    if (!frame.isArray && !frame.next) this.breaks++;
    if (frame.hasValue) this.#break();
    frame.hasValue = true;
    // Where a comma is missing, the next string is a key all the same.
    if (!frame.isArray) frame.next = undefined;
    return path;
  }
}

interface Token {
  readonly kind: number;
  readonly start: number;
  readonly end: number;
  readonly isFault: boolean;
  /** What a string says. */
  readonly value: string;
}

/** A string that is too long to be anything but prose, or a word that is too long to be anything. */
function* longToken(text: string, from: number, scanner: JSONScanner): Steps<Token> {
  if (text.charCodeAt(from) !== 34) {
    const end = yield* longWordEnd(text, from);
    scanner.setPosition(end);
    return { kind: tokenKinds.Unknown, start: from, end, isFault: false, value: '' };
  }
  const { start, end, isClosed } = yield* longStringAt(text, from);
  scanner.setPosition(end);
  return { kind: tokenKinds.StringLiteral, start, end, isFault: !isClosed, value: '' };
}

/** The next token. 007 and 12ab are one word each, not a number and the next thing. */
function scanned(scanner: JSONScanner, text: string): Token {
  const kind: number = scanner.scan();
  const start = scanner.getTokenOffset();
  const tokenEnd = start + scanner.getTokenLength();
  const isFault = scanner.getTokenError() !== 0;
  const end = kind === tokenKinds.NumericLiteral ? wordEnd(text, tokenEnd, text.length) : tokenEnd;
  if (end > tokenEnd) {
    scanner.setPosition(end);
    return { kind: tokenKinds.Unknown, start, end, isFault: scanner.getTokenError() !== 0, value: '' };
  }
  return { kind, start, end, isFault, value: kind === tokenKinds.StringLiteral ? scanner.getTokenValue() : '' };
}

function linesIn(text: string, from: number, to: number, gap: Gap | undefined): number {
  return gap?.lines ?? lineBreaks(text, from, to);
}
