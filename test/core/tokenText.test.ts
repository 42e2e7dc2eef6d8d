import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readTokenText } from '../../src/core/tokenText.ts';

// Assembled here, so that no file holds a text with the form of a token.
const uuid = ['0a1b2c3d', '4e5f', '6071', '8293', 'a4b5c6d7e8f9'].join('-');
const token = ['pat', 'eu1', uuid].join('-');

test('a token is taken out of what comes along with it', () => {
  for (const pasted of [
    token,
    `  ${token}\n`,
    `"${token}"`,
    `'${token}',`,
    `Bearer ${token}`,
    `Authorization: Bearer ${token}`,
    `-H "Authorization: Bearer ${token}"`,
  ]) {
    assert.deepEqual(readTokenText(pasted), { kind: 'privateApp', token }, pasted.replace(token, '<token>'));
  }
});

test('credentials of other kinds are recognised', () => {
  const base64 = (...bytes: number[]) => Buffer.concat([Buffer.from(bytes), Buffer.alloc(90, 'k')]).toString('base64');
  assert.equal(readTokenText(uuid).kind, 'apiKey');
  assert.equal(readTokenText(`eu1-0a1b-${uuid}`).kind, 'apiKey');
  assert.equal(readTokenText(base64(0x0a, 0x24)).kind, 'personalAccessKey');
  assert.equal(readTokenText(base64(0x08, 0xa1)).kind, 'oauth');
});

test('what cannot be a token is said to be none, and what might be is left to HubSpot', () => {
  assert.equal(readTokenText('  ').kind, 'empty');
  assert.equal(readTokenText('""').kind, 'empty');
  assert.equal(readTokenText('two words').kind, 'notAToken');
  assert.equal(readTokenText('tökentöken').kind, 'notAToken');
  assert.equal(readTokenText('some-new-kind-of-key-12345').kind, 'unknown');
});
