import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Question } from '../../src/core/associations.ts';
import { type LookUpOptions, lookUp, type Progress } from '../../src/core/lookUp.ts';
import type { Fault } from '../hubspotStandIn/fault.ts';
import { dealId, dealIds, generatedAccount, unknownDealIds } from '../hubspotStandIn/generatedAccount.ts';
import { inputsOf, type RecordedRequest } from '../hubspotStandIn/recordedRequest.ts';
import { answerDigest } from './answerDigest.ts';
import { FakeTime } from './fakeTime.ts';
import { inMemoryHubSpot, type NetworkFault } from './inMemoryHubSpot.ts';

interface Scene {
  readonly deals?: number;
  readonly contacts?: number | ((nth: number) => number);
  readonly pageSize?: number;
  readonly question?: Partial<Question>;
  readonly options?: LookUpOptions;
  readonly token?: () => Promise<string | undefined>;
  readonly strike?: (request: RecordedRequest, nth: number) => readonly (Fault | NetworkFault)[];
}

function scene({ deals = 10, contacts = 3, pageSize = 100, question, options = {}, token, strike }: Scene) {
  const time = new FakeTime();
  const account = generatedAccount({ deals, contacts });
  const hubSpot = inMemoryHubSpot({ account, clock: time, pageSize, ...(strike ? { strike } : {}) });
  const ports = {
    fetch: hubSpot.fetch,
    origin: 'https://api.hubapi.com',
    token: token ?? (async () => 'a-token'),
    now: time.now,
    sleep: time.sleep,
    random: () => 0.5,
  };
  const asked: Question = { from: 'deals', to: 'contacts', ids: dealIds(deals), ...question };
  const start = (more: LookUpOptions = {}) => lookUp(asked, ports, { ...options, ...more });
  return { time, hubSpot, ports, start, run: (more?: LookUpOptions) => time.run(start(more).done) };
}

const always = (fault: Fault | NetworkFault) => () => [fault];
const times = (count: number, fault: Fault | NetworkFault) => (_: RecordedRequest, nth: number) =>
  nth <= count ? [fault] : [];

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
      calls: { done: 3, planned: 3 },
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

  test('says under v3 that companies are the primary ones only', async () => {
    const toCompanies = await scene({ question: { to: '0-2' } }).run();
    assert.deepEqual(toCompanies.answer.notices, [{ kind: 'primaryCompanyOnly' }]);
    const dated = await scene({ question: { to: '0-2', apiVersion: '2026-09' } }).run();
    assert.deepEqual(dated.answer.notices, []);
    assert.ok(dated.answer.counts.associations > toCompanies.answer.counts.associations);
  });
});

suite('pages', () => {
  for (const apiVersion of ['v3', '2026-03', '2026-09'] as const) {
    test(`are read to the end under ${apiVersion}, mixed with new ids`, async () => {
      const counts = (nth: number) => (nth % 4) * 3;
      const { run, hubSpot } = scene({
        deals: 40,
        contacts: counts,
        pageSize: 2,
        question: { apiVersion },
        options: { batchSize: 10, maxInFlight: 2 },
      });
      const { answer } = await run();
      assert.equal(answer.complete, true);
      for (let nth = 0; nth < 40; nth++) assert.equal(answer.associationCount(nth), counts(nth));
      const mixed = hubSpot.requests.filter(({ body }) => {
        const { inputs } = body as { inputs: { after?: string }[] };
        return inputs.some(({ after }) => after) && inputs.some(({ after }) => !after);
      });
      assert.ok(mixed.length > 0);
    });
  }

  test('of many records come in full calls, not one call for each batch they began in', async () => {
    const { run, hubSpot } = scene({ deals: 160, contacts: 20, pageSize: 2, options: { batchSize: 16 } });
    const { answer } = await run();
    assert.equal(answer.complete, true);
    // 160 records with 10 pages each are 1600 inputs: 100 calls of 16 at the least.
    assert.ok(hubSpot.requests.length <= 130, `${hubSpot.requests.length} calls`);
  });

  test('end at the cap, and say so', async () => {
    const { run } = scene({ contacts: (nth) => nth * 2, pageSize: 3, question: { recordCap: 7 } });
    const { answer } = await run();
    const { records } = answerDigest(answer);
    assert.deepEqual(
      records.map(({ to, truncation }) => [to.length, truncation]),
      [0, 2, 4, 6]
        .map((count) => [count, undefined] as [number, string | undefined])
        .concat(Array.from({ length: 6 }, () => [7, 'cap'])),
    );
    assert.equal(answer.complete, false);
    assert.equal(answer.counts.truncated, 6);
  });

  for (const kind of ['stuckCursor', 'loopingCursor', 'ignoredCursor'] as const) {
    const isBatch = ({ method }: RecordedRequest) => method === 'POST';
    const strike = (request: RecordedRequest): readonly Fault[] => (isBatch(request) ? [{ kind }] : []);

    test(`under a ${kind} are read singly under v3`, async () => {
      const { run, hubSpot } = scene({ deals: 3, contacts: 9, pageSize: 2, strike });
      const { answer } = await run();
      assert.equal(answer.complete, true);
      assert.equal(answer.counts.associations, 27);
      assert.ok(hubSpot.requests.some(({ path }) => path.startsWith('/crm/v3/objects/deals/')));
    });

    test(`under a ${kind} are truncated under a date version`, async () => {
      const { run } = scene({ deals: 3, contacts: 9, pageSize: 2, strike, question: { apiVersion: '2026-09' } });
      const { answer, stopped } = await run();
      assert.equal(stopped, undefined);
      assert.equal(answer.counts.truncated, 3);
      assert.equal(answer.truncation(0), 'cursor');
      assert.deepEqual(answer.problem(0), { kind: 'notRead', failure: { kind: 'cursorStuck' } });
    });
  }

  test('that cannot be read at all leave the record truncated, with the reason', async () => {
    const strike = ({ body }: RecordedRequest): readonly Fault[] =>
      JSON.stringify(body).includes('after') ? [{ kind: 'serverError', status: 502 }] : [];
    const { run } = scene({ deals: 2, contacts: 5, pageSize: 2, strike });
    const { answer } = await run();
    assert.deepEqual([answer.state(0), answer.truncation(0), answer.associationCount(0)], ['found', 'page', 2]);
    const problem = answer.problem(0);
    assert.ok(problem?.kind === 'notRead' && problem.failure.kind === 'serverError');
  });
});

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

  test('a wrong shape in one result costs that record only, and says where', async () => {
    const strike = always({ kind: 'wrongShape', path: ['results', 3, 'to', 1, 'id'], value: { no: 'id' } });
    const { answer } = await scene({ strike }).run();
    assert.equal(answer.counts.found, 9);
    const problem = answerDigest(answer).records.find(({ state }) => state === 'notRead')?.problem;
    assert.ok(problem?.kind === 'notRead' && problem.failure.kind === 'unreadableAnswer');
    assert.equal(problem.failure.where, 'results[3].to[1].id');
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

suite('a refused batch', () => {
  const isBatchOfMoreThan = (inputs: number) => (request: RecordedRequest) => inputsOf(request).length > inputs;

  test('is halved until the ids that spoil it are alone', async () => {
    const ids = [dealId(17), dealId(63)];
    const { run, hubSpot } = scene({
      deals: 200,
      options: { batchSize: 100 },
      strike: always({ kind: 'poisonousIds', ids }),
    });
    const { answer, stopped } = await run();
    assert.equal(stopped, undefined);
    assert.deepEqual([answer.counts.found, answer.counts.failed], [198, 2]);
    assert.equal(answer.state(17), 'failed');
    assert.equal(answer.problem(17)?.kind, 'hubSpotError');
    assert.ok(hubSpot.requests.length <= 2 + 2 * 2 * 7, `${hubSpot.requests.length} requests`);
  });

  for (const nth of [0, 499, 999]) {
    test(`is no reason to stop when one id in each of many spoils it, here the ${nth}th`, async () => {
      const ids = dealIds(20_000).filter((_, at) => at % 1000 === nth);
      const { run } = scene({ deals: 20_000, contacts: 1, strike: always({ kind: 'poisonousIds', ids }) });
      const { answer, stopped } = await run();
      assert.equal(stopped, undefined);
      assert.deepEqual([answer.counts.found, answer.counts.failed], [20_000 - 20, 20]);
    });
  }

  test('of which every id is refused leaves each with HubSpot its own words', async () => {
    const { run } = scene({ deals: 3, strike: always({ kind: 'poisonousIds', ids: dealIds(3) }) });
    const { answer } = await run();
    assert.equal(answer.counts.failed, 3);
    const problem = answer.problem(1);
    assert.ok(problem?.kind === 'hubSpotError' && problem.message !== '' && problem.category !== '');
  });

  test('is given up where too many ids spoil it, within a bound of calls', async () => {
    const ids = dealIds(2000).filter((_, nth) => nth >= 1000 && nth % 3 === 0);
    const { run, hubSpot } = scene({ deals: 2000, strike: always({ kind: 'poisonousIds', ids }) });
    const { answer, stopped } = await run();
    assert.equal(stopped, undefined);
    const { asked, found, failed, notRead } = answer.counts;
    assert.equal(asked, found + failed + notRead);
    assert.ok(found >= 1000 && notRead > 0);
    assert.ok(hubSpot.requests.length <= 70, `${hubSpot.requests.length} requests`);
  });

  test('for its size is split, and later ones are smaller', async () => {
    const { run, hubSpot } = scene({
      deals: 40_000,
      contacts: 1,
      strike: always({ kind: 'smallerBatches', limit: 300 }),
    });
    const { answer, stopped } = await run();
    assert.equal(stopped, undefined);
    assert.equal(answer.counts.found, 40_000);
    assert.ok(hubSpot.requests.length <= 16 * 7 + 24_000 / 250, `${hubSpot.requests.length} requests`);
  });

  test('for its size is known by its halves where the words do not tell', async () => {
    const refusal = { kind: 'status', status: 400, body: '{"status":"error","message":"No."}' } as const;
    const isTooLarge = isBatchOfMoreThan(600);
    const { run, hubSpot } = scene({
      deals: 20_000,
      contacts: 1,
      options: { maxInFlight: 2 },
      strike: (request) => (isTooLarge(request) ? [refusal] : []),
    });
    const { answer, stopped } = await run();
    assert.equal(stopped, undefined);
    assert.equal(answer.counts.found, 20_000);
    assert.ok(hubSpot.requests.length <= 46, `${hubSpot.requests.length} requests`);
  });

  test('that is refused in every part stops the run', async () => {
    const { run, hubSpot } = scene({
      deals: 50_000,
      strike: always({
        kind: 'status',
        status: 400,
        body: '{"status":"error","message":"These types do not go together"}',
      }),
    });
    const { answer, stopped } = await run();
    assert.equal(stopped?.kind, 'refused');
    assert.equal(answer.counts.notRead, 50_000);
    assert.ok(hubSpot.requests.length <= 24, `${hubSpot.requests.length} requests`);
  });
});

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
});
