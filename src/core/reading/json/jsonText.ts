/** Reads the record ids of JSON by the keys they stand under, and the types of records by what stands beside them. */

import { finished, type Left, lengthOfStep, type Steps } from '../../domain/steps.ts';
import { hasDigit } from '../characters/characters.ts';
import { Candidates } from '../found/candidates.ts';
import type { Reading, TypeEvidence } from '../found/reading.ts';
import { type IgnoredReason, reasonFor } from '../found/reasons.ts';
import { type CellReader, cellReader, judgeCell } from '../list/judgeValue.ts';
import { type NameMeaning, type Role, recordOf } from '../names/fieldNames.ts';
import { isTelling, ObjectFacts, typesOfAssociation } from '../names/objectFacts.ts';
import { FreeText } from '../prose/freeText.ts';
import { isHubSpotUrl } from '../prose/hubSpotUrls.ts';
import { shapeOf } from '../shapes/tokenShape.ts';
import {
  hasLongNumber,
  isIdNumber,
  isMaybeTime,
  leastLong,
  longestAssociationTypeId,
  mostDigits,
  noId,
} from '../shapes/wholeNumbers.ts';
import { type JsonPath, type JsonValue, JsonWalk } from './jsonWalk.ts';
import { holderOf, meaningAt } from './pathMeaning.ts';

export class JsonText {
  readonly walk: JsonWalk;
  readonly candidates = new Candidates();
  readonly #text: string;
  readonly #reading: Reading;
  readonly #freeText: FreeText;
  readonly #cells: CellReader;
  readonly #meanings = new Map<JsonPath, NameMeaning>();
  /** The objects that are open, with what they said so far. */
  readonly #objects: (ObjectFacts | undefined)[] = [];
  /** For each of them, the values that wait for what the whole object says: `value`, `from`, `to`. */
  readonly #waiting: (JsonValue[] | undefined)[] = [];
  /** The string that was read last, if the next one in its list may go on with it. */
  #lastString: JsonPath | undefined;
  /** For each of them, the first candidate that stands in it. */
  readonly #firsts: number[] = [];
  /** Candidates of which no object around them has said yet that they are ids of an association's type. Rising, as the next ones are. */
  readonly #unchecked: number[] = [];
  readonly #untyped: Record<'record' | 'from' | 'to', number[]> = { record: [], from: [], to: [] };
  readonly #pairs = { from: new Set<string>(), to: new Set<string>() };
  /** Where ids in the prose of the string that is being read belong. */
  #prose: { name: string; role: Role } = { name: '', role: 'record' };

  constructor(text: string, reading: Reading) {
    this.#text = text;
    this.#reading = reading;
    const { candidates } = this;
    this.#freeText = new FreeText(text, reading, {
      source: (_name, _role, objectType, why) => candidates.source(this.#prose.name, this.#prose.role, objectType, why),
      add: (offset, length, line, source) => candidates.add(offset, length, line, source),
    });
    this.#cells = cellReader(text, reading, candidates, this.#freeText);
    this.walk = new JsonWalk({
      value: (value) => this.#value(value),
      key: (key, start, end, line) => this.#key(key, start, end, line),
      comment: (start, end, line) => this.#comment(start, end, line),
      open: (_, isArray) => {
        if (isArray) return;
        this.#objects.push(undefined);
        this.#waiting.push(undefined);
        this.#firsts.push(candidates.places.length);
      },
      close: (_, isArray) => (isArray ? undefined : this.#close()),
    });
  }

  /** Reads the whole text. Ids are not settled yet: the caller may decide that this is no JSON after all. */
  *read(): Steps<void> {
    yield* this.walk.walking(this.#text, true);
    while (this.#objects.length > 0) {
      if (this.#objects.length % objectsOfStep === 0) yield;
      const left = this.#close();
      if (left) yield* left;
    }
    for (const role of ['from', 'to'] as const) {
      if (this.#pairs[role].size === 1) yield* this.#typing(role, 0, [...this.#pairs[role]][0]!, 'key');
    }
  }

  #key(key: string, start: number, end: number, line: number): Left {
    if (!hasLongNumber(key, 0, key.length)) return undefined;
    if (!/^[1-9]\d+$/.test(key) || key.length !== end - start) return this.#comment(start, end, line);
    if (key.length > mostDigits) this.#reading.ignore(start, end - start, line, 'tooLong');
    else this.#reading.doubt(start, end - start, line, isMaybeTime(key, 0, key.length) ? 'maybeTime' : 'keyUnclear');
    return undefined;
  }

  /** Records that a comment speaks of are other ones than those of the values. */
  #comment(start: number, end: number, line: number): Left {
    this.#prose = { name: 'comments', role: 'associated' };
    return this.#freeText.read(start, end, line);
  }

  #value(value: JsonValue): Left {
    if (value.isString) this.#learn(value);
    const isSlot = slots.has(value.path.name);
    const meaning = isSlot ? undefined : this.#meaningAt(value.path);
    if (this.#objects.length === 0 || !(isSlot || meaning?.kind === 'id'))
      return this.#judge(value, meaning ?? this.#meaningAt(value.path));
    this.#waiting[this.#waiting.length - 1] ??= [];
    this.#waiting.at(-1)!.push(value);
    return undefined;
  }

  #meaningAt(path: JsonPath): NameMeaning {
    const known = this.#meanings.get(path) ?? meaningAt(path);
    this.#meanings.set(path, known);
    return known;
  }

  #judge(value: JsonValue, meaning: NameMeaning): Left {
    const { start, end, path } = value;
    if (end - start <= lengthOfStep && !hasDigit(this.#text, start, end))
      return path.isList && this.#endsLine(end) ? this.#string(value) : undefined;
    const before = this.candidates.places.length;
    const left = this.#judgeDigits(value, meaning);
    if (left) return this.#judging(left, before);
    this.#noteUntyped(before);
    return undefined;
  }

  *#judging(left: Steps<void>, before: number): Steps<void> {
    yield* left;
    this.#noteUntyped(before);
  }

  /** A value that has digits, or is too long to look for them beforehand. */
  #judgeDigits(value: JsonValue, meaning: NameMeaning): Left {
    const { start, end, line, path } = value;
    if (end === this.#text.length && this.walk.depth > 0) return this.#cutOff(start, end, line);
    if (meaning.kind !== 'recordId') return this.#judgeOther(value, meaning);
    this.#prose = { name: path.text, role: isHubSpotUrl(this.#text, start, end) ? meaning.role : 'associated' };
    const source = this.candidates.source(path.text, meaning.role, meaning.objectType);
    return judgeCell(start, end, line, source, this.#cells);
  }

  /** Keeps in mind which of the candidates from this one on have no type, as the object they stand in may tell it. */
  #noteUntyped(first: number): void {
    for (let index = first; index < this.candidates.places.length; index++) {
      const role = this.candidates.roleOf(index);
      this.#unchecked.push(index);
      if (!this.candidates.isTyped(index) && (role === 'record' || role === 'from' || role === 'to'))
        this.#untyped[role].push(index);
    }
  }

  /** Where the text ends inside a value, digits may be missing. */
  #cutOff(start: number, end: number, line: number): Left {
    const isNumber = isIdNumber(this.#text.slice(start, Math.min(end, start + 20)));
    if (isNumber) this.#reading.doubt(start, end - start, line, 'cutOff');
    else if (end - start > lengthOfStep || hasLongNumber(this.#text, start, end))
      return this.#comment(start, end, line);
    return undefined;
  }

  /** A value under a key that does not say "record id". */
  #judgeOther(value: JsonValue, meaning: NameMeaning): Left {
    const text = this.#text;
    const reading = this.#reading;
    const { start, end, line } = value;
    const length = end - start;
    const shape = length <= 64 && !/\s/.test(text.slice(start, end)) ? shapeOf(text, start, end) : undefined;
    const isPlain = meaning.kind === 'other' && (shape === 'decimal' || shape === 'partOfWord');
    if (shape === 'number') this.#number(value, meaning);
    else if (isPlain) reading.ignore(start, length, line, reasonFor(meaning.reason, length));
    else if (shape && shape !== 'partOfWord' && !text.slice(start, end).includes('/'))
      reading.ignore(start, length, line, shape);
    else return this.#string(value);
    return undefined;
  }

  /** A bare number under a key that does not say "record id". */
  #number({ start, end, line }: JsonValue, meaning: NameMeaning): void {
    const length = end - start;
    const reason = noId(this.#text.charCodeAt(start), length) ?? reasonUnder(meaning, length);
    const isTime = meaning.kind !== 'id' && isMaybeTime(this.#text, start, length);
    if (reason) this.#reading.ignore(start, length, line, reason);
    else this.#reading.doubt(start, length, line, isTime ? 'maybeTime' : 'keyUnclear');
  }

  /** Addresses of records speak for the object they are in; what stands in prose is about other records. */
  #string({ start, end, line, path }: JsonValue): Left {
    const goesOn = path.isList && this.#lastString === path;
    const speaks = path.name !== nextPage && isHubSpotUrl(this.#text, start, end);
    this.#prose = { name: path.text, role: speaks ? 'record' : 'associated' };
    this.#lastString = path.isList && this.#endsLine(end) ? path : undefined;
    return this.#freeText.read(start, end, line, goesOn);
  }

  /** True of the lines of a program, as notebooks keep them. */
  #endsLine(end: number): boolean {
    return this.#text.startsWith('\\n', end - 2);
  }

  /** Takes from a string what it says about the types of the ids around it. */
  #learn({ start, end, path }: JsonValue): void {
    const key = path.name;
    if (this.#objects.length === 0 || end - start > 100 || !isTelling(key)) return;
    const value = this.#text.slice(start, end);
    this.#facts().learn(key, value);
    const types = key === 'type' || key === 'associationType' ? typesOfAssociation(value) : undefined;
    if (!types) return;
    this.#pairs.from.add(types.from);
    this.#pairs.to.add(types.to);
  }

  /** What the innermost open object said. */
  #facts(): ObjectFacts {
    const last = this.#objects.length - 1;
    this.#objects[last] ??= new ObjectFacts();
    return this.#objects[last];
  }

  #close(): Left {
    const object = this.#objects.pop();
    const first = this.#firsts.pop()!;
    const waiting = this.#waiting.pop();
    if (!object && !waiting) return undefined;
    const closing = this.#closing(object, first, waiting ?? []);
    const isLarge = this.candidates.places.length - first + (waiting?.length ?? 0) > candidatesOfStep;
    if (isLarge || waiting?.some(({ start, end }) => end - start > lengthOfStep)) return closing;
    finished(closing);
    return undefined;
  }

  *#closing(object: ObjectFacts | undefined, first: number, waiting: readonly JsonValue[]): Steps<void> {
    let judged = 0;
    for (const value of waiting) {
      if (++judged % candidatesOfStep === 0) yield;
      const left = this.#judge(value, this.#inSlot(value.path, object));
      if (left) yield* left;
    }
    if (!object) return;
    if (object.isForeign) yield* this.#disowning(first);
    if (object.isAssociationType) yield* this.#disowningTypeIds(first);
    const { toType, type } = object;
    if (type) yield* this.#typing('record', first, type, 'key');
    else if (toType && !this.#hasEnds(first)) yield* this.#typing('record', first, toType, 'key');
    const from = object.fromType ?? type;
    if (from) yield* this.#typing('from', first, from, 'key');
    if (toType) yield* this.#typing('to', first, toType, 'key');
  }

  /** What a value is that waited for what its whole object says. */
  #inSlot(path: JsonPath, object: ObjectFacts | undefined): NameMeaning {
    // "id" of nothing in particular: `"links": [{ "type": "company", "id": 5 }]`.
    if (!slots.has(path.name)) {
      if (object?.type) return recordOf(object.type, 'associated');
      // `{ "type": "contact_to_company", "id": 5 }` is one of the companies.
      return object?.toType ? recordOf(object.toType, 'to') : this.#meaningAt(path);
    }
    const told = object?.inSlot(path.name);
    if (told && told.kind !== 'unknown') return told;
    if (path.name === 'from' || path.name === 'to') return this.#meaningAt(path);
    const held = this.#meaningAt(holderOf(path));
    // One of many values of which nothing says what they are.
    const isOneOfMany = holderOf(path).isList && held.kind === 'recordId' && held.objectType === undefined;
    return isOneOfMany ? { kind: 'unknown' } : held;
  }

  /** True where ids of both ends of an association stand: `{ "type": "contact_to_company", "id": 5 }` is one of the companies. */
  #hasEnds(first: number): boolean {
    const { from, to } = this.#untyped;
    return (from.at(-1) ?? -1) >= first || (to.at(-1) ?? -1) >= first;
  }

  /** The untyped ids from `first` on are of something that is no record. */
  *#disowning(first: number): Steps<void> {
    for (const index of taken(this.#untyped.record, first)) {
      this.candidates.disown(index);
      if (index % candidatesOfStep === 0) yield;
    }
  }

  /** `{ "category": "HUBSPOT_DEFINED", "id": 280 }`: the id of an association's type. Objects around this one need not look again. */
  *#disowningTypeIds(first: number): Steps<void> {
    const { places } = this.candidates;
    for (const index of taken(this.#unchecked, first)) {
      if (index % candidatesOfStep === 0) yield;
      const offset = places.offset(index);
      const isId = /"id"\s*:\s*"?$/.test(this.#text.slice(Math.max(0, offset - 12), offset));
      if (isId && places.size(index) <= longestAssociationTypeId) this.candidates.disown(index);
    }
  }

  /** Gives the ids of this role from `first` on that have no type yet this one. */
  *#typing(role: 'record' | 'from' | 'to', first: number, objectType: string, why: TypeEvidence): Steps<void> {
    for (const index of taken(this.#untyped[role], first)) {
      if (index % candidatesOfStep === 0) yield;
      if (this.candidates.roleOf(index) === role) this.candidates.retype(index, objectType, why);
    }
  }
}

/** A few milliseconds. */
const candidatesOfStep = 5_000;
const objectsOfStep = 1_000;

/** Takes those from `first` on off the end of a rising list, each once, the last first. */
function* taken(indexes: number[], first: number): Generator<number, void, void> {
  while (indexes.length > 0 && indexes.at(-1)! >= first) yield indexes.pop()!;
}

/** The key of the address of more results: the record in it is the one that was asked about. */
const nextPage = 'link';

/** What these hold is said beside them: `{ "name": "amount", "value": 5 }`, `{ "from": 5, "to": 6, "type": "deal_to_contact" }`. */
const slots: ReadonlySet<string> = new Set(['value', 'values', 'propertyValue', 'from', 'to']);

/** Why a number of so many digits is no id under a name that says this. */
function reasonUnder(meaning: NameMeaning, digits: number): IgnoredReason | undefined {
  if (meaning.kind === 'other') return reasonFor(meaning.reason, digits);
  if (meaning.kind === 'id') return undefined;
  if (meaning.kind === 'container' && meaning.reason) return meaning.reason;
  return digits >= leastLong ? undefined : meaning.kind === 'type' ? 'count' : 'otherField';
}
