/** An account behind a `fetch` in memory and in a test's own time, with faults for single requests. */
import type { Clock } from '../../src/core/hubspot/clock.ts';
import type { Fetch, FetchInit, FetchResponse } from '../../src/core/hubspot/fetch.ts';
import type { Account } from '../../src/core/sampleHubSpot/accountData.ts';
import { createPortal, type Portal } from '../../src/core/sampleHubSpot/portal.ts';
import { withoutDetours } from '../hubspotStandIn/contradictions.ts';
import { bodyFaults, editedBody } from '../hubspotStandIn/editedBody.ts';
import type { Fault } from '../hubspotStandIn/fault.ts';
import { insteadAnswer, isInsteadFault } from '../hubspotStandIn/insteadAnswers.ts';
import type { RecordedRequest } from '../hubspotStandIn/recordedRequest.ts';

/** code: no answer at all, for this reason. cut: the answer breaks off. */
export type NetworkFault = { readonly kind: 'network'; readonly code: string; readonly cut?: boolean };

export interface InMemoryOptions {
  readonly account: Account;
  readonly clock: Clock;
  readonly pageSize?: number;
  /** Milliseconds a call takes. Default 150. */
  readonly latency?: number;
  /** What goes wrong with the nth request, counted from 1. */
  readonly strike?: (request: RecordedRequest, nth: number) => readonly (Fault | NetworkFault)[];
}

export interface InMemoryHubSpot {
  readonly fetch: Fetch;
  readonly portal: Portal;
  readonly requests: readonly (RecordedRequest & { readonly at: number; readonly text: string })[];
  /** The bodies of successful answers that arrived whole. */
  readonly delivered: readonly string[];
  /** Requests under way. */
  inFlight(): number;
  /** The most there were. */
  peak(): number;
}

export function inMemoryHubSpot({
  account,
  clock,
  pageSize = 100,
  latency = 150,
  strike = () => [],
}: InMemoryOptions): InMemoryHubSpot {
  const portal = createPortal(account, { pageSize, recordPageSize: pageSize * 2, now: clock.now });
  const requests: (RecordedRequest & { at: number; text: string })[] = [];
  const delivered: string[] = [];
  const firstCursors = new Map<string, string>();
  let inFlight = 0;
  let peak = 0;

  const answer = async (url: string, init: FetchInit): Promise<FetchResponse> => {
    const { pathname, search } = new URL(url);
    const text = init.body ?? '';
    const body: unknown = text === '' ? undefined : JSON.parse(text);
    const request = { method: init.method, path: pathname + search, headers: init.headers, body, time: 0 };
    requests.push({ ...request, at: clock.now(), text });
    const faults = strike(request, requests.length);
    await clock.sleep(latency, init.signal);
    if (init.signal?.aborted) throw new DOMException('This operation was aborted', 'AbortError');
    const network = faults.find((fault): fault is NetworkFault => fault.kind === 'network');
    if (network && !network.cut) throw broken(network.code);
    const isCursorIgnored = faults.some(({ kind }) => kind === 'ignoredCursor');
    const asked = isCursorIgnored ? text.replace(/,"after":"[^"]*"/g, '') : withoutDetours(text);
    const { method, headers } = request;
    const path = withoutDetours(request.path);
    let said = portal.answer({ method, path, headers, ...(init.body === undefined ? {} : { body: asked }) });
    for (const fault of faults) {
      if (fault.kind === 'network' || !isInsteadFault(fault)) continue;
      const instead = insteadAnswer(fault, request);
      if (instead === 'never') {
        await clock.sleep(24 * 3_600_000, init.signal);
        throw new DOMException('This operation was aborted', 'AbortError');
      }
      if (instead) {
        said = instead;
        break;
      }
    }
    for (const fault of bodyFaults(faults)) said = { ...said, ...editedBody(fault, request, said, firstCursors) };
    return {
      status: said.status,
      headers: { get: (name) => said.headers[name] ?? null },
      text: async () => {
        if (network) throw broken(network.code, 'terminated');
        if (said.status === 200 || said.status === 207) delivered.push(said.body);
        return said.body;
      },
    };
  };

  return {
    portal,
    requests,
    delivered,
    inFlight: () => inFlight,
    peak: () => peak,
    fetch: async (url, init) => {
      peak = Math.max(peak, ++inFlight);
      try {
        return await answer(url, init);
      } finally {
        inFlight--;
      }
    },
  };
}

/** As Node's fetch rejects: a TypeError that says little, with a cause that says what happened. */
function broken(code: string, message = 'fetch failed'): TypeError {
  return new TypeError(message, { cause: Object.assign(new Error(code), { code }) });
}
