/** What is done to texts of the log and of HubSpot costs what their length does, whatever is repeated in them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { idsInMessage } from '../../../src/core/hubspot/namedIds.ts';
import { plainMessage } from '../../../src/core/text/plainText.ts';
import { publicText } from '../../../src/core/text/publicText.ts';
import { eraserOf, redact } from '../../../src/core/text/redaction.ts';
import { readTokenText } from '../../../src/core/text/tokenText.ts';
import { growsTooFast } from '../../growth.ts';

const tokens: readonly string[] = [
  ...[
    'a',
    'A',
    '1',
    '-',
    '/',
    '\\',
    '"',
    "'",
    '`',
    '.',
    '+',
    ':',
    '@',
    '=',
    ' ',
    '\n',
    '%',
    '(',
    '{',
    ',',
    '_',
    '\u202e',
  ],
  ...[
    'a.',
    'a+',
    'a://',
    'a@',
    'p1_',
    'C/',
    'bearer ',
    'pat-',
    'hapikey',
    'access_token = ',
    '~/',
    'c:\\',
    '\\u002f',
    'A=',
  ],
];
const passes: Readonly<Record<string, (text: string) => unknown>> = {
  publicText: (text) => publicText(text, ['Acme']),
  redact,
  'eraser of a secret': eraserOf('abcd-1234-efgh'),
  readTokenText,
  plainMessage,
  idsInMessage,
};

for (const [name, pass] of Object.entries(passes)) {
  test(`${name}, of every token repeated, behind a quote, and every pair`, async () => {
    for (const one of tokens) {
      for (const before of ['', "'"]) {
        const make = (size: number) => before + one.repeat(size / one.length);
        assert.equal(await growsTooFast(make, pass, 40_000), undefined, `(${one})*`);
      }
      for (const other of tokens) {
        const both = one + other;
        assert.equal(await growsTooFast((size) => both.repeat(size / both.length), pass, 40_000), undefined, both);
      }
    }
  });
}
