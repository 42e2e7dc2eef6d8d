import { GrowingIds } from '../answer/growingIds.ts';
import { pairsOfStep, type Steps } from '../domain/steps.ts';
import type { PairColumns } from './pairColumns.ts';

/** One old id with two new ones: the mapping cannot be used as it is. */
interface MappingConflict {
  readonly oldId: string;
  readonly newIds: readonly string[];
  /** All lines that name the old id, from 0. */
  readonly lines: readonly number[];
}

export type MappingReading =
  | { readonly ok: true; readonly mapping: IdMapping }
  /** `conflicts` holds at most the first 100 of `count`. */
  | { readonly ok: false; readonly conflicts: readonly MappingConflict[]; readonly count: number };

const listed = 100;

/** Old ids and what they became, of one object type. */
export class IdMapping {
  readonly #old = new GrowingIds();
  /** The codes of the new ids. */
  readonly #new: number[] = [];

  /** How many old ids it has. */
  get length(): number {
    return this.#old.length;
  }

  newId(oldId: string): string | undefined {
    const old = this.#old.find(oldId);
    return old === undefined ? undefined : this.#old.codes.text(this.#new[old]!);
  }

  /** Adds a line; false if the old id has another new one already. */
  add(oldId: string, newId: string): boolean {
    const known = this.newId(oldId);
    if (known !== undefined) return known === newId;
    this.#old.add([oldId]);
    this.#new.push(this.#old.codes.code(newId));
    return true;
  }
}

/**
 * A mapping from the pairs of a file: old id, new id. The same line twice is one; two old ids may become one (a merge), but
 * one old id never two. In steps.
 */
export function* readingMapping(pairs: PairColumns): Steps<MappingReading> {
  const mapping = new IdMapping();
  const inConflict = new Set<string>();
  for (let pair = 0; pair < pairs.length; pair++) {
    if (pair % pairsOfStep === 0) yield;
    const oldId = pairs.fromId(pair);
    if (!mapping.add(oldId, pairs.toId(pair))) inConflict.add(oldId);
  }
  if (inConflict.size === 0) return { ok: true, mapping };
  return { ok: false, conflicts: yield* conflictsOf(pairs, inConflict), count: inConflict.size };
}

function* conflictsOf(pairs: PairColumns, oldIds: ReadonlySet<string>): Steps<readonly MappingConflict[]> {
  const conflicts = new Map<string, { newIds: string[]; lines: number[] }>();
  for (let pair = 0; pair < pairs.length; pair++) {
    if (pair % pairsOfStep === 0) yield;
    const oldId = pairs.fromId(pair);
    if (!oldIds.has(oldId)) continue;
    let conflict = conflicts.get(oldId);
    if (!conflict) {
      if (conflicts.size === listed) continue;
      conflict = { newIds: [], lines: [] };
      conflicts.set(oldId, conflict);
    }
    conflict.newIds.push(pairs.toId(pair));
    // As arguments of one call a hundred thousand lines would be too many.
    for (const line of pairs.lines(pair)) conflict.lines.push(line);
  }
  return [...conflicts].map(([oldId, { newIds, lines }]) => ({
    oldId,
    newIds,
    lines: lines.sort((one, other) => one - other),
  }));
}
