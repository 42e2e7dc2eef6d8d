/** One answer may name the same record any number of times: that costs what its length does. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { AnswerColumns } from '../../../src/core/answer/answerColumns.ts';
import { elementsOfStep, finished } from '../../../src/core/domain/steps.ts';
import { associationsApi } from '../../../src/core/hubspot/associationsApi.ts';
import { lookUp } from '../../../src/core/lookUp/lookUp.ts';
import { reconcile } from '../../../src/core/lookUp/reconcile.ts';
import { growsTooFast } from '../../growth.ts';
import { madePorts } from '../madePorts.ts';

const apiVersion = '2026-03';

function reconciled(body: object) {
  const answer = new AnswerColumns({ from: 'contacts', to: 'companies', ids: ['1', '2'], apiVersion });
  const text = JSON.stringify({ status: 'COMPLETE', ...body });
  const read = finished(associationsApi(apiVersion).readBatch(text, answer));
  assert.ok('value' in read);
  return finished(reconcile(read.value, Uint32Array.of(0, 1), answer));
}

const times = <T>(count: number, make: (nth: number) => T) => Array.from({ length: count }, (_, nth) => make(nth));
const result = (toObjectId: number, after?: string) => ({
  from: { id: '1' },
  to: [{ toObjectId, associationTypes: [] }],
  ...(after === undefined ? {} : { paging: { next: { after } } }),
});
const error = (message: string) => ({ category: 'ODD', message, context: { ids: ['1'] } });

suite('an answer in which a record stands many times', () => {
  test('brings each of its rows once, and copies each once', () => {
    const { rows, pages } = reconciled({ results: times(1000, (nth) => result(nth + 1)) });
    assert.equal(rows.length, 2000, 'those of the answer and one copy');
    assert.deepEqual(
      pages.map(({ start, end }) => Array.from(rows.codes.slice(start, end))),
      [times(1000, (nth) => nth + 1)],
    );
  });

  test('has two cursors when any two differ, and goes on at the last', () => {
    const cursors = [undefined, 'a', undefined, 'a', 'b', undefined];
    const { pages, notices } = reconciled({ results: cursors.map((after, nth) => result(nth + 1, after)) });
    assert.equal(pages[0]?.after, 'b');
    assert.ok(notices.some(({ kind }) => kind === 'twoCursors'));
    const same = reconciled({ results: ['a', undefined, 'a'].map((after, nth) => result(nth + 1, after)) });
    assert.deepEqual([same.pages[0]?.after, same.notices], ['a', []]);
  });

  test('says each message once, in time that its length explains', async () => {
    const { failed } = reconciled({ results: [], errors: ['one', 'two', 'one', 'three', 'two'].map(error) });
    assert.deepEqual(
      failed.map(({ record, problem }) => [record, problem.message]),
      [[0, 'one\ntwo\nthree']],
    );
    const make = (size: number) => ({ results: [], errors: times(size, (nth) => error(`m${nth}`)) });
    assert.equal(await growsTooFast(make, reconciled, 8000), undefined);
  });
});

test('an id that nobody asked for is named once, however often the answer speaks of it', () => {
  const other = { from: { id: '77' }, to: [] };
  const { notices } = reconciled({ results: [other, other, { ...other, to: [{}] }], errors: [] });
  assert.deepEqual(notices, [{ kind: 'unaskedIds', ids: ['77'], count: 1 }]);
});

suite('an answer of any size', () => {
  const size = 5 * elementsOfStep;
  const odd = (nth: number) => ({ from: { id: String(nth % 2) }, to: [{}] });
  const unasked = (nth: number) => ({ from: { id: String(nth + 5) }, to: [] });
  const id = (nth: number) => String(12345 + nth);
  const naming = (ids: readonly string[]) => ({ ...error(''), context: { ids } });
  const row = (nth: number) => ({ toObjectId: `0${nth}`, associationTypes: [] });
  const bodies: readonly [string, object][] = [
    ['results', { results: times(size, unasked) }],
    ['results of one record', { results: times(size, (nth) => result(nth + 1)) }],
    ['unreadable results', { results: times(size, odd) }],
    ['unreadable results of others', { results: times(size, (nth) => ({ ...unasked(nth), to: [{}] })) }],
    ['rows', { results: [{ from: { id: '1' }, to: times(size, row) }] }],
    ['rows beside an odd one', { results: [{ from: { id: '1' }, to: times(size, row) }, odd(2)] }],
    ['errors', { results: [], errors: times(size, (nth) => error(`m${nth}`)) }],
    ['ids of one error', { results: [], errors: [naming(times(size, id))] }],
    ['ids of some errors', { results: [], errors: times(20, () => naming(times(500, id))) }],
    ['ids in messages', { results: [], errors: times(20, () => ({ message: times(500, id).join() })) }],
    ['odd errors', { results: [], errors: times(size, () => ({ ...error(''), category: 7 })) }],
  ];
  for (const [what, body] of bodies) {
    test(`is read and held against the question a thousand ${what} at a time`, () => {
      const answer = new AnswerColumns({ from: 'contacts', to: 'companies', ids: ['1', '2'], apiVersion });
      let ofStep = 0;
      let longest = 0;
      const count = <Method extends 'code' | 'findCode'>(
        codes: { [name in Method]: (id: never) => unknown },
        method: Method,
      ) => {
        const work = codes[method].bind(codes);
        codes[method] = ((id: never) => {
          longest = Math.max(longest, ++ofStep);
          return work(id);
        }) as never;
      };
      count(answer.ids, 'code');
      count(answer.asked, 'findCode');
      const read = associationsApi(apiVersion).readBatch(JSON.stringify({ status: 'COMPLETE', ...body }), answer);
      const inTurn = <Result>(steps: Generator<void, Result, void>) => {
        for (let step = steps.next(); ; step = steps.next()) {
          ofStep = 0;
          if (step.done) return step.value;
        }
      };
      const delivery = inTurn(read);
      assert.ok('value' in delivery);
      inTurn(reconcile(delivery.value, Uint32Array.of(0, 1), answer));
      assert.ok(longest > 0 && longest <= 2 * elementsOfStep, String(longest));
    });
  }

  test('is read a thousand types at a time, where its rows have many', () => {
    const answer = new AnswerColumns({ from: 'contacts', to: 'companies', ids: ['1'], apiVersion });
    const type = (typeId: number) => ({ category: 'USER_DEFINED', typeId, label: null });
    const many = (nth: number) => times(100, (at) => type(nth * 100 + at));
    const to = times(elementsOfStep / 2, (nth) => ({ toObjectId: String(nth + 1), associationTypes: many(nth) }));
    const { of } = answer.typeSets;
    let ofStep = 0;
    let longest = 0;
    answer.typeSets.of = (types) => {
      ofStep += types.length;
      longest = Math.max(longest, ofStep);
      return of.call(answer.typeSets, types);
    };
    const text = JSON.stringify({ status: 'COMPLETE', results: [{ from: { id: '1' }, to }] });
    for (const _ of associationsApi(apiVersion).readBatch(text, answer)) ofStep = 0;
    assert.ok(longest > 0 && longest <= 2 * elementsOfStep, String(longest));
  });

  test('keeps the first thousand messages for one record, and says that there were more', () => {
    const { failed } = reconciled({ results: [], errors: times(3000, (nth) => error(`m${nth}`)) });
    const lines = failed[0]!.problem.message.split('\n');
    assert.deepEqual([lines.length, lines[0], lines.at(-2), lines.at(-1)], [1001, 'm0', 'm999', '…']);
  });

  test('keeps of longer messages for one record only as many as are read', () => {
    const said = times(1000, (nth) => error(`${nth} ${'x'.repeat(500)}`));
    const { message } = reconciled({ results: [], errors: said }).failed[0]!.problem;
    assert.ok(message.length > 15_000 && message.length < 20_100, String(message.length));
    assert.ok(message.startsWith('0 xxx') && message.endsWith('\n…'));
  });

  test('puts the results together that stand there several times, a few records at a time', () => {
    const ids = times(2 * elementsOfStep, (nth) => String(nth + 1));
    const answer = new AnswerColumns({ from: 'contacts', to: 'companies', ids, apiVersion });
    const body = {
      status: 'COMPLETE',
      results: [...ids, ...ids].map((from) => ({ ...result(1), from: { id: from } })),
    };
    const delivery = finished(associationsApi(apiVersion).readBatch(JSON.stringify(body), answer));
    assert.ok('value' in delivery);
    const { rows } = delivery.value;
    let longest = 0;
    let before = rows.length;
    for (const _ of reconcile(
      delivery.value,
      Uint32Array.from(ids, (_, nth) => nth),
      answer,
    )) {
      longest = Math.max(longest, rows.length - before);
      before = rows.length;
    }
    assert.ok(longest > 0 && longest <= elementsOfStep, String(longest));
  });

  test('says of the first thousands of records what is wrong with them, and of the others that something is', () => {
    const { notices, unread } = reconciled({
      results: times(4000, (nth) => ({ ...unasked(nth), to: [{}] })).concat(odd(1)),
    });
    const named = notices.flatMap((notice) => (notice.kind === 'unaskedIds' ? notice.ids : []));
    assert.equal(new Set(named).size, 4000);
    assert.equal(named.length, 4000);
    assert.deepEqual(
      unread.map(({ record, failure }) => [record, failure.kind]),
      [
        [0, 'unreadableAnswer'],
        [1, 'notAnswered'],
      ],
    );
  });
});

test('cancelled while an answer is read, a look-up takes none of it, and no record is lost', async () => {
  const results = [result(5), ...times(50_000, () => ({ from: { id: '2' }, to: [{}] }))];
  const text = JSON.stringify({ status: 'COMPLETE', results });
  const cancel = new AbortController();
  let isAnswered = false;
  let now = 0;
  let turns = 0;
  const slow = {
    now: () => (now += 25),
    sleep: async () => {
      if (isAnswered && ++turns === 5) cancel.abort();
    },
  };
  const fetch = async () => {
    isAnswered = true;
    return { status: 200, headers: { get: () => null }, text: async () => text };
  };
  const question = { from: 'contacts', to: 'companies', ids: ['1', '2', '3'], apiVersion } as const;
  const { done } = lookUp(question, madePorts({ fetch, clock: slow }), { signal: cancel.signal });
  const { answer, stopped } = await done;
  assert.equal(stopped?.kind, 'cancelled');
  const { asked, found, none, failed, notRead } = answer.counts;
  assert.deepEqual({ asked, found, none, failed, notRead }, { asked: 3, found: 0, none: 0, failed: 0, notRead: 3 });
  assert.ok(turns < 10, `${turns} turns`);
});
