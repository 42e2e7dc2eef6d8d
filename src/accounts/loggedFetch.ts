/** The way to HubSpot: the host's own fetch, in which VS Code has put the user's proxy and certificates, logged. */
import type { Fetch } from '../core/hubspot/fetch.ts';
import type { Log } from '../editor/log.ts';

/** A fetch that follows no redirect, since a token must not go anywhere but to the origin it is meant for, and that logs each call. */
export function hubSpotFetch(log: Log): Fetch {
  // Looked up at each call, as VS Code may replace it.
  return logged((url, init) => globalThis.fetch(url, { ...init, redirect: 'manual' }), log);
}

/**
 * The same fetch, which logs each call: when it ended, its status, HubSpot's correlation id and how long it took; and at level
 * debug when it began. Neither ids nor bodies are logged.
 * @param note stands behind the path
 */
export function logged(fetch: Fetch, log: Log, note = ''): Fetch {
  return async (url, init) => {
    const call = `#${log.number('call')} ${init.method} ${withoutIds(new URL(url).pathname)}${note}`;
    const began = performance.now();
    const took = () => `${Math.round(performance.now() - began)} ms`;
    log.debug(`${call}: begins, with ${init.body?.length ?? 0} characters`);
    try {
      const response = await fetch(url, init);
      const correlationId = response.headers.get('x-hubspot-correlation-id');
      log.info(
        `${call}: HTTP ${response.status} in ${took()}${correlationId ? `, correlation id ${correlationId}` : ''}`,
      );
      return response;
    } catch (error) {
      log.info(`${call}: ${init.signal?.aborted ? 'given up' : describe(error)} after ${took()}`);
      throw error;
    }
  };
}

/** The same line for the log: a number after a slash is a record's id, and a query may hold a cursor with one. */
export function withoutIds(line: string): string {
  return line.replace(/\/\d+(?![\w.-])/g, '/*').replace(/\?[^\s:]+/g, '?*');
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return 'failed';
  const { cause } = error;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : error.message;
  return `failed (${code})`;
}
