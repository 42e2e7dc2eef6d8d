/** Records by id, against the stand-in and its faults. */
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { RateLimiter } from '../../../src/core/hubspot/limiter.ts';
import { systemClock } from '../../../src/core/hubspot/machineClock.ts';
import type { HubSpotPorts } from '../../../src/core/hubspot/ports.ts';
import { type RecordsQuestion, readRecords } from '../../../src/core/hubspot/records.ts';
import { archivedDealId } from '../../../src/core/sampleHubSpot/sampleAccount.ts';
import { missingSampleId, samplePairs } from '../../../src/core/sampleHubSpot/sampleHubSpot.ts';
import type { StandIn } from '../../hubspotStandIn/standIn.ts';
import { startHubSpotStandIn } from '../../hubspotStandIn.ts';

let standIn: StandIn;
before(async () => {
  standIn = await startHubSpotStandIn();
});
after(() => standIn.close());
afterEach(() => standIn.faults.clear());

const hurried = {
  ...systemClock,
  sleep: (ms: number, signal?: AbortSignal) => systemClock.sleep(Math.min(ms / 100, 250), signal),
};
const ports = (): HubSpotPorts => ({
  fetch: (url, init) => fetch(url, init),
  origin: standIn.origin,
  token: async () => standIn.token,
  clock: hurried,
  random: () => 0.5,
  limiter: new RateLimiter(hurried),
});

const ids = samplePairs.dealsToCompanies.ids.slice(0, 20);
const read = (question: Partial<RecordsQuestion> = {}) =>
  readRecords({ objectType: 'deals', ids, properties: ['dealname'], ...question }, ports());

test('names come with the ids that exist, and the others are missing', async () => {
  const asked = [...ids, archivedDealId, missingSampleId];
  const answer = await read({ ids: asked });
  assert.ok(answer.ok);
  assert.deepEqual([...answer.value.found.keys()].sort(), [...ids].sort());
  assert.deepEqual([...answer.value.missing].sort(), [archivedDealId, missingSampleId].sort());
  for (const id of ids) {
    assert.equal(answer.value.found.get(id)?.dealname, standIn.portal.account.properties('0-3', id)?.dealname);
  }
});

test('a property without a value is left out', async () => {
  const answer = await read({ properties: ['dealname', 'no_such_property'] });
  assert.ok(answer.ok);
  assert.equal('no_such_property' in answer.value.found.get(ids[0]!)!, false);
});

test('an error is tried again, and one that stays is told', async () => {
  standIn.faults.set({ kind: 'serverError', status: 502, times: 2 });
  assert.equal((await read()).ok, true);
  standIn.faults.set({ kind: 'missingScopes', scopes: ['crm.objects.deals.read'], key: 'requiredGranularScopes' });
  const answer = await read();
  assert.equal(!answer.ok && answer.failure.kind, 'missingScopes');
});

test('a record of another shape is not read, and costs the others nothing', async () => {
  standIn.faults.set({ kind: 'wrongShape', path: ['results', 3, 'properties'], value: 'none' });
  const answer = await read();
  assert.ok(answer.ok);
  assert.equal(answer.value.found.size, ids.length - 1);
  const [[id, failure] = [], ...others] = answer.value.failed;
  assert.deepEqual(others, []);
  assert.ok(id !== undefined && ids.includes(id) && !answer.value.found.has(id));
  assert.deepEqual(failure?.kind === 'unreadableAnswer' && failure.where, 'results[3].properties');
});

test('a number or a boolean instead of text is taken as text, and costs its record nothing', async () => {
  standIn.faults.set(
    { kind: 'wrongShape', path: ['results', 0, 'properties', 'dealname'], value: 12.5 },
    { kind: 'wrongShape', path: ['results', 1, 'properties', 'dealname'], value: false },
  );
  const answer = await read();
  assert.ok(answer.ok);
  assert.equal(answer.value.found.size, ids.length);
  const names = [...answer.value.found.values()].map(({ dealname }) => dealname);
  assert.deepEqual([names.includes('12.5'), names.includes('false')], [true, true]);
});

test('a result that does not say whose it is leaves the record that got none unread', async () => {
  standIn.faults.set({ kind: 'wrongShape', path: ['results', 0, 'id'], value: {} });
  const answer = await read();
  assert.ok(answer.ok);
  assert.equal(answer.value.found.size, ids.length - 1);
  assert.equal(answer.value.silence.kind, 'unreadableAnswer');
});

test('an answer that is none of a batch read is not read', async () => {
  for (const fault of [
    { kind: 'wrongShape', path: ['results'], value: 'none' },
    { kind: 'status', status: 200, body: '{"status":"COMPLETE"}' },
  ] as const) {
    standIn.faults.set(fault);
    const answer = await read();
    assert.equal(!answer.ok && answer.failure.kind, 'unreadableAnswer');
  }
});

test('errors name records in their context or only in words, with results or without', async () => {
  const [one, two, three] = ids;
  standIn.faults.set({
    kind: 'status',
    status: 207,
    body: JSON.stringify({
      status: 'COMPLETE',
      errors: [
        { category: 'OBJECT_NOT_FOUND', context: { ids: [one] } },
        { category: 'OBJECT_NOT_FOUND', message: `No deal with id ${two} in portal 999000733` },
        { category: 'INVALID_IDENTIFIER', message: `DEAL=${three} is not valid` },
        'no error at all',
      ],
    }),
  });
  const answer = await read();
  assert.ok(answer.ok);
  assert.deepEqual([...answer.value.missing], [one, two]);
  assert.deepEqual([...answer.value.failed.keys()], [three]);
  assert.deepEqual(answer.value.failed.get(three!), {
    kind: 'refused',
    hubSpot: { category: 'INVALID_IDENTIFIER', message: `DEAL=${three} is not valid` },
  });
});

test('a batch that did not end says so for those it did not bring', async () => {
  standIn.faults.set({ kind: 'batchStatus', status: 'PROCESSING', keep: 0.5 });
  const answer = await read();
  assert.ok(answer.ok);
  assert.equal(answer.value.found.size, ids.length / 2);
  assert.deepEqual(answer.value.silence, { kind: 'batchNotComplete', status: 'PROCESSING' });
});

test('an id that comes as a long number keeps its digits', async () => {
  const body = '{"status":"COMPLETE","results":[{"id":9007199254740993123,"properties":{"dealname":"Long"}}]}';
  standIn.faults.set({ kind: 'status', status: 200, body });
  const answer = await read();
  assert.ok(answer.ok);
  assert.deepEqual([...answer.value.found.keys()], ['9007199254740993123']);
});

test('twenty thousand odd records, or errors, leave others their turns, and cost what they say themselves', async () => {
  const many = <T>(make: (nth: number) => T) => Array.from({ length: 20_000 }, (_, nth) => make(nth));
  const odd = { results: many(() => ({ id: ids[0], properties: { a: [] } })) };
  const refused = {
    results: [],
    errors: many(() => ({ category: 'ODD', message: 'odd', context: { ids: [ids[0]] } })),
  };
  for (const [body, kind] of [
    [{ results: [...odd.results, { id: ids[1], properties: { a: 'x' } }] }, 'unreadableAnswer'],
    [refused, 'refused'],
  ] as const) {
    let turns = 0;
    let now = 0;
    const slow = {
      now: () => (now += 25),
      sleep: async () => {
        turns++;
      },
    };
    const text = JSON.stringify({ status: 'COMPLETE', ...body });
    const fetched = async () => ({ status: 200, headers: { get: () => null }, text: async () => text });
    const question = { objectType: 'deals', ids, properties: ['a'] };
    const answer = await readRecords(question, {
      ...ports(),
      fetch: fetched,
      clock: slow,
      limiter: new RateLimiter(hurried),
    });
    assert.ok(answer.ok);
    const failure = answer.value.failed.get(ids[0]!);
    assert.equal(failure?.kind, kind);
    // The last of very many is said to be of that answer, not to stand in another one's place.
    if (failure?.kind === 'unreadableAnswer') assert.equal(failure.where, 'results');
    assert.equal(answer.value.found.has(ids[1]!), kind === 'unreadableAnswer');
    assert.ok(turns >= 19, `${turns} turns`);
  }
});
