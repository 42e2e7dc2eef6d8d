import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { AnswerColumns } from '../../../src/core/answer/answerColumns.ts';
import type { Counts } from '../../../src/core/domain/associations.ts';
import type { Clock } from '../../../src/core/hubspot/clock.ts';
import { type LookUp, lookUp } from '../../../src/core/lookUp/lookUp.ts';
import { LookUpState } from '../../../src/core/lookUp/lookUpState.ts';
import type { LookUpOptions, Progress } from '../../../src/core/lookUp/run.ts';
import { dealIds, generatedAccount, unknownDealIds } from '../../hubspotStandIn/generatedAccount.ts';
import { answerDigest } from '../answerDigest.ts';
import { FakeTime } from '../fakeTime.ts';
import { inMemoryHubSpot } from '../inMemoryHubSpot.ts';
import { madePorts } from '../madePorts.ts';
import { scene } from './scene.ts';

/**
 * A look-up of 100 deals with 1,000 contacts each, in two calls. Time passes while an answer is taken in, so that others have
 * their turn in the middle of it.
 */
function busyScene({ pageSize }: { readonly pageSize: number }, onTurn: (counts: Counts) => void = () => {}) {
  const time = new FakeTime();
  const hubSpot = inMemoryHubSpot({ account: generatedAccount({ deals: 100, contacts: 1000 }), clock: time, pageSize });
  let run: LookUp | undefined;
  const now = () => {
    time.pass(25);
    return time.now();
  };
  const sleep: Clock['sleep'] = (milliseconds, signal) => {
    if (run) onTurn(run.answer.counts);
    return time.sleep(milliseconds, signal);
  };
  const ports = madePorts({ fetch: hubSpot.fetch, clock: { now, sleep }, random: () => 0.5 });
  const question = { from: 'deals', to: 'contacts', ids: dealIds(100) };
  const start = (options: LookUpOptions): LookUp => {
    run = lookUp(question, ports, { batchSize: 50, ...options });
    return run;
  };
  return { time, hubSpot, start };
}

suite('cancel and resume', () => {
  test('cancel aborts what is under way, keeps what arrived, and resume reads only the rest', async () => {
    const cancel = new AbortController();
    const { time, hubSpot, start } = scene({ deals: 100, options: { batchSize: 10, maxInFlight: 4 } });
    const first = start({
      signal: cancel.signal,
      onProgress: ({ calls }) => {
        if (calls.done >= 4) cancel.abort();
      },
    });
    const { answer, stopped } = await time.run(first.done);
    assert.equal(stopped?.kind, 'cancelled');
    const { found } = answer.counts;
    assert.ok(found >= 40 && found < 100, `${found} found`);
    assert.equal(hubSpot.inFlight(), 0);
    assert.equal(time.pending, 0);

    const before = hubSpot.requests.length;
    const second = start({ resume: first.state });
    assert.equal(second.answer, first.answer);
    assert.deepEqual(second.plan, { records: 100 - found, calls: Math.ceil((100 - found) / 10) });
    await time.run(second.done);
    assert.equal(second.answer.complete, true);
    assert.equal(hubSpot.requests.length - before, Math.ceil((100 - found) / 10));
    const clean = await scene({ deals: 100 }).run();
    assert.deepEqual(answerDigest(second.answer), answerDigest(clean.answer));
  });

  test('an answer that is being taken in as it is cancelled is taken in whole', async () => {
    const cancel = new AbortController();
    const partly = new Set<number>();
    const { time, start, hubSpot } = busyScene({ pageSize: 1000 }, ({ found, notRead, associations }) => {
      assert.deepEqual([found + notRead, associations], [100, found * 1000], 'of a record there is all or nothing');
      if (found % 50 === 0) return;
      partly.add(found);
      cancel.abort();
    });
    const first = start({ signal: cancel.signal, maxInFlight: 1 });
    const { answer, stopped } = await time.run(first.done);
    assert.equal(stopped?.kind, 'cancelled');
    assert.ok(partly.size > 0, 'others had their turn');
    assert.deepEqual([answer.counts.found, answer.counts.notRead], [50, 50]);
    await time.run(start({ resume: first.state }).done);
    assert.deepEqual([answer.complete, answer.counts.associations], [true, 100_000]);
    assert.equal(hubSpot.requests.length, 2);
  });

  test('an answer that is being taken in is reported when it is in', async () => {
    let comeMore: () => void = () => {};
    const partly = new Promise<void>((resolve) => {
      comeMore = resolve;
    });
    const { time, start } = busyScene({ pageSize: 800 }, ({ found }) => {
      if (found % 50 > 0) comeMore();
    });
    async function* moreIds() {
      await partly;
      yield ['1'];
    }
    const settled: number[] = [];
    const onProgress = ({ records }: Progress) => settled.push(records.settled);
    await time.run(start({ onProgress, moreIds: moreIds() }).done);
    const ascending = settled.toSorted((one, other) => one - other);
    assert.deepEqual(settled, ascending, 'no record that has more pages was taken for settled meanwhile');
  });

  test('a signal that is aborted already sends nothing', async () => {
    const { run, hubSpot } = scene({});
    const { stopped } = await run({ signal: AbortSignal.abort() });
    assert.equal(stopped?.kind, 'cancelled');
    assert.equal(hubSpot.requests.length, 0);
  });

  test('a record is resumed from the page it had reached', async () => {
    let isBroken = true;
    const { time, hubSpot, start } = scene({
      deals: 3,
      contacts: 20,
      pageSize: 2,
      strike: (_, nth) => (isBroken && nth > 4 ? [{ kind: 'unauthorized' }] : []),
    });
    const first = start();
    const { stopped, answer } = await time.run(first.done);
    assert.equal(stopped?.kind, 'unauthorized');
    assert.deepEqual([answer.state(0), answer.truncation(0), answer.associationCount(0)], ['found', 'page', 8]);
    isBroken = false;
    await time.run(start({ resume: first.state }).done);
    assert.equal(answer.complete, true);
    assert.equal(answer.counts.associations, 60);
    assert.equal(hubSpot.requests.length, 4 + 1 + 6);
  });

  test('unknown ids are asked once and are none', async () => {
    const { run } = scene({ question: { ids: unknownDealIds(1500) } });
    const { answer } = await run();
    assert.deepEqual([answer.counts.none, answer.complete], [1500, true]);
  });

  test('all records without an answer get their reason at once, but those that are no ids or have one', (context) => {
    const state = new LookUpState({ from: 'deals', to: 'contacts', ids: ['1', 'no id', '2', '3', '4'] });
    const { answer, pages } = state;
    const reasons = () =>
      Array.from({ length: answer.asked.length }, (_, record) => {
        const problem = answer.problem(record);
        return problem?.kind === 'notRead' ? problem.failure.kind : answer.state(record);
      });
    assert.equal(state.begin(), 4);
    pages.giveUp(2, { kind: 'dailyLimit', hubSpot: {} });
    answer.settle(3, 'none');
    answer.asked.add(['5']);
    const settle = context.mock.method(AnswerColumns.prototype, 'settle');
    state.suspend({ kind: 'cancelled' });
    const cancelled = ['cancelled', 'notAnId', 'dailyLimit', 'none', 'cancelled', 'cancelled'];
    assert.deepEqual(reasons(), cancelled);
    state.restate({ kind: 'newToken' });
    assert.deepEqual(reasons(), ['newToken', 'notAnId', 'newToken', 'none', 'newToken', 'newToken']);
    assert.equal(state.begin(), 4);
    assert.deepEqual(reasons(), ['notRead', 'notAnId', 'notRead', 'none', 'notRead', 'notRead']);
    assert.deepEqual([...state.nextBatch(9)], [0, 2, 4, 5]);
    assert.equal(settle.mock.callCount(), 0, 'for a million, a call each takes a tenth of a second');
    assert.deepEqual([answer.counts.notRead, answer.counts.none], [5, 1]);
  });
});
