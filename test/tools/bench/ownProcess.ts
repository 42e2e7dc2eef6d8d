import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';

export interface OwnProcess<T> {
  /** The first line of JSON that the process printed. */
  readonly said: T;
  end(): Promise<void>;
}

/** Starts a file, of this folder unless its path says otherwise, in a process of its own and waits for its first line. */
export async function ownProcess<T>(file: string, options: unknown): Promise<OwnProcess<T>> {
  const path = resolve(import.meta.dirname, file);
  const args = [path, JSON.stringify(options)];
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const gone = once(child, 'exit');
  const lines = createInterface(child.stdout);
  const line = await Promise.race([once(lines, 'line'), gone.then(() => undefined)]);
  if (!line) throw new Error(`${file} ended without a word`);
  return {
    said: JSON.parse(line[0]) as T,
    end: async () => {
      child.stdin.end();
      await gone;
    },
  };
}
