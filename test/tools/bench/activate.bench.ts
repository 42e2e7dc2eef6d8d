/**
 * What the extension costs a window that it starts in: a real extension host loads and activates it and an extension that
 * has VS Code's API, as every extension has, and does nothing with it, in turn. A host activates an extension once, so there
 * are copies of both, each under its own name.
 */
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { packExtension } from '../../host/packedExtension.ts';
import { buildExtension, prepare } from '../../host/preparation.ts';
import { temporaryFolder } from '../../host/temporaryFolder.ts';
import { until } from '../../host/until.ts';
import { newest, projectFolder } from '../../host/vscodeRelease.ts';
import { openVscode } from '../../host/vscodeWindow.ts';
import { compared, type Lines, type Measurement } from './measurement.ts';

const pairs = 31;

const empty = "require('vscode');\nexports.activate = () => undefined;\n";

/** How long all activations together may take, in milliseconds. */
const limit = 120_000;

export const lines: readonly Lines[] = [{ names: ['activate.vs-empty'], measure: activating }];

async function activating(): Promise<readonly Measurement[]> {
  await prepare(newest);
  const folder = temporaryFolder('activation');
  const result = join(folder.path, 'result.json');
  // Whoever comes second in a pair comes first in the next.
  const names = Array.from({ length: pairs }, (_, nth) =>
    nth % 2 === 0 ? [`ours${nth}`, `empty${nth}`] : [`empty${nth}`, `ours${nth}`],
  ).flat();
  const extensions = [...names, 'stopwatch'].map((name) => join(folder.path, name));
  try {
    packExtension(join(folder.path, 'packed.vsix'));
    for (let nth = 0; nth < pairs; nth++) {
      writeOurs(join(folder.path, `ours${nth}`), nth);
      writeExtension(join(folder.path, `empty${nth}`), {});
      writeFileSync(join(folder.path, `empty${nth}`, 'main.cjs'), empty);
    }
    writeExtension(join(folder.path, 'stopwatch'), { activationEvents: ['onStartupFinished'] });
    await build({
      entryPoints: [join(projectFolder, 'test', 'tools', 'bench', 'activation', 'stopwatch.ts')],
      outfile: join(folder.path, 'stopwatch', 'main.cjs'),
      platform: 'node',
      format: 'cjs',
      bundle: true,
      external: ['vscode'],
    });
    await using _window = await openVscode({
      extension: false,
      extensions,
      environment: { BENCH_RESULT: result, BENCH_EXTENSIONS: names.map((name) => `bench.${name}`).join(',') },
    });
    const took = await until(
      'all are activated',
      () => existsSync(result) && readFileSync(result, 'utf8'),
      undefined,
      limit,
    );
    return [measurement(JSON.parse(took))];
  } finally {
    buildExtension();
    await folder.remove();
  }
}

function measurement(took: readonly (readonly [string, number])[]) {
  // The first pair warms both sides up.
  const times = (kind: string) =>
    took
      .filter(([id]) => id.startsWith(`bench.${kind}`))
      .map(([, each]) => each)
      .slice(1);
  const empty = times('empty');
  const taken = times('ours').map((each, nth) => [each, empty[nth]!] as const);
  return compared('activate.vs-empty', taken, 'ms', { atMost: 1.3 });
}

function writeExtension(folder: string, manifest: Readonly<Record<string, unknown>>): void {
  mkdirSync(folder, { recursive: true });
  const name = folder.split(/[\\/]/).at(-1);
  const shared = {
    name,
    publisher: 'bench',
    version: '1.0.0',
    engines: { vscode: `^${newest.version}` },
    main: './main.cjs',
  };
  const text = JSON.stringify({ ...shared, activationEvents: [], ...manifest });
  writeFileSync(join(folder, 'package.json'), text);
}

/** What is published, with commands, views and kinds of panels of its own, since a window takes each only once. */
function writeOurs(folder: string, nth: number): void {
  const renamed = (path: string) =>
    readFileSync(join(projectFolder, path), 'utf8').replaceAll('hubspotAssociations', `hubspotAssociations${nth}`);
  const { contributes, l10n, extensionKind, capabilities } = JSON.parse(renamed('package.json'));
  writeExtension(folder, { contributes, l10n, extensionKind, capabilities, main: './dist/extension.cjs' });
  for (const path of ['l10n', 'media/icons', 'media/walkthrough', 'package.nls.json', 'dist/main.cjs']) {
    cpSync(join(projectFolder, path), join(folder, path), { recursive: true });
  }
  writeFileSync(join(folder, 'dist', 'extension.cjs'), renamed('dist/extension.cjs'));
}
