/** Everything that is counted in a sentence, with 0, 1 and 2. */
import assert from 'node:assert/strict';
import { countedWords, howMany } from '../../src/editor/howMany.ts';

describe('how many', () => {
  it('has one form for 1 and another for every other number', () => {
    for (const what of countedWords) {
      const [none, one, two, many] = [0, 1, 2, 2500].map((count) => howMany(count, what));
      const noun = (text: string) => text.replace(/\d[\d,.]*/, '').trim();
      assert.match(none!, /\b0 /);
      assert.match(one!, /\b1 /);
      assert.match(two!, /\b2 /);
      assert.match(many!, /\b2\D?500 /);
      assert.match(noun(two!), /s$/);
      assert.doesNotMatch(noun(one!), /s$/, what);
      assert.equal(noun(none!), noun(two!));
      assert.equal(noun(many!), noun(two!));
    }
  });

  it('reads as one says it', () => {
    assert.equal(howMany(1, 'leastCalls'), 'at least 1 call');
    assert.equal(howMany(2, 'leastCalls'), 'at least 2 calls');
    assert.equal(howMany(1, 'batches'), '1 batch');
    assert.equal(howMany(0, 'records'), '0 records');
  });
});
