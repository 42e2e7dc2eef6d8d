import type { AskedIds } from '../../domain/associations.ts';
import { placesOfStep, type Steps } from '../../domain/steps.ts';
import type { FoundId, TypeEvidence, TypeHint } from './reading.ts';

/** How much a hint says: an address names the type exactly, a word beside a number may be about something else. */
const weights: Record<TypeEvidence, number> = { url: 4, key: 3, header: 3, word: 1 };

/**
 * The one object type the hints agree on, or undefined. Words beside numbers yield to addresses, headers and keys; two types
 * with good evidence have no winner, however unequal their counts. Of the ids, where they are given, most have to be of that
 * type: one address beside three bare numbers says nothing about those.
 */
export function* clearWinner(hints: readonly TypeHint[], found?: IdsOfTypes): Steps<string | undefined> {
  const winner = winnerOf(hints);
  if (winner === undefined || !found || hints.reduce((sum, { count }) => sum + count, 0) >= found.ids.length)
    return winner;
  const groups = yield* groupByType(found);
  const all = groups.reduce((sum, group) => sum + group.ids.length, 0);
  const won = groups.find(({ objectType }) => objectType === winner)?.ids.length ?? 0;
  return won * 2 > all ? winner : undefined;
}

function winnerOf(hints: readonly TypeHint[]): string | undefined {
  const types = (those: readonly TypeHint[]) => new Set(those.map((hint) => hint.objectType));
  const all = types(hints);
  if (all.size === 1) return [...all][0];
  const strong = hints.filter((hint) => weights[hint.why] > 1);
  const strongTypes = types(strong);
  const count = (those: readonly TypeHint[]) => those.reduce((sum, hint) => sum + hint.count, 0);
  const weak = hints.filter((hint) => weights[hint.why] === 1);
  return strongTypes.size === 1 && count(strong) > count(weak) ? [...strongTypes][0] : undefined;
}

/** Distinct ids that belong into one look-up. */
export interface TypeGroup {
  /** Absent for the ids of which nothing tells the type. */
  readonly objectType?: string;
  readonly ids: readonly string[];
}

/** The ids of a text: each occurrence, in its order, and each of them once. */
export interface IdsOfTypes {
  readonly ids: readonly FoundId[];
  readonly distinct: AskedIds;
}

/**
 * The distinct ids per object type, in the order of the text; the group without a type comes last. An id that stands once
 * with and once without a type counts as of that type; one that stands with two types is in both groups. Goes type by type, so that
 * a number for each id tells whether its group has it: a set of a million texts stops everything whenever it makes room.
 */
export function* groupByType({ ids, distinct }: IdsOfTypes): Steps<readonly TypeGroup[]> {
  const { types, starts, order } = yield* inOrderOfType(ids);
  /** The turn in which each id was met last. */
  const met = new Uint32Array(distinct.length);
  const groups: TypeGroup[] = [];
  for (let turn = 1; turn <= types.length; turn++) {
    // Those without a type come last, when it is known which of them have one elsewhere.
    const type = turn % types.length;
    const isMet = (number: number) => (type === 0 ? met[number]! > 0 : met[number] === turn);
    const group: string[] = [];
    for (let at = starts[type]!; at < starts[type + 1]!; at++) {
      if (at % idsOfStep === idsOfStep - 1) yield;
      const { id } = ids[order[at]!]!;
      const number = distinct.find(id)!;
      if (!isMet(number)) group.push(id);
      met[number] = turn;
    }
    const objectType = types[type];
    if (objectType !== undefined) groups.push({ objectType, ids: group });
    else if (group.length > 0) groups.push({ ids: group });
  }
  return groups;
}

interface InOrderOfType {
  /** In the order of the text, behind undefined for those without. */
  readonly types: readonly (string | undefined)[];
  /** Where in `order` the ids of each type start, and the end of the last. */
  readonly starts: Uint32Array;
  /** The positions of all ids. */
  readonly order: Uint32Array;
}

function* inOrderOfType(ids: readonly FoundId[]): Steps<InOrderOfType> {
  const numbers = new Map<string | undefined, number>([[undefined, 0]]);
  const typeOf = new Uint32Array(ids.length);
  for (let at = 0; at < ids.length; at++) {
    if (at % idsOfStep === idsOfStep - 1) yield;
    const { objectType } = ids[at]!;
    const known = numbers.get(objectType);
    typeOf[at] = known ?? numbers.size;
    if (known === undefined) numbers.set(objectType, numbers.size);
  }
  const starts = new Uint32Array(numbers.size + 1);
  for (let at = 0; at < ids.length; at++) {
    if (at % placesOfStep === 0) yield;
    starts[typeOf[at]! + 1]!++;
  }
  for (let type = 0; type < numbers.size; type++) starts[type + 1]! += starts[type]!;
  const next = starts.slice();
  const order = new Uint32Array(ids.length);
  for (let at = 0; at < ids.length; at++) {
    if (at % placesOfStep === 0) yield;
    order[next[typeOf[at]!]!++] = at;
  }
  return { types: [...numbers.keys()], starts, order };
}

/** A few milliseconds. */
const idsOfStep = 10_000;
