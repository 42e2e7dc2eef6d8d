/** What is ticked in a list stays in the order in which it was ticked. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { TickedInOrder } from '../../src/columns/tickedInOrder.ts';

/** VS Code tells what is ticked in the order of the list. */
const list = ['amount', 'dealname', 'dealstage', 'pipeline', 'owner'];

test('what is ticked later stands later, and what is unticked and ticked again stands last', () => {
  const ticked = new TickedInOrder(['dealstage']);
  ticked.change(['amount', 'dealstage']);
  assert.deepEqual(ticked.items, ['dealstage', 'amount']);
  ticked.change(['amount']);
  ticked.change(['amount', 'dealstage']);
  assert.deepEqual(ticked.items, ['amount', 'dealstage']);
});

test('is the same as pressing one box after the other, whatever is pressed', () => {
  fc.assert(
    fc.property(fc.subarray(list), fc.array(fc.constantFrom(...list)), (first, presses) => {
      const ticked = new TickedInOrder(first);
      let expected = [...first];
      for (const press of presses) {
        expected = expected.includes(press) ? expected.filter((each) => each !== press) : [...expected, press];
        ticked.change(list.filter((each) => expected.includes(each)));
      }
      assert.deepEqual(ticked.items, expected);
    }),
  );
});
