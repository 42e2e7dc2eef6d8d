import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { wholeLines } from '../../../src/core/ledger/wholeLines.ts';
import { lookUp } from '../../../src/core/lookUp/lookUp.ts';
import type { LookUpState } from '../../../src/core/lookUp/lookUpState.ts';
import { restoreLookUp } from '../../../src/core/lookUp/restore.ts';
import type { LookUpOptions } from '../../../src/core/lookUp/run.ts';
import { dealIds, generatedAccount } from '../../hubspotStandIn/generatedAccount.ts';
import { inputsOf } from '../../hubspotStandIn/recordedRequest.ts';
import { answerDigest } from '../answerDigest.ts';
import { FakeTime } from '../fakeTime.ts';
import { inMemoryHubSpot } from '../inMemoryHubSpot.ts';
import { ledgerInMemory } from '../ledger/ledgerInMemory.ts';
import { madePorts } from '../madePorts.ts';

const all = Number.POSITIVE_INFINITY;
const deals = 12;

interface World {
  readonly apiVersion: 'v3' | '2026-09';
  readonly pageSize: number;
  readonly recordCap: number;
  readonly raised: number;
}
const world: fc.Arbitrary<World> = fc.record({
  apiVersion: fc.constantFrom('v3', '2026-09'),
  pageSize: fc.integer({ min: 1, max: 6 }),
  recordCap: fc.integer({ min: 1, max: 12 }),
  raised: fc.constantFrom(all, 13, 20),
});

function scene({ apiVersion, pageSize }: World) {
  const time = new FakeTime();
  const account = generatedAccount({ deals, contacts: (nth) => (nth * 5) % 31 });
  const hubSpot = inMemoryHubSpot({ account, clock: time, pageSize });
  const ports = madePorts({ fetch: hubSpot.fetch, clock: time });
  const run = (recordCap: number, options: LookUpOptions = {}) => {
    const question = { from: 'deals', to: 'contacts', ids: dealIds(deals), apiVersion, recordCap };
    return time.run(lookUp(question, ports, { batchSize: 5, ...options }).done);
  };
  /** Pages that were asked for: records of all batches together. */
  const pages = () => hubSpot.requests.reduce((sum, request) => sum + inputsOf(request).length, 0);
  return { run, pages, requests: hubSpot.requests };
}

const textsOf = (lines: Iterable<Uint8Array>) => Array.from(lines, (line) => Buffer.from(line).toString('latin1'));

async function restored(lines: readonly string[]): Promise<LookUpState> {
  const read = await restoreLookUp(lines);
  assert.ok(read.kind === 'restored' && read.lost === 0, JSON.stringify(read));
  return read.state;
}

suite('a look-up of which more is wanted than its cap let it read', () => {
  test('goes on where it stopped, and reads no page twice but those that were cut', async () => {
    await fc.assert(
      fc.asyncProperty(world, async (each) => {
        const direct = scene(each);
        const whole = await direct.run(each.raised);
        const { run, pages } = scene(each);
        const ledger = ledgerInMemory();
        const state = await restoredAfter(run(each.recordCap, { ledger }), ledger.lines);
        const capped = state.answer.counts.truncated;
        const { answer } = await run(0, { resume: state, recordCap: each.raised, ledger });
        assert.deepEqual(answerDigest(answer), answerDigest(whole.answer));
        assert.equal(answer.question.recordCap, each.raised);
        assert.ok(pages() <= direct.pages() + capped, `${pages()} pages for ${direct.pages()}, ${capped} were cut`);
        // The ledger says what is known now, with the cap it was read with.
        const again = await restored(ledger.lines);
        assert.deepEqual(answerDigest(again.answer), answerDigest(answer));
        assert.equal(again.answer.question.recordCap, each.raised);
      }),
      { numRuns: 30 },
    );
  });

  test('comes to the same when it is killed on the way, or written anew, at any line', async () => {
    await fc.assert(
      fc.asyncProperty(world, fc.nat(), fc.boolean(), async (each, cut, isAnew) => {
        const whole = await scene(each).run(each.raised);
        const { run } = scene(each);
        const ledger = ledgerInMemory();
        const first = await restoredAfter(run(each.recordCap, { ledger }), ledger.lines);
        const kept = ledger.lines.length;
        await run(0, { resume: first, recordCap: each.raised, ledger });
        // Killed after some line from the changed cap on.
        const lines = ledger.lines.slice(0, kept + 1 + (cut % (ledger.lines.length - kept)));
        const killed = await restored(lines);
        assert.equal(killed.answer.counts.reading, 0);
        const state = isAnew
          ? await restored(textsOf(wholeLines(killed.answer, killed.pages.standStill(), false)))
          : killed;
        assert.deepEqual(answerDigest(state.answer).records, answerDigest(killed.answer).records);
        const { answer } = await run(0, { resume: state });
        assert.deepEqual(inAnyOrder(answer), inAnyOrder(whole.answer));
      }),
      { numRuns: 30 },
    );
  });

  test('goes on from a ledger that was written anew while it was cut', async () => {
    await fc.assert(
      fc.asyncProperty(world, async (each) => {
        const whole = await scene(each).run(each.raised);
        const { run } = scene(each);
        const ledger = ledgerInMemory();
        const state = await restoredAfter(run(each.recordCap, { ledger }), ledger.lines);
        const anew = await restored(textsOf(wholeLines(state.answer, state.pages.standStill(), true)));
        assert.deepEqual(answerDigest(anew.answer), answerDigest(state.answer));
        const { answer } = await run(0, { resume: anew, recordCap: each.raised });
        assert.deepEqual(inAnyOrder(answer), inAnyOrder(whole.answer));
      }),
      { numRuns: 30 },
    );
  });

  test('sends nothing when nothing was cut, or not more is wanted', async () => {
    const each: World = { apiVersion: '2026-09', pageSize: 6, recordCap: 40, raised: all };
    const { run, requests } = scene(each);
    const ledger = ledgerInMemory();
    const state = await restoredAfter(run(40, { ledger }), ledger.lines);
    const sent = requests.length;
    const { answer } = await run(0, { resume: state, recordCap: 40 });
    assert.equal(answer.question.recordCap, 40);
    await run(0, { resume: state, recordCap: all });
    assert.equal(answer.question.recordCap, all);
    assert.equal(requests.length, sent);
  });
});

/** The state as the ledger tells it once the run has ended. */
async function restoredAfter(run: Promise<unknown>, lines: readonly string[]): Promise<LookUpState> {
  await run;
  return restored(lines);
}

function inAnyOrder(answer: Parameters<typeof answerDigest>[0]) {
  return answerDigest(answer).records.map(({ id, state, truncation, to }) => ({
    id,
    state,
    truncation,
    to: to.map(([toId]) => String(toId)).sort(),
  }));
}
