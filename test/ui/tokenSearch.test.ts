/** Every window's closing searches what the window leaves behind for tokens. It would be worth nothing if it found none. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { temporaryFolder } from '../host/temporaryFolder.ts';
import { filesWithToken, holdsLeftover, holdsToken, rememberToken, rememberValue } from '../host/tokenSearch.ts';
import { until } from '../host/until.ts';
import { openVscode, type VscodeWindow } from '../host/vscodeWindow.ts';
import { outFolder } from '../host/windowClosing.ts';
import type { StandIn } from '../hubspotStandIn/standIn.ts';
import { startHubSpotStandIn } from '../hubspotStandIn.ts';
import { keepPictureOfFailures } from './failures.ts';

/** A token of no form that is known. */
const makeToken = () => `a.secret+of/${randomUUID()}`;

let standIn: StandIn;
let window: VscodeWindow;
const folder = mkdtempSync(join(tmpdir(), 'planted-'));

keepPictureOfFailures(() => window);

before(async () => {
  standIn = await startHubSpotStandIn();
  window = await openVscode({ environment: { HUBSPOT_API_ORIGIN: standIn.origin, HUBSPOT_TOKEN: standIn.token } });
});

after(async () => {
  rmSync(join(outFolder, 'planted'), { recursive: true, force: true });
  rmSync(folder, { recursive: true });
  await window?.close().catch(() => {});
  await standIn?.close();
});

test('a token is found in whatever way it is written, and nothing else is', () => {
  const token = makeToken();
  const text = `{"tokenKey":"${token}"}`;
  assert.ok(!holdsToken(text), 'nobody has told of it');
  rememberToken(token);
  for (const written of [
    text,
    JSON.stringify(text),
    encodeURIComponent(text),
    ...['', 'a', 'ab'].map((before) => Buffer.from(before + text).toString('base64')),
    ...['', 'a', 'ab'].map((before) => Buffer.from(before + text).toString('base64url')),
    Buffer.from(text).toString('hex'),
    Buffer.from(text, 'utf16le').toString('latin1'),
  ]) {
    assert.ok(holdsToken(written), written);
    writeFileSync(join(folder, 'planted.bin'), written, 'latin1');
    assert.deepEqual(filesWithToken(folder), [join(folder, 'planted.bin')]);
    assert.ok(!holdsToken(written.slice(0, 20) + written.slice(50)), 'a token without its middle');
  }
  assert.ok(holdsToken(['pat', 'na1', randomUUID()].join('-')), 'of a known form, although nobody has told of it');
  assert.ok(holdsToken(`x${standIn.token.slice('pat-na1-'.length)}`), 'the secret part of one');
  for (const other of ['', 'pat-na1-', `correlation id ${randomUUID()}`]) assert.ok(!holdsToken(other), other);
});

test('a temporary folder is searched when it is removed', async () => {
  const planted = temporaryFolder('planted');
  mkdirSync(join(planted.path, 'a', 'b'), { recursive: true });
  writeFileSync(join(planted.path, 'a', 'b', 'ledger.jsonl'), `x${standIn.token}`);
  await assert.rejects(planted.remove(), /A token was left behind in .*ledger\.jsonl$/);
});

test('a value of a record is no token, and is looked for in all that is left behind', async () => {
  const value = `Planted ${randomUUID()}`;
  rememberValue(value);
  for (const written of [value, JSON.stringify({ name: value }), Buffer.from(`x${value}`).toString('base64')]) {
    assert.ok(!holdsToken(written) && holdsLeftover(written), written);
    const planted = temporaryFolder('planted');
    writeFileSync(join(planted.path, 'state.vscdb'), written);
    await assert.rejects(planted.remove(), /was left behind in .*state\.vscdb$/);
  }
  assert.ok(!holdsLeftover('Planted'));
});

test('what is typed into a masked field is looked for', async () => {
  const { workbench } = window;
  const token = makeToken();
  await workbench.ask('HubSpot Associations: Add Account...', 'Add a HubSpot account');
  await workbench.quickInput.type(`Bearer ${token}`);
  await workbench.quickInput.cancel();
  assert.ok(holdsToken(token));
});

test('a window that leaves tokens behind does not close in silence, and names every place', async () => {
  const { page, server, workbench } = window;
  const { token } = standIn;
  await workbench.runCommand('HubSpot Associations: Try the Sample Account');
  await workbench.webview().locator('[role=row] [role=gridcell]').first().waitFor();

  const files = {
    server: join(dirname(server.settingsFile), 'planted.log'),
    extensions: join(dirname(server.settingsFile), '..', '..', '..', 'extensions', 'planted.json'),
    workspace: join(window.folder, 'planted.csv'),
    out: join(outFolder, 'planted', 'planted.txt'),
  };
  for (const file of Object.values(files)) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `x${token}`);
  }
  const frame = await workbench.webviewFrame();
  await frame.evaluate((planted) => {
    globalThis.postMessage({ kind: planted });
    globalThis.pageDoor?.postMessage({ kind: planted });
    document.body.append(planted);
  }, token);
  await page.evaluate(async (planted) => {
    console.log(`planted: ${planted}`);
    localStorage.setItem('planted', planted);
    await fetch(`/version?planted=${planted}`, { method: 'POST', body: planted }).catch(() => {});
    await navigator.clipboard.writeText(planted);
    await new Promise<void>((resolve, reject) => {
      const opening = indexedDB.open('planted');
      opening.onupgradeneeded = () => opening.result.createObjectStore('store').put(planted, 'key');
      opening.onsuccess = () => {
        opening.result.close();
        resolve();
      };
      opening.onerror = () => reject(opening.error);
    });
  }, token);
  await until('the messages were seen', () => window.watch.messages.some((message) => message.includes(token)));

  const error = await window.close().then(
    () => undefined,
    (reason: Error) => reason,
  );
  assert.ok(error, 'the window closed in silence');
  for (const place of [
    ...Object.values(files),
    'a message to a page',
    'a message from a page',
    'the screen',
    'the console',
    'the address of a request',
    'the body of a request',
    'what is stored as planted',
    'what is stored as planted/store/key',
    'the clipboard',
  ]) {
    assert.ok(error.message.includes(place), `${place} is not in: ${error.message}`);
  }
  assert.ok(!holdsToken(error.message), 'the error tells the token');
});
