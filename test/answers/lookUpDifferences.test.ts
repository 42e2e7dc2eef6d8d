/** What tells look-ups of the same title from each other. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { differencesOf } from '../../src/answers/lookUpDifferences.ts';
import type { ApiVersion } from '../../src/core/domain/associations.ts';
import { lookUp } from '../../src/core/lookUp/lookUp.ts';
import { createSamplePortal, samplePairs } from '../../src/core/sampleHubSpot/sampleHubSpot.ts';
import type { ListedLookUp, LookUpEntry } from '../../src/lookUps/lookUpEntry.ts';
import { madePorts } from '../core/madePorts.ts';
import { madeEntry } from '../tree/madeEntry.ts';

const { fetch } = createSamplePortal();
const pair = { ...samplePairs.dealsToCompanies, ids: samplePairs.dealsToCompanies.ids.slice(0, 2) };

let made = 0;
async function entry(
  uri: string,
  { version = 'v3' as ApiVersion, at = '10:00:00', name = undefined as string | undefined } = {},
): Promise<LookUpEntry> {
  const { answer } = await lookUp({ ...pair, apiVersion: version }, madePorts({ fetch })).done;
  const plain = madeEntry(answer);
  const startedAt = new Date(`2026-05-01T${at}Z`);
  return { ...plain, id: String(made++), document: uri, startedAt, name };
}

const titleOf = ({ name }: ListedLookUp) => name ?? 'Deals → Companies';
/** What is said beside each, as "version file time". */
const said = (...all: LookUpEntry[]) =>
  all.map((each) => {
    const { version, file, time } = differencesOf(each, all, titleOf);
    return [version, file, time === 'no' ? undefined : time].filter(Boolean).join(' ');
  });

test('alone, and beside one of another title, a look-up needs nothing more', async () => {
  assert.deepEqual(said(await entry('file:///a/deals.csv')), ['']);
  assert.deepEqual(said(await entry('file:///a/deals.csv'), await entry('file:///b/x.csv', { name: 'Fair' })), [
    '',
    '',
  ]);
});

test('only what differs is said: the version, or the file', async () => {
  const uri = 'file:///a/deals.csv';
  assert.deepEqual(said(await entry(uri), await entry(uri, { version: '2026-09' })), ['v3', '2026-09']);
  assert.deepEqual(said(await entry(uri), await entry('file:///a/old%20ones.csv')), ['deals.csv', 'old ones.csv']);
  assert.deepEqual(said(await entry(uri), await entry('')), ['deals.csv', ''], 'pasted ids have no file');
});

test('files of one name are told apart by their folders', async () => {
  const all = [await entry('file:///a/new/deals.csv'), await entry('file:///a/old/deals.csv')];
  assert.deepEqual(said(...all), ['new/deals.csv', 'old/deals.csv']);
});

test('the time is said where all else is the same, to the second within a minute', async () => {
  const uri = 'file:///a/deals.csv';
  assert.deepEqual(said(await entry(uri), await entry(uri, { at: '10:01:00' })), ['minutes', 'minutes']);
  assert.deepEqual(said(await entry(uri), await entry(uri, { at: '10:00:20' })), ['seconds', 'seconds']);
  const other = await entry(uri, { version: '2026-09', at: '10:05:00' });
  assert.deepEqual(said(await entry(uri), await entry(uri, { at: '10:01:00' }), other), [
    'v3 minutes',
    'v3 minutes',
    '2026-09',
  ]);
});
