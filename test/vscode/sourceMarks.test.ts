/** Marks in documents: which ids have them, that they follow edits, and that they go with their look-up. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { ObjectTypeCatalog } from '../../src/accounts/objectTypeCatalog.ts';
import { Check } from '../../src/core/expectation/check.ts';
import { placesIn } from '../../src/ids/idPlaces.ts';
import { pairPlaces } from '../../src/ids/pairPlaces.ts';
import type { LookUpEntry } from '../../src/lookUps/lookUpEntry.ts';
import type { LookUps } from '../../src/lookUps/lookUps.ts';
import { SourceMarkFixes } from '../../src/marks/sourceMarkFixes.ts';
import { markSource, SourceMarks } from '../../src/marks/sourceMarks.ts';
import { madePairs } from '../core/expectation/madePairs.ts';
import { learn, type MadeRecord, madeAnswer, unread } from '../core/madeAnswer.ts';
import { until } from '../host/until.ts';
import { madeEntry } from '../tree/madeEntry.ts';

const records: readonly MadeRecord[] = [
  { id: '17982944313', to: [{ toId: '71', types: [] }] },
  { id: '17982944314' },
  {
    id: '17982944315',
    state: 'failed',
    problem: { kind: 'hubSpotError', category: 'VALIDATION_ERROR', message: 'No' },
  },
  { id: '17982944316', state: 'notRead', problem: unread },
];
const text = ['id', ...records.map(({ id }) => `"${id}"`), '17982944314 again', '179829443140'].join('\n');

describe('marks in the source', () => {
  let document: vscode.TextDocument;
  let list: LookUpEntry[];
  let marks: SourceMarks;
  const changed = new vscode.EventEmitter<LookUpEntry | undefined>();

  beforeEach(async () => {
    document = await vscode.workspace.openTextDocument({ content: text });
    list = [];
    const open = async (id: string) => list.find((entry) => entry.id === id);
    const lookUps = { list: () => list, open, onDidChange: changed.event } as unknown as LookUps;
    marks = new SourceMarks(lookUps, new ObjectTypeCatalog(async () => []));
  });
  afterEach(async () => {
    marks.dispose();
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  const entryHere = (over: Partial<LookUpEntry> = {}, made = records) => {
    const answer = madeAnswer(made);
    const found = [...text.matchAll(/\b\d{11}\b/g)].map(({ 0: id, index }) => ({
      id,
      offset: index,
      line: document.positionAt(index).line,
    }));
    const uri = document.uri.toString();
    return madeEntry(answer, { document: uri, places: placesIn(uri, found).places, ...over });
  };

  /** "text at line: severity message" of each mark. */
  const shown = () =>
    vscode.languages
      .getDiagnostics(document.uri)
      .filter(({ source }) => source === markSource)
      .sort((one, other) => one.range.start.compareTo(other.range.start))
      .map(({ range, severity, message }) =>
        [document.getText(range), range.start.line, vscode.DiagnosticSeverity[severity], message].join(' '),
      );
  const untilShown = (what: string, lines: readonly string[]) =>
    until(
      what,
      async () => JSON.stringify(shown()) === JSON.stringify(lines),
      async () => shown(),
    );

  const all = [
    '17982944314 2 Information Deal 17982944314 has no association with Companies.',
    '17982944315 3 Warning Deal 17982944315 failed: No (VALIDATION_ERROR)',
    '17982944316 4 Warning Deal 17982944316 was not read: HubSpot had an error (HTTP 502).',
    '17982944314 5 Information Deal 17982944314 has no association with Companies.',
  ];

  it('stand on every place of an id without association, failed or not read, and nowhere else', async () => {
    list = [entryHere()];
    changed.fire(undefined);
    await untilShown('the marks', all);
  });

  it('say beside no association what the API version hides', async () => {
    const entry = entryHere({}, [{ id: '17982944314' }]);
    (entry.answer as ReturnType<typeof madeAnswer>).seen.add({ kind: 'primaryCompanyOnly' });
    list = [entry];
    changed.fire(undefined);
    const words =
      'has no association with Companies. v3 returns only the primary company of a record. Other companies are not in this answer.';
    await untilShown(
      'the mark with both sentences',
      [2, 5].map((line) => `17982944314 ${line} Information Deal 17982944314 ${words}`),
    );
  });

  it('wait while the look-up runs, and go when it is removed', async () => {
    const ended = entryHere({ id: 'ended', question: { from: 'deals', to: 'contacts', ids: [] } });
    list = [entryHere({ state: 'running' }), ended];
    changed.fire(undefined);
    await untilShown(
      'only what has ended',
      all.map((line) => line.replace('Companies', 'Contacts')),
    );
    list = [];
    changed.fire(undefined);
    await untilShown('no mark', []);
  });

  it('change when a resumed look-up has read more', async () => {
    const answer = madeAnswer(records);
    const entry = { ...entryHere(), answer };
    list = [entry];
    changed.fire(entry);
    await untilShown('the marks', all);
    learn(answer, { id: '17982944316', to: [{ toId: '72', types: [] }] });
    changed.fire(entry);
    await untilShown(
      'one mark less',
      all.filter((line) => !line.startsWith('17982944316')),
    );
  });

  it('of the newer of two look-ups of the same pair are shown', async () => {
    const fixed = records.map(({ id }) => ({ id, to: [{ toId: '71', types: [] }] }));
    list = [entryHere({ id: 'new', startedAt: new Date(2000) }, fixed), entryHere({ startedAt: new Date(1000) })];
    changed.fire(undefined);
    const other = entryHere({
      id: 'other pair',
      startedAt: new Date(500),
      question: { from: 'deals', to: 'contacts', ids: [] },
    });
    list = [...list, other];
    changed.fire(undefined);
    await untilShown(
      'only the other pair',
      all.map((line) => line.replace('Companies', 'Contacts')),
    );
  });

  it('are those of the one that began last also where the clock was set back before it began', async () => {
    const older = entryHere({ startedAt: new Date(2000) });
    list = [older];
    changed.fire(undefined);
    await untilShown('the marks', all);
    const fixed = records.map(({ id }) => ({ id, to: [{ toId: '71', types: [] }] }));
    list = [entryHere({ id: 'new', startedAt: new Date(1000), order: 2001 }, fixed), older];
    changed.fire(undefined);
    await untilShown('no mark', []);
  });

  it('follow edits, and an id that was changed has none', async () => {
    list = [entryHere()];
    changed.fire(undefined);
    await untilShown('the marks', all);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), 'a line before\n');
    edit.insert(document.uri, new vscode.Position(3, 3), '9');
    await vscode.workspace.applyEdit(edit);
    const moved = [all[0]!, all[2]!, all[3]!].map((line) =>
      line.replace(/^(\d+) (\d+)/, (_, id: string, at: string) => `${id} ${Number(at) + 1}`),
    );
    await untilShown('the marks moved', moved);
  });

  it('stand on their ids in a file that was changed while it was closed', async () => {
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    const folder = mkdtempSync(join(tmpdir(), 'marks-'));
    const uri = vscode.Uri.file(join(folder, 'deals.csv'));
    // One that is opened by the API stays open for minutes after its editor is closed.
    const opened = async () => {
      await vscode.commands.executeCommand('vscode.open', uri);
      return vscode.workspace.textDocuments.find((each) => each.uri.toString() === uri.toString())!;
    };
    writeFileSync(uri.fsPath, text);
    document = await opened();
    list = [entryHere()];
    changed.fire(undefined);
    await untilShown('marks', all);
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    await until('it is closed', () => document.isClosed);
    writeFileSync(uri.fsPath, `a line more\n${text}`);
    document = await opened();
    const further = all.map((line) => line.replace(/ (\d) /, (_, at: string) => ` ${Number(at) + 1} `));
    await untilShown('marks on the ids', further);
    rmSync(folder, { recursive: true });
  });

  it('are off by the setting', async () => {
    const settings = vscode.workspace.getConfiguration('hubspotAssociations');
    list = [entryHere()];
    changed.fire(undefined);
    await untilShown('the marks', all);
    try {
      await settings.update('markSources', false, vscode.ConfigurationTarget.Global);
      await untilShown('no mark', []);
    } finally {
      await settings.update('markSources', undefined, vscode.ConfigurationTarget.Global);
    }
    await untilShown('the marks again', all);
  });

  it('offer fixes: copy, check, read, look up again', async () => {
    list = [entryHere()];
    changed.fire(undefined);
    await untilShown('the marks', all);
    const fixes = new SourceMarkFixes(marks);
    const titles = (line: number) =>
      fixes.provideCodeActions(document, new vscode.Range(line, 2, line, 2)).map(({ title }) => title);
    assert.deepEqual(titles(2), [
      'Check which records exist',
      'Look up all 4 IDs again',
      'Copy 17982944314',
      'Show in the answer',
    ]);
    assert.deepEqual(titles(4).slice(0, 2), ['Read what was not read', 'Look up all 4 IDs again']);
    assert.deepEqual(titles(1), []);
  });

  it('of pairs whose ids were translated mark the lines that were read, and none of a file that was not checked', async () => {
    const answer = madeAnswer([{ id: '101' }, { id: '102' }], { apiVersion: '2026-09' });
    // Neither id stands in the document. The first pair is on the first line after the header.
    const check = new Check(
      answer,
      madePairs([
        ['102', []],
        ['101', ['107']],
      ]),
    );
    const file = {
      name: 'old.csv',
      bytes: Buffer.byteLength(text),
      sha256: createHash('sha256').update(text).digest('hex'),
    };
    const uri = document.uri.toString();
    const places = pairPlaces(uri, check.expectation);
    const checked = (of: typeof file) => {
      const checkSource = { file: of, uri, mappings: [{ ...of, objectType: 'deals' }] };
      return madeEntry(answer, { id: of.sha256, document: uri, places, check, checkSource });
    };
    list = [checked(file)];
    changed.fire(undefined);
    await untilShown('the line', [
      '"17982944313" 1 Warning Missing: 101 → 107, not checked whether both records exist',
    ]);
    list = [checked({ ...file, sha256: '00' })];
    changed.fire(undefined);
    await untilShown('no mark', []);
  });
});
