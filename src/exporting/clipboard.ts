/** Text of rows onto the clipboard, with progress and Cancel where it is of many. */
import * as vscode from 'vscode';
import { plainMessage } from '../core/text/plainText.ts';
import { howMany } from '../editor/howMany.ts';
import { Turns } from '../editor/turns.ts';
import { whyNot, writeSteadily } from './writing.ts';

/** The most characters that are put onto the clipboard; what is more belongs into a file. */
const mostOnClipboard = 30_000_000;

/** So many rows are on the clipboard before anybody could see a progress. */
const copiedAtOnce = 20_000;

/** They are too many characters. */
class TooMuchForClipboard extends Error {}

/**
 * Begun anew where what is known of the records changes. Nothing is copied when it is cancelled, when it is too much for the
 * clipboard, or when the chunks end with an error, as where an answer goes on being read meanwhile.
 * @param known tells the state of what is known of the records
 */
export async function copyChunks(rowCount: number, chunks: () => Iterable<string>, known: () => string): Promise<void> {
  const { t } = vscode.l10n;
  const abort = new AbortController();
  const text = () => writeSteadily(known, (steady) => joined(steady(chunks()), abort.signal));
  try {
    const copied =
      rowCount < copiedAtOnce
        ? await text()
        : await vscode.window.withProgress(
            {
              location: vscode.ProgressLocation.Notification,
              title: t('Copying {0}', howMany(rowCount, 'rows')),
              cancellable: true,
            },
            (_, token) => {
              token.onCancellationRequested(() => abort.abort());
              return text();
            },
          );
    await vscode.env.clipboard.writeText(copied);
  } catch (error) {
    if (abort.signal.aborted) return;
    const why =
      error instanceof TooMuchForClipboard
        ? t('This is too much for the clipboard. Export it to a file instead.')
        : plainMessage(whyNot(error));
    void vscode.window.showErrorMessage(why);
  }
}

async function joined(chunks: Iterable<string>, signal: AbortSignal): Promise<string> {
  const turns = new Turns(signal);
  const parts: string[] = [];
  let length = 0;
  for (const chunk of chunks) {
    parts.push(chunk);
    length += chunk.length;
    if (length > mostOnClipboard) throw new TooMuchForClipboard();
    if (turns.isOver) await turns.next();
  }
  return parts.join('');
}
