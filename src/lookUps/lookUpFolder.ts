/**
 * The folder of saved look-ups: which files belong to one, and which belong to nobody. Names tell the version of the format,
 * so that a window with an older version of the extension beside this one never meets a file it would misread or remove.
 */
import { join } from 'node:path';
import { heartbeatEnding } from '../editor/claim.ts';
import { codeOf, type Disk, draftEnding, keepBeside } from '../editor/disk.ts';

/** How the name of a file ends that could not be read and was set aside. */
const damagedEnding = '.damaged';

/** What follows on the name of a card whose look-up was removed and can still be brought back. */
const apartEnding = '.removed';

const cardEnding = '.card2.json';
/** Of version 0.1.0: read, and removed with their look-up, but never written. */
const firstCardEnding = '.card.json';

const groupEnding = '.group2.json';
const groupCard = /^\.group2\.json$/;

const knownCard = /^\.card2?\.json$/;
/** Also one of a version to come: what stands beside it is not nobody's. */
const anyCard = /^\.card\d*\.json(?:\.removed)?$/;
/** Of a look-up that was removed and can still be brought back. */
const apartCard = /^\.card2?\.json\.removed$/;

/** Files without a card are left alone for so long, since another window may be about to make it. Milliseconds. */
export const leftoverAfter = 3_600_000;

const idLength = 36;
const idForm = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

interface Leftovers {
  readonly ofLookUps: ReadonlyMap<string, readonly string[]>;
  readonly others: readonly string[];
}

export class LookUpFolder {
  readonly path: string;
  readonly #disk: Disk;

  constructor(path: string, disk: Disk) {
    this.path = path;
    this.#disk = disk;
  }

  paths(id: string) {
    const path = (ending: string) => join(this.path, id + ending);
    return {
      card: path(cardEnding),
      firstCard: path(firstCardEnding),
      apartCard: path(cardEnding + apartEnding),
      apartFirstCard: path(firstCardEnding + apartEnding),
      ledger: path('.ledger2'),
      firstLedger: path('.ledger'),
      places: path('.places.json'),
      claim: path('.claim2'),
      firstClaim: path('.claim'),
    };
  }

  make(): Promise<void> {
    return this.#disk.makeFolder(this.path);
  }

  /** The paths of all that is in the folder. */
  async #files(): Promise<ReadonlySet<string>> {
    return new Set((await this.#disk.names(this.path)).map((name) => join(this.path, name)));
  }

  /** The ids of the look-ups that have a card. */
  async ids(): Promise<string[]> {
    return [...cardIds(await this.#disk.names(this.path))];
  }

  /** The same, with those of which only a newer version reads the card, and those that can still be brought back. */
  async allIds(): Promise<ReadonlySet<string>> {
    return cardIds(await this.#disk.names(this.path), anyCard);
  }

  /** Whether a look-up has a card that every window meets. */
  async isInSight(id: string): Promise<boolean> {
    return (await this.ids()).includes(id);
  }

  /**
   * The ids of the look-ups that were removed and can still be brought back, or could until their window ended. Not of one that
   * was brought back with a card written anew, because the old one could not be moved.
   */
  async apartIds(): Promise<string[]> {
    const names = await this.#disk.names(this.path);
    const there = cardIds(names);
    return [...cardIds(names, apartCard)].filter((id) => !there.has(id));
  }

  /** Whether a window has claimed it, or had when it ended. */
  async isClaimed(id: string): Promise<boolean> {
    return (await this.#files()).has(this.paths(id).claim);
  }

  groupPath(id: string): string {
    return join(this.path, id + groupEnding);
  }

  /** The ids of the groups that have a card. */
  async groupIds(): Promise<string[]> {
    return [...cardIds(await this.#disk.names(this.path), groupCard)];
  }

  /** Moves a group's card that cannot be read out of the way. */
  setGroupAside(id: string): Promise<void> {
    const path = this.groupPath(id);
    return this.#disk.rename(path, path + damagedEnding);
  }

  /** The paths of cards of groups that were set aside. */
  async groupsAside(): Promise<string[]> {
    const names = (await this.#disk.names(this.path)).filter(
      (name) => name.startsWith(groupEnding, idLength) && name.endsWith(damagedEnding),
    );
    return names.map((name) => join(this.path, name));
  }

  /** Takes a look-up's card out of sight: its other files stay, and no window meets it until the card is put back. */
  setApart(id: string): Promise<void> {
    const { card, firstCard, apartCard, apartFirstCard } = this.paths(id);
    return this.#renameIfThere([
      [card, apartCard],
      [firstCard, apartFirstCard],
    ]);
  }

  putBack(id: string): Promise<void> {
    const { card, firstCard, apartCard, apartFirstCard } = this.paths(id);
    return this.#renameIfThere([
      [apartFirstCard, firstCard],
      [apartCard, card],
    ]);
  }

  async #renameIfThere(pairs: readonly (readonly [from: string, to: string])[]): Promise<void> {
    const files = await this.#files();
    for (const [from, to] of pairs) {
      if (!files.has(from)) continue;
      await this.#disk.read(from); // rejects for a directory, which is no card
      await this.#disk.rename(from, to);
    }
  }

  /**
   * Removes every file of a look-up, its cards first: without them, what is left is known to be nobody's, and goes at a later start.
   * @throws when a card cannot be removed: then the look-up is as before
   */
  async remove(id: string): Promise<void> {
    const { card, firstCard, apartCard, apartFirstCard, ...others } = this.paths(id);
    // Of the two that a look-up can have, the one that is in sight last.
    for (const each of [apartFirstCard, apartCard, firstCard, card]) await this.#removeFile(each);
    await Promise.allSettled(Object.values(others).map((path) => this.#disk.remove(path)));
    // Another window may have moved it meanwhile, or been writing it: one that does so after this finds its claim gone.
    for (const each of [apartCard, card]) await this.#removeFile(each).catch(() => {});
  }

  async hasLedger(id: string): Promise<boolean> {
    const { ledger, firstLedger } = this.paths(id);
    const files = await this.#files();
    return files.has(ledger) || files.has(firstLedger);
  }

  /** Moves what cannot be read out of the way, so that it is neither met again nor lost. Returns where it is. */
  async setAside(id: string): Promise<string> {
    const { ledger, firstLedger, card, firstCard } = this.paths(id);
    const moved: string[] = [];
    // The card last: as long as it is there, the look-up is met again, and the rest follows then.
    for (const path of [ledger, firstLedger, card, firstCard]) {
      const files = await this.#files();
      if (!files.has(path)) continue;
      const aside = freeName(path, files);
      await this.#disk.rename(path, aside);
      moved.push(aside);
    }
    return moved[0] ?? card;
  }

  /** Keeps a card, or a group's, that cannot be read or made again, beside the one that is to be written in its place. */
  async keepCardBeside(card: string): Promise<void> {
    const files = await this.#files();
    const text = await this.#disk.read(card);
    // To write the new one may have failed before, and be tried again and again.
    for (let nth = 1; files.has(asideName(card, nth)); nth++) {
      if ((await this.#disk.read(asideName(card, nth)).catch(() => undefined)) === text) return;
    }
    await keepBeside(card, freeName(card, files), this.#disk);
  }

  /** Deletes what was set aside, in this session and before. */
  async removeSetAside(): Promise<void> {
    const names = (await this.#disk.names(this.path)).filter((name) => name.endsWith(damagedEnding));
    const removed = await Promise.allSettled(names.map((name) => this.#removeFile(join(this.path, name))));
    const failed = removed.find(({ status }) => status === 'rejected');
    if (failed?.status === 'rejected') throw failed.reason;
  }

  /** A directory stays: nobody of ours has made it, and what is in it is somebody's. Each start passes it by. */
  async #removeFile(path: string): Promise<void> {
    try {
      await this.#disk.remove(path);
    } catch (error) {
      if (!isDirectoryError(error)) throw error;
    }
  }

  /**
   * Old files that crashes seem to have left behind: without a card, drafts, claims on a succession, heartbeats. By a clock that was
   * set, or another system's, one may be what a window is just writing.
   * @param of a look-up or group; left out, all
   * @returns paths: those of look-ups, which can be claimed, by id, and the others, of which only a change tells that a window lives
   */
  async leftovers(of = ''): Promise<Leftovers> {
    const names = await this.#disk.names(this.path);
    const cards = cardIds(names, anyCard);
    const ofLookUps = new Map<string, string[]>();
    const others: string[] = [];
    for (const name of names.filter((each) => each.startsWith(of) && isLeftover(each, cards))) {
      const path = join(this.path, name);
      const age = Date.now() - (await this.#disk.changedAt(path).catch(() => Number.POSITIVE_INFINITY));
      if (age <= leftoverAfter) continue;
      const id = name.slice(0, idLength);
      const isOther = name.endsWith(heartbeatEnding) || name.startsWith(groupEnding, idLength);
      if (isOther) others.push(path);
      else ofLookUps.set(id, [...(ofLookUps.get(id) ?? []), path]);
    }
    return { ofLookUps, others };
  }
}

/** Where what is damaged can go: `X.damaged`, or `X.2.damaged` where that is taken. */
function asideName(path: string, nth: number): string {
  return path + (nth > 1 ? `.${nth}` : '') + damagedEnding;
}

function freeName(path: string, files: ReadonlySet<string>): string {
  let nth = 1;
  while (files.has(asideName(path, nth))) nth++;
  return asideName(path, nth);
}

function isDirectoryError(error: unknown): boolean {
  const code = codeOf(error);
  return code === 'ERR_FS_EISDIR' || code === 'EISDIR';
}

function cardIds(names: readonly string[], card = knownCard): ReadonlySet<string> {
  const ids = new Set<string>();
  for (const name of names) {
    if (!card.test(name.slice(idLength))) continue;
    const id = name.slice(0, idLength);
    if (idForm.test(id)) ids.add(id);
  }
  return ids;
}

function isLeftover(name: string, ids: ReadonlySet<string>): boolean {
  const id = name.slice(0, idLength);
  const ending = name.slice(idLength);
  if (!idForm.test(id) || ending.endsWith(damagedEnding)) return false;
  if (ending === heartbeatEnding || ending.endsWith(draftEnding) || ending.startsWith('.claim2.')) return true;
  return !ids.has(id) && ['.ledger', '.ledger2', '.places.json', '.claim', '.claim2'].includes(ending);
}
