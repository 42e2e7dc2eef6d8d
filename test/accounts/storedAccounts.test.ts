import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, suite, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { AccountsNotChangedError, type AccountsOnDisk, StoredAccounts } from '../../src/accounts/storedAccounts.ts';
import { errorWith, type Fault, faultyDisk } from '../lookUps/faultyDisk.ts';

let folder = '';
let file = '';
let said: string[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'accounts-'));
  file = join(folder, 'accounts.json');
  said = [];
});
afterEach(() => rmSync(folder, { recursive: true }));

const text = () => readFileSync(file, 'utf8');
const account = (name: string) => ({ id: name, name, checked: true });
const adding = (name: string) => (now: AccountsOnDisk) => ({ ...now, accounts: [...now.accounts, account(name)] });
function open(fault: Fault = () => undefined, readNow?: (path: string) => string) {
  const stored = new StoredAccounts(folder, (line) => said.push(line), faultyDisk(fault), readNow);
  stored.look();
  return stored;
}
const names = () => open().now.accounts.map(({ name }) => name);

suite('accounts on the disk', () => {
  test('of which nothing is lost when the file cannot be read', async () => {
    await open().change(adding('One'));
    const before = text();
    for (const code of ['EACCES', 'EIO', 'EMFILE', 'EISDIR']) {
      said = [];
      const stored = open(
        (operation) => (operation === 'read' ? code : undefined),
        () => {
          throw errorWith(code);
        },
      );
      assert.match(said.join(), /cannot be read at the moment, and is left as it is/);
      await assert.rejects(stored.change(adding('Two')), (error) => {
        assert.ok(error instanceof AccountsNotChangedError && error.why === 'unreadable');
        return true;
      });
      assert.equal(text(), before, code);
      assert.deepEqual(readdirSync(folder), ['accounts.json']);
    }
  });

  test('are changed where a directory stands in the place of their lock', async () => {
    await open().change(adding('One'));
    mkdirSync(`${file}.lock`);
    await open().change(adding('Two'));
    assert.deepEqual(names(), ['One', 'Two']);
  });

  test('are not waited for where a pipe stands in their place', {
    skip: process.platform === 'win32' && 'it makes a named pipe',
  }, async () => {
    execFileSync('mkfifo', [file]);
    const stored = open();
    assert.match(said.join(), /cannot be read at the moment/);
    await assert.rejects(stored.change(adding('One')), { why: 'unreadable' });
  });

  test('are not taken for missing where a link to them leads nowhere for a while, which is left as it is', async () => {
    const elsewhere = join(folder, 'elsewhere.json');
    symlinkSync(elsewhere, file);
    const stored = open();
    assert.match(said.join(), /cannot be read at the moment/);
    await assert.rejects(stored.change(adding('Two')), { why: 'unreadable' });
    writeFileSync(elsewhere, JSON.stringify({ accounts: [account('One')] }));
    await stored.change(adding('Two'));
    assert.deepEqual(names(), ['One', 'Two']);
  });

  test('are read again, for a moment, before a change is given up', async () => {
    await open().change(adding('One'));
    let reads = 0;
    const stored = open(
      (operation) => (operation === 'read' && ++reads < 3 ? 'EMFILE' : undefined),
      () => {
        throw errorWith('EMFILE');
      },
    );
    await stored.change(adding('Two'));
    assert.deepEqual(names(), ['One', 'Two']);
  });

  test('known before stay known when the file becomes half a file, which is kept when it is written over', async () => {
    const stored = open();
    await stored.change(adding('One'));
    const half = text().slice(0, 30);
    writeFileSync(file, half);
    assert.equal(stored.look(), false);
    assert.deepEqual(
      stored.now.accounts.map(({ name }) => name),
      ['One'],
    );
    await stored.change(adding('Two'));
    assert.deepEqual(names(), ['One', 'Two']);
    writeFileSync(file, '');
    await stored.change(adding('Three'));
    assert.deepEqual(names(), ['One', 'Two', 'Three']);
    const beside = readdirSync(folder)
      .filter((name) => name.includes('unreadable'))
      .sort();
    assert.deepEqual(beside, ['accounts.unreadable-2.json', 'accounts.unreadable.json']);
    assert.equal(readFileSync(join(folder, 'accounts.unreadable.json'), 'utf8'), half);
  });

  test('are read out of half a file whatever their names are, and out of one that an editor has put its mark before', async () => {
    for (const name of ['ACME {prod}', '}', '{"']) await open().change(adding(name));
    const whole = text();
    writeFileSync(file, whole.slice(0, whole.lastIndexOf(']')));
    assert.deepEqual(names(), ['ACME {prod}', '}', '{"']);
    said = [];
    writeFileSync(file, `\ufeff${whole}`);
    assert.deepEqual(names(), ['ACME {prod}', '}', '{"']);
    assert.deepEqual(said, []);
  });

  test('lose none but the one with the broken place to one flipped bit, wherever that is', async () => {
    for (const name of ['One', 'Two', 'Three']) await open().change(adding(name));
    await open().change((now) => ({ ...now, active: 'Two' }));
    const whole = text();
    let broken = 0;
    for (let at = 0; at < whole.length; at++) {
      const bytes = Buffer.from(whole);
      bytes[at]! ^= 1 << (at % 7);
      writeFileSync(file, bytes);
      const stored = open();
      if (/newer version/.test(said.join())) {
        // The bit has made another key of "accounts": nothing says that these are ours, and nothing is changed.
        assert.equal(text(), bytes.toString());
        said = [];
        continue;
      }
      const known = stored.now.accounts;
      assert.ok(known.length >= 2, `${known.length} accounts are known with another bit in place ${at}`);
      if (!said.join().includes('is not what was written') || broken++ > 0) continue;
      // Reading a broken file takes a while before a change, so one of them has to do.
      assert.equal(stored.look(), false);
      await stored.change(adding('Four'));
      assert.deepEqual(names(), [...known.map(({ name }) => name), 'Four']);
      assert.equal(readFileSync(join(folder, 'accounts.unreadable.json'), 'utf8'), bytes.toString());
    }
    assert.ok(broken > 100);
  });

  test('of a broken file are kept through a change where it could not be read before', async () => {
    for (const name of ['One', 'Two']) await open().change(adding(name));
    writeFileSync(file, text().slice(0, -3));
    const stored = open(
      () => undefined,
      () => {
        throw errorWith('EACCES');
      },
    );
    await stored.change(adding('Three'));
    assert.deepEqual(names(), ['One', 'Two', 'Three']);
  });

  test('of a broken file are kept through a change by a window that did not know them yet', async () => {
    const stored = open();
    await stored.change(adding('One'));
    await open().change(adding('Two'));
    writeFileSync(file, text().slice(0, -3));
    await stored.change(adding('Three'));
    assert.deepEqual(names(), ['One', 'Two', 'Three']);
  });

  test('keep keys of another version that have names of objects themselves', async () => {
    writeFileSync(file, JSON.stringify({ accounts: [{ ...account('One'), constructor: 1, toString: 2 }] }));
    await open().change(adding('Two'));
    const [one] = JSON.parse(text()).accounts;
    assert.deepEqual([one.constructor, one.toString], [1, 2]);
  });

  test('that cannot be set aside stay as they are', async () => {
    writeFileSync(file, '{"acc');
    const stored = open((_, path) => (path.includes('unreadable') ? 'EACCES' : undefined));
    await assert.rejects(stored.change(adding('One')), { code: 'EACCES' });
    assert.equal(text(), '{"acc');
  });

  test('that were broken are set aside once, however often they cannot be written', async () => {
    writeFileSync(file, '{"acc');
    const stored = open((operation, path) => (operation === 'replace' && path === file ? 'ENOSPC' : undefined));
    for (const name of ['One', 'Two']) await assert.rejects(stored.change(adding(name)), { code: 'ENOSPC' });
    assert.deepEqual(readdirSync(folder).sort(), ['accounts.json', 'accounts.unreadable.json']);
  });

  test('are there whoever looks between two steps of a change, as a window does that follows the file', async () => {
    await open().change(adding('One'));
    const other = open();
    const seen = new Set<number>();
    const stored: StoredAccounts = open(() => {
      for (const each of [stored, other]) each?.look();
      seen.add(other.now.accounts.length);
      return undefined;
    });
    writeFileSync(file, text().replace('{', '['));
    await stored.change(adding('Two'));
    await stored.change(adding('Three'));
    assert.deepEqual(names(), ['One', 'Two', 'Three']);
    assert.ok(!seen.has(0), 'no window saw none');
  });

  test('keep through any change what only another version knows', async () => {
    const other = {
      version: 1,
      theme: { a: 1 },
      accounts: [{ ...account('One'), colour: 'red' }, { id: 'new', kind: 'oauth' }, 7],
    };
    writeFileSync(file, JSON.stringify({ ...other, active: 'One' }));
    const stored = open();
    await stored.change(adding('Two'));
    await stored.change((now) => ({
      ...now,
      accounts: now.accounts.map((each) => (each.id === 'One' ? { ...each, name: 'Uno' } : each)),
    }));
    assert.deepEqual(JSON.parse(text()), {
      version: 1,
      theme: { a: 1 },
      accounts: [{ ...account('One'), name: 'Uno', colour: 'red' }, account('Two'), { id: 'new', kind: 'oauth' }, 7],
      active: 'One',
    });
    await stored.change(() => ({ accounts: [], active: undefined }));
    assert.deepEqual(JSON.parse(text()), { version: 1, theme: { a: 1 }, accounts: [{ id: 'new', kind: 'oauth' }, 7] });
  });

  test('are kept beside where what only another version knows goes deeper than this one can write', async () => {
    const odd = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const deep = `{"accounts":[${JSON.stringify(account('One'))}],"odd":${odd}}`;
    writeFileSync(file, deep);
    const stored = open();
    await stored.change(adding('Two'));
    await stored.change(adding('Three'));
    assert.deepEqual(JSON.parse(text()), { accounts: ['One', 'Two', 'Three'].map(account) });
    assert.equal(readFileSync(join(folder, 'accounts.unreadable.json'), 'utf8'), deep);
  });

  test('of a newer version are neither shown nor changed', async () => {
    for (const newer of ['{"version":2,"accounts":[]}', '{"accounts":{"a":1}}']) {
      writeFileSync(file, newer);
      await assert.rejects(open().change(adding('One')), { why: 'newer' });
      assert.equal(text(), newer);
    }
  });

  test('are as before when they cannot be written, and the next change goes on', async () => {
    let isFull = false;
    const stored = open((operation) => (isFull && operation === 'replace' ? 'ENOSPC' : undefined));
    await stored.change(adding('One'));
    isFull = true;
    await assert.rejects(stored.change(adding('Two')), { code: 'ENOSPC' });
    assert.deepEqual(names(), ['One']);
    isFull = false;
    await stored.change(adding('Three'));
    assert.deepEqual(names(), ['One', 'Three']);
  });

  test('are made anew, with their folder, when both are gone', async () => {
    const stored = open();
    await stored.change(adding('One'));
    rmSync(folder, { recursive: true });
    assert.equal(stored.look(), true);
    await stored.change(adding('Two'));
    assert.deepEqual(names(), ['Two']);
    mkdirSync(folder, { recursive: true });
  });

  test('lose no change of three processes that write at the same time', async () => {
    const writer = fileURLToPath(new URL('./changingAccounts.ts', import.meta.url));
    const writers = ['a', 'b', 'c'].map((name) =>
      spawn(process.execPath, [writer, folder, name, '15'], { stdio: 'inherit' }),
    );
    for (const [code] of await Promise.all(writers.map((each) => once(each, 'exit')))) assert.equal(code, 0);
    const expected = ['a', 'b', 'c'].flatMap((name) => Array.from({ length: 15 }, (_, nth) => `${name}${nth}`));
    assert.deepEqual(names().sort(), expected.sort());
    assert.deepEqual(readdirSync(folder), ['accounts.json']);
  });
});
