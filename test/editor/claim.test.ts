import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  lutimesSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, suite, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Claims } from '../../src/editor/claim.ts';
import { nodeDisk } from '../../src/editor/disk.ts';

const claimer = fileURLToPath(new URL('./claimer.ts', import.meta.url));
const rhythm = { beat: 50, patience: 5000 };

let folder = '';
let path = '';
const open: Claims[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'claims-'));
  path = join(folder, 'one.claim2');
});
afterEach(async () => {
  for (const claims of open.splice(0)) await claims.close();
  rmSync(folder, { recursive: true });
});
function window() {
  const claims = new Claims(folder, rhythm);
  open.push(claims);
  return claims;
}

/** A window in a process of its own, which does what it is told and says how it went. */
function otherProcess() {
  const child = spawn(process.execPath, [claimer, folder], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const tell = async (...words: string[]): Promise<string> => {
    child.stdin.write(`${words.join(' ')}\n`);
    return String((await lines.next()).value);
  };
  const end = () => {
    child.kill('SIGKILL');
    return once(child, 'exit');
  };
  return { tell, end };
}

suite('a claim', () => {
  test('is made where a directory or a pipe stands in its place, which goes aside', async () => {
    const [one, other] = [window(), window()];
    mkdirSync(path);
    writeFileSync(join(path, 'kept'), '');
    assert.equal(await one.isElsewhere(path), false);
    assert.equal(await one.take(path), true);
    assert.deepEqual([await one.isOwn(path), await other.take(path)], [true, false]);
    const aside = readdirSync(folder).filter((name) => name.endsWith('.aside'));
    assert.equal(aside.length, 1);
    assert.deepEqual(readdirSync(join(folder, aside[0]!)), ['kept']);
    if (process.platform === 'win32') return;
    await one.release(path);
    execFileSync('mkfifo', [path]);
    assert.equal(await other.take(path), true);
  });

  test('is one window’s until that lets go', async () => {
    const [one, other] = [window(), window()];
    assert.equal(await one.take(path), true);
    assert.equal(await one.take(path), true, 'it has it already');
    assert.equal(await other.take(path), false);
    assert.deepEqual([await one.isElsewhere(path), await other.isElsewhere(path)], [false, true]);
    assert.deepEqual([await one.isOwn(path), await other.isOwn(path)], [true, false]);
    await other.release(path);
    assert.equal(await one.isOwn(path), true, 'nobody lets go of another one’s');
    await one.release(path);
    assert.equal(await other.take(path), true);
    await Promise.all(open.splice(0).map((each) => each.close()));
    assert.deepEqual(readdirSync(folder), ['one.claim2']);
  });

  test('ends with its process, at once', async () => {
    const other = otherProcess();
    assert.equal(await other.tell('take', path), 'true');
    const one = window();
    assert.equal(await one.take(path), false);
    await other.end();
    assert.equal(await one.take(path), true);
  });

  test('is stale when its process id belongs to another process by now, or was made on another system', async () => {
    const one = window();
    await one.take(path);
    const owner = JSON.parse(readFileSync(path, 'utf8'));
    for (const place of [owner.place, `${hostname()} of another container`]) {
      // A window that is gone without a word: its process id is this one's, as 1 always is in a container.
      writeFileSync(path, JSON.stringify({ ...owner, claim: `gone-${place.length}`, window: 'gone', place }));
      const heartbeat = join(folder, 'gone.window');
      writeFileSync(heartbeat, '');
      assert.equal(await window().take(path), false, 'its heart has just beaten');
      for (const then of [Date.now() - 60_000, Date.now() + 3_600_000]) {
        utimesSync(heartbeat, then / 1000, then / 1000);
        assert.equal(await window().take(path), true, 'whatever its clock said, it does not beat');
        writeFileSync(path, JSON.stringify({ ...owner, claim: `gone-${then}`, window: 'gone', place }));
      }
      rmSync(heartbeat);
      assert.equal(await window().take(path), true);
    }
  });

  test('of a window whose clock is another is believed while its heart beats', async () => {
    const one = window();
    await one.take(path);
    const owner = JSON.parse(readFileSync(path, 'utf8'));
    writeFileSync(path, JSON.stringify({ ...owner, window: 'far', place: 'elsewhere' }));
    let beats = Date.now() - 3_600_000;
    const heart = setInterval(() => {
      beats += 10;
      writeFileSync(join(folder, 'far.window'), '');
      utimesSync(join(folder, 'far.window'), beats / 1000, beats / 1000);
    }, 10);
    await new Promise((resolve) => setTimeout(resolve, 50));
    try {
      assert.equal(await window().take(path), false);
    } finally {
      clearInterval(heart);
    }
  });

  test('of a window whose clock is another keeps its heart while that beats', async () => {
    const [one, gone] = [join(folder, 'far.window'), join(folder, 'gone.window')];
    for (const each of [one, gone]) writeFileSync(each, '');
    let beats = Date.now() - 7_200_000;
    for (const each of [one, gone]) utimesSync(each, beats / 1000, beats / 1000);
    const heart = setInterval(() => {
      beats += 10;
      utimesSync(one, beats / 1000, beats / 1000);
    }, 10);
    try {
      await window().removeStopped([one, gone]);
    } finally {
      clearInterval(heart);
    }
    assert.deepEqual(readdirSync(folder), ['far.window']);
  });

  test('keeps a heart when somebody has removed it, until the window ends', async () => {
    const one = window();
    assert.equal(await one.take(path), true);
    const owner = JSON.parse(readFileSync(path, 'utf8'));
    const heartbeat = join(folder, `${owner.window}.window`);
    const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
    for (let time = 0; time < 3; time++) {
      rmSync(heartbeat);
      for (let tries = 0; tries < 1000 && !existsSync(heartbeat); tries++) await wait(5);
      assert.ok(existsSync(heartbeat), `time ${time}`);
    }
    assert.equal(await window().take(path), false);
    rmSync(heartbeat);
    await Promise.all(open.splice(0).map((each) => each.close()));
    await wait(3 * rhythm.beat);
    assert.deepEqual(readdirSync(folder), ['one.claim2']);
  });

  test('that is half written counts for a moment, and not for ever', async () => {
    for (const text of ['', '{"claim":"a', '{}']) {
      writeFileSync(path, text);
      assert.equal(await window().take(path), false);
      utimesSync(path, 0, 0);
      assert.equal(await window().take(path), true);
    }
  });

  test('that cannot be read for a while is not taken from a window that lives', async (t) => {
    const [one, other] = [window(), window()];
    await one.take(path);
    utimesSync(path, 0, 0);
    const reading = t.mock.method(nodeDisk, 'read', async () => {
      throw Object.assign(new Error('EIO: it is so'), { code: 'EIO' });
    });
    await assert.rejects(other.take(path), /EIO/);
    reading.mock.restore();
    assert.deepEqual([await one.isOwn(path), await other.take(path)], [true, false]);
  });

  test('that cannot be written leaves nothing that looks like one of another window', {
    skip: process.platform === 'win32' && 'no limit is set on files there',
  }, async () => {
    const take = `take ${path}\n`;
    const full = spawnSync('sh', ['-c', 'ulimit -f 0; exec "$0" "$@"', process.execPath, claimer, folder], {
      encoding: 'utf8',
      input: take,
    });
    assert.match(full.stderr, /EFBIG/);
    assert.equal(existsSync(path), false);
    assert.equal(await window().take(path), true);
  });

  test('that is a link to nowhere, or to itself, or names a path, is replaced as any stale one', async () => {
    for (const target of ['nowhere', 'one.claim2']) {
      symlinkSync(target, path);
      lutimesSync(path, 0, 0);
      assert.equal(await window().take(path), true, target);
      rmSync(path);
    }
    const gone = { claim: 'c', window: 'w', place: 'elsewhere', pid: 1 };
    for (const word of ['../other', 'a/b', 'x'.repeat(300)]) {
      for (const odd of [{ claim: word }, { window: word }]) {
        writeFileSync(path, JSON.stringify({ ...gone, ...odd }));
        utimesSync(path, 0, 0);
        assert.equal(await window().take(path), true, JSON.stringify(odd));
        rmSync(path);
      }
    }
    assert.ok(readdirSync(folder).every((name) => name.endsWith('.window')));
  });

  test('that is stale goes to exactly one of two processes, two hundred times', async () => {
    const processes = [otherProcess(), otherProcess()];
    const own = JSON.stringify({ window: 'gone', place: 'gone', pid: 1 });
    try {
      for (let race = 0; race < 200; race++) {
        const each = join(folder, `${race}.claim2`);
        writeFileSync(each, JSON.stringify({ ...JSON.parse(own), claim: `stale-${race}` }));
        const taken = await Promise.all(processes.map(({ tell }) => tell('take', each)));
        assert.equal(taken.filter((is) => is === 'true').length, 1, `race ${race}: ${taken}`);
        const owns = await Promise.all(processes.map(({ tell }) => tell('isOwn', each)));
        assert.deepEqual(owns, taken);
      }
      const left = readdirSync(folder).filter((name) => !name.endsWith('.claim2') && !name.endsWith('.window'));
      assert.deepEqual(left, [], 'no succession is left');
    } finally {
      await Promise.all(processes.map(({ end }) => end()));
    }
  });

  test('goes to exactly one of two processes where a directory stands in its place', async () => {
    const processes = [otherProcess(), otherProcess()];
    try {
      for (let race = 0; race < 100; race++) {
        const each = join(folder, `${race}.claim2`);
        mkdirSync(each);
        const taken = await Promise.all(processes.map(({ tell }) => tell('take', each)));
        assert.equal(taken.filter((is) => is === 'true').length, 1, `race ${race}: ${taken}`);
        assert.deepEqual(await Promise.all(processes.map(({ tell }) => tell('isOwn', each))), taken);
      }
      assert.equal(readdirSync(folder).filter((name) => name.endsWith('.aside')).length, 100);
    } finally {
      await Promise.all(processes.map(({ end }) => end()));
    }
  });

  test('on the succession of a stale one, left by a crash, is stale too', async () => {
    const owner = { window: 'gone', place: 'gone', pid: 1 };
    writeFileSync(path, JSON.stringify({ ...owner, claim: 'a' }));
    writeFileSync(`${path}.a`, JSON.stringify({ ...owner, claim: 'b' }));
    writeFileSync(`${path}.a.b`, JSON.stringify({ ...owner, claim: 'c' }));
    const one = window();
    assert.equal(await one.take(path), true);
    assert.equal(await one.isOwn(path), true);
  });
});
