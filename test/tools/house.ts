/**
 * `node test/run.mjs test/tools/house.ts`: measures how the source is kept, prints each number beside its limit, and fails
 * where one is past it. What a single function or import may be is the linter's (biome.json); here stands what only the whole shows.
 */
import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { projectFolder } from '../host/vscodeRelease.ts';

interface Measure {
  readonly what: string;
  readonly value: number;
  readonly most: number;
}

const files = globSync('{src,media}/**/*.ts', { cwd: projectFolder }).map((path) => path.replaceAll('\\', '/'));
const lines = files.map((path) => readFileSync(`${projectFolder}/${path}`, 'utf8').split('\n').length - 1);
const all = lines.reduce((sum, each) => sum + each, 0);
const complex = complexFunctions();
const loose = (folder: string) => files.filter((path) => new RegExp(`^${folder}/[^/]+\\.ts$`).test(path));

const measures: readonly Measure[] = [
  { what: 'functions of complexity above 15, per 1,000 lines', value: (complex.length / all) * 1000, most: 0.6 },
  { what: 'the most complex function', value: Math.max(0, ...complex), most: 30 },
  { what: 'files loose in src', value: loose('src').length, most: 5 },
  {
    what: 'files loose in src/core, beside the declarations of its fence',
    value: loose('src/core').filter((path) => !path.endsWith('.d.ts')).length,
    most: 0,
  },
];

const median = lines.sort((one, other) => one - other)[Math.floor(lines.length / 2)];
console.log(`${files.length} files, ${all.toLocaleString('en')} lines, median ${median} a file`);
for (const { what, value, most } of measures) {
  const shown = Number.isInteger(value) ? String(value) : value.toFixed(2);
  console.log(`${value <= most ? 'kept  ' : 'BROKEN'}  ${what}: ${shown}, at most ${most}`);
}
process.exitCode = measures.every(({ value, most }) => value <= most) ? 0 : 1;

/** The cognitive complexity of each function above 15, as the linter counts it. */
function complexFunctions(): number[] {
  const linter = fileURLToPath(import.meta.resolve('@biomejs/biome/bin/biome'));
  const rule = 'complexity/noExcessiveCognitiveComplexity';
  const { stdout } = spawnSync(
    process.execPath,
    [
      linter,
      'lint',
      '--config-path=test/tools/house.biome.json',
      `--only=${rule}`,
      '--max-diagnostics=none',
      '--reporter=json',
      'src',
      'media',
    ],
    { cwd: projectFolder, encoding: 'utf8' },
  );
  const report = z.object({
    diagnostics: z.array(z.object({ message: z.string() })),
  });
  return report
    .parse(JSON.parse(stdout))
    .diagnostics.map(({ message }) => Number(/complexity of (\d+)/.exec(message)?.[1]));
}
