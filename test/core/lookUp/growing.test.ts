import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { GrowingIds, type SharedQuestion } from '../../../src/core/answer/growingIds.ts';
import { wholeLines } from '../../../src/core/ledger/wholeLines.ts';
import { lookUp } from '../../../src/core/lookUp/lookUp.ts';
import { restoreLookUp } from '../../../src/core/lookUp/restore.ts';
import type { LookUpOptions } from '../../../src/core/lookUp/run.ts';
import { dealIds, generatedAccount } from '../../hubspotStandIn/generatedAccount.ts';
import { answerDigest } from '../answerDigest.ts';
import { FakeTime } from '../fakeTime.ts';
import { inMemoryHubSpot } from '../inMemoryHubSpot.ts';
import { ledgerInMemory } from '../ledger/ledgerInMemory.ts';
import { madePorts } from '../madePorts.ts';

const ids = [...dealIds(40), '1234567890123456789'];
const question = { from: 'deals', to: 'contacts', apiVersion: '2026-09' as const };
const account = generatedAccount({ deals: 35, contacts: (nth) => (nth * 5) % 12 });

function scene() {
  const time = new FakeTime();
  const hubSpot = inMemoryHubSpot({ account, clock: time, pageSize: 3 });
  const ports = madePorts({ fetch: hubSpot.fetch, clock: time });
  const start = (asked: readonly string[] | SharedQuestion, options: LookUpOptions) =>
    lookUp('from' in asked ? asked : { ...question, ids: asked }, ports, { batchSize: 4, ...options });
  return { time, hubSpot, start };
}

/** The ids from this one on, in pieces that come at these moments. */
async function* listed(time: FakeTime, from: number, pieces: readonly (readonly [size: number, after: number])[]) {
  let at = from;
  for (const [size, after] of pieces) {
    await time.sleep(after);
    yield ids.slice(at, at + size);
    at += size;
  }
  yield ids.slice(at);
}

const pieces = fc.array(fc.tuple(fc.nat(12), fc.constantFrom(0, 1, 10, 300)), { maxLength: 10 });

suite('a look-up whose ids are still being listed', () => {
  test('ends where one ends that had them all, whenever they come', async () => {
    const all = scene();
    const whole = answerDigest((await all.time.run(all.start(ids, {}).done)).answer);
    await fc.assert(
      fc.asyncProperty(fc.nat(20), pieces, async (first, some) => {
        const { time, start } = scene();
        const ledger = ledgerInMemory();
        const moreIds = listed(time, first, some);
        const run = start(ids.slice(0, first), { moreIds, ledger });
        const { answer, stopped } = await time.run(run.done);
        assert.equal(stopped, undefined);
        assert.deepEqual(answerDigest(answer), whole);
        assert.ok(answer.asked.isWhole);
        const restored = await restoreLookUp(ledger.lines);
        assert.ok(restored.kind === 'restored' && restored.lost === 0 && restored.ended);
        assert.deepEqual(answerDigest(restored.state.answer), whole);
      }),
      { numRuns: 60 },
    );
  });

  test('comes back as far as it was written down, and is not complete before all ids are known', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(20), pieces, fc.nat(), async (first, some, cut) => {
        const { time, start } = scene();
        const ledger = ledgerInMemory();
        await time.run(start(ids.slice(0, first), { moreIds: listed(time, first, some), ledger }).done);
        const headLines = first > 0 ? 4 : 2;
        const lines = ledger.lines.slice(0, headLines + (cut % (ledger.lines.length - headLines)));
        const restored = await restoreLookUp(lines);
        assert.ok(restored.kind === 'restored' && restored.lost === 0 && !restored.ended);
        const { answer } = restored.state;
        assert.deepEqual(answer.asked.length >= first && answer.question.ids, ids.slice(0, answer.asked.length));
        assert.equal(answer.asked.isWhole && answer.asked.length, answer.asked.isWhole && ids.length);
        assert.ok(answer.asked.isWhole || !answer.complete);
        const anew = [...wholeLines(answer, restored.state.pages.standStill(), false)];
        const again = await restoreLookUp(anew.map((line) => Buffer.from(line).toString('latin1')));
        assert.ok(again.kind === 'restored' && again.lost === 0);
        assert.deepEqual(answerDigest(again.state.answer), answerDigest(answer));
        assert.equal(again.state.answer.asked.isWhole, answer.asked.isWhole);
      }),
      { numRuns: 60 },
    );
  });

  test('writes down what has come while it was at rest, before anything that is said about it', async () => {
    for (const rest of [1, 20]) {
      const { time, start } = scene();
      const ledger = ledgerInMemory();
      const asked = new GrowingIds(ids.slice(0, ids.length - rest), false);
      const shared = { ...question, ids: asked };
      const first = start(shared, { ledger });
      await time.run(first.done);
      asked.add(ids);
      asked.close();
      const { answer } = await time.run(start(shared, { ledger, resume: first.state }).done);
      assert.equal(answer.completeness, 'complete');
      const restored = await restoreLookUp(ledger.lines);
      assert.ok(restored.kind === 'restored' && restored.lost === 0 && restored.ended);
      assert.deepEqual(answerDigest(restored.state.answer), answerDigest(answer));
    }
  });

  test('loses nothing to one damaged line about its ids', async () => {
    const { time, start } = scene();
    const ledger = ledgerInMemory();
    const moreIds = listed(time, 3, [
      [9, 300],
      [9, 300],
    ]);
    const { answer } = await time.run(start(ids.slice(0, 3), { moreIds, ledger }).done);
    for (const [nth, line] of ledger.lines.entries()) {
      const value = JSON.parse(line.slice(9));
      const restored = await restoreLookUp(ledger.lines.with(nth, line.replace(/.$/, '?')));
      assert.ok(restored.kind === 'restored');
      assert.equal(restored.lost, 'twin' in value ? 0 : 1, line);
      assert.equal(restored.ended, 'twin' in value);
      if ('twin' in value) assert.deepEqual(answerDigest(restored.state.answer), answerDigest(answer));
    }
    // Both of them: what is behind cannot be told apart, so nothing is said about it.
    const about = ledger.lines.filter((line) => JSON.parse(line.slice(9)).first === 12);
    assert.equal(about.length, 2);
    const restored = await restoreLookUp(ledger.lines.filter((line) => !about.includes(line)));
    assert.ok(restored.kind === 'restored' && restored.lost > 0 && !restored.ended);
    assert.equal(restored.state.answer.asked.length, 12);
    assert.equal(restored.state.answer.completeness, 'incomplete');
  });

  test('ends when it is cancelled while it waits for ids, and when they cannot be listed', async () => {
    for (const fails of [false, true]) {
      const { time, start } = scene();
      const cancel = new AbortController();
      async function* never() {
        yield ids.slice(0, 4);
        await time.sleep(1000);
        if (fails) throw new Error('The list is gone');
        cancel.abort();
        await new Promise(() => {});
      }
      const run = start([], { moreIds: never(), signal: cancel.signal });
      const { answer, stopped } = await time.run(run.done);
      assert.equal(stopped?.kind, fails ? 'unreadableAnswer' : 'cancelled');
      assert.deepEqual([answer.counts.asked, answer.counts.notRead, answer.asked.isWhole], [4, 0, false]);
    }
  });
});
