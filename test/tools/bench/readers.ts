/** The readers that are compared: ours, and sockets that parse nothing. */
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Answer } from '../../../src/core/domain/associations.ts';
import { type Limits, RateLimiter } from '../../../src/core/hubspot/limiter.ts';
import { systemClock } from '../../../src/core/hubspot/machineClock.ts';
import { lookUp } from '../../../src/core/lookUp/lookUp.ts';
import { LedgerFile } from '../../../src/lookUps/ledgerFile.ts';
import { madePorts } from '../../core/madePorts.ts';
import { batchReadPath } from './precomputedHubSpot.ts';

const unlimited: Partial<Limits> = { requests: 1_000_000_000 };

/** Our whole look-up, with its ledger on the disk when asked for. */
export async function readOurs(
  origin: string,
  ids: readonly string[],
  { limits = unlimited, batchSize = 1000, ledger = false } = {},
): Promise<Answer> {
  const folder = ledger ? await mkdtemp(join(tmpdir(), 'bench-')) : undefined;
  const file = folder ? LedgerFile.create(join(folder, 'ledger')) : undefined;
  const limiter = new RateLimiter(systemClock, limits);
  const ports = madePorts({ fetch: globalThis.fetch, origin, limiter });
  const question = { from: 'deals', to: 'contacts', ids };
  const { answer, stopped } = await lookUp(question, ports, { batchSize, ...(file ? { ledger: file } : {}) }).done;
  if (folder) await rm(folder, { recursive: true });
  if (answer.completeness === 'incomplete')
    throw new Error(`The look-up is not complete: ${JSON.stringify(stopped ?? answer.counts)}`);
  return answer;
}

/** The same requests over sockets that are kept open, and every byte of the answers, unparsed. Returns how many bytes came. */
export async function readRaw(origin: string, ids: readonly string[], batchSize: number, sockets: number) {
  const { hostname, port } = new URL(origin);
  const requests: Buffer[] = [];
  for (let first = 0; first < ids.length; first += batchSize) {
    const body = JSON.stringify({ inputs: ids.slice(first, first + batchSize).map((id) => ({ id })) });
    const head = `POST ${batchReadPath} HTTP/1.1\r\nhost: ${hostname}\r\nauthorization: Bearer a-token\r\naccept: application/json\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`;
    requests.push(Buffer.from(head + body));
  }
  let bytes = 0;
  const worker = async () => {
    const socket = connect(Number(port), hostname);
    for (let request = requests.shift(); request; request = requests.shift()) {
      socket.write(request);
      bytes += await wholeAnswer(socket);
    }
    socket.destroy();
  };
  await Promise.all(Array.from({ length: sockets }, worker));
  return bytes;
}

function wholeAnswer(socket: Socket): Promise<number> {
  return new Promise((resolve, reject) => {
    let came = 0;
    let expected = Number.POSITIVE_INFINITY;
    const onData = (chunk: Buffer) => {
      if (came === 0) {
        const head = chunk.toString('latin1', 0, 1000);
        const end = head.indexOf('\r\n\r\n') + 4;
        expected = end + Number(/content-length: (\d+)/i.exec(head)?.[1]);
      }
      came += chunk.length;
      if (came < expected) return;
      socket.off('data', onData);
      resolve(came);
    };
    socket.on('data', onData);
    socket.once('error', reject);
  });
}
