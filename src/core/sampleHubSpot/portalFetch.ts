/** The Fetch API around a portal: asynchronous and abortable, without a network. */

import type { Fetch } from '../hubspot/fetch.ts';
import type { PortalAnswer, PortalRequest } from './answers.ts';

/** `latency` in milliseconds; 0 answers in a later turn of the event loop, never in the same one. */
export function portalFetch(answer: (request: PortalRequest) => PortalAnswer, latency: number): Fetch {
  return async (url, init) => {
    await turn(latency, init.signal);
    const { pathname, search } = new URL(url);
    const said = answer({
      method: init.method,
      path: pathname + search,
      headers: Object.fromEntries(Object.entries(init.headers).map(([name, value]) => [name.toLowerCase(), value])),
      ...(init.body === undefined ? {} : { body: init.body }),
    });
    return {
      status: said.status,
      headers: { get: (name) => said.headers[name.toLowerCase()] ?? null },
      text: async () => {
        if (init.signal?.aborted) throw init.signal.reason;
        return said.body;
      },
    };
  };
}

/** Rejects with the signal's reason as soon as it aborts. */
function turn(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason);
      return;
    }
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, milliseconds);
    signal?.addEventListener('abort', stop, { once: true });
  });
}
