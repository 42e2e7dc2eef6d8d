/**
 * Every measured claim of the product in one run, in less than ten minutes: prints a table and writes bench-results.json.
 * `npm run bench -- read lookup.limited.vs-bucket` measures only the topics and lines named. Each line has the medians of both
 * sides, the median of the ratios of the pairs with its quartiles, and the mark: missed when the median is past it, close when
 * only a quartile is.
 */
import { readdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Lines, type Measurement, verdict } from './measurement.ts';

const here = new URL('./', import.meta.url);
const wanted = process.argv.slice(2);
const topics = readdirSync(fileURLToPath(here))
  .flatMap((file) => /^(\w+)\.bench\.ts$/.exec(file)?.[1] ?? [])
  .sort();
const known: { readonly topic: string; readonly lines: Lines }[] = [];
for (const topic of topics) {
  const { lines } = (await import(new URL(`${topic}.bench.ts`, here).href)) as { lines: readonly Lines[] };
  for (const each of lines) known.push({ topic, lines: each });
}
const words = [...topics, ...known.flatMap(({ lines }) => lines.names)];
const unknown = wanted.filter((word) => !words.includes(word));
if (unknown.length > 0) {
  console.log(`There is nothing to measure under ${unknown.join(', ')}, but under ${words.join(', ')}.`);
  process.exit(1);
}

const begun = performance.now();
const all: Measurement[] = [];
const failed: string[] = [];
for (const { topic, lines } of known) {
  const isWanted = wanted.length === 0 || [topic, ...lines.names].some((word) => wanted.includes(word));
  if (isWanted) await run(lines);
}
const count = (wanted: ReturnType<typeof verdict>) => all.filter((one) => verdict(one) === wanted).length;
const minutes = ((performance.now() - begun) / 60_000).toFixed(1);
console.log(
  `${all.length} measured in ${minutes} minutes: ${count('missed')} missed, ${count('close')} close to their mark` +
    (failed.length > 0 ? `; not measured: ${failed.join(', ')}` : ''),
);
process.exitCode = count('missed') === 0 && failed.length === 0 ? 0 : 1;

/** What fails keeps no other line from being measured, and what is measured is written at once. */
async function run({ names, measure }: Lines): Promise<void> {
  const start = performance.now();
  try {
    for (const one of await measure()) {
      all.push(one);
      console.log(line(one));
    }
  } catch (error) {
    failed.push(...names);
    console.log(`failed ${names.join(', ')}:`, error);
  }
  if (names.length > 0) console.log(`       ${Math.round((performance.now() - start) / 1000)} s`);
  const results = all.map(({ name, value, floor, ratio, unit }) => ({ name, value, floor, ratio, unit }));
  writeFileSync(fileURLToPath(new URL('../../../bench-results.json', here)), `${JSON.stringify(results, null, 2)}\n`);
}

function line(one: Measurement): string {
  const round = (value: number) => (value >= 100 ? value.toFixed(0) : value.toPrecision(3));
  const mark = 'atMost' in one.mark ? `<= ${one.mark.atMost}` : `>= ${one.mark.atLeast}`;
  const figures = `${round(one.value)} / ${round(one.floor)} ${one.unit}`;
  const [first, third] = one.quartiles.map(round);
  return [
    verdict(one).padEnd(6),
    one.name.padEnd(34),
    figures.padEnd(28),
    `ratio ${round(one.ratio).padStart(6)}`,
    `(${first} to ${third})`.padEnd(18),
    mark,
  ].join(' ');
}
