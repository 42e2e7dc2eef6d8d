/** Checks of files that change or cannot be read, and that are removed while more is asked about them. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import { clearLookUps, removeLookUps } from '../../src/actions/removeLookUps.ts';
import { ChangedFiles } from '../../src/checks/changedFiles.ts';
import { checkUnseen } from '../../src/checks/checkGiven.ts';
import { type CheckPairsParts, checkPairs } from '../../src/checks/checkPairs.ts';
import { MissingExistence, type MissingExistenceParts } from '../../src/checks/missingExistence.ts';
import { Check } from '../../src/core/expectation/check.ts';
import type { LookUpEntry } from '../../src/lookUps/lookUpEntry.ts';
import type { LookUps } from '../../src/lookUps/lookUps.ts';
import { madePairs } from '../core/expectation/madePairs.ts';
import { madeAnswer } from '../core/madeAnswer.ts';
import { until } from '../host/until.ts';
import { madeEntry } from '../tree/madeEntry.ts';

/** One file, of which the reading that is told to may take its time. */
class SlowFile implements vscode.FileSystemProvider {
  readonly uri = vscode.Uri.parse('slow-file:/pairs.csv');
  readonly onDidChangeFile = new vscode.EventEmitter<vscode.FileChangeEvent[]>().event;
  #content: Uint8Array;
  #time = 1;
  #waiting: Promise<void> | undefined;

  constructor(text: string) {
    this.#content = Buffer.from(text);
  }

  /** Has the next reading wait. @returns lets it go on, with what was there when it began */
  holdNext(): () => void {
    let goOn = () => {};
    this.#waiting = new Promise((resolve) => {
      goOn = resolve;
    });
    return goOn;
  }

  get isHeld(): boolean {
    return this.#waiting === undefined;
  }

  async readFile(): Promise<Uint8Array> {
    const content = this.#content;
    const waiting = this.#waiting;
    this.#waiting = undefined;
    await waiting;
    return content;
  }

  writeFile(_: vscode.Uri, content: Uint8Array): void {
    this.#content = content;
    this.#time++;
  }

  stat(): vscode.FileStat {
    return { type: vscode.FileType.File, ctime: 1, mtime: this.#time, size: this.#content.length };
  }

  watch = () => ({ dispose: () => {} });
  readDirectory = () => [];
  createDirectory = () => {};
  delete = () => {};
  rename = () => {};
}

const pairs = 'Deal ID,Company ID\n1,71\n';
const changed = new vscode.EventEmitter<LookUpEntry | undefined>();

function checked(over: Partial<LookUpEntry> = {}): LookUpEntry {
  const answer = madeAnswer([{ id: '1' }], { apiVersion: '2026-09' });
  const check = new Check(answer, madePairs([['1', ['71']]]));
  return madeEntry(answer, { check, ...over });
}

describe('checks', () => {
  let slow: SlowFile;
  let registered: vscode.Disposable;
  beforeEach(() => {
    slow = new SlowFile(pairs);
    registered = vscode.workspace.registerFileSystemProvider('slow-file', slow);
  });
  afterEach(() => registered.dispose());

  it('say that their file has changed, whatever an earlier look at it says later', async () => {
    const editor = await vscode.window.showTextDocument(slow.uri);
    const file = { name: 'pairs.csv', bytes: pairs.length, sha256: createHash('sha256').update(pairs).digest('hex') };
    const uri = slow.uri.toString();
    const [entry, other] = ['one', 'other'].map((id) => checked({ id, document: uri, checkSource: { file, uri } }));
    const said: [string, boolean][] = [];
    const lookUps = {
      list: () => [entry],
      onDidChange: changed.event,
      fileChanged: (id: string, isChanged: boolean) => said.push([id, isChanged]),
    } as unknown as LookUps;
    const files = new ChangedFiles(lookUps);
    const goOn = slow.holdNext();
    changed.fire(entry);
    await until('it is being read', () => slow.isHeld);
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), '\n'));
    assert.ok(await editor.document.save());
    await until('the change is said', () => said.length > 0);
    goOn();
    // What is read from here on is read after that.
    changed.fire(other);
    await until('the other one is said', () => said.some(([id]) => id === 'other'));
    assert.deepEqual(said, [
      ['one', true],
      ['other', true],
    ]);
    files.dispose();
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
  });

  it('do not say that a file could not be read where something else went wrong', async () => {
    const find = () => {
      throw new Error('not of the file');
    };
    const parts = { accounts: { active: {} }, catalog: { find }, lastPairs: { pairsOf: () => [] } };
    await assert.rejects(checkPairs(parts as unknown as CheckPairsParts, slow.uri), /not of the file/);
    registered.dispose();
    await checkPairs(parts as unknown as CheckPairsParts, slow.uri);
  });

  it('that are given whole let others work while their pairs are read, and say which of them does not fit', async () => {
    let turns = 0;
    let timer = setImmediate(function next() {
      turns++;
      timer = setImmediate(next);
    });
    let before = 0;
    const parts = {
      accounts: { active: {} },
      names: { forgetGone: () => {}, existenceOf: () => undefined, tryExistence: async () => undefined },
      lookUpUnseen: async () => {
        before = turns;
        return madeAnswer([{ id: '1' }], { from: 'deals', to: 'contacts', apiVersion: '2026-09' });
      },
    } as unknown as Parameters<typeof checkUnseen>[3];
    const given = Array.from({ length: 300_000 }, (_, nth) => ({ from: '1', to: 9_000_000_000 + nth }));
    const question = { from: 'deals', to: 'contacts' };
    const counts = await checkUnseen(question, { pairs: given }, {}, parts);
    clearImmediate(timer);
    assert.equal(counts.missing, given.length);
    assert.ok(before > 5, `${before} turns for others`);
    const bad = { pairs: [given[0], { from: '1', to: 'x' }] };
    await assert.rejects(checkUnseen(question, bad, {}, parts), (error: Error) => {
      assert.ok(error instanceof TypeError);
      assert.match(error.message, /^A check takes .* Not a record ID\n\s+→ at pairs\[1\]\.to$/s);
      return true;
    });
  });

  it('are not asked about any more once they are removed', async () => {
    const entry = checked();
    let list = [entry];
    let asked: AbortSignal | undefined;
    const parts = {
      lookUps: { onDidChange: changed.event, find: () => list[0], learn: async () => {} },
      names: {
        forgetGone: () => {},
        existenceOf: () => undefined,
        tryExistence: (_: unknown, __: unknown, ___: unknown, { signal }: { signal: AbortSignal }) => {
          asked = signal;
          return new Promise((resolve) => signal.addEventListener('abort', () => resolve({ kind: 'cancelled' })));
        },
      },
    };
    const missing = new MissingExistence(parts as unknown as MissingExistenceParts);
    const done = missing.ask(entry);
    await until('HubSpot is asked', () => asked !== undefined);
    changed.fire(undefined);
    assert.equal(asked?.aborted, false, 'it is still there');
    list = [];
    changed.fire(undefined);
    assert.equal(asked?.aborted, true);
    await done;
    missing.dispose();
  });

  it('are removed once where they are selected together with their group', async () => {
    const [one, other] = [checked({ id: 'one' }), checked({ id: 'other' })];
    const taken: string[] = [];
    const lookUps = {
      find: (id: string) => [one, other].find((each) => each.id === id),
      takeAway: async (ids: readonly string[]) => {
        taken.push(...ids);
        return [];
      },
    };
    const groups = { find: (id: string) => (id === 'group' ? { members: [one, other] } : undefined) };
    const parts = { lookUps, groups, catalog: { find: (name: string) => ({ label: name, pluralLabel: name }) } };
    await removeLookUps(['group', 'one'], parts as unknown as Parameters<typeof removeLookUps>[1]);
    assert.deepEqual(taken, ['one', 'other']);
  });

  it('are cleared with what was set aside also where they cannot be, which is said without the path of a file', async () => {
    let isCleared = false;
    const lookUps = {
      list: () => [checked({ id: 'one' })],
      takeAway: async () => {
        const error = new Error("EPERM: operation not permitted, unlink '/home/somebody/one.card2.json'");
        throw Object.assign(error, { code: 'EPERM' });
      },
      removeSetAside: async () => {
        isCleared = true;
      },
    };
    const parts = { lookUps, catalog: { find: (name: string) => ({ label: name, pluralLabel: name }) } };
    const agreed = vscode.window.showWarningMessage;
    vscode.window.showWarningMessage = (async () => 'Clear All') as unknown as typeof agreed;
    try {
      await assert.rejects(clearLookUps(parts as unknown as Parameters<typeof clearLookUps>[0]), {
        message: 'Not everything could be removed (EPERM: operation not permitted).',
      });
    } finally {
      vscode.window.showWarningMessage = agreed;
    }
    assert.ok(isCleared);
  });
});
