import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { restoreLookUp } from '../../../src/core/lookUp/restore.ts';
import type { Progress } from '../../../src/core/lookUp/run.ts';
import { dealId } from '../../hubspotStandIn/generatedAccount.ts';
import { answerDigest } from '../answerDigest.ts';
import { ledgerInMemory } from '../ledger/ledgerInMemory.ts';
import { always, scene } from './scene.ts';

suite('a look-up', () => {
  test('puts every asked id in one place, whatever it is', async () => {
    const ids = [dealId(3), 'abc', dealId(0), dealId(3), '00123', '99000000000', '99999999999999999999'];
    const { run, hubSpot } = scene({ contacts: (nth) => (nth === 0 ? 0 : 2), question: { ids } });
    const { answer, stopped } = await run();
    assert.equal(stopped, undefined);
    assert.deepEqual(
      answerDigest(answer).records.map(({ id, state, to }) => [id, state, to.length]),
      [
        [dealId(3), 'found', 2],
        ['abc', 'notRead', 0],
        [dealId(0), 'none', 0],
        ['00123', 'notRead', 0],
        ['99000000000', 'none', 0],
        ['99999999999999999999', 'notRead', 0],
      ],
    );
    assert.deepEqual(answer.problem(1), { kind: 'notRead', failure: { kind: 'notAnId' } });
    assert.deepEqual(hubSpot.requests[0]?.body, {
      inputs: [{ id: dealId(3) }, { id: dealId(0) }, { id: '99000000000' }],
    });
    assert.equal(hubSpot.requests.length, 1);
    assert.equal(answer.recordOf('abc'), 1);
    assert.equal(answer.recordOf('4711'), undefined);
  });

  test('with nothing to ask sends nothing', async () => {
    const { run, hubSpot } = scene({ question: { ids: ['abc'] } });
    const { answer } = await run();
    assert.equal(answer.counts.notRead, 1);
    assert.equal(hubSpot.requests.length, 0);
    const empty = scene({ question: { ids: [] } });
    assert.equal((await empty.run()).answer.complete, true);
  });

  test('knows its plan at once and reports progress to the end', async () => {
    const reports: Progress[] = [];
    const { time, start } = scene({ deals: 2500, options: { onProgress: (progress) => reports.push(progress) } });
    const started = start();
    assert.deepEqual(started.plan, { records: 2500, calls: 3 });
    assert.equal(started.answer.counts.notRead, 2500);
    await time.run(started.done);
    assert.deepEqual(reports.at(-1), {
      records: { asked: 2500, settled: 2500 },
      calls: { done: 3, planned: 3, isEstimate: false },
      retries: 0,
    });
    const settled = reports.map(({ records }) => records.settled);
    assert.deepEqual(
      settled,
      settled.toSorted((a, b) => a - b),
    );
  });

  test('sends at most a thousand inputs a call and sixteen calls at once', async () => {
    const { run, hubSpot } = scene({ deals: 20_500, contacts: 1 });
    const { answer } = await run();
    assert.equal(answer.counts.found, 20_500);
    assert.equal(hubSpot.peak(), 16);
    assert.equal(hubSpot.requests.length, 21);
    assert.equal(Math.max(...hubSpot.requests.map(({ body }) => (body as { inputs: [] }).inputs.length)), 1000);
  });

  test('refuses what is no object type before anything is sent', async () => {
    const { run, hubSpot } = scene({ question: { to: '../../oauth' } });
    const { answer, stopped } = await run();
    assert.equal(stopped?.kind, 'unknownObjectType');
    assert.equal(answer.counts.notRead, 10);
    assert.equal(hubSpot.requests.length, 0);
  });

  test("says of an answer that it is what the token's user may see, also after a restart", async () => {
    const oauth = `CJ${'x'.repeat(80)}`;
    const ledger = ledgerInMemory();
    const { run } = scene({ deals: 3, token: async () => oauth, options: { batchSize: 1, ledger } });
    const { answer } = await run();
    assert.deepEqual(answer.notices, [{ kind: 'userToken' }]);
    assert.ok(!ledger.lines.join('').includes(oauth));
    const restored = await restoreLookUp(ledger.lines);
    assert.ok(restored.kind === 'restored');
    assert.deepEqual(restored.state.answer.notices, [{ kind: 'userToken' }]);
    const privateApp = await scene({ deals: 3, token: async () => ['pat', 'na1', 'x'.repeat(40)].join('-') }).run();
    assert.deepEqual(privateApp.answer.notices, []);
  });

  test('says under v3 that companies are the primary ones only', async () => {
    const toCompanies = await scene({ question: { to: '0-2' } }).run();
    assert.deepEqual(toCompanies.answer.notices, [{ kind: 'primaryCompanyOnly' }]);
    const dated = await scene({ question: { to: '0-2', apiVersion: '2026-09' } }).run();
    assert.deepEqual(dated.answer.notices, []);
    assert.deepEqual([dated.answer.completeness, dated.answer.complete], ['complete', true]);
    assert.deepEqual([toCompanies.answer.completeness, toCompanies.answer.complete], ['primaryOnly', false]);
    const fromCompanies = await scene({ question: { from: 'company', to: 'deals', ids: ['1'] } }).run();
    assert.equal(fromCompanies.answer.completeness, 'primaryOnly');
    const spoiled = always({ kind: 'serverError', status: 500 });
    assert.equal((await scene({ question: { to: '0-2' }, strike: spoiled }).run()).answer.completeness, 'incomplete');
    assert.equal((await scene({}).run()).answer.completeness, 'complete');
    assert.ok(dated.answer.counts.associations > toCompanies.answer.counts.associations);
  });
});
