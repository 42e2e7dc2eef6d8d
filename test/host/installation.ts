import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { nodePackage, releaseFolder, serverFolder, type VscodeRelease } from './vscodeRelease.ts';

/** Something that a run needs and that this machine cannot give: its message is one plain sentence. */
export class MissingError extends Error {}

/**
 * Installs a release of VS Code's server from npm, when it is not there yet: about 15 s and 600 MB. It is built under
 * another name and renamed when it is complete, so that an installation that was broken off is never taken for one.
 *
 * @throws MissingError when npm cannot get it.
 */
export async function installVscode(release: VscodeRelease): Promise<void> {
  const folder = releaseFolder(release);
  if (existsSync(folder)) return;
  console.log(`Installing VS Code ${release.version}...`);
  removeUnfinished(dirname(folder));
  const unfinished = `${folder}.unfinished-${process.pid}`;
  mkdirSync(unfinished, { recursive: true });
  const node = release.node === undefined ? {} : { [nodePackage()]: release.node };
  writeFileSync(
    join(unfinished, 'package.json'),
    JSON.stringify({ private: true, dependencies: { 'code-server': release.codeServer, ...node } }),
  );
  try {
    // Both packages bring a shrinkwrap, so that what is installed is the same every time. Nothing needs compiling.
    await npmInstall(unfinished, release);
    await npmInstall(serverFolder(release, unfinished), release);
    if (!existsSync(join(serverFolder(release, unfinished), 'out', 'server-main.js'))) {
      throw new MissingError(`code-server ${release.codeServer} came from npm without VS Code's server in it.`);
    }
    moveIntoPlace(unfinished, folder);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

function npmInstall(folder: string, release: VscodeRelease): Promise<void> {
  const args = ['install', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  return new Promise((resolve, reject) => {
    const npm = spawnNpm(args, folder);
    const said: string[] = [];
    npm.stdout.on('data', (text) => said.push(String(text)));
    npm.stderr.on('data', (text) => said.push(String(text)));
    const fail = (reason: string) =>
      reject(new MissingError(`VS Code ${release.version} could not be installed from npm: ${reason.trim()}`));
    npm.on('error', (error) => fail(error.message));
    npm.on('close', (code) => (code === 0 ? resolve() : fail(said.join('').trim() || `npm ended with ${code}`)));
  });
}

/** Starts npm with the Node it belongs to: `.bin` of the project, first on the path, holds another one. */
function spawnNpm(args: string[], cwd: string) {
  const cli = process.env.npm_execpath;
  const options = { cwd, stdio: ['ignore', 'pipe', 'pipe'] as ['ignore', 'pipe', 'pipe'] };
  if (cli?.endsWith('.js')) return spawn(process.env.npm_node_execpath ?? process.execPath, [cli, ...args], options);
  return spawn('npm', args, { ...options, shell: process.platform === 'win32' });
}

function moveIntoPlace(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    // Another run may have been faster: then its installation is the one.
    if (!existsSync(to)) throw error;
  }
}

/** Removes what earlier installations left behind whose process is gone. */
function removeUnfinished(parent: string): void {
  if (!existsSync(parent)) return;
  for (const name of readdirSync(parent)) {
    const pid = /\.unfinished-(\d+)$/.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) rmSync(join(parent, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
