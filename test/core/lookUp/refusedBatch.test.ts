import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { dealId, dealIds } from '../../hubspotStandIn/generatedAccount.ts';
import { inputsOf, type RecordedRequest } from '../../hubspotStandIn/recordedRequest.ts';
import { always, scene } from './scene.ts';

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

  for (const nth of [0, 49, 99]) {
    test(`is no reason to stop when one id in each of many spoils it, here the ${nth}th`, async () => {
      const ids = dealIds(2000).filter((_, at) => at % 100 === nth);
      const strike = always({ kind: 'poisonousIds', ids });
      const { run } = scene({ deals: 2000, contacts: 1, options: { batchSize: 100 }, strike });
      const { answer, stopped } = await run();
      assert.equal(stopped, undefined);
      assert.deepEqual([answer.counts.found, answer.counts.failed], [2000 - 20, 20]);
    });
  }

  test('of which every id is refused leaves each with HubSpot its own words', async () => {
    const { run } = scene({ deals: 3, strike: always({ kind: 'poisonousIds', ids: dealIds(3) }) });
    const { answer } = await run();
    assert.equal(answer.counts.failed, 3);
    const problem = answer.problem(1);
    assert.ok(problem?.kind === 'hubSpotError' && problem.message !== '' && problem.category !== '');
  });

  for (const spoilers of [1, 6, 50, 333]) {
    test(`with ${spoilers} spread spoilers in 1,000 is read but for those, in at most 12 calls each`, async () => {
      const ids = Array.from({ length: spoilers }, (_, nth) => dealId(Math.floor(((nth + 0.5) * 1000) / spoilers)));
      const { run, hubSpot } = scene({ deals: 1000, contacts: 1, strike: always({ kind: 'poisonousIds', ids }) });
      const { answer, stopped } = await run();
      assert.equal(stopped, undefined);
      assert.deepEqual([answer.counts.found, answer.counts.failed], [1000 - spoilers, spoilers]);
      for (const id of ids) assert.equal(answer.state(answer.recordOf(id)!), 'failed');
      assert.ok(hubSpot.requests.length <= 12 * spoilers, `${hubSpot.requests.length} requests`);
    });
  }

  for (const [names, most] of [
    ['context', 2],
    ['message', 51],
    ['mentioned', 3],
  ] as const) {
    test(`whose spoilers HubSpot names (${names}) needs no search`, async () => {
      const ids = Array.from({ length: 50 }, (_, nth) => dealId(nth * 20 + 7));
      const strike = always({ kind: 'poisonousIds', ids, names } as const);
      const { run, hubSpot } = scene({ deals: 1000, contacts: 1, strike });
      const { answer, stopped } = await run();
      assert.equal(stopped, undefined);
      assert.deepEqual([answer.counts.found, answer.counts.failed], [950, 50]);
      assert.ok(hubSpot.requests.length <= most, `${hubSpot.requests.length} requests`);
    });
  }

  test('is right about any spoilers, however HubSpot names them, within 12 calls for each', async () => {
    const spoilers = fc.uniqueArray(fc.nat(119), { maxLength: 60 });
    const names = fc.constantFrom(undefined, 'context', 'message', 'mentioned' as const);
    await fc.assert(
      fc.asyncProperty(spoilers, names, fc.integer({ min: 20, max: 120 }), async (places, named, batchSize) => {
        const ids = places.map(dealId);
        const fault = { kind: 'poisonousIds', ids, ...(named ? { names: named } : {}) } as const;
        const { run, hubSpot } = scene({ deals: 120, contacts: 1, options: { batchSize }, strike: always(fault) });
        const { answer, stopped } = await run();
        assert.equal(stopped, undefined);
        for (let nth = 0; nth < 120; nth++) {
          assert.equal(answer.state(nth), places.includes(nth) ? 'failed' : 'found', dealId(nth));
        }
        const batches = Math.ceil(120 / batchSize);
        assert.ok(hubSpot.requests.length <= batches + 12 * places.length, `${hubSpot.requests.length} requests`);
      }),
      { numRuns: 60 },
    );
  });

  test('that is refused once and then answered leaves nobody blamed', async () => {
    const refusal = { kind: 'status', status: 400, body: '{"status":"error","message":"Just now."}' } as const;
    for (const deals of [1, 2, 1000]) {
      const { run } = scene({ deals: deals + 1000, contacts: 1, strike: (_, nth) => (nth === 2 ? [refusal] : []) });
      const { answer, stopped } = await run();
      assert.equal(stopped, undefined);
      assert.equal(answer.counts.failed, deals === 1 ? 1 : 0);
      assert.equal(answer.counts.found, deals === 1 ? 1000 : deals + 1000);
    }
  });

  test('of 1,000 ids, all refused, is no reason to ask for each', async () => {
    const { run, hubSpot } = scene({ deals: 1000, strike: always({ kind: 'poisonousIds', ids: dealIds(1000) }) });
    const { answer, stopped } = await run();
    assert.equal(stopped?.kind, 'refused');
    assert.deepEqual([answer.counts.failed, answer.counts.notRead], [0, 1000]);
    assert.ok(hubSpot.requests.length <= 40, `${hubSpot.requests.length} requests`);
  });

  test('of which every id is refused, among others that are read, is not asked for id by id', async () => {
    const ids = dealIds(3000).slice(1000, 2000);
    const { run, hubSpot } = scene({ deals: 3000, contacts: 1, strike: always({ kind: 'poisonousIds', ids }) });
    const { answer, stopped } = await run();
    assert.equal(stopped, undefined);
    const { found, failed, notRead } = answer.counts;
    assert.deepEqual([found, failed + notRead], [2000, 1000]);
    assert.ok(failed > 0 && notRead > 0);
    assert.ok(hubSpot.requests.length <= 2 + 40, `${hubSpot.requests.length} requests`);
  });

  test('of 1,000 ids, all refused by name, is settled by that one answer', async () => {
    const strike = always({ kind: 'poisonousIds', ids: dealIds(1000), names: 'context' } as const);
    const { run, hubSpot } = scene({ deals: 1000, strike });
    const { answer } = await run();
    assert.deepEqual([answer.counts.failed, hubSpot.requests.length], [1000, 1]);
  });

  test('says of its spoilers that HubSpot refused every call with them', async () => {
    const { run } = scene({ deals: 30, strike: always({ kind: 'poisonousIds', ids: [dealId(4)] }) });
    const problem = (await run()).answer.problem(4);
    assert.ok(problem?.kind === 'hubSpotError');
    assert.equal(problem.httpStatus, 400);
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

  test('for its size is not asked again in parts that are known to be too large', async () => {
    const { run, hubSpot } = scene({
      deals: 1000,
      contacts: 1,
      strike: always({ kind: 'smallerBatches', limit: 10 }),
    });
    const { answer } = await run();
    assert.equal(answer.counts.found, 1000);
    // 1000, 500, 250, 125, 63, 32 and 16 are refused, each once; 128 parts of 7 or 8 are read.
    assert.ok(hubSpot.requests.length <= 7 + 128, `${hubSpot.requests.length} requests`);
  });

  test('for its size, though it is one id alone, stops the run', async () => {
    for (const answered of [0, 20]) {
      const { run, hubSpot } = scene({
        deals: 50_000,
        contacts: 1,
        strike: (_, nth) => (nth <= answered ? [] : [{ kind: 'status', status: 413 }]),
      });
      const { answer, stopped } = await run();
      assert.equal(stopped?.kind, 'refused');
      assert.equal(answer.counts.notRead, 50_000 - answered * 1000);
      // From 1,000 down to 1 there are eleven sizes, of each at most sixteen calls under way, and twice as many at the last.
      assert.ok(hubSpot.requests.length <= answered + 12 * 16, `${hubSpot.requests.length} requests`);
    }
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
