/** Long texts are read in steps, so that whoever reads them on a busy thread can let others work in between. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AskedIds } from '../../../src/core/domain/associations.ts';
import type { Steps } from '../../../src/core/domain/steps.ts';
import { proposingPairs } from '../../../src/core/pairs/proposal.ts';
import { findingJsonKeys } from '../../../src/core/reading/file/readColumn.ts';
import { Places } from '../../../src/core/reading/found/places.ts';
import { Reading } from '../../../src/core/reading/found/reading.ts';
import { groupByType } from '../../../src/core/reading/found/typeHints.ts';
import { readingWhole, readWhole } from '../../../src/core/reading/readRecordIds.ts';
import { readAt, readingAt, readingSelections, readSelections } from '../../../src/core/reading/selections.ts';
import { DelimitedScanner } from '../../../src/core/reading/table/delimitedScanner.ts';
import { placesIn, placing } from '../../../src/ids/idPlaces.ts';
import { storedText } from '../../../src/ids/storedPlaces.ts';

/** In UTF-16 code units. */
const size = 4_000_000;

function repeated(head: string, line: string): string {
  return head + line.repeat(Math.ceil(size / line.length));
}

const texts: Readonly<Record<string, string>> = {
  'a log': repeated('', '2026-11-20T02:14:07.112Z INFO crm-sync[2217] deal 17983563713 upserted in 40ms\n'),
  'a list': repeated('', '17983563713\n'),
  'a table': repeated('Record ID,Name\n', '17983563713,Jane Doe\n'),
  'a drawn table': repeated('| Deal ID | Name |\n|---|---|\n', '| 17983563713 | Jane Doe |\n'),
  'a table under a heading': repeated('These are wrong:\n\nDeal ID,Name\n', '17983563713,Jane Doe\n'),
  'one long line': repeated('', 'deal 17983563713 '),
  JSON: `${repeated('{"results":[', '{"id":"17983563713","name":"Jane"},')}{}]}`,
};

const range = Array.from({ length: 100_000 }, (_, nth) => nth);

/** How many steps there are, and the result. */
function counted<Result>(steps: Steps<Result>): { count: number; result: Result } {
  for (let count = 1; ; count++) {
    const step = steps.next();
    if (step.done) return { count, result: step.value };
  }
}

for (const [name, text] of Object.entries(texts)) {
  test(`${name}: no step takes more than a part of it, and the steps come to the same as all at once`, () => {
    const whole = counted(readingWhole(text, 'plaintext'));
    const atOnce = readWhole(text, 'plaintext');
    assert.ok(whole.count >= 4, `${whole.count} steps`);
    assert.ok(atOnce.idPlaces.length > 10_000);
    assert.equal(whole.result.idPlaces.length, atOnce.idPlaces.length);
    assert.equal(whole.result.format, atOnce.format);
    assert.deepEqual(whole.result.distinctIds, atOnce.distinctIds);
  });

  test(`${name}: a selection and a cursor in it`, () => {
    const selections = [{ start: 100, end: text.length - 100 }];
    const part = counted(readingSelections({ text, selections }));
    assert.ok(part.count >= 4, `${part.count} steps`);
    assert.deepEqual(part.result.distinctIds, readSelections({ text, selections }).distinctIds);
    const at = counted(readingAt(text, text.length >> 1));
    assert.deepEqual(at.result.reading.distinctIds, readAt(text, text.length >> 1).reading.distinctIds);
  });
}

const single = 1_600_000;
/** A step looks at the same characters several times, and at no time at all of the text. */
const mostOfStep = 1_400_000;

/** Texts of which a single word, cell, string, comment, row ... is nearly all. */
const pieces: Readonly<Record<string, readonly [before: string, repeated: string, behind?: string]>> = {
  'a string of JSON': ['{"note":"', 'deal 17983563713 x ', '"}'],
  'a string of JSON without ids': ['{"note":"', '\\u0031', '"}'],
  'ids in a string of JSON': ['{"dealId":"', '17983563713;', '"}'],
  'a string of JSON that does not end': ['{"note":"', 'deal 17983563713 '],
  'a key of JSON': ['{"', 'a1 ', '":5}'],
  'a number of JSON': ['{"id":', '1', '}'],
  'a word in JSON': ['{"id":', 'a1', '}'],
  'a comment in JSON': ['{"id":5,/*', 'deal 17983563713 ', '*/"a":1}'],
  'comments in JSON': ['{"id":5,', '//deal 17983563713\n', '"a":1}'],
  'blanks in JSON': ['{"id":5,', ' ', '"a":1}'],
  'values of an object that says last what they are': ['{"values":[', '17983563713,', '1],"name":"id"}'],
  'a number': ['', '1'],
  'a number beside a word': ['', '1', ' contact'],
  'digits of another script': ['', '\u0661'],
  'letters before a digit': ['', 'a', '1'],
  base64: ['data:image/png;base64,', 'ab1+/9Zz'],
  'an address': ['https://example.com', '/a1'],
  'an address of HubSpot': ['https://api.hubapi.com/crm/v3/objects', '/deals/17983563713'],
  'a query': ['https://app.hubspot.com/contacts/1/record/0-3/17983563713?a=1', '&dealId=17983563713'],
  'a line of ids and one that is empty': ['NULL,', '17983563713,'],
  'a line of short ids': ['', '123,'],
  'ids that may be groups': ['', '123,456\n'],
  'blanks before a digit': ['a', ' ', '1'],
  'empty lines': ['a', '\n', '1'],
  'one cell': ['Record ID,Name\n5,b\n6,', 'a1 '],
  'blanks in one cell': ['Record ID,Name\n5,b\n', ' ', ',x'],
  'marks around an id in a cell': ['Record ID,Name\n5,b\n', "'", '17983563713,x'],
  'ids in one cell': ['Record ID,Name\n', '17983563713;'],
  'one row': ['Record ID,Name\n', '17983563713,'],
  'what stands behind a quote': ['Record ID,Name\n5,b\n"6"', 'a1 '],
  'blanks in a drawn cell': ['| Deal ID | Name |\n|---|---|\n| 17983563713 |', ' ', '|'],
  'a drawn row': ['| Deal ID | Name |\n|---|---|\n', '| 17983563713 '],
};

/** The most characters that were looked at in one step. */
function mostLookedAt(steps: Steps<unknown>): number {
  const { charCodeAt } = String.prototype;
  let looks = 0;
  let most = 0;
  String.prototype.charCodeAt = function (at) {
    looks++;
    return charCodeAt.call(this, at);
  };
  try {
    for (let isDone = false; !isDone; looks = 0) {
      isDone = steps.next().done === true;
      most = Math.max(most, looks);
    }
  } finally {
    String.prototype.charCodeAt = charCodeAt;
  }
  return most;
}

for (const [name, [before, part, behind = '']] of Object.entries(pieces)) {
  test(`${name}: no step looks at more than a part of a text that is hardly anything else`, () => {
    const text = before + part.repeat(single / part.length) + behind;
    const selections = [{ start: before.length, end: text.length - behind.length }];
    const most = {
      whole: mostLookedAt(readingWhole(text)),
      selection: mostLookedAt(readingSelections({ text, selections })),
      cursor: mostLookedAt(readingAt(text, text.length >> 1)),
    };
    for (const [way, looks] of Object.entries(most)) assert.ok(looks < mostOfStep, `${way}: ${looks} looks`);
  });
}

test('ten thousand selections: no step looks at more than a part of them', () => {
  const text = '17983563713\n'.repeat(single / 12);
  const selections = Array.from({ length: 10_000 }, (_, nth) => ({ start: nth * 160, end: nth * 160 + 150 }));
  const looks = mostLookedAt(readingSelections({ text, selections }));
  assert.ok(looks < mostOfStep, `${looks} looks`);
});

test('an id is none of those that are cut by a step', () => {
  const words = { z1: 'partOfWord', '1': 'tooLong', '\u0661': 'otherDigits' } as const;
  for (const [part, reason] of Object.entries(words)) {
    for (const length of [65_535, 65_536, 65_537, 100_000, 100_001, 200_000, 265_537]) {
      const text = `deal 17983563713 ${part.repeat(Math.ceil(length / part.length))} deal 17983563714`;
      const reading = readWhole(text);
      assert.deepEqual(reading.distinctIds, ['17983563713', '17983563714'], `${length} of ${part}`);
      assert.deepEqual(
        reading.ignored.map((each) => each.reason),
        [reason],
      );
      assert.equal(reading.ignored[0]!.length, Math.ceil(length / part.length) * part.length);
    }
  }
});

test('a text of more types than there is room for gives no id another one than its own', () => {
  const length = 70_000;
  const type = (number: number) => `2-${10_000_000 + number}`;
  const text = Array.from({ length }, (_, number) => `/crm/v3/objects/${type(number)}/${17_982_944_313 + number}\n`);
  const { ids } = readWhole(text.join(''));
  assert.equal(ids.length, length);
  for (const [number, { objectType }] of ids.entries())
    assert.ok(objectType === undefined || objectType === type(number), `${number}: ${objectType}`);
});

test('places that come in any order are put into that of the text in steps', () => {
  const places = new Places();
  const length = 300_000;
  for (let number = 0; number < length; number++) places.push((number * 7919) % length, 1, number, number % 9);
  const { count } = counted(places.sorting());
  assert.ok(count > 3, `${count} steps`);
  for (let number = 0; number < length; number++) {
    assert.equal(places.offset(number), number);
    assert.equal((places.line(number) * 7919) % length, number);
    assert.equal(places.code(number), places.line(number) % 9);
  }
});

test('what is made of a million ids is made in steps, and comes to the same as all at once', () => {
  const text = repeated('', 'deal 17983563713, contact 17983563714, 5 times in 2026-11-20\n');
  const reading = readWhole(text);
  const listing = counted(reading.listing());
  assert.ok(listing.count > (reading.ids.length + reading.ignored.length) / 40_000, `${listing.count} steps`);
  assert.deepEqual(reading.ids.slice(0, 9), readWhole(text).ids.slice(0, 9));
  const given = counted(placing('file:///deals.csv', reading.ids));
  assert.ok(given.count > reading.ids.length / 20_000, `${given.count} steps`);
  const { ids, asked, places } = given.result;
  assert.deepEqual([ids, asked.list()], [['17983563713', '17983563714'], ids]);
  assert.deepEqual(places.stored, placesIn('file:///deals.csv', reading.ids).places.stored);
  assert.equal([...places.of('17983563714')].length, reading.ids.length / 2);
  const written = [...storedText(places.stored)];
  assert.deepEqual(JSON.parse(written.join('')), places.stored);
  const many = { uri: 'file:///"a".csv', lines: range, offsets: range, more: { 0: [1, 2], 7: range } };
  const pieces = [...storedText(many)];
  assert.deepEqual(JSON.parse(pieces.join('')), many);
  assert.ok(pieces.length > 20, `${pieces.length} pieces`);
  const groups = counted(groupByType({ ids: reading.ids, distinct: asked }));
  assert.ok(groups.count > reading.ids.length / 20_000, `${groups.count} steps`);
  assert.deepEqual(
    groups.result.map(({ objectType, ids: [id] }) => [objectType, id]),
    [
      ['0-3', '17983563713'],
      ['0-1', '17983563714'],
    ],
  );
});

test('to take in a million places, room is never made for more than some of them at once', () => {
  const { Uint32Array: original } = globalThis;
  let largest = 0;
  globalThis.Uint32Array = class extends original {
    constructor(length: number) {
      super(length);
      largest = Math.max(largest, length);
    }
  } as typeof original;
  try {
    const places = new Places();
    for (let number = 0; number < 1_000_000; number++) places.push(number, 1, number, number % 9);
    assert.deepEqual([places.length, places.offset(999_999), places.code(65_536)], [1_000_000, 999_999, 65_536 % 9]);
  } finally {
    globalThis.Uint32Array = original;
  }
  assert.ok(largest > 0 && largest <= 100_000, `${largest} at once`);
});

test('ids of many types are asked for their number once each, and never many of them in one step', () => {
  const { ids } = readWhole(
    Array.from({ length: 60_000 }, (_, at) => `/0-${1 + (at % 5)}/${7_000_000 + (at >> 1)}\n`).join(''),
  );
  const { asked } = placesIn('', ids);
  let finds = 0;
  let most = 0;
  const distinct: AskedIds = {
    length: asked.length,
    isWhole: true,
    text: (record) => asked.text(record),
    number: (record) => asked.number(record),
    find: (id) => {
      finds++;
      return asked.find(id);
    },
  };
  const steps = groupByType({ ids, distinct });
  for (let isDone = false, before = 0; !isDone; before = finds) {
    isDone = steps.next().done === true;
    most = Math.max(most, finds - before);
  }
  assert.equal(finds, ids.length);
  assert.ok(most <= 10_000, `${most} in one step`);
});

test('the cells of a row of a file are given in steps, however many they are', () => {
  const text = `${Array.from({ length: 300_000 }, (_, nth) => nth).join(',')}\n`;
  const most = 100_000;
  for (const wanted of [-1, 0, 150_000, 299_999]) {
    const cells: number[] = [];
    let mostOfStep = 0;
    const sink = (column: number, start: number, end: number) => {
      if (text.slice(start, end) === String(column)) cells.push(column);
      return undefined;
    };
    const steps = new DelimitedScanner(44).scanning(text, 0, false, sink, { wanted });
    for (let isDone = false, before = 0; !isDone; before = cells.length) {
      isDone = steps.next().done === true;
      mostOfStep = Math.max(mostOfStep, cells.length - before);
    }
    assert.deepEqual(cells, wanted < 0 ? Array.from({ length: 300_000 }, (_, nth) => nth) : [wanted]);
    assert.ok(mostOfStep <= most, `${mostOfStep} cells in a step`);
  }
});

/** Counts the names whose meaning is looked for, of which each is taken apart by `replaceAll`. */
function countingNames(read: (sinceLast: () => number) => void): void {
  const { replaceAll } = String.prototype;
  let names = 0;
  Object.assign(String.prototype, {
    replaceAll(this: string, ...given: Parameters<typeof replaceAll>) {
      names++;
      return replaceAll.apply(this, given);
    },
  });
  try {
    read(() => {
      const count = names;
      names = 0;
      return count;
    });
  } finally {
    String.prototype.replaceAll = replaceAll;
  }
}

test('the beginning of a file of thousands of keys: no step reads more than some of their names', () => {
  const count = 12_000;
  const text = `{${Array.from({ length: count }, (_, nth) => `"key ${nth}":${nth}`).join(',')}}`;
  let most = 0;
  countingNames((sinceLast) => {
    const steps = findingJsonKeys(text);
    let step = steps.next();
    for (; !step.done; step = steps.next()) most = Math.max(most, sinceLast());
    most = Math.max(most, sinceLast());
    assert.equal(step.value.length, count);
  });
  assert.ok(most > 0 && most < count, `${most} in one step`);
});

test('what many values of one object are is found once for all of them', () => {
  const ids = Array.from({ length: 5_000 }, (_, nth) => 17_983_563_713 + nth);
  const text = JSON.stringify({ from: { id: 51_234_567 }, to: ids });
  countingNames((sinceLast) => {
    assert.equal(readWhole(text).ids.length, ids.length);
    const names = sinceLast();
    assert.ok(names < 1_000, `${names} times`);
  });
});

test('the beginning of a table of thousands of columns: no step reads more than some of their names and values', () => {
  const count = 4_000;
  const row = (cell: (nth: number) => string) => `${Array.from({ length: count }, (_, nth) => cell(nth)).join(',')}\n`;
  const text = row((nth) => `Key ${nth}`) + row((nth) => `v${nth}`).repeat(3);
  const { trim } = String.prototype;
  let most = 0;
  let values = 0;
  let mostValues = 0;
  String.prototype.trim = function () {
    values++;
    return trim.call(this);
  };
  try {
    countingNames((sinceLast) => {
      const steps = proposingPairs(text, 'delimited');
      for (let isDone = false; !isDone; values = 0) {
        const { done, value } = steps.next();
        isDone = done === true;
        most = Math.max(most, sinceLast());
        mostValues = Math.max(mostValues, values);
        if (value) assert.ok(value.kind === 'columns' && value.sources.length === count);
      }
    });
  } finally {
    String.prototype.trim = trim;
  }
  assert.ok(most > 0 && most <= 5 * count, `${most} in one step`);
  assert.ok(mostValues > 0 && mostValues <= 2 * count, `${mostValues} values in one step`);
});

test('ids of tens of thousands of types: no step tells the types of more than some', () => {
  const count = 50_000;
  const ids = Array.from(
    { length: count },
    (_, nth) => `{"id":"${17_983_563_713 + nth}","objectTypeId":"2-${nth + 1}"}`,
  );
  const text = `{"results":[${ids.join(',')}]}`;
  const { evidenceCode } = Reading.prototype;
  let codes = 0;
  let most = 0;
  Reading.prototype.evidenceCode = function (...given) {
    codes++;
    return evidenceCode.apply(this, given);
  };
  try {
    const steps = readingWhole(text, 'json');
    for (let isDone = false, before = 0; !isDone; before = codes) {
      isDone = steps.next().done === true;
      most = Math.max(most, codes - before);
    }
  } finally {
    Reading.prototype.evidenceCode = evidenceCode;
  }
  assert.ok(codes >= count, `${codes} in all`);
  assert.ok(most <= 20_000, `${most} in one step`);
});
