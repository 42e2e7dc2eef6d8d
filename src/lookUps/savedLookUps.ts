/**
 * Look-ups on disk: what survives a reload or a killed editor. For each look-up a ledger (core/ledger: what was answered, ids
 * and association types only), a card (which account, when, its name) and the places its ids came from. Never a token.
 */
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Question } from '../core/domain/associations.ts';
import type { Failure } from '../core/domain/failure.ts';
import type { Ledger } from '../core/ledger/ledger.ts';
import type { RestoredLookUp } from '../core/lookUp/restore.ts';
import { claim, isClaimedElsewhere } from '../editor/claim.ts';
import {
  noPlaces,
  type RecordSources,
  recordSourcesFrom,
  type StoredPlaces,
  storedPlacesSchema,
} from '../ids/idPlaces.ts';
import { damagedEnding, LedgerFile, readLedgerFile, setAsideLedgerFile } from './ledgerFile.ts';
import { cardText, type LookUpCard, parseCard } from './lookUpCard.ts';

/** Look-ups kept beside the pinned ones; the oldest go first. */
const mostKept = 50;

const cardEnding = '.card.json';

export type SavedLookUp =
  | {
      readonly kind: 'restored';
      readonly card: LookUpCard;
      readonly question: Question;
      readonly state: Extract<RestoredLookUp, { kind: 'restored' }>['state'];
      readonly sources: RecordSources;
      /** Missing while another window keeps the look-up. */
      readonly ledger: Ledger | undefined;
    }
  /** It cannot be read and was set aside under this path. */
  | { readonly kind: 'damaged'; readonly detail: string; readonly setAside: string };

export class SavedLookUps {
  readonly #folder: string;
  readonly #moment: number;
  readonly #open = new Map<string, Promise<LedgerFile>>();

  /**
   * @param folder of this workspace; made when the first look-up is kept
   * @param moment milliseconds until another window is asked again whether it lets go of its look-ups
   */
  constructor(folder: string, moment = 500) {
    this.#folder = folder;
    this.#moment = moment;
  }

  /** Starts to keep a look-up. What cannot be written is told by the ledger's `append`. */
  begin(card: LookUpCard, places: StoredPlaces): Ledger {
    const file = this.#create(card, places);
    file.catch(() => {}); // said by every append
    this.#open.set(card.id, file);
    return { append: async (line) => (await file).append(line) };
  }

  /** Writes down that a look-up was renamed, pinned, ended... Fails silently: nothing of the answer depends on it. */
  async update(card: LookUpCard): Promise<void> {
    const file = this.#open.get(card.id);
    if (!file) return;
    await file.then(() => this.#writeCard(card)).catch(() => {});
  }

  /** Deletes what is kept of a look-up, unless it is another window's. */
  async remove(id: string): Promise<void> {
    if (await isClaimedElsewhere(this.#paths(id).claim)) return;
    const file = this.#open.get(id);
    this.#open.delete(id);
    await file?.then((ledger) => ledger.close()).catch(() => {});
    await Promise.all(Object.values(this.#paths(id)).map((path) => rm(path, { force: true })));
  }

  /**
   * The look-ups that are kept, oldest first. The window that this one replaces may need a moment to let go of its own. Those
   * that another window still has after that are read as far as it has come, without a ledger: only one may write.
   */
  async *restore(): AsyncGenerator<SavedLookUp> {
    const { cards, unreadable } = await this.#cards();
    for (const id of unreadable) {
      if (!(await isClaimedElsewhere(this.#paths(id).claim))) yield this.#setAside(id, 'its card cannot be read');
    }
    const surplus = cards.filter(({ pinned }) => !pinned).slice(0, -mostKept);
    let waiting = cards.filter((card) => !surplus.includes(card));
    for (const card of surplus) await this.remove(card.id);
    for (let tries = 0; waiting.length > 0 && tries < 20; tries++) {
      if (tries > 0) await new Promise((resolve) => setTimeout(resolve, this.#moment));
      const claimed: LookUpCard[] = [];
      for (const card of waiting) {
        if (!(await claim(this.#paths(card.id).claim))) continue;
        claimed.push(card);
        const saved = await this.#restoreOne(card);
        if (saved) yield saved;
      }
      waiting = waiting.filter((card) => !claimed.includes(card));
    }
    for (const card of waiting) {
      const seen = await this.#look(card).catch(() => undefined);
      if (seen) yield seen;
    }
  }

  /** A look-up of which another window has let go, now this window's own; undefined while it has not. */
  async take(id: string): Promise<SavedLookUp | undefined> {
    const card = (await this.#cards()).cards.find((each) => each.id === id);
    return card && (await claim(this.#paths(id).claim)) ? this.#restoreOne(card) : undefined;
  }

  /** Deletes what was set aside, in this session and before. */
  async removeSetAside(): Promise<void> {
    const names = (await this.#names()).filter((name) => name.endsWith(damagedEnding));
    await Promise.all(names.map((name) => rm(join(this.#folder, name), { force: true })));
  }

  /** Closes the files. What was appended is on disk already. */
  async close(): Promise<void> {
    const ids = [...this.#open.keys()];
    await Promise.all(
      ids.map(async (id) => {
        await this.#open
          .get(id)
          ?.then((ledger) => ledger.close())
          .catch(() => {});
        await rm(this.#paths(id).claim, { force: true });
      }),
    );
    this.#open.clear();
  }

  async #create(card: LookUpCard, places: StoredPlaces): Promise<LedgerFile> {
    await mkdir(this.#folder, { recursive: true });
    const paths = this.#paths(card.id);
    await claim(paths.claim);
    await writeFile(paths.places, JSON.stringify(places), { mode: 0o600 });
    await this.#writeCard(card);
    return LedgerFile.create(paths.ledger);
  }

  async #restoreOne(card: LookUpCard): Promise<SavedLookUp | undefined> {
    const paths = this.#paths(card.id);
    try {
      const { restored, ledger } = await LedgerFile.reopen(paths.ledger, card.stopped);
      if (restored.kind === 'restored' && ledger) {
        this.#open.set(card.id, Promise.resolve(ledger));
        const sources = recordSourcesFrom(await this.#places(paths.places), restored.question.ids);
        return { kind: 'restored', card, question: restored.question, state: restored.state, sources, ledger };
      }
      if (restored.kind === 'empty') return await this.#forget(card.id);
      const detail =
        restored.kind === 'otherVersion'
          ? `written in version ${restored.version} of the format`
          : `line ${'line' in restored ? restored.line : 1}: ${'detail' in restored ? restored.detail : ''}`;
      return await this.#setAside(card.id, detail);
    } catch (error) {
      if (isMissing(error)) return await this.#forget(card.id);
      return await this.#setAside(card.id, error instanceof Error ? error.message : String(error));
    }
  }

  /** Another window's look-up as it is at the moment. */
  async #look(card: LookUpCard): Promise<SavedLookUp | undefined> {
    const paths = this.#paths(card.id);
    const stopped: Failure = { kind: 'openElsewhere' };
    const restored = await readLedgerFile(paths.ledger, stopped);
    if (restored.kind !== 'restored') return undefined;
    const { question, state } = restored;
    const sources = recordSourcesFrom(await this.#places(paths.places), question.ids);
    return { kind: 'restored', card: { ...card, stopped }, question, state, sources, ledger: undefined };
  }

  async #setAside(id: string, detail: string): Promise<SavedLookUp> {
    const paths = this.#paths(id);
    const setAside = await setAsideLedgerFile(paths.ledger).catch(() => paths.ledger);
    await Promise.all([paths.card, paths.places, paths.claim].map((path) => rm(path, { force: true })));
    return { kind: 'damaged', detail, setAside };
  }

  /** Nothing was written before the end: there is nothing to show. */
  async #forget(id: string): Promise<undefined> {
    await this.remove(id);
    return undefined;
  }

  /** The cards, oldest first, and the ids of those that cannot be read. */
  async #cards(): Promise<{ readonly cards: LookUpCard[]; readonly unreadable: readonly string[] }> {
    const cards: LookUpCard[] = [];
    const unreadable: string[] = [];
    for (const name of (await this.#names()).filter((each) => each.endsWith(cardEnding))) {
      const card = parseCard(await readJsonFile(join(this.#folder, name)));
      if (card) cards.push(card);
      else unreadable.push(name.slice(0, -cardEnding.length));
    }
    cards.sort((one, other) => one.startedAt.getTime() - other.startedAt.getTime());
    return { cards, unreadable };
  }

  /** The files of the folder; none while it is not made. */
  #names(): Promise<readonly string[]> {
    return readdir(this.#folder).catch(() => []);
  }

  async #places(path: string): Promise<StoredPlaces> {
    return storedPlacesSchema.catch(noPlaces).parse(await readJsonFile(path));
  }

  async #writeCard(card: LookUpCard): Promise<void> {
    const { card: path } = this.#paths(card.id);
    await writeFile(`${path}.new`, cardText(card), { mode: 0o600 });
    await rename(`${path}.new`, path);
  }

  #paths(id: string) {
    const path = (ending: string) => join(this.#folder, id + ending);
    return { card: path(cardEnding), ledger: path('.ledger'), places: path('.places.json'), claim: path('.claim') };
  }
}

async function readJsonFile(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch {
    return undefined;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
