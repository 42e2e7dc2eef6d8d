/** What the documents say, held against what they speak of. */
import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { readRecordIdsForApi } from '../../src/publicApi.ts';
import { figureRow, figureWords, referenceText } from '../tools/reference.ts';
import { bundleOnDisk } from '../tools/translatable.ts';

const project = new URL('../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, project), 'utf8');
const files = (pattern: string) => globSync(pattern, { cwd: project }).map((path) => path.replaceAll('\\', '/'));

const readme = read('README.md');
const reference = read('REFERENCE.md');
const contributing = read('CONTRIBUTING.md');
const manifest = JSON.parse(read('package.json')) as {
  readonly name: string;
  readonly publisher: string;
  readonly version: string;
  readonly scripts: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
};

test('commands, settings and API in REFERENCE.md are those of the manifest and the source (npm run docs writes them)', () => {
  assert.equal(reference, referenceText());
});

test('REFERENCE.md has a row for each measured claim, and says of a figure that misses its mark that it does', () => {
  const rows = [...reference.matchAll(figureRow)];
  const measured = files('test/tools/bench/*.bench.ts').flatMap((path) =>
    [
      ...read(path).matchAll(
        /'((?:activate|check|columns|export|journey|lookup|loop|matrix|panel|read|size|start|store|tree|validate)\.[\w.-]+)'/g,
      ),
    ]
      .map(([, name]) => name!)
      .filter((name) => !/\.(?:js|css|ts)$/.test(name)),
  );
  assert.deepEqual(rows.map(([, , name]) => name).sort(), [...new Set(measured)].sort());
  for (const [, , name, sign, mark, figure] of rows) {
    if (figure === '-') continue; // not measured yet
    const measured = Number(/[\d.]+/.exec(figure!)?.[0]);
    assert.equal(figure, figureWords(measured, sign!, Number(mark)), name);
  }
});

test('what README and REFERENCE.md call by the name on the screen is called so', () => {
  const texts = new Set(
    [...Object.values<string>(JSON.parse(read('package.nls.json'))), ...Object.keys(JSON.parse(bundleOnDisk()))].map(
      (text) => text.replace(/\.\.\.$/, ''),
    ),
  );
  const ofVscode = ['Preferences: Open Keyboard Shortcuts'];
  const names = [
    ...`${readme}\n${reference}`.matchAll(
      /\*\*((?:[A-Z][\w.?:]*|of|to|with|a|as)(?: (?:[A-Z][\w.?:]*|of|to|with|a|as))+)\*\*/g,
    ),
  ]
    .map(([, name]) => name!.replace(/^HubSpot Associations: /, '').replace(/\.\.\.$/, ''))
    .filter((name) => !ofVscode.includes(name));
  assert.ok(names.length > 10);
  for (const name of names) assert.ok(texts.has(name), name);
});

test('sentences that README and REFERENCE.md quote are said', () => {
  const said = bundleOnDisk();
  const chapter = (text: string, from: string, to: string) => text.slice(text.indexOf(from), text.indexOf(to));
  const rows =
    chapter(readme, '## Troubleshooting', '## Support') + chapter(reference, '## What a sentence means', '## Limits');
  const quoted = [...rows.matchAll(/^\| ((?:\*[^*]+\*[ ,]*)+)/gm)].flatMap(([, cell]) =>
    [...cell!.matchAll(/\*([^*]+)\*/g)].map(([, sentence]) => sentence!),
  );
  assert.ok(quoted.length >= 8);
  for (const sentence of quoted) assert.ok(said.includes(sentence), sentence);
});

test('the example of the API reads what it says it reads', () => {
  const text = /readRecordIds\('([^']+)'\)/.exec(reference)?.[1];
  const read = readRecordIdsForApi(text!);
  for (const part of ['ids', 'ignored'] as const) {
    const shown = new RegExp(`^${part}; // (.+)$`, 'm').exec(reference)?.[1];
    const json = shown!.replace(/(\w+):/g, '"$1":').replaceAll("'", '"');
    assert.deepEqual(read[part], JSON.parse(json), part);
  }
});

test('the extension has one name in the documents', () => {
  const id = `${manifest.publisher}.${manifest.name}`;
  assert.deepEqual([...new Set(reference.match(/getExtension\('([^']+)'\)/g))], [`getExtension('${id}')`]);
  assert.match(read('CHANGELOG.md'), new RegExp(`^## ${manifest.version.replaceAll('.', '\\.')}$`, 'm'));
  assert.match(readme, /not affiliated with, endorsed by or sponsored by HubSpot, Inc\./);
});

test('the README is short enough to be read', () => {
  assert.ok(readme.split(/\s+/).length <= 1_200, `${readme.split(/\s+/).length} words`);
});

test('links lead to something', () => {
  for (const path of ['README.md', 'REFERENCE.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md']) {
    for (const [, target] of read(path).matchAll(/\]\(([^)\s]+)\)/g)) {
      if (target!.includes('://')) continue;
      const [file, anchor] = target!.split('#');
      assert.ok(existsSync(new URL(file || path, project)), `${target} in ${path}`);
      const heading = anchor?.replaceAll('-', '[ -]').replace(/,/g, '');
      if (heading) assert.match(read(file || path).replaceAll(',', ''), new RegExp(`^#+ ${heading}$`, 'im'), target);
    }
  }
});

test('CONTRIBUTING says why each dependency is there, and of no other', () => {
  const chapter = /^## Dependencies, and why$.*?(?=^HTTP is)/ms.exec(contributing)![0];
  const named = [...chapter.matchAll(/^\| ([^|]+) \| [^|]{10,} \|$/gm)].flatMap(([, names]) => names!.split(', '));
  const matches = (name: string, dependency: string) =>
    name === dependency || (name.endsWith('/*') && dependency.startsWith(name.slice(0, -1)));
  const dependencies = Object.keys(manifest.devDependencies);
  for (const dependency of dependencies)
    assert.ok(
      named.some((name) => matches(name, dependency)),
      dependency,
    );
  for (const name of named)
    assert.ok(
      dependencies.some((dependency) => matches(name, dependency)),
      name,
    );
});

test('CONTRIBUTING names each script, and each script it names is there', () => {
  const named = new Set([...contributing.matchAll(/`npm (?:run )?([\w:]+)[^`]*`/g)].map(([, name]) => name!));
  for (const script of Object.keys(manifest.scripts)) assert.ok(named.has(script), script);
  for (const name of named) assert.ok(manifest.scripts[name], name);
});

test('each file of tests is run by a suite', () => {
  const patterns = [...read('test/suites.ts').matchAll(/'(test\/[^']*\.test\.ts)'/g)].map(([, pattern]) => pattern!);
  // The suite inside VS Code loads its folder itself.
  const run = new Set([...patterns, 'test/vscode/*.test.ts'].flatMap(files));
  assert.deepEqual(
    files('test/**/*.test.ts').filter((path) => !run.has(path)),
    [],
  );
});

test('CONTRIBUTING shows files and folders that are there', () => {
  const house = /^```\n(src\/.*?)^```$/ms.exec(contributing)![1]!;
  const folders: string[] = [];
  for (const line of house.trimEnd().split('\n')) {
    const [, indent, names] = /^( *)(\S+(?:, \S+)*)(?: {2,}|$)/.exec(line) ?? assert.fail(line);
    const depth = indent!.length / 2;
    for (const name of names!.split(', ')) {
      const path = [...folders.slice(0, depth), name].join('');
      assert.ok(existsSync(new URL(path, project)), path);
      folders[depth] = name;
    }
  }
});

test('files that the documents name are there', () => {
  for (const path of ['README.md', 'REFERENCE.md', 'CONTRIBUTING.md', 'SECURITY.md']) {
    for (const [, file] of read(path).matchAll(/`((?:src|test|media|\.ci|\.github)\/[\w./-]+)`/g)) {
      if (!file!.includes('NAME')) assert.ok(existsSync(new URL(file!, project)), `${file} in ${path}`);
    }
  }
});

test('a release goes to both marketplaces, as one package', () => {
  const release = read('.github/workflows/release.yml');
  assert.match(release, /@vscode\/vsce@[\d.]+ publish .*--packagePath extension\.vsix/);
  assert.match(release, /ovsx@[\d.]+ publish .*extension\.vsix/);
  assert.equal(release.match(/npm run package/g)?.length, 1);
});

test('workflows run what is pinned', () => {
  for (const path of files('.github/workflows/*.yml')) {
    for (const [, action] of read(path).matchAll(/uses: (\S+.*)$/gm)) {
      assert.match(action!, /^(?:\.\/\S+|[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+)$/, path);
    }
    for (const [, name, version] of read(path).matchAll(/npx --yes (\S+?)@(\S+)/g)) {
      assert.match(version!, /^\d+\.\d+\.\d+$/, name);
      assert.equal(version, manifest.devDependencies[name!] ?? version, name);
    }
  }
});
