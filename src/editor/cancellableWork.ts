/** Work of which nobody knows beforehand whether it lasts: where it does, a person sees it and can cancel it. */
import * as vscode from 'vscode';
import { Turns } from './turns.ts';

/** Milliseconds of work that nobody has to hear of. */
const unseen = 1000;

/** @returns undefined when it was cancelled */
export async function cancellable<Result extends object>(
  title: string,
  steps: Generator<void, Result, void>,
): Promise<Result | undefined> {
  const abort = new AbortController();
  const work = new Turns(abort.signal).through(steps).catch((error: unknown) => {
    if (abort.signal.aborted) return undefined;
    throw error;
  });
  const location = vscode.ProgressLocation.Notification;
  const showing = setTimeout(() => {
    void vscode.window.withProgress({ location, title, cancellable: true }, async (_, token) => {
      token.onCancellationRequested(() => abort.abort());
      await work.catch(() => undefined);
    });
  }, unseen);
  return work.finally(() => clearTimeout(showing));
}
