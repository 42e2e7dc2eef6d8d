import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseFromPage, parseToPage } from '../../../src/core/treaty/panelMessages.ts';
import { maxRowsPerRequest } from '../../../src/core/treaty/panelRows.ts';
import { firstView } from '../../../src/core/treaty/panelView.ts';
import { panelWords } from '../../../src/core/treaty/panelWords.ts';

const view = {
  filter: 'acme',
  chips: ['none', 'label:Billing contact'],
  sort: [
    { column: 'count', descending: true },
    { column: 'property:associated:hs_object.id', descending: false },
  ],
  columns: [{ key: 'state', width: 120 }, { key: 'record', hidden: true }, { key: 'type:2-123' }],
  place: 7,
};

test('what the page may say is understood', () => {
  for (const message of [
    { kind: 'ready' },
    { kind: 'ready', view },
    { kind: 'view', view },
    { kind: 'rows', request: 1, first: 0, count: 200 },
    { kind: 'rows', request: 2, first: 5, count: 10, keep: { record: 3, nth: 1, at: 7 } },
    { kind: 'copy', rows: { all: true } },
    { kind: 'copy', rows: { all: true }, heads: true, spreadsheet: true },
    { kind: 'copy', rows: { all: false, from: { record: 1, nth: 0 }, to: { record: 2, nth: 5 } } },
    { kind: 'export' },
    { kind: 'stopArranging' },
    { kind: 'action', action: 'resume' },
    { kind: 'rowAction', action: 'goToLine', row: { record: 0 } },
    { kind: 'rowAction', action: 'openRecord', row: { record: 0, nth: 0 } },
  ])
    assert.deepEqual(parseFromPage(message), message, message.kind);
});

test('what it may not say is dropped', () => {
  for (const message of [
    undefined,
    null,
    'ready',
    {},
    { kind: 'eval', code: '1' },
    { kind: 'rows', request: 1, first: -1, count: 10 },
    { kind: 'rows', request: 1, first: 0.5, count: 10 },
    { kind: 'rows', request: 1, first: 0, count: maxRowsPerRequest + 1 },
    { kind: 'rows', request: 1, first: Number.NaN, count: 1 },
    { kind: 'view', view: { ...view, sort: { column: 'record', descending: true } } },
    { kind: 'view', view: { ...view, chips: 'none' } },
    { kind: 'view', view: { ...view, filter: 'x'.repeat(1001) } },
    { kind: 'copy', rows: { all: false } },
    { kind: 'action', action: 'writeToCrm' },
    { kind: 'action', action: 'remove' },
    { kind: 'rowAction', action: 'goToLine', row: { record: '0', nth: 0 } },
    { kind: 'rowAction', action: 'refreshHop', row: { record: 0 } },
    { kind: 'state' },
  ])
    assert.equal(parseFromPage(message), undefined, JSON.stringify(message));
});

test('what a view has beyond what is understood is left out of it', () => {
  const sort = (column: string) => ({ column, descending: true });
  const given = {
    ...view,
    chips: ['none', 5, 'x'.repeat(10_001)],
    sort: [sort('count'), sort('not a key'), sort(':x'), sort('x'.repeat(201)), { column: 'state' }, null],
    columns: [
      { key: 'labels', width: -5 },
      { key: 'state', width: 90, colour: 'red' },
      { key: '__proto__:' },
      { key: '' },
      7,
    ],
  };
  const message = parseFromPage({ kind: 'view', view: given });
  assert.ok(message?.kind === 'view');
  assert.deepEqual(message.view, {
    ...view,
    chips: ['none'],
    sort: [sort('count')],
    columns: [{ key: 'state', width: 90 }],
  });
  const many = parseFromPage({ kind: 'view', view: { ...view, sort: Array.from('abcdefghij', sort) } });
  assert.ok(many?.kind === 'view');
  assert.deepEqual(
    many.view.sort.map(({ column }) => column),
    Array.from('abcdefgh'),
  );
});

test('a view that version 0.1.0 remembered is still the same view', () => {
  const understood = (view: object) => {
    const message = parseFromPage({ kind: 'ready', view });
    return message?.kind === 'ready' ? message.view : undefined;
  };
  assert.deepEqual(
    understood({
      filter: 'acme',
      chip: 'label:Billing contact',
      sort: { column: 'labels', descending: true },
      place: 12,
      widths: { state: 300, record: 120 },
    }),
    {
      filter: 'acme',
      chips: ['label:Billing contact'],
      sort: [{ column: 'labels', descending: true }],
      columns: [
        { key: 'record', width: 120 },
        { key: 'state', width: 300 },
      ],
      place: 12,
    },
  );
  assert.deepEqual(understood({ chip: 'all', place: 0, widths: {} }), { chips: [], sort: [], columns: [], place: 0 });
  assert.equal(understood({ chip: 'all', place: -1, widths: {} }), undefined);
  assert.equal(parseFromPage({ kind: 'view', view: { filter: '', chip: 'all', place: 0, widths: {} } }), undefined);
});

test('nothing that arrives makes either door throw', () => {
  fc.assert(
    fc.property(fc.anything(), (message) => {
      parseFromPage(message);
      parseToPage(message);
    }),
    { numRuns: 300 },
  );
  assert.equal(parseToPage({ kind: 'rows', request: 1, revision: 1, first: 0, rows: [{ id: 5 }] }), undefined);
});

test('a time that no date can be arrives as the nearest one that can', () => {
  const state = {
    kind: 'state',
    title: 'Deals',
    from: 'Deal',
    to: 'Company',
    account: { name: 'Acme', environment: '' },
    notices: [],
    names: 'off',
    facts: {
      counts: {
        asked: 0,
        found: 0,
        none: 0,
        failed: 0,
        notRead: 0,
        truncated: 0,
        reading: 0,
        associations: 0,
        unasked: 0,
      },
      completeness: 'complete',
      effort: { requests: 0, pages: 0, milliseconds: 0 },
      apiVersion: 'v3',
      revision: 0,
      rows: 0,
      shown: 0,
      columns: [{ key: 'count', head: 'Associations', kind: 'count', align: 'end' }],
      chips: [{ key: 'none', kind: 'state', count: 0 }],
      view: firstView,
    },
  };
  for (const time of [0, 1.5, -1, 1_700_000_000_000, 8.64e15, 8.65e15, 1e300, -1e300, Infinity, -Infinity]) {
    const progress = { kind: 'waiting', done: 1, reason: 'Waiting', left: time };
    const message = parseToPage({ ...state, startedAt: time, progress });
    assert.ok(message?.kind === 'state' && message.progress.kind === 'waiting', String(time));
    for (const arrived of [message.startedAt, message.progress.left]) {
      assert.ok(arrived !== undefined && !Number.isNaN(new Date(arrived).getTime()), String(time));
      assert.doesNotThrow(() => new Intl.DateTimeFormat('en').format(new Date(arrived)));
      if (Math.abs(time) <= 8.64e15) assert.equal(arrived, time);
    }
  }
  const idle = { kind: 'idle' };
  for (const odd of [Number.NaN, '1', null, {}]) {
    assert.equal(parseToPage({ ...state, startedAt: odd, progress: idle }), undefined, String(odd));
  }
});

test('each placeholder of a word is filled by number', () => {
  for (const [key, word] of Object.entries(panelWords)) {
    const numbers = [...word.matchAll(/\{(.*?)\}/g)].map(([, inside]) => inside);
    assert.deepEqual(
      [...new Set(numbers)].sort(),
      numbers.map((_, index) => String(index)),
      key,
    );
  }
});
