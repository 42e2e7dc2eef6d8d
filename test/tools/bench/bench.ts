/**
 * Every measured claim of the product in one run: prints a table and writes bench-results.json.
 * `npm run bench -- read lookup` measures only the topics named. Each line has the medians of both sides, the median of the
 * ratios of the pairs with its quartiles, and the mark: missed when the median is past it, close when only a quartile is.
 */
import { readdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Measure, type Measurement, verdict } from './measurement.ts';

const here = new URL('./', import.meta.url);
const wanted = process.argv.slice(2);
const known = readdirSync(fileURLToPath(here))
  .flatMap((file) => /^(\w+)\.bench\.ts$/.exec(file)?.[1] ?? [])
  .sort();
const unknown = wanted.filter((word) => !known.includes(word));
if (unknown.length > 0) {
  console.log(`There is nothing to measure under ${unknown.join(', ')}, but under ${known.join(', ')}.`);
  process.exit(1);
}
const topics = known.filter((topic) => wanted.length === 0 || wanted.includes(topic));

const begun = performance.now();
const all: Measurement[] = [];
for (const topic of topics) {
  const { measure } = (await import(new URL(`${topic}.bench.ts`, here).href)) as { measure: Measure };
  for (const one of await measure()) {
    all.push(one);
    console.log(line(one));
  }
}
writeFileSync(
  fileURLToPath(new URL('../../../bench-results.json', here)),
  `${JSON.stringify(
    all.map(({ name, value, floor, ratio, unit }) => ({ name, value, floor, ratio, unit })),
    null,
    2,
  )}\n`,
);
const count = (wanted: ReturnType<typeof verdict>) => all.filter((one) => verdict(one) === wanted).length;
const minutes = ((performance.now() - begun) / 60_000).toFixed(1);
console.log(
  `${all.length} measured in ${minutes} minutes: ${count('missed')} missed, ${count('close')} close to their mark`,
);
process.exitCode = count('missed') === 0 ? 0 : 1;

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
