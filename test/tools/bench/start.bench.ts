/**
 * The first use of the extension in a window, with a thousand saved look-ups and with none: from the click on its icon until
 * its view shows what it has, and the extension has put its account into the status bar: the words of a view without look-ups are
 * VS Code's own and stand there before anything is loaded. Both windows are pages of their own, which know nothing of one before.
 */
import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Page } from 'playwright-core';
import { activityBarTitles } from '../../host/activityBarTitles.ts';
import { prepare } from '../../host/preparation.ts';
import { filesIn } from '../../host/tokenSearch.ts';
import { until } from '../../host/until.ts';
import { newest, projectFolder } from '../../host/vscodeRelease.ts';
import { openVscode, type VscodeWindow } from '../../host/vscodeWindow.ts';
import { Workbench } from '../../host/workbench.ts';
import { compared, type Lines, type Measurement, pairsOf } from './measurement.ts';

declare global {
  interface Window {
    /** Milliseconds until the view had shown something. */
    shown: Promise<number>;
  }
}

const saved = 1000;
const [title = ''] = activityBarTitles(projectFolder);

/** Only the extension puts this into the status bar, when it is loaded. */
const ofExtension = '.statusbar-item[id*="hubspotAssociations"]';

/** Milliseconds to wait for it at most. */
const patience = 60_000;

export const lines: readonly Lines[] = [{ names: ['start.1000-saved'], measure: starting }];

async function starting(): Promise<readonly Measurement[]> {
  await prepare(newest);
  await using full = await openVscode();
  await using empty = await openVscode();
  await saveMany(full);
  const mark = { atMost: 2 };
  const pairs = await pairsOf(
    () => firstUse(full, '.monaco-list-row'),
    () => firstUse(empty, '.welcome-view-content'),
    // Both servers have had a window, which left nothing behind but files that are read faster now.
    { mark, isWarm: true, least: 4 },
  );
  return [compared('start.1000-saved', pairs, 'ms', mark)];
}

/** One look-up is run, and copied so often under other ids: pinned, so that none of them is too old to be kept. */
async function saveMany({ workbench, page, server }: VscodeWindow): Promise<void> {
  await workbench.runCommand('HubSpot Associations: Try the Sample Account');
  const tree = workbench.view('Lookups');
  await tree.until('it has ended', ([row]) => /, complete/.test(row?.spoken ?? ''));
  const files = () => filesIn(join(dirname(server.settingsFile), '..', '..'));
  const card = () => files().find((path) => path.endsWith('.card2.json'));
  await until('its card says so', () => {
    const path = card();
    return path !== undefined && JSON.parse(readFileSync(path, 'utf8')).ended === true;
  });
  await page.goto('about:blank');
  await until('its window has let it go', () => !files().some((path) => path.endsWith('.claim2')));
  const path = card()!;
  const text = readFileSync(path, 'utf8');
  // The sum is that of its text as it is: a card without one is believed, and one with another's is not.
  const { sum: _, ...own } = JSON.parse(text) as { readonly id: string; readonly sum: string };
  const { id } = own;
  for (let nth = 1; nth < saved; nth++) {
    const other = randomUUID();
    for (const ending of ['.ledger2', '.places.json']) {
      const from = path.replace('.card2.json', ending);
      writeFileSync(from.replace(id, other), readFileSync(from));
    }
    const copy = { ...own, id: other, pinned: true, startedAt: new Date(nth * 60_000).toISOString() };
    writeFileSync(path.replace(id, other), JSON.stringify(copy));
  }
  writeFileSync(path, JSON.stringify({ ...own, pinned: true }));
}

/** Milliseconds in a page that knows nothing of VS Code's windows before, but has loaded VS Code's own files already. */
async function firstUse({ page: before, address, server, folder }: VscodeWindow, shown: string): Promise<number> {
  await before.goto('about:blank');
  const page = await before.context().newPage();
  try {
    const session = await page.context().newCDPSession(page);
    await session.send('Storage.clearDataForOrigin', { origin: new URL(address).origin, storageTypes: 'all' });
    await page.goto(address);
    const workbench = new Workbench(page, server, folder, [title]);
    await workbench.ready();
    return await timeToShow(page, shown);
  } finally {
    await page.goto('about:blank');
    await page.close();
  }
}

async function timeToShow(page: Page, shown: string): Promise<number> {
  const wanted = { selector: shown, loaded: ofExtension, patience };
  await page.evaluate(({ selector, loaded, patience }) => {
    let start = 0;
    addEventListener('mousedown', () => (start = performance.now()), { capture: true, once: true });
    const isShown = () =>
      [...document.querySelectorAll<HTMLElement>(`.pane:has(> .pane-header[aria-label^="Lookups"]) ${selector}`)].some(
        (each) => each.offsetParent !== null,
      ) && document.querySelector(loaded) !== null;
    window.shown = new Promise((resolve, reject) => {
      setTimeout(() => reject(new Error('The view does not show what it has.')), patience);
      const look = () => (start > 0 && isShown() ? resolve(performance.now() - start) : requestAnimationFrame(look));
      look();
    });
  }, wanted);
  await page.locator(`.activitybar .action-item:has(.action-label[aria-label^="${title}"])`).first().click();
  return page.evaluate(() => window.shown);
}
