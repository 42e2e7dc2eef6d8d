import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { closeAtEnd, closeEach } from './closing.ts';
import { MissingError } from './installation.ts';
import { temporaryFolder } from './temporaryFolder.ts';
import { assertNoTokens, holdsLeftover } from './tokenSearch.ts';
import { nodeOf, serverFolder, type VscodeRelease } from './vscodeRelease.ts';

export interface ServerOptions {
  /** Added to the environment of the extension host. */
  readonly environment?: Readonly<Record<string, string>>;
  /** With trust asked for, a folder opens in Restricted Mode. Left out, every folder is trusted. */
  readonly askForTrust?: boolean;
  /** User settings, beside those that keep the window quiet. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** A packed extension to install before the server starts. */
  readonly vsix?: string;
  /** Folders of extensions that are installed as they are. */
  readonly extensions?: readonly string[];
}

export interface VscodeServer {
  /** For example `http://127.0.0.1:41234`. */
  readonly origin: string;
  /** Host and port, as in `vscode-remote://127.0.0.1:41234/`. */
  readonly authority: string;
  readonly release: VscodeRelease;
  /** The id of its process. */
  readonly pid: number;
  /** The settings file of the user: VS Code follows what is written to it. */
  readonly settingsFile: string;
  /** Where extensions are installed, each in a folder of its own. */
  readonly extensionsFolder: string;
  /** What the server has printed so far. */
  output(): string;
  close(): Promise<void>;
}

/** Loaded into the server's processes before anything else. */
const preloaded = ['endWithParent.mjs', 'logWriter.mjs'].map((name) => new URL(name, import.meta.url).href);

/** A window that shows what it was opened for and nothing else. */
const quiet = {
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.tips.enabled': false,
  'workbench.reduceMotion': 'on',
  // What takes the focus, such as a view that is drawn late, would close the palette between the look and the key.
  'workbench.quickOpen.closeOnFocusLost': false,
  // A hint that opens where the mouse happens to rest lies on top of what is clicked next.
  'workbench.hover.delay': 600_000,
  'workbench.enableExperiments': false,
  'chat.disableAIFeatures': true,
  'chat.commandCenter.enabled': false,
  'extensions.ignoreRecommendations': true,
  'extensions.autoCheckUpdates': false,
  'git.enabled': false,
  'npm.autoDetect': 'off',
  'typescript.disableAutomaticTypeAcquisition': true,
  'update.mode': 'none',
  'telemetry.telemetryLevel': 'off',
  'window.commandCenter': false,
  'window.title': '${activeEditorShort}${separator}${rootName}',
  'security.workspace.trust.banner': 'never',
  'security.workspace.trust.startupPrompt': 'never',
};

/** Starts VS Code's server on a free port of 127.0.0.1, with folders of its own that are removed when it is closed. */
export async function startVscodeServer(release: VscodeRelease, options: ServerOptions = {}): Promise<VscodeServer> {
  const data = temporaryFolder('vscode');
  const main = join(serverFolder(release), 'out', 'server-main.js');
  const extensionsFolder = join(data.path, 'extensions');
  const settingsFile = join(data.path, 'data', 'data', 'User', 'settings.json');
  mkdirSync(join(settingsFile, '..'), { recursive: true });
  for (const path of options.extensions ?? [])
    cpSync(path, join(extensionsFolder, basename(path)), { recursive: true });
  writeFileSync(settingsFile, JSON.stringify({ ...quiet, ...options.settings }, undefined, 2));
  const folders = [
    ...['--server-data-dir', join(data.path, 'data')],
    ...['--extensions-dir', extensionsFolder],
    '--accept-server-license-terms',
  ];
  const env = environment(options.environment);
  if (options.vsix) install(release, main, [...folders, '--install-extension', options.vsix], env);
  const args = [
    ...folders,
    ...['--host', '127.0.0.1', '--port', '0', '--without-connection-token'],
    ...['--telemetry-level', 'off', '--force-disable-user-env'],
    // Without it a built VS Code ignores the payload of the page's address.
    '--enable-smoke-test-driver',
    ...(options.askForTrust ? [] : ['--disable-workspace-trust']),
  ];
  const server = spawn(nodeOf(release), [...preloaded.flatMap((file) => ['--import', file]), main, ...args], {
    env,
    stdio: ['pipe', 'pipe', 'pipe'],
    // A process group of its own, so that its extension hosts can be ended with it.
    detached: process.platform !== 'win32',
  });
  const said: string[] = [];
  const output = () => said.join('');
  const close = closeAtEnd(
    async () => {
      await end(server);
      await closeEach(
        () => data.remove(),
        async () => assertNoTokens(holdsLeftover(output()) ? ['the output of the server'] : []),
      );
    },
    () => kill(server, 'SIGKILL'),
  );
  server.stderr.on('data', (text) => said.push(String(text)));
  try {
    const port = await portOf(server, said);
    const authority = `127.0.0.1:${port}`;
    const origin = `http://${authority}`;
    return { origin, authority, release, pid: server.pid!, settingsFile, extensionsFolder, output, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Waits until the server says where it listens. */
function portOf(server: ChildProcess, said: string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    server.stdout?.on('data', (text) => {
      said.push(String(text));
      const port = /Extension host agent listening on (\d+)/.exec(said.join(''))?.[1];
      if (port) resolve(Number(port));
    });
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`VS Code's server ended with ${code}:\n${said.join('')}`)));
  });
}

function install(release: VscodeRelease, main: string, args: string[], env: NodeJS.ProcessEnv): void {
  const { status, stdout, stderr } = spawnSync(nodeOf(release), [main, ...args], { env, encoding: 'utf8' });
  if (status !== 0) throw new MissingError(`The packed extension could not be installed:\n${stdout}${stderr}`);
}

/** This process's environment without what would change VS Code's ways, and without the developer's own account. */
function environment(added: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(VSCODE_|ELECTRON_|NODE_OPTIONS$|NODE_TEST_CONTEXT$|npm_|HUBSPOT_)/.test(name),
  );
  return { ...Object.fromEntries(kept), ...added };
}

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = once(server, 'exit');
  kill(server, 'SIGTERM');
  const patience = setTimeout(() => kill(server, 'SIGKILL'), 5_000);
  await ended;
  clearTimeout(patience);
  // The extension hosts outlive a server for a moment; their group has the server's id.
  kill(server, 'SIGKILL');
}

function kill({ pid }: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (pid === undefined) return;
  try {
    if (process.platform === 'win32') spawnSync('taskkill', ['/pid', String(pid), '/t', '/f']);
    else process.kill(-pid, signal);
  } catch {
    // It has ended already.
  }
}
