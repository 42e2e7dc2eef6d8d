import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OpenRecord } from '../../../src/core/lookUp/openRecord.ts';
import { growsTooFast } from '../../growth.ts';

/** Where the engine puts a small whole number in a Set or a Map. */
function place(id: number): number {
  let hash = id;
  hash = (~hash + (hash << 15)) | 0;
  hash ^= hash >>> 12;
  hash = (hash + (hash << 2)) | 0;
  hash ^= hash >>> 4;
  hash = Math.imul(hash, 2057);
  return (hash ^ (hash >>> 16)) & 0x3fffffff;
}

/** Valid ids, chosen by somebody who knows that. */
function chosenIds(count: number): Float64Array {
  const ids = new Float64Array(count);
  for (let id = 1, found = 0; found < count; id++) if ((place(id) & 0x1fff) === 0) ids[found++] = id;
  return ids;
}

test('a record that is read once more takes ids that were chosen to meet as it takes any', async () => {
  const chosen = chosenIds(20_000);
  const take = (codes: Float64Array) => {
    const record = new OpenRecord({ after: undefined, way: 'afresh', isStopped: false });
    const page = { codes, sets: new Uint32Array(codes.length), start: 0, end: codes.length };
    const nothingNew = { added: 0, widened: 0, dropped: 0 };
    assert.equal(record.take(page.end, nothingNew, record.list(page)), 'associations');
    assert.equal(record.take(page.end, nothingNew, record.list(page)), 'nothing');
    assert.equal(record.objectionToEnd('associations', codes.length), undefined);
    assert.equal(record.objectionToEnd('associations', codes.length + 1), 'listedFewer');
  };
  assert.equal(await growsTooFast((size) => chosen.slice(0, size), take, 20_000), undefined);
});
