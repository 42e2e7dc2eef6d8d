/** Properties as columns, against the stand-in: every cell is right, and no call is made too many. */
import assert from 'node:assert/strict';
import { after, afterEach, before, suite, test } from 'node:test';
import { chosenIn, notOffered, propertyKey } from '../../src/answers/propertyColumns.ts';
import { Names } from '../../src/answers/recordNames.ts';
import { callsFor, countOf, unreadValues } from '../../src/answers/unreadRecords.ts';
import { GroupAnswer } from '../../src/core/answer/groupAnswer.ts';
import type { Cell } from '../../src/core/domain/cell.ts';
import { standardObjectType } from '../../src/core/domain/objectTypes.ts';
import { finished } from '../../src/core/domain/steps.ts';
import { aboutAnswer, aboutProperty } from '../../src/core/export/about.ts';
import { exportFormats } from '../../src/core/export/formats.ts';
import { RateLimiter } from '../../src/core/hubspot/limiter.ts';
import { systemClock } from '../../src/core/hubspot/machineClock.ts';
import { AnswerTable, type ShownRows } from '../../src/core/rows/answerTable.ts';
import { idsFrom, idsInParts, idsInRows } from '../../src/core/rows/idsInRows.ts';
import { Rows } from '../../src/core/rows/rows.ts';
import { valueCounts } from '../../src/core/rows/valueCounts.ts';
import { archivedDealId, mergedDeal, sampleIds } from '../../src/core/sampleHubSpot/sampleAccount.ts';
import { missingSampleId } from '../../src/core/sampleHubSpot/sampleHubSpot.ts';
import { firstView, mostProperties } from '../../src/core/treaty/panelView.ts';
import { unreadCells } from '../../src/panel/unreadCounts.ts';
import { FakeTime } from '../core/fakeTime.ts';
import { madeAnswer, plain } from '../core/madeAnswer.ts';
import { madePorts } from '../core/madePorts.ts';
import { until } from '../host/until.ts';
import type { StandIn } from '../hubspotStandIn/standIn.ts';
import { startHubSpotStandIn } from '../hubspotStandIn.ts';
import { account, madeEntry } from '../tree/madeEntry.ts';

let standIn: StandIn;
before(async () => {
  standIn = await startHubSpotStandIn();
});
after(() => standIn.close());
afterEach(() => {
  standIn.faults.clear();
  standIn.forgetRequests();
});

function names() {
  const limiter = new RateLimiter(systemClock);
  return new Names({
    portsOf: () => ({
      fetch: (url, init) => fetch(url, init),
      origin: standIn.origin,
      token: async () => standIn.token,
      clock: systemClock,
      random: () => 0,
      limiter,
    }),
    typeOf: (name) => standardObjectType(name)!,
    words: { language: 'en-GB', sensitive: 'sensitive', why: (why) => (typeof why === 'string' ? why : why.kind) },
  });
}

const gone = [archivedDealId, mergedDeal.id, missingSampleId];
const living = sampleIds.deal.filter((id) => !gone.includes(id));
const deals = [...living, ...gone];
const companies = sampleIds.company;
/** Each deal with a company, the companies again and again. */
const answer = madeAnswer(
  deals.map((id, at) => ({ id, to: [{ toId: companies[at % companies.length]!, types: [plain] }] })),
);
const entry = madeEntry(answer);
const everyRow = (): ShownRows => new AnswerTable(answer).everyRow();

const dealColumns = ['dealname', 'amount', 'closedate', 'dealstage', 'hubspot_owner_id', 'no_such_property'];
const chosen = [
  ...dealColumns.map((name) => ({ end: 'record' as const, name })),
  ...['name', 'domain'].map((name) => ({ end: 'associated' as const, name })),
];

async function readAll(of: Names): Promise<void> {
  for (const { type, ids, properties } of finished(unreadValues(entry, everyRow(), of))) {
    assert.equal(await of.columns.read(account, type, ids, { properties }), undefined);
  }
}

const cellIn = (of: Names, key: string, id: string): Cell =>
  of.columns
    .shownOf(entry)
    .find((each) => each.key === key)!
    .cellOf(id);

const batches = (type: string, archived = 'false') =>
  standIn.requests.filter(({ path }) => path === `/crm/v3/objects/${type}/batch/read?archived=${archived}`);

test('every cell is what the account holds, or says why not; a call takes a hundred records and all properties', async () => {
  const all = names();
  all.columns.choose(entry, chosen);
  await until('definitions are known', async () => all.columns.labelOf(entry, chosen[0]!) === 'Deal name');
  await readAll(all);
  await until('owners are known', async () => {
    cellIn(all, 'property:record:hubspot_owner_id', deals[0]!);
    const cell = cellIn(all, 'property:record:hubspot_owner_id', deals[0]!);
    return cell.kind === 'value' && cell.text === 'Imani Okafor';
  });
  assert.equal(batches('deals').length, Math.ceil(deals.length / 100));
  assert.equal(batches('companies').length, Math.ceil(companies.length / 100));
  assert.equal(batches('deals', 'true').length, 1, 'those that are gone are looked for among the archived ones');
  for (const name of ['dealname', 'amount', 'closedate', 'dealstage', 'hubspot_owner_id']) {
    for (const id of living) {
      const held = standIn.portal.account.properties('0-3', id)![name];
      const cell = cellIn(all, `property:record:${name}`, id);
      if (held === null || held === undefined) assert.deepEqual(cell, { kind: 'unset' });
      else assert.equal(cell.kind === 'value' && String(cell.value), held);
    }
  }
  for (const id of companies) {
    const cell = cellIn(all, 'property:associated:domain', id);
    assert.equal(cell.kind === 'value' && cell.text, standIn.portal.account.properties('0-2', id)!.domain);
  }
  const [first] = deals;
  assert.deepEqual(cellIn(all, 'property:record:no_such_property', first!), { kind: 'notRead', why: 'withheld' });
  const stage = cellIn(all, 'property:record:dealstage', first!);
  assert.deepEqual(stage, { kind: 'value', text: 'Appointment scheduled', value: 'appointmentscheduled' });
  assert.deepEqual(cellIn(all, 'property:record:amount', archivedDealId), { kind: 'gone', how: 'archived' });
  assert.deepEqual(cellIn(all, 'property:record:amount', mergedDeal.id), {
    kind: 'gone',
    how: 'merged',
    into: mergedDeal.into,
  });
  assert.deepEqual(cellIn(all, 'property:record:amount', missingSampleId), { kind: 'gone', how: 'missing' });
  assert.deepEqual(finished(unreadValues(entry, everyRow(), all)), []);

  const before = standIn.requests.length;
  all.columns.choose(entry, chosen.slice(0, 2));
  await readAll(all);
  assert.equal(standIn.requests.length, before, 'what is known is not read again for fewer columns');
});

/** An answer of HubSpot with this body. */
const answered = (body: unknown) => ({
  status: 200,
  headers: { get: () => null },
  text: async () => JSON.stringify(body),
});

/** An account in which every record is alive and has all properties, and the paths of the records read. */
function everyRecord() {
  const time = new FakeTime();
  const calls: string[] = [];
  const ports = madePorts({
    clock: time,
    fetch: async (url, { body }) => {
      if (!url.includes('/batch/read')) return answered({ results: [] });
      const { inputs, properties } = JSON.parse(String(body)) as { inputs: { id: string }[]; properties: string[] };
      calls.push(`${new URL(url).pathname.split('/').at(-3)} ${inputs.length}`);
      const held = Object.fromEntries(properties.map((name) => [name, `some ${name}`]));
      return answered({
        status: 'COMPLETE',
        results: inputs.map(({ id }) => ({ id, properties: { ...held, hs_merged_object_ids: null } })),
      });
    },
  });
  const portsOf = () => ports;
  return { time, calls, portsOf, all: new Names({ portsOf, typeOf: (name) => standardObjectType(name)! }) };
}

const noNames: readonly string[] = [];

test('of a type without names nothing is taken along where no property of it is shown', async () => {
  const { time, calls, portsOf } = everyRecord();
  const all = new Names({ portsOf, typeOf: (name) => ({ ...standardObjectType(name)!, displayProperties: noNames }) });
  all.toggle(true);
  const reading = all.checkExistence(account, 'deals', ['880000001']);
  all.wantBeside(few, () => [['880000002', '880000003']]);
  assert.equal(await time.run(reading), undefined);
  assert.deepEqual(calls, ['deals 1']);
});

test('ten thousand records and six properties are a hundred calls', async () => {
  const { time, calls, all } = everyRecord();
  const ids = Array.from({ length: 10_000 }, (_, at) => String(880_000_000 + at));
  const many = madeEntry(madeAnswer(ids.map((id) => ({ id }))));
  all.columns.choose(many, chosen);
  const shown = new AnswerTable(many.answer).everyRow();
  for (const { type, ids: unread, properties } of finished(unreadValues(many, shown, all))) {
    assert.equal(await time.run(all.columns.read(account, type, unread, { properties })), undefined);
  }
  assert.equal(calls.length, 100);
  assert.deepEqual(finished(unreadValues(many, shown, all)), []);
});

suite('a table of a thousand deals and 450 companies is read with a hundred records a call on either side', () => {
  function madeTable() {
    const { time, calls, all } = everyRecord();
    const answer = madeAnswer(
      Array.from({ length: 1000 }, (_, at) => ({
        id: String(880_000_000 + at),
        to: [0, 1].map((nth) => ({ toId: String(550_000_000 + ((2 * at + nth) % 450)), types: [plain] })),
      })),
    );
    const many = madeEntry(answer);
    all.columns.choose(many, chosen);
    const table = new AnswerTable(answer);
    const unread = (shown = table.everyRow()) => finished(unreadValues(many, shown, all));
    async function seen(shown: ShownRows, beside: (end: 'record' | 'associated') => Iterable<Iterable<string>>) {
      for (const end of ['record', 'associated'] as const) {
        for (const id of idsInRows(shown, end)) all.columns.want(many, end, id);
      }
      all.wantBeside(many, beside);
      const isRead = new Promise<void>((resolve) => {
        all.onDidChange(() => unread(shown).length === 0 && resolve());
      });
      if (unread(shown).length > 0) await time.run(isRead);
    }
    async function see(first: number, count = 35) {
      const reply = table.window({ kind: 'rows', request: 1, first, count });
      const inSight = { from: reply.rows[0]!, to: reply.rows.at(-1)! };
      await seen(table.shownRows({ all: false, ...inSight }), (end) => idsInParts(table.beside(reply), end));
    }
    async function readAll(shown = table.everyRow()) {
      for (const { type, ids, properties, beside } of unread(shown)) {
        await time.run(all.columns.read(account, type, ids, { properties, beside }));
      }
    }
    function filter(text: string) {
      table.setView({ ...firstView, filter: text });
      table.arrange();
    }
    function assertRead() {
      assert.deepEqual(unread(), []);
      const companies = [...Array(4).fill('companies 100'), 'companies 50'];
      assert.deepEqual(calls.toSorted(), [...companies, ...Array(10).fill('deals 100')]);
    }
    return { answer, table, see, seen, readAll, filter, assertRead };
  }

  test('page after page', async () => {
    const { see, assertRead } = madeTable();
    for (let first = 0; first < 2000; first += 35) await see(first);
    assertRead();
  });

  test('some of it from the middle on, and all the rest then', async () => {
    const { see, readAll, assertRead } = madeTable();
    for (let first = 777; first < 900; first += 35) await see(first);
    await readAll();
    assertRead();
  });

  test('a few rows under each of many filters', async () => {
    const { table, see, filter, assertRead } = madeTable();
    for (let nth = 0; nth < 100; nth++) {
      filter(`8800009${String(nth).padStart(2, '0')}`);
      assert.equal(table.shown, 2);
      await see(0);
    }
    for (let nth = 89; nth >= 0; nth--) {
      filter(`8800000${String(nth).padStart(2, '0')}`);
      await see(0);
    }
    filter('');
    for (let first = 0; first < 2000; first += 35) await see(first);
    assertRead();
  });

  test('all that one filter leaves, all that another does, and then the rest', async () => {
    const { table, readAll, filter, assertRead } = madeTable();
    for (const text of ['88000001', '88000093', '7']) {
      filter(text);
      await readAll(table.shownRows());
    }
    filter('');
    await readAll();
    assertRead();
  });

  test('what stands beside rows does not change with a filter that comes before it is gone through', () => {
    const { table, filter } = madeTable();
    filter('8800000');
    const beside = () => [...idsInParts(table.beside(reply), 'record')].flatMap((part) => [...part]);
    const reply = table.window({ kind: 'rows', request: 1, first: 100, count: 35 });
    const before = beside();
    const late = idsInParts(table.beside(reply), 'record');
    filter('880000999');
    assert.deepEqual(
      [...late].flatMap((part) => [...part]),
      before,
    );
  });

  test('in a tree, from its end to its beginning', async () => {
    const { answer, table, seen, assertRead } = madeTable();
    for (let record = 999; record >= 0; record--) {
      const inSight = { from: { record, nth: 0 }, to: { record, nth: 1 } };
      await seen(table.shownRows({ all: false, ...inSight }), (end) => idsFrom(answer, record, end));
    }
    assertRead();
  });
});

/** An account whose deals have these properties, and each of them these values. */
function namesOf(definitions: readonly object[], values: Readonly<Record<string, string | null>>) {
  const time = new FakeTime();
  const asked: string[][] = [];
  const ports = madePorts({
    clock: time,
    fetch: async (url, { body }) => {
      if (url.includes('dataSensitivity')) return answered({ results: [] });
      if (url.includes('/properties/')) return answered({ results: definitions });
      if (!url.includes('/batch/read')) return answered({ results: [] });
      const { inputs, properties } = JSON.parse(String(body)) as { inputs: { id: string }[]; properties: string[] };
      asked.push(properties);
      const held = JSON.stringify({ hs_merged_object_ids: null, ...values });
      const results = inputs.map(({ id }) => ({ id, properties: JSON.parse(held) }));
      return answered({ status: 'COMPLETE', results });
    },
  });
  return { time, asked, all: new Names({ portsOf: () => ports, typeOf: (name) => standardObjectType(name)! }) };
}

const few = madeEntry(madeAnswer(Array.from({ length: 50 }, (_, at) => ({ id: String(880_000_000 + at) }))));
const plainAbout = { account: { name: 'Acme' }, exportedAt: 0, rows: 50, rowsInAll: 50 };
const fewRows = () => new AnswerTable(few.answer).everyRow();
const ofDeals = (name: string) => ({ end: 'record', name }) as const;

async function readFew({ all, time }: ReturnType<typeof namesOf>): Promise<void> {
  for (const { type, ids, properties } of finished(unreadValues(few, fewRows(), all))) {
    assert.equal(await time.run(all.columns.read(account, type, ids, { properties })), undefined);
  }
}

test('of a thousand properties two hundred are shown, by one call for a hundred records', async () => {
  const many = Array.from({ length: 1000 }, (_, at) => `property_${at}`);
  const hubSpot = namesOf(
    many.map((name) => ({ name, label: name })),
    Object.fromEntries(many.map((name) => [name, `some ${name}`])),
  );
  const { all, time, asked } = hubSpot;
  const listed = await time.run(all.columns.catalog.read(account, 'deals'));
  assert.equal(listed.ok && listed.properties.length, 1000);
  all.columns.choose(few, many.map(ofDeals));
  assert.equal(all.columns.chosen(few).length, mostProperties);
  await readFew(hubSpot);
  assert.equal(asked.length, 1);
  const counts = finished(valueCounts(fewRows(), all.columns.shownOf(few)));
  assert.ok([...counts.values()].every(({ value }) => value === 50));
});

test('a type without properties has none to show, and one that was chosen before says that it is not sent', async () => {
  const hubSpot = namesOf([], {});
  const { all, time } = hubSpot;
  assert.deepEqual(await time.run(all.columns.catalog.read(account, 'deals')), {
    ok: true,
    properties: [],
    notListed: undefined,
  });
  all.columns.restore(few, ['property:record:renamed_since']);
  await readFew(hubSpot);
  const [shown] = all.columns.shownOf(few);
  assert.deepEqual(shown?.cellOf('880000000'), { kind: 'notRead', why: 'withheld' });
  assert.deepEqual(finished(unreadValues(few, fewRows(), all)), [], 'it is not asked for over and over');
});

test('what HubSpot did not send to one token is asked for once with another', async () => {
  const held: Record<string, string> = {};
  const hubSpot = namesOf([{ name: 'amount', label: 'Amount' }], held);
  const { all, asked } = hubSpot;
  const kind = () => all.columns.shownOf(few)[0]!.cellOf('880000000').kind;
  all.columns.choose(few, [ofDeals('amount')]);
  await readFew(hubSpot);
  await readFew(hubSpot);
  assert.deepEqual([kind(), asked.length], ['notRead', 1]);
  held.amount = '12';
  all.retry();
  await readFew(hubSpot);
  await readFew(hubSpot);
  assert.deepEqual([kind(), asked.length], ['value', 2]);
});

test('what had no room after a reading is not read, whether it was read now or before', async () => {
  const { all, time } = namesOf([{ name: 'notes', label: 'Notes' }], { notes: 'x'.repeat(3_000_000) });
  all.columns.choose(few, [ofDeals('notes')]);
  const read = async (first: number, count: number) => {
    for (const { type, ids, properties } of finished(unreadValues(few, fewRows(), all))) {
      const part = [...ids].slice(first, first + count);
      assert.equal(await time.run(all.columns.read(account, type, part, { properties })), undefined);
    }
  };
  const left = () => countOf(finished(unreadValues(few, fewRows(), all)));
  await read(0, 10);
  assert.equal(left(), 40);
  await read(0, 40);
  assert.ok(left() > 10 && left() < 50, `${left()}`);
});

test('a record that stands at both ends is planned and read once, whatever is shown of each end', async () => {
  const ids = Array.from({ length: 50 }, (_, at) => String(880_000_000 + at));
  const circle = ids.map((id, at) => ({ id, to: [{ toId: ids[(at + 1) % 50]!, types: [plain] }] }));
  const ofOneType = madeEntry(madeAnswer(circle, { from: 'deals', to: '0-3' }));
  const { all, time, asked } = namesOf([], { amount: '12', dealstage: 'won' });
  all.columns.choose(ofOneType, [ofDeals('amount'), { end: 'associated', name: 'dealstage' }]);
  const shown = new AnswerTable(ofOneType.answer).everyRow();
  const unread = finished(unreadValues(ofOneType, shown, all));
  assert.deepEqual([countOf(unread), callsFor(unread)], [50, 1]);
  const [{ type, ids: planned, properties } = assert.fail()] = unread;
  await time.run(all.columns.read(account, type, planned, { properties }));
  assert.equal(asked.length, 1);
  assert.deepEqual(finished(unreadValues(ofOneType, shown, all)), []);
});

test('a spreadsheet rounds no value, and drops none of its zeros', async () => {
  const values = {
    long: '9007199254740991',
    longer: '123456789012345678901',
    negative: '-9007199254740991',
    zip: '01067',
    amount: '-5.5',
    zero: '0',
  };
  const number = (name: string) => ({ name, label: name, type: name === 'zip' ? 'string' : 'number' });
  const hubSpot = namesOf(Object.keys(values).map(number), values);
  const { all, time } = hubSpot;
  all.columns.choose(few, Object.keys(values).map(ofDeals));
  await time.run(all.columns.catalog.read(account, 'deals'));
  await readFew(hubSpot);
  const context = { properties: all.columns.shownOf(few) };
  const written = (format: 'csv' | 'csvForSpreadsheets') =>
    [...exportFormats[format].write(fewRows(), context)].join('').split('\r\n')[1]!;
  const exact = (digits: string) => `"=""${digits}""",value`;
  const { long, longer, negative, zip } = values;
  assert.ok(
    written('csvForSpreadsheets').endsWith(`,${[long, longer, negative, zip].map(exact).join()},-5.5,value,0,value`),
  );
  assert.ok(
    written('csv').endsWith(`,${long},value,${longer},value,${negative},value,${zip},value,-5.5,value,0,value`),
  );
});

test('in Markdown no value looks like the mark of a cell that has none', async () => {
  const hubSpot = namesOf([], { amount: null, dealname: '*[unset]*' });
  const { all } = hubSpot;
  all.columns.choose(few, [ofDeals('amount'), ofDeals('dealname')]);
  await readFew(hubSpot);
  const context = { properties: all.columns.shownOf(few) };
  const markdown = [...exportFormats.markdown.write(fewRows(), context, aboutAnswer(few.answer, plainAbout))].join('');
  assert.ok(markdown.includes('| *\\[unset\\]* | \\*\\[unset\\]\\* |'), markdown.slice(-200));
});

test('values of a megabyte reach the page as their start, and a file as they are', async () => {
  const note = `Start ${'x'.repeat(1_000_000)}`;
  const hubSpot = namesOf([{ name: 'note', label: 'Note', type: 'string' }], { note });
  const { all } = hubSpot;
  all.columns.choose(few, [ofDeals('note')]);
  await readFew(hubSpot);
  const properties = all.columns.shownOf(few);
  const table = new AnswerTable(few.answer, { properties });
  const { rows } = table.window({ kind: 'rows', request: 1, first: 0, count: 50 });
  assert.ok(JSON.stringify(rows).length < 50 * 3000);
  const csv = [...exportFormats.csv.write(fewRows(), { properties })].join('');
  assert.ok(csv.includes(note));
});

test('of a page of HTML the start that is shown is made once for each value, whatever is scrolled', async () => {
  const note = `<p>Start</p> ${'<b>x</b>'.repeat(10_000)}`;
  const hubSpot = namesOf([{ name: 'note', label: 'Note', type: 'string', fieldType: 'html' }], { note });
  const { all } = hubSpot;
  all.columns.choose(few, [ofDeals('note')]);
  await hubSpot.time.run(all.columns.catalog.read(account, 'deals'));
  await readFew(hubSpot);
  const startNow = () => {
    const cell = all.columns.shownOf(few)[0]!.cellOf('880000000');
    return cell.kind === 'value' ? cell.start : undefined;
  };
  assert.equal(startNow()?.text, `Start ${'x'.repeat(994)}`);
  assert.equal(startNow()?.length, 10_006);
  assert.equal(startNow(), startNow());
  const table = new AnswerTable(few.answer, { properties: all.columns.shownOf(few) });
  const [row] = table.window({ kind: 'rows', request: 1, first: 0, count: 50 }).rows;
  const [shown] = Object.values(row!.values!);
  assert.ok(shown?.kind === 'value' && shown.length === 10_006 && shown.more!.startsWith('Start xxx'));
});

test('hostile names, labels and values are text, and cost no other cell anything', async () => {
  const words = '<img src=x onerror=alert(1)>\u202e\r\n=1+1';
  const names = ['__proto__', 'constructor', 'toString', 'amount'];
  const values = Object.fromEntries(names.map((name) => [name, `=HYPERLINK("http://x")${words}`]));
  const hubSpot = namesOf(
    names.map((name) => ({
      name,
      label: words,
      groupName: words,
      type: words,
      options: [{ value: words, label: words }],
    })),
    values,
  );
  const { all, time } = hubSpot;
  all.columns.choose(few, names.map(ofDeals));
  await time.run(all.columns.catalog.read(account, 'deals'));
  await readFew(hubSpot);
  const properties = all.columns.shownOf(few);
  for (const { head, tooltip = '' } of properties) {
    assert.ok(!/[\r\n\u202e]/.test(head + tooltip), 'a heading is one line that runs one way');
  }
  for (const name of ['constructor', 'toString', 'amount']) {
    const shown = properties.find((each) => each.name === name)!;
    assert.equal(shown.cellOf('880000000').kind, 'value', name);
  }
  const write = (format: keyof typeof exportFormats) =>
    [...exportFormats[format].write(fewRows(), { properties }, aboutAnswer(few.answer, plainAbout))].join('');
  assert.ok(!/(^|,|")=HYPERLINK/m.test(write('csvForSpreadsheets')), 'no spreadsheet takes it for a formula');
  assert.equal(JSON.parse(write('json')).rows.length, 50);
});

test('a matrix shows properties of the records that were asked, and of no others', async () => {
  const all = names();
  const matrix = { id: 'group', account, question: { from: 'deals' } };
  all.columns.restore(matrix, chosen.map(propertyKey));
  assert.deepEqual(
    all.columns.chosen(matrix),
    chosen.filter(({ end }) => end === 'record'),
  );
  all.columns.want(matrix, 'record', living[0]!);
  await until('its name is there', async () => all.columns.firstText(matrix, 'record', living[0]!) !== undefined);
  assert.equal(batches('deals').length, 1);
  assert.equal(batches('companies').length, 0);
  all.columns.forget((id) => id !== 'group');
  assert.deepEqual(all.columns.chosen(matrix), []);
});

test('what a filter of a matrix could not look into is counted, and reading it reads each record that was asked once', async () => {
  const contacts = madeAnswer(
    deals.map((id) => ({ id })),
    { to: 'contacts' },
  );
  const group = new GroupAnswer([answer, contacts], true);
  const matrix = { id: 'group', account, answer: group, question: { from: 'deals' } };
  const all = names();
  all.columns.choose(matrix, chosen);
  const notRead = async () => {
    const parts = { names: all, view: firstView };
    return (await unreadCells(matrix, new Rows(group), parts, new AbortController().signal)).valuesNotRead;
  };
  // What Read Them does, as far as it is no progress on the screen.
  const readThem = async () => {
    for (const { type, ids, properties } of finished(unreadValues(matrix, new AnswerTable(group).everyRow(), all))) {
      await all.columns.read(account, type, ids, { properties });
    }
  };
  assert.equal(await notRead(), deals.length);
  const forbidden = { kind: 'missingScopes', scopes: ['crm.objects.deals.read'], key: 'requiredScopes' } as const;
  standIn.faults.set({ ...forbidden, when: { path: '/objects/deals' } });
  await readThem();
  assert.equal(await notRead(), deals.length, 'a refusal reads nothing');
  standIn.faults.clear();
  standIn.forgetRequests();
  all.retry();
  all.columns.choose(matrix, chosen);
  await readThem();
  assert.equal(await notRead(), 0);
  assert.equal(batches('deals').length, Math.ceil(deals.length / 100));
  assert.deepEqual([batches('companies').length, batches('contacts').length], [0, 0]);
  const counts = finished(valueCounts(new AnswerTable(group).everyRow(), all.columns.shownOf(matrix)));
  const { value, gone: lost } = counts.get('property:record:dealname')!;
  assert.deepEqual([value, lost], [living.length, gone.length]);
  await readThem();
  assert.equal(batches('deals').length, Math.ceil(deals.length / 100), 'nothing is read twice');
});

test('a token that may not read a side costs that side alone, and its cells say so', async () => {
  standIn.faults.set({
    kind: 'missingScopes',
    scopes: ['crm.objects.companies.read'],
    key: 'requiredScopes',
    when: { path: '/objects/companies' },
  });
  const all = names();
  all.columns.choose(entry, chosen);
  for (const { type, ids, properties } of finished(unreadValues(entry, everyRow(), all))) {
    await all.columns.read(account, type, ids, { properties });
  }
  const cell = cellIn(all, 'property:associated:domain', companies[0]!);
  assert.equal(cell.kind === 'notRead' && typeof cell.why === 'object' && cell.why.kind, 'missingScopes');
  assert.equal(cellIn(all, 'property:record:dealname', deals[0]!).kind, 'value');
  assert.equal(all.columns.readBetween(account, 'companies'), undefined, 'nothing came that was read at some moment');
  assert.notEqual(all.columns.readBetween(account, 'deals'), undefined);
  const counts = finished(valueCounts(everyRow(), all.columns.shownOf(entry)));
  assert.deepEqual(counts.get('property:associated:domain'), {
    value: 0,
    unset: 0,
    gone: 0,
    notRead: companies.length,
  });
});

test('only what is shown is read, and a restored choice leaves out what is sensitive', async () => {
  const contacts = madeEntry(madeAnswer([{ id: sampleIds.contact[0]! }], { from: 'contacts' }));
  const all = names();
  const sensitive = { end: 'record', name: 'passport_number' } as const;
  const email = { end: 'record', name: 'email' } as const;
  all.columns.choose(contacts, [sensitive, email]);
  await until('definitions are known', async () => all.columns.labelOf(contacts, sensitive) === 'Passport number');
  assert.equal(batches('contacts').length, 0, 'choosing reads no record');
  assert.deepEqual(all.columns.keys(contacts), {
    shown: ['property:record:passport_number', 'property:record:email'],
    kept: ['property:record:email'],
  });
  all.columns.want(contacts, 'record', sampleIds.contact[0]!);
  await until(
    'it is read',
    async () => all.columns.firstText(contacts, 'record', 'x') === undefined && batches('contacts').length === 1,
  );
  // The sample account's token has no scope for sensitive data: HubSpot sends the record without it.
  await until(
    'it is there',
    async () => all.columns.shownOf(contacts)[1]!.cellOf(sampleIds.contact[0]!).kind === 'value',
  );
  assert.deepEqual(all.columns.shownOf(contacts)[0]!.cellOf(sampleIds.contact[0]!), {
    kind: 'notRead',
    why: 'withheld',
  });

  const later = names();
  later.columns.restore(contacts, all.columns.keys(contacts).kept);
  assert.deepEqual(later.columns.chosen(contacts), [email]);
  later.columns.choose(contacts, []);
  later.columns.restore(contacts, ['state', 'property:record', 'property:other:x', 'property:record:a b']);
  assert.deepEqual(later.columns.chosen(contacts), [], 'what is no column of a property is passed over');
  assert.deepEqual(chosenIn([propertyKey(email)]), [email]);
  later.columns.forget(() => false);
  assert.deepEqual(later.columns.chosen(contacts), []);
});

test('what is known of properties stays when it cannot be read again, and is read again with another token', async () => {
  const contacts = madeEntry(madeAnswer([{ id: sampleIds.contact[0]! }], { from: 'contacts' }));
  const all = names();
  const sensitive = { end: 'record', name: 'passport_number' } as const;
  const properties = (more = '') =>
    standIn.requests.filter(({ path }) => path.includes(`/properties/`) && path.endsWith(more)).length;
  standIn.faults.set({ kind: 'forbidden', category: 'GATED', when: { path: '=highly_sensitive' } });
  await all.columns.catalog.read(account, 'contacts');
  all.columns.choose(contacts, [sensitive]);
  for (const path of ['/properties/', '=sensitive']) {
    standIn.faults.set({ kind: 'forbidden', category: 'GATED', when: { path } });
    standIn.forgetRequests();
    all.columns.retry();
    await until('they are asked for again', async () => properties() === 3);
    await all.columns.catalog.read(account, 'contacts');
    assert.equal(all.columns.labelOf(contacts, sensitive), 'Passport number', path);
    assert.deepEqual(all.columns.keys(contacts).kept, [], `not kept after ${path}`);
  }
  standIn.faults.clear();
  standIn.forgetRequests();
  all.columns.retry();
  assert.deepEqual(all.columns.keys(contacts).kept, [], 'not while they are read either');
  await until('they are read again', async () => properties('=highly_sensitive') === 1);
  await all.columns.catalog.read(account, 'contacts');
  all.columns.retry();
  assert.equal(properties(), 3, 'what could be read is not asked for again');
});

test('what properties there are is asked again where the token changed while HubSpot was asked', async () => {
  const time = new FakeTime();
  let asked = 0;
  const ports = madePorts({
    clock: time,
    fetch: async (url) => {
      const isFirst = ++asked === 1;
      await time.sleep(100);
      const refused = { status: 401, headers: { get: () => null }, text: async () => '{}' };
      const results = url.includes('dataSensitivity') ? [] : [{ name: 'amount', label: 'Amount' }];
      return isFirst ? refused : answered({ results });
    },
  });
  const all = new Names({ portsOf: () => ports, typeOf: (name) => standardObjectType(name)! });
  const reading = all.columns.catalog.read(account, 'deals');
  void time.sleep(50).then(() => all.retry());
  assert.equal((await time.run(reading)).ok, true);
  assert.equal(all.columns.labelOf(few, ofDeals('amount')), 'Amount');
});

test('a file waits for what its properties are and for the names of owners, which are asked for again where some did not come', async () => {
  const time = new FakeTime();
  let fails = true;
  const ports = madePorts({
    clock: time,
    fetch: async (url, { body }) => {
      await time.sleep(100);
      const definition = { name: 'hubspot_owner_id', label: 'Owner', referencedObjectType: 'OWNER' };
      if (url.includes('/properties/')) return answered({ results: url.includes('Sensitivity') ? [] : [definition] });
      if (url.includes('/batch/read')) {
        const { inputs } = JSON.parse(String(body)) as { inputs: { id: string }[] };
        const of = ({ id }: { id: string }) => ({ id, properties: { hubspot_owner_id: Number(id) % 2 ? '1' : '2' } });
        return answered({ status: 'COMPLETE', results: inputs.map(of) });
      }
      if (url.includes('archived=true')) return answered({ results: [] });
      if (!url.includes('after=')) {
        return answered({ results: [{ id: '1', firstName: 'Ada' }], paging: { next: { after: '1' } } });
      }
      return fails ? { ...answered({}), status: 500 } : answered({ results: [{ id: '2', firstName: 'Bo' }] });
    },
  });
  const all = new Names({ portsOf: () => ports, typeOf: (name) => standardObjectType(name)! });
  all.columns.choose(few, [ofDeals('hubspot_owner_id')]);
  for (const { type, ids, properties } of finished(unreadValues(few, fewRows(), all))) {
    await time.run(all.columns.read(account, type, ids, { properties }));
  }
  const texts = () => {
    const [shown] = all.columns.shownOf(few);
    const cells = ['880000001', '880000000'].map((id) => shown!.cellOf(id));
    return cells.map((cell) => cell.kind === 'value' && cell.text);
  };
  await time.run(all.columns.described(few));
  assert.deepEqual(texts(), ['Ada', '2']);
  fails = false;
  all.retry();
  await time.run(all.columns.described(few));
  assert.deepEqual(texts(), ['Ada', 'Bo']);
  const before = time.now();
  await all.columns.described(few);
  assert.equal(time.now(), before, 'what is known is not asked for again');
});

test('a file is written without the names of owners where something goes wrong that nobody foresaw', async () => {
  let breaks = false;
  const definition = { name: 'hubspot_owner_id', label: 'Owner', referencedObjectType: 'OWNER' };
  const ports = madePorts({ fetch: async () => answered({ results: [definition] }) });
  const portsOf = () => {
    if (breaks) throw new Error('broken');
    return ports;
  };
  const all = new Names({ portsOf, typeOf: (name) => standardObjectType(name)! });
  all.columns.choose(few, [ofDeals('hubspot_owner_id')]);
  await all.columns.catalog.read(account, 'deals');
  breaks = true;
  await all.columns.described(few);
});

test('what a cut list does not offer stays chosen, and what a whole one does not offer goes', () => {
  const record = { end: 'record', name: 'ssn' } as const;
  const associated = { end: 'associated', name: 'renamed' } as const;
  const listed = [
    { end: 'record', name: 'amount' },
    { end: 'associated', name: 'ssn' },
  ] as const;
  const shown = [record, listed[0], associated];
  assert.deepEqual(notOffered(shown, listed, ['record']), [record]);
  assert.deepEqual(notOffered(shown, listed, []), []);
  assert.deepEqual(notOffered(shown, [], ['record', 'associated']), shown);
});

test('properties of one name on both sides have headings that tell them apart', async () => {
  const all = names();
  const both = [{ end: 'record', name: 'createdate' } as const, { end: 'associated', name: 'createdate' } as const];
  all.columns.choose(entry, [...both, { end: 'associated', name: 'domain' }]);
  await until(
    'definitions are known',
    async () =>
      all.columns.labelOf(entry, both[1]!) === 'Create date' && all.columns.labelOf(entry, both[0]!) === 'Create date',
  );
  assert.deepEqual(
    all.columns.shownOf(entry).map(({ head }) => head),
    ['Deal · Create date', 'Company · Create date', 'Company domain name'],
  );
});

test('exports hold exact values, say of every cell what it is, and what they are about', async () => {
  const all = names();
  all.columns.choose(entry, chosen);
  await until(
    'definitions are known',
    async () =>
      all.columns.labelOf(entry, chosen[0]!) === 'Deal name' &&
      all.columns.labelOf(entry, chosen[6]!) === 'Company name',
  );
  await readAll(all);
  const properties = all.columns
    .shownOf(entry)
    .filter(({ name }) => ['amount', 'dealstage', 'no_such_property', 'domain'].includes(name));
  const shown = everyRow();
  const counts = finished(valueCounts(shown, properties));
  const between = all.columns.readBetween(account, 'deals');
  assert.ok(between && between.first <= between.last);
  const about = aboutAnswer(answer, {
    account: { name: 'Acme' },
    exportedAt: 0,
    rows: shown.length,
    rowsInAll: shown.length,
    properties: properties.map(({ key, end, name, head }) =>
      aboutProperty({ end, name, label: head, counts: counts.get(key)!, between }),
    ),
  });
  const written = (format: keyof typeof exportFormats) =>
    [...exportFormats[format].write(shown, { properties }, about)].join('');
  const amount = standIn.portal.account.properties('0-3', deals[0]!)!.amount!;
  const domain = standIn.portal.account.properties('0-2', companies[0]!)!.domain!;

  const [head, first, ...rest] = written('csv').split('\r\n');
  assert.ok(
    head!.endsWith(
      ',record.amount,record.amount.state,record.dealstage,record.dealstage.label,record.dealstage.state,record.no_such_property,record.no_such_property.state,associated_record.domain,associated_record.domain.state',
    ),
  );
  assert.ok(
    first!.endsWith(
      `,${amount},value,appointmentscheduled,Appointment scheduled,value,,not read: withheld,${domain},value`,
    ),
    first,
  );
  const archived = rest.find((line) => line.startsWith(archivedDealId))!;
  assert.ok(archived.includes(',,archived,,,archived,,archived,'), archived);
  assert.ok(rest.find((line) => line.startsWith(mergedDeal.id))!.includes(`,,merged into ${mergedDeal.into},`));

  const { about: saidAbout, rows } = JSON.parse(written('json'));
  assert.deepEqual(rows[0].recordProperties, { amount: Number(amount), dealstage: 'appointmentscheduled' });
  assert.deepEqual(rows[0].recordPropertiesWithout, { no_such_property: 'not read: withheld' });
  assert.deepEqual(rows[0].associatedRecordProperties, { domain });
  assert.deepEqual(saidAbout.properties[0], {
    of: 'record',
    name: 'amount',
    label: 'Amount',
    readBetween: [new Date(between!.first).toISOString(), new Date(between!.last).toISOString()],
    withValue: living.length,
    unset: 0,
    recordGone: 3,
    notRead: 0,
  });
  assert.equal(saidAbout.properties[2].notRead, living.length);
  const markdown = written('markdown');
  assert.match(markdown, /\| Amount \| Deal stage \|/);
  assert.match(
    markdown,
    /Property amount of the record: \d+ with a value, 0 unset, 3 of records that are gone, 0 not read/,
  );
  assert.ok(markdown.includes('\\[archived\\]'));
});
