/**
 * What a translator translates: every English text that the extension hands to `vscode.l10n.t`, read out of the sources.
 * `node test/tools/translatable.ts` writes them to l10n/bundle.l10n.json, the file to start a translation from.
 */
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { standardObjectTypes } from '../../src/core/domain/objectTypes.ts';
import { ignoredReasons, unsureReasons } from '../../src/core/reading/found/reasons.ts';
import { panelWords } from '../../src/core/treaty/panelWords.ts';

const project = new URL('../../', import.meta.url);
const bundleFile = new URL('l10n/bundle.l10n.json', project);

/** Texts that stand in lists of the core, which knows no translation, and the calls that translate them later. */
const lists: Readonly<Record<string, readonly string[]>> = {
  't(panelWords[': Object.values(panelWords),
  't(unsureReasons[': Object.values(unsureReasons),
  't(ignoredReasons[': Object.values(ignoredReasons),
  't(type.': standardObjectTypes.flatMap(({ label, pluralLabel }) => [label, pluralLabel]),
};

export interface Translatable {
  readonly texts: readonly string[];
  /** Calls whose text is neither a literal nor out of one of the lists, with their file. */
  readonly unreadable: readonly string[];
  /** Lists that no call translates. */
  readonly unused: readonly string[];
}

/** Reads the sources of the extension's host side. */
export function translatable(): Translatable {
  const texts = new Set<string>();
  const unreadable: string[] = [];
  const used = new Set<string>();
  for (const file of globSync('src/**/*.ts', { cwd: project }).sort()) {
    if (file.replaceAll('\\', '/').startsWith('src/core/')) continue;
    const source = readFileSync(new URL(file.replaceAll('\\', '/'), project), 'utf8');
    for (const call of source.matchAll(/(?<![\w.$'"`])(?:vscode\.)?(?:l10n\.)?t\(\s*/g)) {
      const rest = source.slice(call.index + call[0].length);
      const literal = /^(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`(?:[^`\\$]|\\.)*`)/s.exec(rest)?.[0];
      if (literal) {
        texts.add(textOf(literal));
        continue;
      }
      const whole = source.slice(call.index, call.index + 80).replace(/\s+/g, '');
      const list = Object.keys(lists).find((start) => whole.includes(start));
      if (list) used.add(list);
      else unreadable.push(`${file}: ${whole}`);
    }
  }
  for (const list of used) for (const text of lists[list]!) texts.add(text);
  return { texts: [...texts].sort(), unreadable, unused: Object.keys(lists).filter((list) => !used.has(list)) };
}

/** The text that a literal of the source means. */
function textOf(literal: string): string {
  return literal.slice(1, -1).replace(/\\(?:u\{([0-9a-f]+)\}|u([0-9a-f]{4})|(.))/gis, (_, point, unit, character) => {
    if (point ?? unit) return String.fromCodePoint(Number.parseInt(point ?? unit, 16));
    return { n: '\n', t: '\t' }[character as string] ?? character;
  });
}

/** The file as it should be. */
export function bundleText(): string {
  const { texts } = translatable();
  return `${JSON.stringify(Object.fromEntries(texts.map((text) => [text, text])), undefined, 2)}\n`;
}

export function bundleOnDisk(): string {
  return readFileSync(bundleFile, 'utf8');
}

if (import.meta.main) writeFileSync(bundleFile, bundleText());
