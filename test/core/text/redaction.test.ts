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
      // Without the hyphens before it, it is the same secret.
      const less = secret.replace(/^-*./s, '');
      assert.equal(erase(less), less);
    }),
  );
});

const marks = ['\u2010', '\u2011', '\u2012', '\u2013', '\u2014', '\u2015', '\u2212', '\uff0d', '\u00ad', '\u200b', '_'];
const everyDash = Array.from({ length: 0x20000 }, (_, code) => String.fromCodePoint(code)).filter((each) =>
  /\p{Pd}|\p{Cf}/u.test(each),
);
const blanks = [' ', '\u00a0', '\u2009', '\u202f', '\u3000', '\t', '\n', '\r\n  ', ' - ', '- ', ' \u2013 ', '-\n'];

test('a token with blanks or other dashes between its parts is hidden, by its form and by its value', () => {
  const own = new Redaction();
  own.hide(token);
  const other = new Redaction();
  for (const between of [...marks, ...everyDash, ...blanks]) {
    const written = token.replaceAll('-', between);
    const mixed = token.replace('-', between).replace(/-(?=[0-9a-f]{12}$)/, between);
    for (const text of [written, mixed]) {
      for (const clean of [redact(`a ${text} b`), own.clean(`a ${text} b`), other.clean(`a ${text} b`)]) {
        assert.match(clean, /^a (?:pat-)?\*\*\* b$/, JSON.stringify(between));
      }
      for (const spelled of [JSON.stringify(`a ${text} b`), encodeURIComponent(text), escapedInJson(text)]) {
        const clean = eraserOf(token)(spelled);
        for (const part of ['0a1b2c3d', '4e5f', 'a4b5c6d7e8f9']) assert.ok(!clean.includes(part), clean);
      }
    }
  }
  const html = token.replaceAll('-', '&ndash;').replace('&ndash;', '&#8209;');
  assert.equal(eraserOf(token)(`<b>${html}</b>`), '<b>***</b>');
  assert.equal(eraserOf(token)(token.replaceAll('-', '')), '***');
  assert.equal(eraserOf(token)(token.replaceAll('-', '+')), '***');
});

function escapedInJson(text: string): string {
  return text.replace(/[^a-z0-9]/g, (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

test('a token that is cut short is hidden with any dash', () => {
  for (const between of ['-', ...marks, ...everyDash]) {
    const clean = redact(`a ${token.slice(0, 24).replaceAll('-', between)} b`);
    assert.match(clean, /^a pat-\*\*\* b$/, JSON.stringify(between));
  }
});

test('words and ids beside a token, and a short value without its hyphens, stay', () => {
  for (const text of ['pat na1 is a region', 'a pat on the back 12345678', 'pat-na1 17982944313 4e5f', `${uuid} 123`]) {
    assert.equal(redact(text), text);
  }
  assert.equal(redact(`${token} 17982944313`), 'pat-*** 17982944313');
  assert.equal(eraserOf(token)(`${token} 17982944313`), '*** 17982944313');
  assert.equal(eraserOf('a-b-c-d-e')('abcde'), 'abcde');
  assert.equal(eraserOf('a-b-c-d-e')('x a-b-c-d-e x'), 'x *** x');
});

test('what resembles a token again and again costs no more than its length', () => {
  // Steps cannot be counted in here: each of these took minutes if a stretch were looked at once for every place in it.
  const pieces = [
    'pat-',
    'pat na1 ',
    'pat-na1-0a1b2c3d ',
    `${['pat', 'na1', '0a1b2c3d', '4e5f', '6071'].join('-')}-`,
    ' ',
    '-',
    'a',
    '\\u002d',
    '%2d',
    '&a',
    '\\',
  ];
  const erase = eraserOf(token);
  for (const piece of pieces) {
    const text = piece.repeat(Math.ceil(500_000 / piece.length));
    for (const tail of ['', 'a4b5c6d7e8f9']) {
      assert.ok(!redact(text + tail).includes(token));
      assert.ok(!erase(text + tail).includes(token));
    }
  }
});

test('a token with hyphens beside each other, or beside an underscore, is hidden with anything in their place', () => {
  const token = 'VElDAzH4--cYMKfOrDTT7D2rM_-Ju1DD-_Jeg4denMuzpUTZJw-';
  for (const between of ['', ' ', '\t', '\r\n', '\u2013', '\u00ad', '%2D', '\\u002d', '\\\\u002d', '\\\\n']) {
    const spelled = token.split(/-+/).filter(Boolean).join(between);
    assert.equal(eraserOf(token)(`not ${spelled}.`), 'not ***.', JSON.stringify(between));
  }
  for (const edged of [token, `--${token}`, token.slice(0, -1)]) {
    for (const written of [edged, JSON.stringify(edged).slice(1, -1), edged.replaceAll('-', '\\u002d')]) {
      assert.equal(eraserOf(edged)(`not ${written}.`), 'not ***.', written);
    }
  }
});
