import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unreadable } from '../../../src/core/reading/file/unreadable.ts';

test('a file of text is read, whatever it is called', () => {
  for (const name of ['deals.csv', 'sync.log', 'deals.xlsx', 'notes']) {
    assert.equal(unreadable(name, 'Record ID\n17982944313\n'), undefined, name);
  }
});

test('nothing but blanks is empty', () => {
  for (const text of ['', '\ufeff', ' \r\n\t\n']) assert.equal(unreadable('deals.csv', text), 'empty');
});

test('a packed file is a spreadsheet by its name, and otherwise no text', () => {
  assert.equal(unreadable('Deals.XLSX', 'PK\u0003\u0004\u0014'), 'spreadsheet');
  assert.equal(unreadable('deals.xls', '\ufffd\ufffd\u0011\ufffd\0\0'), 'spreadsheet');
  assert.equal(unreadable('deals.csv', 'PK\u0003\u0004\u0014'), 'binary');
  assert.equal(unreadable('picture.txt', '\ufffdPNG\r\n\u001a\n\0\0\0'), 'binary');
});
