import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { appendFile, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, suite, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { checksum } from '../../src/core/ledger/lineWriter.ts';
import { wholeLines } from '../../src/core/ledger/wholeLines.ts';
import { type LookUp, lookUp } from '../../src/core/lookUp/lookUp.ts';
import type { LookUpState } from '../../src/core/lookUp/lookUpState.ts';
import { createPortal } from '../../src/core/sampleHubSpot/portal.ts';
import { nodeDisk } from '../../src/editor/disk.ts';
import { LedgerFile, type ReadLedger, readLedgerFile } from '../../src/lookUps/ledgerFile.ts';
import { answerDigest } from '../core/answerDigest.ts';
import { madePorts } from '../core/madePorts.ts';
import { dealIds, generatedAccount } from '../hubspotStandIn/generatedAccount.ts';
import { type Fault, faultyDisk } from './faultyDisk.ts';

let folder = '';
let path = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ledger-'));
  path = join(folder, 'one.ledger2');
});
afterEach(() => rm(folder, { recursive: true }));

const question = { from: 'deals', to: 'contacts', ids: dealIds(100) };
const contacts = (nth: number) => (nth * 3) % 8;
const { fetch } = createPortal(generatedAccount({ deals: 100, contacts }), { pageSize: 4 });
/** With a limit of their own each time, so that no test waits for another one's calls. */
const ports = () => madePorts({ fetch });

/** Cancelled after so many requests, if said. */
function start(ledger: LedgerFile, resume?: LookUpState, most = Number.POSITIVE_INFINITY): LookUp {
  const cancel = new AbortController();
  let requests = 0;
  const counted: typeof fetch = (...args) => {
    if (++requests > most) cancel.abort();
    return fetch(...args);
  };
  const more = { batchSize: 10, maxInFlight: 2, signal: cancel.signal, ...(resume ? { resume } : {}) };
  return lookUp(question, { ...ports(), fetch: counted }, { ledger, ...more });
}

const run = (ledger: LedgerFile) => start(ledger).done;
const whole = async () => answerDigest((await lookUp(question, ports(), { batchSize: 10 }).done).answer);
/** Pages may come in another order when one in the middle is read again. */
const sorted = ({ records, ...rest }: ReturnType<typeof answerDigest>) => ({
  ...rest,
  records: records.map(({ to, ...record }) => ({ ...record, to: to.map(String).sort() })),
});
const rewrite = (ledger: LedgerFile, { answer, pages }: LookUpState, hasEnded: boolean) =>
  ledger.rewrite((unknown) => wholeLines(answer, pages.standStill(), hasEnded, unknown));

suite('a ledger file', () => {
  test('is read without holding a line that no ledger has', async () => {
    const { answer } = await run(LedgerFile.create(path));
    const text = await readFile(path, 'latin1');
    const most = { line: Math.max(...text.split('\n').map((line) => line.length)), file: 1_000_000 };
    const whole = await readLedgerFile(path, undefined, undefined, most);
    assert.ok(whole.restored.kind === 'restored' && whole.restored.ended && whole.restored.lost === 0);
    const long = 'x'.repeat(most.line + 1);
    await writeFile(path, text.replace(/\n(?=[^\n]*\n$)/, `\n${long}\n`), 'latin1');
    const { restored, bytes } = await readLedgerFile(path, undefined, undefined, most);
    // What stands after it is read all the same, and its number tells that nothing is missing.
    assert.ok(restored.kind === 'restored' && restored.lost === 0 && restored.ended);
    assert.deepEqual(answerDigest(restored.state.answer), answerDigest(answer));
    assert.equal(bytes, text.length + long.length + 1);
  });

  test('of version 0.1.0 lets others work while its ids are read, which are all in one line', async (context) => {
    const ids = dealIds(100_000);
    const json = JSON.stringify({
      ledger: 'associations-for-hubspot',
      version: 1,
      question: { from: 'deals', to: 'contacts', ids },
    });
    async function* pieces() {
      yield Buffer.from(`${checksum(json)} ${json}\n`);
    }
    let now = 0;
    context.mock.method(performance, 'now', () => (now += 10));
    let turns = 0;
    const turn = () => {
      turns++;
      next = setImmediate(turn);
    };
    let next = setImmediate(turn);
    const { restored } = await readLedgerFile(path, undefined, { ...nodeDisk, pieces }).finally(() =>
      clearImmediate(next),
    );
    assert.ok(restored.kind === 'restored' && restored.state.answer.asked.length === ids.length);
    assert.ok(turns >= 2, `${turns} turns`);
  });

  test('is given up where it goes on without a line end, after what was read', async () => {
    await run(LedgerFile.create(path));
    const { size } = await stat(path);
    let pieces = 0;
    const endless = {
      ...faultyDisk(() => undefined),
      pieces: async function* () {
        yield await readFile(path);
        for (; ; pieces++) yield new Uint8Array(1000);
      },
    };
    const { restored } = await readLedgerFile(path, undefined, endless, { line: 2000, file: size + 10_000 });
    assert.ok(restored.kind === 'restored' && restored.lost === 1 && restored.state.answer.counts.notRead === 0);
    assert.ok(pieces < 20, `${pieces} pieces`);
  });

  test('is read back and gone on with', async () => {
    const { answer } = await run(LedgerFile.create(path));
    const { restored } = await readLedgerFile(path);
    assert.ok(restored.kind === 'restored' && restored.ended && restored.lost === 0);
    assert.deepEqual(answerDigest(restored.state.answer), answerDigest(answer));
    const second = LedgerFile.create(path);
    await second.ready;
    assert.match(second.problem ?? '', /EEXIST/);
  });

  test('is readable by its owner only, also when it was written anew', {
    skip: process.platform === 'win32' && 'files have no POSIX modes there',
  }, async () => {
    const ledger = LedgerFile.create(path);
    const { state, done } = start(ledger);
    await done;
    assert.equal((await stat(path)).mode & 0o777, 0o600);
    await rewrite(ledger, state, true);
    assert.equal((await stat(path)).mode & 0o777, 0o600);
  });

  test('loses a line that was cut off, and nothing else', async () => {
    const { answer } = await start(LedgerFile.create(path), undefined, 5).done;
    const before = await readFile(path);
    await appendFile(path, '0123abcd {"line":9,"pages":[{"reco');
    const read = await readLedgerFile(path);
    const ledger = LedgerFile.continuing(path, read);
    assert.ok(read.restored.kind === 'restored' && ledger && !ledger.isBroken);
    assert.deepEqual(
      answerDigest(read.restored.state.answer).records.map(({ to }) => to),
      answerDigest(answer).records.map(({ to }) => to),
    );
    const next = `next ${ledger.next}`;
    await ledger.append(new TextEncoder().encode(next), 1);
    assert.equal(await readFile(path, 'latin1'), `${before.toString('latin1')}${next}\n`);
  });

  test('with one flipped bit loses one line, and goes on when it was written anew', async () => {
    await run(LedgerFile.create(path));
    const text = await readFile(path, 'latin1');
    const lines = text.split('\n').length - 1;
    const bytes = Buffer.from(text, 'latin1');
    bytes[bytes.length >> 1]! ^= 1;
    await writeFile(path, bytes);
    const read = await readLedgerFile(path);
    const { restored } = read;
    assert.ok(restored.kind === 'restored');
    assert.deepEqual([restored.lost, restored.ended, restored.lines], [1, false, lines]);
    const { asked, notRead, truncated } = restored.state.answer.counts;
    assert.ok(notRead + truncated > 0 && notRead + truncated <= 20 && asked === 100);
    const ledger = LedgerFile.continuing(path, read)!;
    await assert.rejects(ledger.append(Uint8Array.of(65), 1), /written anew/);
    assert.deepEqual(await readFile(path), bytes, 'nothing is put behind a hole');
    await rewrite(ledger, restored.state, false);
    const { answer, ledgerProblem } = await start(ledger, restored.state).done;
    assert.equal(ledgerProblem, undefined);
    assert.deepEqual(sorted(answerDigest(answer)), sorted(await whole()));
    const again = (await readLedgerFile(path)).restored;
    assert.ok(again.kind === 'restored' && again.ended && again.lost === 0);
    assert.deepEqual(answerDigest(again.state.answer), answerDigest(answer));
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
      assert.equal((await readLedgerFile(path)).restored.kind, kind, JSON.stringify(text.slice(0, 20)));
    }
  });

  test('that cannot be made says why, without its path', async () => {
    const ledger = LedgerFile.create(join(folder, 'nowhere', 'x.ledger2'));
    await assert.rejects(ledger.append(new Uint8Array(1), 1));
    assert.equal(ledger.problem, 'ENOENT: no such file or directory');
  });

  test('grows to its largest size and no further, and no smaller line slips in', async () => {
    const ledger = LedgerFile.create(path, undefined, { limit: 5000 });
    const { ledgerProblem, answer } = await run(ledger);
    assert.match(ledgerProblem ?? '', /largest size/);
    assert.equal(answer.complete, true);
    const { size } = await stat(path);
    await assert.rejects(ledger.append(Uint8Array.of(65), 1), /largest size/);
    assert.equal((await stat(path)).size, size);
    const { restored } = await readLedgerFile(path);
    assert.ok(restored.kind === 'restored' && !restored.state.answer.complete);
  });

  test('that is too large also when it is written anew is given up, and is as before', async () => {
    const ledger = LedgerFile.create(path, undefined, { limit: 5000 });
    const { state, done } = start(ledger);
    await done;
    const before = await readFile(path);
    await assert.rejects(rewrite(ledger, state, true), /largest size/);
    assert.equal(ledger.isHopeless, true);
    assert.deepEqual(await readFile(path), before);
    assert.deepEqual(await readdir(folder), ['one.ledger2']);
  });

  test('is not gone on with when another window has written to it', async () => {
    const ledger = LedgerFile.create(path);
    const { state, done } = start(ledger, undefined, 3);
    await done;
    await appendFile(path, 'other\n');
    const { ledgerProblem } = await start(ledger, state).done;
    assert.match(ledgerProblem ?? '', /another window/i);
    assert.match(await readFile(path, 'latin1'), /other\n$/, 'and what that one wrote stays');
  });

  test('that was read is not gone on with when another window has added a line since', async () => {
    const { done } = start(LedgerFile.create(path), undefined, 3);
    await done;
    const read = await readLedgerFile(path);
    await appendFile(path, 'other\n');
    const before = await readFile(path, 'latin1');
    const ledger = LedgerFile.continuing(path, read)!;
    await assert.rejects(ledger.append(Uint8Array.of(65), 1), /another window/i);
    assert.equal(await readFile(path, 'latin1'), before);
  });

  test('that was removed meanwhile is not made again', async () => {
    const ledger = LedgerFile.create(path);
    const { state, done } = start(ledger, undefined, 3);
    await done;
    await rm(path);
    const { ledgerProblem, answer } = await start(ledger, state).done;
    assert.match(ledgerProblem ?? '', /removed/);
    assert.deepEqual([ledger.isGone, answer.complete], [true, true]);
    assert.deepEqual(await readdir(folder), []);
  });
});

/** What is on the disk; nothing, when it cannot be read. */
const readBack = () => readLedgerFile(path).catch((): ReadLedger => ({ restored: { kind: 'empty' }, bytes: 0 }));

/** What is said to be whole is. */
function assertWholeIsWhole({ answer }: LookUpState): void {
  for (const [nth, record] of answerDigest(answer).records.entries()) {
    if (record.state === 'notRead' || record.truncation) continue;
    assert.equal(record.to.length, contacts(nth));
  }
}

/** Nothing that was kept is missing. */
function assertSameAssociations(one: LookUpState, other: LookUpState): void {
  const of = ({ answer }: LookUpState) => answerDigest(answer).records.map(({ to }) => to);
  assert.deepEqual(of(one), of(other));
}

suite('a ledger on a disk that fails', () => {
  test('is never said to be complete with less than there is: full after some pages, cancelled, room again, resumed', async () => {
    for (let full = 0; full < 9; full++) {
      await rm(path, { force: true });
      let appends = 0;
      let isFull = true;
      const fault: Fault = (operation) => (operation === 'append' && ++appends > full && isFull ? 'ENOSPC' : undefined);
      const ledger = LedgerFile.create(path, undefined, { disk: faultyDisk(fault) });
      const first = start(ledger, undefined, 8);
      const end = await first.done;
      const wasFull = appends > full;
      assert.equal(end.ledgerProblem !== undefined, wasFull, `${full} appends`);
      isFull = false;
      // Nobody writes it anew: then it stays broken off.
      await start(ledger, first.state).done;
      const { restored } = await readLedgerFile(path);
      if (!wasFull) continue;
      assert.ok(
        restored.kind === 'empty' ||
          (restored.kind === 'restored' && !restored.ended && !restored.state.answer.complete),
      );
      await rewrite(ledger, first.state, true);
      const anew = (await readLedgerFile(path)).restored;
      assert.ok(anew.kind === 'restored' && anew.ended && anew.state.answer.complete);
      assert.deepEqual(answerDigest(anew.state.answer), await whole());
    }
  });

  test('holds after a reload what was kept, whatever fails whenever, and is whole after it was written anew', async () => {
    const expected = await whole();
    const failing = fc.array(fc.tuple(fc.nat(40), fc.constantFrom('ENOSPC', 'EIO', 'EACCES')), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(failing, fc.array(fc.nat(12), { minLength: 1, maxLength: 4 }), async (faults, stops) => {
        await rm(path, { force: true });
        const codes = new Map(faults);
        const disk = faultyDisk((operation, _, nth) => (operation === 'pieces' ? undefined : codes.get(nth)));
        let ledger = LedgerFile.create(path, undefined, { disk });
        let state: LookUpState | undefined;
        for (const most of [...stops, Number.POSITIVE_INFINITY]) {
          if (state && ledger.isBroken) await rewrite(ledger, state, false).catch(() => {});
          const each = start(ledger, state, most);
          const { stopped } = await each.done;
          state = each.state;
          const read = await readBack();
          const { restored } = read;
          if (restored.kind !== 'restored') {
            assert.ok(ledger.isBroken || ledger.next === 0, 'nothing is only there when something went wrong');
            continue;
          }
          assertWholeIsWhole(restored.state);
          if (!ledger.isBroken) {
            assertSameAssociations(restored.state, state);
            assert.equal(restored.ended, !stopped);
          }
          // Reload now and then, and go on from the disk.
          if (!ledger.isBroken && most % 2 === 0) {
            ledger = LedgerFile.continuing(path, read, { disk })!;
            state = restored.state;
          }
        }
        codes.clear();
        if (ledger.isGone) return;
        await rewrite(ledger, state!, true);
        const last = (await readLedgerFile(path)).restored;
        assert.ok(last.kind === 'restored' && last.ended && last.state.answer.complete);
        assert.deepEqual(last.state.answer.counts, expected.counts);
      }),
      { numRuns: 60 },
    );
  });

  test('with the real limit on the size of a file says so and goes on', {
    skip: process.platform === 'win32' && 'no limit is set on files there',
  }, async () => {
    const limited = fileURLToPath(new URL('./limitedLookUp.ts', import.meta.url));
    const { stdout, status } = spawnSync(
      'sh',
      ['-c', `ulimit -f 128; exec "$0" "$@"`, process.execPath, limited, path],
      {
        encoding: 'utf8',
      },
    );
    assert.equal(status, 0);
    const { complete, ledgerProblem, notAnew } = JSON.parse(stdout);
    assert.equal(complete, true);
    assert.match(ledgerProblem, /EFBIG|full/);
    assert.match(notAnew, /EFBIG/, 'all of it is larger than the limit, too');
    const { restored } = await readLedgerFile(path);
    assert.ok(restored.kind === 'restored' && !restored.state.answer.complete && restored.lost === 0);
    const { size } = await stat(path);
    await truncate(path, size); // it is a file like any other
    assert.deepEqual(await readdir(folder), ['one.ledger2']);
  });
});
