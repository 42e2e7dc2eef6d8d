import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MissingError } from './installation.ts';
import { projectFolder } from './vscodeRelease.ts';

/** Where a marketplace page finds the README's pictures and what its links lead to. */
export interface PublishedAt {
  /** Such as `https://github.com/OWNER/NAME`. */
  readonly repository: string;
  /** Such as `v1.0.0`. */
  readonly tag: string;
}

/**
 * Builds the extension as it is published and packs it.
 *
 * @param path - of the .vsix to write.
 * @param at - makes the README's links absolute. Left out, they stay relative, which a marketplace page cannot follow.
 */
export function packExtension(path: string, at?: PublishedAt): void {
  const links = at
    ? [`--baseContentUrl=${at.repository}/blob/${at.tag}`, `--baseImagesUrl=${at.repository}/raw/${at.tag}`]
    : ['--no-rewrite-relative-links'];
  node('esbuild.js', '--production');
  const vsce = fileURLToPath(import.meta.resolve('@vscode/vsce/vsce'));
  node(vsce, 'package', '--no-dependencies', '--allow-missing-repository', '--out', path, ...links);
}

function node(...args: string[]): void {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: projectFolder, encoding: 'utf8' });
  if (status !== 0) throw new MissingError(`The extension could not be packed.\n${stdout}${stderr}`);
}

/** The .vsix that the suite was started with (test/suites.ts). One that is started by hand packs its own, into the folder. */
export function packedExtension(folder: string): string {
  const packed = process.env.PACKED_EXTENSION;
  if (packed) return packed;
  const path = join(folder, 'extension.vsix');
  packExtension(path);
  return path;
}
