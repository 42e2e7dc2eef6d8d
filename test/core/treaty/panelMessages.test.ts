import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { firstView, maxRowsPerRequest, parseFromPage, parseToPage } from '../../../src/core/treaty/panelMessages.ts';
import { panelWords } from '../../../src/core/treaty/panelWords.ts';

const view = { ...firstView, filter: 'acme', sort: { column: 'labels', descending: true }, widths: { record: 120 } };

test('what the page may say is understood', () => {
  for (const message of [
    { kind: 'ready' },
    { kind: 'ready', view },
    { kind: 'view', view },
    { kind: 'rows', request: 1, first: 0, count: 200 },
    { kind: 'rows', request: 2, first: 5, count: 10, keep: { record: 3, nth: 1, at: 7 } },
    { kind: 'copy', rows: { all: true } },
    { kind: 'copy', rows: { all: false, from: { record: 1, nth: 0 }, to: { record: 2, nth: 5 } } },
    { kind: 'export' },
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
    { kind: 'view', view: { ...view, sort: { column: 'password', descending: true } } },
    { kind: 'view', view: { ...view, filter: 'x'.repeat(1001) } },
    { kind: 'view', view: { ...view, widths: { record: -5 } } },
    { kind: 'copy', rows: { all: false } },
    { kind: 'action', action: 'writeToCrm' },
    { kind: 'action', action: 'remove' },
    { kind: 'rowAction', action: 'goToLine', row: { record: '0', nth: 0 } },
    { kind: 'rowAction', action: 'addHop', row: { record: 0 } },
    { kind: 'state' },
  ])
    assert.equal(parseFromPage(message), undefined, JSON.stringify(message));
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
      chips: [],
      view: firstView,
      hasPlaces: false,
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
