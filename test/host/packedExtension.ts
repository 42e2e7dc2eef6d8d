import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { MissingError } from './installation.ts';
import { projectFolder } from './vscodeRelease.ts';

/** Packs the extension as it is built, as it would be published. @returns the path of the .vsix, in the given folder. */
export function packExtension(folder: string): string {
  const path = join(folder, 'extension.vsix');
  const vsce = join(projectFolder, 'node_modules', '@vscode', 'vsce', 'vsce');
  // Pictures of the README have no public address before there is a repository.
  const base = 'https://example.com/';
  const args = ['package', '--no-dependencies', '--allow-missing-repository', '--out', path];
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [vsce, ...args, '--baseContentUrl', base, '--baseImagesUrl', base],
    { cwd: projectFolder, encoding: 'utf8' },
  );
  if (status !== 0) throw new MissingError(`The extension could not be packed.\n${stdout}${stderr}`);
  return path;
}
