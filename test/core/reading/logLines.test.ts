/**
 * Lines of a log that differ in their numbers alone are judged once for all of them. What makes one of them something else is
 * seen all the same: each case has lines of one shape, and then one or more that only seem to be of it.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readRecordIds } from '../../../src/core/reading/readRecordIds.ts';

let count = 0;
/** What starts a line of a log, each time with other digits. */
function stamp(): string {
  count++;
  return `2026-11-2${count % 7}T02:14:${10 + (count % 49)}.1${10 + (count % 89)}Z INFO sync[${2200 + (count % 700)}] `;
}

/** An id of eleven digits that no other line has. */
function id(): string {
  return `17983${100_000 + ++count}`;
}

/** The verdicts of the lines from `first` on: `5:0-3` is an id with its type, `?5` is unsure, `!5` is ignored, each with its reason. */
function verdicts(text: string, first: number): string {
  const { ids, unsure, ignored } = readRecordIds(text);
  const all = [
    ...ids.map(({ id, objectType, ...at }) => ({ ...at, said: `${id}:${objectType ?? '-'}` })),
    ...unsure.map(({ id, reason, ...at }) => ({ ...at, said: `?${id}:${reason}` })),
    ...ignored.map(({ text, reason, ...at }) => ({ ...at, said: `!${text}:${reason}` })),
  ];
  const behind = all.filter(({ line }) => line >= first).sort((one, other) => one.offset - other.offset);
  return behind
    .map(({ said }) => said)
    .filter((said) => !said.endsWith(':date') && !/^!2\d\d\d:short$/.test(said))
    .join(' ');
}

/** Lines that this statement writes, as many as make their shape known; behind them, the last lines of the text. */
function after(statement: () => string, ...last: string[]): string {
  const lines = Array.from({ length: 6 }, () => stamp() + statement());
  return verdicts([...lines, ...last, `${stamp()}end`, ''].join('\n'), lines.length);
}

const deal = () => `deal ${id()} saved in ${10 + (count % 80)}ms`;

test('the numbers of a line of a known shape are found where they stand in it', () => {
  const line = `${stamp()}deal 28983563713 saved in 99ms`;
  const text = [...Array.from({ length: 6 }, () => stamp() + deal()), line, `${stamp()}end`].join('\n');
  const found = readRecordIds(text).ids.at(-1);
  assert.deepEqual(found, {
    id: '28983563713',
    offset: text.indexOf('28983563713'),
    length: 11,
    line: 6,
    objectType: '0-3',
  });
  assert.equal(after(deal, line), '28983563713:0-3 !99ms:duration');
});

test('a number of another kind is none of a known line', () => {
  assert.equal(after(deal, `${stamp()}deal 07983563713 saved in 99ms`), '!07983563713:leadingZero !99ms:duration');
  assert.equal(
    after(() => `deal ${4711 + count} saved`, `${stamp()}deal 2026 saved`),
    '?2026:shortAfterWord',
  );
  assert.equal(
    after(() => `got ${id().slice(1)} of it`, `${stamp()}got 1764000000 of it`),
    '?1764000000:maybeTime',
  );
});

test('digits that tell what their word is are none of a known line', () => {
  const word = () => `at ${1 + (++count % 9)}xab again`;
  assert.equal(after(word, `${stamp()}at 0xab again`), '!0xab:hex');
  assert.equal(
    after(() => `deals_${id().slice(3)} saved`, `${stamp()}deals_20261124 saved`),
    '!deals_20261124:partOfWord',
  );
  assert.equal(
    after(() => `of %1${++count % 10}: got it`, `${stamp()}of %30: got it`),
    '',
  );
  assert.equal(
    after(() => `lead 2-${id()} ${id()} saved`, `${stamp()}lead 2-41177305123 28983563713 saved`),
    '!2-41177305123:objectTypeId 28983563713:2-41177305123',
  );
});

test('the text of a link is an id where its address names the same', () => {
  const link = (one: string, other = one) => `[${one}](https://app.hubspot.com/contacts/62515/record/0-1/${other})`;
  assert.equal(
    after(() => link(id()), stamp() + link('28983563713')),
    '28983563713:0-1 !62515:portalId 28983563713:0-1',
  );
  assert.equal(
    after(() => link(id()), stamp() + link('28983563713', '28983563714')),
    '?28983563713:loneNumber !62515:portalId 28983563714:0-1',
  );
});

test('an address in a known line names the type of its record', () => {
  const page = (record: string) => `see https://app.hubspot.com/contacts/62515/record/0-2/${record} for it`;
  assert.equal(
    after(() => page(id()), stamp() + page('28983563713')),
    '!62515:portalId 28983563713:0-2',
  );
  assert.equal(
    after(() => page(id()), stamp() + page('08983563713')),
    '!62515:portalId !08983563713:url',
  );
});

test('what the lines below or above say is asked for each line', () => {
  const open = () => `got {id: ${id()},`;
  assert.equal(
    after(open, `${stamp()}got {id: 28983563713,`, 'objectTypeId: "0-3"}'),
    '28983563713:0-3 !0-3:objectTypeId',
  );
  assert.equal(
    after(open, `${stamp()}got {id: 28983563713,`, `${stamp()}objectTypeId: "0-3"}`),
    '28983563713:0-3 !0-3:objectTypeId',
  );
  assert.equal(
    after(() => `contact id ${200 + (count % 90)}`, `${stamp()}contact id 280`, 'category=HUBSPOT_DEFINED'),
    '!280:associationTypeId',
  );
  assert.equal(
    after(() => `got ${id()} of it`, 'INSERT INTO deals (id) VALUES (5,', `${stamp()}got 28983563713 of it`),
    '5:0-3 ?28983563713:keyUnclear',
  );
  const request = 'curl /crm/v3/associations/companies/deals/batch/read';
  assert.equal(
    after(() => 'record_id_28983563713 of it', request, `${stamp()}record_id_28983563713 of it`),
    '28983563713:0-2',
  );
});

test('a line that does not start with a date goes on with the one above', () => {
  const lines = Array.from({ length: 6 }, () => `4711- and ${id()} of them\n`).join('x\n');
  assert.equal(
    verdicts(`${lines}deal ids: ${id()},\n4711- and 28983563713 of them\nend`, 12),
    '4711:0-3 ?28983563713:loneNumber',
  );
});

test('a list that starts in a known line goes on in the next one', () => {
  const list = () => `deals: ${id()},`;
  assert.equal(
    after(list, 'x 5 y', `${stamp()}deals: 28983563713,`, '28983563714 too'),
    '!5:short 28983563713:0-3 28983563714:0-3',
  );
  assert.equal(
    after(() => 'see crm2_deal_id=', `${stamp()}see crm2_deal_id=`, '28983563714 too'),
    '!crm2_deal_id:partOfWord 28983563714:0-3',
  );
});

test('a number behind a known line is told nothing by what stands before the numbers of that', () => {
  const above = ['x 5 y', `${stamp()}deals 8:`, '28983563714 too'];
  assert.equal(
    after(() => `deals ${1 + (++count % 7)}:`, ...above),
    '!5:short ?8:shortAfterWord ?28983563714:keyUnclear',
  );
});

test('a date further right starts no line', () => {
  const lines = Array.from({ length: 4 }, () => `crm2 ${stamp()}deal 28983563713 saved`);
  const expected = Array.from(lines, () => '!crm2:partOfWord 28983563713:0-3');
  assert.equal(
    after(() => 'x', ...lines),
    expected.join(' '),
  );
});

test('a lone carriage return ends a line', () => {
  const log = Array.from({ length: 6 }, () => `${stamp()}deal ${id()} saved\rcontact 28983563713 saved`).join('\n');
  const { ids } = readRecordIds(`${log}\n${stamp()}end`);
  assert.equal(ids.length, 12);
  for (const [nth, { line, objectType }] of ids.entries())
    assert.deepEqual([line, objectType], [nth, nth % 2 ? '0-1' : '0-3']);
});

test('a line of a known shape is looked at no oftener than it takes to know it', () => {
  const log = Array.from({ length: 2_000 }, () => stamp() + deal()).join('\n');
  const { charCodeAt } = String.prototype;
  let looks = 0;
  String.prototype.charCodeAt = function (at) {
    looks++;
    return charCodeAt.call(this, at);
  };
  try {
    readRecordIds(log);
  } finally {
    String.prototype.charCodeAt = charCodeAt;
  }
  assert.ok(looks < 3 * log.length, `${looks} looks at ${log.length} characters`);
});
