/** The look-up from outside: the command with arguments and the public API, against the stand-in. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { lookUpSelection } from '../../src/asking/lookUpSelection.ts';
import type { NewLookUpParts } from '../../src/asking/newLookUp.ts';
import { type CommandParts, commandHandlers } from '../../src/commands.ts';
import type { PublicApi } from '../../src/publicApi.ts';
import { requestsToStandIn, standIn } from './standInControl.ts';

const deals = ['17982944313', '17982959798', '34461455164'];

async function publicApi(): Promise<PublicApi> {
  const extension = vscode.extensions.getExtension<PublicApi>('associations-for-hubspot.associations-for-hubspot');
  return extension!.activate();
}

describe('the command hubspotAssociations.lookUp', () => {
  beforeEach(async () => {
    await standIn({ clear: true });
    await standIn({ forgetRequests: true });
  });
  afterEach(() => vscode.commands.executeCommand('hubspotAssociations.clearLookUps', { ask: false }));

  it('returns a summary in which every asked id has a place', async () => {
    const summary = await vscode.commands.executeCommand('hubspotAssociations.lookUp', {
      ids: deals,
      from: 'deals',
      to: 'contacts',
    });
    assert.deepEqual(summary, {
      asked: 3,
      found: 2,
      none: 1,
      failed: 0,
      notRead: 0,
      associations: 3,
      complete: true,
      completeness: 'complete',
    });
    const [request] = (await requestsToStandIn()).filter(({ path }) => path.includes('/associations/'));
    assert.equal(request?.path, '/crm/v3/associations/deals/contacts/batch/read');
  });

  it('takes several object types, each with a summary of its own', async () => {
    const summary = (await vscode.commands.executeCommand('hubspotAssociations.lookUp', {
      ids: deals,
      from: 'deals',
      to: ['contacts', 'companies', 'contacts', 'feedback_submissions'],
    })) as { complete: boolean; types: readonly { to: string; asked: number; found: number; notRead: number }[] };
    assert.equal(summary.complete, false);
    assert.deepEqual(
      summary.types.map(({ to, asked, found, notRead }) => [to, asked, found, notRead]),
      [
        ['contacts', 3, 2, 0],
        ['companies', 3, 2, 0],
        ['feedback_submissions', 3, 0, 3],
      ],
    );
  });

  it('counts duplicates once, and sends nothing that is no record id', async () => {
    const ids = [...deals, deals[0]!, 'abc', '0123', '12345678901234567890'];
    const summary = await vscode.commands.executeCommand('hubspotAssociations.lookUp', {
      ids,
      from: 'deals',
      to: 'contacts',
    });
    assert.deepEqual(summary, {
      asked: 6,
      found: 2,
      none: 1,
      failed: 0,
      notRead: 3,
      associations: 3,
      complete: false,
      completeness: 'incomplete',
    });
    const sent = (await requestsToStandIn()).flatMap(({ body }) => JSON.stringify(body) ?? '').join();
    for (const id of ['abc', '0123', '12345678901234567890']) assert.ok(!sent.includes(`"${id}"`), id);
  });

  it('refuses arguments that do not fit, in words, and sends nothing', async () => {
    const wrong: unknown[] = [
      undefined,
      null,
      'deals',
      {},
      { ids: [], from: 'deals', to: 'contacts' },
      { ids: deals, from: 'deals' },
      { ids: deals, from: '../../oauth', to: 'contacts' },
      { ids: [1.5], from: 'deals', to: 'contacts' },
      { ids: [2 ** 60], from: 'deals', to: 'contacts' },
    ];
    for (const argument of wrong) {
      await assert.rejects(
        async () => vscode.commands.executeCommand('hubspotAssociations.lookUp', argument),
        /A lookup takes \{ ids, from, to \}/,
        JSON.stringify(argument),
      );
    }
    assert.deepEqual(await requestsToStandIn(), []);
  });

  it('is not complete under v3 where companies are involved, and says why', async () => {
    const summary = await vscode.commands.executeCommand<{ complete: boolean; completeness: string }>(
      'hubspotAssociations.lookUp',
      { ids: deals, from: 'deals', to: 'companies' },
    );
    assert.deepEqual([summary.complete, summary.completeness], [false, 'primaryOnly']);
  });

  it('keeps what a canceled batch brought and calls it incomplete', async () => {
    await standIn({ set: [{ kind: 'batchStatus', status: 'CANCELED', keep: 0.5 }] });
    const summary = await vscode.commands.executeCommand<{ found: number; notRead: number; complete: boolean }>(
      'hubspotAssociations.lookUp',
      { ids: deals, from: 'deals', to: 'contacts' },
    );
    assert.equal(summary.complete, false);
    assert.ok(summary.found >= 1);
    assert.ok(summary.notRead >= 1);
  });
});

describe('a command that is called with nothing', () => {
  it('is about the look-up that began last, also where an older one is pinned and stands first', async () => {
    const [older, newer] = [{ id: 'older' }, { id: 'newer' }];
    const lookUps = { list: () => [older, newer], newest: newer };
    const done: unknown[] = [];
    const act = async (action: unknown, at: unknown) => void done.push([action, at]);
    const groups = { of: () => undefined, find: () => undefined };
    const parts = { lookUps, groups, act, lookUpsView: {}, panels: {}, names: {}, exporting: {} };
    const handlers = commandHandlers(parts as unknown as CommandParts);
    await handlers['hubspotAssociations.cancelLookUp']!();
    assert.deepEqual(done, [['cancel', { lookUp: 'newer' }]]);
  });
});

describe('the public API', () => {
  beforeEach(() => standIn({ clear: true }));

  it('reads record ids with their places and says what it ignored', async () => {
    const api = await publicApi();
    assert.deepEqual(api.readRecordIds('deal 17982944313 closed on 2024-05-01'), {
      ids: [{ id: '17982944313', offset: 5, length: 11, line: 0, objectType: '0-3' }],
      ignored: [{ text: '2024-05-01', offset: 27, length: 10, line: 0, reason: 'date', why: 'a date' }],
      unsure: [],
    });
    assert.deepEqual(
      api.readRecordIds('17982944313\n17982959798').ids.map(({ id }) => id),
      ['17982944313', '17982959798'],
    );
  });

  it('gives an Answer that can be read record by record', async () => {
    const api = await publicApi();
    const seen: number[] = [];
    const answer = await api.lookUp(
      { ids: deals, from: 'deals', to: 'companies' },
      { onProgress: ({ calls }) => seen.push(calls.done) },
    );
    assert.equal(answer.counts.asked, 3);
    assert.equal(answer.state(0), 'found');
    assert.equal(answer.state(2), 'none');
    assert.match(answer.toId(0, 0), /^\d{11}$/);
    assert.ok(answer.notices.some(({ kind }) => kind === 'primaryCompanyOnly'));
    assert.ok(seen.length > 0);
  });

  it('gives an Answer for each of several object types, about one list of ids', async () => {
    const api = await publicApi();
    const seen: number[] = [];
    const answers = await api.lookUp(
      { ids: deals, from: 'deals', to: ['companies', 'contacts'] },
      { onProgress: ({ records }) => seen.push(records.asked) },
    );
    assert.deepEqual(
      answers.map(({ question }) => question.to),
      ['companies', 'contacts'],
    );
    assert.ok(answers[0]!.asked === answers[1]!.asked);
    assert.equal(Math.max(...seen), 2 * deals.length);
    await assert.rejects(api.lookUp({ ids: deals, from: 'deals', to: [] }), TypeError);
    const many = Array.from({ length: 101 }, (_, nth) => `2-${nth + 1}`);
    await assert.rejects(api.lookUp({ ids: deals, from: 'deals', to: many }), /nor a list of 1 to 100 of them/);
  });

  it('keeps its place for every record when it is aborted', async () => {
    const api = await publicApi();
    const answer = await api.lookUp({ ids: deals, from: 'deals', to: 'companies' }, { signal: AbortSignal.abort() });
    assert.equal(answer.counts.notRead, 3);
    assert.equal(answer.complete, false);
  });
});

describe('the command hubspotAssociations.check', () => {
  const pairs = [
    { from: '17982944313', to: '84092605668', labels: ['Champion'] },
    { from: 17982944313, to: '84092605669' },
    { from: '34461455164', to: '84093674733' },
  ];
  const counts = {
    expected: 3,
    asExpected: 1,
    differs: 0,
    missing: 0,
    noSuchRecord: 2,
    cannotTell: 0,
    unexpected: 0,
    unexpectedAtLeast: false,
  };
  afterEach(() => vscode.commands.executeCommand('hubspotAssociations.clearLookUps', { ask: false }));

  it('returns how many pairs HubSpot has, and which records of the others are gone', async () => {
    const question = { from: 'deals', to: 'contacts', pairs };
    assert.deepEqual(await vscode.commands.executeCommand('hubspotAssociations.check', question), counts);
  });

  it('is in the public API too, with what nothing expects where the pairs are all', async () => {
    const { check } = await publicApi();
    const question = { from: 'deals', to: 'contacts', apiVersion: '2026-09' } as const;
    const [pair] = pairs.map(({ from, to, labels = [] }) => ({ from: String(from), to, labels }));
    const found = await check(question, { pairs: [pair!, { from: '17982990768', to: '84092676939' }], isWhole: true });
    assert.deepEqual([found.asExpected, found.unexpected], [2, 3]);
  });

  it('refuses what is no pair of record ids, and sends nothing', async () => {
    const { check } = await publicApi();
    await standIn({ forgetRequests: true });
    const question = { from: 'deals', to: 'contacts' };
    await assert.rejects(check(question, { pairs: [{ from: '0123', to: '5' }] }), /Not a record ID/);
    await assert.rejects(check(question, { pairs: [] }), /There is no pair/);
    assert.deepEqual(await requestsToStandIn(), []);
  });
});

it('a file that is gone, or is a folder, is told of in words and throws nothing', async () => {
  const [folder] = vscode.workspace.workspaceFolders!;
  for (const uri of [vscode.Uri.joinPath(folder!.uri, 'gone.csv'), folder!.uri]) {
    for (const command of ['lookUpFile', 'lookUpColumn', 'checkPairs']) {
      await vscode.commands.executeCommand(`hubspotAssociations.${command}`, uri);
    }
  }
});

it('the last lookup again is offered with all the IDs that it asks', async () => {
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  const pick = vscode.window.showQuickPick;
  const offered: (string | undefined)[] = [];
  vscode.window.showQuickPick = (async (items: readonly vscode.QuickPickItem[]) => {
    offered.push(items.find(({ label }) => label.includes('The Last Lookup Again'))?.description);
  }) as unknown as typeof pick;
  try {
    const members = [3, 4].map((asked) => ({ id: `${asked}`, summary: { counts: { asked } } }));
    for (const group of [undefined, { sharesIds: false }, { sharesIds: true }]) {
      const lookUps = { newest: members[1] };
      const groups = { of: () => 'group', find: () => group && { id: 'group', group, members } };
      await lookUpSelection({ lookUps, groups } as unknown as NewLookUpParts);
    }
  } finally {
    vscode.window.showQuickPick = pick;
  }
  assert.deepEqual(offered, ['4 IDs', '7 IDs', '3 IDs']);
});
