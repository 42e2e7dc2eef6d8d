import type { Steps } from '../steps.ts';
import type { FoundId, RecordIdsReading, TypeEvidence, TypeHint } from './reading.ts';

/** How much a hint says: an address names the type exactly, a word beside a number may be about something else. */
const weights: Record<TypeEvidence, number> = { url: 4, key: 3, header: 3, word: 1 };

/**
 * The one object type the hints agree on, or undefined. Words beside numbers yield to addresses, headers and keys; two types
 * with good evidence have no winner, however unequal their counts. Of the ids, where they are given, most have to be of that
 * type: one address beside three bare numbers says nothing about those.
 */
export function* clearWinner(hints: readonly TypeHint[], ids: readonly FoundId[] = []): Steps<string | undefined> {
  const winner = winnerOf(hints);
  if (winner === undefined || hints.reduce((sum, { count }) => sum + count, 0) >= ids.length) return winner;
  const groups = yield* groupByType({ ids });
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

/**
 * The distinct ids per object type, in the order of the text; the group without a type comes last. An id that stands once
 * with and once without a type counts as of that type; one that stands with two types is in both groups.
 */
export function* groupByType(reading: Pick<RecordIdsReading, 'ids'>): Steps<readonly TypeGroup[]> {
  const byType = new Map<string, DistinctIds>();
  const typed = new DistinctIds();
  let seen = 0;
  for (const { id, objectType } of reading.ids) {
    if (++seen % idsOfStep === 0) yield;
    if (objectType === undefined) continue;
    typed.add(id);
    const group = byType.get(objectType) ?? new DistinctIds();
    byType.set(objectType, group);
    group.add(id);
  }
  const untyped = new DistinctIds();
  for (const { id } of reading.ids) {
    if (++seen % idsOfStep === 0) yield;
    if (!typed.has(id)) untyped.add(id);
  }
  const groups: TypeGroup[] = [...byType].map(([objectType, { ids }]) => ({ objectType, ids }));
  return untyped.ids.length > 0 ? [...groups, { ids: untyped.ids }] : groups;
}

/** Ids in the order they came, each once. In parts, as a single large set stops everything whenever it makes room. */
class DistinctIds {
  readonly ids: string[] = [];
  readonly #parts: (Set<string> | undefined)[] = [];

  add(id: string): void {
    const part = partOf(id);
    this.#parts[part] ??= new Set();
    const known = this.#parts[part];
    if (known.has(id)) return;
    known.add(id);
    this.ids.push(id);
  }

  has(id: string): boolean {
    return this.#parts[partOf(id)]?.has(id) ?? false;
  }
}

/** By its last two digits: ids that were given one after the other differ in them. */
function partOf(id: string): number {
  const { length } = id;
  return (id.charCodeAt(length - 1) * 10 + id.charCodeAt(length - 2)) & 63;
}

/** A few milliseconds. */
const idsOfStep = 10_000;
