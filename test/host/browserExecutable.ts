import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { MissingError } from './installation.ts';

/**
 * Finds a Chromium, Chrome or Edge; on Debian and its kin, as root, it installs Chromium when there is none.
 *
 * @returns the path of its executable. `CHROME_PATH` goes before everything else.
 * @throws MissingError when there is none and none can be had.
 */
export function browserExecutable(): string {
  const asked = process.env.CHROME_PATH;
  if (asked) {
    if (existsSync(asked)) return asked;
    throw new MissingError(`CHROME_PATH names ${asked}, and there is no such file.`);
  }
  const found = candidates().find((path) => existsSync(path));
  if (found) return found;
  if (canInstall()) {
    console.log('Installing Chromium from Debian...');
    const apt = (...args: string[]) =>
      spawnSync('apt-get', args, { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, encoding: 'utf8' });
    // Lists that cannot be refreshed, of a source that has nothing to do with it, may still do.
    apt('update');
    const { status, stdout, stderr } = apt('install', '-y', '--no-install-recommends', 'chromium');
    if (status !== 0) {
      const reason = `${stdout}\n${stderr}`.trim().split('\n').at(-1);
      throw new MissingError(`There is no Chrome, Chromium or Edge, and apt-get could not get one: ${reason}`);
    }
    const installed = candidates().find((path) => existsSync(path));
    if (installed) return installed;
  }
  throw new MissingError(
    'There is no Chrome, Chromium or Edge on this machine: install one, or set CHROME_PATH to its executable.',
  );
}

function canInstall(): boolean {
  return process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
}

function candidates(): string[] {
  const { platform, env } = process;
  if (platform === 'darwin') {
    const apps = ['Google Chrome', 'Chromium', 'Microsoft Edge'];
    return ['/Applications', join(env.HOME ?? '', 'Applications')].flatMap((folder) =>
      apps.map((app) => join(folder, `${app}.app`, 'Contents', 'MacOS', app)),
    );
  }
  if (platform === 'win32') {
    const roots = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA].filter((root) => root !== undefined);
    const programs = [
      ['Google', 'Chrome', 'Application', 'chrome.exe'],
      ['Chromium', 'Application', 'chrome.exe'],
      ['Microsoft', 'Edge', 'Application', 'msedge.exe'],
    ];
    return roots.flatMap((root) => programs.map((program) => join(root, ...program)));
  }
  const names = ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser', 'microsoft-edge'];
  const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return names.flatMap((name) => [...folders, '/usr/bin', '/snap/bin'].map((folder) => join(folder, name)));
}
