/** Names and existences, against the stand-in. */
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { Names } from '../../src/answers/recordNames.ts';
import type { Existence } from '../../src/core/domain/cell.ts';
import { type ObjectType, standardObjectType } from '../../src/core/domain/objectTypes.ts';
import { RateLimiter } from '../../src/core/hubspot/limiter.ts';
import { systemClock } from '../../src/core/hubspot/machineClock.ts';
import { archivedDealId, mergedDeal } from '../../src/core/sampleHubSpot/sampleAccount.ts';
import { missingSampleId, samplePairs } from '../../src/core/sampleHubSpot/sampleHubSpot.ts';
import { until } from '../host/until.ts';
import { dealIds, generatedAccount } from '../hubspotStandIn/generatedAccount.ts';
import type { StandIn } from '../hubspotStandIn/standIn.ts';
import { startHubSpotStandIn } from '../hubspotStandIn.ts';
import { account } from '../tree/madeEntry.ts';

let standIn: StandIn;
before(async () => {
  standIn = await startHubSpotStandIn({ account: generatedAccount({ deals: 1000 }) });
});
after(() => standIn.close());
afterEach(() => {
  standIn.faults.clear();
  standIn.forgetRequests();
});

const nameless: ObjectType = { ...standardObjectType('deals')!, id: '2-1', name: '2-1', displayProperties: [] };

function names(from = standIn) {
  const limiter = new RateLimiter(systemClock);
  let changes = 0;
  const made = new Names({
    portsOf: () => ({
      fetch: (url, init) => fetch(url, init),
      origin: from.origin,
      token: async () => from.token,
      clock: systemClock,
      random: () => 0,
      limiter,
    }),
    typeOf: (name) => standardObjectType(name) ?? nameless,
  });
  made.onDidChange(() => changes++);
  return { names: made, changes: () => changes };
}

const inputsOf = (request: StandIn['requests'][number]) => (request.body as { inputs: unknown[] }).inputs.length;

test('while names are off nothing is read', async () => {
  const { names: off } = names();
  off.want(account, 'deals', dealIds(1)[0]!);
  assert.equal(off.state(account, ['deals']), 'off');
  assert.deepEqual(standIn.requests, []);
});

test('what is wanted together is read together, a hundred at a time, each once', async () => {
  const { names: on } = names();
  on.toggle();
  const ids = dealIds(250);
  for (const id of [...ids, ...ids]) on.want(account, 'deals', id);
  assert.equal(on.state(account, ['deals', 'companies']), 'reading');
  await until('the names are read', async () => on.state(account, ['deals']) === 'on');
  for (const id of ids) assert.equal(on.nameOf(account, 'deals', id), `Deal ${id}`);
  assert.deepEqual(standIn.requests.map(inputsOf), [100, 100, 50]);
  for (const id of ids) on.want(account, '0-3', id);
  await until('nothing is being read', async () => on.state(account, ['deals']) === 'on');
  assert.equal(standIn.requests.length, 3, 'and not again, under whatever name of the type');
});

test('names that are turned off are not shown, and come back without being read again', async () => {
  const { names: on, changes } = names();
  on.toggle();
  const [id] = dealIds(1);
  on.want(account, 'deals', id!);
  await until('the name is read', async () => on.nameOf(account, 'deals', id!) !== undefined);
  const before = changes();
  on.toggle();
  assert.equal(on.nameOf(account, 'deals', id!), undefined);
  on.toggle();
  assert.equal(on.nameOf(account, 'deals', id!), `Deal ${id}`);
  assert.equal(changes(), before + 2);
  assert.equal(standIn.requests.length, 1);
});

test('names that may not be read are unavailable, and are asked for again by wish only', async () => {
  standIn.faults.set({ kind: 'missingScopes', scopes: ['crm.objects.deals.read'], key: 'requiredGranularScopes' });
  const { names: on } = names();
  on.toggle();
  on.want(account, 'deals', '20000000000');
  await until('it is said', async () => on.state(account, ['deals']) === 'unavailable');
  on.want(account, 'deals', '20000000001');
  assert.equal(on.failureOf(account, 'deals')?.kind, 'missingScopes');
  assert.equal(standIn.requests.length, 1);
  on.retry();
  on.want(account, 'deals', '20000000001');
  await until('it is refused again', async () => standIn.requests.length === 2);
  await until('it is said again', async () => on.state(account, ['deals']) === 'unavailable');
  standIn.faults.clear();
  on.toggle();
  on.toggle();
  on.want(account, 'deals', '20000000001');
  await until('it is read', async () => on.nameOf(account, 'deals', '20000000001') !== undefined);
  assert.equal(on.state(account, ['deals']), 'on');
});

test('a type without display properties has no names, and is not asked', () => {
  const { names: on } = names();
  on.toggle();
  on.want(account, '2-1', '1');
  assert.equal(on.state(account, ['2-1']), 'unavailable');
  assert.deepEqual(standIn.requests, []);
});

test('records that exist are told from those that are archived, merged into others, or unknown', async () => {
  const sample = await startHubSpotStandIn();
  try {
    const { names: some } = names(sample);
    const { ids } = samplePairs.dealsToCompanies;
    const seen: number[] = [];
    assert.equal(
      await some.checkExistence(account, 'deals', ids, { onProgress: (done) => seen.push(done) }),
      undefined,
    );
    const others = new Map<string, Existence>([
      [mergedDeal.id, { kind: 'merged', into: mergedDeal.into }],
      [archivedDealId, { kind: 'archived' }],
      [missingSampleId, { kind: 'missing' }],
    ]);
    for (const id of ids) {
      assert.deepEqual(some.existenceOf(account, 'deals', id), others.get(id) ?? { kind: 'exists' }, id);
    }
    assert.deepEqual(seen, [ids.length - 2, ids.length], 'the archived and the missing one take another call');
    const { length } = sample.requests;
    await some.checkExistence(account, 'deals', ids);
    assert.equal(sample.requests.length, length, 'what is known is not asked again');
  } finally {
    await sample.close();
  }
});

test('a failure keeps what was learned before it', async () => {
  const { names: some } = names();
  const ids = dealIds(150);
  standIn.faults.queue(undefined, { kind: 'missingScopes', scopes: ['x'], key: 'requiredScopes' });
  const failure = await some.checkExistence(account, 'deals', ids);
  assert.equal(failure?.kind, 'missingScopes');
  assert.deepEqual(some.existenceOf(account, 'deals', ids[99]!), { kind: 'exists' });
  assert.equal(some.existenceOf(account, 'deals', ids[100]!), undefined);
});

test('all names are read on demand, those in sight first, and what is known is not read again', async () => {
  const { names: on } = names();
  const ids = dealIds(450);
  assert.equal(on.unread(account, 'deals', ids).size, 0, 'names are off');
  assert.equal(await on.read(account, 'deals', ids), undefined);
  assert.equal(standIn.requests.length, 0);
  on.toggle();
  for (const id of ids.slice(0, 50)) on.want(account, 'deals', id);
  await until('some are read', async () => on.state(account, ['deals']) === 'on');
  assert.equal(on.unread(account, 'deals', ids).size, 400);
  const seen: number[] = [];
  const onProgress = (done: number) => {
    if (seen.push(done) === 1) on.want(account, 'deals', ids[449]!);
  };
  const reading = on.read(account, 'deals', ids, { onProgress });
  assert.equal(await reading, undefined);
  assert.deepEqual(seen, [100, 200, 300, 400]);
  assert.deepEqual(standIn.requests.map(inputsOf), [50, 100, 100, 100, 100]);
  const { inputs } = standIn.requests[2]!.body as { inputs: readonly { id: string }[] };
  assert.equal(inputs[0]!.id, ids[449], 'the one in sight goes first');
  for (const id of ids) assert.equal(on.nameOf(account, 'deals', id), `Deal ${id}`);
  assert.equal(on.unread(account, 'deals', ids).size, 0);
});

test('reading all names ends when it is cancelled or names are turned off, and keeps what it read', async () => {
  const { names: on } = names();
  on.toggle();
  const ids = dealIds(500);
  const abort = new AbortController();
  const onProgress = (done: number) => void (done === 200 && abort.abort());
  const stopped = on.read(account, 'deals', ids, { signal: abort.signal, onProgress });
  // Somebody else who waits for some of the same names still gets them.
  const other = on.read(account, 'deals', ids.slice(150, 350));
  assert.deepEqual(await stopped, { kind: 'cancelled' });
  assert.equal(await other, undefined);
  await until('nothing is being read', async () => on.state(account, ['deals']) === 'on');
  const left = on.unread(account, 'deals', ids);
  assert.equal(left.size, 150);
  assert.equal(standIn.requests.length, 4, 'not one call more than the other needs');
  assert.deepEqual(await on.read(account, 'deals', ids, { signal: AbortSignal.abort() }), { kind: 'cancelled' });
  assert.equal(await on.read(account, 'deals', ids, { onProgress: () => on.toggle(false) }), undefined);
  on.toggle(true);
  assert.equal(on.unread(account, 'deals', ids).size, 50);
});

test('why all names cannot be read is said, and asking for them asks once more', async () => {
  standIn.faults.set({ kind: 'missingScopes', scopes: ['crm.objects.deals.read'], key: 'requiredGranularScopes' });
  const { names: on } = names();
  on.toggle();
  const ids = dealIds(150);
  for (let time = 1; time <= 2; time++) {
    assert.equal((await on.read(account, 'deals', ids))?.kind, 'missingScopes');
    assert.equal(on.failureOf(account, 'deals')?.kind, 'missingScopes');
    assert.equal(standIn.requests.length, time);
    assert.equal(on.unread(account, 'deals', ids).size, 150, 'they are said to be missing');
  }
  standIn.faults.clear();
  assert.equal(await on.read(account, 'deals', ids), undefined);
  assert.equal(on.failureOf(account, 'deals'), undefined);
  assert.equal(on.unread(account, '2-1', ['1']).size, 0, 'a type without names lacks none');
});
