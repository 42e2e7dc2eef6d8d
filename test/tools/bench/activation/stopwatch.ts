/** An extension that activates the others in turn and writes down how long each took, in milliseconds, by id. */
import { writeFileSync } from 'node:fs';
import * as vscode from 'vscode';

export async function activate(): Promise<void> {
  const took: [id: string, milliseconds: number][] = [];
  for (const id of String(process.env.BENCH_EXTENSIONS).split(',')) {
    const extension = vscode.extensions.getExtension(id);
    if (!extension || extension.isActive) throw new Error(`${id} is not installed, or active already.`);
    const start = performance.now();
    await extension.activate();
    took.push([id, performance.now() - start]);
    // What one activation still has to say to the window is not charged to the next.
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  writeFileSync(String(process.env.BENCH_RESULT), JSON.stringify(took));
}
