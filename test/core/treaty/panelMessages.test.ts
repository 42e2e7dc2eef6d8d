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
    { kind: 'action', action: 'retryNotRead', notice: 'n1' },
    { kind: 'rowAction', action: 'reveal', row: { record: 0, nth: 0 } },
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
    { kind: 'rowAction', action: 'reveal', row: { record: '0', nth: 0 } },
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
  assert.equal(
    parseToPage({ kind: 'rows', request: 1, revision: 1, first: 0, total: 1, rows: [{ id: 5 }] }),
    undefined,
  );
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
