/** What comes from other extensions, keybindings and files is taken as what it is: nothing that starts a call by itself. */
import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import * as vscode from 'vscode';
import { readSettings } from '../../src/editor/settings.ts';
import { until } from '../host/until.ts';
import { rest } from './rest.ts';
import { requestsToStandIn } from './standInControl.ts';

const extension = () => vscode.extensions.getExtension('associations-for-hubspot.associations-for-hubspot')!;

describe('the arguments of commands', () => {
  before(() => extension().activate());
  beforeEach(rest);
  afterEach(rest);

  /** Something of every kind, and things that look like what a command takes. */
  const argument = fc.oneof(
    fc.anything({ maxDepth: 2 }),
    fc.string(),
    fc.record({ id: fc.anything({ maxDepth: 1 }) }),
    fc.record({
      kind: fc.constantFrom('lookUp', 'record', 'more', 'associated', 'x'),
      entry: fc.anything({ maxDepth: 1 }),
    }),
    fc.record({ ids: fc.array(fc.anything({ maxDepth: 1 })), from: fc.anything({ maxDepth: 1 }), to: fc.string() }),
    fc.record({
      ids: fc.constant(['1']),
      from: fc.constant('deals'),
      to: fc.constantFrom('../..', 'a/b', '', ' ', '?x=1'),
    }),
    fc.constant({
      get id() {
        throw new Error('a trap');
      },
    }),
    fc.constant(new Proxy({}, { get: () => 'sample', has: () => true })),
  );

  /** These take no argument: each opens or copies what it always does. */
  const isActing = (command: string) => /\.(getStarted|trySample|copyDiagnostics)$/.test(command);

  /** Runs a command that may ask the user something: it ends when the question is left. */
  async function runAndLeave(name: string, given: unknown): Promise<void> {
    let ended = false;
    const end = Promise.resolve(vscode.commands.executeCommand(name, given, [given]))
      .catch((error: unknown) => {
        assert.ok(error instanceof Error, `${name} was rejected with ${String(error)}`);
      })
      .finally(() => {
        ended = true;
      });
    while (!ended) await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    await end;
  }

  const openTabs = () => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs);

  it('of any kind break nothing and send nothing', async function () {
    this.timeout(240_000);
    const commands: readonly { readonly command: string }[] = extension().packageJSON.contributes.commands;
    assert.ok(commands.length > 25);
    const seed = Date.now();
    for (const [nth, { command }] of commands.entries()) {
      // Each command has arguments of its own, so that few a command are many altogether.
      const numRuns = isActing(command) ? 2 : 15;
      const samples = fc.sample(argument, { numRuns, seed: seed + nth }).filter((given) => given !== undefined);
      for (const given of samples) {
        await runAndLeave(command, given);
        // Some act whatever they are given: one of them opens one thing, and reads from no account but the built-in one.
        const tabs = openTabs();
        assert.ok(tabs.length <= 1, `${command} opened ${tabs.map(({ label }) => label)}`);
        if (tabs.length > 0) await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      }
      assert.deepEqual(await requestsToStandIn(), [], command);
    }
    await rest();
    await until('no editor is open', () => openTabs().length === 0, openTabs);
    const stillThere = await vscode.commands.executeCommand('hubspotAssociations.lookUp', {
      ids: ['17982944313'],
      from: 'deals',
      to: 'companies',
    });
    assert.equal((stillThere as { asked: number }).asked, 1);
    assert.equal((await requestsToStandIn()).length, 1);
  });

  it('of a look-up that do not fit are refused with a reason, and nothing is sent', async () => {
    for (const given of [
      undefined,
      null,
      {},
      { ids: '1', from: 'deals', to: 'companies' },
      { ids: ['1'], from: 'deals' },
      { ids: ['1'], from: '../../oauth/v1', to: 'companies' },
      { ids: ['1'], from: 'deals', to: 'companies?x=' },
      { ids: ['1'], from: 'deals', to: 'companies', apiVersion: 'v9' },
    ]) {
      await assert.rejects(
        async () => vscode.commands.executeCommand('hubspotAssociations.lookUp', given),
        (error: Error) => error.message.length > 10,
        JSON.stringify(given),
      );
    }
    assert.deepEqual(await requestsToStandIn(), []);
  });
});

describe('settings', () => {
  it('are few, all of the application, and none of them is a host, an account or a token', () => {
    const properties: Record<string, { scope: string }> = extension().packageJSON.contributes.configuration.properties;
    const names = Object.keys(properties);
    assert.ok(names.length <= 10, `${names.length} settings`);
    for (const name of names) {
      assert.equal(properties[name]?.scope, 'application', name);
      assert.doesNotMatch(name, /token|secret|origin|host|url|account|proxy/i);
    }
  });

  it('asks from the number that is set, however large it is', async () => {
    const section = vscode.workspace.getConfiguration('hubspotAssociations');
    for (const number of [0, 1_000_000_000]) {
      await section.update('confirmAbove', number, vscode.ConfigurationTarget.Global);
      assert.equal(readSettings().confirmAbove, number);
    }
    await section.update('confirmAbove', undefined, vscode.ConfigurationTarget.Global);
    assert.equal(readSettings().confirmAbove, 5000);
  });

  it('of a workspace change nothing', async () => {
    const section = vscode.workspace.getConfiguration('hubspotAssociations');
    for (const target of [vscode.ConfigurationTarget.Workspace, vscode.ConfigurationTarget.WorkspaceFolder]) {
      await assert.rejects(async () => section.update('apiVersion', '2026-09', target));
    }
  });
});
