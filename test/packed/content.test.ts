/** What is in the package: exactly what runs or is shown, and little of it. */
import assert from 'node:assert/strict';
import { globSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { after, before, test } from 'node:test';
import { packExtension, packedExtension } from '../host/packedExtension.ts';
import { temporaryFolder } from '../host/temporaryFolder.ts';
import { askedRelease, projectFolder } from '../host/vscodeRelease.ts';
import { startVscodeServer, type VscodeServer } from '../host/vscodeServer.ts';

/** In bytes. */
const mostOfAll = 500_000;

const packed = temporaryFolder('packed');
let vsix: string;
let server: VscodeServer;
/** The extension's folder, as VS Code has installed it. */
let installed: string;

before(async () => {
  vsix = packedExtension(packed.path);
  server = await startVscodeServer(askedRelease(), { vsix });
  installed = installedIn(server);
});

after(async () => {
  await server?.close();
  await packed.remove();
});

function installedIn({ extensionsFolder }: VscodeServer): string {
  const folders = readdirSync(extensionsFolder, { withFileTypes: true }).filter((each) => each.isDirectory());
  assert.deepEqual(
    folders.map(({ name }) => name.replace(/-\d+\.\d+\.\d+$/, '')),
    ['associations-for-hubspot.associations-for-hubspot'],
  );
  return join(extensionsFolder, folders[0]!.name);
}

const read = (path: string) => readFileSync(join(installed, path), 'utf8');

test('these files and no other', () => {
  const files = readdirSync(installed, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name !== '.vsixmanifest')
    .map((entry) => relative(installed, join(entry.parentPath, entry.name)).replaceAll('\\', '/'));
  const translations = globSync(['l10n/bundle.l10n.*.json', 'package.nls.*.json'], { cwd: projectFolder });
  assert.deepEqual(
    files.sort(),
    [
      ...translations.map((path) => path.replaceAll('\\', '/')),
      'LICENSE.txt',
      'changelog.md',
      'dist/THIRD_PARTY_LICENSES.txt',
      'dist/extension.cjs',
      'dist/main.cjs',
      'dist/panel-style.css',
      'dist/panel.js',
      'media/icon.png',
      'media/icons/activity-bar.svg',
      'media/icons/panel-dark.svg',
      'media/icons/panel-light.svg',
      'media/skill/hubspot-associations/SKILL.md',
      'media/walkthrough/account-dark.webp',
      'media/walkthrough/account-light.webp',
      'media/walkthrough/agents-dark.webp',
      'media/walkthrough/agents-light.webp',
      'media/walkthrough/check-dark.webp',
      'media/walkthrough/check-light.webp',
      'media/walkthrough/key.svg',
      'media/walkthrough/lookUp-dark.webp',
      'media/walkthrough/lookUp-light.webp',
      'media/walkthrough/sample-dark.webp',
      'media/walkthrough/sample-light.webp',
      'package.json',
      'package.nls.json',
      'readme.md',
    ].sort(),
  );
});

test('it is small', () => {
  const { size } = statSync(vsix);
  assert.ok(size <= mostOfAll, `${size} bytes`);
});

test('its code is minified, without a map to sources that are not there', () => {
  for (const file of ['extension.cjs', 'main.cjs', 'panel.js']) {
    const code = read(join('dist', file));
    assert.doesNotMatch(code, /sourceMappingURL/, file);
    // Most of a line is code: what is not minified has short lines.
    assert.ok(code.length / code.split('\n').length > 500, file);
  }
});

test('the licence of each bundled package is with it', () => {
  const licences = read('dist/THIRD_PARTY_LICENSES.txt');
  const named = [...licences.matchAll(/^(\S+) \d+\.\d+\.\d+\S* \(.+\)$/gm)].map(([, name]) => name);
  assert.deepEqual(named, ['jsonc-parser', 'zod']);
  assert.equal(licences.match(/Permission is hereby granted/g)?.length, 2);
});

test('every picture of the README is there, and its address can be made public in one place', async () => {
  const pictures = pathsOf(read('readme.md'));
  assert.ok(pictures.length > 0);
  for (const path of pictures) assert.ok(statSync(join(projectFolder, path)).isFile(), path);

  const repository = 'https://example.com/owner/name';
  const published = join(packed.path, 'published.vsix');
  packExtension(published, { repository, tag: 'v1.0.0' });
  const other = await startVscodeServer(askedRelease(), { vsix: published });
  try {
    const text = readFileSync(join(installedIn(other), 'readme.md'), 'utf8');
    assert.deepEqual(
      pathsOf(text),
      pictures.map((path) => `${repository}/raw/v1.0.0/${path}`),
    );
  } finally {
    await other.close();
  }
});

/** The addresses of the pictures in a Markdown text. */
function pathsOf(markdown: string): string[] {
  return [...markdown.matchAll(/!\[[^\]]*\]\(([^)\s]+)\)|<img [^>]*src="([^"]+)"/g)].map(
    ([, picture, image]) => picture ?? image ?? '',
  );
}
