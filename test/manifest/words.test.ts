/** How the interface speaks: "1 record has", never "1 records have", and one word for one thing. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { translatable } from '../tools/translatable.ts';

/** What is counted somewhere, by its plural; a word between number and noun is allowed. */
const counted =
  /\{\d\} (?:\w+ )?(associations|batches|calls|cells|duplicates|errors|IDs|labels|lookups|names|numbers|pairs|properties|records|rows|scopes|seconds|types|values)\b/i;

/** Where the number is never 1, or another sentence takes the place of this one then. */
const neverOne: Readonly<Record<string, string>> = {
  'At most {0} properties are shown at once.': 'a limit',
  'No answer within {0} seconds.': 'a limit',
  '$(beaker) Check the First {0} Pairs Only': 'a limit',
  'A trial: only the first {0} of {1} pairs were checked.': 'more than the limit of a trial',
  'Copy the {0} IDs under "{1}"': 'offered for several',
  'Look up all {0} IDs again': 'Look up this ID again',
  'HubSpot refuses every request with these {0} IDs, so they were left out: {1}.': 'refuses ... this ID',
  'HubSpot refuses every request with {0} IDs, so they were left out: {1} and {2} more.': 'more than three',
  'Look up {0} with {1} object types in {2}? ({3})': 'asked where there are several',
  'Remove {0} lookups with {1}?': 'Remove "{0}" with {1}?',
  '{0} of {0} pairs confirmed': '1 pair confirmed',
  '{0} = {1} with pairs + {2} expecting nothing + {3} without a pair': '"with pairs" counts rows',
  '{0} of {1} lookups': 'more than are there',
  '{0} values make no pair, the first {1}': 'more than are listed',
};

/** "1 record has", "{0} call": the same words with the number 1, or any sentence for one of them. */
function singularOf(text: string): RegExp {
  const { index, 0: found, 1: noun } = counted.exec(text)!;
  const one = noun!
    .replace(/batches$/i, 'batch')
    .replace(/ies$/i, 'y')
    .replace(/s$/i, '');
  const asPattern = (part: string) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const between = found.slice(found.indexOf(' ') + 1, -noun!.length);
  return new RegExp(
    `^${asPattern(text.slice(0, index))}(?:1|\\{\\d\\}) ${asPattern(between)}${asPattern(one)}\\b`,
    'i',
  );
}

test('every text in which something is counted has one for 1', () => {
  const { texts } = translatable();
  const without = texts
    .filter((text) => counted.test(text) && !(text in neverOne))
    .filter((text) => !texts.some((other) => singularOf(text).test(other)));
  assert.deepEqual(without, []);
});

test('what is counted by itself is counted in one place, which has a form for 1', () => {
  const folder = new URL('../../src/', import.meta.url);
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => name.replaceAll('\\', '/'));
  const files = names.filter((name) => name.endsWith('.ts'));
  const ofHowMany =
    /\bt\('\{0\} (?:batches|calls|duplicates|errors|IDs|labels|names|pairs|record IDs|records|rows|scopes)'/;
  assert.deepEqual(
    files.filter((name) => ofHowMany.test(readFileSync(new URL(name, folder), 'utf8'))),
    ['editor/howMany.ts'],
  );
});

test('what is said never to be 1 is said somewhere', () => {
  const { texts } = translatable();
  assert.deepEqual(
    Object.keys(neverOne).filter((text) => !texts.includes(text)),
    [],
  );
});

test('one word stands for one thing', () => {
  const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
  const titles = Object.values(JSON.parse(read('package.nls.json')) as Record<string, string>);
  const others = /\b(?:ids?|Ids?|[Ll]ook-ups?|record ids?)\b|[\u2018\u2019\u201c\u201d]/;
  // What stands in backticks or leads somewhere is a name.
  const prose = ['README.md', 'SECURITY.md'].flatMap((path) =>
    read(path)
      .replaceAll(/`[^`]*`|\]\([^)]*\)/g, '')
      .split('\n'),
  );
  assert.deepEqual(
    [...translatable().texts, ...titles, ...prose].filter((text) => others.test(text)),
    [],
  );
});
