/** What HubSpot holds as text, for people, for programs and for sorting. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Cell } from '../../../src/core/domain/cell.ts';
import type { PropertyDefinition } from '../../../src/core/domain/propertyDefinition.ts';
import { readableCell, valueOrder } from '../../../src/core/properties/readableCell.ts';

const made = (over: Partial<PropertyDefinition>): PropertyDefinition => ({
  name: 'some_property',
  label: 'Some property',
  group: '',
  type: 'string',
  fieldType: 'text',
  options: [],
  isOwner: false,
  sensitivity: 'none',
  isHidden: false,
  ...over,
});

const read = (text: string, definition: PropertyDefinition | undefined) => {
  const ownerOf = (id: string) => (id === '71' ? 'Imani Okafor' : undefined);
  const cell = readableCell({ kind: 'value', text }, { definition, language: 'en-GB', timeZone: 'UTC', ownerOf });
  return cell.kind === 'value' ? [cell.text, cell.value] : cell.kind;
};

test('numbers are readable, and exact where a program takes them', () => {
  const number = made({ type: 'number' });
  assert.deepEqual(read('1234567.5', number), ['1,234,567.5', 1_234_567.5]);
  assert.deepEqual(read('-3', number), ['-3', -3]);
  // What a number of JavaScript would change stays HubSpot's text.
  assert.deepEqual(read('1.10', number), ['1.1', '1.10']);
  assert.deepEqual(read('12345678901234567890', number), ['12345678901234567890', '12345678901234567890']);
  assert.deepEqual(read('0.1234567890123456789', number), ['0.1234567890123456789', '0.1234567890123456789']);
  assert.deepEqual(read('a lot', number), ['a lot', 'a lot']);
  assert.deepEqual(read('20000000001', made({ name: 'hs_object_id', type: 'number' })), [
    '20000000001',
    20_000_000_001,
  ]);
});

test('days and moments are readable, and stay as HubSpot wrote them beside it', () => {
  assert.deepEqual(read('2026-03-04', made({ type: 'date' })), ['4 Mar 2026', '2026-03-04']);
  assert.deepEqual(read('1772582400000', made({ type: 'date' })), ['4 Mar 2026', '1772582400000']);
  const [text] = read('2026-03-04T09:30:00.000Z', made({ type: 'datetime' }));
  assert.match(String(text), /^4 Mar 2026, 0?9:30$/);
  for (const odd of ['2026-13-45', 'soon', '0', '99999999999999999999']) {
    assert.deepEqual(read(odd, made({ type: 'date' })), [odd, odd]);
  }
});

test('a language and a style are prepared once, however many cells are read', (t) => {
  const kinds = { NumberFormat: Intl.NumberFormat, DateTimeFormat: Intl.DateTimeFormat };
  let prepared = 0;
  for (const [name, Format] of Object.entries(kinds)) {
    Object.assign(Intl, {
      [name]: class extends (Format as typeof Intl.NumberFormat) {
        constructor(...given: ConstructorParameters<typeof Intl.NumberFormat>) {
          super(...given);
          prepared++;
        }
      },
    });
  }
  t.after(() => Object.assign(Intl, kinds));
  for (let cell = 0; cell < 1000; cell++) {
    const readable = { language: 'pt-BR', timeZone: 'UTC' };
    for (const [type, text] of [
      ['number', String(cell)],
      ['date', '2026-03-04T09:30:00Z'],
      ['datetime', '2026-03-04T09:30:00Z'],
    ] as const) {
      const shown = readableCell({ kind: 'value', text }, { ...readable, definition: made({ type }) });
      assert.ok(shown.kind === 'value' && shown.text !== '');
    }
  }
  assert.equal(prepared, 3);
});

test('options are shown by their label, several of them each, and owners by their name', () => {
  const stage = made({
    type: 'enumeration',
    options: [
      { value: 'won', label: 'Closed won' },
      { value: 'x', label: 'X ray' },
    ],
  });
  assert.deepEqual(read('won', stage), ['Closed won', 'won']);
  assert.deepEqual(read('x;won;new', stage), ['X ray; Closed won; new', 'x;won;new']);
  assert.deepEqual(read('71', made({ isOwner: true })), ['Imani Okafor', '71']);
  assert.deepEqual(read('72', made({ isOwner: true })), ['72', '72']);
});

test('a boolean is one, HTML is its text, and what is not known is shown as it came', () => {
  assert.deepEqual(read('true', made({ type: 'bool' })), ['true', true]);
  const yes = made({ type: 'bool', options: [{ value: 'true', label: 'Yes' }] });
  assert.deepEqual(read('true', yes), ['Yes', true]);
  assert.deepEqual(read('<p>Call <b>back</b></p>', made({ fieldType: 'html' })), [
    'Call back',
    '<p>Call <b>back</b></p>',
  ]);
  assert.deepEqual(read('<p>', undefined), ['<p>', '<p>']);
});

test('a text is made when somebody looks at it, and once', () => {
  let times = 0;
  const ownerOf = (id: string) => `Owner ${++times} ${id}`;
  const cell = readableCell({ kind: 'value', text: '71' }, { definition: made({ isOwner: true }), ownerOf });
  assert.equal(cell.kind, 'value');
  assert.equal(times, 0);
  assert.deepEqual(cell, { kind: 'value', text: 'Owner 1 71', value: '71' });
  assert.deepEqual({ ...cell }, { kind: 'value', text: 'Owner 1 71', value: '71' });
});

test('what is no value stays what it is', () => {
  const others: readonly Cell[] = [
    { kind: 'unset' },
    { kind: 'gone', how: 'archived' },
    { kind: 'notRead', why: 'withheld' },
  ];
  for (const cell of others) assert.equal(readableCell(cell, { definition: made({}) }), cell);
});

test('numbers and days sort by what they are, options in the order of HubSpot, everything else by its text', () => {
  const order = (text: string, over: Partial<PropertyDefinition>) =>
    valueOrder({ kind: 'value', text: 'shown', value: text }, made(over));
  assert.equal(order('-2.5', { type: 'number' }), -2.5);
  assert.ok(order('2026-03-04', { type: 'date' })! < order('2026-03-05', { type: 'date' })!);
  const options = [
    { value: 'z', label: 'First' },
    { value: 'a', label: 'Second' },
  ];
  assert.deepEqual([order('z', { options }), order('a', { options }), order('b', { options })], [0, 1, undefined]);
  assert.equal(order('text', {}), undefined);
});
