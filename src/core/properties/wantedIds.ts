/** Which records are asked for next: what is in sight before what somebody waits for. */
import type { Failure } from '../domain/failure.ts';
import type { Errand, Need } from './errand.ts';

/** Finding out of so many ids whether they are to be read takes some milliseconds. */
export const idsATurn = 4096;

/** A call to be made: among the living, or among the archived records. */
export interface Ask {
  readonly ids: readonly string[];
  readonly archived: boolean;
  /** One that another record may have come in the place of. */
  readonly isAlone?: true;
  /** So many more ids may go with it. */
  readonly room?: number;
}

/** What somebody said that stands beside. */
interface Beside {
  readonly by: unknown;
  readonly parts: Iterator<Iterable<string>>;
  /** What is left of a part. */
  part: Iterator<string> | undefined;
}

/** The most ids in one call. */
interface Sizes {
  readonly living: number;
  readonly archived: number;
}

export class WantedIds {
  readonly #inSight = new Set<string>();
  readonly #errands = new Set<Errand>();
  /** Not among the living: they wait until a call among the archived is full, or nothing else is to be asked. */
  readonly #lost = new Set<string>();
  /** To be asked each by itself. */
  readonly #alone = new Set<string>();
  /** Nobody waits for these: they take the room that a call has left. Who came last stands last, and goes first. */
  #beside: Beside[] = [];
  /** Found among them and not asked for yet. */
  readonly #found = new Set<string>();

  get isEmpty(): boolean {
    return this.#inSight.size === 0 && this.#errands.size === 0;
  }

  has(id: string): boolean {
    if (this.#inSight.has(id)) return true;
    for (const errand of this.#errands) if (errand.waitsFor(id)) return true;
    return false;
  }

  show(id: string): void {
    this.#inSight.add(id);
  }

  /** @param parts of ids, gone through only where a call has room, and at most once; those of before by the same are forgotten */
  showBeside(by: unknown, parts?: Iterable<Iterable<string>>): void {
    this.#beside = this.#beside.filter((each) => each.by !== by);
    if (parts) this.#beside.push({ by, parts: parts[Symbol.iterator](), part: undefined });
  }

  forgetBeside(): void {
    this.#beside = [];
    this.#found.clear();
  }

  /**
   * Looks for what stands beside, in one step: a part of it at most, as that may be all read and the parts many.
   * @returns false when so many are found, or no more stands beside, or nobody wants anything any more
   */
  findBeside(count: number, isToBeRead: (id: string) => boolean): boolean {
    const beside = this.#beside.at(-1);
    if (!beside || this.#found.size >= count || this.isEmpty) return false;
    beside.part ??= beside.parts.next().value?.[Symbol.iterator]();
    if (!beside.part) this.#beside.pop();
    for (let passed = 0; beside.part && this.#found.size < count && passed < idsATurn; passed++) {
      const { done, value } = beside.part.next();
      if (done) beside.part = undefined;
      else if (isToBeRead(value) && !this.has(value)) this.#found.add(value);
    }
    return true;
  }

  /** A call as it is after that: without what nobody wants any more, with what is wanted since, and then with what was found. */
  filledUp({ ids: before, room = 0 }: Ask, isLost: (id: string) => boolean, isToBeRead: (id: string) => boolean): Ask {
    const most = before.length + room;
    const ids = new Set(before.filter((id) => this.has(id)));
    this.#addShown(ids, most, isLost);
    this.#addErrands(ids, most, isLost);
    for (const id of ids.size > 0 ? this.#found : []) {
      if (ids.size >= most) break;
      this.#found.delete(id);
      if (isToBeRead(id)) ids.add(id);
    }
    return { ids: [...ids], archived: false };
  }

  add(errand: Errand): void {
    this.#errands.add(errand);
  }

  remove(errand: Errand): void {
    this.#errands.delete(errand);
  }

  /** Has the record asked among the archived ones, if anybody wants it. */
  lost(id: string): void {
    if (this.has(id)) this.#lost.add(id);
  }

  /** Those that wait to be asked among the archived ones. */
  lostIds(): readonly string[] {
    return [...this.#lost];
  }

  /** Has the record asked by itself. */
  alone(id: string): void {
    this.#alone.add(id);
  }

  /** Those that wait to be asked each by itself. */
  aloneIds(): readonly string[] {
    return [...this.#alone];
  }

  /** Nothing more will be learned of this record for now. @param isServed says of each who waits for it whether that is so for them */
  settle(id: string, failure?: Failure, isServed: (errand: Errand) => boolean = () => true): void {
    this.#inSight.delete(id);
    this.#lost.delete(id);
    this.#alone.delete(id);
    for (const errand of this.#errands) if (isServed(errand)) errand.settle(id, failure);
  }

  /** Lets those who wait know what a call has brought, and those go who have all they waited for. */
  report(): void {
    for (const errand of [...this.#errands]) {
      errand.report();
      if (errand.isDone) this.#errands.delete(errand);
    }
  }

  /** Nobody looks any more, and errands of this need end; without a need all do, for this reason. */
  clear(need?: Need, failure?: Failure): void {
    this.#inSight.clear();
    this.forgetBeside();
    for (const errand of [...this.#errands]) {
      if (need !== undefined && errand.need !== need) continue;
      this.#errands.delete(errand);
      errand.stop(failure);
    }
    if (!this.isEmpty) return;
    this.#lost.clear();
    this.#alone.clear();
  }

  /** @param isLost says of a record that is asked for again that it is known not to be among the living */
  next({ living, archived }: Sizes, isLost: (id: string) => boolean): Ask | undefined {
    const alone = this.#take(this.#alone, 1);
    if (alone.length > 0) return { ids: alone, archived: false, isAlone: true };
    const ids = new Set<string>();
    this.#addShown(ids, living, isLost);
    const lostInSight = ids.size > 0 ? [] : [...this.#inSight].filter((id) => this.#lost.has(id));
    if (lostInSight.length > 0 || this.#lost.size >= archived) {
      const ask = this.#archived(lostInSight, archived);
      // None is left where nobody waits any more for those that are lost.
      if (ask) return ask;
    }
    this.#addErrands(ids, living, isLost);
    if (ids.size > 0) return { ids: [...ids], archived: false, room: living - ids.size };
    return this.#archived([], archived);
  }

  #addShown(ids: Set<string>, most: number, isLost: (id: string) => boolean): void {
    for (const id of this.#inSight) {
      if (ids.size >= most) return;
      if (isLost(id)) this.#lost.add(id);
      else ids.add(id);
    }
  }

  #addErrands(ids: Set<string>, most: number, isLost: (id: string) => boolean): void {
    for (const errand of this.#errands) {
      while (ids.size < most) {
        const id = errand.next();
        if (id === undefined) break;
        if (isLost(id)) this.#lost.add(id);
        else ids.add(id);
      }
    }
  }

  #archived(first: readonly string[], most: number): Ask | undefined {
    for (const id of first.slice(0, most)) this.#lost.delete(id);
    const ids = [...first.slice(0, most), ...this.#take(this.#lost, most - Math.min(most, first.length))];
    return ids.length > 0 ? { ids, archived: true } : undefined;
  }

  /** Takes out as many as there is room for, of those that are still wanted. */
  #take(from: Set<string>, most: number): string[] {
    const taken: string[] = [];
    for (const id of from) {
      if (taken.length >= most) break;
      from.delete(id);
      if (this.has(id)) taken.push(id);
    }
    return taken;
  }
}
