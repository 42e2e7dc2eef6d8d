/** What the log says of a call. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { logged } from '../../src/accounts/loggedFetch.ts';
import { readRecordUsage } from '../../src/core/hubspot/recordUsage.ts';
import type { Log } from '../../src/editor/log.ts';
import { madePorts } from '../core/madePorts.ts';

test('under which version something is read, also where the one of the setting lacks it', async () => {
  const lines: string[] = [];
  const log = { number: () => 1, debug() {}, info: (line: string) => void lines.push(line) };
  const answer = { status: 200, headers: { get: () => null }, text: async () => '{}' };
  const fetch = logged(async () => answer, log as unknown as Log);
  for (const apiVersion of ['v3', '2026-03', '2026-09'] as const) {
    await readRecordUsage({ ...madePorts({ fetch }), apiVersion });
  }
  assert.deepEqual(
    lines.map((line) => line.replace(/ in \d+ ms$/, '')),
    [
      '#1 GET /crm/v3/limits/records: HTTP 200',
      '#1 GET /crm/limits/2026-09/records: HTTP 200',
      '#1 GET /crm/limits/2026-09/records: HTTP 200',
    ],
  );
});
