import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Progress } from '../../../src/core/lookUp/run.ts';
import { scene } from './scene.ts';

/** What is said after each call. */
async function progressOf(parts: Parameters<typeof scene>[0]) {
  const said: Progress['calls'][] = [];
  const states: (readonly [truncated: number, reading: number])[] = [];
  const { start, time } = scene(parts);
  const run = start({
    onProgress: ({ calls }) => {
      said.push(calls);
      const { truncated, reading } = run.answer.counts;
      states.push([truncated, reading]);
    },
  });
  const { answer } = await time.run(run.done);
  return { said, states, answer };
}

suite('calls that are planned', () => {
  test('are known as long as no record goes on', async () => {
    const { said } = await progressOf({ deals: 50, options: { batchSize: 10 } });
    assert.ok(said.every(({ planned, isEstimate }) => planned === 5 && !isEstimate));
    assert.equal(said.at(-1)?.done, 5);
  });

  test('are an estimate while a record goes on: as many again as have come, as far as the cap lets it', async () => {
    const one = { deals: 1, contacts: 2000, pageSize: 10, options: { batchSize: 10 } };
    const { said } = await progressOf({ ...one, question: { recordCap: Number.POSITIVE_INFINITY } });
    const after = (done: number) => said.find((calls) => calls.done === done)!;
    assert.deepEqual(after(16), { done: 16, planned: 32, isEstimate: true });
    assert.deepEqual(after(150), { done: 150, planned: 300, isEstimate: true });
    assert.deepEqual(said.at(-1), { done: 200, planned: 200, isEstimate: false });

    const capped = await progressOf({ ...one, question: { recordCap: 500 } });
    assert.deepEqual(
      capped.said.find(({ done }) => done === 40),
      { done: 40, planned: 50, isEstimate: true },
    );
    assert.deepEqual(capped.said.at(-1), { done: 50, planned: 50, isEstimate: false });
  });

  test('expect of records that are not read what those had that are', async () => {
    const { said } = await progressOf({
      deals: 40,
      contacts: 9,
      pageSize: 3,
      options: { batchSize: 10, maxInFlight: 1 },
      question: { apiVersion: '2026-09' },
    });
    assert.deepEqual(said[0], { done: 1, planned: 8, isEstimate: true }, 'two pages of each');
    assert.deepEqual(said.at(-1), { done: 12, planned: 12, isEstimate: false });
    assert.ok(said.every(({ done, planned }) => planned >= done));
  });
});

test('a record of which pages are still to come is being read, not truncated', async () => {
  const { states, answer } = await progressOf({ deals: 6, contacts: 9, pageSize: 3, options: { batchSize: 3 } });
  assert.ok(states.some(([, reading]) => reading === 6));
  assert.ok(states.every(([truncated]) => truncated === 0));
  assert.deepEqual([answer.counts.reading, answer.counts.truncated, answer.complete], [0, 0, true]);
});

test('a run that is cancelled leaves no record that is being read', async () => {
  const cancel = new AbortController();
  const { start, time } = scene({ deals: 6, contacts: 9, pageSize: 3, options: { batchSize: 3 } });
  let reading = 0;
  const run = start({
    signal: cancel.signal,
    onProgress: () => {
      reading = Math.max(reading, run.answer.counts.reading);
      if (reading > 0) cancel.abort();
    },
  });
  const { answer } = await time.run(run.done);
  assert.ok(reading > 0 && answer.counts.truncated > 0);
  assert.equal(answer.counts.reading, 0);
  for (let record = 0; record < 6; record++) assert.notEqual(answer.truncation(record), 'reading');
});
