import { randomBytes, randomUUID } from 'node:crypto';
import { rememberToken } from '../host/tokenSearch.ts';

export type StandInToken = 'privateApp' | 'oauth';

/** The tokens of an account: one is good, those before it are dead. */
export class Tokens {
  /** The good one. A portal may hold on to this set. */
  readonly good = new Set<string>();
  readonly #dead = new Set<string>();
  #current = '';
  #requestsLeft = Infinity;

  constructor() {
    this.issue();
  }

  get current(): string {
    return this.#current;
  }

  /** A new token, which is good; the old one is dead. It looks like a private app's or like OAuth's, is none, and stands in no file. */
  issue(kind: StandInToken = 'privateApp'): string {
    if (this.#current !== '') this.#kill(this.#current);
    this.#current = kind === 'oauth' ? `CJ${randomBytes(60).toString('hex')}` : ['pat', 'na1', randomUUID()].join('-');
    this.#requestsLeft = Infinity;
    this.good.add(this.#current);
    rememberToken(this.#current);
    return this.#current;
  }

  /** The token dies after this many further requests. */
  expireAfter(requests: number): void {
    this.#requestsLeft = requests;
  }

  /** Counts a request that brings this token. @returns true when it is dead. */
  isDead(token: string): boolean {
    if (token === this.#current && this.#requestsLeft-- <= 0) this.#kill(token);
    return this.#dead.has(token);
  }

  #kill(token: string): void {
    this.good.delete(token);
    this.#dead.add(token);
  }
}
