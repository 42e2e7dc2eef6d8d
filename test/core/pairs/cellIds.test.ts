import assert from 'node:assert/strict';
import { test } from 'node:test';
import { idsOfCell, mostNoPairs } from '../../../src/core/pairs/cellIds.ts';

test('a cell holds record ids by the rules of the reader', () => {
  const cells: Readonly<Record<string, readonly [ids: readonly string[], others: readonly string[]]>> = {
    '': [[], []],
    '  ': [[], []],
    '51234567': [['51234567'], []],
    ' 51234567\t': [['51234567'], []],
    '1': [['1'], []],
    '1234567890123456789': [['1234567890123456789'], []],
    '12345678901234567890': [[], ['tooLong']],
    '="51234567"': [['51234567'], []],
    '007': [[], ['leadingZero']],
    '0': [[], ['zero']],
    '1.2E+10': [[], ['rounded']],
    '1,2E+10': [[], ['rounded']],
    '51234567.0': [[], ['decimalZero']],
    '51234567;51234568': [['51234567', '51234568'], []],
    '51234567, 51234568': [['51234567', '51234568'], []],
    '51234567 51234568': [['51234567', '51234568'], []],
    '51234567;51234568;': [['51234567', '51234568'], []],
    '51234567;1.2E+10;51234569': [['51234567', '51234569'], ['rounded']],
    'n/a': [[], ['noNumber']],
    '5123\u00004567': [[], ['partOfWord']],
    '-': [[], ['noNumber']],
    '51234567;none': [['51234567'], ['noNumber']],
    'https://app.hubspot.com/contacts/123456/record/0-2/51234567': [['51234567'], []],
  };
  for (const [cell, [ids, others]] of Object.entries(cells)) {
    assert.deepEqual(idsOfCell(cell), { ids, others, otherCount: others.length }, cell);
  }
});

test('of values that make no pair only the first are told one by one, and the others counted', () => {
  const count = mostNoPairs * 3;
  for (const [value, reason] of [
    ['abc;', 'noNumber'],
    ['a1b2;', 'partOfWord'],
  ] as const) {
    const { ids, others, otherCount } = idsOfCell(value.repeat(count));
    assert.deepEqual([ids, otherCount], [[], count]);
    assert.deepEqual(others, Array(mostNoPairs).fill(reason));
  }
});
