import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Clock } from '../../../src/core/hubspot/clock.ts';
import { samplePairs } from '../../../src/core/sampleHubSpot/sampleHubSpot.ts';
import type { Fault } from '../../hubspotStandIn/fault.ts';
import type { StandIn } from '../../hubspotStandIn/standIn.ts';
import { startHubSpotStandIn } from '../../hubspotStandIn.ts';
import { assertTruth, fastClock, read, reasons } from './underFaults.ts';

let standIn: StandIn;
before(async () => {
  standIn = await startHubSpotStandIn();
});
after(() => standIn.close());
afterEach(() => standIn.faults.clear());

const question = samplePairs.dealsToCompanies;
/** 27 ids in three calls. */
const inThree = { batchSize: 10 };
const [tries, calls] = [6, 3];

function under(fault: Fault, options = {}) {
  standIn.faults.set(fault);
  return read(standIn, question, { ...inThree, ...options });
}

async function untilStruck(times: number): Promise<void> {
  while (standIn.faults.struck('hang') < times) await new Promise((resolve) => setImmediate(resolve));
}

describe('a look-up over a bad connection', () => {
  it('needs one request a call when nothing is wrong', async () => {
    const { answer, requests } = await read(standIn, question, inThree);
    assertTruth(answer, standIn.portal);
    assert.deepEqual([requests, answer.effort.requests, answer.effort.pages], [3, 3, 3]);
    assert.deepEqual(answer.counts, {
      asked: 27,
      found: 19,
      none: 8,
      failed: 0,
      notRead: 0,
      truncated: 0,
      associations: 19,
      reading: 0,
      unasked: 0,
    });
  });

  it('waits for slow answers and slow bodies', async () => {
    for (const fault of [
      { kind: 'latency', milliseconds: 60 },
      { kind: 'slowDrip', bytes: 300, milliseconds: 3 },
    ] as const) {
      const { answer, requests } = await under(fault);
      assertTruth(answer, standIn.portal);
      assert.equal(requests, calls);
    }
  });

  for (const how of ['reset', 'end'] as const) {
    for (const at of ['before', 'headers', 'body'] as const) {
      it(`asks once more when the connection breaks once (${at}, ${how})`, async () => {
        const { answer, requests } = await under({ kind: 'connectionLost', at, how, times: 1 });
        assertTruth(answer, standIn.portal);
        assert.equal(requests, calls + 1);
      });

      it(`gives up each call after ${tries} tries when it always breaks (${at}, ${how})`, async () => {
        const { answer, requests, stopped } = await under({ kind: 'connectionLost', at, how });
        assert.deepEqual([answer.counts.notRead, stopped], [27, undefined]);
        assert.deepEqual(
          reasons(answer).map(({ kind }) => kind),
          ['connectionLost'],
        );
        assert.equal(requests, calls * tries);
      });
    }

    it(`loses nothing when the connection breaks after the last byte (${how})`, async () => {
      const { answer, requests } = await under({ kind: 'connectionLost', at: 'after', how, times: 3 });
      assertTruth(answer, standIn.portal);
      assert.ok(requests <= calls + 3, String(requests));
    });
  }

  it('survives a server that closes idle connections just as they are used again', async () => {
    const { answer, requests } = await under({ kind: 'keepAliveRace' }, { maxInFlight: 1, batchSize: 5 });
    assertTruth(answer, standIn.portal);
    assert.equal(requests, 6);
    assert.ok(answer.effort.requests > 6, 'the race was not lost even once');
  });

  it('gives up calls that are never answered, in time', async () => {
    const patience = { callMilliseconds: 10_000 };
    const { answer } = await under({ kind: 'hang' }, { patience });
    assert.deepEqual(reasons(answer), [{ kind: 'timeout', milliseconds: 10_000 }]);
    assert.equal(answer.effort.requests, calls * tries);
  });

  it('asks once more when one call is never answered', async () => {
    standIn.faults.set({ kind: 'hang', times: 1 });
    // The first call's time is over as soon as it is known to hang; the others have all the time they need.
    const patience = { callMilliseconds: 10_000_000 };
    let calling = 0;
    const clock: Clock = {
      now: fastClock.now,
      sleep: (milliseconds, signal) =>
        milliseconds === patience.callMilliseconds && calling++ === 0
          ? untilStruck(1)
          : fastClock.sleep(milliseconds, signal),
    };
    const { answer, requests } = await read(standIn, question, { ...inThree, maxInFlight: 1, patience }, { clock });
    assertTruth(answer, standIn.portal);
    assert.equal(requests, calls + 1);
  });

  it('says that a body which trickles for ever takes too long', async () => {
    const patience = { callMilliseconds: 40_000, tries: 2 };
    const { answer } = await under({ kind: 'slowDrip', bytes: 1, milliseconds: 50 }, { patience });
    assert.deepEqual(reasons(answer), [{ kind: 'timeout', milliseconds: 40_000 }]);
    assert.equal(answer.effort.requests, calls * 2);
  });

  it('says offline when nothing listens, and stops', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    await new Promise((resolve) => server.close(resolve));
    const nobody: StandIn = Object.create(standIn, { origin: { value: `http://127.0.0.1:${port}` } });
    const { answer, stopped } = await read(nobody, question, inThree);
    assert.equal(stopped?.kind, 'offline');
    assert.deepEqual(
      reasons(answer).map(({ kind }) => kind),
      ['offline'],
    );
    assert.ok(answer.effort.requests <= calls * tries);
  });

  it('cancels what is under way and keeps what arrived', async () => {
    standIn.faults.set({ kind: 'hang', when: { from: 2 } });
    const cancel = new AbortController();
    const reading = read(standIn, question, { ...inThree, maxInFlight: 2, signal: cancel.signal });
    await untilStruck(2);
    cancel.abort();
    const { answer, stopped, run, requests } = await reading;
    assert.deepEqual([stopped, answer.counts.notRead, requests], [{ kind: 'cancelled' }, 17, 3]);
    standIn.faults.clear();
    const rest = await read(standIn, question, { ...inThree, resume: run.state });
    assertTruth(rest.answer, standIn.portal);
    assert.equal(rest.requests, 2);
  });
});
