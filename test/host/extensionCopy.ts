import { copyFileSync, cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TemporaryFolder, temporaryFolder } from './temporaryFolder.ts';
import { projectFolder } from './vscodeRelease.ts';

/** A copy of the extension as it is built, to be opened with other files in it: translations, another entry. */
export function extensionCopy(manifestChanges: Readonly<Record<string, unknown>> = {}): TemporaryFolder {
  const folder = temporaryFolder('extension');
  for (const part of ['dist', 'media']) cpSync(join(projectFolder, part), join(folder.path, part), { recursive: true });
  copyFileSync(join(projectFolder, 'package.nls.json'), join(folder.path, 'package.nls.json'));
  const manifest = JSON.parse(readFileSync(join(projectFolder, 'package.json'), 'utf8'));
  writeFileSync(join(folder.path, 'package.json'), JSON.stringify({ ...manifest, ...manifestChanges }));
  return folder;
}
