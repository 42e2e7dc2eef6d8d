import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MissingError } from './installation.ts';
import { projectFolder } from './vscodeRelease.ts';

/**
 * Builds the extension as it is published and packs it.
 *
 * @param path - of the .vsix to write.
 * @param contentUrl - where the repository's files can be seen, such as `https://github.com/OWNER/NAME/raw/v1.0.0`: the
 *   README's pictures and links are made absolute with it. Left out, they stay relative, which a marketplace page cannot show.
 */
export function packExtension(path: string, contentUrl?: string): void {
  const links = contentUrl
    ? ['--baseContentUrl', contentUrl, '--baseImagesUrl', contentUrl]
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
