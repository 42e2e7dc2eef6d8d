/**
 * Runs suites one after the other, `node test/run.mjs test/suites.ts NAME...`, shows what they print as they print it, and
 * ends with one line: `N passed, N failed`, the sum of all of them.
 */
import { spawn } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { stripVTControlCharacters } from 'node:util';
import { closeAtEnd } from './host/closing.ts';
import { MissingError } from './host/installation.ts';
import { packExtension } from './host/packedExtension.ts';
import { prepare } from './host/preparation.ts';
import { temporaryFolder } from './host/temporaryFolder.ts';
import { newest, oldest, projectFolder, type VscodeRelease } from './host/vscodeRelease.ts';

interface Suite {
  /** The arguments to Node. */
  readonly command: readonly string[];
  /** It prints how many tests passed and failed. The others are one check each, told by the exit code. */
  readonly counts?: boolean;
  /** It drives this VS Code itself, which must be there before. */
  readonly drives?: VscodeRelease;
  /** Its VS Code has the packed extension, which is packed once for all its files. */
  readonly packed?: boolean;
}

interface Count {
  passed: number;
  failed: number;
}

const spec = ['--test', '--test-reporter=spec'];
/** Node leaves one processor free, which on a machine of two is half of it. */
const nodeTest = [...spec, `--test-concurrency=${Math.max(2, availableParallelism() - 1)}`];
/** Each file has a VS Code and a browser of its own. A file that could not close something fails, and does not hang. */
const drivingTest = [...spec, '--test-concurrency=2', '--test-force-exit'];
const tsc = 'node_modules/typescript/bin/tsc';

const suites: Readonly<Record<string, Suite>> = {
  /** What plain Node proves: the core, and the parts of the host side that need no editor. */
  core: {
    command: [
      ...nodeTest,
      'test/{accounts,actions,agents,answers,checks,columns,core,editor,hubspotStandIn,ids,lookUps,tools,tree}/**/*.test.ts',
    ],
    counts: true,
  },
  panel: { command: [...nodeTest, 'test/panel/**/*.test.ts'], counts: true },
  vscode: { command: ['test/vscode/launch.ts'], counts: true },
  oldest: { command: ['test/vscode/launch.ts', '--oldest'], counts: true },
  desktop: { command: ['test/vscode/launch.ts', '--desktop'], counts: true },
  ui: { command: [...drivingTest, ...uiFiles()], counts: true, drives: newest },
  packed: { command: [...drivingTest, 'test/packed/**/*.test.ts'], counts: true, drives: newest, packed: true },
  /** The way into the extension and through it. What neverWrong.test.ts shows is the same in any VS Code. */
  'packed oldest': {
    command: [...drivingTest, 'test/packed/{content,firstRun,journey}.test.ts'],
    counts: true,
    drives: oldest,
    packed: true,
  },
  'core types': { command: [tsc, '-p', 'src/core'] },
  'host types': { command: [tsc, '-p', '.'] },
  'page types': { command: [tsc, '-p', 'media'] },
  'test types': { command: [tsc, '-p', 'test'] },
  style: { command: ['node_modules/@biomejs/biome/bin/biome', 'check', '.'] },
  house: { command: ['test/tools/house.ts'] },
  'dead code': { command: ['node_modules/knip/bin/knip.js'] },
  manifest: { command: [...nodeTest, 'test/manifest/**/*.test.ts'], counts: true },
};

/**
 * Each has a window of its own: those that bring several files into one, and the files that none of them brings. Node runs them
 * by the alphabet, two at a time, and `shared` stands far in front: were the longest ones last, one would run alone at the end.
 */
function uiFiles(): readonly string[] {
  const find = (pattern: string) => globSync(pattern, { cwd: projectFolder }).map((path) => path.replaceAll('\\', '/'));
  const windows = find('test/ui/shared/*.test.ts');
  const brought = windows.flatMap((path) => {
    const text = readFileSync(join(projectFolder, path), 'utf8');
    return [...text.matchAll(/^import '\.\.\/(.+)';$/gm)].map(([, name]) => `test/ui/${name}`);
  });
  return [...windows, ...find('test/ui/*.test.ts').filter((path) => !brought.includes(path))];
}

/** Each file is a process of its own: what one has compiled, of TypeScript and of VS Code too, the next ones only load. */
const compiled = join(projectFolder, 'node_modules', '.cache', 'compiled');

/** What failed, word for word: it is shown once more at the end, where it can be found behind thousands of lines. */
const failures: string[] = [];
/** The same of what failed at first and passed when its file was run again by itself. */
const failuresAtFirst: string[] = [];

/** Where more files than so many have failed tests, it is no accident, and none is run again. */
const mostRunAgain = 2;

/** The line behind which Node's test runner, or Mocha inside VS Code, tells each failed test once more. */
const tellsFailures = /^(✖ failing tests:|\s+\d+ failing)$/;

/** A suite that prints nothing for so long has hung. In milliseconds. */
const longestSilence = 5 * 60_000;

const total: Count = { passed: 0, failed: 0 };
const troubles: string[] = [];
for (const name of process.argv.slice(2)) {
  const { passed, failed } = await runSuite(name);
  total.passed += passed;
  total.failed += failed;
}
for (const trouble of troubles) console.log(trouble);
if (failuresAtFirst.length > 0) {
  console.log(['== failed at first, and passed when it was run again by itself ==', ...failuresAtFirst].join('\n'));
}
if (failures.length > 0) console.log(['== failed ==', ...failures].join('\n'));
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;

async function runSuite(name: string): Promise<Count> {
  const suite = suites[name];
  const lost = (sentence: string, { passed, failed }: Count = { passed: 0, failed: 0 }) => {
    troubles.push(sentence);
    return { passed, failed: failed + 1 };
  };
  if (!suite) return lost(`There is no suite "${name}", but ${Object.keys(suites).join(', ')}.`);
  console.log(`\n== ${name} ==`);
  const environment: NodeJS.ProcessEnv = { NODE_COMPILE_CACHE: compiled, ...process.env };
  try {
    if (suite.drives) await prepare(suite.drives);
    if (suite.drives === oldest) environment.VSCODE_RELEASE = 'oldest';
    if (suite.packed) {
      environment.PACKED_EXTENSION = join(temporaryFolder('packed').path, 'extension.vsix');
      packExtension(environment.PACKED_EXTENSION);
    }
  } catch (error) {
    if (!(error instanceof MissingError)) throw error;
    return lost(`The suite "${name}" did not run: ${error.message}`);
  }
  const start = performance.now();
  const { ended, count, failed } = await runNode(suite.command, environment);
  const isGood = failed.length > 0 && suite.drives && (await passesAgain(failed, environment));
  console.log(`(${name}: ${Math.round((performance.now() - start) / 1000)} s)`);
  if (failed.length > 0) (isGood ? failuresAtFirst : failures).push(`-- ${name} --`, ...failed);
  if (isGood) return { passed: count.passed + count.failed, failed: 0 };
  if (!suite.counts) {
    return ended === 0 ? { passed: 1, failed: 0 } : lost(`The check "${name}" failed.`);
  }
  if (ended === 0 && count.failed === 0) {
    return count.passed > 0 ? count : lost(`The suite "${name}" has run no test.`);
  }
  if (count.failed > 0) return count;
  return lost(`The suite "${name}" broke off: it ended with ${ended} and told no failed test.`, count);
}

/**
 * Two windows and two browsers beside each other on a slow machine can make a step miss its patience. So the files of failed
 * tests are run once more, with nothing beside them; that they failed at first is shown all the same.
 */
async function passesAgain(failed: readonly string[], environment: NodeJS.ProcessEnv): Promise<boolean> {
  const files = new Set(failed.flatMap((line) => /^test at (test\/.+?):\d+:\d+$/.exec(line)?.[1] ?? []));
  if (files.size === 0 || files.size > mostRunAgain) return false;
  console.log(`\nOnce more, by itself: ${[...files].join(', ')}`);
  const { ended, count } = await runNode([...spec, '--test-concurrency=1', '--test-force-exit', ...files], environment);
  return ended === 0 && count.failed === 0 && count.passed > 0;
}

interface Run {
  readonly ended: number | string;
  readonly count: Count;
  /** The lines in which the suite tells its failed tests. */
  readonly failed: readonly string[];
}

/** Runs Node, shows what it prints, reads the counts out of it, and keeps what it says of failed tests. */
function runNode(command: readonly string[], env: NodeJS.ProcessEnv): Promise<Run> {
  const child = spawn(process.execPath, command, { cwd: projectFolder, env, stdio: ['ignore', 'pipe', 'inherit'] });
  const gone = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const close = closeAtEnd(
    () => {
      child.kill('SIGTERM');
      return gone;
    },
    () => child.kill('SIGKILL'),
  );
  const count: Count = { passed: 0, failed: 0 };
  const failed: string[] = [];
  return new Promise((resolve, reject) => {
    const patience = setTimeout(() => {
      const minutes = longestSilence / 60_000;
      troubles.push(`Silent for ${minutes} minutes, this was taken to hang and was ended: node ${command.join(' ')}`);
      child.kill('SIGTERM');
    }, longestSilence);
    createInterface(child.stdout).on('line', (line) => {
      console.log(line);
      readCount(line, count);
      if (failed.length > 0 || tellsFailures.test(stripVTControlCharacters(line))) failed.push(line);
      patience.refresh();
    });
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(patience);
      close().then(() => resolve({ ended: code ?? signal ?? 'nothing', count, failed }), reject);
    });
  });
}

/** Reads `3 passed, 0 failed` of the suite inside VS Code, and the summary of Node's test runner. */
function readCount(line: string, count: Count): void {
  const both = /^(\d+) passed, (\d+) failed$/.exec(line);
  if (both) {
    count.passed = Number(both[1]);
    count.failed = Number(both[2]);
  }
  const [, word, number] = /^ℹ (pass|fail|cancelled) (\d+)$/.exec(line) ?? [];
  if (word === 'pass') count.passed = Number(number);
  else if (word) count.failed += Number(number);
}
