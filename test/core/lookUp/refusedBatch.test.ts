import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
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
