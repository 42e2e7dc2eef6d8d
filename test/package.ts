/**
 * `npm run package` builds the extension as it is published and packs it into a .vsix; `-- --out FILE` says where.
 * `-- --content-url URL` makes the README's pictures and links absolute, for a marketplace (see packedExtension.ts).
 */
import { readFileSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { packExtension } from './host/packedExtension.ts';
import { runMain } from './host/preparation.ts';
import { projectFolder } from './host/vscodeRelease.ts';

await runMain(async () => {
  const { values } = parseArgs({ options: { out: { type: 'string' }, 'content-url': { type: 'string' } } });
  const { name, version } = JSON.parse(readFileSync(join(projectFolder, 'package.json'), 'utf8'));
  const path = resolve(projectFolder, values.out ?? `${name}-${version}.vsix`);
  packExtension(path, values['content-url']);
  console.log(`${relative(projectFolder, path)}: ${Math.round(statSync(path).size / 1000)} kB`);
  return 0;
});
