/** What is asked in which order, what refused and failed calls cost, and what is forgotten. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Cell } from '../../../src/core/domain/cell.ts';
import { KnownRecords, Memory } from '../../../src/core/properties/knownRecords.ts';
import { idsATurn } from '../../../src/core/properties/wantedIds.ts';
import { inputsOf, type RecordedRequest } from '../../hubspotStandIn/recordedRequest.ts';
import { dealId, type Fate, nameOf, readerOf, recordsOf } from './madeRecords.ts';

const alive = (count: number) => recordsOf(Array<Fate>(count).fill('named'));
const ids = (count: number, from = 0) => Array.from({ length: count }, (_, nth) => dealId(from + nth));
const idsOf = (request: RecordedRequest) => inputsOf(request).map(({ id }) => id);
const isArchived = ({ path }: RecordedRequest) => path.includes('archived=true');
const whyNot = (cell: Cell) =>
  cell.kind === 'notRead' ? (typeof cell.why === 'string' ? cell.why : cell.why.kind) : cell.kind;

test('in sight goes first, and what is not there in sight before what is not', async () => {
  const { reader, time, hubSpot } = readerOf({
    account: recordsOf(Array.from({ length: 400 }, (_, nth): Fate => (nth % 10 === 0 ? 'archived' : 'named'))),
  });
  const all = reader.read(ids(400), 'cells');
  for (const id of ids(20, 380)) reader.want(id);
  assert.equal(await time.run(all), undefined);
  const [first, second, third] = hubSpot.requests;
  assert.deepEqual(idsOf(first!).slice(0, 20), ids(20, 380));
  assert.deepEqual([isArchived(second!), idsOf(second!).slice(0, 2)], [true, [dealId(380), dealId(390)]]);
  assert.equal(idsOf(second!).length, 2 + 8, 'a call is filled up with the others that are not there');
  assert.equal(isArchived(third!), false);
  assert.deepEqual(hubSpot.requests.slice(2).map(isArchived), [false, false, false, true]);
});

test('a cell says that it is being read, that nobody asked, and why it was not read', async () => {
  const { reader, time } = readerOf({
    account: alive(1),
    strike: (_, nth) =>
      nth === 1 ? [{ kind: 'missingScopes', scopes: ['crm.objects.deals.read'], key: 'requiredScopes' }] : [],
  });
  const state = () => whyNot(reader.cell(dealId(0), 'dealname'));
  assert.equal(state(), 'notAsked');
  const reading = reader.read(ids(1), 'cells');
  assert.equal(state(), 'reading');
  await time.run(reading);
  assert.equal(state(), 'missingScopes');
  assert.equal(whyNot(reader.cell('no id', 'dealname')), 'notAnId');
  assert.equal(reader.unread(['no id', '007'], 'cells').size, 0, 'what can be no record is not asked for');
  await time.run(reader.read(ids(1), 'cells'));
  assert.equal(state(), 'value');
});

test('properties that are wanted later are read then, and what was read before stays', async () => {
  const { reader, time, hubSpot } = readerOf({ account: recordsOf(['named', 'named', 'archived']) });
  reader.properties = ['dealname'];
  await time.run(reader.read(ids(3), 'cells'));
  assert.equal(whyNot(reader.cell(dealId(0), 'amount')), 'notAsked');
  reader.properties = ['amount', 'dealname', 'no_such_property'];
  assert.deepEqual([...reader.unread(ids(3), 'cells')], ids(2), 'what is gone has no properties to read');
  assert.equal(reader.unread(ids(3), 'existence').size, 0);
  const { length } = hubSpot.requests;
  await time.run(reader.read(ids(3), 'cells'));
  assert.deepEqual(hubSpot.requests.slice(length).map(idsOf), [ids(2)]);
  assert.deepEqual(reader.cell(dealId(1), 'amount'), { kind: 'value', text: `${dealId(1)}.50` });
  assert.deepEqual(reader.cell(dealId(1), 'no_such_property'), { kind: 'unset' });
  assert.deepEqual(reader.nameCell(dealId(1), ['dealname']), { kind: 'value', text: nameOf(dealId(1)) });
  assert.deepEqual(reader.cell(dealId(2), 'amount'), { kind: 'gone', how: 'archived' });
});

test('ids that spoil their call cost the others nothing, and a dozen calls each at most', async () => {
  const spoilers = [3, 250, 251, 777].map(dealId);
  const { reader, time, hubSpot } = readerOf({
    account: alive(1000),
    strike: () => [{ kind: 'poisonousIds', ids: spoilers }],
  });
  const failure = await time.run(reader.read(ids(1000), 'cells'));
  assert.equal(failure?.kind, 'refused');
  assert.deepEqual([...reader.unread(ids(1000), 'cells')], spoilers);
  for (const id of spoilers) assert.equal(whyNot(reader.cell(id, 'dealname')), 'refused');
  assert.ok(hubSpot.requests.length <= 10 + 12 * spoilers.length, String(hubSpot.requests.length));
  assert.equal(reader.isHalted, false);
});

test('records that nobody asked for do not make each id that got no answer a call of its own', async () => {
  const silent = ids(15, 30);
  const { reader, time, hubSpot } = readerOf({
    account: alive(100),
    strike: () => [
      { kind: 'missingResults', ids: silent },
      { kind: 'extraResults', ids: ['9100000001', '9100000002'] },
    ],
  });
  const failure = await time.run(reader.read(ids(100), 'cells'));
  assert.equal(hubSpot.requests.length, 2);
  assert.deepEqual([...reader.unread(ids(100), 'cells')], silent);
  for (const id of silent) assert.deepEqual(reader.cell(id, 'amount'), { kind: 'notRead', why: failure });
});

test('an answer full of other records is asked for once, and no id is merged into one of them', async () => {
  const { reader, time, hubSpot } = readerOf({
    account: recordsOf(Array<Fate>(100).fill('untold')),
  });
  assert.deepEqual(await time.run(reader.read(ids(100), 'cells')), { kind: 'notAnswered' });
  assert.equal(hubSpot.requests.length, 1);
  assert.equal(reader.unread(ids(100), 'existence').size, 100);
});

test('when even calls for one record are too large, the others are not asked one by one', async () => {
  const { reader, time, hubSpot } = readerOf({
    account: alive(500),
    strike: (_, nth) => (nth > 2 ? [{ kind: 'status', status: 413 }] : []),
  });
  assert.equal((await time.run(reader.read(ids(500), 'cells')))?.kind, 'refused');
  assert.ok(hubSpot.requests.length < 15, `${hubSpot.requests.length} calls`);
  assert.deepEqual([...reader.unread(ids(500), 'cells')], ids(300, 200));
});

test('when HubSpot refuses whatever is asked, that shows after few calls', async () => {
  const { reader, time, hubSpot } = readerOf({
    account: alive(1000),
    strike: () => [{ kind: 'status', status: 400, body: '{"category":"VALIDATION_ERROR","message":"No"}' }],
  });
  assert.equal((await time.run(reader.read(ids(1000), 'cells')))?.kind, 'refused');
  assert.equal(reader.isHalted, true);
  assert.ok(hubSpot.requests.length <= 60, String(hubSpot.requests.length));
});

test('a type whose archived records cannot be asked for costs no name', async () => {
  const fates = Array.from({ length: 500 }, (_, nth): Fate => (nth % 2 ? 'named' : 'missing'));
  const { reader, time, hubSpot } = readerOf({
    account: recordsOf(fates),
    strike: (request) => (isArchived(request) ? [{ kind: 'status', status: 400, body: '{"message":"not yet"}' }] : []),
  });
  assert.equal((await time.run(reader.read(ids(500), 'cells')))?.kind, 'refused');
  assert.equal(reader.unread(ids(500), 'cells').size, 250);
  assert.equal(reader.isHalted, false);
  assert.ok(hubSpot.requests.length <= 5 + 60, String(hubSpot.requests.length));
  assert.equal(whyNot(reader.cell(dealId(0), 'dealname')), 'refused');
});

test('one call that fails for a reason of its own costs its records, two end the reading', async () => {
  const failing = (from: number, to: number) =>
    readerOf({
      account: alive(500),
      strike: (_, nth) => (nth >= from && nth <= to ? [{ kind: 'wrongShape', path: ['results'], value: 7 }] : []),
    });
  const one = failing(2, 2);
  assert.equal((await one.time.run(one.reader.read(ids(500), 'cells')))?.kind, 'unreadableAnswer');
  assert.deepEqual([...one.reader.unread(ids(500), 'cells')], ids(100, 100));
  const two = failing(2, 3);
  assert.equal((await two.time.run(two.reader.read(ids(500), 'cells')))?.kind, 'unreadableAnswer');
  assert.deepEqual([two.reader.unread(ids(500), 'cells').size, two.hubSpot.requests.length], [400, 3]);
});

test('what a call with an old token brings ends nothing once another token is there', async () => {
  const { reader, time, hubSpot } = readerOf({
    account: alive(250),
    strike: (_, nth) => (nth === 2 ? [{ kind: 'unauthorized' }] : []),
  });
  const reading = reader.read(ids(250), 'cells');
  // While the second call is under way: each takes 150 milliseconds.
  void time.sleep(225).then(() => reader.retry());
  assert.equal(await time.run(reading), undefined);
  assert.equal(reader.isHalted, false);
  assert.deepEqual(
    hubSpot.requests.map((request) => idsOf(request)[0]),
    [0, 100, 100, 200].map(dealId),
  );
});

test('who waits for properties that the call under way does not read gets them by a call of their own', async () => {
  const { reader, time, hubSpot } = readerOf({ account: alive(150) });
  reader.properties = ['dealname'];
  const first = reader.read(ids(150), 'cells');
  const second = time.sleep(75).then(() => {
    reader.properties = ['dealname', 'amount'];
    return reader.read(ids(150), 'cells', { properties: ['amount'] });
  });
  assert.deepEqual(await time.run(Promise.all([first, second])), [undefined, undefined]);
  assert.deepEqual([...reader.unread(ids(150), 'cells')], []);
  assert.equal(hubSpot.requests.length, 3);
});

test('a call that nobody needs any more is aborted', async () => {
  const { reader, time, hubSpot, rest } = readerOf({ account: alive(300), strike: () => [{ kind: 'hang' }] });
  const abort = new AbortController();
  const reading = reader.read(ids(300), 'cells', { signal: abort.signal });
  void time.sleep(1000).then(() => abort.abort());
  const began = time.now();
  assert.deepEqual(await time.run(reading), { kind: 'cancelled' });
  await time.run(rest());
  assert.ok(time.now() - began < 2000, 'no later call, and no waiting for this one');
  assert.equal(hubSpot.inFlight(), 0);
  assert.equal(whyNot(reader.cell(dealId(0), 'dealname')), 'notAsked');
});

test('what was gone is asked for again where it is looked up anew, and nothing else is', async () => {
  const { reader, time, hubSpot } = readerOf({ account: recordsOf(['archived', 'missing', 'named']) });
  await time.run(reader.read(ids(3), 'existence'));
  reader.forgetGone((id) => id !== dealId(1));
  assert.deepEqual(
    ids(3).map((id) => reader.existence(id)?.kind),
    [undefined, 'missing', 'exists'],
  );
  const { length } = hubSpot.requests;
  await time.run(reader.read(ids(3), 'existence'));
  assert.deepEqual(hubSpot.requests.slice(length).map(idsOf), [[dealId(0)], [dealId(0)]]);
  assert.equal(reader.existence(dealId(0))?.kind, 'archived');
});

test('of a record that is no longer among the living nothing is said until it is known what became of it', () => {
  const known = new KnownRecords(new Memory());
  known.learn(dealId(0), { kind: 'exists' }, { properties: ['amount'], values: { amount: '12' } });
  known.learn(dealId(0), undefined);
  assert.deepEqual([known.value(dealId(0), 'amount'), known.existence(dealId(0))], [undefined, undefined]);
});

test('the start that is kept of a long text counts among what is remembered', () => {
  const known = new KnownRecords(new Memory());
  const text = 'x'.repeat(2000);
  known.learn(dealId(0), { kind: 'exists' }, { properties: ['note'], values: { note: text } });
  known.start(dealId(0), 'note', {}, () => ({ text: text.slice(0, 1000), length: text.length }));
  assert.ok(known.bytes > 2 * (2000 + 1000), String(known.bytes));
});

test('what is out of sight is forgotten when there is too much, and is read again when it comes in sight', async () => {
  const mostBytes = 200_000;
  const { reader, memory, time, hubSpot, rest } = readerOf({ account: alive(5000), mostBytes });
  const inSight = ids(20, 2000);
  for (let first = 0; first < 5000; first += 100) {
    for (const id of inSight) reader.want(id);
    await time.run(reader.read(ids(100, first), 'cells'));
    assert.ok(memory.bytes <= mostBytes + 100_000, String(memory.bytes));
  }
  const known = ids(5000).filter((id) => reader.existence(id) !== undefined);
  assert.ok(known.length >= 100 && known.length < 1000, String(known.length));
  for (const id of inSight) assert.equal(whyNot(reader.cell(id, 'dealname')), 'value');
  assert.equal(hubSpot.requests.length, 50 + 1, 'what stays in sight is read once');
  assert.equal(whyNot(reader.cell(dealId(0), 'dealname')), 'notAsked');
  reader.want(dealId(0));
  await time.run(rest());
  assert.deepEqual(reader.cell(dealId(0), 'dealname'), { kind: 'value', text: nameOf(dealId(0)) });
});

test('a call for what is in sight is filled up with what stands beside it: read piece by piece, a table takes no more calls', async () => {
  const { reader, time, hubSpot, rest } = readerOf({ account: alive(1000) });
  for (let first = 0; first < 1000; first += 35) {
    for (const id of ids(Math.min(35, 1000 - first), first)) reader.want(id);
    reader.wantBeside([ids(1000 - Math.min(1000, first + 35), first + 35), ids(first).reverse()]);
    await time.run(rest());
    assert.deepEqual(reader.unread(ids(Math.min(35, 1000 - first), first), 'cells').size, 0);
  }
  assert.deepEqual(
    hubSpot.requests.map((request) => idsOf(request).length),
    Array(10).fill(100),
  );
  assert.deepEqual(idsOf(hubSpot.requests[0]!), ids(100));
});

test('what somebody waits for goes before what stands beside what is in sight', async () => {
  const { reader, time, hubSpot } = readerOf({ account: alive(300) });
  for (const id of ids(10)) reader.want(id);
  reader.wantBeside([ids(100, 100)]);
  await time.run(reader.read(ids(80, 200), 'cells'));
  assert.deepEqual(hubSpot.requests.map(idsOf), [[...ids(10), ...ids(80, 200), ...ids(10, 100)]]);
});

test('beside is read what is not read, is no failure, and is nobody waits for', async () => {
  const fates = Array<Fate>(300).fill('named').fill('archived', 100);
  const { reader, time, hubSpot, rest } = readerOf({ account: recordsOf(fates) });
  await time.run(reader.read(ids(20, 20), 'cells'));
  reader.want(dealId(0));
  reader.wantBeside([['no id', ...ids(99, 1)], [], ids(200, 100)]);
  await time.run(rest());
  assert.deepEqual(idsOf(hubSpot.requests[1]!), [...ids(20), ...ids(60, 40), ...ids(20, 100)]);
  assert.equal(hubSpot.requests.length, 2, 'those that are not among the living are not asked for by themselves');
  assert.equal(whyNot(reader.cell(dealId(100), 'dealname')), 'notAsked');
  reader.want(dealId(0));
  reader.wantBeside([ids(100, 100)]);
  await time.run(rest());
  assert.equal(hubSpot.requests.length, 2, 'nothing is asked only for what stands beside');
  for (const id of ids(150, 100)) reader.want(id);
  await time.run(rest());
  assert.equal(reader.unread(ids(150, 100), 'cells').size, 0);
});

test('many that nobody waits for and that are not among the living keep nobody from being read', async () => {
  const { reader, time, hubSpot, rest } = readerOf({
    account: recordsOf(Array<Fate>(400).fill('archived').fill('named', 0, 3)),
  });
  for (const nth of [0, 1, 2]) {
    reader.want(dealId(nth));
    reader.wantBeside([ids(99, 100 + 99 * nth)]);
    await time.run(rest());
    assert.equal(whyNot(reader.cell(dealId(nth), 'dealname')), 'value');
  }
  assert.equal(hubSpot.requests.length, 3);
});

test('what stands beside pushes nothing out of memory that is in sight', async () => {
  const { reader, time, rest } = readerOf({ account: alive(200), mostBytes: 40_000 });
  for (const id of ids(20)) reader.want(id);
  reader.wantBeside([ids(180, 20)]);
  await time.run(rest());
  for (const id of ids(20)) assert.equal(whyNot(reader.cell(id, 'dealname')), 'value', id);
});

test('what takes too much room already in sight is not read over and over', async () => {
  const { reader, time, hubSpot, rest, onDidLearn } = readerOf({ account: alive(500), mostBytes: 100_000 });
  const look = () => {
    for (const id of ids(450)) reader.want(id);
    reader.wantBeside([ids(50, 450)]);
  };
  // As a page does, which asks for the rows in sight again after every change.
  onDidLearn(look);
  look();
  await time.run(rest());
  assert.ok(hubSpot.requests.length <= 10, String(hubSpot.requests.length));
  assert.ok(ids(500).some((id) => whyNot(reader.cell(id, 'dealname')) === 'notAsked'));
});

test('others have their turn while many ids are gone through, and may cancel or stop the reading then', async () => {
  const { reader, time, hubSpot, onTurn } = readerOf({ account: alive(10) });
  const many = ids(5 * idsATurn);
  const readUntil = async (third: () => void, signal?: AbortSignal) => {
    let turns = 0;
    onTurn(async () => {
      await Promise.resolve();
      if (++turns === 3) third();
    });
    const failure = await time.run(reader.read(many, 'cells', { signal }));
    return { failure, turns };
  };
  const cancel = new AbortController();
  const cancelled = await readUntil(() => cancel.abort(), cancel.signal);
  assert.deepEqual(cancelled, { failure: { kind: 'cancelled' }, turns: 5 });
  assert.deepEqual(await readUntil(() => reader.stop()), { failure: undefined, turns: 5 });
  assert.equal(hubSpot.requests.length, 0);
});

test('what stands beside is looked for however far away it is, in steps', async () => {
  const many = 10 * idsATurn;
  const { reader, time, hubSpot, rest, onTurn } = readerOf({ account: alive(many + 200) });
  await time.run(reader.read(ids(many, 100), 'cells'));
  const { length } = hubSpot.requests;
  let turns = 0;
  onTurn(async () => void turns++);
  for (const id of ids(10)) reader.want(id);
  reader.wantBeside([ids(many, 100), ids(100, many + 100)]);
  await time.run(rest());
  assert.deepEqual(idsOf(hubSpot.requests[length]!), [...ids(10), ...ids(90, many + 100)]);
  assert.ok(turns >= 10, String(turns));
});

for (const way of ['stopped', 'cancelled'] as const) {
  test(`a reading that is ${way} while its call is filled up sends nothing, and the next one is read`, async () => {
    const { reader, time, hubSpot, rest, onTurn } = readerOf({ account: alive(300) });
    const cancel = new AbortController();
    onTurn(async () => {
      if (way === 'stopped') reader.stop();
      else cancel.abort();
    });
    const reading = reader.read(ids(10), 'cells', { signal: cancel.signal, beside: [ids(20, 50), ids(20, 80)] });
    assert.deepEqual(await time.run(reading), way === 'stopped' ? undefined : { kind: 'cancelled' });
    await time.run(rest());
    assert.equal(hubSpot.requests.length, 0);
    onTurn(async () => {});
    reader.want(dealId(3));
    await time.run(rest());
    assert.deepEqual(hubSpot.requests.map(idsOf), [ids(1, 3)]);
  });
}

test('what is wanted while a call is filled up is asked once', async () => {
  const { reader, time, hubSpot, rest, onTurn } = readerOf({ account: alive(300) });
  reader.want(dealId(0));
  reader.wantBeside([ids(20, 50), ids(20, 80)]);
  onTurn(async () => reader.want(dealId(50)));
  await time.run(rest());
  assert.deepEqual(hubSpot.requests.map(idsOf), [[...ids(1), ...ids(20, 50), ...ids(20, 80)]]);
});

test('a call that nobody wants any more after it was filled up is not sent, though something else is wanted by then', async () => {
  const { reader, time, hubSpot, rest, onTurn } = readerOf({ account: alive(400) });
  const cancel = new AbortController();
  onTurn(async () => {
    if (!cancel.signal.aborted) reader.want(dealId(300));
    cancel.abort();
  });
  const reading = reader.read(ids(10), 'cells', { signal: cancel.signal, beside: [ids(20, 50), ids(20, 80)] });
  assert.deepEqual(await time.run(reading), { kind: 'cancelled' });
  await time.run(rest());
  assert.equal(hubSpot.requests.length, 1);
  assert.equal(idsOf(hubSpot.requests[0]!)[0], dealId(300));
  assert.ok(!idsOf(hubSpot.requests[0]!).includes(dealId(5)));
});

test('what comes in sight while a call is filled up goes with it, before what stands beside', async () => {
  const { reader, time, hubSpot, rest, onTurn } = readerOf({ account: alive(400) });
  onTurn(async () => {
    if (reader.unread([dealId(300)], 'cells').size > 0) for (const id of ids(20, 300)) reader.want(id);
  });
  for (const id of ids(10)) reader.want(id);
  reader.wantBeside([ids(50, 50), ids(100, 100)]);
  await time.run(rest());
  assert.deepEqual(hubSpot.requests.map(idsOf), [[...ids(10), ...ids(20, 300), ...ids(50, 50), ...ids(20, 100)]]);
});

test('what stands beside one table is not forgotten for what stands beside another', async () => {
  const { reader, time, hubSpot, rest } = readerOf({ account: alive(200) });
  for (const id of ids(10)) reader.want(id);
  reader.wantBeside([ids(190, 10)], 'one');
  reader.wantBeside([ids(5)], 'another');
  await time.run(rest());
  assert.deepEqual(hubSpot.requests.map(idsOf), [ids(100)]);
});

test('records that are gone take at most a call more for each of the others, also seen piece by piece', async () => {
  const fates = Array.from({ length: 1000 }, (_, nth): Fate => (nth % 10 === 0 ? 'archived' : 'named'));
  const { reader, time, hubSpot, rest } = readerOf({ account: recordsOf(fates) });
  for (let first = 0; first < 1000; first += 20) {
    for (const id of ids(20, first)) reader.want(id);
    reader.wantBeside([ids(980 - first, first + 20), ids(first).reverse()]);
    await time.run(rest());
  }
  const archived = hubSpot.requests.filter(({ path }) => path.includes('archived=true'));
  assert.deepEqual([hubSpot.requests.length - archived.length, archived.length], [10, 10]);
  assert.equal(reader.unread(ids(1000), 'cells').size, 0);
});

test('what was taken along by a call that failed is read when it comes in sight', async () => {
  let isOver = false;
  const strike = () => (isOver ? [] : [{ kind: 'serverError' as const, status: 500 as const }]);
  const { reader, time, rest } = readerOf({ account: alive(100), strike });
  reader.want(dealId(0));
  reader.wantBeside([ids(99, 1)]);
  await time.run(rest());
  isOver = true;
  assert.equal(reader.isHalted, false);
  for (const id of ids(2)) reader.want(id);
  await time.run(rest());
  assert.deepEqual(
    [dealId(0), dealId(1)].map((id) => whyNot(reader.cell(id, 'dealname')) === 'value'),
    [false, true],
  );
});
