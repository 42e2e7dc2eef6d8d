import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withoutPath } from '../../src/editor/disk.ts';

test('what went wrong with a file is told without its path', () => {
  const withCode = (message: string) => Object.assign(new Error(message), { code: 'ENOENT' });
  for (const [error, told] of [
    [withCode("ENOENT: no such file, open '/home/a b/x.json'"), 'ENOENT: no such file'],
    [withCode("ENOENT: no such file, rename '/home/a/x' -> '/home/a/y'"), 'ENOENT: no such file'],
    [withCode('EISDIR: illegal operation on a directory, read'), 'EISDIR: illegal operation on a directory'],
    [
      withCode('Path is a directory: rm returned EISDIR /home/a/x.json'),
      'Path is a directory: rm returned EISDIR x.json',
    ],
    [new Error("Unable to read file 'C:\\\\Users\\\\a\\\\x.csv' (gone)"), "Unable to read file 'x.csv' (gone)"],
    [new Error('cannot open file:///home/a/x.csv'), 'cannot open x.csv'],
    [
      new Error('No answer from https://api.hubapi.com/crm/v3 and/or none'),
      'No answer from https://api.hubapi.com/crm/v3 and/or none',
    ],
    [new Error('No room.'), 'No room.'],
  ] as const) {
    assert.equal(withoutPath(error), told);
  }
});
