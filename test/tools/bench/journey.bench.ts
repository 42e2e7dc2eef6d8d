/**
 * What a person waits for, in a real VS Code: from the key that ends the last question to the first row, the same for the shortcut
 * that repeats, and from the shortcut to the first question with ten thousand selected IDs. The floors are the same VS Code opening
 * the empty webview, or the empty quick pick, of an extension that does nothing else. HubSpot takes 150 ms to answer.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sampleIds } from '../../../src/core/sampleHubSpot/sampleAccount.ts';
import { prepare } from '../../host/preparation.ts';
import { newest, projectFolder } from '../../host/vscodeRelease.ts';
import { openVscode, type VscodeWindow } from '../../host/vscodeWindow.ts';
import type { StandIn } from '../../hubspotStandIn/standIn.ts';
import { startHubSpotStandIn } from '../../hubspotStandIn.ts';
import { firstQuestion } from '../../ui/lookUpByChord.ts';
import { compared, inTurn, type Lines, type Measurement, type Pair, pairsOf } from './measurement.ts';

/** Milliseconds that the stand-in takes for an answer. */
const latency = 150;
const selected = 10_000;
const emptyExtension = join(projectFolder, 'test', 'tools', 'bench', 'emptyExtension');
const secondQuestion = 'Which associated records do you want to see?';
const budget = { least: 5, most: 15, seconds: 20 };

export const lines: readonly Lines[] = [
  { names: ['journey.first-rows', 'journey.again', 'journey.picker'], measure: journeys },
];

async function journeys(): Promise<readonly Measurement[]> {
  await prepare(newest);
  const standIn = await startHubSpotStandIn();
  try {
    standIn.faults.set({ kind: 'latency', milliseconds: latency });
    await using window = await openWindow(standIn);
    const { workbench } = window;
    await workbench.openFile('ids.txt');
    await workbench.press('Control+A');
    const picker = await pairsOf(
      () => untilAsked(window, 'h', firstQuestion),
      () => untilAsked(window, 'F8', 'Nothing'),
      budget,
    );
    await workbench.runCommand('View: Close All Editors');
    await workbench.openFile('deals-export.csv');
    await workbench.selectColumn(2, 13, 2, 11);
    const rounds = await inTurn(
      { first: () => firstRows(window), again: () => again(window), floor: () => emptyWebview(window) },
      { ...budget, seconds: 40 },
    );
    const pairs = (side: 'first' | 'again') => rounds.map((round): Pair => [round[side], round.floor + latency]);
    return [
      compared('journey.first-rows', pairs('first'), 'ms', { atMost: 1.25 }),
      compared('journey.again', pairs('again'), 'ms', { atMost: 1.25 }),
      compared('journey.picker', picker, 'ms', { atMost: 1.7 }),
    ];
  } finally {
    await standIn.close();
  }
}

async function openWindow(standIn: StandIn): Promise<VscodeWindow> {
  const window = await openVscode({
    extensions: [emptyExtension],
    environment: { HUBSPOT_API_ORIGIN: standIn.origin, HUBSPOT_TOKEN: standIn.token },
    settings: { 'editor.minimap.enabled': false },
  });
  // IDs of the account, again and again with another end, so that each of them is one of its own.
  const ids = Array.from(
    { length: selected },
    (_, nth) => `${sampleIds.deal[nth % sampleIds.deal.length]!.slice(0, 6)}${10_000 + nth}`,
  );
  writeFileSync(join(window.folder, 'ids.txt'), ids.join('\n'));
  return window;
}

/** From the second key of a chord until the question has the keyboard. The question is left then. */
async function untilAsked({ workbench, page }: VscodeWindow, key: string, question: string): Promise<number> {
  await page.keyboard.press('Control+K');
  const field = page.locator(`.quick-input-widget input[placeholder*="${question}"]:focus`);
  const start = performance.now();
  await page.keyboard.press(key);
  await field.waitFor();
  const taken = performance.now() - start;
  await workbench.quickInput.cancel();
  return taken;
}

/** From Enter in the last question until a row is on the screen. */
async function firstRows(window: VscodeWindow): Promise<number> {
  const { workbench, page } = window;
  await workbench.press('Control+K', 'h');
  await workbench.quickInput.opened(firstQuestion);
  await workbench.quickInput.pick('Deals');
  await workbench.quickInput.opened(secondQuestion);
  await workbench.quickInput.type('Companies');
  return shown(window, '[role=gridcell]', () => page.keyboard.press('Enter'));
}

/** From the shortcut that asks nothing until a row is on the screen. */
async function again(window: VscodeWindow): Promise<number> {
  await window.page.keyboard.press('Control+K');
  return shown(window, '[role=gridcell]', () => window.page.keyboard.press('Shift+H'));
}

async function emptyWebview(window: VscodeWindow): Promise<number> {
  await window.page.keyboard.press('Control+K');
  return shown(window, '#row', () => window.page.keyboard.press('F9'));
}

/** Milliseconds from the key until this stands in a webview, which is closed then, so that the file has the keyboard again. */
async function shown({ workbench, page }: VscodeWindow, what: string, press: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await press();
  await workbench.webview().locator(what).first().waitFor();
  const taken = performance.now() - start;
  await workbench.press('Control+1');
  await workbench.runCommand('View: Close Editors in Other Groups');
  await page.locator('iframe.webview').waitFor({ state: 'detached' });
  await workbench.editorHasFocus();
  // What the last journey still does is not part of the next one.
  await sleep(300);
  return taken;
}
