import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, suite, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { RateLimiter } from '../../src/core/hubspot/limiter.ts';
import { systemClock } from '../../src/core/hubspot/machineClock.ts';
import { lookUp } from '../../src/core/lookUp/lookUp.ts';
import { readLedgerFile } from '../../src/lookUps/ledgerFile.ts';
import { answerDigest } from '../core/answerDigest.ts';
import { madePorts } from '../core/madePorts.ts';
import { dealIds, generatedAccount } from '../hubspotStandIn/generatedAccount.ts';
import { inputsOf, type RecordedRequest } from '../hubspotStandIn/recordedRequest.ts';
import { startHubSpotStandIn } from '../hubspotStandIn.ts';

const killed = fileURLToPath(new URL('./killedLookUp.ts', import.meta.url));
const asked = 100_000;
const batchSize = 100;
const inFlight = 16;
const kills = 20;

suite('a look-up of 100,000 records whose process is killed', async () => {
  // Every tenth record has two pages, so that a kill may fall between them.
  const contacts = (nth: number) => (nth % 10 === 3 ? 4 : nth % 3);
  const account = generatedAccount({ deals: asked, contacts });
  const standIn = await startHubSpotStandIn({ account, pageSize: 3 });
  const folder = await mkdtemp(join(tmpdir(), 'ledger-'));
  const children = new Set<ChildProcess>();
  after(async () => {
    for (const child of children) child.kill('SIGKILL');
    await standIn.close();
    await rm(folder, { recursive: true });
  });

  const start = (path: string) => {
    const args = [killed, standIn.origin, standIn.token, path, String(asked), String(batchSize)];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    children.add(child);
    const gone = once(child, 'exit').then(() => children.delete(child));
    return { child, gone };
  };

  test(`goes on ${kills} times from its ledger and ends with the Answer of an undisturbed one`, async () => {
    const path = join(folder, 'look-up.ledger');
    // The stand-in kills the reader itself, in the middle of answering some request that nobody can foresee.
    let untilKill = 0;
    let reader: ChildProcess | undefined;
    standIn.faults.set({
      kind: 'latency',
      milliseconds: 2,
      when: () => {
        if (--untilKill === 0) reader?.kill('SIGKILL');
        return true;
      },
    });
    let ended = '';
    const runs: (readonly RecordedRequest[])[] = [];
    for (let kill = 0; kill <= kills; kill++) {
      const { child, gone } = start(path);
      reader = child;
      const isLast = kill === kills;
      untilKill = isLast ? Number.POSITIVE_INFINITY : inFlight + 1 + Math.floor(Math.random() * 40);
      if (isLast) child.stdout.on('data', (data) => (ended += data));
      await gone;
      runs.push([...standIn.requests]);
      standIn.forgetRequests();
      if (!isLast) assert.equal(child.signalCode, 'SIGKILL', 'the reader was to be killed in the middle');
    }
    const { complete, stopped, ledgerProblem } = JSON.parse(ended);
    assert.deepEqual([complete, stopped, ledgerProblem], [true, undefined, undefined]);

    const restored = await readLedgerFile(path);
    assert.ok(restored.kind === 'restored');
    const undisturbed = await lookUp(
      { from: 'deals', to: 'contacts', ids: dealIds(asked) },
      madePorts({
        fetch: globalThis.fetch,
        origin: standIn.origin,
        token: async () => standIn.token,
        limiter: new RateLimiter(systemClock, { requests: Number.MAX_SAFE_INTEGER }),
      }),
    ).done;
    assert.deepEqual(answerDigest(restored.state.answer), answerDigest(undisturbed.answer));

    // Of each killed reader's requests only those are sent again that were under way when it was killed.
    const askedLater = new Set<string>();
    let again = 0;
    for (const requests of runs.toReversed()) {
      const inputs = requests.map((request) => inputsOf(request).map(({ id, after: page = '' }) => `${id} ${page}`));
      const repeated = inputs.filter((ids) => ids.some((id) => askedLater.has(id))).length;
      assert.ok(repeated <= inFlight, `${repeated} of ${requests.length} requests were sent again`);
      again += repeated;
      for (const id of inputs.flat()) askedLater.add(id);
    }
    assert.ok(again > 0, 'a kill in the middle costs something');
  });
});
