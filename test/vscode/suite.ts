/**
 * What VS Code loads in its extension host to run the tests: every .test.ts file of test/vscode, built into this file's folder.
 * Prints the version of VS Code first and `N passed, N failed` last.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'node:util';
import * as vscode from 'vscode';

export async function run(): Promise<void> {
  markOutput(process.env.SUITE_MARK ?? '');
  process.setSourceMapsEnabled(true);
  console.log(`VS Code ${vscode.version}, ${vscode.env.appHost}, Node ${process.versions.node}`);
  // Imported, not required: mocha is an ES module, and the extension host of the oldest VS Code is Node 20.
  const { default: Mocha } = await import('mocha');
  const grep = process.env.SUITE_GREP;
  const mocha = new Mocha({ ui: 'bdd', timeout: 60_000, color: false, forbidOnly: true, ...(grep && { grep }) });
  for (const file of testFiles()) mocha.addFile(file);
  await mocha.loadFilesAsync();
  const { passes, failures } = await new Promise<Mocha.Stats>((resolve) => {
    const runner = mocha.run(() => resolve(runner.stats as Mocha.Stats));
  });
  console.log(`${passes} passed, ${failures} failed`);
  if (failures > 0) throw new Error(`${failures} tests failed.`);
}

function testFiles(): string[] {
  const names = readdirSync(__dirname, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => name.endsWith('.test.cjs')).map((name) => join(__dirname, name));
}

/** Marks what is printed from here on as the suite's own, where the window prints into the same stream. */
function markOutput(mark: string): void {
  const print = console.log.bind(console);
  const log = (...parts: unknown[]) => print(mark + format(...parts));
  // VS Code lets nobody replace a method of its console. What it prints itself, it prints as errors.
  globalThis.console = Object.create(console, { log: { value: log } });
}
