/**
 * What a person waits for, in a real VS Code: from the key that answers the last question to the first row, the same for the
 * shortcut that repeats, and from the shortcut to the first question with ten thousand selected IDs. The floors are the same VS
 * Code opening the empty webview, or the empty quick pick, of an extension that does nothing else. HubSpot takes 150 ms to answer.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sampleIds } from '../../../src/core/sampleHubSpot/sampleAccount.ts';
import { buildExtension, prepare } from '../../host/preparation.ts';
import { newest, projectFolder } from '../../host/vscodeRelease.ts';
import { openVscode, type VscodeWindow } from '../../host/vscodeWindow.ts';
import type { StandIn } from '../../hubspotStandIn/standIn.ts';
import { startHubSpotStandIn } from '../../hubspotStandIn.ts';
import { firstQuestion } from '../../ui/lookUpByChord.ts';
import { compared, inTurn, type Lines, type Measurement, type Pair, pairsOf } from './measurement.ts';

declare global {
  interface Window {
    /** Tells the bench that what it waits for is on the screen. */
    tellBench?: () => Promise<void>;
  }
}

/** Milliseconds that the stand-in takes for an answer. */
const latency = 150;
const selected = 10_000;
/** Milliseconds to wait for it at most. */
const patience = 30_000;
const emptyExtension = join(projectFolder, 'test', 'tools', 'bench', 'emptyExtension');
const secondQuestion = 'Which associated records do you want to see?';
/** What stands in a webview first: a row of the table, or what the empty extension writes. */
const firstRow = '[role=gridcell], #row';

export const lines: readonly Lines[] = [
  { names: ['journey.first-rows', 'journey.again', 'journey.picker'], measure: journeys },
];

async function journeys(): Promise<readonly Measurement[]> {
  await prepare(newest);
  // As it is published. An installed extension would not speak to the stand-in.
  buildExtension('--production');
  const standIn = await startHubSpotStandIn();
  try {
    standIn.faults.set({ kind: 'latency', milliseconds: latency });
    await using window = await openWindow(standIn);
    const journey = await Journey.in(window);
    const { workbench } = window;
    await workbench.openFile('ids.txt');
    await workbench.press('Control+A');
    const pickerMark = { atMost: 1.7 };
    const picker = await pairsOf(
      () => journey.untilAsked('h', firstQuestion),
      () => journey.untilAsked('F8', 'Nothing'),
      { mark: pickerMark, most: 25 },
    );
    await workbench.runCommand('View: Close All Editors');
    await workbench.openFile('deals-export.csv');
    await workbench.selectColumn(2, 13, 2, 11);
    const rounds = await inTurn(
      {
        first: () => journey.firstRows(),
        again: () => journey.untilShown('Shift+H'),
        floor: () => journey.untilShown('F9'),
      },
      { most: 15, seconds: 30 },
    );
    const pairs = (side: 'first' | 'again') => rounds.map((round): Pair => [round[side], round.floor + latency]);
    return [
      compared('journey.first-rows', pairs('first'), 'ms', { atMost: 1.25 }),
      compared('journey.again', pairs('again'), 'ms', { atMost: 1.25 }),
      compared('journey.picker', picker, 'ms', pickerMark),
    ];
  } finally {
    await standIn.close();
    buildExtension();
  }
}

async function openWindow(standIn: StandIn): Promise<VscodeWindow> {
  const window = await openVscode({
    extensions: [emptyExtension],
    environment: { HUBSPOT_API_ORIGIN: standIn.origin, HUBSPOT_TOKEN: standIn.token },
  });
  const ids = Array.from(
    { length: selected },
    (_, nth) => `${sampleIds.deal[nth % sampleIds.deal.length]!.slice(0, 6)}${10_000 + nth}`,
  );
  writeFileSync(join(window.folder, 'ids.txt'), ids.join('\n'));
  return window;
}

/** What a person does in the window, and how many milliseconds it takes from the last key until it is on the screen. */
class Journey {
  readonly #window: VscodeWindow;
  #seen: (() => void) | undefined;

  private constructor(window: VscodeWindow) {
    this.#window = window;
  }

  static async in(window: VscodeWindow): Promise<Journey> {
    const journey = new Journey(window);
    await window.page.exposeFunction('tellBench', () => journey.#seen?.());
    // In each webview that is opened from now on.
    await window.page.addInitScript(tellWhenThere, firstRow);
    return journey;
  }

  /** From the second key of a chord until the question has the keyboard. The question is left then. */
  async untilAsked(key: string, question: string): Promise<number> {
    const { workbench, page } = this.#window;
    await workbench.press('Control+K');
    await page.evaluate(tellWhenThere, `.quick-input-widget input[placeholder*="${question}"]:focus`);
    const taken = await this.#timeOf(key);
    await workbench.quickInput.cancel();
    await workbench.editorHasFocus();
    return taken;
  }

  /** From Enter in the last question until a row is on the screen. */
  async firstRows(): Promise<number> {
    const { workbench } = this.#window;
    await workbench.press('Control+K', 'h');
    await workbench.quickInput.opened(firstQuestion);
    await workbench.quickInput.pick('Deals');
    await workbench.quickInput.opened(secondQuestion);
    await workbench.quickInput.type('Companies');
    return this.#shown(() => this.#timeOf('Enter'));
  }

  /** From the second key of a chord until a webview shows something. */
  async untilShown(key: string): Promise<number> {
    await this.#window.workbench.press('Control+K');
    return this.#shown(() => this.#timeOf(key));
  }

  /** The webview is closed then, so that the file has the keyboard again. */
  async #shown(time: () => Promise<number>): Promise<number> {
    const { workbench, page } = this.#window;
    const taken = await time();
    await workbench.runCommand('View: Close Editor');
    await page.locator('iframe.webview').waitFor({ state: 'detached' });
    await workbench.editorHasFocus();
    return taken;
  }

  async #timeOf(key: string): Promise<number> {
    const seen = new Promise<void>((resolve, reject) => {
      this.#seen = resolve;
      setTimeout(() => reject(new Error(`Nothing is shown after ${key}.`)), patience).unref();
    });
    const start = performance.now();
    const pressed = this.#window.page.keyboard.press(key);
    await seen;
    const taken = performance.now() - start;
    this.#seen = undefined;
    await pressed;
    return taken;
  }
}

/**
 * Runs in a frame: looks before each of its pictures whether this stands there, or in the webview that it holds. From within a
 * webview's own document it cannot look: VS Code writes that anew, which ends what runs in it.
 */
function tellWhenThere(selector: string): void {
  const look = () => {
    const webview = document.querySelector<HTMLIFrameElement>('#active-frame')?.contentDocument;
    if (document.querySelector(selector) ?? webview?.querySelector(selector)) void window.tellBench?.();
    else requestAnimationFrame(look);
  };
  look();
}
