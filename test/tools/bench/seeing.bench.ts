/**
 * Seeing: the panel's page with a million rows in a real Chromium, its host in a thread of its own as in VS Code, and the
 * export. What it is compared with stands in ./seeing/outerPage.ts.
 */
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { stringify } from 'csv-stringify/sync';
import { build } from 'esbuild';
import type { CDPSession, Page } from 'playwright-core';
import { typeText } from '../../../src/core/domain/labels.ts';
import { delimited } from '../../../src/core/export/csv.ts';
import { ShownRows } from '../../../src/core/rows/answerTable.ts';
import { Rows } from '../../../src/core/rows/rows.ts';
import { largeAnswer } from '../../core/madeAnswer.ts';
import { startBrowser } from '../../host/browser.ts';
import { builtPage } from '../../panel/panelPage.ts';
import { type Budget, compared, computing, type Lines, type Measurement, type Pair, pairsOf } from './measurement.ts';
import { ownProcess } from './ownProcess.ts';
import type { SeeingBench } from './seeing/outerPage.ts';

declare global {
  interface Window {
    seeing: SeeingBench;
  }
}

export const lines: readonly Lines[] = [
  {
    names: [
      'panel.1M.first-rows',
      'matrix.10k.first-rows',
      'panel.1M.scroll-busy',
      'panel.1M.scroll-columns',
      'panel.1M.sort',
      'panel.1M.filter',
      'panel.1M.transfer',
    ],
    measure: inBrowser,
  },
  { names: ['panel.10M.longest-block'], measure: longestBlock },
  { names: ['export.csv.vs-library'], measure: exporting },
];

const transferMark = { atLeast: 50 };

async function inBrowser(): Promise<readonly Measurement[]> {
  const server = await serve();
  const started = await startBrowser();
  try {
    const context = await started.browser.newContext({ viewport: { width: 1000, height: 700 } });
    const page = await context.newPage();
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/outer.html`);
    await page.waitForFunction(() => window.seeing?.ready);
    const devtools = await context.newCDPSession(page);
    // In the thread's own time: what other processes take of the machine meanwhile does not count.
    await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });

    const inPage = (
      ours: (bench: SeeingBench) => Promise<number>,
      floor: (bench: SeeingBench) => Promise<number>,
      budget?: Budget,
    ) => {
      const run = (what: (bench: SeeingBench) => Promise<number>) =>
        page.evaluate(`(${what.toString()})(window.seeing)`) as Promise<number>;
      return pairsOf(
        () => run(ours),
        () => run(floor),
        budget,
      );
    };
    const firstRows = await inPage(
      (bench) => bench.openPanel(),
      (bench) => bench.openStatic(),
      { least: 15, seconds: 8 },
    );
    const matrix = await inPage(
      (bench) => bench.openMatrix(),
      (bench) => bench.openStatic(),
      { least: 15, seconds: 8 },
    );
    const sort = await inPage(
      (bench) => bench.sortPanel(),
      (bench) => bench.sortTanstack(),
      { seconds: 8 },
    );
    const scroll = await scrolling(page, devtools, 'associations');
    const wide = await scrolling(page, devtools, 'columns');
    const transfer = await inPage(
      (bench) => bench.askForRows(),
      (bench) => bench.postAllRows(),
      { mark: transferMark },
    );
    // The last, since it leaves few rows.
    const filter = await inPage(
      (bench) => bench.filterPanel(),
      (bench) => bench.searchIds(),
      { seconds: 6 },
    );
    return [
      compared('panel.1M.first-rows', firstRows, 'ms', { atMost: 4 }),
      compared('matrix.10k.first-rows', matrix, 'ms', { atMost: 4 }),
      compared('panel.1M.scroll-busy', scroll, 'ms a frame', { atMost: 1 }),
      compared('panel.1M.scroll-columns', wide, 'ms a frame', { atMost: 1 }),
      compared('panel.1M.sort', sort, 'ms', { atMost: 0.2 }),
      compared('panel.1M.filter', filter, 'ms', { atMost: 1.2 }),
      compared('panel.1M.transfer', transfer, 'ms', transferMark),
    ];
  } finally {
    await started.close();
    await new Promise((resolve) => server.close(resolve));
  }
}

/**
 * Main-thread time a frame, as Chromium accounts for it, while both scroll by as many pixels in each frame. Of a million rows ours
 * passes more of them by: its bar cannot be as long as they are high, so that one pixel of it stands for almost three.
 * @param shown `columns`: with six properties beside the rows, on both sides
 */
function scrolling(page: Page, devtools: CDPSession, shown: 'associations' | 'columns'): Promise<readonly Pair[]> {
  const frames = 120;
  const busy = async () => {
    const { metrics } = await devtools.send('Performance.getMetrics');
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000;
  };
  const side = async (what: 'panel' | 'tanstack') => {
    await page.evaluate((which) => window.seeing.prepareScroll(...which), [what, shown] as const);
    const before = await busy();
    await page.evaluate((count) => window.seeing.scroll(count), frames);
    return ((await busy()) - before) / frames;
  };
  return pairsOf(
    () => side('panel'),
    () => side('tanstack'),
  );
}

/** The files of both sides, from this machine to itself. */
async function serve(): Promise<Server> {
  const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
  const bundles = await build({
    entryPoints: [at('./seeing/outerPage.ts'), at('./seeing/hostWorker.ts')],
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2023',
    outdir: 'out',
    write: false,
  });
  const { script, style } = await builtPage();
  const themes = JSON.parse(readFileSync(new URL('../../panel/themes.json', import.meta.url), 'utf8')) as {
    dark: Record<string, string>;
  };
  const theme = `:root{${Object.entries(themes.dark)
    .map(([name, value]) => `${name}:${value}`)
    .join(';')}}`;
  const html = (head: string, body: string) =>
    `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">${head}</head><body>${body}</body></html>`;
  const styles = '<link rel="stylesheet" href="/theme.css"><link rel="stylesheet" href="/panel.css">';
  const files: Record<string, [string, string]> = {
    '/theme.css': ['text/css', theme],
    '/panel.css': ['text/css', style],
    '/panel.js': ['text/javascript', script],
    '/outer.js': ['text/javascript', bundles.outputFiles.find(({ path }) => path.endsWith('outerPage.js'))!.text],
    '/host.js': ['text/javascript', bundles.outputFiles.find(({ path }) => path.endsWith('hostWorker.js'))!.text],
    '/outer.html': ['text/html', html('', '<script src="/outer.js"></script>')],
    '/panel.html': [
      'text/html',
      html(styles, '<script>acquireVsCodeApi = parent.seeing.vsCodeApi</script><script src="/panel.js"></script>'),
    ],
    '/static.html': ['text/html', html(styles, staticRows())],
  };
  const server = createServer((request, response) => {
    const [type, body] = files[request.url ?? ''] ?? ['text/plain', ''];
    response.writeHead(body === '' ? 404 : 200, { 'content-type': type, 'cache-control': 'max-age=3600' });
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

/** The floor of opening: 27 rows that are in the page from the start. */
function staticRows(): string {
  const rows = Array.from({ length: 27 }, (_, at) => {
    const cells = [17_982_944_313 + at, 17_496_863_841 + at, 'Primary', 'Found'].map((text) => `<td>${text}</td>`);
    return `<tr>${cells.join('')}</tr>`;
  });
  return `<table><tbody>${rows.join('')}</tbody></table>`;
}

/** How long others wait at most while ten million associations are sorted and filtered, against one frame of 16 ms. */
async function longestBlock(): Promise<readonly Measurement[]> {
  const table = await ownProcess<{ longest: readonly number[] }>('seeing/tenMillion.ts', { rounds: 5 });
  await table.end();
  const pairs = table.said.longest.map((block): Pair => [block, 16]);
  return [compared('panel.10M.longest-block', pairs, 'ms', { atMost: 4 })];
}

/** A million rows from the Answer to CSV text. The library is given its rows ready-made, so only its writing is timed. */
async function exporting(): Promise<readonly Measurement[]> {
  const answer = largeAnswer(204_000, 5);
  const rows = new Rows(answer);
  const shown = new ShownRows(rows);
  const table = [
    [
      'record_id',
      'associated_record_id',
      'labels',
      'primary',
      'association_types',
      'state',
      'truncated',
      'problem',
      'associations',
      'existence',
    ],
  ];
  for (let row = 0; row < rows.length; row++) {
    const record = rows.record(row);
    const toId = rows.toId(row);
    const types = toId === undefined ? [] : answer.types(record, rows.nth(row));
    table.push([
      answer.recordId(record),
      toId ?? '',
      types.flatMap(({ label }) => (label && label !== 'Primary' ? [label] : [])).join('; '),
      toId === undefined ? '' : String(types.some(({ label }) => label === 'Primary')),
      types.map(typeText).join('; '),
      answer.state(record),
      'false',
      '',
      String(answer.associationCount(record)),
      '',
    ]);
  }
  const options = { delimiter: ',', spreadsheet: false, byteOrderMark: false } as const;
  // Both are turned into bytes, as a file needs them.
  const encoder = new TextEncoder();
  const ours = () => {
    for (const chunk of delimited(shown, {}, options)) encoder.encode(chunk);
  };
  const library = () => encoder.encode(stringify(table, { record_delimiter: '\r\n' }));
  if ([...delimited(shown, {}, options)].join('') !== stringify(table, { record_delimiter: '\r\n' }))
    throw new Error('The export differs from what csv-stringify writes.');
  return [compared('export.csv.vs-library', await computing(ours, library, { isWarm: true }), 'ms', { atLeast: 3 })];
}
