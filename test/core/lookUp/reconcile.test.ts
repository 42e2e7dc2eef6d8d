/** One answer may name the same record any number of times: that costs what its length does. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { AnswerColumns } from '../../../src/core/answer/answerColumns.ts';
import { associationsApi } from '../../../src/core/hubspot/associationsApi.ts';
import { reconcile } from '../../../src/core/lookUp/reconcile.ts';
import { growsTooFast } from '../../growth.ts';

const apiVersion = '2026-03';

function reconciled(body: object) {
  const answer = new AnswerColumns({ from: 'contacts', to: 'companies', ids: ['1', '2'], apiVersion });
  const read = associationsApi(apiVersion).readBatch(JSON.stringify({ status: 'COMPLETE', ...body }), answer);
  assert.ok('value' in read);
  return reconcile(read.value, Uint32Array.of(0, 1), answer);
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
