import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isSecretFile } from '../../src/agents/secretFiles.ts';
import { growsTooFast } from '../growth.ts';

test('files with keys, tokens and passwords are told by their names', () => {
  for (const path of [
    '.env',
    '/home/me/app/.env.local',
    'C:\\me\\.ENV',
    'C:\\me\\.env.',
    'C:\\me\\.env::$DATA',
    '/home/me/production.env',
    '/home/me/.ssh/config',
    '/home/me/.aws/credentials',
    '/home/me/.git/config',
    '/home/me/.envs/deals.csv',
    'server.key',
    'cert.PEM',
    'id_ed25519',
    'id_rsa.bak',
    '.npmrc',
    'secrets.json',
    'hubspot.config.yml',
  ]) {
    assert.ok(isSecretFile(path), path);
  }
});

test('other files are not', () => {
  for (const path of [
    'deals.csv',
    '/home/me/env/deals.csv',
    'keys.csv',
    'secretary.json',
    'log.txt',
    'environment.ts',
    '',
  ]) {
    assert.ok(!isSecretFile(path), path);
  }
});

test('names of very many dots, blanks or colons take no longer than their length', async () => {
  for (const token of ['.', ' ', '. ', ':', ':.']) {
    for (const end of ['x', '\n', '/x']) {
      const make = (size: number) => token.repeat(size / token.length) + end;
      assert.equal(await growsTooFast(make, isSecretFile, 60_000), undefined, JSON.stringify(token + end));
    }
  }
});
