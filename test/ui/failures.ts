import { afterEach } from 'node:test';
import type { VscodeWindow } from '../host/vscodeWindow.ts';

/** After each test that failed, a picture of the window goes to out/screenshots/failed, named after the test. */
export function keepPictureOfFailures(window: () => VscodeWindow | undefined): void {
  afterEach(async (context) => {
    if (!('passed' in context) || context.passed) return;
    await window()?.workbench.screenshot(`failed/${fileName(context.name)}`);
  });
}

const fileName = (text: string) =>
  text
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .slice(0, 80);
