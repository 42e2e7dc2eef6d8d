import { type Browser, chromium } from 'playwright-core';
import { browserExecutable } from './browserExecutable.ts';
import { closeAtEnd } from './closing.ts';

/** Starts the browser of this machine, without a window. */
export async function startBrowser(): Promise<{ readonly browser: Browser; close(): Promise<void> }> {
  const browser = await chromium.launch({
    executablePath: browserExecutable(),
    // This process closes what it opened, in order (closing.ts).
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    chromiumSandbox: process.platform !== 'linux' || process.getuid?.() !== 0,
    args: ['--disable-gpu', '--disable-quic', '--force-color-profile=srgb'],
  });
  const close = closeAtEnd(
    () => browser.close(),
    // The browser listens to a pipe of this process and ends with it.
    () => undefined,
  );
  return { browser, close };
}
