/**
 * `node test/run.mjs ENTRY.ts [ARGUMENT...]`: runs a TypeScript entry with the project's own Node, which is one of its
 * dependencies. This file itself runs on Node 20 with nothing installed: it installs the dependencies when they are
 * missing or are not those of the lock file.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const project = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(project, 'node_modules');
const windows = process.platform === 'win32';
const node = join(modules, 'node', 'bin', windows ? 'node.exe' : 'node');

// Ctrl+C reaches the child as well; this process waits until the child has cleaned up after itself.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    if (signal !== 'SIGINT') child?.kill(signal);
  });
}
let child;

const missing = whatIsMissing();
if (missing) {
  console.log(`Installing the dependencies (${missing})...`);
  const status = await run(...npm(['ci', '--no-audit', '--no-fund']));
  if (status !== 0) stop('The dependencies could not be installed: npm ci failed, its reason stands above.');
  if (!existsSync(node)) {
    stop(`The dependencies are installed, but ${node} is not there: npm was told not to run install scripts.`);
  }
}
const [entry, ...rest] = process.argv.slice(2);
if (!entry) stop('Which file to run is missing: node test/run.mjs ENTRY.ts');
process.exitCode = await run(node, [join(project, entry), ...rest]);

/** Why the installed dependencies are not those of the lock file, or nothing when they are. */
function whatIsMissing() {
  if (!existsSync(node)) return 'there are none yet';
  const wanted = packages(join(project, 'package-lock.json'));
  // npm writes this file last, so that an installation which was broken off has none.
  const found = packages(join(modules, '.package-lock.json'));
  if (!found) return 'the last installation was broken off';
  for (const [place, { version, optional, devOptional }] of Object.entries(wanted ?? {})) {
    if (place === '') continue;
    if (!found[place] && (optional || devOptional)) continue;
    if (found[place]?.version !== version) return 'the lock file has changed';
  }
  return undefined;
}

function packages(lockFile) {
  try {
    return JSON.parse(readFileSync(lockFile, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

/** The npm that started this process, else the one on the path. */
function npm(args) {
  const cli = process.env.npm_execpath;
  return cli?.endsWith('.js')
    ? [process.env.npm_node_execpath ?? process.execPath, [cli, ...args], false]
    : ['npm', args, windows];
}

function run(command, args, shell = false) {
  // The project's Node comes first on the path of everything that is started from here.
  const PATH = [join(modules, '.bin'), process.env.PATH].join(windows ? ';' : ':');
  return new Promise((resolve) => {
    child = spawn(command, args, { cwd: project, stdio: 'inherit', shell, env: { ...process.env, PATH } });
    child.on('error', (error) => {
      console.error(error.message);
      resolve(1);
    });
    child.on('close', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 1)));
  });
}

function stop(sentence) {
  console.error(sentence);
  process.exit(1);
}
