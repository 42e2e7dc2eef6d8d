/** Rows into files and onto the clipboard, read back by other parsers. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Papa from 'papaparse';
import * as vscode from 'vscode';
import { ObjectTypeCatalog } from '../../src/accounts/objectTypeCatalog.ts';
import { Names } from '../../src/answers/recordNames.ts';
import type { UnreadRecords } from '../../src/answers/unreadRecords.ts';
import { standardObjectType } from '../../src/core/domain/objectTypes.ts';
import { finished } from '../../src/core/domain/steps.ts';
import type { ExportFormatName } from '../../src/core/export/formats.ts';
import { idRowsAStep } from '../../src/core/rows/steps.ts';
import { copyChunks } from '../../src/exporting/clipboard.ts';
import { Exporting } from '../../src/exporting/exporting.ts';
import { briefly, joined, readAllOf } from '../../src/exporting/unreadFirst.ts';
import {
  allRows,
  chunksOf,
  notWrittenSentence,
  whyNot,
  writeAboutBeside,
  writeRows,
  writeSteadily,
} from '../../src/exporting/writing.ts';
import type { LookUpEntry } from '../../src/lookUps/lookUpEntry.ts';
import { choosingRows } from '../../src/tree/treeSelection.ts';
import { largeAnswer, learn, type MadeRecord, madeAnswer, unread } from '../core/madeAnswer.ts';
import { madePorts } from '../core/madePorts.ts';
import { until } from '../host/until.ts';
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

/** Names that are shown, of an account that calls every record by its id. */
function namesShown(): { readonly names: Names; readonly calls: () => number } {
  let calls = 0;
  const shown = new Names({
    portsOf: () =>
      madePorts({
        fetch: async (_, init) => {
          calls++;
          const { inputs } = JSON.parse(String(init?.body)) as { readonly inputs: readonly { readonly id: string }[] };
          const properties = (id: string) => ({ dealname: `Deal ${id}`, name: `Company ${id}` });
          return Response.json({ results: inputs.map(({ id }) => ({ id, properties: properties(id) })) });
        },
      }),
    typeOf: (name) => standardObjectType(name)!,
  });
  shown.toggle(true);
  return { names: shown, calls: () => calls };
}

function exportingWith(given: Names): Exporting {
  const lookUps = {
    cancel: () => assert.fail('nothing runs'),
    onDidChange: new vscode.EventEmitter<LookUpEntry>().event,
  };
  return new Exporting({ catalog: new ObjectTypeCatalog(async () => []), names: given, lookUps });
}

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
    const [chosen] = finished(choosingRows([{ kind: 'group', entry, group: 'none' }]));
    await write({ ...chosen!, view: { chips: ['none'], filter: '' } }, 'json', 'none.json');
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

  it('says that the rows are written where only what they are about could not be written beside them', async () => {
    mkdirSync(join(folder, 'rows.csv.about.json'));
    const error = await writeAboutBeside(uri('rows.csv'), '{}').then(
      () => assert.fail('a folder is in its place'),
      (thrown: unknown) => thrown,
    );
    assert.match(
      notWrittenSentence(uri('rows.csv'), error),
      /^rows\.csv was written, but rows\.csv\.about\.json was not\. ./,
    );
    assert.equal(notWrittenSentence(uri('rows.csv'), new Error('No room.')), 'rows.csv was not written. No room.');
    const path = "EACCES: permission denied, open '/home/somebody/.rows.csv.1a2b.part'";
    const denied = Object.assign(new Error(path), { code: 'EACCES' });
    assert.equal(notWrittenSentence(uri('rows.csv'), denied), 'rows.csv was not written. EACCES: permission denied');
  });

  it('counts a record once that several look-ups have', () => {
    const { account } = madeEntry(madeAnswer(records));
    const unread = (type: string, ...ids: string[]): UnreadRecords => ({
      what: 'names',
      account,
      type,
      ids: new Set(ids),
    });
    assert.deepEqual(
      finished(joined([unread('deals', '1', '2'), unread('companies', '1'), unread('deals', '2', '3')])),
      [unread('deals', '1', '2', '3'), unread('companies', '1')],
    );
  });

  it('says of a text, too, which is copied and not exported, that it changed meanwhile', () => {
    const answer = madeAnswer(records);
    const chunks = chunksOf([allRows(madeEntry(answer))], names, 'csv');
    chunks.next();
    learn(answer, { id: '17982944316', to: [{ toId: '9', types: [] }] });
    let why = '';
    try {
      for (const _ of chunks);
    } catch (error) {
      why = whyNot(error);
    }
    assert.equal(why, 'The lookup is still running. Try again when it has ended or is cancelled.');
  });

  it('copies rows of several look-ups in one format', async () => {
    const rows = [
      allRows(madeEntry(madeAnswer(records))),
      allRows(madeEntry(madeAnswer([{ id: '5', to: [{ toId: '6', types: [] }] }]))),
    ];
    const exporting = exportingWith(names);
    await exporting.copyRows(rows, 'pairs');
    assert.equal(
      await vscode.env.clipboard.readText(),
      '9007199254740993123\t9223372036854775807\n9007199254740993123\t2\n5\t6\n',
    );
    await exporting.copyRows(rows.slice(0, 1), 'sqlInRecords');
    assert.match(await vscode.env.clipboard.readText(), /IN \(\n {2}9007199254740993123,\n {2}17982944314,/);
  });

  it('reads all names that the rows need before they are copied, and none for a format without them', async () => {
    const shown = namesShown();
    const exporting = exportingWith(shown.names);
    const rows = allRows(madeEntry(largeAnswer(250, 1)));
    await exporting.copyRows([rows], 'pairs');
    assert.equal(shown.calls(), 0);
    await exporting.copyRows([rows], 'tsv');
    const { data } = Papa.parse<Record<string, string>>(await vscode.env.clipboard.readText(), {
      header: true,
      skipEmptyLines: true,
    });
    assert.equal(data.length, rows.shown.length);
    for (const row of data) {
      assert.equal(row.record_name, `Deal ${row.record_id}`);
      const name = row.associated_record_id ? `Company ${row.associated_record_id}` : '';
      assert.equal(row.associated_record_name, name);
    }
    const calls = shown.calls();
    await exporting.copyRows([rows], 'tsv');
    assert.equal(shown.calls(), calls, 'what is known is not read again');
  });

  it('says in what it writes how many names are not read', async () => {
    const { names: shown } = namesShown();
    const entry = madeEntry(madeAnswer(records));
    await shown.read(entry.account, 'companies', ['2']);
    await writeRows(allRows(entry), { format: 'csv', uri: uri('rows.csv') }, shown);
    await writeRows(allRows(entry), { format: 'json', uri: uri('rows.json') }, shown);
    await writeRows(allRows(entry), { format: 'pairs', uri: uri('pairs.tsv') }, shown);
    for (const about of [JSON.parse(read('rows.csv.about.json')), JSON.parse(read('rows.json')).about]) {
      assert.equal(about.namesNotRead, 4, 'three deals and a company');
      assert.ok(about.notices.includes('4 names are not read. Their cells are empty.'));
    }
    assert.ok(!('namesNotRead' in JSON.parse(read('pairs.tsv.about.json'))), 'no name was to be written');
  });

  it('lets others have their turn while it finds out what a text says of itself', () => {
    const { names: shown } = namesShown();
    const rows = allRows(madeEntry(largeAnswer(20_000, 1)));
    const chunks = [...chunksOf([rows], shown, 'json')];
    const before = chunks.findIndex((chunk) => chunk !== '');
    assert.ok(before >= (2 * 20_000) / idRowsAStep, `${before} turns`);
    assert.equal(JSON.parse(chunks.join('')).about.rows, 20_000);
  });

  it('says in what it writes of how many records it is not known whether they exist', async () => {
    const { names: shown } = namesShown();
    const entry = madeEntry(madeAnswer([{ id: '5' }, { id: '6' }]));
    await shown.checkExistence(entry.account, 'deals', ['5']);
    shown.toggle(false);
    await writeRows(allRows(entry), { format: 'json', uri: uri('rows.json') }, shown);
    const { about } = JSON.parse(read('rows.json'));
    assert.ok(
      about.notices.includes('2 records without association: 1 exists, 1 not checked.'),
      about.notices.join('\n'),
    );
    assert.equal(about.existenceNotRead, 1);
  });

  it('reads which of the other records exist before it copies, where some were checked', async () => {
    const { names: shown } = namesShown();
    const exporting = exportingWith(shown);
    shown.toggle(false);
    const rows = allRows(madeEntry(madeAnswer([{ id: '5' }, { id: '6' }])));
    const existences = async () => {
      await exporting.copyRows([rows], 'tsv');
      const { data } = Papa.parse<Record<string, string>>(await vscode.env.clipboard.readText(), { header: true });
      return data.slice(0, 2).map(({ existence }) => existence);
    };
    assert.deepEqual(await existences(), ['', ''], 'nobody asked');
    await shown.checkExistence(rows.entry.account, 'deals', ['5']);
    assert.deepEqual(await existences(), ['exists', 'exists']);
  });
});

describe('what is read before a file is written', () => {
  it('is said not to be read where there was no room for what was known before, and nothing is written unless that is agreed to', async () => {
    const { names: shown } = namesShown();
    const { account } = madeEntry(madeAnswer([]));
    let looks = 0;
    const find = function* () {
      yield 1;
      // What is read of the one is kept in place of the other.
      const ids = new Set([++looks === 1 ? '6' : '5']);
      return [{ what: 'names', account, type: 'deals', ids } as const];
    };
    let answer: boolean | undefined;
    const isRead = readAllOf(find, shown).then((agreed) => {
      answer = agreed;
    });
    await until('the sentence is closed', async () => {
      await vscode.commands.executeCommand('notifications.clearAll');
      return answer !== undefined;
    });
    await isRead;
    assert.deepEqual([answer, looks], [false, 2]);
  });

  it('is waited for until it is known or cannot be: what its properties are called', async () => {
    await briefly(Promise.reject(new Error('no connection')));
    let isKnown = false;
    const later = new Promise<void>((resolve) => setTimeout(resolve, 700)).then(() => {
      isKnown = true;
    });
    await briefly(later);
    assert.ok(isKnown);
  });
});

describe('a file of which the values are read or forgotten meanwhile', () => {
  it('is begun anew, so that its head and its rows are of one state', async () => {
    let known = 0;
    const written: string[][] = [];
    await writeSteadily(
      () => String(known),
      async (steady) => {
        const about = `head of ${known}`;
        const chunks: string[] = [];
        written.push(chunks);
        for (const chunk of steady([about, 'a row', 'another row'])) {
          chunks.push(chunk);
          // The second file is disturbed after its last row.
          if ((written.length === 1 && chunks.length === 1) || (written.length === 2 && chunks.length === 3)) known++;
        }
        return chunks;
      },
    );
    assert.deepEqual(written, [
      ['head of 0'],
      ['head of 1', 'a row', 'another row'],
      ['head of 2', 'a row', 'another row'],
    ]);
  });

  it('is copied anew', async () => {
    let known = 0;
    let begun = 0;
    const chunks = function* () {
      begun++;
      yield `head of ${known}`;
      if (begun === 1) known++;
      yield ', a row';
    };
    await copyChunks(1, chunks, () => String(known));
    assert.equal(await vscode.env.clipboard.readText(), 'head of 1, a row');
  });

  it('says of its properties what its rows say, also where HubSpot lists them only meanwhile', async () => {
    let list = () => {};
    const isListed = new Promise<void>((resolve) => {
      list = resolve;
    });
    const shown = new Names({
      portsOf: () =>
        madePorts({
          fetch: async (_, init) => {
            if (!init?.body) await isListed;
            const { inputs = [] } = JSON.parse(String(init?.body ?? '{}')) as { readonly inputs?: readonly object[] };
            return Response.json({
              results: inputs.map((input) => ({ ...input, properties: { dealname: null, old: null } })),
            });
          },
        }),
      typeOf: (name) => standardObjectType(name)!,
    });
    const rows = allRows(madeEntry(madeAnswer([{ id: '5' }, { id: '6' }])));
    const { account } = rows.entry;
    shown.columns.choose(rows.entry, [{ end: 'record', name: 'old' }]);
    await shown.columns.read(account, 'deals', ['5', '6'], {});
    const chunks = chunksOf([rows], shown, 'json');
    const text = [chunks.next().value];
    list();
    await shown.columns.catalog.read(account, 'deals');
    text.push(...chunks);
    const written = JSON.parse(text.join(''));
    const states = written.rows.map(
      (row: { recordPropertiesWithout?: { old: string } }) => row.recordPropertiesWithout?.old ?? 'unset',
    );
    const [{ unset, notRead }] = written.about.properties;
    assert.equal(states.filter((state: string) => state === 'unset').length, unset, states.join());
    assert.equal(states.filter((state: string) => state.startsWith('not read')).length, notRead, states.join());
  });

  it('is given up where they never come to rest', async () => {
    let known = 0;
    const endless = writeSteadily(
      () => String(known++),
      async (steady) => [...steady(['a row'])],
    );
    await assert.rejects(endless);
  });
});
