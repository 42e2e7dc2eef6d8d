/** The names of owners, and whether they are all there are. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readOwners } from '../../../src/core/hubspot/owners.ts';
import { madePorts } from '../madePorts.ts';

/** @param next the cursor behind the page of this cursor */
async function ownersWith(next: (after: number) => number | undefined) {
  const asked: string[] = [];
  const fetch = async (url: string) => {
    const { searchParams } = new URL(url);
    const after = Number(searchParams.get('after') ?? 0);
    asked.push(`${searchParams.get('archived')} ${after}`);
    const following = next(after);
    const paging = following === undefined ? {} : { paging: { next: { after: String(following) } } };
    const results = [{ id: String(after + 1), firstName: 'Ada' }];
    return { status: 200, headers: { get: () => null }, text: async () => JSON.stringify({ results, ...paging }) };
  };
  const { names, failure } = await readOwners(madePorts({ fetch }));
  return { asked, names: names.size, failure: failure?.kind };
}

test('the names of all pages are read, of those who have left and of the others', async () => {
  const { asked, names, failure } = await ownersWith((after) => (after < 2 ? after + 1 : undefined));
  assert.deepEqual(asked, ['true 0', 'true 1', 'true 2', 'false 0', 'false 1', 'false 2']);
  assert.deepEqual([names, failure], [3, undefined]);
});

test('where a cursor does not move, or leads on and on, there may be more names than were read', async () => {
  const stuck = await ownersWith(() => 7);
  assert.deepEqual(stuck.asked, ['true 0', 'true 7', 'false 0', 'false 7']);
  assert.deepEqual([stuck.names, stuck.failure], [2, 'cursorStuck']);
  const endless = await ownersWith((after) => after + 1);
  assert.deepEqual([endless.asked.length, endless.names, endless.failure], [80, 40, 'cursorStuck']);
});
