/**
 * Runs the suite inside a real VS Code: `node test/run.mjs test/vscode/launch.ts [--oldest | --desktop] [--grep TEXT]`.
 * The stand-in for HubSpot runs in this process.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runTests } from '@vscode/test-electron';
import { build } from 'esbuild';
import { closeEach } from '../host/closing.ts';
import { desktopExecutable } from '../host/desktopExecutable.ts';
import { buildExtension, prepare, runMain } from '../host/preparation.ts';
import { temporaryCopy, temporaryFolder } from '../host/temporaryFolder.ts';
import { newest, oldest, projectFolder } from '../host/vscodeRelease.ts';
import { startHubSpotStandIn } from '../hubspotStandIn.ts';

const suiteFolder = join(projectFolder, 'out', 'vscode');

await runMain(async () => {
  const { values } = parseArgs({
    options: { oldest: { type: 'boolean' }, desktop: { type: 'boolean' }, grep: { type: 'string' } },
  });
  let executable: string;
  if (values.desktop) {
    executable = await desktopExecutable();
    buildExtension();
  } else {
    await prepare(values.oldest ? oldest : newest);
    const name = process.platform === 'win32' ? 'vscodeExecutable.cmd' : 'vscodeExecutable.ts';
    executable = join(projectFolder, 'test', 'host', name);
  }
  await buildSuite();
  const standIn = await startHubSpotStandIn({ control: true });
  const workspace = temporaryCopy(join(projectFolder, 'test', 'workspace'));
  const profile = temporaryFolder('profile');
  try {
    return await runTests({
      vscodeExecutablePath: executable,
      extensionDevelopmentPath: projectFolder,
      extensionTestsPath: join(suiteFolder, 'suite.cjs'),
      launchArgs: [workspace.path, `--user-data-dir=${profile.path}`],
      extensionTestsEnv: {
        VSCODE_RELEASE: values.oldest ? 'oldest' : 'newest',
        HUBSPOT_API_ORIGIN: standIn.origin,
        HUBSPOT_TOKEN: standIn.token,
        ...(values.grep && { SUITE_GREP: values.grep }),
      },
    });
  } catch (error) {
    // What failed has been printed by the suite; the exit code is all that is left to say.
    console.error((error as Error).message);
    return 1;
  } finally {
    await closeEach(
      () => standIn.close(),
      () => workspace.remove(),
      () => profile.remove(),
    );
  }
});

/** Builds the suite and every test file, each into a file of its own. */
async function buildSuite(): Promise<void> {
  rmSync(suiteFolder, { recursive: true, force: true });
  await build({
    entryPoints: ['test/vscode/suite.ts', 'test/vscode/**/*.test.ts'],
    absWorkingDir: projectFolder,
    outbase: 'test/vscode',
    outdir: suiteFolder,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    // As the extension is built (esbuild.js).
    mainFields: ['module', 'main'],
    sourcemap: 'inline',
    external: ['vscode', 'mocha'],
    logLevel: 'warning',
  });
}
