/** An extension that activates the others in turn and writes down how long each took, in milliseconds, by id. */
import { writeFileSync } from 'node:fs';
import * as vscode from 'vscode';

export async function activate(): Promise<void> {
  const took: [id: string, milliseconds: number][] = [];
  for (const id of String(process.env.BENCH_EXTENSIONS).split(',')) {
    const extension = vscode.extensions.getExtension(id);
    if (!extension) throw new Error(`${id} is not installed.`);
    const start = performance.now();
    await extension.activate();
    took.push([id, performance.now() - start]);
  }
  writeFileSync(String(process.env.BENCH_RESULT), JSON.stringify(took));
}
