/** Files are written wholly or not at all, on the disk and on file systems of other extensions. */
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { writeWholeFile } from '../../src/editor/wholeFile.ts';

const never = new AbortController().signal;

/** Each takes longer to make than one slice of work may last. */
function* slowChunks(count: number): Generator<string> {
  for (let nth = 0; nth < count; nth++) {
    const ready = performance.now() + 60;
    while (performance.now() < ready);
    yield `chunk ${nth}\n`;
  }
}

function* manyChunks(count: number, atEach?: (chunk: number) => void): Generator<string> {
  for (let chunk = 0; chunk < count; chunk++) {
    atEach?.(chunk);
    yield `${chunk}:${'é'.repeat(1000)}\n`;
  }
}

describe('a file on the disk', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'whole-file-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const target = () => vscode.Uri.file(join(folder, 'rows.csv'));

  it('holds every chunk, and nothing stands beside it', async () => {
    await writeWholeFile(target(), manyChunks(100), never);
    assert.equal(readFileSync(target().fsPath, 'utf8'), [...manyChunks(100)].join(''));
    assert.deepEqual(readdirSync(folder), ['rows.csv']);
  });

  it('holds every chunk where the system takes only a part of it at a time, as on a disk that is nearly full', async () => {
    const probe = await open(target().fsPath, 'w');
    await probe.close();
    const handles = Object.getPrototypeOf(probe);
    const { write } = handles;
    handles.write = function (data: string | Uint8Array, offset = 0) {
      const bytes = Buffer.from(data as string);
      return write.call(this, bytes, offset, Math.min(700, bytes.length - offset));
    };
    try {
      await writeWholeFile(target(), manyChunks(10), never);
    } finally {
      handles.write = write;
    }
    assert.equal(readFileSync(target().fsPath, 'utf8'), [...manyChunks(10)].join(''));
  });

  it('replaces what stood there', async () => {
    writeFileSync(target().fsPath, 'x'.repeat(1_000_000));
    await writeWholeFile(target(), ['new'], never);
    assert.equal(readFileSync(target().fsPath, 'utf8'), 'new');
  });

  it('is not there when writing was cancelled half-way, and an older one is as it was', async () => {
    for (const old of [undefined, 'old']) {
      if (old !== undefined) writeFileSync(target().fsPath, old);
      const abort = new AbortController();
      const chunks = manyChunks(1000, (chunk) => chunk === 500 && abort.abort());
      await assert.rejects(writeWholeFile(target(), chunks, abort.signal), { name: 'AbortError' });
      assert.deepEqual(readdirSync(folder), old === undefined ? [] : ['rows.csv']);
      if (old !== undefined) assert.equal(readFileSync(target().fsPath, 'utf8'), old);
    }
  });

  it('is not there when a chunk could not be made', async () => {
    const chunks = manyChunks(10, (chunk) => {
      if (chunk === 5) throw new Error('no more');
    });
    await assert.rejects(writeWholeFile(target(), chunks, never), /no more/);
    assert.deepEqual(readdirSync(folder), []);
  });

  it('gives the host a turn between chunks, and says how far it is', async () => {
    let turns = 0;
    let isOver = false;
    const count = () => {
      turns++;
      if (!isOver) setImmediate(count);
    };
    setImmediate(count);
    const told: number[] = [];
    await writeWholeFile(target(), slowChunks(12), never, (characters) => told.push(characters));
    isOver = true;
    assert.ok(turns >= 10, `${turns} turns`);
    assert.deepEqual(
      told,
      [...told].sort((one, other) => one - other),
    );
    assert.ok(told.length >= 10);
  });
});

describe('a file of another file system', () => {
  let subscription: vscode.Disposable;
  let provider: MemoryFiles;
  afterEach(() => subscription.dispose());
  const register = (scheme: string, made: MemoryFiles) => {
    provider = made;
    subscription = vscode.workspace.registerFileSystemProvider(scheme, made);
    return vscode.Uri.parse(`${scheme}:/rows.csv`);
  };

  it('is written beside and renamed where that can be done', async () => {
    const target = register('whole-renames', new MemoryFiles(true));
    await writeWholeFile(target, manyChunks(100), never);
    assert.equal(provider.text('/rows.csv'), [...manyChunks(100)].join(''));
    assert.deepEqual([...provider.files.keys()], ['/rows.csv']);
    assert.ok(!provider.writes.includes('/rows.csv'), 'nothing is written under the chosen name');
  });

  it('is written in one piece where nothing can be renamed, and nothing is left beside it', async () => {
    const target = register('whole-writes', new MemoryFiles(false));
    await writeWholeFile(target, manyChunks(100), never);
    assert.equal(provider.text('/rows.csv'), [...manyChunks(100)].join(''));
    assert.deepEqual([...provider.files.keys()], ['/rows.csv']);
    assert.equal(provider.writes.filter((path) => path === '/rows.csv').length, 1);
  });

  it('is not touched when writing was cancelled', async () => {
    const target = register('whole-cancelled', new MemoryFiles(true));
    const abort = new AbortController();
    const chunks = manyChunks(1000, (chunk) => chunk === 500 && abort.abort());
    await assert.rejects(writeWholeFile(target, chunks, abort.signal), { name: 'AbortError' });
    assert.deepEqual(provider.writes, []);
  });
});

/** The least a file system of another extension can be. */
class MemoryFiles implements vscode.FileSystemProvider {
  readonly files = new Map<string, Uint8Array>();
  readonly writes: string[] = [];
  readonly #renames: boolean;
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.#changed.event;

  constructor(renames: boolean) {
    this.#renames = renames;
  }

  text(path: string): string {
    return new TextDecoder().decode(this.files.get(path));
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => {});
  }

  stat({ path }: vscode.Uri): vscode.FileStat {
    const size = this.files.get(path)?.length;
    if (path === '/') return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 };
    if (size === undefined) throw vscode.FileSystemError.FileNotFound(path);
    return { type: vscode.FileType.File, ctime: 0, mtime: 0, size };
  }

  readDirectory(): [string, vscode.FileType][] {
    return [];
  }

  createDirectory(): void {}

  readFile({ path }: vscode.Uri): Uint8Array {
    const content = this.files.get(path);
    if (!content) throw vscode.FileSystemError.FileNotFound(path);
    return content;
  }

  writeFile({ path }: vscode.Uri, content: Uint8Array): void {
    this.files.set(path, content);
    this.writes.push(path);
  }

  delete({ path }: vscode.Uri): void {
    this.files.delete(path);
  }

  rename(from: vscode.Uri, to: vscode.Uri): void {
    const content = this.files.get(from.path);
    if (!this.#renames || !content) throw vscode.FileSystemError.NoPermissions('This file system does not rename');
    this.files.set(to.path, content);
    this.files.delete(from.path);
  }
}
