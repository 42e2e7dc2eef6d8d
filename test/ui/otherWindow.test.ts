/** A look-up that another window has: it is shown as far as it had come, and goes on here once that window is gone. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { filesIn } from '../host/tokenSearch.ts';
import { until } from '../host/until.ts';
import { answerNumbers } from '../tools/demo/answerNumbers.ts';
import {
  arrived,
  assertTruth,
  calls,
  fromCall,
  type LongLookUp,
  longLookUp,
  lookUpAll,
  press,
  readSoFar,
  title,
  treeSays,
} from './longLookUp.ts';
import { panelSays } from './shownAnswer.ts';

const claimer = fileURLToPath(new URL('../editor/claimer.ts', import.meta.url));
const inFlight = 16;
const elsewhere = /Another window is using this lookup, or was closed a moment ago/;
let long: LongLookUp;
/** Stands for the other window: VS Code shows one folder in one window only, and one without a folder holds no file of ids. */
let other: ChildProcess;
let read: string[];

describe('a look-up that another window has', () => {
  before(async () => {
    long = await longLookUp(1000, 20);
  });

  after(() => {
    other?.kill();
  });

  test('tree and panel show what was read, and that another window has it', async () => {
    const { window, workbench, tree } = long;
    fromCall(6, { kind: 'hang' }, long);
    await lookUpAll(long);
    await arrived(5 + inFlight, long);
    await panelSays(/\b5 of 50 calls/, long);
    await press('Cancel', long);
    await treeSays(/^Paused at 5 of 50 calls/, /900 not read, paused$/, long);
    read = calls(long).slice(0, 5).flat();
    long.standIn.faults.clear();
    long.standIn.forgetRequests();

    await workbench.runCommand('View: Close All Editors');
    await window.page.goto('about:blank');
    const files = () => filesIn(join(dirname(window.server.settingsFile), '..', '..'));
    const isClaim = (path: string) => path.endsWith('.claim2');
    await until('this window has let it go', () => !files().some(isClaim), files);
    const ledger = files().find((path) => path.endsWith('.ledger2'));
    assert.ok(ledger, 'the look-up is on the disk');
    other = spawn(process.execPath, [claimer, dirname(ledger)], { stdio: ['pipe', 'pipe', 'inherit'] });
    const said = once(other.stdout!, 'data');
    other.stdin!.write(`take ${ledger.replace(/ledger2$/, 'claim2')}\n`);
    assert.equal(String((await said)[0]).trim(), 'true');
    await window.page.goto(window.address);
    await workbench.ready();
    await workbench.openView('HubSpot Associations', 'Lookups');
    await treeSays(/Another window is using this lookup/, /900 not read, paused$/, long);
    await tree.pressInline(title, 'Open');
    assert.deepEqual(answerNumbers(await panelSays(elsewhere, long)), readSoFar(read, long));
  });

  test('Resume asks for nothing while the other one lives, and for the rest once it is gone', async () => {
    await press('Resume', long);
    await panelSays(elsewhere, long);
    assert.deepEqual(calls(long), []);
    const ended = new Promise((resolve) => other.once('exit', resolve));
    other.kill();
    await ended;
    await press('Resume', long);
    await assertTruth(long);
    assert.equal(calls(long).length, 45);
  });
});
