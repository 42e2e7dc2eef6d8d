/**
 * Files by which one of several windows, each with a process of its own, claims something for itself.
 *
 * A claim names the window that made it, and each window that has claims keeps a file whose time it sets anew every two
 * seconds: its heartbeat. A claim counts while that goes on. The id of a process alone says nothing: after a crash the same
 * id may belong to another process, and in a container the next one regularly has the same. It only serves to see at once
 * that a window is gone, where the process that had the claim ran on the same system and does not exist any more.
 *
 * A clock that differs or was set is no proof either: a heart that seems to have stopped is watched before it is believed.
 */
import { randomUUID } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { lstat, open, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { codeOf, isMissing, NotAFileError, nodeDisk } from './disk.ts';

/** How the name of a heartbeat ends. */
export const heartbeatEnding = '.window';

const word = z.string().regex(/^[\w-]{1,36}$/);
const ownerSchema = z.object({
  /**
   * Made anew for each claim. This id and the window's become parts of file names, so a stored one may hold letters, digits, _
   * and - only.
   */
  claim: word,
  window: word,
  place: z.string(),
  pid: z.number(),
});
type Owner = z.infer<typeof ownerSchema>;

interface Rhythm {
  /** Milliseconds between two beats. */
  readonly beat: number;
  /** A heartbeat that is older than this is watched for a while before the window counts as gone. Milliseconds. */
  readonly patience: number;
}

export class Claims {
  readonly #folder: string;
  readonly #rhythm: Rhythm;
  readonly #window = randomUUID();
  readonly #glances = new Map<string, Promise<boolean>>();
  #heart: Promise<NodeJS.Timeout> | undefined;
  /** Resolves when it is done. */
  #lastBeat: Promise<void> = Promise.resolve();

  /** @param folder where the heartbeats are; made by whoever claims something in it */
  constructor(folder: string, rhythm: Rhythm = { beat: 2000, patience: 10_000 }) {
    this.#folder = folder;
    this.#rhythm = rhythm;
  }

  /**
   * Makes a claim this window's own.
   * @returns false when a window that lives has it
   * @throws when the folder cannot be written, or a claim that is there cannot be read: its window may live
   */
  async take(path: string): Promise<boolean> {
    await this.#beat();
    for (;;) {
      const text = JSON.stringify({
        claim: randomUUID(),
        window: this.#window,
        place,
        pid: process.pid,
      } satisfies Owner);
      try {
        await makeWhole(path, text);
        return true;
      } catch (error) {
        if (codeOf(error) !== 'EEXIST') throw error;
      }
      const owner = await ownerOf(path);
      if (owner === 'none') continue; // let go of between the two calls
      if (typeof owner === 'object' && owner.window === this.#window) return true;
      if (owner !== 'foreign' && (await this.#isAlive(owner, path))) return false;
      if (owner === 'unreadable') {
        await readOwner(path); // throws while that is so
        continue;
      }
      // Of several windows that see the same stale claim, one makes the claim on its succession. While it has that, nobody
      // else replaces the claim; and whoever gets it later sees that the claim is another one by then.
      const succession = `${path}.${typeof owner === 'object' ? owner.claim : owner}`;
      if (!(await this.take(succession))) return false;
      if (await isStill(path, owner)) {
        if (owner !== 'foreign') {
          await rename(succession, path);
          return true;
        }
        await rename(path, `${path}.${randomUUID()}.aside`);
      }
      await rm(succession, { force: true });
    }
  }

  /** True while another window that lives has it. */
  async isElsewhere(path: string): Promise<boolean> {
    const owner = await ownerOf(path);
    if (owner === 'none' || owner === 'foreign') return false;
    if (typeof owner === 'object' && owner.window === this.#window) return false;
    return this.#isAlive(owner, path);
  }

  /**
   * True while this window has it: not when it was removed, or another window took this one for dead.
   * @throws when it is there and cannot be read: whoever takes that for no loses what is this window's
   */
  async isOwn(path: string): Promise<boolean> {
    const owner = await readOwner(path);
    return typeof owner === 'object' && owner.window === this.#window;
  }

  /** Removes heartbeats that have stopped, which are watched before that is believed. Never rejects. */
  async removeStopped(heartbeats: readonly string[]): Promise<void> {
    const remove = async (path: string) => {
      if (!(await this.#isBeating(path))) await rm(path, { force: true });
    };
    await Promise.allSettled(heartbeats.map(remove));
  }

  /** Lets go of a claim, if this window has it. */
  async release(path: string): Promise<void> {
    if (await this.isOwn(path)) await rm(path, { force: true });
  }

  /** Ends the heartbeat. Never rejects: a heart that cannot be removed has stopped all the same. */
  async close(): Promise<void> {
    if (!this.#heart) return;
    clearInterval(await this.#heart.catch(() => undefined));
    this.#heart = undefined;
    await this.#lastBeat; // which may be making the file again
    await rm(this.#heartbeat(this.#window), { force: true }).catch(() => {});
  }

  #beat(): Promise<unknown> {
    const begin = async () => {
      const path = this.#heartbeat(this.#window);
      await writeFile(path, '', { mode: 0o600 });
      const beat = () => {
        this.#lastBeat = beatOnce(path);
      };
      return setInterval(beat, this.#rhythm.beat).unref();
    };
    this.#heart ??= begin();
    this.#heart.catch(() => {
      this.#heart = undefined;
    });
    return this.#heart;
  }

  #heartbeat(window: string): string {
    return join(this.#folder, window + heartbeatEnding);
  }

  #isAlive(owner: Owner | 'unknown' | 'unreadable', path: string): Promise<boolean> {
    if (typeof owner === 'string') return this.#isBeating(path); // being written, or left half written
    if (owner.place === place && !isProcess(owner.pid)) return Promise.resolve(false);
    const heartbeat = this.#heartbeat(owner.window);
    // Looked at once for all claims of a window, which may be a thousand.
    const glance = this.#glances.get(heartbeat) ?? this.#isBeating(heartbeat);
    this.#glances.set(heartbeat, glance);
    void glance.finally(() => this.#glances.delete(heartbeat)).catch(() => {});
    return glance;
  }

  async #isBeating(path: string): Promise<boolean> {
    const last = await timeOf(path);
    if (typeof last !== 'number') return last === 'unknown';
    if (Math.abs(Date.now() - last) < this.#rhythm.patience) return true;
    await new Promise((resolve) => setTimeout(resolve, this.#rhythm.beat * 1.5));
    return (await timeOf(path)) !== last;
  }
}

/** Makes a file, or none: half a claim, as on a full disk, would for a while count as one of another window. */
async function makeWhole(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(text);
  } catch (error) {
    await rm(path, { force: true }).catch(() => {});
    throw error;
  } finally {
    await file.close();
  }
}

/**
 * Only the file's time is set and nothing is written, so that a full disk does not stop the heartbeat. Where the file is gone,
 * since somebody took the heart for a stopped one while the computer slept, it is made again.
 */
async function beatOnce(path: string): Promise<void> {
  try {
    await utimes(path, new Date(), new Date());
  } catch (error) {
    if (isMissing(error)) await writeFile(path, '', { mode: 0o600 }).catch(() => {});
  }
}

/** The same for two processes that see each other's ids: one machine since it was started, and one container of it. */
const place = [hostname(), read('/proc/sys/kernel/random/boot_id'), link('/proc/self/ns/pid')].join(' ').trim();

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return ''; // not on this system
  }
}

function link(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}

type Found = Owner | 'none' | 'unknown' | 'foreign';

/**
 * unknown: it is not what was written, or not yet. foreign: a directory, a pipe or a device, which nobody of ours has made.
 * unreadable: it cannot be read at the moment, and its window may live.
 */
function ownerOf(path: string): Promise<Found | 'unreadable'> {
  return readOwner(path).catch(() => 'unreadable');
}

/** @throws when it is there and cannot be read */
async function readOwner(path: string): Promise<Found> {
  try {
    return ownerSchema.parse(JSON.parse(await nodeDisk.read(path)));
  } catch (error) {
    if (error instanceof NotAFileError) return 'foreign';
    if (isMissing(error)) return 'none';
    const code = codeOf(error);
    // It is half written, or not what was written; or a link to nowhere or to itself, or a socket.
    if (code === undefined || code === 'ELOOP' || code === 'ENXIO') return 'unknown';
    throw error;
  }
}

async function isStill(path: string, owner: Owner | 'unknown' | 'foreign'): Promise<boolean> {
  const now = await ownerOf(path);
  return typeof now === 'object' && typeof owner === 'object' ? now.claim === owner.claim : now === owner;
}

async function timeOf(path: string): Promise<number | 'none' | 'unknown'> {
  try {
    return (await lstat(path)).mtimeMs;
  } catch (error) {
    return isMissing(error) ? 'none' : 'unknown';
  }
}

function isProcess(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}
