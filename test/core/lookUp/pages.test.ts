import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Fault } from '../../hubspotStandIn/fault.ts';
import type { RecordedRequest } from '../../hubspotStandIn/recordedRequest.ts';
import { answerDigest } from '../answerDigest.ts';
import { scene } from './scene.ts';

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
