/** What rows would say of records and is not read yet, against the stand-in. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Names } from '../../src/answers/recordNames.ts';
import {
  callsFor,
  countOf,
  uncheckedBesideNames,
  uncheckedRecords,
  unreadNames,
  withoutAssociation,
} from '../../src/answers/unreadRecords.ts';
import { standardObjectType } from '../../src/core/domain/objectTypes.ts';
import { finished } from '../../src/core/domain/steps.ts';
import { AnswerTable } from '../../src/core/rows/answerTable.ts';
import { idRowsAStep, type Steps } from '../../src/core/rows/steps.ts';
import { largeAnswer, madeAnswer, plain } from '../core/madeAnswer.ts';
import { madePorts } from '../core/madePorts.ts';
import { dealId, dealIds, generatedAccount } from '../hubspotStandIn/generatedAccount.ts';
import type { StandIn } from '../hubspotStandIn/standIn.ts';
import { startHubSpotStandIn } from '../hubspotStandIn.ts';
import { account } from '../tree/madeEntry.ts';

let standIn: StandIn;
before(async () => {
  standIn = await startHubSpotStandIn({ account: generatedAccount({ deals: 1000 }) });
});
after(() => standIn.close());

function madeNames() {
  const ports = madePorts({
    fetch: (url, init) => fetch(url, init),
    origin: standIn.origin,
    token: async () => standIn.token,
  });
  return new Names({ portsOf: () => ports, typeOf: (name) => standardObjectType(name)! });
}

/** 150 deals without association, two that share a company, and one that was not read. */
const answer = madeAnswer([
  ...dealIds(150).map((id) => ({ id })),
  { id: dealId(500), to: [{ toId: '7', types: [plain] }] },
  { id: dealId(501), to: [{ toId: '7', types: [plain] }] },
  { id: dealId(502), state: 'notRead' },
]);
const rows = () => new AnswerTable(answer).everyRow();

test('names are unread of both sides, each once, while names are on', async () => {
  const names = madeNames();
  assert.deepEqual(finished(unreadNames(account, rows(), names)), []);
  names.toggle(true);
  const unread = finished(unreadNames(account, rows(), names));
  assert.deepEqual(
    unread.map(({ what, type, ids }) => [what, type, ids.size]),
    [
      ['names', 'deals', 153],
      ['names', 'companies', 1],
    ],
  );
  assert.deepEqual([countOf(unread), callsFor(unread)], [154, 3]);
  await names.read(account, 'deals', dealIds(150));
  assert.equal(countOf(finished(unreadNames(account, rows(), names))), 4);
});

test('that records are not checked is said where others of the answer were, and of those without association only', async () => {
  const names = madeNames();
  assert.deepEqual(finished(uncheckedRecords(account, rows(), names)), [], 'nobody asked');
  assert.equal(countOf(finished(withoutAssociation(account, rows(), names))), 150, 'somebody who asks now');
  await names.checkExistence(account, 'deals', [dealId(900)]);
  assert.deepEqual(finished(uncheckedRecords(account, rows(), names)), [], 'nobody asked of any of these');
  await names.checkExistence(account, 'deals', dealIds(40));
  const [unchecked, ...others] = finished(uncheckedRecords(account, rows(), names));
  assert.deepEqual([others, unchecked?.what, unchecked?.type], [[], 'existence', 'deals']);
  assert.deepEqual([...unchecked!.ids], dealIds(150).slice(40));

  names.toggle(true);
  assert.deepEqual(finished(uncheckedBesideNames(account, rows(), names)), [], 'their names bring it along');
  assert.equal(countOf(finished(uncheckedRecords(account, rows(), names))), 110);
  await names.read(account, 'deals', dealIds(150));
  assert.deepEqual(finished(uncheckedRecords(account, rows(), names)), []);
});

test('what names learned on the way is no check that somebody asked for', async () => {
  const names = madeNames();
  names.toggle(true);
  await names.read(account, 'deals', dealIds(10));
  assert.deepEqual(names.existenceOf(account, 'deals', dealId(0)), { kind: 'exists' });
  names.toggle(false);
  assert.deepEqual(finished(uncheckedRecords(account, rows(), names)), []);
  await names.tryExistence(account, 'deals', dealIds(20));
  assert.deepEqual(
    finished(uncheckedRecords(account, rows(), names)),
    [],
    'nor is a try of whether the ids are of this type',
  );
});

/** How many rows the steps went through together. @throws where one of them is long */
function rowsOf(steps: Steps<unknown>): number {
  return [...steps].reduce((sum, rows) => {
    assert.ok(rows <= idRowsAStep, `${rows} rows in a step`);
    return sum + rows;
  }, 0);
}

test('no step looks for names at many rows, nor for records at rows that have none', async () => {
  const names = madeNames();
  names.toggle(true);
  const many = new AnswerTable(largeAnswer(20_000, 1)).everyRow();
  assert.equal(rowsOf(unreadNames(account, many, names)), 2 * many.length, 'each end once');
  await names.checkExistence(account, 'deals', [dealId(900)]);
  const none = new AnswerTable(madeAnswer([...dealIds(20_000)].map((id) => ({ id })))).everyRow();
  assert.equal(rowsOf(withoutAssociation(account, none, names)), none.length);
  for (const unchecked of [uncheckedRecords, uncheckedBesideNames]) {
    assert.ok(rowsOf(unchecked(account, none, names)) >= none.length);
    assert.equal(rowsOf(unchecked(account, many, names)), Math.floor(many.length / idRowsAStep) * idRowsAStep);
  }
});
