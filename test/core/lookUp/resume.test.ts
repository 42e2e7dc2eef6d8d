import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { AnswerColumns } from '../../../src/core/answer/answerColumns.ts';
import { LookUpState } from '../../../src/core/lookUp/lookUpState.ts';
import { unknownDealIds } from '../../hubspotStandIn/generatedAccount.ts';
import { answerDigest } from '../answerDigest.ts';
import { scene } from './scene.ts';

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
