/**
 * One window that several files of tests use one after the other. To start a VS Code takes longer than most of what is
 * tested in it; so a file in test/ui/shared brings together those that need the same account, and before each of them the
 * window is put back. A file that is run by itself has the window for itself.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after } from 'node:test';
import { closeEach } from '../host/closing.ts';
import { temporaryFolder } from '../host/temporaryFolder.ts';
import { until } from '../host/until.ts';
import { projectFolder } from '../host/vscodeRelease.ts';
import { openVscode, type VscodeWindow, type WindowOptions } from '../host/vscodeWindow.ts';
import type { StandIn } from '../hubspotStandIn/standIn.ts';
import { keepPictureOfFailures } from './failures.ts';

/** A window, and the HubSpot that its extension speaks to. */
interface SharedWindow {
  readonly window: VscodeWindow;
  readonly standIn: StandIn;
}

/** Of the user, by their names. */
export type Settings = Readonly<Record<string, unknown>>;

export interface SharedOptions extends Pick<WindowOptions, 'settings' | 'viewport'> {
  /** The stand-in's token is in the environment, which makes an account of its own. */
  readonly withToken?: boolean;
}

type GiveWindow = (settings?: Settings) => Promise<SharedWindow>;

interface Shared extends SharedWindow {
  putBack(settings: Settings): Promise<void>;
  close(): Promise<void>;
}

/** The extension that puts the window back, and the key that it listens to. */
const putBackExtension = join(projectFolder, 'test', 'ui', 'putBack');
const key = 'Control+Alt+Shift+F11';

/**
 * @returns gives the window, as it was when it was opened, with these settings of the user. It is closed at the end of the
 *   process.
 */
export function sharedWindow(startStandIn: () => Promise<StandIn>, options: SharedOptions): GiveWindow {
  let shared: Shared | undefined;
  after(() => shared?.close());
  keepPictureOfFailures(() => shared?.window);
  return async (settings = {}) => {
    const isNew = shared === undefined;
    shared ??= await open(await startStandIn(), options);
    if (!isNew || Object.keys(settings).length > 0) await shared.putBack(settings);
    return shared;
  };
}

async function open(standIn: StandIn, { withToken, ...options }: SharedOptions): Promise<Shared> {
  const folder = temporaryFolder('putBack');
  const order = join(folder.path, 'order.json');
  const window = await openVscode({
    ...options,
    environment: {
      HUBSPOT_API_ORIGIN: standIn.origin,
      ...(withToken && { HUBSPOT_TOKEN: standIn.token }),
      PUT_BACK_ORDER: order,
    },
    extensions: [putBackExtension],
  });
  let nth = 0;
  const changed = new Set<string>();
  const putBack = async (settings: Settings) => {
    standIn.faults.clear();
    await leaveQuestions(window);
    for (const name of Object.keys(settings)) changed.add(name);
    const before = { ...Object.fromEntries([...changed].map((name) => [name, null])), ...options.settings };
    writeFileSync(order, JSON.stringify({ nth: ++nth, settings: { ...before, ...settings } }));
    await until('the window is put back', async () => {
      await window.page.keyboard.press(key);
      const done = `${order}.done`;
      const isDone = () => existsSync(done) && readFileSync(done, 'utf8') === String(nth);
      return until('it is done', isDone, undefined, 5_000);
    });
    await window.page.evaluate(() => navigator.clipboard.writeText(''));
    standIn.forgetRequests();
  };
  const close = () =>
    closeEach(
      () => window.close(),
      () => standIn.close(),
      () => folder.remove(),
    );
  return { window, standIn, putBack, close };
}

/** Goes away from what waits for an answer and takes the keys of all else. */
async function leaveQuestions({ page, workbench }: VscodeWindow): Promise<void> {
  const inFront = page.locator('.monaco-dialog-box, .monaco-menu, .action-widget').first();
  await until('nothing waits for an answer', async () => {
    if (!(await inFront.isVisible()) && !(await workbench.quickInput.isOpen())) return true;
    await workbench.press('Escape');
    return false;
  });
}
