/**
 * Texts as people who work with HubSpot have them open, judged number by number before any reader saw them. Beside
 * `everyday/<file>` stands `<file>.expected`, of some texts also `<file>.selections.json`. `x.py.txt` stands for `x.py`.
 *
 * Lines of an expectation: `# why`; `type <0-3|none>`, which type ought to be pre-selected; `<kind> <digits> <line>:<column>
 * <rest>`, both from 1. `|` separates answers that are equally right. Kinds: `id` must be sure, the rest is its object type
 * (`-` none known); `id-or-offered` may be sure, unsure or left to another column or key; `unsure` must be offered and not
 * sent; `ignored` and `ignored-or-unsure` must not be sure. A number in no line must not be sure either.
 */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { finished } from '../../../src/core/domain/steps.ts';
import type { RecordIdsReading } from '../../../src/core/reading/found/reading.ts';
import { clearWinner } from '../../../src/core/reading/found/typeHints.ts';
import { readRecordIds } from '../../../src/core/reading/readRecordIds.ts';
import { readSelections } from '../../../src/core/reading/selections.ts';

const folder = fileURLToPath(new URL('./everyday/', import.meta.url));
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.expected'))
  .map((file) => file.slice(0, -'.expected'.length))
  .sort();

const languages: Record<string, string> = {
  cs: 'csharp',
  env: 'properties',
  html: 'html',
  http: 'http',
  ini: 'ini',
  ipynb: 'json',
  js: 'javascript',
  md: 'markdown',
  mjs: 'javascript',
  py: 'python',
  sh: 'shellscript',
  tf: 'terraform',
  txt: 'plaintext',
  yml: 'yaml',
  eml: 'plaintext',
};

function languageOf(file: string): string {
  const extension = extname(file.replace(/(\.\w+)\.(?:txt|json)$/, '$1')).slice(1);
  return languages[extension] ?? extension;
}

interface Expected {
  readonly kind: string;
  readonly digits: string;
  readonly offset: number;
  readonly types: readonly string[];
}

interface Judgement {
  readonly winners: readonly string[];
  readonly expected: readonly Expected[];
}

function judgementOf(lines: readonly string[], text: string): Judgement {
  const starts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  let winners: readonly string[] = ['none'];
  const expected: Expected[] = [];
  for (const line of lines) {
    if (line === '' || line.startsWith('#')) continue;
    if (line.startsWith('type ')) {
      winners = line.slice(5).split('|');
      continue;
    }
    const [, kind, digits, row, column, rest] = /^(\S+) (\d+) (\d+):(\d+) (.+)$/.exec(line)!;
    const offset = starts[Number(row) - 1]! + Number(column) - 1;
    assert.equal(text.slice(offset, offset + digits!.length), digits, line);
    expected.push({ kind: kind!, digits: digits!, offset, types: rest!.split('|') });
  }
  return { winners, expected };
}

/** How many numbers came out how. */
class Score {
  readonly sent: string[] = [];
  readonly vanished: string[] = [];
  readonly wrongTypes: string[] = [];
  readonly wrongWinners: string[] = [];
  sure = 0;
  missed = 0;
  untyped = 0;
  noWinner = 0;

  add(name: string, reading: RecordIdsReading, { winners, expected }: Judgement): void {
    for (const sure of reading.ids) {
      const judged = expected.find(({ offset, digits }) => offset === sure.offset && digits === sure.id);
      const where = `${name}:${sure.line + 1} ${sure.id} as ${sure.objectType ?? '-'}`;
      if (!judged?.kind.startsWith('id')) this.sent.push(where);
      else if (!judged.types.includes('*') && !judged.types.includes(sure.objectType ?? '-')) {
        if (sure.objectType === undefined) this.untyped++;
        else this.wrongTypes.push(where);
      }
    }
    let elsewhere = reading.sources.reduce((sum, { read, count }) => sum + (read ? 0 : count), 0);
    for (const { kind, digits, offset } of expected) {
      const isHere = (place: { offset: number; length: number }) =>
        place.offset < offset + digits.length && place.offset + place.length > offset;
      const isSure = reading.ids.some(isHere);
      if (kind === 'id') {
        this.sure += Number(isSure);
        this.missed += Number(!isSure);
      }
      if (kind.startsWith('ignored') || isSure || reading.unsure.some(isHere) || reading.ignored.some(isHere)) continue;
      if (--elsewhere < 0) this.vanished.push(`${name} ${digits}`);
    }
    const winner = finished(clearWinner(reading.typeHints)) ?? 'none';
    if (winners.includes(winner)) return;
    if (winner === 'none') this.noWinner++;
    else this.wrongWinners.push(`${name} ${winner}`);
  }
}

function scoreOfTexts(): Score {
  const score = new Score();
  for (const file of files) {
    const text = readFileSync(folder + file, 'utf8');
    const judgement = judgementOf(readFileSync(`${folder}${file}.expected`, 'utf8').split('\n'), text);
    score.add(file, readRecordIds(text, languageOf(file)), judgement);
  }
  return score;
}

interface SelectionCase {
  readonly select: readonly string[];
  readonly type: string;
  readonly expected: readonly string[];
}

function scoreOfSelections(): Score {
  const score = new Score();
  for (const file of files.filter((name) => existsSync(`${folder}${name}.selections.json`))) {
    const text = readFileSync(folder + file, 'utf8');
    const cases: readonly SelectionCase[] = JSON.parse(readFileSync(`${folder}${file}.selections.json`, 'utf8'));
    for (const { select, type, expected } of cases) {
      let from = 0;
      const selections = select.map((part) => {
        const start = text.indexOf(part, from);
        assert.ok(start >= 0, `${file}: ${part}`);
        from = start + part.length;
        return { start, end: from };
      });
      const reading = readSelections({ text, languageId: languageOf(file), selections });
      score.add(file, reading, judgementOf([`type ${type}`, ...expected], text));
    }
  }
  return score;
}

test('everyday texts are all there', () => {
  assert.equal(files.length, 75);
});

test('of everyday texts nothing is sent that is no record id, nothing vanishes, and so many ids are sure', () => {
  assert.deepEqual(
    { ...scoreOfTexts() },
    {
      sent: [],
      vanished: [],
      wrongTypes: [],
      wrongWinners: [],
      sure: 200,
      missed: 4,
      untyped: 0,
      noWinner: 0,
    },
  );
});

test('of selections in them the same', () => {
  assert.deepEqual(
    { ...scoreOfSelections() },
    {
      sent: [],
      vanished: [],
      wrongTypes: [],
      wrongWinners: [],
      sure: 39,
      missed: 0,
      untyped: 0,
      noWinner: 0,
    },
  );
});
