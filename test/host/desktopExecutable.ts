import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { downloadAndUnzipVSCode } from '@vscode/test-electron';
import { MissingError } from './installation.ts';

/**
 * A desktop VS Code: the one that `VSCODE_PATH` names, else an installed one, else a downloaded one.
 *
 * @throws MissingError when there is none.
 */
export async function desktopExecutable(): Promise<string> {
  const asked = process.env.VSCODE_PATH;
  if (asked) {
    if (existsSync(asked)) return asked;
    throw new MissingError(`VSCODE_PATH names ${asked}, and there is no such file.`);
  }
  const installed = candidates().find((path) => existsSync(path));
  if (installed) return installed;
  try {
    return await downloadAndUnzipVSCode('stable');
  } catch (error) {
    throw new MissingError(
      `There is no desktop VS Code on this machine and none could be downloaded (${reason(error)}): install it, or set VSCODE_PATH to its executable.`,
    );
  }
}

function reason(error: unknown): string {
  const { message, code } = error as Error & { code?: string };
  return message || code || 'no reason given';
}

function candidates(): string[] {
  const { platform, env } = process;
  if (platform === 'darwin') {
    const app = join('Applications', 'Visual Studio Code.app', 'Contents', 'MacOS', 'Electron');
    return [join('/', app), join(env.HOME ?? '', app)];
  }
  if (platform === 'win32') {
    const app = join('Microsoft VS Code', 'Code.exe');
    return [join(env.LOCALAPPDATA ?? '', 'Programs', app), join(env.PROGRAMFILES ?? '', app)];
  }
  return [
    '/usr/share/code/code',
    '/usr/lib/code/code',
    '/opt/visual-studio-code/code',
    '/snap/code/current/usr/share/code/code',
  ];
}
