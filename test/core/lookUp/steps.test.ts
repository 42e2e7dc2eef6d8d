/** Answers of any size are taken in and written down in steps, so that others can work in between. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PageRows } from '../../../src/core/answer/pageRows.ts';
import type { AssociationType } from '../../../src/core/domain/associations.ts';
import { associationsOfStep, elementsOfStep } from '../../../src/core/domain/steps.ts';
import { wholeLines } from '../../../src/core/ledger/wholeLines.ts';
import { entryLine } from '../../../src/core/ledger/writtenLines.ts';
import { lookUp } from '../../../src/core/lookUp/lookUp.ts';
import { LookUpState } from '../../../src/core/lookUp/lookUpState.ts';
import { restoreLookUp } from '../../../src/core/lookUp/restore.ts';
import { answerDigest } from '../answerDigest.ts';
import { ledgerInMemory } from '../ledger/ledgerInMemory.ts';
import { longestParsed } from '../longestParsed.ts';
import { madePorts } from '../madePorts.ts';

const nothingElse = { none: [], failed: [], unread: [], notices: [] };
const type = (label: string, typeId: number): AssociationType => ({ category: 'USER_DEFINED', typeId, label });

test('a page of very many associations is taken in in steps, and until it is here its record is being read', () => {
  const count = 4 * associationsOfStep + 1;
  const { answer, pages } = new LookUpState({ from: 'deals', to: 'contacts', ids: ['1', '2'], recordCap: count });
  const rows = new PageRows();
  for (let nth = 1; nth <= count; nth++) rows.push(nth, answer.typeSets.of([]));
  const page = { record: 0, start: 0, end: count };
  let known = 0;
  for (const _ of pages.absorbing({ rows, pages: [page], ...nothingElse })) {
    const { found, notRead, reading, associations } = answer.counts;
    assert.ok(associations - known <= associationsOfStep);
    known = associations;
    if (known === count) continue;
    assert.deepEqual([answer.state(0), answer.truncation(0), found, notRead, reading], ['found', 'reading', 1, 1, 1]);
  }
  assert.deepEqual([answer.state(0), answer.truncation(0), answer.counts.associations], ['found', undefined, count]);
});

test('a page in pieces is the same page: what stands there twice counts once, with all its types, up to the cap', () => {
  const distinct = 2 * associationsOfStep;
  const cap = distinct - 5;
  const { answer, pages } = new LookUpState({ from: 'deals', to: 'contacts', ids: ['1'], recordCap: cap });
  const sets = [answer.typeSets.of([type('a', 1)]), answer.typeSets.of([type('b', 2)])];
  const rows = new PageRows();
  for (const set of sets) for (let nth = 1; nth <= distinct; nth++) rows.push(nth, set);
  const page = { record: 0, start: 0, end: rows.length, after: 'next' };
  for (const _ of pages.absorbing({ rows, pages: [page], ...nothingElse }));
  assert.deepEqual([answer.counts.associations, answer.truncation(0)], [cap, 'cap']);
  for (const nth of [0, associationsOfStep, cap - 1]) {
    assert.deepEqual(
      answer.types(0, nth).map(({ label }) => label),
      ['a', 'b'],
    );
  }
});

test('a long page that the cap cuts off is listed when it comes again, and only with what it has then', () => {
  const count = associationsOfStep;
  const state = new LookUpState({ from: 'deals', to: 'contacts', ids: ['1'], recordCap: count + 5 });
  const { answer } = state;
  const come = (first: number, last: number, after?: string) => {
    const rows = new PageRows();
    for (let nth = first; nth <= last; nth++) rows.push(nth, answer.typeSets.of([]));
    const page = { record: 0, start: 0, end: rows.length, ...(after ? { after } : {}) };
    for (const _ of state.absorbing({ rows, pages: [page], ...nothingElse }));
  };
  come(1, count, 'second page');
  const problem = { kind: 'hubSpotError', category: 'ERROR', message: 'read once more from the first page' } as const;
  for (const _ of state.absorbing({
    rows: new PageRows(),
    pages: [],
    ...nothingElse,
    failed: [{ record: 0, problem }],
  }));
  come(1, count + 10, 'another second page');
  assert.equal(answer.truncation(0), 'cap');
  state.raiseCap(2 * count);
  come(count + 1, count + 5);
  assert.equal(answer.associationCount(0), count + 5);
  assert.deepEqual(answer.problem(0), { kind: 'notRead', failure: { kind: 'contradiction', how: 'listedFewer' } });
  assert.equal(answer.truncation(0), 'page');
});

test('an answer is complete only when all is said that it says beside its records', () => {
  const { answer, pages } = new LookUpState({ from: 'deals', to: 'contacts', ids: ['1'] });
  const notices = Array.from({ length: 3 * elementsOfStep }, (_, nth) => {
    const problem = { kind: 'hubSpotError', category: 'ERROR', message: `m${Math.floor(nth / 100)}` } as const;
    return { kind: 'errorWithoutRecord', problem } as const;
  });
  let steps = 0;
  for (const _ of pages.absorbing({ rows: new PageRows(), pages: [], ...nothingElse, none: [0], notices })) {
    steps++;
    assert.ok(!answer.complete || answer.notices.length === notices.length / 100);
  }
  assert.ok(steps > 1 && answer.complete);
});

test('what HubSpot says of failed records is written down and taken in in steps, however long it is', () => {
  const ids = Array.from({ length: 400 }, (_, nth) => String(nth + 1));
  const { answer, pages } = new LookUpState({ from: 'deals', to: 'contacts', ids });
  const problem = (nth: number) =>
    ({ kind: 'hubSpotError', category: 'ERROR', message: `${nth}${'x'.repeat(10_000)}` }) as const;
  const failed = ids.map((_, nth) => ({ record: nth, problem: problem(nth) }));
  const intake = { rows: new PageRows(), pages: [], ...nothingElse, failed };
  const { stringify } = JSON;
  let ofStep = 0;
  let longest = 0;
  JSON.stringify = (value: unknown) => {
    const text = stringify(value);
    ofStep += text.length;
    longest = Math.max(longest, ofStep);
    return text;
  };
  try {
    const line = entryLine(5, intake, answer, () => undefined, answer.effort);
    for (let step = line.next(); !step.done; step = line.next()) ofStep = 0;
    for (const _ of pages.absorbing(intake)) ofStep = 0;
  } finally {
    JSON.stringify = stringify;
  }
  assert.equal(answer.counts.failed, ids.length);
  assert.ok(longest > 0 && longest < 500_000, `${longest} at a step`);
});

test('a ledger written anew has lines of a bounded length, also where HubSpot said much of each record', () => {
  const ids = Array.from({ length: 2000 }, (_, nth) => String(nth + 1));
  const { answer, pages } = new LookUpState({ from: 'deals', to: 'contacts', ids });
  const problem = { kind: 'hubSpotError', category: 'ERROR', message: 'x'.repeat(10_000) } as const;
  for (const record of ids.keys()) answer.settle(record, 'failed', undefined, problem);
  const lengths = Array.from(wholeLines(answer, pages.standStill(), true), ({ length }) => length);
  assert.ok(Math.max(...lengths) < 200_000, String(Math.max(...lengths)));
});

test('sets of many types are written down in steps', () => {
  const { answer } = new LookUpState({ from: 'deals', to: 'contacts', ids: ['1'] });
  const rows = new PageRows();
  const size = 100;
  for (let nth = 0; nth < elementsOfStep; nth++) {
    rows.push(nth + 1, answer.typeSets.of(Array.from({ length: size }, (_, at) => type('a', nth * size + at))));
  }
  const page = { record: 0, start: 0, end: rows.length };
  const line = entryLine(5, { rows, pages: [page], ...nothingElse }, answer, () => undefined, answer.effort);
  let steps = 0;
  for (let step = line.next(); !step.done; step = line.next()) steps++;
  assert.ok(steps > 20, `${steps} steps`);
});

test('ids by the ten thousands that nobody asked for are written down in lines of a bounded length, and counted once', async () => {
  const strangers = Array.from({ length: 25_000 }, (_, nth) => String(70_000_000 + nth));
  const results = ['1', ...strangers, ...strangers.slice(0, 100)].map((id) => ({ from: { id }, to: [{ id: '5' }] }));
  const body = JSON.stringify({ status: 'COMPLETE', results });
  const ledger = ledgerInMemory();
  const question = { from: 'deals', to: 'contacts', ids: ['1'] };
  const { answer } = await lookUp(question, madePorts({ fetch: async () => new Response(body) }), { ledger }).done;
  assert.deepEqual([answer.counts.unasked, answer.counts.found, answer.complete], [25_000, 1, true]);
  const longest = Math.max(...ledger.lines.map(({ length }) => length));
  assert.ok(longest < 600_000, `a line of ${longest}`);
  const restored = await restoreLookUp(ledger.lines);
  assert.ok(restored.kind === 'restored' && restored.ended);
  assert.deepEqual(answerDigest(restored.state.answer), answerDigest(answer));
});

test('a refusal of many megabytes is one of its status, and is not read as a whole', async () => {
  const body = JSON.stringify({
    message: 'x',
    errors: Array.from({ length: 100_000 }, () => ({ message: 'y'.repeat(50) })),
  });
  const longest = await longestParsed(async () => {
    const fetch = async () => new Response(body, { status: 404 });
    const question = { from: 'deals', to: 'contacts', ids: ['1'] };
    const { answer, stopped } = await lookUp(question, madePorts({ fetch })).done;
    assert.equal(stopped?.kind, 'refused');
    assert.equal(answer.counts.notRead, 1);
  });
  assert.ok(longest < body.length / 2, `${longest} of ${body.length}`);
});
