/** The page's end of the conversation with the host. */

import * as z from 'zod/mini';
import { type FromPage, parseFromPage, parseToPage, type ToPage } from '../../src/core/treaty/panelMessages.ts';
import type { RememberedView } from '../../src/core/treaty/panelView.ts';

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}
declare function acquireVsCodeApi(): VsCodeApi;

// The page's CSP allows no `eval`, and zod would try it once and leave a violation in the console.
z.config({ jitless: true });

const api = acquireVsCodeApi();

export function tell(message: FromPage): void {
  api.postMessage(message);
}

/** Calls back with each message of the host that fits the treaty. */
export function listen(onMessage: (message: ToPage) => void): void {
  addEventListener('message', (event: MessageEvent<unknown>) => {
    const message = parseToPage(event.data);
    if (message) onMessage(message);
  });
}

/** The view this page remembered before the window was reloaded or the panel hidden. */
export function rememberedView(): RememberedView | undefined {
  const remembered = z.safeParse(z.object({ view: z.unknown() }), api.getState());
  const ready = parseFromPage({ kind: 'ready', view: remembered.data?.view });
  return ready?.kind === 'ready' ? ready.view : undefined;
}

/** Keeps the view on disk, and whose panel this is, over a reload of the window: the host restores the panel from it. */
export function remember(view: RememberedView | undefined): void {
  api.setState({ lookUp: document.body.dataset.lookUp, view });
}
