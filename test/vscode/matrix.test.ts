/** A matrix over look-ups that an earlier window kept, of which not all can be read any more. */
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Account } from '../../src/accounts/accounts.ts';
import { ObjectTypeCatalog } from '../../src/accounts/objectTypeCatalog.ts';
import { asColumnsOf, Matrices } from '../../src/answers/matrix.ts';
import { matrixNotices } from '../../src/answers/matrixNotices.ts';
import { matrixStrip } from '../../src/answers/matrixWords.ts';
import { Names } from '../../src/answers/recordNames.ts';
import type { NotAsked } from '../../src/core/domain/group.ts';
import { standardObjectType } from '../../src/core/domain/objectTypes.ts';
import { lookUp } from '../../src/core/lookUp/lookUp.ts';
import { AnswerTable } from '../../src/core/rows/answerTable.ts';
import { createSamplePortal, samplePairs } from '../../src/core/sampleHubSpot/sampleHubSpot.ts';
import { type MatrixRows, writeMatrix } from '../../src/exporting/matrixExport.ts';
import { noIdPlaces } from '../../src/ids/idPlaces.ts';
import { LookUpGroups } from '../../src/lookUps/lookUpGroups.ts';
import { LookUps } from '../../src/lookUps/lookUps.ts';
import { SavedLookUps } from '../../src/lookUps/savedLookUps.ts';
import { groupSubject } from '../../src/panel/groupSubject.ts';
import { madePorts } from '../core/madePorts.ts';

const account: Account = { id: 'a', name: 'Acme', kind: 'stored', checked: true };
const ids = samplePairs.dealsToCompanies.ids.slice(0, 6);
const types = ['contacts', 'tickets', 'companies'];

describe('a matrix of look-ups on the disk', () => {
  let folder: string;
  const { fetch } = createSamplePortal();
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'matrix-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** Look-ups of an object type in `lacking` are refused for want of its scope, which HubSpot names. */
  async function openWindow(lacking: Readonly<Record<string, string>> = {}) {
    const saved = new SavedLookUps(folder, 1);
    const settings = { complete: <Asked>(asked: Asked) => asked, batchSize: () => 1000 };
    const lookUps = new LookUps(
      (asked, _, options) => {
        const refused = async () => ({
          status: 403,
          headers: { get: () => null },
          text: async () =>
            JSON.stringify({ category: 'MISSING_SCOPES', context: { requiredScopes: [lacking[asked.to]] } }),
        });
        return lookUp(asked, madePorts({ fetch: asked.to in lacking ? refused : fetch }), options);
      },
      saved,
      settings,
      1,
    );
    const groups = new LookUpGroups(lookUps, saved.groups, 1);
    const catalog = new ObjectTypeCatalog(async () => []);
    await groups.restore();
    await lookUps.restore(() => account);
    const close = async () => {
      lookUps.dispose();
      catalog.dispose();
      await groups.close();
      groups.dispose();
      await saved.close();
    };
    return { lookUps, groups, matrices: new Matrices(lookUps, groups, catalog), close };
  }

  /** The cells of its rows by type. */
  function cellsOf(matrix: NonNullable<ReturnType<Matrices['find']>>) {
    const table = new AnswerTable(matrix.answer, { types: matrix.members });
    table.arrange();
    return table.window({ kind: 'rows', request: 1, first: 0, count: 50 }).rows.map(({ cells }) => cells ?? {});
  }

  it('has all others where one is damaged, and says which is not there', async () => {
    const first = await openWindow();
    const choices = types.map((to) => ({ to }));
    const { id, finished } = first.groups.start({ from: 'deals', ids, apiVersion: '2026-09' }, choices, {
      account,
      places: noIdPlaces,
    });
    await finished;
    const whole = (await first.matrices.open(id))!;
    assert.equal(matrixStrip(whole), '3 types: 3 complete');
    const before = cellsOf(whole);
    const [, tickets] = whole.members.map(({ entry }) => entry!.id);
    await first.close();

    const damaged = readdirSync(folder).filter((name) => name.startsWith(tickets!) && !name.includes('card'));
    assert.ok(damaged.length > 0);
    for (const name of damaged) writeFileSync(join(folder, name), 'not what was written');
    const next = await openWindow();
    const matrix = (await next.matrices.open(id))!;
    assert.equal(matrixStrip(matrix), '3 types: 2 complete, 1 not read');
    assert.equal(matrix.answer.complete, false);
    const [lost, ...others] = matrixNotices(matrix);
    assert.deepEqual([lost?.id, others], ['lost', []]);
    assert.ok(lost?.sentence.startsWith('Tickets: '), lost?.sentence);
    cellsOf(matrix).forEach((cells, at) => {
      assert.deepEqual(cells, { ...before[at], 'type:tickets': { state: 'notRead', count: 0 } });
    });
    const subject = groupSubject(matrix, {} as Parameters<typeof groupSubject>[1]);
    const goesTo = (action: 'openLookUp' | 'copyRequest' | 'openRecord', column: string) => {
      const row = { record: 0, column };
      const asked = subject.asked({ kind: 'rowAction', action, row }, new AnswerTable(matrix.answer));
      return asked.kind === 'act' && asked.at.lookUp;
    };
    const [contacts, , companies] = matrix.members.map(({ entry }) => entry?.id);
    assert.equal(goesTo('openLookUp', 'type:companies'), companies);
    // That of another type would be opened in its place.
    assert.deepEqual([goesTo('openLookUp', 'type:tickets'), goesTo('copyRequest', 'type:tickets')], [id, id]);
    assert.equal(goesTo('openRecord', 'type:tickets'), contacts);
    await next.close();
  });

  it('names the scopes of all types that are refused, not those of the first one, and none where they are many', async () => {
    const sentenceOf = async (lacking: Readonly<Record<string, string>>) => {
      const { groups, matrices, close } = await openWindow(lacking);
      const choices = ['contacts', ...Object.keys(lacking)].map((to) => ({ to }));
      const { id, finished } = groups.start({ from: 'deals', ids, apiVersion: '2026-09' }, choices, {
        account,
        places: noIdPlaces,
      });
      await finished;
      const [notice] = matrixNotices((await matrices.open(id))!);
      await close();
      return notice?.sentence;
    };
    const few = { tickets: 'tickets', leads: 'crm.objects.leads.read' };
    assert.match(
      (await sentenceOf(few))!,
      /^Tickets, Leads: .* lacks a scope\. .* tickets, crm\.objects\.leads\.read\.$/,
    );
    const many = { ...few, orders: 'crm.objects.orders.read', carts: 'crm.objects.carts.read' };
    assert.match((await sentenceOf(many))!, /^Tickets, Leads, Orders, Carts: .* lacks a scope\.$/);
  });

  it("says that HubSpot's count may lag behind only of types that were left out for that count", async () => {
    const { groups, matrices, close } = await openWindow();
    const noticesOf = async (...notAsked: NotAsked[]) => {
      const unasked = ['tickets', 'companies', 'calls'].slice(0, notAsked.length);
      const choices = [{ to: 'contacts' }, ...unasked.map((to, at) => ({ to, notAsked: notAsked[at]! }))];
      const { id, finished } = groups.start({ from: 'deals', ids, apiVersion: '2026-09' }, choices, {
        account,
        places: noIdPlaces,
      });
      await finished;
      return matrixNotices((await matrices.open(id))!);
    };
    const sentenceOf = async (...notAsked: NotAsked[]) =>
      (await noticesOf(...notAsked)).map(({ sentence }) => sentence);
    const lag = "HubSpot's count may lag behind.";
    assert.deepEqual(await sentenceOf(), []);
    assert.deepEqual(await sentenceOf('noRecords'), [`1 not asked, the account has none. ${lag}`]);
    assert.deepEqual(await sentenceOf('noScope'), ['1 not asked, the token lacks the scope.']);
    assert.deepEqual(await sentenceOf('deselected'), ['1 not asked.']);
    assert.deepEqual(await sentenceOf('noScope', 'deselected', 'noRecords'), [
      `1 not asked, the account has none; 1 not asked, the token lacks the scope; 1 not asked. ${lag}`,
    ]);
    const buttonOf = async (...notAsked: NotAsked[]) => (await noticesOf(...notAsked))[0]?.action?.title;
    assert.equal(await buttonOf('deselected'), 'Ask It Too');
    assert.equal(await buttonOf('deselected', 'noScope'), 'Ask Them Too');
    await close();
  });

  it('says in its files how many rows and how many unread names are in them, each name once', async () => {
    const { groups, matrices, close } = await openWindow();
    const { id, finished } = groups.start(
      { from: 'deals', ids, apiVersion: '2026-09' },
      types.map((to) => ({ to })),
      { account, places: noIdPlaces },
    );
    await finished;
    const matrix = (await matrices.open(id))!;
    const names = new Names({
      portsOf: () => assert.fail('nothing is read'),
      typeOf: (name) => standardObjectType(name)!,
    });
    names.toggle(true);
    names.columns.restore(asColumnsOf(matrix), ['property:record:amount']);
    const { length } = ids;
    const rows: MatrixRows = {
      matrix,
      shown: new AnswerTable(matrix.answer, { types: matrix.members }).everyRow(),
      view: undefined,
      properties: ['property:record:amount'],
    };
    const aboutWritten = async (isList: boolean) => {
      const uri = vscode.Uri.file(join(folder, `${isList}.csv`));
      await writeMatrix(rows, { format: 'csv', isList }, uri, names);
      const [heads = '', ...lines] = readFileSync(uri.fsPath, 'utf8').trimEnd().split('\r\n');
      const about = JSON.parse(readFileSync(`${uri.fsPath}.about.json`, 'utf8'));
      return { heads, lines: lines.map((line) => line.split(',')), about };
    };
    const table = await aboutWritten(false);
    assert.deepEqual([table.lines.length, table.about.rows, table.about.rowsInAll], [length, length, length]);
    assert.equal(table.about.namesNotRead, length);
    assert.ok(table.about.notices.includes(`${length} names are not read. Their cells are empty.`));
    assert.deepEqual([table.heads.includes('record.amount'), table.about.properties?.length], [true, 1]);
    const list = await aboutWritten(true);
    const associated = new Set(list.lines.flatMap(([, type, to]) => (to ? [`${type} ${to}`] : [])));
    assert.ok(list.lines.length > length);
    assert.deepEqual([list.about.rows, list.about.rowsInAll], [list.lines.length, list.lines.length]);
    assert.equal(list.about.namesNotRead, length + associated.size);
    assert.deepEqual([list.heads.includes('record.amount'), list.about.properties], [false, undefined]);
    await close();
  });
});
