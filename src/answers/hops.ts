/**
 * Hops: from a record that stands in an answer on to its own associations, one small look-up each. An object type is asked
 * for once for a look-up and a type of record, and an answer is kept for the session.
 */
import type { Account } from '../accounts/accounts.ts';
import type { Answer, Question } from '../core/domain/associations.ts';
import type { Failure } from '../core/domain/failure.ts';
import type { Address, HopAddress } from '../core/treaty/actions.ts';
import { Changes } from '../editor/changes.ts';
import type { LookUpEntry } from '../lookUps/lookUpEntry.ts';

/** The associations of one record with one object type. `answer` and `stopped` are missing until it was read. */
export interface Hop {
  readonly key: string;
  readonly question: Question;
  readonly account: Account;
  readonly answer: Answer | undefined;
  /** Why it could not be read. */
  readonly stopped: Failure | undefined;
}

/** Reads one small question to the end. */
export type ReadHop = (question: Question, account: Account) => Promise<{ answer: Answer; stopped?: Failure }>;

export interface HopChange {
  /** The look-up under which rows have changed. */
  readonly lookUp: string;
  /** The row that was asked for, where one was. */
  readonly added: Address | undefined;
}

type MutableHop = { -readonly [Key in keyof Hop]: Hop[Key] };

export class Hops {
  readonly #read: ReadHop;
  readonly #hops = new Map<string, MutableHop>();
  readonly #reading = new Map<string, Promise<void>>();
  /** The object types chosen for the records of a type under a look-up. */
  readonly #chosen = new Map<string, string[]>();
  readonly #changed = new Changes<HopChange>();
  /** Fires when another object type can be followed to, and when a hop was read anew. */
  readonly onDidChange = this.#changed.event;

  constructor(read: ReadHop) {
    this.#read = read;
  }

  /** Which object types records of this type are followed to under this look-up, in the order they were chosen. */
  typesOf(entry: LookUpEntry, from: string): readonly string[] {
    return this.#chosen.get(choiceKey(entry.id, from)) ?? [];
  }

  /**
   * From now on every record of this type under this look-up can be followed to that type.
   * @param at the record for which it was asked
   */
  choose(at: Address, from: string, to: string): void {
    const key = choiceKey(at.lookUp, from);
    const chosen = this.#chosen.get(key) ?? [];
    if (!chosen.includes(to)) this.#chosen.set(key, [...chosen, to]);
    this.#changed.fire({ lookUp: at.lookUp, added: followed(at, to) });
  }

  /**
   * The same for several types at once, all of which are read for this record.
   * @param entry the look-up, and the record that stands at the address
   */
  async chooseAll(
    at: Address,
    { entry, record }: { readonly entry: LookUpEntry; readonly record: { readonly type: string; readonly id: string } },
    types: readonly string[],
  ): Promise<void> {
    const key = choiceKey(at.lookUp, record.type);
    const chosen = this.#chosen.get(key) ?? [];
    this.#chosen.set(key, [...chosen, ...types.filter((to) => !chosen.includes(to))]);
    this.#changed.fire({ lookUp: at.lookUp, added: at });
    const read = types.map((to) => this.read(this.of(entry, record.type, record.id, to)));
    await Promise.all(read);
    this.#changed.fire({ lookUp: at.lookUp, added: undefined });
  }

  /** The hop from a record to an object type, read or not. */
  of({ account, answer }: LookUpEntry, from: string, id: string, to: string): Hop {
    const key = JSON.stringify([account.id, answer.apiVersion, from, id, to]);
    let hop = this.#hops.get(key);
    if (!hop) {
      const question = { from, to, ids: [id], apiVersion: answer.apiVersion };
      hop = { key, question, account, answer: undefined, stopped: undefined };
      this.#hops.set(key, hop);
    }
    return hop;
  }

  /** Reads a hop that was not read yet; a second call while it is being read waits for the first. */
  async read(hop: Hop): Promise<void> {
    if (hop.answer && !hop.stopped) return;
    await this.#fetch(hop);
  }

  /** Reads a hop anew, for a row of this look-up. */
  async refresh(hop: Hop, lookUp: string): Promise<void> {
    await this.#fetch(hop);
    this.#changed.fire({ lookUp, added: undefined });
  }

  async #fetch({ key }: Hop): Promise<void> {
    const hop = this.#hops.get(key);
    if (!hop) return;
    let reading = this.#reading.get(key);
    if (!reading) {
      reading = this.#read(hop.question, hop.account).then(({ answer, stopped }) => {
        hop.answer = answer;
        hop.stopped = stopped;
        this.#reading.delete(key);
      });
      this.#reading.set(key, reading);
    }
    await reading;
  }

  /** Forgets what was chosen for a look-up that was removed. */
  forget(lookUpId: string): void {
    for (const key of this.#chosen.keys()) if (key.startsWith(`${lookUpId}/`)) this.#chosen.delete(key);
  }
}

const choiceKey = (lookUpId: string, from: string) => `${lookUpId}/${from}`;

/** Where a record's associations with another type stand. */
export function followed<At extends Address | HopAddress>(at: At, to: string): At {
  return { ...at, hop: at.hop ? followed(at.hop, to) : { to } };
}
