/**
 * Whatever comes in by any door, nothing but reads goes out. What arrives at the stand-in is also held against the list of
 * reads when it is closed at the end of this run.
 */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { recordUrl } from '../../src/answers/recordUrl.ts';
import { isObjectTypeName } from '../../src/core/domain/objectTypes.ts';
import { isRecordId } from '../../src/core/domain/recordId.ts';
import type { PublicApi } from '../../src/publicApi.ts';
import { hostileObjectTypes, hostileRecordIds, hostileVersions } from '../hostileValues.ts';
import { inputsOf } from '../hubspotStandIn/recordedRequest.ts';
import { rest } from './rest.ts';
import { requestsToStandIn } from './standInControl.ts';

const extension = () => vscode.extensions.getExtension<PublicApi>('associations-for-hubspot.associations-for-hubspot')!;
/** The account that the window has from its environment. */
const account = 'environment';
/** Addresses and questions of megabytes say nothing more here than those of kilobytes. */
const short = (texts: readonly string[]) => texts.map((text) => text.slice(0, 2000));

describe('nothing but reads goes out', () => {
  before(() => extension().activate());
  beforeEach(rest);
  afterEach(rest);

  it("by an address of the extension's own documents: it opens nothing that this window has not made", async function () {
    this.timeout(180_000);
    const asked = { account, apiVersion: 'v3', from: 'deals', to: 'companies', id: '17982944313' };
    const questions = [
      asked,
      { ...asked, account: 'sample' },
      ...short(hostileObjectTypes).flatMap((type) => [
        { ...asked, from: type },
        { ...asked, to: type },
      ]),
      ...short(hostileRecordIds).map((id) => ({ ...asked, id })),
      ...hostileVersions.map((apiVersion) => ({ ...asked, apiVersion })),
    ];
    const queries = [
      ...questions.map((question) => JSON.stringify(question)),
      '',
      '__proto__',
      'constructor',
      crypto.randomUUID(),
      account,
      'deals/17982944313',
    ];
    for (const query of queries) {
      const address = vscode.Uri.from({ scheme: 'hubspot-associations', path: '/deals 17982944313.json', query });
      const document = await vscode.workspace.openTextDocument(address);
      assert.match(document.getText(), /^This window has not read this answer\. .+\.$/, query.slice(0, 200));
    }
    const path = '/crm/v3/objects/contacts/batch/archive';
    const other = await vscode.workspace.openTextDocument(vscode.Uri.from({ scheme: 'hubspot-associations', path }));
    assert.match(other.getText(), /^This window has not read this answer/);
    assert.deepEqual(await requestsToStandIn(), []);
  });

  it('by a command with a made-up row: it is of no look-up, and nothing happens', async function () {
    this.timeout(180_000);
    await vscode.env.clipboard.writeText('untouched');
    const answer = (id: string, apiVersion: string) => ({
      apiVersion,
      counts: {
        asked: 1,
        found: 1,
        none: 0,
        failed: 0,
        notRead: 0,
        truncated: 0,
        reading: 0,
        associations: 1,
        unasked: 0,
      },
      recordId: () => id,
      recordOf: () => 0,
      state: () => 'found',
      associationCount: () => 1,
      toId: () => id,
      types: () => [],
    });
    const rowsOf = (from: string, to: string, id: string, apiVersion: string) => {
      const entry = {
        id: 'any',
        account: { id: account, kind: 'environment', portalId: '1/..', uiDomain: 'elsewhere.example', name: 'x' },
        question: { from, to, ids: [id] },
        answer: answer(id, apiVersion),
        places: { of: () => [] },
      };
      const record = { kind: 'record', entry, record: 0 };
      const type = { kind: 'type', entry, under: record, hop: { question: { from, to, ids: [id] } } };
      return [record, type, { kind: 'associated', entry, in: type, nth: 0 }, { kind: 'note', entry, in: type }];
    };
    const rows = [
      ...short(hostileObjectTypes).flatMap((type) => rowsOf(type, 'companies', '123', 'v3')),
      ...short(hostileRecordIds).flatMap((id) => rowsOf('deals', 'companies', id, 'v3')),
      ...hostileVersions.flatMap((version) => rowsOf('deals', 'companies', '123', version)),
      ...rowsOf('deals', 'companies', '17982944313', 'v3'),
    ];
    for (const command of ['showRecord', 'copyRequest', 'openRequest', 'openRecord', 'refreshHop', 'tellNoneApart']) {
      for (const row of rows) {
        await vscode.commands.executeCommand(`hubspotAssociations.${command}`, row).then(undefined, () => undefined);
      }
      assert.deepEqual(await requestsToStandIn(), [], command);
      assert.equal(await vscode.env.clipboard.readText(), 'untouched', command);
      assert.deepEqual(
        vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label)),
        [],
        command,
      );
    }
  });

  it('by a command with what is no row, or throws when it is looked at: nothing happens, and nothing is thrown', async () => {
    const own = { lookUp: 'any', record: 0, hop: { to: 'contacts' } };
    const cyclic = { ...own, hop: { to: 'contacts', hop: {} } };
    cyclic.hop.hop = cyclic.hop;
    const more = { kind: 'more', parent: {} };
    more.parent = more;
    const throwing = new Proxy({}, { get: () => assert.fail('looked at'), has: () => assert.fail('looked at') });
    const rows = [
      { kind: 'type', entry: {}, under: null },
      { kind: 'associated', entry: {}, in: {} },
      { kind: 'note', entry: {} },
      cyclic,
      more,
      throwing,
    ];
    for (const command of [
      'openAnswer',
      'runAgain',
      'removeLookUp',
      'copyIds',
      'showRecord',
      'exportRows',
      'showMore',
    ]) {
      for (const row of rows) await vscode.commands.executeCommand(`hubspotAssociations.${command}`, row, [row]);
    }
    assert.deepEqual(await requestsToStandIn(), []);
  });

  it('by the public API and the look-up command: what cannot be in a path is refused with a reason', async () => {
    const api = extension().exports;
    const good = { ids: ['17982944313'], from: 'deals', to: 'companies' };
    const questions: unknown[] = [
      ...hostileObjectTypes.flatMap((type) => [
        { ...good, from: type },
        { ...good, to: type },
      ]),
      ...hostileVersions.map((apiVersion) => ({ ...good, apiVersion })),
    ];
    for (const question of questions) {
      const isTold = (error: Error) => error.message.startsWith('A lookup takes { ids, from, to }');
      await assert.rejects(api.lookUp(question as typeof good), isTold);
      await assert.rejects(
        async () => vscode.commands.executeCommand('hubspotAssociations.lookUp', question),
        (error: Error) => error.message.includes('A lookup takes { ids, from, to }'),
      );
    }
    const isShort = ({ message }: Error) => message.includes('ids[0]') && message.length < 500;
    await assert.rejects(api.lookUp({ ...good, ids: Array<never>(100_000).fill(null as never) }), isShort);
    assert.deepEqual(await requestsToStandIn(), []);
  });

  it('by the tools for agents, and by pairs that are checked: they are refused in words', async function () {
    this.timeout(180_000);
    const pairs = [{ from: '17982944313', to: '34461455164' }];
    const good = { ids: ['17982944313'], from: 'deals', to: 'companies' };
    // A model may write blanks around a name or an id.
    const types = short(hostileObjectTypes).filter((type) => !isObjectTypeName(type.trim()));
    const ids = short(hostileRecordIds).filter((id) => !isRecordId(id.trim()));
    const inputs: [tool: string, input: object][] = [
      ...types.flatMap((type): [string, object][] => [
        ['lookUp', { ...good, from: type }],
        ['lookUp', { ...good, to: type }],
        ['lookUp', { ...good, to: ['contacts', type] }],
        ['check', { pairs, from: type, to: 'contacts' }],
        ['check', { pairs, from: 'deals', to: type }],
      ]),
      ...ids.map((id): [string, object] => ['check', { pairs: [{ from: id, to: id }], from: 'deals', to: 'contacts' }]),
    ];
    for (const [tool, input] of inputs) {
      const { content } = await vscode.lm.invokeTool(`hubspotAssociations_${tool}`, {
        input,
        toolInvocationToken: undefined,
      });
      const [first] = content;
      assert.ok(
        first instanceof vscode.LanguageModelTextPart && first.value.startsWith('REFUSED'),
        JSON.stringify(input),
      );
    }
    const { check } = extension().exports;
    for (const type of types) {
      await assert.rejects(check({ from: type, to: 'contacts' }, { pairs }), TypeError);
      await assert.rejects(check({ from: 'deals', to: type }, { pairs }), TypeError);
    }
    for (const id of ids) {
      const odd = { pairs: [{ from: id, to: '1' }] };
      await assert.rejects(check({ from: 'deals', to: 'contacts' }, odd), TypeError);
    }
    assert.deepEqual(await requestsToStandIn(), []);
  });

  it('by ids: what is no record id is answered as not read, and only the others are sent', async () => {
    const ids = [...hostileRecordIds, '17982944313'];
    const answer = await extension().exports.lookUp({ ids, from: 'deals', to: 'companies' });
    assert.deepEqual([answer.counts.notRead, answer.counts.found], [hostileRecordIds.length, 1]);
    const sent = (await requestsToStandIn()).flatMap((request) => inputsOf(request).map(({ id }) => id));
    assert.deepEqual(sent, ['17982944313']);
  });

  it('by options that are no options: they are refused, and nothing is left unhandled', async () => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown) => unhandled.push(reason);
    process.on('unhandledRejection', note);
    try {
      const { lookUp } = extension().exports;
      const question = { ids: ['17982944313'], from: 'deals', to: 'companies' };
      for (const options of [
        { signal: {} },
        { signal: 'stop' },
        { signal: null },
        { signal: { aborted: false } },
        { signal: new AbortController() },
        { onProgress: 'call me' },
        { onProgress: {} },
        'options',
        7,
      ]) {
        await assert.rejects(
          lookUp(question, options as never),
          (error: Error) => error instanceof TypeError && error.message.startsWith('A lookup takes the options'),
        );
      }
      const answer = await lookUp(question, { signal: new AbortController().signal, onProgress: () => undefined });
      assert.equal(answer.counts.found, 1);
      await new Promise((resolve) => setImmediate(resolve));
      assert.deepEqual(unhandled, []);
    } finally {
      process.off('unhandledRejection', note);
    }
    assert.equal((await requestsToStandIn()).length, 1);
  });
});

describe("the address of a record's page", () => {
  const known = { portalId: '48291756', uiDomain: 'app-eu1.hubspot.com' };

  it("is HubSpot's own", () => {
    assert.equal(
      recordUrl(known, 'deals', '17982944313'),
      'https://app-eu1.hubspot.com/contacts/48291756/record/0-3/17982944313',
    );
    assert.equal(
      recordUrl({ ...known, uiDomain: 'app.hubspot.com' }, '2-123', '7'),
      'https://app.hubspot.com/contacts/48291756/record/2-123/7',
    );
  });

  it('is none where any part of it could lead elsewhere', () => {
    for (const uiDomain of [
      'elsewhere.example',
      'app.hubspot.com.elsewhere.example',
      'app.hubspot.com@elsewhere.example',
      'elsewhere.example/app.hubspot.com',
      'app.hubspot.com/..',
      'app.hubspot.com:8080',
      'app.hubspot.com\n',
      'app.hubspot.com\\',
      'app-.hubspot.com',
      'ａpp.hubspot.com',
      '',
    ]) {
      assert.equal(recordUrl({ ...known, uiDomain }, 'deals', '7'), undefined, uiDomain);
    }
    for (const portalId of ['', '1/..', '１２', '-1', '1?', '1'.repeat(20), '1\n']) {
      assert.equal(recordUrl({ ...known, portalId }, 'deals', '7'), undefined, portalId);
    }
    for (const type of hostileObjectTypes) assert.equal(recordUrl(known, type, '7'), undefined, type.slice(0, 80));
    for (const id of hostileRecordIds) assert.equal(recordUrl(known, 'deals', id), undefined, id.slice(0, 80));
  });
});
