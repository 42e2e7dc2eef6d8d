/**
 * The accounts on disk: names and what HubSpot says of them, never a token. One file for all windows, in the extension's own
 * folder.
 *
 * The file is read anew before each change, and only what does not exist counts as empty: a file that cannot be read, or is
 * of another form, is never written over. What another version wrote there and this one does not know, keys or whole
 * accounts, stays through any change. Of a file with a broken place every account beside that place is read.
 */

import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { messageOf } from '../core/domain/thrown.ts';
import { Claims } from '../editor/claim.ts';
import { type Disk, isMissing, keepBeside, nodeDisk, readNow, unlessTooDeep, withoutPath } from '../editor/disk.ts';

const storedAccount = z.object({
  id: z.string().min(1),
  name: z.string().min(1),
  portalId: z.string().optional(),
  /** HubSpot's accountType (STANDARD, SANDBOX, DEVELOPER_TEST, APP_DEVELOPER), where it could be read. */
  accountType: z.string().optional(),
  /** Host of the account's pages, such as app-eu1.hubspot.com. */
  uiDomain: z.string().optional(),
  /** Where HubSpot hosts the account, such as eu1. */
  region: z.string().optional(),
  timeZone: z.string().optional(),
  /** The scopes the token was granted, where HubSpot told. */
  scopes: z.array(z.string()).optional(),
  /** False when the token was stored without HubSpot having accepted it. */
  checked: z.boolean(),
  /** When an OAuth access token ends at the latest, in milliseconds since 1970. */
  tokenEndsAt: z.number().optional(),
});
export type StoredAccount = z.infer<typeof storedAccount>;

export interface AccountsOnDisk {
  readonly accounts: readonly StoredAccount[];
  /** The id of the account that look-ups read from. */
  readonly active: string | undefined;
}

/** Goes up when what is there changes its meaning. 0.1.0 wrote none. */
const fileVersion = 1;

const contents = z.looseObject({
  version: z.literal(fileVersion).optional(),
  accounts: z.array(z.unknown()),
  active: z.string().optional().catch(undefined),
});
type Contents = z.infer<typeof contents>;

const none: Contents = { accounts: [] };
const nothing: AccountsOnDisk = { accounts: [], active: undefined };

/** What the file says, read and held against its form. */
type FileContents =
  | { readonly kind: 'fit'; readonly text: string; readonly contents: Contents }
  | { readonly kind: 'missing' }
  /** No JSON object: its end is missing, as after a crash, or another program wrote the file. */
  | { readonly kind: 'broken'; readonly text: string }
  /** An object of another form: a newer version's. */
  | { readonly kind: 'other'; readonly text: string };

/** Why the accounts were not changed. */
export class AccountsNotChangedError extends Error {
  readonly why: 'newer' | 'unreadable';

  constructor(why: 'newer' | 'unreadable', detail: string) {
    super(detail);
    this.why = why;
  }
}

/** How long another window's change is waited for before it is looked again. Milliseconds. */
const turnEvery = 20;

/** How often a file that cannot be read is tried before a change is given up, and how long is waited between. Milliseconds. */
const readTries = 5;
const readEvery = 100;

export class StoredAccounts {
  readonly path: string;
  readonly #folder: string;
  readonly #claims: Claims;
  readonly #warn: (text: string) => void;
  readonly #disk: Disk;
  readonly #readNow: (path: string) => string;
  #text: string | undefined;
  #now = nothing;
  #said = '';
  #writing: Promise<unknown> = Promise.resolve();

  /**
   * @param folder made by the first change
   * @param readAtOnce reads a file at once, for the first look
   */
  constructor(folder: string, warn: (text: string) => void, disk: Disk = nodeDisk, readAtOnce = readNow) {
    this.path = join(folder, 'accounts.json');
    this.#folder = folder;
    this.#claims = new Claims(folder);
    this.#warn = warn;
    this.#disk = disk;
    this.#readNow = readAtOnce;
  }

  get now(): AccountsOnDisk {
    return this.#now;
  }

  /**
   * Looks at the file. One that cannot be read says nothing about the accounts: those known before stay.
   * @returns whether the accounts are others than before
   */
  look(): boolean {
    try {
      return this.#take(fileContents(this.#readNow(this.path)));
    } catch (error) {
      if (isMissing(error)) return this.#take({ kind: 'missing' });
      this.#say(`accounts.json cannot be read at the moment, and is left as it is: ${messageOf(error)}`);
      return false;
    }
  }

  /**
   * Changes what is in the file now, which another window may have changed since.
   * @throws {AccountsNotChangedError} when the file cannot be read, or is a newer version's
   * @throws when it cannot be written; it is as before then
   */
  change(update: (now: AccountsOnDisk) => AccountsOnDisk): Promise<void> {
    const done = this.#writing.then(() => this.#locked(() => this.#change(update)));
    this.#writing = done.catch(() => {});
    return done;
  }

  async #change(update: (now: AccountsOnDisk) => AccountsOnDisk): Promise<void> {
    const before = await this.#read();
    if (before.kind === 'other') {
      throw new AccountsNotChangedError('newer', 'It has another form.');
    }
    // Half a file, or one with a broken place: it is kept beside, and the accounts that are known go into a new one.
    if (before.kind === 'broken') {
      await this.#setAside(before.text);
      this.#now = united(this.#now, legibleIn(before.text));
    } else this.#take(before);
    const old = before.kind === 'fit' ? before.contents : none;
    const next = update(this.#now);
    const textBeside = (each: Contents) => JSON.stringify(merged(each, next), undefined, 2);
    const whole = unlessTooDeep(() => textBeside(old));
    if (whole === undefined && before.kind === 'fit') await this.#setAside(before.text);
    const text = whole ?? textBeside(none);
    await this.#disk.replace(this.path, [text]);
    this.#take(fileContents(text));
  }

  /** Reads the file, a few times in a row where that fails: another process may be just about to write it. */
  async #read(): Promise<FileContents> {
    for (let tries = 1; ; tries++) {
      try {
        const read = fileContents(await this.#disk.read(this.path));
        if (read.kind !== 'broken' || tries === readTries) return read;
      } catch (error) {
        if (isMissing(error)) return { kind: 'missing' };
        if (tries === readTries) {
          throw new AccountsNotChangedError('unreadable', withoutPath(error));
        }
      }
      await new Promise((resolve) => setTimeout(resolve, readEvery));
    }
  }

  #take(read: FileContents): boolean {
    if (read.kind === 'broken' || read.kind === 'other') {
      this.#say(
        read.kind === 'other'
          ? 'accounts.json was written by a newer version of this extension. It is left as it is.'
          : 'accounts.json is not what was written. It is left as it is; a change keeps it as accounts.unreadable.json.',
      );
      if (read.kind === 'other' || this.#text !== undefined) return false;
      this.#text = read.text;
      this.#now = legibleIn(read.text);
      return this.#now.accounts.length > 0;
    }
    this.#said = '';
    const text = read.kind === 'fit' ? read.text : undefined;
    if (text === this.#text) return false;
    this.#text = text;
    this.#now = read.kind === 'fit' ? this.#known(read.contents) : nothing;
    return true;
  }

  #known({ accounts, active }: Contents): AccountsOnDisk {
    const fit = accounts.flatMap((each) => storedAccount.safeParse(each).data ?? []);
    if (fit.length < accounts.length) {
      this.#warn('An account in accounts.json has another form. It is left out, and left as it is.');
    }
    return { accounts: fit, active };
  }

  async #setAside(text: string): Promise<void> {
    const beside = (nth: number) => join(this.path, '..', `accounts.unreadable${nth > 1 ? `-${nth}` : ''}.json`);
    let nth = 1;
    // To write the new one may have failed before, and be tried again.
    for (; await exists(beside(nth)); nth++) {
      if ((await this.#disk.read(beside(nth)).catch(() => undefined)) === text) return;
    }
    await keepBeside(this.path, beside(nth), this.#disk);
    this.#warn(`accounts.json was not what was written. It is kept as ${beside(nth)}.`);
  }

  /** Warns, once as long as the text stays the same. */
  #say(text: string): void {
    if (text !== this.#said) this.#warn(text);
    this.#said = text;
  }

  /** One window at a time: each reads what the one before has written. */
  async #locked(work: () => Promise<void>): Promise<void> {
    const lock = `${this.path}.lock`;
    await this.#disk.makeFolder(this.#folder);
    while (!(await this.#claims.take(lock))) {
      await new Promise((resolve) => setTimeout(resolve, turnEvery * (0.5 + Math.random())));
    }
    try {
      await work();
    } finally {
      await this.#claims.release(lock).catch(() => {});
      await this.#claims.close();
    }
  }
}

function fileContents(text: string): FileContents {
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\ufeff/, '')); // some editors put this mark before it
  } catch {
    return { kind: 'broken', text };
  }
  const parsed = contents.safeParse(json).data;
  if (parsed) return { kind: 'fit', text, contents: parsed };
  return { kind: typeof json === 'object' && json !== null && !Array.isArray(json) ? 'other' : 'broken', text };
}

/** An account as it is written, in lines of its own, which may have braces within; or in another form, without any. */
const written = /^ {4}\{\r?\n(?:(?! {4}[{}]).*\n)* {4}\}|\{[^{}]*\}/gm;

/** The accounts that can be read in a broken text: a broken place costs the one that it is in. */
function legibleIn(text: string): AccountsOnDisk {
  const accounts = [...text.matchAll(written)].flatMap(([each]) => {
    const read = fileContents(`{"accounts":[${each}]}`);
    return read.kind === 'fit' ? (storedAccount.safeParse(read.contents.accounts[0]).data ?? []) : [];
  });
  return { accounts, active: /"active": ?"([^"]*)"/.exec(text)?.[1] };
}

/** The accounts that were known, and those of a broken file: another window may have written some since. */
function united(known: AccountsOnDisk, legible: AccountsOnDisk): AccountsOnDisk {
  const accounts = new Map([...known.accounts, ...legible.accounts].map((account) => [account.id, account]));
  return { accounts: [...accounts.values()], active: legible.active ?? known.active };
}

/** The file's new content: the accounts as they are now, with the keys and accounts in it that only another version knows. */
function merged(old: Contents, { accounts, active }: AccountsOnDisk): object {
  const isKnown = (each: unknown) => storedAccount.safeParse(each).success;
  const before = new Map(old.accounts.filter(isKnown).map((each) => [(each as StoredAccount).id, each as object]));
  const own = accounts.map((account) => {
    const unknown = Object.entries(before.get(account.id) ?? {}).filter(
      ([key]) => !Object.hasOwn(storedAccount.shape, key),
    );
    return { ...account, ...Object.fromEntries(unknown) };
  });
  return { ...old, accounts: [...own, ...old.accounts.filter((each) => !isKnown(each))], active };
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    (error) => !isMissing(error),
  );
}
