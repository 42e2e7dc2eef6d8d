/** The titles and names of an account's own object types, in look-ups that an earlier window kept. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type * as vscode from 'vscode';
import type { Account } from '../../src/accounts/accounts.ts';
import { ObjectTypeCatalog } from '../../src/accounts/objectTypeCatalog.ts';
import { lookUpTitle } from '../../src/answers/lookUpWords.ts';
import { Names } from '../../src/answers/recordNames.ts';
import { readRecordUsage } from '../../src/core/hubspot/recordUsage.ts';
import { readCustomObjectTypes } from '../../src/core/hubspot/schemas.ts';
import { lookUp } from '../../src/core/lookUp/lookUp.ts';
import { installationTypeId, sampleIds } from '../../src/core/sampleHubSpot/sampleAccount.ts';
import { createSamplePortal, samplePairs } from '../../src/core/sampleHubSpot/sampleHubSpot.ts';
import { noIdPlaces } from '../../src/ids/idPlaces.ts';
import { LookUps } from '../../src/lookUps/lookUps.ts';
import { askForTypes } from '../../src/lookUps/lookUpTypes.ts';
import { SavedLookUps } from '../../src/lookUps/savedLookUps.ts';
import { madePorts } from '../core/madePorts.ts';
import { until } from '../host/until.ts';

const account: Account = { id: 'a', name: 'Acme', kind: 'stored', checked: true };
const question = { from: installationTypeId, to: 'companies', ids: sampleIds.installation.slice(0, 3) };

describe("an account's own object types", () => {
  let folder: string;
  let disposables: vscode.Disposable[];
  let requests: string[];
  let isOffline: boolean;
  /** What HubSpot answers this token with 403, as parts of paths. */
  let refused: readonly string[];
  const { fetch } = createSamplePortal();
  const ports = madePorts({
    fetch: (url, init) => {
      const { pathname } = new URL(url);
      requests.push(pathname);
      if (refused.some((part) => pathname.includes(part)))
        return Promise.resolve(new Response('{"category":"MISSING_SCOPES"}', { status: 403 }));
      return isOffline ? Promise.reject(new TypeError('fetch failed')) : fetch(url, init);
    },
  });
  const schemasAsked = () => requests.filter((path) => path.includes('schemas')).length;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'object-types-'));
    disposables = [];
    requests = [];
    isOffline = false;
    refused = [];
  });
  afterEach(() => {
    for (const each of disposables) each.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  function openWindow() {
    const saved = new SavedLookUps(folder, 1);
    const lookUps = new LookUps((asked, _, options) => lookUp(asked, ports, options), saved, {
      complete: (asked) => asked,
      batchSize: () => 1000,
    });
    const catalog = new ObjectTypeCatalog(() => readCustomObjectTypes(ports));
    const names = new Names({ portsOf: () => ports, typeOf: (name, of) => catalog.find(name, of) });
    disposables.push(lookUps, catalog, askForTypes(lookUps, catalog));
    return { lookUps, catalog, names, saved };
  }

  async function keep(asked = question): Promise<void> {
    const { lookUps, saved } = openWindow();
    await lookUps.run(asked, account, noIdPlaces).finished;
    lookUps.dispose();
    await saved.close();
    requests = [];
  }

  it('are asked for when a look-up of one is restored, which then has its title and names', async () => {
    await keep();
    const { lookUps, catalog, names, saved } = openWindow();
    const told: string[] = [];
    catalog.onDidChange((accountId) => told.push(accountId));
    names.toggle(true);
    await lookUps.restore(() => account);
    const [entry] = lookUps.list();
    const [id] = question.ids;
    names.want(account, question.from, id!);
    assert.equal(names.nameOf(account, question.from, id!), undefined);
    await until('the types are known', () => told.length > 0);
    assert.equal(lookUpTitle(entry!, catalog), 'Installations → Companies');
    // Not unavailable any more: they may be on their way already.
    assert.match(names.state(account, [question.from]), /^(?:on|reading)$/);
    names.want(account, question.from, id!);
    await until('the name is read', () => names.nameOf(account, question.from, id!) !== undefined);
    assert.deepEqual([told, schemasAsked()], [['a'], 1]);
    await saved.close();
  });

  it("are not asked for by a look-up of HubSpot's own types", async () => {
    await keep(samplePairs.dealsToCompanies);
    const { lookUps, saved } = openWindow();
    await lookUps.restore(() => account);
    assert.deepEqual(requests, []);
    await saved.close();
  });

  it('are asked for again when HubSpot could not be reached, and after another token', async () => {
    await keep();
    const { lookUps, catalog, saved } = openWindow();
    isOffline = true;
    await lookUps.restore(() => account);
    assert.deepEqual(await catalog.customTypes(account), []);
    assert.equal(catalog.known(account), undefined);
    isOffline = false;
    const types = await catalog.customTypes(account);
    assert.equal(
      types.some(({ id }) => id === installationTypeId),
      true,
    );
    const before = schemasAsked();
    await catalog.customTypes(account);
    assert.equal(schemasAsked(), before, 'what is known is not asked again');
    catalog.forget(account.id);
    await until('the look-up has asked again', () => catalog.known(account) !== undefined);
    assert.equal(schemasAsked(), before + 1);
    await saved.close();
  });

  it('have their labels also where the token may not read schemas, and are found by their IDs where nothing tells them', async () => {
    const everyType = async () => {
      const usage = async () => {
        const read = await readRecordUsage(ports);
        return read === 'refused' ? undefined : read;
      };
      const catalog = new ObjectTypeCatalog(() => readCustomObjectTypes(ports), usage);
      disposables.push(catalog);
      const { types, records, isAll } = await catalog.everyType(account);
      const custom = types.filter(({ id }) => id.startsWith('2-')).map(({ id, pluralLabel }) => [id, pluralLabel]);
      return {
        custom,
        isAll,
        records: records?.get(installationTypeId),
        label: catalog.find(installationTypeId, account),
      };
    };
    const known = await everyType();
    refused = ['schemas'];
    const counted = await everyType();
    assert.deepEqual(counted.custom, known.custom);
    assert.equal(counted.label.pluralLabel, 'Installations');
    assert.ok(counted.records! > 0);
    refused = ['schemas', 'limits'];
    const { custom, records, label } = await everyType();
    assert.deepEqual([custom, records, label.pluralLabel], [[], undefined, installationTypeId]);
    assert.deepEqual([known.isAll, counted.isAll], [true, true]);
    refused = [];
    isOffline = true;
    const unasked = await everyType();
    assert.deepEqual([unasked.custom, unasked.isAll], [[], false], 'that they are missing is known');
  });
});
