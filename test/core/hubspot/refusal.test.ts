import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { type Setback, setbackOf } from '../../../src/core/hubspot/refusal.ts';

function setback(status: number, body: unknown = '', headers: Record<string, string> = {}): Setback {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const response = { status, headers: { get: (name: string) => headers[name] ?? null }, text: async () => text };
  return setbackOf(response, text);
}

suite('a refusal', () => {
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
    assert.equal(setback(403, '<html>').failure.kind, 'forbidden');
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
    const moving = setback(477, '', { 'retry-after': '86400' });
    assert.deepEqual(moving.failure, { kind: 'unavailable', retryAfterSeconds: 86_400, hubSpot: { httpStatus: 477 } });
    assert.equal(moving.reach, 'run');
    for (const status of [500, 502, 503, 504, 413, 423]) assert.equal(setback(status).reach, 'call', String(status));
  });

  test('of an object type is told from one of an id or a size', () => {
    for (const message of ['Unable to infer object type from: widgets', 'Invalid object or event type id: 0-9999']) {
      const { failure, reach } = setback(400, { message });
      assert.deepEqual([failure.kind, reach], ['unknownObjectType', 'run']);
    }
    assert.equal(setback(400, { message: 'One or more associations are invalid' }).blame, 'inputs');
    const size = {
      message: 'The maximum number of inputs supported in a batch is 100. Please reduce the number of items',
    };
    assert.equal(setback(400, size).blame, 'size');
    assert.equal(setback(413).blame, 'size');
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
