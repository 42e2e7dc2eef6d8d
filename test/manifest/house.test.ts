/** The table of rooms in CONTRIBUTING.md, held against the linter that holds it. */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

const project = new URL('../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, project), 'utf8');
const rooms = (parent: string) =>
  globSync(`${parent}/*/`, { cwd: project })
    .map((path) => path.replaceAll('\\', '/').replace(/\/$/, '').split('/').at(-1)!)
    .filter((name) => name !== 'core');

interface Override {
  readonly includes: readonly string[];
  readonly linter: {
    readonly rules: {
      readonly style?: {
        readonly noRestrictedImports?: {
          readonly options: { readonly patterns: readonly { readonly group: string[] }[] };
        };
      };
    };
  };
}

const core = rooms('src/core');
const host = rooms('src');

/** What the table grants, by room. */
const granted = new Map(
  [...read('CONTRIBUTING.md').matchAll(/^\| `([\w/]+)` \| (none|`[\w`, ]+`) \|$/gm)].map(([, room, cell]) => [
    room!,
    [...cell!.matchAll(/`(\w+)`/g)].map(([, name]) => name!),
  ]),
);

test('the table of rooms names every room', () => {
  assert.deepEqual([...granted.keys()].sort(), [...core.map((room) => `core/${room}`), ...host].sort());
});

test('the linter refuses what the table of rooms does not grant', () => {
  const { overrides } = JSON.parse(read('biome.json')) as { readonly overrides: readonly Override[] };
  const refused = new Map(
    overrides.flatMap(({ includes, linter }) =>
      (linter.rules.style?.noRestrictedImports?.options.patterns ?? []).map(({ group }) => [
        includes.join(),
        [...group].sort(),
      ]),
    ),
  );
  for (const [room, allowed] of granted) {
    const name = room.split('/').at(-1)!;
    const beside = room.startsWith('core/') ? core : host;
    const left = beside.filter((each) => each !== name && !allowed.includes(each));
    const above = room.startsWith('core/') ? host : [];
    const group = [...left, ...above].map((each) => `**/${each}/**`).sort();
    assert.deepEqual(refused.get(`src/${room}/**`), group, room);
  }
});
