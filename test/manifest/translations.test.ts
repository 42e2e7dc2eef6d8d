/** Nothing that a person reads is out of a translator's reach. */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { panelWords } from '../../src/core/treaty/panelWords.ts';
import { bundleOnDisk, bundleText, translatable } from '../tools/translatable.ts';

const project = new URL('../../', import.meta.url);

test('each text that is translated can be read out of the sources', () => {
  const { texts, unreadable, unused } = translatable();
  assert.deepEqual(unreadable, []);
  assert.deepEqual(unused, []);
  assert.ok(texts.length > 100);
});

test('the file that translations start from is up to date (npm run l10n writes it)', () => {
  assert.deepEqual(JSON.parse(bundleOnDisk()), JSON.parse(bundleText()));
});

test('each translation has every text, with the same places to fill in', () => {
  const english: Record<string, string> = JSON.parse(bundleText());
  const manifestWords: Record<string, string> = JSON.parse(readFileSync(new URL('package.nls.json', project), 'utf8'));
  const files = globSync(['l10n/bundle.l10n.*.json', 'package.nls.*.json'], { cwd: project });
  for (const file of files.filter((each) => !each.endsWith('l10n.json'))) {
    const wanted = file.startsWith('package') ? manifestWords : english;
    const found: Record<string, string> = JSON.parse(readFileSync(new URL(file, project), 'utf8'));
    assert.deepEqual(Object.keys(found).sort(), Object.keys(wanted).sort(), file);
    for (const [key, text] of Object.entries(wanted))
      assert.deepEqual(places(found[key]!), places(text), `${file} ${key}`);
  }
});

/** `{0}` and `{1}`, links and command names: what must not be translated. */
function places(text: string): string[] {
  return [...text.matchAll(/\{\d+\}|\]\([^)]+\)|\$\([^)]+\)/g)].map(([place]) => place).sort();
}

/** Where a text goes to a person, as the API of VS Code and our own messages name it. */
const shown =
  /\b(?:title|placeholder|placeHolder|prompt|tooltip|label|description|detail|sentence|validationMessage|openLabel|saveLabel)\s*[:=]\s*(?:\(|\{\s*message:\s*)?(['"`])((?:(?!\1)[^\\]|\\.)*)\1|show(?:Information|Warning|Error)Message\(\s*(['"`])((?:(?!\3)[^\\]|\\.)*)\3/g;

test('no text is shown as it stands in the source', () => {
  const bare = globSync('src/**/*.ts', { cwd: project })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => !file.startsWith('src/core/'))
    .flatMap((file) => {
      const source = readFileSync(new URL(file, project), 'utf8');
      return [...source.matchAll(shown)]
        .map((match) => match[2] ?? match[4] ?? '')
        .filter((text) => /\p{L}{2}/u.test(text.replace(/\$\{[^}]*\}|\$\([^)]*\)/g, '')))
        .filter((text) => !isName(text))
        .map((text) => `${file}: ${text}`);
    });
  assert.deepEqual(bare, []);
});

/** Names that are the same in every language: hosts and formats. */
function isName(text: string): boolean {
  if (text === 'Markdown' || text === 'IN (…)') return true;
  return /^(?:[a-z0-9-]+\.)+[a-z]{2,}$/.test(text) || /^[A-Z]{2,6}$/.test(text);
}

test('each word that is translated for the page is said there, or in its table', () => {
  const page = globSync(['media/panel/*.ts', 'src/core/rows/*.ts', 'src/core/export/seen.ts'], { cwd: project })
    .map((file) => readFileSync(new URL(file.replaceAll('\\', '/'), project), 'utf8'))
    .join('\n');
  const silent = Object.keys(panelWords).filter((key) => !page.includes(`'${key}'`));
  assert.deepEqual(silent, []);
});
