/**
 * Look-ups on disk: what survives a reload or a killed editor. For each look-up a ledger (core/ledger: what was answered, ids
 * and association types only), a card (which account, when, its name) and the places its ids came from. Never a token.
 */
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import type { Account } from './accounts.ts';
import type { Question } from './core/associations.ts';
import type { Failure } from './core/failure.ts';
import type { Ledger } from './core/ledger/ledger.ts';
import type { RestoredLookUp } from './core/ledger/restoreLookUp.ts';
import { LedgerFile, readLedgerFile, setAsideLedgerFile } from './ledgerFile.ts';
import {
  noPlaces,
  type RecordSources,
  recordSourcesFrom,
  type StoredPlaces,
  storedPlacesSchema,
} from './recordSources.ts';

/** Look-ups kept beside the pinned ones; the oldest go first. */
const mostKept = 50;

/** What an answer says about its account, also when the account has been removed since. */
const accountSchema = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(['sample', 'stored', 'environment']),
  portalId: z.string().optional(),
  accountType: z.string().optional(),
  uiDomain: z.string().optional(),
  checked: z.boolean(),
});

/** Why a look-up was stopped, where that still holds for another window. HubSpot's own words are not kept. */
const stoppedSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['cancelled', 'noToken']) }),
  z.object({ kind: z.literal('dailyLimit'), hubSpot: z.object({}) }),
  z.object({ kind: z.literal('unauthorized'), expired: z.boolean(), hubSpot: z.object({}) }),
  z.object({ kind: z.literal('missingScopes'), anyOf: z.array(z.string()), hubSpot: z.object({}) }),
]);

const cardSchema = z.object({
  version: z.literal(1),
  id: z.uuid(),
  account: accountSchema,
  startedAt: z.iso.datetime().transform((text) => new Date(text)),
  name: z.string().optional(),
  pinned: z.boolean(),
  /** True when everything was tried; false while it runs and when it was stopped. */
  ended: z.boolean(),
  stopped: stoppedSchema.optional().catch(undefined),
});

/** What is kept of a look-up beside its answers. */
export interface LookUpCard {
  readonly id: string;
  readonly account: Account;
  readonly startedAt: Date;
  readonly name: string | undefined;
  readonly pinned: boolean;
  readonly ended: boolean;
  /** What ended it before everything was tried. */
  readonly stopped: Failure | undefined;
}

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
    if (await this.#isElsewhere(id)) return;
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
    const cards = await this.#cards();
    const surplus = cards.filter(({ pinned }) => !pinned).slice(0, -mostKept);
    let waiting = cards.filter((card) => !surplus.includes(card));
    for (const card of surplus) await this.remove(card.id);
    for (let tries = 0; waiting.length > 0 && tries < 20; tries++) {
      if (tries > 0) await new Promise((resolve) => setTimeout(resolve, this.#moment));
      const claimed: LookUpCard[] = [];
      for (const card of waiting) {
        if (!(await this.#claim(card.id))) continue;
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
    const card = (await this.#cards()).find((each) => each.id === id);
    return card && (await this.#claim(id)) ? this.#restoreOne(card) : undefined;
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
    await this.#claim(card.id);
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

  async #cards(): Promise<LookUpCard[]> {
    let names: string[];
    try {
      names = await readdir(this.#folder);
    } catch {
      return [];
    }
    const cards: LookUpCard[] = [];
    for (const name of names.filter((each) => each.endsWith('.card.json'))) {
      const parsed = cardSchema.safeParse(await readJsonFile(join(this.#folder, name)));
      if (parsed.success) cards.push({ ...parsed.data, name: parsed.data.name, stopped: parsed.data.stopped });
    }
    return cards.sort((one, other) => one.startedAt.getTime() - other.startedAt.getTime());
  }

  async #places(path: string): Promise<StoredPlaces> {
    return storedPlacesSchema.catch(noPlaces).parse(await readJsonFile(path));
  }

  async #writeCard(card: LookUpCard): Promise<void> {
    const { card: path } = this.#paths(card.id);
    const account = accountSchema.parse(card.account); // leaves out the token's scopes
    const stopped = stoppedSchema.safeParse(card.stopped).data;
    const text = JSON.stringify({ version: 1, ...card, account, stopped, startedAt: card.startedAt.toISOString() });
    await writeFile(`${path}.new`, text, { mode: 0o600 });
    await rename(`${path}.new`, path);
  }

  /** Marks a look-up as this process's own. False when a process that lives has it. */
  async #claim(id: string): Promise<boolean> {
    const { claim } = this.#paths(id);
    try {
      await writeFile(claim, String(process.pid), { flag: 'wx' });
      return true;
    } catch {
      if (await this.#isElsewhere(id)) return false;
      await writeFile(claim, String(process.pid));
      return true;
    }
  }

  /** True while another process that lives has claimed this look-up. */
  async #isElsewhere(id: string): Promise<boolean> {
    const owner = Number(await readFile(this.#paths(id).claim, 'utf8').catch(() => ''));
    return owner !== process.pid && isAlive(owner);
  }

  #paths(id: string) {
    const path = (ending: string) => join(this.#folder, `${id}.${ending}`);
    return { card: path('card.json'), ledger: path('ledger'), places: path('places.json'), claim: path('claim') };
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

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
