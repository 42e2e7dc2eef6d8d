/** What an "id" before a number is the id of: the object it stands in, the words before it, or the noun of the sentence. */
import { meaningOfIdIn, type NameMeaning, type RecordMeaning } from '../names/fieldNames.ts';
import { ownersOfIds } from '../names/fieldWords.ts';
import { isAssociationCategory } from '../names/objectFacts.ts';
import { leastNamed } from '../shapes/wholeNumbers.ts';
import {
  byNoun,
  type NumberEvidence,
  ofOthers,
  other,
  type RecordEvidence,
  recordEvidence,
  unclear,
} from './evidence.ts';
import type { LookBack } from './lookBack.ts';
import type { Word, WordsBefore } from './wordsBefore.ts';

/** How far left of an "id" its noun is looked for, in code units. */
export const farthestSubject = 160;
const mostSubjectWords = 14;

/** An "id", how it stands before its number, and what was passed left of it. */
export class AskedId {
  readonly #text: string;
  readonly #back: LookBack;
  readonly #words: WordsBefore;
  readonly #id: Word;
  readonly #keyed: boolean;
  readonly #quoted: boolean;
  readonly #list: boolean;
  readonly #isSql: boolean;
  readonly #distant: boolean;
  /** The alias has been seen where it was given to its table. */
  #isNamed = false;
  /** A bracket or a comma stands between: the words left of it do not say of what the id is. */
  #isApart = false;

  /** `keyed` is true of an id that is the key of its number. */
  constructor(id: Word, keyed: boolean, back: LookBack, words: WordsBefore) {
    this.#text = back.text;
    this.#back = back;
    this.#words = words;
    this.#id = id;
    this.#keyed = keyed;
    this.#quoted = back.quoted;
    this.#list = back.list;
    this.#isSql = back.isSql;
    this.#distant = back.distant;
  }

  /** What the "id" that starts at `start` is of; at most so many words left of it are looked at. */
  owner(start: number, mostWords: number): NumberEvidence {
    const back = this.#back;
    back.isBuilt = false;
    let at = start;
    for (let left = mostWords; left > 0; left--) {
      back.over(at, false);
      at = back.wordStart();
      const told = at === back.start ? 'stop' : this.#byWord(at);
      if (told === 'stop') break;
      if (told !== 'on') return told;
    }
    const isPlural = this.#id.isPlural;
    if ((this.#quoted && this.#keyed) || (isPlural && this.#keyed) || this.#isSql)
      return recordEvidence({ kind: 'recordId', role: 'record' }, '', true, this.#list || isPlural);
    return this.#bySubject(start);
  }

  #byWord(at: number): NumberEvidence | 'on' | 'stop' {
    const back = this.#back;
    const name = this.#text.slice(at, back.start);
    if (back.opened && back.equals) return this.#inside(name);
    // `category=HUBSPOT_DEFINED id=280`
    if (isAssociationCategory(name)) return other('associationTypeId');
    this.#isApart ||= back.apart;
    const together = this.#words.meaningOf(`${name} id`);
    const word = this.#words.of(name);
    if (this.#isPassed(word, together)) {
      this.#isApart ||= name.toLowerCase() === 'with';
      return 'on';
    }
    if (this.#id.alias !== undefined && !this.#isNamed) {
      // Of several tables, only the one of this name says what its ids are of.
      this.#isNamed = name === this.#id.alias;
      return this.#isNamed ? 'on' : 'stop';
    }
    if (together.kind === 'recordId')
      return this.#words.isOfOtherTool(this.#text, at) ? ofOthers : this.#ofRecord(together, name);
    return this.#isApart || word.is('tool') ? 'stop' : this.#ofOther(together, name);
  }

  /** "The record ids are" says it, though "record" may also stand between. */
  #isPassed(word: Word, together: NameMeaning): boolean {
    return (word.is('between') || word.is('event')) && (this.#id.alias !== undefined || together.kind !== 'recordId');
  }

  /** `deal = { id: 5`: the name of the object. */
  #inside(name: string): NumberEvidence | 'stop' {
    const inside = meaningOfIdIn(name);
    if (inside.kind === 'recordId') return recordEvidence(inside, `${name}.id`, true, this.#list);
    return inside.kind === 'other' ? other(inside.reason, this.#list) : 'stop';
  }

  /** `deal id 5`, where the word before "id" says of what. */
  #ofRecord(meaning: RecordMeaning, name: string): RecordEvidence {
    const isSaid = this.#keyed || this.#isSql;
    const evidence = recordEvidence(meaning, name, isSaid, this.#id.isPlural || this.#list, this.#distant);
    // "A record id (1 to 19 digits)" speaks of ids and names none.
    return isSaid || meaning.objectType !== undefined ? evidence : { ...evidence, least: leastNamed };
  }

  /** "request id 5" is surely no record; "foo id 5" may be one. */
  #ofOther(together: NameMeaning, name: string): NumberEvidence | 'stop' {
    if (together.kind !== 'other' || (this.#quoted && this.#keyed)) return 'stop';
    return meaningOfIdIn(name).kind === 'other'
      ? other(together.reason, this.#list || this.#id.isPlural)
      : unclear(this.#list);
  }

  /** `Contact already exists. Existing ID: 5`, `Updated deal "Acme" (ID: 5)`: the noun that the sentence is about, further left. */
  #bySubject(end: number): NumberEvidence {
    const start = Math.max(0, end - farthestSubject, this.#text.lastIndexOf('\n', end - 1) + 1);
    const words = this.#text.slice(start, end).match(/[\p{L}_][\p{L}\p{N}_-]*/gu) ?? [];
    for (const name of words.reverse().slice(0, mostSubjectWords)) {
      const told = this.#bySubjectWord(name);
      if (told) return told;
    }
    return unclear(this.#list);
  }

  #bySubjectWord(name: string): NumberEvidence | undefined {
    const word = this.#words.of(name);
    const { meaning } = word;
    if (word.is('tool') || word.is('negation')) return unclear(this.#list);
    const noun = meaning.kind === 'type' && !meaning.plural ? byNoun(meaning, false, this.#list) : undefined;
    if (noun) return { ...noun, least: 0 };
    if (meaning.kind === 'other' && ofSomethingElse.has(meaning.reason)) return other(meaning.reason, this.#list);
    return ownersOfIds.has(name.toLowerCase()) ? unclear(this.#list) : undefined;
  }
}

const ofSomethingElse: ReadonlySet<string> = new Set(['otherId', 'portalId', 'eventId', 'associationTypeId']);
