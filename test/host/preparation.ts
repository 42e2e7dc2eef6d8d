import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { browserExecutable } from './browserExecutable.ts';
import { installVscode, MissingError } from './installation.ts';
import { projectFolder, type VscodeRelease } from './vscodeRelease.ts';

/**
 * Makes sure that a VS Code of this release can be started with the extension as it stands in the source: the server,
 * a browser, and the built extension. What is there already costs nothing.
 *
 * @throws MissingError, in one sentence, for what cannot be had.
 */
export async function prepare(release: VscodeRelease): Promise<void> {
  browserExecutable();
  await installVscode(release);
  buildExtension();
}

/** Builds dist/ from src/ and media/. @param options - `--production` for what is published. */
export function buildExtension(...options: readonly '--production'[]): void {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(projectFolder, 'esbuild.js'), ...options], {
    cwd: projectFolder,
    encoding: 'utf8',
  });
  if (status !== 0) throw new MissingError(`The extension does not build.\n${stdout}${stderr}`);
}

/** Runs a script's main part; what is missing ends it with one sentence, everything else with its stack. */
export async function runMain(main: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await main();
  } catch (error) {
    console.error(error instanceof MissingError ? error.message : error);
    process.exitCode = 1;
  }
}
