import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { textHash } from '../../src/editor/textHash.ts';
import { Turns } from '../../src/editor/turns.ts';

const atOnce = (text: string) => createHash('sha256').update(text).digest('hex');

test('the checksum of a long text is that of all of it, wherever its characters are cut', async () => {
  const pair = '\ud83d\ude00';
  const texts = ['', 'a', pair.repeat(1_100_000), `x${pair.repeat(1_100_000)}`, `${'\ud83d'.repeat(1_000_001)}y`];
  for (const text of texts) {
    assert.equal(await textHash(text, new Turns()), atOnce(text));
    assert.equal(await textHash(text, new Turns(), '\ufeff'), atOnce(`\ufeff${text}`));
  }
});

test('others have their turn while it is made, and it ends where it is cancelled', async () => {
  const text = 'x'.repeat(5_000_000);
  let turns = 0;
  const counting = {
    isOver: true,
    next: async () => {
      turns++;
    },
  };
  assert.equal(await textHash(text, counting as unknown as Turns), atOnce(text));
  assert.equal(turns, 5);
  await assert.rejects(textHash(text, new Turns(AbortSignal.abort(new Error('cancelled')))), /cancelled/);
});
