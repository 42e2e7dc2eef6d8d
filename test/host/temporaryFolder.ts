import { cpSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { closeAtEnd } from './closing.ts';
import { assertNoTokens, filesWithToken } from './tokenSearch.ts';

export interface TemporaryFolder {
  readonly path: string;
  remove(): Promise<void>;
}

const stubborn = { recursive: true, force: true, maxRetries: 5 } as const;

/** Makes a fresh folder. It is removed at the end of the process at the latest, and no file in it may hold a token then. */
export function temporaryFolder(name: string): TemporaryFolder {
  // The real path, because VS Code compares paths as text and macOS keeps its temporary folder behind a link.
  const path = realpathSync(mkdtempSync(join(tmpdir(), `associations-${name}-`)));
  const remove = closeAtEnd(
    async () => {
      const found = filesWithToken(path);
      await rm(path, stubborn);
      assertNoTokens(found);
    },
    () => rmSync(path, stubborn),
  );
  return { path, remove };
}

/** Makes a fresh copy of a folder, which keeps its name. */
export function temporaryCopy(original: string): TemporaryFolder {
  const { path: parent, remove } = temporaryFolder('copy');
  const path = join(parent, basename(original));
  cpSync(original, path, { recursive: true });
  return { path, remove };
}
