import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { readTokenText } from '../../../src/core/text/tokenText.ts';

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
    `curl https://api.hubapi.com/x -H 'authorization: bearer ${token}' --fail`,
    `HUBSPOT_TOKEN=${token}`,
    `export HUBSPOT_TOKEN="${token}"`,
    `{"accessToken": "${token}"}`,
    `\u200b${token.slice(0, 12)}\u00ad${token.slice(12)}\ufeff`,
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

test('tokens without a form of their own lose their wrapping too', () => {
  const key = ['some', 'new', 'kind', 'of', 'key', '12345'].join('-');
  for (const pasted of [key, `"${key}"`, `Bearer ${key}`, `Authorization: Bearer ${key}`, `TOKEN='${key}';`]) {
    assert.deepEqual(readTokenText(pasted), { kind: 'unknown', token: key }, pasted);
  }
});

test('credentials of every kind are found in what they are pasted with', () => {
  const base64 = (first: number) => Buffer.concat([Buffer.from([first]), Buffer.alloc(90, 'k')]).toString('base64');
  const [oauth, personal] = [base64(0x08), base64(0x0a)];
  const other = ['some', 'new', 'kind', 'of', 'key', '12345'].join('-');
  for (const key of [oauth, other]) {
    const kind = key === oauth ? 'oauth' : 'unknown';
    for (const pasted of [
      `Bearer ${key}`,
      `"Bearer ${key}"`,
      `-H 'Authorization: Bearer ${key}'`,
      `curl --request GET \\\n  --url https://api.hubapi.com/x \\\n  --header 'authorization: Bearer ${key}' --fail`,
      `GET https://api.hubapi.com/x HTTP/1.1\nAuthorization: Bearer ${key}\nAccept: */*`,
      `{"token_type":"bearer","refresh_token":"${uuid}","access_token":"${key}","expires_in":1800}`,
      `access_token=${key}&expires_in=1800`,
      `const headers = { Authorization: \`Bearer ${key}\` };`,
    ]) {
      assert.deepEqual(readTokenText(pasted), { kind, token: key }, pasted);
    }
  }
  for (const pasted of [`personalAccessKey: >-\n  ${personal}`, `- personalAccessKey: ${personal}\n  portalId: 123`]) {
    assert.equal(readTokenText(pasted).kind, 'personalAccessKey', pasted);
  }
  for (const pasted of [
    `https://api.hubapi.com/crm/v3/x?limit=1&hapikey=${uuid}`,
    `hapikey=${uuid}`,
    `hapikey: ${uuid}`,
  ]) {
    assert.equal(readTokenText(pasted).kind, 'apiKey', pasted);
  }
});

test('a cut token and two tokens are said to be that', () => {
  for (const length of [8, 12, 30, token.length - 1]) {
    assert.equal(readTokenText(token.slice(0, length)).kind, 'cutToken', String(length));
  }
  const other = ['pat', 'na1', uuid].join('-');
  assert.equal(readTokenText(`${token}\n${other}`).kind, 'severalTokens');
  assert.deepEqual(readTokenText(`${token}\n${token}`), { kind: 'privateApp', token });
});

test('any text is read without an error, and a token that is found has no space in it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      const read = readTokenText(text);
      if ('token' in read) assert.match(read.token, /^[\x21-\x7e]+$/);
    }),
    { numRuns: 40 },
  );
});

test('what cannot be a token is said to be none, and what might be is left to HubSpot', () => {
  assert.equal(readTokenText('  ').kind, 'empty');
  assert.equal(readTokenText('""').kind, 'empty');
  assert.equal(readTokenText('two words').kind, 'notAToken');
  assert.equal(readTokenText('tökentöken').kind, 'notAToken');
  assert.equal(readTokenText('some-new-kind-of-key-12345').kind, 'unknown');
});
