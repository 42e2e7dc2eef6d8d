/**
 * Which look-ups are this window's. What is done with the files of one is done one thing after the other, and what changes them
 * while no other window has it.
 */
import type { Claims } from '../editor/claim.ts';
import type { LookUpFolder } from './lookUpFolder.ts';
import { PendingWork } from './pendingWork.ts';

export class ClaimedLookUps {
  readonly #claims: Claims;
  readonly #folder: LookUpFolder;
  /** Also those that this window has the ledger of and could not claim. */
  readonly #isOpen: (id: string) => boolean;
  readonly #claimed = new Set<string>();
  /** Their claims stay when this window closes. */
  readonly #leftForNext = new Set<string>();
  readonly #work = new PendingWork();

  constructor(claims: Claims, folder: LookUpFolder, isOpen: (id: string) => boolean) {
    this.#claims = claims;
    this.#folder = folder;
    this.#isOpen = isOpen;
  }

  /** See {@link PendingWork.inTurn}. */
  inTurn<T>(id: string, work: () => Promise<T>): Promise<T> {
    return this.#work.inTurn(id, work);
  }

  /** @returns false while another window has it @throws when that cannot be told */
  async take(id: string): Promise<boolean> {
    const isTaken = await this.#claims.take(this.#claimOf(id));
    if (isTaken) this.#claimed.add(id);
    return isTaken;
  }

  /** Takes it. @throws when another window has it too */
  async claim(id: string): Promise<void> {
    if (!(await this.take(id))) throw new Error('Another window keeps this lookup.');
  }

  /** False when this window's claim is not there any more: the look-up was removed, or another window took this one for dead. */
  isOwn(id: string): Promise<boolean> {
    return this.#claims.isOwn(this.#claimOf(id));
  }

  isElsewhere(id: string): Promise<boolean> {
    return this.#claims.isElsewhere(this.#claimOf(id));
  }

  /** Lets go of it, unless it is left for the next start. Never rejects. */
  async release(id: string): Promise<void> {
    if (this.#leftForNext.has(id)) return;
    this.#claimed.delete(id);
    await this.#claims.release(this.#claimOf(id)).catch(() => {});
  }

  /** Its claim went with its files. */
  forget(id: string): void {
    this.#claimed.delete(id);
    this.#leftForNext.delete(id);
  }

  /** @param isLeft whether its claim stays when this window closes, from which the next start sees that it is to be put back */
  leaveForNext(id: string, isLeft: boolean): void {
    if (isLeft) this.#leftForNext.add(id);
    else this.#leftForNext.delete(id);
  }

  /** Does something with look-ups that no window has, this one included, and lets go of what is left of them. */
  async ifNobodys([id, ...others]: readonly string[], work: () => Promise<void>): Promise<void> {
    if (id === undefined) return work();
    await this.ifNotElsewhere(id, async (isOurs) => {
      if (!isOurs) await this.ifNobodys(others, work);
    });
  }

  /** Does something with a look-up that no other window has, and lets go of it, unless this one has it. */
  ifNotElsewhere(id: string, work: (isOurs: boolean) => Promise<void>): Promise<void> {
    return this.inTurn(id, async () => {
      const isOurs = this.#isOpen(id) || this.#claimed.has(id);
      // What was removed meanwhile is not claimed anew.
      if (!(await (isOurs ? this.isOwn(id) : this.take(id)))) return;
      try {
        await work(isOurs);
      } finally {
        if (!isOurs) await this.release(id);
      }
    });
  }

  /**
   * Begins nothing more, lets go of each look-up as soon as nothing is under way with it, and of the heartbeat after the last.
   * @param onRelease called before another window can go on with one
   */
  async close(onRelease: (id: string) => void): Promise<void> {
    const ids = new Set([...this.#work.close(), ...this.#claimed]);
    const letGo = async (id: string) => {
      await this.#work.atRest(id);
      onRelease(id);
      await this.release(id);
    };
    await Promise.all([...ids].map(letGo));
    await this.#claims.close();
  }

  #claimOf(id: string): string {
    return this.#folder.paths(id).claim;
  }
}
