import type { AssociationType } from '../domain/associations.ts';

/** An account has some dozens between two object types: more than these never came from HubSpot. */
export const mostTypes = 10_000;

/**
 * Interns association types and sets of them. An account has a few dozen types in a few hundred combinations, so a million
 * associations need a small number each and no objects. A set lists its types in a fixed order, whatever order they came in.
 */
export class TypeSets {
  readonly #typeNumbers = new Map<string, number>();
  readonly #types: AssociationType[] = [];
  readonly #keys: string[] = [];
  readonly #setNumbers = new Map<string, number>();
  readonly #sets: (readonly AssociationType[])[] = [];
  readonly #members: (readonly number[])[] = [];
  readonly #unions = new Map<string, number>();
  readonly #byName = new Map<string, number>();
  #lastName: string | undefined;
  #lastNamed = 0;

  /** How many sets there are; they are numbered from 0. */
  get size(): number {
    return this.#sets.length;
  }

  /** There are more types than there can be. To put them together takes long, so no more are to be added. */
  get isOverfull(): boolean {
    return this.#types.length > mostTypes;
  }

  /** The number of the set of these types. */
  of(types: readonly AssociationType[]): number {
    return this.#set(types.map((type) => this.#type(type)));
  }

  /** The number of the set of the one type with this v3 name. */
  named(name: string): number {
    if (name === this.#lastName) return this.#lastNamed; // rows of one type come together
    let set = this.#byName.get(name);
    if (set === undefined) {
      set = this.of([{ name }]);
      this.#byName.set(name, set);
    }
    this.#lastName = name;
    this.#lastNamed = set;
    return set;
  }

  /** The number of the set that holds the types of both. */
  union(one: number, other: number): number {
    if (one === other) return one;
    const key = `${one} ${other}`;
    let set = this.#unions.get(key);
    if (set === undefined) {
      set = this.#set([...this.#members[one]!, ...this.#members[other]!]);
      this.#unions.set(key, set);
    }
    return set;
  }

  /** The number of the set that holds the types of all of these, without a set for each step on the way. */
  unionOf(sets: readonly number[]): number {
    return this.#set(sets.flatMap((set) => this.#members[set]!));
  }

  /** How many types a set holds. */
  sizeOf(set: number): number {
    return this.#members[set]!.length;
  }

  /** The types of a set: always the same array for the same set. */
  types(set: number): readonly AssociationType[] {
    return this.#sets[set]!;
  }

  #type(type: AssociationType): number {
    const key = JSON.stringify([type.typeId ?? null, type.category ?? null, type.name ?? null, type.label ?? null]);
    let number = this.#typeNumbers.get(key);
    if (number === undefined) {
      number = this.#types.push(type) - 1;
      this.#keys.push(key);
      this.#typeNumbers.set(key, number);
    }
    return number;
  }

  #set(types: readonly number[]): number {
    const members =
      types.length === 1
        ? types
        : [...new Set(types)].sort((a, b) => {
            const byId = (this.#types[a]!.typeId ?? -1) - (this.#types[b]!.typeId ?? -1);
            return byId || (this.#keys[a]! < this.#keys[b]! ? -1 : 1);
          });
    const key = members.join(' ');
    let set = this.#setNumbers.get(key);
    if (set === undefined) {
      set = this.#sets.push(Object.freeze(members.map((member) => this.#types[member]!))) - 1;
      this.#members.push(members);
      this.#setNumbers.set(key, set);
    }
    return set;
  }
}
