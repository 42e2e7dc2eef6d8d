import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { restoreLookUp } from '../../../src/core/lookUp/restore.ts';
import type { Fault } from '../../hubspotStandIn/fault.ts';
import { dealId } from '../../hubspotStandIn/generatedAccount.ts';
import type { RecordedRequest } from '../../hubspotStandIn/recordedRequest.ts';
import { answerDigest } from '../answerDigest.ts';
import type { NetworkFault } from '../inMemoryHubSpot.ts';
import { ledgerInMemory } from '../ledger/ledgerInMemory.ts';
import { always, scene, times } from './scene.ts';

suite('failures of a look-up', () => {
  const stops: readonly (readonly [string, Fault | NetworkFault])[] = [
    ['unauthorized', { kind: 'unauthorized' }],
    ['missingScopes', { kind: 'missingScopes', scopes: ['crm.objects.deals.read'], key: 'requiredGranularScopes' }],
    ['forbidden', { kind: 'forbidden', category: 'GATED' }],
    ['dailyLimit', { kind: 'rateLimited', policy: 'DAILY' }],
    ['rateLimited', { kind: 'rateLimited', policy: 'SECONDLY' }],
    ['unavailable', { kind: 'migrating', retryAfter: '3600' }],
    ['proxy', { kind: 'proxyLogin' }],
    ['refused', { kind: 'status', status: 404 }],
    ['offline', { kind: 'network', code: 'ECONNREFUSED' }],
    ['dns', { kind: 'network', code: 'ENOTFOUND' }],
    ['certificate', { kind: 'network', code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' }],
  ];
  for (const [kind, fault] of stops) {
    test(`${kind} stops the run, and everything not read says so`, async () => {
      const { run, hubSpot, time } = scene({
        deals: 100,
        options: { batchSize: 2, maxInFlight: 3 },
        strike: (_, nth) => (nth > 4 ? [fault] : []),
      });
      const { answer, stopped } = await run();
      assert.equal(stopped?.kind, kind);
      assert.equal(answer.counts.found, 8);
      assert.equal(answer.counts.notRead, 92);
      for (let record = 0; record < 100; record++) {
        if (answer.state(record) !== 'notRead') continue;
        const problem = answer.problem(record);
        assert.equal(problem?.kind === 'notRead' && problem.failure.kind, kind);
      }
      assert.ok(hubSpot.requests.length <= 4 + 3 * 6, `${hubSpot.requests.length} requests`);
      assert.equal(time.pending, 0);
    });
  }

  const passing: readonly (Fault | NetworkFault)[] = [
    { kind: 'serverError', status: 500 },
    { kind: 'serverError', status: 502 },
    { kind: 'serverError', status: 524 },
    { kind: 'html' },
    { kind: 'emptyBody' },
    { kind: 'cutJson' },
    { kind: 'locked' },
    { kind: 'hang' },
    { kind: 'network', code: 'ECONNRESET' },
    { kind: 'network', code: 'UND_ERR_SOCKET', cut: true },
    { kind: 'network', code: 'ENOTFOUND' },
    { kind: 'rateLimited', policy: 'TEN_SECONDLY_ROLLING' },
  ];
  for (const fault of passing) {
    const name = Object.values(fault).join(' ');
    test(`${name}: twice, and the Answer is as without`, async () => {
      const { run, hubSpot } = scene({ strike: times(2, fault) });
      const { answer, stopped } = await run();
      assert.equal(stopped, undefined);
      assert.deepEqual(answerDigest(answer), answerDigest((await scene({}).run()).answer));
      assert.equal(hubSpot.requests.length, 3);
      assert.equal(answer.effort.requests, 3);
    });
  }

  const oneBatch: readonly (readonly [string, Fault | NetworkFault])[] = [
    ['serverError', { kind: 'serverError', status: 503 }],
    ['serverError', { kind: 'serverError', status: 526 }],
    ['unavailable', { kind: 'locked' }],
    ['timeout', { kind: 'hang' }],
    ['connectionLost', { kind: 'network', code: 'ECONNRESET' }],
    ['unreadableAnswer', { kind: 'html' }],
    ['unreadableAnswer', { kind: 'wrongShape', path: ['results'], value: 7 }],
  ];
  for (const [kind, fault] of oneBatch) {
    test(`${JSON.stringify(fault)} that stays costs one batch only`, async () => {
      const isSecond = ({ body }: RecordedRequest) => JSON.stringify(body).includes(dealId(2));
      const { run } = scene({
        deals: 10,
        options: { batchSize: 2 },
        strike: (request) => (isSecond(request) ? [fault] : []),
      });
      const { answer, stopped } = await run();
      assert.equal(stopped, undefined);
      assert.equal(answer.counts.found, 8);
      assert.equal(answer.counts.notRead, 2);
      const problem = answer.problem(2);
      assert.equal(problem?.kind === 'notRead' && problem.failure.kind, kind);
    });
  }

  test('a server that is down for all is not asked by every batch', async () => {
    const { run, hubSpot } = scene({
      deals: 1000,
      options: { batchSize: 1 },
      strike: always({ kind: 'serverError', status: 503 }),
    });
    const { answer, stopped } = await run();
    assert.equal(stopped?.kind, 'serverError');
    assert.equal(answer.counts.notRead, 1000);
    assert.ok(hubSpot.requests.length <= 32 * 6, `${hubSpot.requests.length} requests`);
  });

  test('a single read that is refused costs that record, not the run', async () => {
    const strike = ({ method }: RecordedRequest): readonly Fault[] =>
      method === 'POST' ? [{ kind: 'stuckCursor' }] : [{ kind: 'missingScopes', scopes: ['x'], key: 'requiredScopes' }];
    const contacts = (nth: number) => (nth < 3 ? 9 : 1);
    const { answer, stopped } = await scene({
      deals: 50,
      contacts,
      pageSize: 2,
      strike,
      options: { batchSize: 5 },
    }).run();
    assert.equal(stopped, undefined);
    assert.deepEqual([answer.counts.found, answer.counts.truncated], [50, 3]);
    const problem = answer.problem(0);
    assert.equal(problem?.kind === 'notRead' && problem.failure.kind, 'missingScopes');
  });

  test('an error in a listener does not hold the run up', async () => {
    const onProgress = () => {
      throw new Error('The view is gone');
    };
    const { answer, stopped } = await scene({ options: { onProgress } }).run();
    assert.equal(answer.counts.found, 10);
    assert.equal(stopped, undefined);
  });

  test('a token that is not there stops before anything is sent', async () => {
    const broken = async () => {
      throw new Error('The keychain is locked');
    };
    for (const token of [async () => undefined, broken]) {
      const { run, hubSpot } = scene({ token });
      const { stopped } = await run();
      assert.deepEqual(stopped, { kind: 'noToken' });
      assert.equal(hubSpot.requests.length, 0);
    }
  });

  test('after a new token no record says that there is none, and the next run reads them', async () => {
    const { state, done } = scene({ token: async () => undefined }).start();
    const { answer } = await done;
    const reasons = () => new Set(answerDigest(answer).records.map(({ problem }) => JSON.stringify(problem)));
    assert.deepEqual([...reasons()], [JSON.stringify({ kind: 'notRead', failure: { kind: 'noToken' } })]);
    state.restate({ kind: 'newToken' });
    assert.deepEqual([...reasons()], [JSON.stringify({ kind: 'notRead', failure: { kind: 'newToken' } })]);
    assert.equal(answer.counts.notRead, answer.counts.asked);
    const resumed = await scene({ options: { resume: state } }).run();
    assert.equal(resumed.stopped, undefined);
    assert.equal(resumed.answer.counts.found, 10);
  });

  test('a wrong shape in one result costs that record only, and says where', async () => {
    const strike = always({ kind: 'wrongShape', path: ['results', 3, 'to', 1, 'id'], value: { no: 'id' } });
    const { answer } = await scene({ strike }).run();
    assert.equal(answer.counts.found, 9);
    const problem = answerDigest(answer).records.find(({ state }) => state === 'notRead')?.problem;
    assert.ok(problem?.kind === 'notRead' && problem.failure.kind === 'unreadableAnswer');
    assert.equal(problem.failure.where, 'results[3].to[1].id');
  });

  test('a result that came twice, once in a wrong shape, is kept as a part and asked for again', async () => {
    const wrong: Fault = { kind: 'wrongShape', path: ['results', 3, 'to'], value: 'none' };
    const strike = (_: RecordedRequest, nth: number) =>
      nth === 1 ? [{ kind: 'duplicateResults' } as const, wrong] : [];
    const ledger = ledgerInMemory();
    const { time, start } = scene({ strike, options: { ledger } });
    const first = start();
    const { answer } = await time.run(first.done);
    const whole = answerDigest((await scene({}).run()).answer);
    const restored = await restoreLookUp(ledger.lines);
    assert.ok(restored.kind === 'restored');
    for (const [each, reason] of [
      [answer, 'unreadableAnswer'],
      [restored.state.answer, 'interrupted'],
    ] as const) {
      const { records, complete } = answerDigest(each);
      const [part, ...others] = records.filter(({ problem }) => problem !== undefined);
      assert.deepEqual(others, []);
      assert.ok(part?.problem?.kind === 'notRead' && part.problem.failure.kind === reason);
      assert.equal(part.truncation, 'page');
      assert.equal(complete, false);
      const known = records.map((record) => ({ ...record, truncation: undefined, problem: undefined }));
      assert.deepEqual(known, whole.records);
    }
    for (const resume of [first.state, restored.state]) {
      assert.deepEqual(answerDigest((await time.run(start({ resume }).done)).answer), whole);
    }
  });

  test('a result without an id costs its batch, and says where', async () => {
    const strike = always({ kind: 'wrongShape', path: ['results', 3, 'from'], value: null });
    const { answer } = await scene({ strike }).run();
    assert.equal(answer.counts.notRead, 10);
    const problem = answer.problem(0);
    assert.ok(problem?.kind === 'notRead' && problem.failure.kind === 'unreadableAnswer');
    assert.equal(problem.failure.where, 'results[3].from');
  });

  for (const status of ['CANCELED', 'PENDING', 'PROCESSING'] as const) {
    test(`a ${status} batch keeps what it brought and is not complete`, async () => {
      const { answer, stopped } = await scene({ strike: always({ kind: 'batchStatus', status, keep: 0.5 }) }).run();
      assert.equal(stopped, undefined);
      assert.deepEqual([answer.counts.found, answer.counts.notRead], [5, 5]);
      assert.deepEqual(answer.notices, [{ kind: 'batchStatus', status, batches: 1 }]);
      const unread = answerDigest(answer).records.find(({ state }) => state === 'notRead');
      assert.deepEqual(unread?.problem, { kind: 'notRead', failure: { kind: 'batchNotComplete', status } });
    });
  }

  test('a complete batch that is silent about an id leaves it unread', async () => {
    const { answer } = await scene({ strike: always({ kind: 'missingResults', ids: [dealId(4)] }) }).run();
    assert.deepEqual(answer.problem(4), { kind: 'notRead', failure: { kind: 'notAnswered' } });
    assert.equal(answer.complete, false);
  });
});
