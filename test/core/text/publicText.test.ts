import assert from 'node:assert/strict';
import { test } from 'node:test';
import { publicText } from '../../../src/core/text/publicText.ts';

test('what helps stays as it is', () => {
  for (const line of [
    'POST /crm/v3/associations/deals/companies/batch/read: unauthorized (HTTP 401), correlation id 5b0f2d0c-7d43-4be0-8c55-0f5a3f1c9d11, try 1',
    'GET /account-info/v3/details: offline, ECONNREFUSED, try 2',
    'POST /crm/associations/2026-09/2-123/0-1/batch/read: unreadableAnswer (HTTP 200), Invalid input: expected string',
    'GET /crm-object-schemas/v3/schemas: timeout, try 1',
    'hubspotAssociations.exportRows: ENOSPC: no space left on device, write',
  ]) {
    assert.equal(publicText(line), line);
  }
});

test('paths and addresses of files are gone, on every system', () => {
  for (const path of [
    '/home/jane.doe/Clients/Acme Inc/deals.csv',
    '/Users/jane/deals',
    '~/deals.csv',
    'C:\\Users\\Jane Doe\\Acme\\deals.csv',
    'c:/Users/Jane/deals.csv',
    '\\\\fileserver\\acme\\deals.csv',
    'vscode-remote://ssh-remote+jane@acme-host/home/jane/deals.csv',
    'file:///c%3A/Users/Jane/deals.csv',
    'http://jane:secret@acme-host:8080',
    '/var/data/User/workspaceStorage/0af/look-ups/1.ledger.damaged',
  ]) {
    for (const line of [
      `EACCES: permission denied, open '${path}'`,
      `Unable to write file "${path}" (NoPermissions)`,
      ...(path.includes(' ') ? [] : [`A saved lookup was set aside as ${path}: no header`, `${path} is not there`]),
    ]) {
      const clean = publicText(line);
      assert.doesNotMatch(clean, /jane|acme|deals|Users|home|host|server|0af/i, line);
      assert.match(clean, /\*/);
      // Nothing else is.
      assert.equal(clean.replaceAll(/['"*]/g, ''), line.replace(path, '').replaceAll(/['"]/g, ''));
    }
  }
});

test('portals, record ids and given words are gone', () => {
  const line = 'POST /crm/v3/objects/p8473621_contract/batch/read of Acme: refused for 17982944313 in 147975758';
  assert.equal(publicText(line, ['Acme']), 'POST /crm/v3/objects/*/batch/read of *: refused for * in *');
  assert.equal(publicText('of Acme Rocket Works', ['Acme', 'Acme Rocket Works']), 'of *', 'nothing of the longer name');
});
