/** Rows into files and onto the clipboard, read back by other parsers. */
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Papa from 'papaparse';
import * as vscode from 'vscode';
import { ObjectTypeCatalog } from '../../src/accounts/objectTypeCatalog.ts';
import { Names } from '../../src/answers/recordNames.ts';
import { standardObjectType } from '../../src/core/domain/objectTypes.ts';
import type { ExportFormatName } from '../../src/core/export/formats.ts';
import { Exporting } from '../../src/exporting/exporting.ts';
import { allRows, writeRows } from '../../src/exporting/writing.ts';
import type { LookUpEntry } from '../../src/lookUps/lookUpEntry.ts';
import { chosenRows } from '../../src/tree/treeSelection.ts';
import { largeAnswer, learn, type MadeRecord, madeAnswer, unread } from '../core/madeAnswer.ts';
import { madeEntry } from '../tree/madeEntry.ts';

const label = { category: 'USER_DEFINED', typeId: 7, label: 'says "hi",\nthen =1+1 · 合同' };
const records: readonly MadeRecord[] = [
  {
    id: '9007199254740993123',
    to: [
      { toId: '9223372036854775807', types: [label] },
      { toId: '2', types: [] },
    ],
  },
  { id: '17982944314' },
  { id: '17982944316', state: 'notRead', problem: unread },
];

const names = new Names({
  portsOf: () => assert.fail('nothing is read'),
  typeOf: (name) => standardObjectType(name)!,
});

describe('exporting', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'exporting-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const uri = (name: string) => vscode.Uri.file(join(folder, name));
  const write = (rows: Parameters<typeof writeRows>[0], format: ExportFormatName, name: string) =>
    writeRows(rows, { format, uri: uri(name) }, names);
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');

  it('writes CSV that another parser reads as the answer, with what it is about beside it', async () => {
    const entry = madeEntry(madeAnswer(records));
    await write(allRows(entry), 'csv', 'rows.csv');
    const { data } = Papa.parse<Record<string, string>>(read('rows.csv'), { header: true, skipEmptyLines: true });
    assert.deepEqual(
      data.map((row) => [row.record_id, row.associated_record_id, row.labels, row.state]),
      [
        ['9007199254740993123', '9223372036854775807', label.label, 'found'],
        ['9007199254740993123', '2', '', 'found'],
        ['17982944314', '', '', 'none'],
        ['17982944316', '', '', 'not read'],
      ],
    );
    assert.match(data[3]!.problem!, /HTTP 502/);
    const about = JSON.parse(read('rows.csv.about.json'));
    assert.equal(about.account.name, 'Acme');
    assert.deepEqual([about.from, about.to, about.apiVersion], ['deals', 'companies', 'v3']);
    assert.equal(about.complete, false);
    assert.deepEqual([about.rows, about.rowsInAll], [4, 4]);
  });

  it('writes one group, and says by what the rows were narrowed', async () => {
    const entry = madeEntry(madeAnswer(records));
    const [chosen] = chosenRows([{ kind: 'group', entry, group: 'none' }]);
    await write({ ...chosen!, view: { chip: 'none', filter: '' } }, 'json', 'none.json');
    const { about, rows } = JSON.parse(read('none.json'));
    assert.deepEqual(
      rows.map(({ recordId }: { recordId: string }) => recordId),
      ['17982944314'],
    );
    assert.deepEqual(about.narrowedBy, { chip: 'none' });
    assert.deepEqual(readdirSync(folder), ['none.json'], 'JSON says itself what it is about');
  });

  it('writes every row of a large answer', async () => {
    const answer = largeAnswer(20_000, 5);
    await write(allRows(madeEntry(answer)), 'ndjson', 'rows.ndjson');
    const lines = read('rows.ndjson').trimEnd().split('\n');
    assert.equal(lines.length - 1, answer.counts.associations + answer.counts.none);
    const last = JSON.parse(lines.at(-1)!);
    assert.equal(last.recordId, answer.recordId(answer.counts.asked - 1));
  });

  it('leaves nothing when the answer changes while it is written', async () => {
    const answer = largeAnswer(20_000, 5);
    const rows = allRows(madeEntry(answer));
    const writing = write(rows, 'csv', 'rows.csv');
    learn(answer, { id: answer.recordId(7), to: [{ toId: '9', types: [] }] });
    await writing;
    await vscode.commands.executeCommand('notifications.clearAll');
    assert.deepEqual(readdirSync(folder), []);
  });

  it('copies rows of several look-ups in one format', async () => {
    const rows = [
      allRows(madeEntry(madeAnswer(records))),
      allRows(madeEntry(madeAnswer([{ id: '5', to: [{ toId: '6', types: [] }] }]))),
    ];
    const lookUps = {
      cancel: () => assert.fail('nothing runs'),
      onDidChange: new vscode.EventEmitter<LookUpEntry>().event,
    };
    const exporting = new Exporting({ catalog: new ObjectTypeCatalog(async () => []), names, lookUps });
    await exporting.copyRows(rows, 'pairs');
    assert.equal(
      await vscode.env.clipboard.readText(),
      '9007199254740993123\t9223372036854775807\n9007199254740993123\t2\n5\t6\n',
    );
    await exporting.copyRows(rows.slice(0, 1), 'sqlInRecords');
    assert.match(await vscode.env.clipboard.readText(), /IN \(\n {2}9007199254740993123,\n {2}17982944314,/);
  });
});
