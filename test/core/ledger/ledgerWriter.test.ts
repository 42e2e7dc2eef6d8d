/** The question of many ids is written a piece at a time, and nothing comes between the pieces. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AnswerColumns } from '../../../src/core/answer/answerColumns.ts';
import { GrowingIds } from '../../../src/core/answer/growingIds.ts';
import { PageRows } from '../../../src/core/answer/pageRows.ts';
import { finished } from '../../../src/core/domain/steps.ts';
import { LedgerWriter } from '../../../src/core/ledger/ledger.ts';
import { lookUp } from '../../../src/core/lookUp/lookUp.ts';
import { restoreLookUp } from '../../../src/core/lookUp/restore.ts';
import { FakeTime } from '../fakeTime.ts';
import { largeIds } from '../madeAnswer.ts';
import { madePorts } from '../madePorts.ts';
import { ledgerInMemory } from './ledgerInMemory.ts';

const types = { from: 'deals', to: 'companies' };
const many = largeIds(250_001);
/** The head, and twice 51 lines of 5,000 ids. */
const linesOfMany = 2 + 2 * 51;

test('others have their turn between two pieces, and ids that come meanwhile are written behind them', async () => {
  const asked = new GrowingIds(many, false);
  const answer = new AnswerColumns({ ...types, ids: asked });
  const ledger = ledgerInMemory();
  const writer = new LedgerWriter(ledger);
  const before: number[] = [];
  const begun = writer.begin(answer, { length: 0, isWhole: false }, async () => {
    before.push(ledger.lines.length);
    asked.add([String(before.length)]);
    await new Promise((resolve) => setImmediate(resolve));
  });
  assert.equal(writer.isBeginning, true);
  await begun;
  assert.equal(writer.isBeginning, false);
  assert.deepEqual(before, [32, 64, 96]);
  assert.equal(ledger.lines.length, linesOfMany);
  assert.match(ledger.lines.at(-1)!, new RegExp(`\\[${many.at(-1)}\\]`), 'each id is written once');
  await writer.list(answer);
  const restored = await restoreLookUp(ledger.lines);
  assert.ok(restored.kind === 'restored' && restored.lost === 0);
  assert.equal(restored.state.answer.asked.length, many.length + 3);
});

test('few ids are written at once, and without a ledger nobody waits', () => {
  const turn = () => assert.fail('nobody has to wait');
  const few = new AnswerColumns({ ...types, ids: largeIds(1000) });
  const kept = { length: 1000, isWhole: true };
  void new LedgerWriter(ledgerInMemory()).begin(few, kept, turn);
  void new LedgerWriter(undefined).begin(new AnswerColumns({ ...types, ids: many }), kept, turn);
});

test('an answer that comes before all ids are written stands behind them', async () => {
  const time = new FakeTime();
  const ledger = ledgerInMemory();
  const cancel = new AbortController();
  const fetch = async (_: unknown, init?: RequestInit) => {
    const { inputs } = JSON.parse(String(init?.body)) as { readonly inputs: readonly { readonly id: string }[] };
    const to = [{ toObjectId: '7', associationTypes: [] }];
    return Response.json({ results: inputs.map(({ id }) => ({ from: { id }, to })) });
  };
  const { done } = lookUp({ ...types, apiVersion: '2026-09', ids: many }, madePorts({ fetch, clock: time }), {
    ledger,
    signal: cancel.signal,
    onProgress: ({ calls }) => {
      if (calls.done >= 3) cancel.abort();
    },
  });
  const { answer, ledgerProblem } = await time.run(done);
  assert.equal(ledgerProblem, undefined);
  const first = ledger.lines.findIndex((line) => line.includes('"pages"'));
  assert.equal(first, linesOfMany);
  const restored = await restoreLookUp(ledger.lines);
  assert.ok(restored.kind === 'restored' && restored.lost === 0);
  assert.deepEqual(restored.state.answer.counts, answer.counts);
  assert.ok(answer.counts.found >= 300, JSON.stringify(answer.counts));
});

test('an answer whose line cannot be made is a ledger that failed, and no line follows it', async () => {
  const answer = new AnswerColumns({ ...types, ids: ['1'] });
  const ledger = ledgerInMemory();
  const writer = new LedgerWriter(ledger);
  await writer.begin(answer, { length: 1, isWhole: true });
  const before = ledger.lines.length;
  const intake = { rows: new PageRows(), pages: [], none: [0], failed: [], unread: [], notices: [] };
  const noRoom = () => {
    throw new RangeError('Array buffer allocation failed');
  };
  await finished(writer.taking(intake, answer, noRoom, answer.effort)).kept;
  assert.equal(writer.problem, 'Array buffer allocation failed');
  await finished(writer.taking(intake, answer, () => undefined, answer.effort)).kept;
  await writer.end(answer);
  assert.equal(ledger.lines.length, before);
});
