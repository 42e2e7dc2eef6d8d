import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isSecretFile } from '../../src/agents/secretFiles.ts';

test('files with keys, tokens and passwords are told by their names', () => {
  for (const path of [
    '.env',
    '/work/app/.env.local',
    'C:\\work\\.ENV',
    'C:\\work\\.env.',
    'C:\\work\\.env::$DATA',
    '/work/production.env',
    '/home/me/.ssh/config',
    '/home/me/.aws/credentials',
    '/work/.git/config',
    '/work/.envs/deals.csv',
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
    '/work/env/deals.csv',
    'keys.csv',
    'secretary.json',
    'log.txt',
    'environment.ts',
    '',
  ]) {
    assert.ok(!isSecretFile(path), path);
  }
});
