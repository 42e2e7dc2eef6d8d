/**
 * `npm run package` builds the extension as it is published and packs it into a .vsix; `-- --out FILE` says where.
 * `-- --repository URL --tag TAG` makes the README's pictures and links absolute, for a marketplace (packedExtension.ts);
 * then the tag has to be that of package.json's version.
 */
import { readFileSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { packExtension } from '../host/packedExtension.ts';
import { runMain } from '../host/preparation.ts';
import { projectFolder } from '../host/vscodeRelease.ts';

await runMain(async () => {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ options: { out: text, repository: text, tag: text } });
  const { name, version } = JSON.parse(readFileSync(join(projectFolder, 'package.json'), 'utf8'));
  const { repository, tag } = values;
  if (repository !== undefined && tag !== `v${version}`) {
    console.error(`The version in package.json is ${version}, and the tag ${tag ?? 'is missing'}.`);
    return 1;
  }
  const path = resolve(projectFolder, values.out ?? `${name}-${version}.vsix`);
  packExtension(path, repository === undefined ? undefined : { repository, tag: `v${version}` });
  console.log(`${relative(projectFolder, path)}: ${Math.round(statSync(path).size / 1000)} kB`);
  return 0;
});
