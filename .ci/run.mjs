/**
 * `node .ci/run.mjs`: everything that must hold before a change goes in, on Linux, macOS and Windows: the tests, the oldest
 * VS Code, the checks. Needs Node 20 or later, npm and git; the rest is installed. Ends with one line, the sum of all
 * suites: `N passed, N failed`.
 */
import { spawn } from 'node:child_process';
import { dirname } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const project = dirname(dirname(fileURLToPath(import.meta.url)));
let passed = 0;
let failed = 0;
/** What the scripts say of failed tests, for the end, behind thousands of lines. */
const failures = [];
count('test', await runScript('test'));
// The checks need no window, and the oldest VS Code is not there before it is installed: neither waits for the other.
const held = [];
const [oldest, check] = await Promise.all([runScript('test:oldest'), runScript('check', (line) => held.push(line))]);
for (const line of held) console.log(line);
count('test:oldest', oldest);
count('check', check);
for (const line of failures) console.log(line);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;

function count(script, { status, counts }) {
  if (!counts) {
    console.log(`npm run ${script} broke off before it could say how many tests passed.`);
    failed++;
    return;
  }
  passed += counts.passed;
  // A script that fails without a failed test must not pass for a good one.
  failed += status !== 0 && counts.failed === 0 ? 1 : counts.failed;
}

/** Runs a script of package.json, shows what it prints, and reads the last line that counts. */
function runScript(script, show = (line) => console.log(line)) {
  show(`### npm run ${script}`);
  // On Windows npm is a batch file, which only a shell can start.
  const npm = spawn('npm', ['run', script], {
    cwd: project,
    shell: process.platform === 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let counts;
  let isFailure = false;
  createInterface(npm.stdout).on('line', (line) => {
    show(line);
    if (line.startsWith('== failed')) isFailure = true;
    if (isFailure) failures.push(line);
    const found = /^(\d+) passed, (\d+) failed$/.exec(line);
    if (found) counts = { passed: Number(found[1]), failed: Number(found[2]) };
  });
  // Into the one stream, so that the line that counts stays the last one.
  createInterface(npm.stderr).on('line', show);
  return new Promise((resolve) => {
    npm.on('error', (error) => {
      console.log(error.message);
      resolve({ status: 1 });
    });
    npm.on('close', (status) => resolve({ status, counts }));
  });
}
