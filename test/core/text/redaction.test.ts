import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { eraserOf, Redaction, redact } from '../../../src/core/text/redaction.ts';

// Assembled here, so that no file holds a text with the form of a token.
const uuid = ['0a1b2c3d', '4e5f', '6071', '8293', 'a4b5c6d7e8f9'].join('-');
const token = ['pat', 'eu1', uuid].join('-');

test('what has the form of a token is hidden, wherever it stands', () => {
  const oauth = `C${'Kq9'.repeat(40)}`;
  for (const text of [
    token,
    `{"tokenKey":"${token}"}`,
    `?access=${token}&x=1`,
    token.slice(0, 30),
    `Authorization: Bearer ${uuid}`,
    `hapikey=${uuid}`,
    `"access_token": "${uuid}"`,
    oauth,
    `http://user:${uuid}@proxy:8080/`,
  ]) {
    const clean = redact(`before ${text} after`);
    assert.ok(!clean.includes(uuid.slice(0, 8)) && !clean.includes('Kq9Kq9'), clean);
    assert.match(clean, /^before .*\*\*\*/);
    assert.ok(clean.includes('after'), clean);
  }
});

test('what only resembles a token stays', () => {
  for (const text of [
    `correlation id ${uuid}`,
    'POST /crm/v3/associations/deals/companies/batch/read',
    'a path-na1 x',
  ]) {
    assert.equal(redact(text), text);
  }
});

test('a token of any form is hidden by its value, also encoded', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 8, maxLength: 80 }), fc.string(), (secret, text) => {
      fc.pre(!'***'.includes(secret) && !secret.includes('*'));
      const redaction = new Redaction();
      redaction.hide(secret);
      const clean = redaction.clean(`${text}${secret}${text}${JSON.stringify(secret)}${encodeURIComponent(secret)}`);
      assert.ok(!clean.includes(secret));
    }),
  );
});

test('a secret is erased however JSON or an address spells it, and all else stays', () => {
  const spell = (text: string, form: (character: string) => string) => [...text].map(form).join('');
  const hex = (character: string, length: number) => character.charCodeAt(0).toString(16).padStart(length, '0');
  fc.assert(
    fc.property(fc.string({ minLength: 8, maxLength: 200 }), fc.string(), (secret, text) => {
      fc.pre(!secret.includes('*') && !'"\\'.includes(secret[0]!) && !text.includes(secret));
      const erase = eraserOf(secret);
      for (const written of [
        secret,
        JSON.stringify(secret).slice(1, -1),
        JSON.stringify(secret).slice(1, -1).replaceAll('/', '\\/'),
        encodeURIComponent(secret),
        encodeURIComponent(secret).replace(/%../g, (code) => code.toLowerCase()),
        spell(secret, (character) => `\\u${hex(character, 4)}`),
        spell(secret, (character) => `\\u${hex(character, 4).toUpperCase()}`),
        // As Gson does.
        spell(secret, (character) => (/[=&<>']/.test(character) ? `\\u${hex(character, 4)}` : character)),
      ]) {
        assert.equal(erase(`{"message":"${written}"}`), '{"message":"***"}');
      }
      assert.equal(erase(secret.slice(1)), secret.slice(1));
    }),
  );
});
