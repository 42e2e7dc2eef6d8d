import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { finished } from '../../../src/core/domain/steps.ts';
import { type CallMoment, readingSetback, type Setback } from '../../../src/core/hubspot/setback.ts';

const now = Date.UTC(2026, 10, 26);
const oauth = `CJ${'x'.repeat(80)}`;

function setback(
  status: number,
  body: unknown = '',
  headers: Record<string, string> = {},
  moment: CallMoment = { token: oauth, now },
): Setback {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const response = { status, headers: { get: (name: string) => headers[name] ?? null }, text: async () => text };
  return finished(readingSetback(response, text, moment));
}

suite('a refusal', () => {
  test('of any size is read in steps', () => {
    const errors = Array.from({ length: 2000 }, (_, at) => ({
      message: `${100_000 + at} is not valid`.padEnd(1000, '.'),
    }));
    const text = JSON.stringify({ category: 'VALIDATION_ERROR', errors });
    const response = { status: 400, headers: { get: () => null } };
    const reading = readingSetback(response, text, { token: oauth, now });
    let steps = 0;
    let step = reading.next();
    for (; !step.done; step = reading.next()) steps++;
    assert.ok(step.value.blame?.kind === 'inputs');
    assert.deepEqual([step.value.blame.ids.length, step.value.blame.accuses], [1000, true]);
    assert.ok(steps > 1000, `${steps}`);
  });

  test('that names very many scopes lists no more of them than a person can read', () => {
    const requiredScopes = Array.from({ length: 5000 }, (_, at) => `scope.${at}`);
    const errors = Array.from({ length: 20 }, () => ({ context: { requiredScopes } }));
    const { failure } = setback(403, { category: 'MISSING_SCOPES', errors });
    assert.ok(failure.kind === 'missingScopes');
    assert.deepEqual(failure.anyOf, requiredScopes.slice(0, 100));
  });

  test('of the token tells expired from unknown', () => {
    const expired = setback(401, { category: 'EXPIRED_AUTHENTICATION', correlationId: 'c-1' });
    assert.deepEqual(expired.failure, {
      kind: 'unauthorized',
      expired: true,
      hubSpot: { httpStatus: 401, category: 'EXPIRED_AUTHENTICATION', correlationId: 'c-1' },
    });
    const unknown = setback(401, { category: 'INVALID_AUTHENTICATION' }).failure;
    assert.ok(unknown.kind === 'unauthorized' && !unknown.expired);
  });

  test('of text that is no token is never for its age', () => {
    const expired = (ago: string, time: string, token = oauth) => {
      const message = `The OAuth token used to make this call expired ${ago} ago.`;
      const body = { category: 'EXPIRED_AUTHENTICATION', message, context: { 'expire time': [time] } };
      const { failure } = setback(401, body, {}, { token, now });
      return failure.kind === 'unauthorized' && failure.expired;
    };
    assert.equal(expired('0 second(s)', '2026-11-25T23:59:59.164Z'), true);
    assert.equal(expired('40 minute(s)', '2026-11-25T23:20:00Z'), true);
    assert.equal(expired('200 day(s)', '2026-05-10T00:00:00Z'), true);
    assert.equal(expired('20336 day(s)', '1970-01-01T00:00:00Z'), false);
    assert.equal(expired('20336 day(s)', 'no time'), false);
    assert.equal(expired('some time', '1970-01-01T00:00:00Z'), false);
    assert.equal(expired('some time', '2024-11-01T00:00:00Z'), false);
    assert.equal(expired('0 second(s)', '2026-11-25T23:59:59Z', 'pat-na1-whatever'), false);
  });

  test('of text of the wrong form comes as HTTP 530 and is for the token', () => {
    const { failure, again, reach } = setback(530, 'error code: 1016');
    assert.deepEqual([failure.kind, again, reach], ['unauthorized', 'never', 'run']);
    assert.ok(failure.kind === 'unauthorized' && !failure.expired);
  });

  test('as a page for a browser is not from HubSpot', () => {
    for (const status of [401, 403]) {
      for (const page of ['<html>', '\n<!DOCTYPE html><html></html>', '<?xml version="1.0"?><html/>']) {
        const { failure, again, reach } = setback(status, page);
        assert.deepEqual([failure.kind, again, reach], ['blocked', 'never', 'run'], page);
      }
    }
    assert.equal(setback(403, '').failure.kind, 'forbidden');
    assert.equal(
      setback(403, { category: 'MISSING_SCOPES', message: 'not for public use' }).failure.kind,
      'missingScopes',
    );
  });

  test('for scopes names them, wherever they stand', () => {
    const contexts = [
      { errors: [{ context: { requiredGranularScopes: ['a', 'b'] } }] },
      { errors: [{ context: { requiredScopes: ['a'] } }, { context: { missingScopes: ['b', 'a'] } }] },
      { context: { requiredGranularScopes: ['a'], missingScopes: ['b'] } },
      { context: { missingScopes: ['a', 'b'] }, errors: 'none' },
    ];
    for (const context of contexts) {
      const { failure } = setback(403, { category: 'MISSING_SCOPES', ...context });
      assert.ok(failure.kind === 'missingScopes');
      assert.deepEqual(failure.anyOf, ['a', 'b']);
    }
    assert.equal(setback(403, { category: 'GATED' }).failure.kind, 'forbidden');
  });

  test('of a limit waits by its policy, or as the header says where that is sane', () => {
    const waits = (body: unknown, headers?: Record<string, string>) => {
      const { again, waitMilliseconds } = setback(429, body, headers);
      return [again, waitMilliseconds];
    };
    assert.deepEqual(waits({ policyName: 'SECONDLY' }), ['paused', 1000]);
    assert.deepEqual(waits({ message: 'You have reached your secondly limit.' }), ['paused', 1000]);
    assert.deepEqual(waits({ policyName: 'TEN_SECONDLY_ROLLING' }), ['paused', 10_000]);
    assert.deepEqual(waits({ message: 'You have reached your ten_secondly_rolling limit.' }), ['paused', 10_000]);
    assert.deepEqual(waits('<html>'), ['paused', 10_000]);
    assert.deepEqual(waits({ policyName: 'SECONDLY' }, { 'retry-after': '7' }), ['paused', 7000]);
    for (const odd of ['0', '601', '-1', 'soon', ' ', 'Wed, 21 Oct 2026 07:28:00 GMT']) {
      assert.deepEqual(waits({ policyName: 'SECONDLY' }, { 'retry-after': odd }), ['paused', 1000], odd);
    }
    const daily = setback(429, { policyName: 'DAILY' });
    assert.deepEqual([daily.failure.kind, daily.again, daily.reach], ['dailyLimit', 'never', 'run']);
    assert.equal(setback(429, { message: 'You have reached your daily limit.' }).failure.kind, 'dailyLimit');
  });

  test('is final for what will not change, and passing for what may', () => {
    const again = (status: number) => setback(status).again;
    for (const status of [400, 401, 403, 404, 405, 407, 413, 414, 415, 477, 501, 522, 525, 526]) {
      assert.equal(again(status), 'never', String(status));
    }
    for (const status of [423, 500, 502, 503, 504, 521, 523, 524]) assert.equal(again(status), 'soon', String(status));
    assert.equal(setback(423).waitMilliseconds, 2000);
    const moving = (retryAfter: string) => setback(477, '', { 'retry-after': retryAfter });
    const hubSpot = { httpStatus: 477 };
    assert.deepEqual(moving('86400').failure, { kind: 'unavailable', until: now + 86_400_000, hubSpot });
    for (const odd of ['86401', '0', 'soon']) assert.deepEqual(moving(odd).failure, { kind: 'unavailable', hubSpot });
    assert.equal(moving('60').reach, 'run');
    for (const status of [500, 502, 503, 504, 413, 423]) assert.equal(setback(status).reach, 'call', String(status));
  });

  test('of an object type is told from one of an id or a size', () => {
    for (const message of ['Unable to infer object type from: widgets', 'Invalid object or event type id: 0-9999']) {
      const { failure, reach } = setback(400, { message });
      assert.deepEqual([failure.kind, reach], ['unknownObjectType', 'run']);
    }
    assert.deepEqual(setback(400, { message: 'One or more associations are invalid' }).blame, {
      kind: 'inputs',
      ids: [],
      accuses: false,
    });
    const size = {
      message: 'The maximum number of inputs supported in a batch is 100. Please reduce the number of items',
    };
    assert.equal(setback(400, size).blame?.kind, 'size');
    assert.equal(setback(413).blame?.kind, 'size');
  });

  test('names the ids that spoil a batch, where it does', () => {
    const named = (body: unknown) => {
      const { blame } = setback(400, body);
      return blame?.kind === 'inputs' && [blame.ids.join(), blame.accuses];
    };
    const context = {
      INVALID_OBJECT_IDS: ['CONTACT=38374264688 is not valid', 'CONTACT=12 is not valid'],
      objectId: [1],
    };
    assert.deepEqual(named({ message: 'One or more associations are invalid', context }), ['38374264688,12', true]);
    assert.deepEqual(named({ message: 'CONTACT=1234 is not valid' }), ['1234', true]);
    assert.deepEqual(named('{"context":{"INVALID_OBJECT_IDS":[9007199254740993123]}}'), ['9007199254740993123', true]);
    assert.deepEqual(named({ message: 'No.', errors: [{ context: { ids: ['7', '8'] } }] }), ['7,8', false]);
    assert.deepEqual(named({ message: 'Object 1234 cannot be associated to itself' }), ['1234', false]);
    assert.deepEqual(named({ message: 'At most 1000 of 0-2 in 10.5 s, see /docs/123456 of 2026-03-10' }), ['', false]);
  });

  test('that names far more records than a call asks for is read only so far', () => {
    const ids = Array.from({ length: 20_000 }, (_, nth) => String(12345 + nth));
    const message = ids.slice(0, 10).join();
    for (const [body, most] of [
      [{ context: { ids } }, 2000],
      [{ context: { INVALID_OBJECT_IDS: ids } }, 2000],
      [{ errors: ids.map((id) => ({ context: { id } })) }, 1000],
      [{ message }, 10],
    ] as const) {
      const { blame } = setback(400, body);
      assert.ok(blame?.kind === 'inputs' && blame.ids.length === most, JSON.stringify(body).slice(0, 50));
    }
  });

  test('may be any text: nothing in it is relied on', () => {
    for (const body of [
      '',
      'null',
      '[]',
      '"x"',
      '<html>414 Request-URI Too Large</html>',
      '{"message":{},"errors":[1]}',
    ]) {
      for (const status of [302, 400, 401, 403, 404, 429, 500, 599]) assert.ok(setback(status, body).failure.kind);
    }
    const words = setback(500, { message: 7, category: 'X' }, { 'x-hubspot-correlation-id': 'c-9' }).failure;
    assert.ok('hubSpot' in words);
    assert.deepEqual(words.hubSpot, { httpStatus: 500, category: 'X', correlationId: 'c-9' });
  });
});
