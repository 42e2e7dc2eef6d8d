#!/usr/bin/env node
/**
 * Stands where desktop VS Code's executable would stand: it takes the arguments that `runTests` of @vscode/test-electron
 * gives, runs the suite in a real VS Code server with a browser, prints what the suite prints and ends with its code.
 */
import { parseArgs } from 'node:util';
import { startBrowser } from './browser.ts';
import { closeAll } from './closing.ts';
import { rememberToken } from './tokenSearch.ts';
import { askedRelease } from './vscodeRelease.ts';
import { startVscodeServer } from './vscodeServer.ts';
import { addressOf, openPage } from './vscodeWindow.ts';
import { closeWindow } from './windowClosing.ts';

/** Stands before every line that is the suite's own (suite.ts). */
const mark = 'suite> ';

/** Runs a suite. @returns the suite's exit code. */
async function runSuite(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    options: { extensionDevelopmentPath: { type: 'string' }, extensionTestsPath: { type: 'string' } },
    strict: false,
    allowPositionals: true,
  });
  const [workspace] = positionals;
  const { extensionDevelopmentPath: extension, extensionTestsPath: suite } = values;
  if (!workspace || typeof extension !== 'string' || typeof suite !== 'string') {
    throw new Error('Wanted: --extensionDevelopmentPath=FOLDER --extensionTestsPath=FILE WORKSPACE');
  }
  if (process.env.HUBSPOT_TOKEN) rememberToken(process.env.HUBSPOT_TOKEN);
  const server = await startVscodeServer(askedRelease(), {
    environment: forExtensionHost(),
    askForTrust: values['disable-workspace-trust'] !== true,
  });
  const started = await startBrowser();
  const { page, watch } = await openPage(started.browser);
  const ended = new Promise<number>((resolve, reject) => {
    const exposed = [
      page.exposeFunction('codeAutomationLog', (_type: string, parts: unknown[]) => print(parts)),
      page.exposeFunction('codeAutomationExit', (code: number) => resolve(code)),
    ];
    page.on('crash', () => reject(new Error('The browser page crashed while the suite was running.')));
    page.on('close', () => reject(new Error('The browser page closed while the suite was running.')));
    const address = addressOf(server, workspace, { extensionDevelopmentPath: extension, extensionTestsPath: suite });
    Promise.all(exposed)
      .then(() => page.goto(address))
      .catch(reject);
  });
  try {
    return await ended;
  } finally {
    await closeWindow({ watch, browser: started, server });
  }
}

/** What the launcher wants the extension host to know. */
function forExtensionHost(): Record<string, string> {
  const wanted = Object.entries(process.env).filter(([name]) => /^(HUBSPOT_|SUITE_)/.test(name));
  return { ...Object.fromEntries(wanted.map(([name, value]) => [name, value ?? ''])), SUITE_MARK: mark };
}

/** Prints what the suite says. The window says a lot more, about itself. */
function print([text]: unknown[]): void {
  if (typeof text === 'string' && text.startsWith(mark)) console.log(text.slice(mark.length));
}

try {
  process.exitCode = await runSuite(process.argv.slice(2));
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  await closeAll();
}
