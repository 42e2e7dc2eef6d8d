/** Ids planted in generated noise of each kind: all are found, and nothing else is. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import Papa from 'papaparse';
import { readRecordIds } from '../../../src/core/reading/readRecordIds.ts';

const runs = { numRuns: 200 };

/** 1 to 19 digits, so most of them would not survive a floating-point number. */
const recordId = fc
  .tuple(fc.constantFrom(...'123456789'), fc.stringMatching(/^\d{0,18}$/))
  .map(([first, rest]) => first + rest);
const longRecordId = fc.tuple(fc.constantFrom(...'123456789'), fc.stringMatching(/^\d{15,18}$/)).map(([a, b]) => a + b);

function found(text: string, languageId?: string): string[] {
  return readRecordIds(text, languageId).ids.map(({ id }) => id);
}

test('in plain lists', () => {
  // Commas and blanks alone come with the question of thousands separators, which the corpus answers.
  const separator = fc.constantFrom(
    '\n',
    '\r\n',
    ', ',
    '; ',
    ';',
    '\t',
    ' | ',
    '","',
    "', '",
    ' \u00a0',
    '\n\n',
    '),(',
  );
  fc.assert(
    fc.property(
      fc.array(recordId, { minLength: 1, maxLength: 50 }),
      fc.array(separator, { minLength: 1 }),
      (ids, between) => {
        const text = ids.map((id, index) => id + between[index % between.length]).join('');
        const reading = readRecordIds(text);
        assert.deepEqual(
          reading.ids.map(({ id }) => id),
          ids,
        );
        assert.deepEqual(reading.distinctIds, [...new Set(ids)]);
        assert.equal(reading.ignored.length + reading.unsure.length, 0);
      },
    ),
    runs,
  );
});

const cell = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.string({ unit: fc.constantFrom('"', ',', ';', '\n', '\r\n', ' ', 'ü', '9', '👍', '\t', '|'), maxLength: 8 }),
  fc.nat().map(String),
  fc.constantFrom('2024-05-01', '17982944313', '1.5', 'Acme, Inc.', '=1+1'),
);

test('in a column of CSV', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(recordId, fc.array(cell, { minLength: 3, maxLength: 3 })), { minLength: 2, maxLength: 20 }),
      fc.constantFrom(',', ';', '\t', '|'),
      fc.constantFrom('\n', '\r\n'),
      fc.nat({ max: 3 }),
      fc.boolean(),
      (rows, delimiter, newline, position, quotes) => {
        const at = <T>(cells: readonly T[], one: T) => [...cells.slice(0, position), one, ...cells.slice(position)];
        const table = [at(['Name', 'Notes', 'City'], 'Deal ID'), ...rows.map(([id, cells]) => at(cells, id))];
        const text = Papa.unparse(table, { delimiter, newline, quotes });
        const reading = readRecordIds(text, 'csv');
        assert.deepEqual(
          reading.ids.map(({ id }) => id),
          rows.map(([id]) => id),
        );
        assert.ok(reading.ids.every(({ objectType }) => objectType === '0-3'));
      },
    ),
    runs,
  );
});

test('under a key of JSON', () => {
  const noise = fc.dictionary(fc.stringMatching(/^x_[a-z]{1,6}$/), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 4 });
  fc.assert(
    fc.property(
      fc.array(fc.tuple(recordId, noise, noise, fc.boolean()), { minLength: 1, maxLength: 15 }),
      fc.constantFrom(0, 2, '\t'),
      (entries, indent) => {
        const marks: string[] = [];
        const list = entries.map(([id, before, after, quoted]) => {
          // Written by hand below: JSON.stringify would write the digits as a floating-point number.
          marks.push(quoted ? `"${id}"` : id);
          return { ...before, contactId: `planted ${marks.length - 1}`, ...after };
        });
        const text = JSON.stringify({ list }, null, indent).replaceAll(
          /"planted (\d+)"/g,
          (_, mark: string) => marks[Number(mark)]!,
        );
        assert.deepEqual(
          found(text, 'json'),
          entries.map(([id]) => id),
        );
      },
    ),
    runs,
  );
});

test('in JSON lines', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(recordId, fc.jsonValue({ maxDepth: 1 })), { minLength: 2, maxLength: 20 }),
      (entries) => {
        const text = entries.map(([id, noise]) => `{"x_noise":${JSON.stringify(noise)},"dealId":${id}}`).join('\n');
        assert.deepEqual(
          found(text),
          entries.map(([id]) => id),
        );
      },
    ),
    runs,
  );
});

const number = (digits: number) => fc.stringMatching(new RegExp(`^[1-9]\\d{${digits - 1}}$`));
const two = fc.integer({ min: 10, max: 28 });
const byte = fc.integer({ min: 1, max: 255 });
const logNoise = fc.oneof(
  fc.tuple(two, two, two, two).map(([d, h, m, s]) => `2024-05-${d}T${Math.min(h, 23)}:${m}:${s}.123Z`),
  fc.nat({ max: 9999 }).map((n) => `took ${n}ms`),
  fc.nat({ max: 9999 }).map((n) => `in ${n} ms`),
  fc.tuple(byte, byte, byte, byte).map((bytes) => bytes.join('.')),
  fc.uuid(),
  fc.nat({ max: 599 }).map((n) => `status=${n}`),
  number(8).map((n) => `portalId=${n}`),
  number(10).map((n) => `eventId=${n}`),
  number(8).map((n) => `ownerId=${n}`),
  fc.nat({ max: 65_535 }).map((n) => `port ${n}`),
  fc.nat({ max: 99 }).map((n) => `[worker-${n}]`),
  fc.nat({ max: 100 }).map((n) => `${n}%`),
  fc.tuple(two, two).map(([a, b]) => `v${a}.${b}.0`),
  fc.nat({ max: 999_999 }).map((n) => `$${n.toLocaleString('en-US')}`),
  number(20).map((n) => `seen ${n}`),
  number(11).map((n) => `value was ${n}`),
  fc.constantFrom('INFO', 'retrying', 'ok', '-', 'x', '0x1F4', 'deadbeef42', '0-3', '1.23457E+11', '+49 30 1234567'),
);
const planted = fc.oneof(
  recordId.map((id) => ({ id, text: `dealId=${id}` })),
  recordId.map((id) => ({ id, text: `contact_id: ${id}` })),
  recordId.map((id) => ({ id, text: `"objectId":"${id}"` })),
  recordId.map((id) => ({ id, text: `company #${id}` })),
  longRecordId.map((id) => ({ id, text: `ticket ${id}` })),
  recordId.map((id) => ({ id, text: `https://app-eu1.hubspot.com/contacts/62515/record/0-3/${id}` })),
  recordId.map((id) => ({ id, text: `/crm/v3/objects/contacts/${id}` })),
);

test('in log lines', () => {
  const line = fc.tuple(
    fc.array(logNoise, { maxLength: 4 }),
    fc.option(planted, { nil: undefined }),
    fc.array(logNoise, { maxLength: 4 }),
  );
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 12 }), (lines) => {
      const text = lines
        .map(([before, one, after]) => [...before, ...(one ? [one.text] : []), ...after].join(' '))
        .join('\n');
      const ids = lines.flatMap(([, one]) => (one ? [one.id] : []));
      // A text without words may be a plain list, which is another matter.
      assert.deepEqual(found(`log of today\nstarted at noon\n\n${text}`), ids, text);
    }),
    { numRuns: 400 },
  );
});

test('in an SQL list', () => {
  fc.assert(
    fc.property(
      fc.array(recordId, { minLength: 1, maxLength: 30 }),
      fc.constantFrom(', ', ',\n  ', "','"),
      (ids, between) => {
        const quote = between === "','" ? "'" : '';
        const text = `SELECT name, 5 FROM crm WHERE amount > 100 AND deal_id IN (${quote}${ids.join(between)}${quote}) LIMIT 10`;
        assert.deepEqual(found(text, 'sql'), ids);
      },
    ),
    runs,
  );
});
