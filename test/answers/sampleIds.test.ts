/** When the sample account says that IDs are not its own. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { areForeignToSample } from '../../src/answers/sampleIds.ts';
import { lookUp } from '../../src/core/lookUp/lookUp.ts';
import { archivedDealId, mergedDeal, sampleIds } from '../../src/core/sampleHubSpot/sampleAccount.ts';
import { createSamplePortal } from '../../src/core/sampleHubSpot/sampleHubSpot.ts';
import { madePorts } from '../core/madePorts.ts';
import { account, madeEntry } from '../tree/madeEntry.ts';

const sample = { ...account, id: 'sample', kind: 'sample' } as const;
const { fetch } = createSamplePortal();

async function asked(ids: readonly string[], of: typeof account = sample): Promise<boolean> {
  const { answer } = await lookUp({ from: 'deals', to: 'companies', ids }, madePorts({ fetch })).done;
  return areForeignToSample(madeEntry(answer, { account: of }));
}

test("somebody's own IDs are not the sample account's", async () => {
  assert.equal(await asked(['77001', '77002', '77003']), true);
  assert.equal(await asked(['77001']), true);
});

test('one ID of the sample account is enough, also of another object type, archived or merged away', async () => {
  const [contact] = sampleIds.contact;
  for (const id of [sampleIds.deal[0]!, contact!, archivedDealId, mergedDeal.id]) {
    assert.equal(await asked(['77001', id]), false, id);
  }
});

test('another account is asked about its own', async () => {
  assert.equal(await asked(['77001'], account), false);
});
