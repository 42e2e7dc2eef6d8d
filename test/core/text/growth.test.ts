/** What is done to texts of the log and of HubSpot costs what their length does, whatever is repeated in them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { idsInMessage } from '../../../src/core/hubspot/namedIds.ts';
import { plainMessage } from '../../../src/core/text/plainText.ts';
import { publicText } from '../../../src/core/text/publicText.ts';
import { eraserOf, redact } from '../../../src/core/text/redaction.ts';
import { readTokenText } from '../../../src/core/text/tokenText.ts';
import { growsTooFast } from '../../growth.ts';

const tokens: string[] = [
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
/** With the form of a token; assembled here, so that no file holds such a text. */
const parts = ['pat', 'na1', '0a1b2c3d', '4e5f', '6071', '8293', 'a4b5c6d7e8f9'];
const token = parts.join('-');
const escaped = (text: string) =>
  text.replace(/./g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
/** All of the token but its end, which is looked for each time. */
const nearly = token.slice(0, -1);
tokens.push(nearly, nearly.replaceAll('-', ''), escaped(nearly), nearly.replaceAll('-', '\\u002d'.repeat(12)));
tokens.push(...[parts[0]!, nearly.slice(0, 16)].map(escaped), '\\u0061', '&#45;', '%2d');

const passes: Readonly<Record<string, (text: string) => unknown>> = {
  publicText: (text) => publicText(text, ['Acme']),
  redact,
  'eraser of a secret': eraserOf('abcd-1234-efgh'),
  // Without its longest part in it a text is not looked at.
  'eraser of a token': (text) => eraserOf(token)(`${parts.at(-1)} ${text}`),
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
