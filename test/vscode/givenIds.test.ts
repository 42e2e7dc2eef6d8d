import assert from 'node:assert/strict';
import { readWhole } from '../../src/core/reading/readRecordIds.ts';
import { givenIdsUnseen } from '../../src/ids/givenIds.ts';

describe('ids of several types', () => {
  const groupsOf = async (types: number) => {
    const text = Array.from({ length: types }, (_, nth) => `/crm/v3/objects/2-${nth + 1}/${17_983_563_713 + nth}\n`);
    const reading = readWhole(text.join(''));
    const given = await givenIdsUnseen({ reading, uri: undefined }, new AbortController().signal);
    assert.equal(given.ids.length, types);
    return given.groups.length;
  };

  it('are told apart, but not of more types than any account has: each would be offered, and be a lookup', async () => {
    assert.deepEqual(
      [await groupsOf(2), await groupsOf(100), await groupsOf(101), await groupsOf(5000)],
      [2, 100, 0, 0],
    );
  });
});
