/** The same pairs for another question. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { finished } from '../../../src/core/domain/steps.ts';
import { FilePairs } from '../../../src/core/expectation/filePairs.ts';
import { IdMapping } from '../../../src/core/expectation/idMapping.ts';
import { MappedPairs } from '../../../src/core/expectation/mappedPairs.ts';
import { labelTexts, RelabelledPairs, turningPairs } from '../../../src/core/expectation/otherQuestion.ts';
import { PairColumns } from '../../../src/core/expectation/pairColumns.ts';

function filePairs(isWhole = true) {
  const pairs = new PairColumns();
  pairs.addRow('1', ['71', '72'], pairs.labelSets.of(['Champion']), 1);
  pairs.addRow('2', ['71'], 0, 2);
  pairs.addRow('2', ['71'], 0, 5);
  return new FilePairs(pairs, {
    from: 'deals',
    to: 'contacts',
    apiVersion: '2026-09',
    isWhole,
    definitions: { labels: undefined },
  });
}

test('turned around each pair keeps its lines and its labels', () => {
  const turned = finished(turningPairs(filePairs(), true))!;
  const all = Array.from({ length: turned.length }, (_, pair) => [
    turned.fromId(pair),
    turned.toId(pair),
    turned.lines(pair),
    turned.labelSets.members(turned.labelSet(pair)).map((text) => turned.labelSets.texts[text]),
  ]);
  assert.deepEqual(all, [
    ['71', '1', [1], ['Champion']],
    ['72', '1', [1], ['Champion']],
    ['71', '2', [2, 5], []],
  ]);
  assert.ok(turned.isWhole(0));
});

test('turned around nothing is whole unless all of it was', () => {
  for (const turned of [finished(turningPairs(filePairs(false), true))!, finished(turningPairs(filePairs(), false))!]) {
    assert.deepEqual([turned.isWhole(0), turned.isWhole(1)], [false, false]);
  }
});

test('pairs of which the mapping does not tell an id are not turned around', () => {
  const mapping = new IdMapping();
  mapping.add('71', '81');
  assert.equal(
    finished(turningPairs(finished(MappedPairs.translating(filePairs(), { to: mapping })), true)),
    undefined,
  );
});

test('labels are read anew for another version, each once', () => {
  const source = filePairs();
  assert.deepEqual(labelTexts(source), ['Champion']);
  const read: string[] = [];
  const other = new RelabelledPairs(source, (text) => {
    read.push(text);
    return { kind: 'names', text, names: ['champion'] };
  });
  assert.deepEqual(other.labels(0), [{ kind: 'names', text: 'Champion', names: ['champion'] }]);
  assert.equal(other.labels(1), other.labels(0), 'the same array for the same labels');
  assert.deepEqual(read, ['Champion']);
  assert.equal(other.asked, source.asked);
  assert.deepEqual([other.length, other.fromId(2), other.toId(2), other.lines(2)], [3, '2', '71', [2, 5]]);
});
