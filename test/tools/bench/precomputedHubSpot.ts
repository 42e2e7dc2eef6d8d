/**
 * A HubSpot that costs nothing: answers batch reads of deals and their contacts, the same for the same inputs, from bodies it
 * keeps. In a process of its own, so that what is measured is the reader:
 * `node precomputedHubSpot.ts '{"latency":150}'` prints one line of JSON with its origin and ends with its stdin.
 */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { rateWindow } from '../../hubspotStandIn/rateLimit.ts';

interface PrecomputedOptions {
  /** Milliseconds until an answer. */
  readonly latency: number;
  /** Associations of each record. Default 5. */
  readonly each?: number;
  readonly limit?: { readonly requests: number; readonly milliseconds: number };
}

export const firstDeal = 20_000_000_000;
export const dealIds = (count: number) => Array.from({ length: count }, (_, nth) => String(firstDeal + nth));
export const batchReadPath = '/crm/v3/associations/deals/contacts/batch/read';

/** The body of an answer to so many inputs from the nth deal on. */
export function batchAnswer(first: number, count: number, each: number): string {
  const results = Array.from({ length: count }, (_, nth) => ({
    from: { id: String(first + nth) },
    to: Array.from({ length: each }, (_, at) => ({
      id: String(300_000_000_000 + (first + nth - firstDeal) * 7 + at * 11),
      type: 'deal_to_contact',
    })),
  }));
  const time = '2026-11-23T16:40:47.810Z';
  return JSON.stringify({ status: 'COMPLETE', results, startedAt: time, completedAt: time });
}

if (process.argv[1]?.endsWith('precomputedHubSpot.ts')) serve(JSON.parse(process.argv[2] ?? '{}'));

function serve({ latency, each = 5, limit }: PrecomputedOptions): void {
  const bodies = new Map<string, Buffer>();
  const window = limit ? rateWindow(limit) : undefined;
  let refused = 0;

  const send = (response: ServerResponse, status: number, body: Buffer) => {
    const headers = { 'content-type': 'application/json;charset=utf-8', 'content-length': body.length };
    setTimeout(() => response.writeHead(status, headers).end(body), latency);
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      if (request.url === '/refused') {
        send(response, 200, Buffer.from(String(refused)));
        return;
      }
      if (window && !window.admit(performance.now())) {
        refused++;
        send(response, 429, Buffer.from('{"status":"error","policyName":"TEN_SECONDLY_ROLLING"}'));
        return;
      }
      const text = Buffer.concat(chunks).toString('latin1');
      const first = /"id":"(\d+)"/.exec(text)?.[1] ?? '';
      const count = text.split('"id"').length - 1;
      const key = `${first} ${count}`;
      const body = bodies.get(key) ?? Buffer.from(batchAnswer(Number(first), count, each));
      if (bodies.size < 2000) bodies.set(key, body);
      send(response, 200, body);
    });
  });
  server.keepAliveTimeout = 60_000;
  server.listen(0, '127.0.0.1', () => {
    const { port } = server.address() as AddressInfo;
    console.log(JSON.stringify({ origin: `http://127.0.0.1:${port}` }));
  });
  process.stdin.resume().on('end', () => process.exit());
}
