/** Which readings of records are under way: who wants what one of them reads waits for it, and none is begun beside it. */
import type { Failure } from '../core/domain/failure.ts';
import { placesOfStep, type Steps } from '../core/domain/steps.ts';
import { Turns } from '../editor/turns.ts';

/** What is read of which records. */
interface Wanted {
  readonly what: string;
  readonly account: { readonly id: string };
  readonly type: string;
  readonly ids: ReadonlySet<string>;
  readonly properties?: readonly string[];
}

export class ReadingsUnderWay {
  readonly #all = new Map<readonly Wanted[], Promise<Failure | undefined>>();

  /** Begins a reading, unless one is under way that reads all of this. @returns why that one did not read all */
  async readOrJoin(
    wanted: readonly Wanted[],
    begin: () => PromiseLike<Failure | undefined>,
  ): Promise<Failure | undefined> {
    const turns = new Turns();
    // What is begun while this looks is looked at too.
    for (const [other, ended] of this.#all) if (await turns.through(isWithin(wanted, other))) return ended;
    const ended = Promise.resolve(begin()).finally(() => this.#all.delete(wanted));
    this.#all.set(wanted, ended);
    return ended;
  }
}

function* isWithin(wanted: readonly Wanted[], others: readonly Wanted[]): Steps<boolean> {
  for (const { what, account, type, ids, properties = [] } of wanted) {
    const other = others.find((each) => each.what === what && each.account.id === account.id && each.type === type);
    if (!other || ids.size > other.ids.size) return false;
    if (!properties.every((name) => other.properties?.includes(name))) return false;
    let passed = 0;
    for (const id of ids) {
      if (!other.ids.has(id)) return false;
      if (++passed % placesOfStep === 0) yield;
    }
  }
  return true;
}
