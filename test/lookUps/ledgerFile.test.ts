import assert from 'node:assert/strict';
import { appendFile, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, suite, test } from 'node:test';
import { lookUp } from '../../src/core/lookUp/lookUp.ts';
import { createPortal } from '../../src/core/sampleHubSpot/portal.ts';
import { LedgerFile, readLedgerFile, setAsideLedgerFile } from '../../src/lookUps/ledgerFile.ts';
import { answerDigest } from '../core/answerDigest.ts';
import { madePorts } from '../core/madePorts.ts';
import { dealIds, generatedAccount } from '../hubspotStandIn/generatedAccount.ts';

let folder = '';
let path = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ledger-'));
  path = join(folder, 'one.ledger');
});
afterEach(() => rm(folder, { recursive: true }));

async function run(ledger: LedgerFile) {
  const { fetch } = createPortal(generatedAccount({ deals: 100 }));
  const ports = madePorts({ fetch });
  const question = { from: 'deals', to: 'contacts', ids: dealIds(100) };
  const end = await lookUp(question, ports, { ledger, batchSize: 10 }).done;
  await ledger.close();
  return end;
}

suite('a ledger file', () => {
  test('is read back and gone on with', async () => {
    const { answer } = await run(await LedgerFile.create(path));
    const restored = await readLedgerFile(path);
    assert.ok(restored.kind === 'restored');
    assert.deepEqual(answerDigest(restored.state.answer), answerDigest(answer));
    await assert.rejects(LedgerFile.create(path), { code: 'EEXIST' });
  });

  test('is readable by its owner only', { skip: process.platform === 'win32' }, async () => {
    await (await LedgerFile.create(path)).close();
    assert.equal((await stat(path)).mode & 0o777, 0o600);
  });

  test('loses a line that was cut off, and nothing else', async () => {
    const { answer } = await run(await LedgerFile.create(path));
    const whole = await readFile(path);
    await appendFile(path, '0123abcd {"pages":[{"reco');
    const { restored, ledger } = await LedgerFile.reopen(path);
    assert.ok(restored.kind === 'restored' && ledger);
    assert.deepEqual(answerDigest(restored.state.answer), answerDigest(answer));
    assert.deepEqual(await readFile(path), whole);
    await ledger.append(new TextEncoder().encode('next'));
    await ledger.close();
    assert.equal(await readFile(path, 'latin1'), `${whole.toString('latin1')}next\n`);
  });

  test('that is damaged is told apart and set aside', async () => {
    await run(await LedgerFile.create(path));
    const bytes = await readFile(path);
    bytes[bytes.length >> 1]! ^= 1;
    await writeFile(path, bytes);
    const { restored, ledger } = await LedgerFile.reopen(path);
    assert.equal(restored.kind, 'damaged');
    assert.equal(ledger, undefined);
    const aside = await setAsideLedgerFile(path);
    assert.deepEqual(await readFile(aside), bytes);
    await assert.rejects(readFile(path), { code: 'ENOENT' });
  });

  test('that holds nothing, or something else, is no crash', async () => {
    for (const [text, kind] of [
      ['', 'empty'],
      ['no line end', 'empty'],
      ['{"version":1}\n', 'damaged'],
      ['\u0000'.repeat(5000), 'empty'],
      ['\n\n\n', 'damaged'],
    ] as const) {
      await writeFile(path, text);
      assert.equal((await readLedgerFile(path)).kind, kind, JSON.stringify(text.slice(0, 20)));
    }
  });

  test('grows to its largest size and no further', async () => {
    const { ledgerProblem, answer } = await run(await LedgerFile.create(path, 5000));
    assert.match(ledgerProblem ?? '', /largest size/);
    assert.equal(answer.complete, true);
    assert.ok((await stat(path)).size <= 5000);
    assert.equal((await readLedgerFile(path)).kind, 'restored');
  });
});
