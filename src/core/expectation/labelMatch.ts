/** Holds the labels an association ought to have against the types it has. */
import { type AssociationType, isPrimary } from '../domain/associations.ts';
import type { LabelTest } from '../domain/expectation.ts';
import { labelKey } from './labelSets.ts';

/** all: every expected label is there. lacking: one is not. unknown: as far as they can be compared they are there. */
export type LabelMatch = 'all' | 'lacking' | 'unknown';

/**
 * Remembers what it found: an account has a few hundred combinations of types and a source a few of labels, however many
 * pairs there are. Relies on both being the same array for the same combination.
 */
export class LabelMatcher {
  readonly #known = new Map<readonly LabelTest[], Map<readonly AssociationType[], LabelMatch>>();
  #tests: readonly LabelTest[] | undefined;
  #matches = new Map<readonly AssociationType[], LabelMatch>();

  match(tests: readonly LabelTest[], types: readonly AssociationType[]): LabelMatch {
    if (tests.length === 0) return 'all';
    if (tests !== this.#tests) this.#turnTo(tests);
    let match = this.#matches.get(types);
    if (match === undefined) {
      match = matchOf(tests, types);
      this.#matches.set(types, match);
    }
    return match;
  }

  #turnTo(tests: readonly LabelTest[]): void {
    let matches = this.#known.get(tests);
    if (!matches) {
      matches = new Map();
      this.#known.set(tests, matches);
    }
    this.#tests = tests;
    this.#matches = matches;
  }
}

function matchOf(tests: readonly LabelTest[], types: readonly AssociationType[]): LabelMatch {
  const comparable = tests.filter(({ kind }) => kind !== 'unknown');
  if (!comparable.every((test) => types.some((type) => passes(test, type)))) return 'lacking';
  return comparable.length === tests.length ? 'all' : 'unknown';
}

function passes(test: LabelTest, type: AssociationType): boolean {
  switch (test.kind) {
    case 'primary':
      return isPrimary([type]);
    case 'type':
      return type.typeId === test.typeId && type.category === test.category;
    case 'label':
      return type.label !== undefined && labelKey(type.label) === test.key;
    case 'names':
      return type.name !== undefined && test.names.includes(type.name);
    case 'unknown':
      return false;
  }
}
