import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isAddress } from '../../../src/core/text/address.ts';

test('an address is one that VS Code reads, and nothing at which it throws', () => {
  const ours = [
    'file:///c%3A/a/deals.csv',
    'untitled:Untitled-1',
    'vscode-remote://wsl%2Bubuntu/home/x',
    'git:/a?%7B%7D',
  ];
  for (const each of ours) assert.equal(isAddress(each), true, each);
  const others = [
    '',
    'deals.csv',
    'f)le:///deals.csv',
    ':///deals.csv',
    'file:////deals.csv',
    'file:///%2Fdeals',
    'a:%2f/b',
  ];
  for (const each of others) assert.equal(isAddress(each), false, each);
});
