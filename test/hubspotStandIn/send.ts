/** Puts an answer on the wire, in the way the transport faults want it. */

import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { PortalAnswer } from '../../src/core/sampleHubSpot/answers.ts';
import type { Fault, TransportFault } from './fault.ts';

const kinds: ReadonlySet<string> = new Set<TransportFault['kind']>([
  'slowDrip',
  'connectionLost',
  'keepAliveRace',
  'gzip',
  'charset',
]);

export function isTransportFault(fault: Fault): fault is TransportFault & Fault {
  return kinds.has(fault.kind);
}

/** `closeOnNext` remembers the connections whose next request shall find them closed. */
export async function send(
  response: ServerResponse,
  answer: PortalAnswer,
  faults: readonly TransportFault[],
  closeOnNext: WeakSet<Socket>,
): Promise<void> {
  const { socket } = response;
  if (socket === null || response.destroyed) return;
  const drip = faults.find((fault) => fault.kind === 'slowDrip');
  const lost = faults.find((fault) => fault.kind === 'connectionLost');
  if (faults.some(({ kind }) => kind === 'keepAliveRace')) closeOnNext.add(socket);
  const { headers, bytes } = encoded(answer, faults);
  const breakOff = () => {
    if (lost?.how === 'end') socket.end();
    else socket.resetAndDestroy();
  };
  if (lost?.at === 'before') {
    breakOff();
    return;
  }
  response.writeHead(answer.status, { ...headers, 'content-length': String(bytes.length) });
  if (lost?.at === 'headers' || lost?.at === 'body') {
    const sent = lost.at === 'headers' ? 0 : Math.ceil(bytes.length / 2);
    await written(response, bytes.subarray(0, sent));
    breakOff();
    return;
  }
  if (drip) {
    for (let at = 0; at < bytes.length && !response.destroyed; at += drip.bytes) {
      await written(response, bytes.subarray(at, at + drip.bytes));
      await pause(drip.milliseconds, undefined, { ref: false });
    }
    response.end();
  } else response.end(bytes);
  if (lost?.at === 'after') response.once('finish', breakOff);
}

/** Headers and bytes of the answer, in the character set and compression that the faults want. */
function encoded(answer: PortalAnswer, faults: readonly TransportFault[]) {
  const headers: Record<string, string> = { ...answer.headers };
  let bytes = Buffer.from(answer.body);
  for (const fault of faults) {
    if (fault.kind === 'charset') {
      headers['content-type'] = `application/json;charset=${fault.declared}`;
      if (fault.bytes === 'utf-16le') bytes = Buffer.from(answer.body, 'utf16le');
      if (fault.bytes === 'utf-8-bom') bytes = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes]);
    } else if (fault.kind === 'gzip') {
      headers['content-encoding'] = 'gzip';
      bytes = gzipSync(bytes);
      if (fault.broken) bytes = bytes.subarray(0, Math.floor(bytes.length / 2));
    }
  }
  return { headers, bytes };
}

/** Resolves once the headers and these bytes have left for the operating system, or the connection is gone. */
async function written(response: ServerResponse, bytes: Buffer): Promise<void> {
  response.flushHeaders();
  if (bytes.length > 0) response.write(bytes);
  do await nextTurn();
  while (!response.destroyed && (response.socket?.writableLength ?? 0) > 0);
}
