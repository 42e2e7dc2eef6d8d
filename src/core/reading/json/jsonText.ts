/** Reads the record ids of JSON by the keys they stand under, and the types of records by what stands beside them. */

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
import type { Steps } from '../steps.ts';
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
      close: (_, isArray) => {
        if (!isArray) this.#close();
      },
    });
  }

  /** Reads the whole text. Ids are not settled yet: the caller may decide that this is no JSON after all. */
  *read(): Steps<void> {
    yield* this.walk.walking(this.#text, true);
    while (this.#objects.length > 0) this.#close();
    for (const role of ['from', 'to'] as const) {
      if (this.#pairs[role].size === 1) this.#type(role, 0, [...this.#pairs[role]][0]!, 'key');
    }
  }

  #key(key: string, start: number, end: number, line: number): void {
    if (!hasLongNumber(key, 0, key.length)) return;
    if (!/^[1-9]\d+$/.test(key) || key.length !== end - start) this.#comment(start, end, line);
    else if (key.length > mostDigits) this.#reading.ignore(start, end - start, line, 'tooLong');
    else this.#reading.doubt(start, end - start, line, isMaybeTime(key, 0, key.length) ? 'maybeTime' : 'keyUnclear');
  }

  /** Records that a comment speaks of are other ones than those of the values. */
  #comment(start: number, end: number, line: number): void {
    this.#prose = { name: 'comments', role: 'associated' };
    this.#freeText.read(start, end, line);
  }

  #value(value: JsonValue): void {
    if (value.isString) this.#learn(value);
    const isSlot = slots.has(value.path.name);
    const meaning = isSlot ? undefined : this.#meaningAt(value.path);
    if (this.#objects.length > 0 && (isSlot || meaning?.kind === 'id')) {
      this.#waiting[this.#waiting.length - 1] ??= [];
      this.#waiting.at(-1)!.push(value);
    } else this.#judge(value, meaning ?? this.#meaningAt(value.path));
  }

  #meaningAt(path: JsonPath): NameMeaning {
    const known = this.#meanings.get(path) ?? meaningAt(path);
    this.#meanings.set(path, known);
    return known;
  }

  #judge(value: JsonValue, meaning: NameMeaning): void {
    const { start, end, line, path } = value;
    if (!hasDigit(this.#text, start, end)) {
      if (path.isList && this.#endsLine(end)) this.#string(value);
      return;
    }
    const before = this.candidates.places.length;
    if (end === this.#text.length && this.walk.depth > 0) this.#cutOff(start, end, line);
    else if (meaning.kind === 'recordId') {
      this.#prose = { name: path.text, role: isHubSpotUrl(this.#text, start, end) ? meaning.role : 'associated' };
      judgeCell(start, end, line, this.candidates.source(path.text, meaning.role, meaning.objectType), this.#cells);
    } else this.#judgeOther(value, meaning);
    this.#noteUntyped(before);
  }

  /** Keeps in mind which of the candidates from this one on have no type, as the object they stand in may tell it. */
  #noteUntyped(first: number): void {
    for (let index = first; index < this.candidates.places.length; index++) {
      const role = this.candidates.roleOf(index);
      if (!this.candidates.isTyped(index) && (role === 'record' || role === 'from' || role === 'to'))
        this.#untyped[role].push(index);
    }
  }

  /** Where the text ends inside a value, digits may be missing. */
  #cutOff(start: number, end: number, line: number): void {
    const isNumber = isIdNumber(this.#text.slice(start, Math.min(end, start + 20)));
    if (isNumber) this.#reading.doubt(start, end - start, line, 'cutOff');
    else if (hasLongNumber(this.#text, start, end)) this.#comment(start, end, line);
  }

  /** A value under a key that does not say "record id". */
  #judgeOther(value: JsonValue, meaning: NameMeaning): void {
    const text = this.#text;
    const reading = this.#reading;
    const { start, end, line } = value;
    const length = end - start;
    const shape = length <= 64 && !/\s/.test(text.slice(start, end)) ? shapeOf(text, start, end) : undefined;
    if (shape === 'number') this.#number(value, meaning);
    else if (meaning.kind === 'other' && (shape === 'decimal' || shape === 'partOfWord')) {
      reading.ignore(start, length, line, reasonFor(meaning.reason, length));
    } else if (shape && shape !== 'partOfWord' && !text.slice(start, end).includes('/'))
      reading.ignore(start, length, line, shape);
    else this.#string(value);
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
  #string({ start, end, line, path }: JsonValue): void {
    const goesOn = path.isList && this.#lastString === path;
    const speaks = path.name !== nextPage && isHubSpotUrl(this.#text, start, end);
    this.#prose = { name: path.text, role: speaks ? 'record' : 'associated' };
    this.#freeText.read(start, end, line, goesOn);
    this.#lastString = path.isList && this.#endsLine(end) ? path : undefined;
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
    const known = this.#objects[last];
    if (known) return known;
    const facts = new ObjectFacts();
    this.#objects[last] = facts;
    return facts;
  }

  #close(): void {
    const object = this.#objects.pop();
    const first = this.#firsts.pop()!;
    for (const value of this.#waiting.pop() ?? []) this.#judge(value, inSlot(value.path, object));
    if (!object) return;
    if (object.isForeign) this.#disown(first);
    if (object.isAssociationType) this.#disownTypeIds(first);
    if (object.type) this.#type('record', first, object.type, 'key');
    else if (object.toType && !this.#hasEnds(first)) this.#type('record', first, object.toType, 'key');
    const from = object.fromType ?? object.type;
    if (from) this.#type('from', first, from, 'key');
    if (object.toType) this.#type('to', first, object.toType, 'key');
  }

  /** True where ids of both ends of an association stand: `{ "type": "contact_to_company", "id": 5 }` is one of the companies. */
  #hasEnds(first: number): boolean {
    return this.#untyped.from.some((index) => index >= first) || this.#untyped.to.some((index) => index >= first);
  }

  /** The untyped ids from `first` on are of something that is no record. */
  #disown(first: number): void {
    const untyped = this.#untyped.record;
    while (untyped.length > 0 && untyped.at(-1)! >= first) this.candidates.disown(untyped.pop()!);
  }

  /** `{ "category": "HUBSPOT_DEFINED", "id": 280 }`: the id of an association's type. */
  #disownTypeIds(first: number): void {
    const { places } = this.candidates;
    for (let index = first; index < places.length; index++) {
      const offset = places.offset(index);
      const isId = /"id"\s*:\s*"?$/.test(this.#text.slice(Math.max(0, offset - 12), offset));
      if (!isId || places.size(index) > longestAssociationTypeId) continue;
      this.candidates.disown(index);
      this.#untyped.record = this.#untyped.record.filter((untyped) => untyped !== index);
    }
  }

  /** Gives the ids of this role from `first` on that have no type yet this one. */
  #type(role: 'record' | 'from' | 'to', first: number, objectType: string, why: TypeEvidence): void {
    const untyped = this.#untyped[role];
    while (untyped.length > 0 && untyped.at(-1)! >= first) this.candidates.retype(untyped.pop()!, objectType, why);
  }
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

function inSlot(path: JsonPath, object: ObjectFacts | undefined): NameMeaning {
  // "id" of nothing in particular: `"links": [{ "type": "company", "id": 5 }]`.
  if (!slots.has(path.name)) {
    if (object?.type) return recordOf(object.type, 'associated');
    // `{ "type": "contact_to_company", "id": 5 }` is one of the companies.
    return object?.toType ? recordOf(object.toType, 'to') : meaningAt(path);
  }
  const told = object?.inSlot(path.name);
  if (told && told.kind !== 'unknown') return told;
  if (path.name === 'from' || path.name === 'to') return meaningAt(path);
  const held = meaningAt(holderOf(path));
  // One of many values of which nothing says what they are.
  const isOneOfMany = holderOf(path).isList && held.kind === 'recordId' && held.objectType === undefined;
  return isOneOfMany ? { kind: 'unknown' } : held;
}
