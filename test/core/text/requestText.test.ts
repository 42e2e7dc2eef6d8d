import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { curlCommand, httpRequestText } from '../../../src/core/hubspot/requestText.ts';

const request = {
  origin: 'https://api.hubapi.com',
  path: '/crm/v3/associations/deals/companies/batch/read',
  body: JSON.stringify({ inputs: [{ id: "1'; echo $HOME `id`" }] }),
};

test('a shell runs curl with exactly this request, and puts the token in by itself', {
  skip: process.platform === 'win32' && 'it needs a POSIX shell',
}, () => {
  const script = `curl() { printf '%s\\0' "$@"; }\n${curlCommand(request)}`;
  const { stdout } = spawnSync('/bin/sh', ['-c', script], { encoding: 'utf8', env: { HUBSPOT_TOKEN: 'secret-token' } });
  assert.deepEqual(stdout.split('\0').slice(0, -1), [
    '-sS',
    '-X',
    'POST',
    `${request.origin}${request.path}`,
    '-H',
    'Authorization: Bearer secret-token',
    '-H',
    'Content-Type: application/json',
    '-d',
    request.body,
  ]);
  assert.ok(curlCommand(request).includes('$HUBSPOT_TOKEN'));
});

test('the .http text is a head, an empty line and the body, with the token from the environment', () => {
  const [head, body] = httpRequestText(request).split('\n\n');
  assert.deepEqual(head?.split('\n').slice(1), [
    `POST ${request.origin}${request.path}`,
    'Authorization: Bearer {{$processEnv HUBSPOT_TOKEN}}',
    'Content-Type: application/json',
  ]);
  assert.equal(body?.trimEnd(), request.body);
  assert.ok(head?.includes('$HUBSPOT_TOKEN'));
});
