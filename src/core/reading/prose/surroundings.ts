/** What the object, list or indented block around a number says of it, where the words before it leave that open. */
import { type KnownNames, meaningOfIdIn, type NameMeaning, recordOf, typeOfList } from '../names/fieldNames.ts';
import { ObjectFacts, pairsIn } from '../names/objectFacts.ts';
import { longestAssociationTypeId } from '../shapes/wholeNumbers.ts';
import { BlockOwners } from './blockOwners.ts';
import { Enclosures } from './enclosures.ts';
import { type NumberEvidence, other, recordEvidence } from './evidence.ts';

/** Where a number stands, and how far its piece of the text reaches. */
export interface Place {
  readonly lineStart: number;
  readonly start: number;
  readonly floor: number;
  readonly end: number;
}

/** True where what is around the number may add something. */
export function isOpen(evidence: NumberEvidence): boolean {
  if (evidence.kind === 'unclear') return evidence.known || evidence.slot !== undefined;
  if (evidence.kind !== 'record' || evidence.objectType !== undefined) return false;
  return evidence.role !== 'associated' && evidence.role !== 'merged';
}

export class Surroundings {
  readonly #blocks: BlockOwners;
  readonly #enclosures: Enclosures;

  readonly #text: string;
  readonly #names: KnownNames;

  constructor(text: string, names: KnownNames) {
    this.#text = text;
    this.#names = names;
    this.#blocks = new BlockOwners(text, names);
    this.#enclosures = new Enclosures(text);
  }

  /** Evidence that is open, with what the surroundings add to it. */
  complete(open: NumberEvidence, place: Place): NumberEvidence {
    if (open.kind === 'unclear' && open.slot !== undefined) return this.#inSlot(open, open.slot, place);
    if (this.#enclosures.factsAt(place.start)?.isAssociationType && isShort(this.#text, place.start))
      return other('associationTypeId');
    const evidence = this.#atEnd(open, place);
    const meaning = this.#byFacts(evidence, place) ?? this.#byHolder(place);
    if (meaning?.kind === 'other' && evidence.kind === 'unclear') return other(meaning.reason);
    if (meaning?.kind !== 'recordId') return evidence;
    const list = evidence.kind !== 'none' && evidence.list;
    return recordEvidence(meaning, evidence.kind === 'record' ? evidence.name : '', true, list);
  }

  /** `to: [{ id: 5 }, { id: 6 }]`: the ids of one end of an association. */
  #atEnd(evidence: NumberEvidence, { start }: Place): NumberEvidence {
    const [end] = this.#enclosures.holdersAt(start);
    if (end !== 'from' && end !== 'to') return evidence;
    if (evidence.kind === 'record' && evidence.role !== 'record') return evidence;
    return recordEvidence(
      { kind: 'recordId', role: end },
      `${end}.id`,
      true,
      evidence.kind === 'record' && evidence.list,
    );
  }

  #inSlot(evidence: NumberEvidence, slot: string, place: Place): NumberEvidence {
    const { lineStart, start, floor, end } = place;
    const isIn = (facts: ObjectFacts | undefined) => facts?.inSlot(slot);
    const meaning =
      isIn(factsOfTag(this.#text, start)) ??
      isIn(this.#enclosures.factsAt(start)) ??
      isIn(this.#blocks.factsAt(lineStart, start, floor, end));
    const told = this.#completed(meaning, slot, place);
    if (told?.kind === 'recordId')
      return recordEvidence(told, slot, true, evidence.kind === 'unclear' && evidence.list);
    return told?.kind === 'other' ? other(told.reason) : evidence;
  }

  /** What is said beside a slot, with what the names of the brackets around it add. */
  #completed(meaning: NameMeaning | undefined, slot: string, place: Place): NameMeaning | undefined {
    if (meaning?.kind === 'recordId' && meaning.objectType === undefined && slot === 'uniqueidentifiervalue') {
      const around = this.#byHolder(place);
      return around?.kind === 'recordId' ? around : meaning;
    }
    if (slot !== 'default' || (meaning && meaning.kind !== 'unknown')) return meaning;
    // `variable "company_ids" { default = [5] }`
    for (const holder of this.#enclosures.holdersAt(place.start)) {
      const held = this.#names.meaningOf(holder);
      if (held.kind === 'other' || (held.kind === 'recordId' && held.objectType !== undefined)) return held;
    }
    return undefined;
  }

  #byFacts(evidence: NumberEvidence, { lineStart, start }: Place): NameMeaning | undefined {
    const facts = this.#enclosures.factsAt(start) ?? factsOfLine(this.#text, lineStart, start);
    if (!facts) return undefined;
    const role = evidence.kind === 'record' ? evidence.role : 'record';
    const objectType = role === 'to' ? facts.toType : role === 'from' ? (facts.fromType ?? facts.type) : facts.type;
    return objectType === undefined ? undefined : recordOf(objectType, role);
  }

  #byHolder({ lineStart, start, floor }: Place): NameMeaning | undefined {
    const block = this.#blocks.meaningAt(lineStart, start, floor);
    if (block) return block;
    for (const holder of this.#enclosures.holdersAt(start)) {
      const objectType = typeOfList(holder);
      if (objectType) return recordOf(objectType);
      const meaning = meaningOfIdIn(holder);
      if (meaning.kind === 'other') return meaning;
      if (meaning.kind === 'recordId' && meaning.objectType) return meaning;
    }
    return undefined;
  }
}

/** Of a line of a log so much is looked at before and behind a number. */
const longestLine = 300;

/** What the pairs of a line say: `subscriptionType=contact.deletion objectId=5`. */
function factsOfLine(text: string, lineStart: number, start: number): ObjectFacts | undefined {
  if (text.charCodeAt(start - 1) !== 61) return undefined;
  const from = Math.max(lineStart, start - longestLine);
  const around = text.slice(from, start + longestLine);
  if (!/subscriptionType|object_?type/i.test(around)) return undefined;
  const facts = new ObjectFacts();
  for (const part of [around.slice(0, start - from), around.slice(start - from).split('\n', 1)[0]!])
    for (const [key, value] of pairsIn(part)) if (typeKeys.has(key)) facts.learn(key, value);
  return facts;
}

/** In a line, other keys such as "type" may be about anything. */
const typeKeys: ReadonlySet<string> = new Set(['subscriptionType', 'objectType', 'objectTypeId', 'object_type']);

/** True of a number that is no longer than the ids of association types are. */
function isShort(text: string, start: number): boolean {
  return !/^\d+$/.test(text.slice(start, start + longestAssociationTypeId + 1));
}

/** How far a tag is looked at around a number, in code units. */
const longestTag = 200;

/** What the attributes beside a `value` say: `<input name="dealId" value="5">`. */
function factsOfTag(text: string, start: number): ObjectFacts | undefined {
  const before = text.slice(Math.max(0, start - longestTag), start);
  const open = before.lastIndexOf('<');
  if (open < 0 || open < before.lastIndexOf('>')) return undefined;
  const close = text.slice(start, start + longestTag).indexOf('>');
  const facts = new ObjectFacts();
  const tag = before.slice(open) + text.slice(start, start + Math.max(0, close));
  for (const [key, value] of pairsIn(tag)) facts.learn(key, value);
  return facts;
}
