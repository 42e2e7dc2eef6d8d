/**
 * Restricted Mode with a folder that tries to turn the extension on its user, records whose labels and names are hostile, and
 * a page that sends anything.
 */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import * as fc from 'fast-check';
import { sampleAccount } from '../../src/core/sampleHubSpot/sampleAccount.ts';
import { parseFromPage } from '../../src/core/treaty/panelMessages.ts';
import { temporaryFolder } from '../host/temporaryFolder.ts';
import { until } from '../host/until.ts';
import { projectFolder } from '../host/vscodeRelease.ts';
import { openVscode, type VscodeWindow } from '../host/vscodeWindow.ts';
import type { Workbench } from '../host/workbench.ts';
import type { StandIn } from '../hubspotStandIn/standIn.ts';
import { startHubSpotStandIn } from '../hubspotStandIn.ts';
import { keepPictureOfFailures } from './failures.ts';
import { clearLookUps, command } from './steps.ts';
import { toolCalls } from './toolCalls.ts';

declare global {
  /** Set by a script of the hostile account, if any of it should ever run. */
  var hacked: unknown;
}

const script = '<img src="x" onerror="globalThis.hacked=1"><script>globalThis.hacked=1</script>';
const hostile = `${script}\u202e\u2066${'$(trash)'}`;
const endless = `${script}${'W'.repeat(1_000_000)}`;

/** The sample account, with hostile words wherever HubSpot gives words. */
function hostileAccount() {
  const account = sampleAccount();
  return {
    ...account,
    customTypes: account.customTypes.map((type) => ({
      ...type,
      custom: { ...type.custom!, labels: { singular: hostile, plural: endless } },
    })),
    properties: (typeId: string, id: string) => {
      const known = account.properties(typeId, id);
      return known && Object.fromEntries(Object.keys(known).map((name, nth) => [name, nth === 0 ? hostile : endless]));
    },
    associations: (from: string, id: string, to: string) =>
      account.associations(from, id, to).map((each, nth) => ({
        ...each,
        definitions: each.definitions.map((one) => ({ ...one, name: nth === 0 ? hostile : endless, label: hostile })),
      })),
  };
}

/** Each setting of the manifest with a value that would be noticed. */
function everySettingChanged(): Record<string, unknown> {
  const manifest = JSON.parse(readFileSync(join(projectFolder, 'package.json'), 'utf8'));
  const properties: Record<string, Setting> = manifest.contributes.configuration.properties;
  const other = ({ type, enum: values, default: usual, minimum = 0 }: Setting) =>
    type === 'boolean' ? !usual : (values?.at(-1) ?? minimum);
  return Object.fromEntries(Object.entries(properties).map(([name, setting]) => [name, other(setting)]));
}

interface Setting {
  readonly type: string;
  readonly default: unknown;
  readonly enum?: readonly string[];
  readonly minimum?: number;
}

/** Counts who comes to an address where nobody should ever come. */
async function trap() {
  const visits: string[] = [];
  const server = createServer((request, response) => {
    visits.push(`${request.method} ${request.url}`);
    response.end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, visits, close: () => server.close() };
}

let standIn: StandIn;
let evil: Awaited<ReturnType<typeof trap>>;
let window: VscodeWindow;
let workbench: Workbench;
const folder = temporaryFolder('hostile');
const tools = toolCalls();
const requested: string[] = [];
const ids = ['17982944313', '17982944314', '17982944315'];

keepPictureOfFailures(() => window);

before(async () => {
  standIn = await startHubSpotStandIn({ account: hostileAccount() });
  evil = await trap();
  mkdirSync(join(folder.path, '.vscode'));
  const settings = {
    ...everySettingChanged(),
    'hubspotAssociations.apiOrigin': evil.origin,
    'hubspotAssociations.account': 'sample',
    'hubspotAssociations.token': 'x'.repeat(40),
    'http.proxy': evil.origin,
    'http.proxySupport': 'override',
    'http.proxyStrictSSL': false,
    'terminal.integrated.env.linux': { HUBSPOT_API_ORIGIN: evil.origin },
  };
  writeFileSync(join(folder.path, '.vscode', 'settings.json'), JSON.stringify(settings));
  writeFileSync(join(folder.path, '.env'), `HUBSPOT_API_ORIGIN=${evil.origin}\nHUBSPOT_TOKEN=${'x'.repeat(40)}\n`);
  writeFileSync(join(folder.path, 'hubspot.config.yml'), `env: ${evil.origin}\n`);
  writeFileSync(join(folder.path, 'deals.csv'), `hs_object_id,name\n${ids.map((id) => `${id},x`).join('\n')}\n`);
  window = await openVscode({
    workspace: folder.path,
    askForTrust: true,
    openFile: 'deals.csv',
    extensions: tools.options.extensions,
    environment: { ...tools.options.environment, HUBSPOT_API_ORIGIN: standIn.origin, HUBSPOT_TOKEN: standIn.token },
  });
  workbench = window.workbench;
  // What VS Code itself asks for, such as its marketplace, comes from the main frame.
  window.page.on('request', (request) => {
    if (request.frame() !== window.page.mainFrame()) requested.push(request.url());
  });
});

after(async () => {
  await window?.close();
  await standIn?.close();
  evil?.close();
  tools.remove();
  await folder.remove();
});

test('the folder is restricted, and opening it sends nothing', async () => {
  await until('Restricted Mode is said', async () =>
    /Restricted Mode/.test((await workbench.statusItem('status.workspaceTrust')) ?? ''),
  );
  await workbench.openView('HubSpot Associations', 'Lookups');
  assert.deepEqual(standIn.requests, []);
});

/** Asks for the companies of the deals in the folder's file. */
async function lookUpDeals(from: Workbench): Promise<void> {
  await from.openFile('deals.csv');
  await from.selectColumn(2, 4, 1, 11);
  await from.ask(command('Look Up HubSpot Associations...'), 'Which object type');
  await until('the custom objects are offered', async () =>
    (await from.quickInput.read()).items.some(({ description }) => /^2-\d+/.test(description)),
  );
  await from.quickInput.pick('Deals');
  await from.quickInput.opened('Which associated records');
  await from.quickInput.pick('Companies');
  await from
    .webview()
    .locator('.badge', { hasText: /^Complete/ })
    .first()
    .waitFor();
}

test('a look-up works, with the settings of the user', async () => {
  await lookUpDeals(workbench);
  const reads = standIn.requests.filter(({ path }) => path.includes('/associations/'));
  assert.deepEqual(
    reads.map(({ path, body }) => [path, body]),
    [['/crm/v3/associations/deals/companies/batch/read', { inputs: ids.map((id) => ({ id })) }]],
  );
  assert.deepEqual(evil.visits, []);
});

async function lookUpAgain(): Promise<void> {
  const lookUps = async () => (await tree.rows()).filter(({ level }) => level === 1).length;
  const tree = await workbench.openView('HubSpot Associations', 'Lookups');
  const before = await lookUps();
  await workbench.openFile('deals.csv');
  await workbench.selectColumn(2, 4, 1, 11);
  await workbench.runCommand(command('Look Up HubSpot Associations with the Last Object Types'));
  await until('there is one more look-up', async () => (await lookUps()) > before, lookUps);
}

test('what an answer sends back of the token is kept from the screen, the page and the disk', async () => {
  const words = `[Sign in](command:workbench.action.closeWindow) Bearer ${standIn.token} \u202e`;
  const error = { category: words, subCategory: words, message: words };
  const [first = ''] = ids;
  const body = JSON.stringify({ message: words, category: words, correlationId: words });
  for (const fault of [
    { kind: 'recordErrors', ids: [first], ...error },
    { kind: 'status', status: 401, body },
    { kind: 'status', status: 404, body, headers: { 'x-hubspot-correlation-id': standIn.token } },
    { kind: 'wrongShape', path: ['results', 0, 'from'], value: { [standIn.token]: standIn.token } },
  ] as const) {
    standIn.faults.set({ ...fault, when: { path: '/associations/' } });
    await lookUpAgain();
    await workbench.webview().getByText('Incomplete', { exact: true }).first().waitFor();
  }
  standIn.faults.clear();
  await lookUpAgain();
  await workbench
    .webview()
    .locator('.badge', { hasText: /^Complete/ })
    .first()
    .waitFor();
  // The screen, the messages and the disk are searched when the window closes.
  const tree = await workbench.openView('HubSpot Associations', 'Lookups');
  for (const { spoken } of await tree.rows()) assert.doesNotMatch(spoken, /\u202e/);
});

test('hostile labels and names are text, and short', async () => {
  const panel = workbench.webview();
  const rows = panel.locator('[role=row]');
  await rows.nth(1).waitFor();
  const names = panel.getByRole('button', { name: 'Names' });
  await names.click();
  const text = () => panel.locator('[role=row]').nth(1).innerText();
  const times = async () => (await text()).split('hacked=1').length - 1;
  // Twice in the label, and twice in each of the two names: text as HubSpot gives it.
  await until('the names are shown', async () => (await times()) === 6, text);
  const tree = await workbench.openView('HubSpot Associations', 'Lookups');
  const named = await tree.until('the names are in the tree', (all) =>
    all.some(({ spoken }) => spoken.includes('hacked=1')),
  );
  for (const { label, description, spoken } of named) {
    assert.ok(label.length < 2000 && spoken.length < 4000, 'a short row');
    assert.doesNotMatch(`${label}${description}${spoken}`, /[\u202a-\u202e]/, 'a mark that reorders the row');
  }
  await names.click();
  await until('the names are gone', async () => (await times()) === 2, text);
  const frame = await workbench.webviewFrame();
  const script = readFileSync(join(projectFolder, 'dist', 'panel.js'), 'utf8');
  const found = await frame.evaluate(
    (own) => ({
      hacked: globalThis.hacked,
      elements: [...document.querySelectorAll('body img, body iframe, body object, body embed, body form')].map(
        ({ outerHTML }) => outerHTML.slice(0, 200),
      ),
      // Beside the page's own there is the one by which VS Code gives it its API.
      scripts: [...document.querySelectorAll('script')]
        .filter(({ id, textContent }) => id !== '_vscodeApiScript' && textContent !== own)
        .map(({ outerHTML }) => outerHTML.slice(0, 200)),
      html: document.body.innerHTML.length,
      longest: Math.max(
        ...[...document.querySelectorAll('body *')].map((each) => each.getAttribute('title')?.length ?? 0),
      ),
    }),
    script,
  );
  assert.equal(found.hacked, undefined);
  assert.deepEqual(found.elements, []);
  assert.deepEqual(found.scripts, []);
  assert.ok(found.html < 300_000, `${found.html} characters of HTML`);
  assert.ok(found.longest < 20_000, `a title of ${found.longest} characters`);
  assert.equal(await window.page.evaluate(() => globalThis.hacked), undefined);
});

/** Calls a language-model tool and agrees to what VS Code asks, which is nothing where the tool is going to refuse. */
async function callTool(tool: string, input: object, isAsked = true): Promise<string> {
  const call = await tools.begin(window, tool, input);
  if (isAsked)
    await window.page.locator('.monaco-dialog-box').getByRole('button', { name: 'Yes', exact: true }).click();
  return call.told();
}

test('a tool for agents reads no file here, and passes hostile words on as data', async () => {
  const before = standIn.requests.length;
  const file = { path: 'deals.csv' };
  for (const [tool, input, isAsked] of [
    ['hubspotAssociations_readIds', { file }, true],
    ['hubspotAssociations_lookUp', { file, from: 'deals', to: 'companies' }, false],
    [
      'hubspotAssociations_check',
      { file: { ...file, fromColumn: 'hs_object_id', toColumn: 'name' }, from: 'deals', to: 'companies' },
      false,
    ],
  ] as const) {
    assert.match(
      await callTool(tool, input, isAsked),
      /^REFUSED, nothing was sent to HubSpot: files are not read in Restricted Mode/,
    );
  }
  assert.equal(standIn.requests.length, before);
  const answer = await callTool('hubspotAssociations_lookUp', {
    ids,
    from: 'deals',
    to: 'companies',
    apiVersion: '2026-09',
  });
  assert.match(answer, /^3 asked = 1 found \+ 2 none/);
  assert.ok(Buffer.byteLength(answer) <= 4000, `${answer.length} characters`);
  assert.match(answer, /hacked=1/, 'the labels are told');
  assert.doesNotMatch(answer, /[\u202a-\u202e\u2066-\u2069]|:\/\/|\]\(/);
  for (const line of answer.split('\n').slice(1)) assert.match(line, /^(?:\{"|Records, a line|Left out|All )/);
});

test('the page may load nothing, and run and look as it is only', async () => {
  const frame = await workbench.webviewFrame();
  const policy = await frame.evaluate(
    () => document.querySelector('meta[http-equiv="Content-Security-Policy"]')?.getAttribute('content') ?? '',
  );
  assert.match(policy, /^default-src 'none'; /);
  assert.doesNotMatch(policy, /unsafe-|data:|blob:|\*(?!\.vscode-cdn\.net)|http:/);
  const nonce = /script-src 'nonce-([\w-]{20,})'$/.exec(policy)?.[1];
  assert.ok(nonce, policy);
  await frame.evaluate(() => {
    const violations: string[] = [];
    Object.assign(globalThis, { violations });
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) =>
      violations.push(effectiveDirective),
    );
    const script = document.createElement('script');
    script.textContent = 'globalThis.hacked = 2';
    const style = document.createElement('style');
    style.textContent = 'body { color: red }';
    const image = document.createElement('img');
    image.src = 'https://example.com/x.png';
    document.body.append(script, style, image);
    for (const each of [script, style, image]) each.remove();
    void fetch('https://example.com/').catch(() => {});
  });

  const violations = () => frame.evaluate(() => (globalThis as unknown as { violations: string[] }).violations);
  for (const directive of ['script-src-elem', 'style-src-elem', 'img-src', 'connect-src']) {
    await until(`${directive} is refused`, async () => (await violations()).includes(directive), violations);
  }
  assert.equal(await frame.evaluate(() => globalThis.hacked), undefined);
});

test('a page that sends anything breaks nothing and starts no call', async () => {
  const almost = fc.oneof(
    fc.record({ kind: fc.constantFrom('ready', 'rows', 'view', 'copy', 'export', 'action', 'rowAction') }),
    fc.record({
      kind: fc.constant('action'),
      action: fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor')),
    }),
    fc.record({
      kind: fc.constant('rowAction'),
      action: fc.constantFrom('openRecord', 'goToLine', 'toString'),
      row: fc.record({
        record: fc.oneof(fc.integer({ max: -1 }), fc.double({ min: 0.1, max: 0.9 })),
        nth: fc.string(),
      }),
    }),
    fc.record({
      kind: fc.constant('rows'),
      request: fc.integer(),
      first: fc.string(),
      count: fc.integer({ min: 201 }),
    }),
    fc.jsonValue(),
    fc.string(),
  );
  const messages = fc
    .sample(almost, { numRuns: 400, seed: Date.now() })
    .filter((message) => parseFromPage(message) === undefined || (message as { kind?: string }).kind === 'ready');
  assert.ok(messages.length > 300);
  // What fits the form and points at nothing.
  const beyond = [
    { kind: 'rows', request: 1, first: 1e9, count: 200 },
    { kind: 'rowAction', action: 'openRecord', row: { record: 1e9, nth: 0 } },
    { kind: 'rowAction', action: 'copyIds', row: { record: 0, nth: 1e9 } },
    { kind: 'rowAction', action: 'goToLine', row: { record: 1e9, nth: 1e9 } },
    {
      kind: 'view',
      view: {
        filter: '',
        chips: ['no such chip'],
        sort: [{ column: 'gone', descending: true }],
        columns: [{ key: 'gone' }],
        place: 1e9,
      },
    },
    { kind: 'stopArranging' },
  ];
  const before = standIn.requests.length;
  const frame = await workbench.webviewFrame();
  await frame.evaluate(
    (sent) => {
      for (const message of sent) globalThis.pageDoor?.postMessage(message);
    },
    [...messages, ...beyond] as unknown[],
  );
  assert.ok(await frame.evaluate(() => globalThis.pageDoor !== undefined));
  // The host has read all of them when it answers to what came last.
  await frame.evaluate(
    () =>
      new Promise<void>((resolve) => {
        globalThis.addEventListener('message', ({ data }) => data?.kind === 'rows' && data.request === 77 && resolve());
        globalThis.pageDoor?.postMessage({ kind: 'rows', request: 77, first: 0, count: 1 });
      }),
  );
  assert.equal(standIn.requests.length, before);
  assert.deepEqual(await workbench.notifications(), []);
  // Among what is searched for tokens when the window closes.
  assert.ok(window.watch.messages.some((message) => message.includes(ids[0]!)));
});

test('the page asked nothing of any other machine, and nobody came to the one in the settings', () => {
  const allowed = (url: string) => {
    const { protocol, host } = new URL(url);
    return (
      protocol === 'data:' ||
      protocol === 'blob:' ||
      host === window.server.authority ||
      host.endsWith('.vscode-cdn.net')
    );
  };
  const fromUs = requested.filter((url) => !allowed(url)).filter((url) => !url.startsWith('https://example.com/'));
  assert.ok(
    requested.some((url) => url.includes('/webview/browser/pre/')),
    'the requests of the page are seen',
  );
  assert.deepEqual(fromUs, []);
  assert.deepEqual(evil.visits, []);
});

test('trusted, the folder still has no say', async () => {
  await workbench.runCommand('Workspaces: Manage Workspace Trust');
  await window.page.locator('.workspace-trust-editor').getByRole('button', { name: 'Trust', exact: true }).click();
  await until(
    'the folder is trusted',
    async () => (await workbench.statusItem('status.workspaceTrust')) === undefined,
    () => workbench.statusItem('status.workspaceTrust'),
  );
  await workbench.runCommand('View: Close All Editors');
  await clearLookUps(workbench);
  // Loaded anew, it has what the folder says from the start.
  await workbench.reload();
  standIn.forgetRequests();
  await workbench.openView('HubSpot Associations', 'Lookups');
  await lookUpDeals(workbench);
  const reads = standIn.requests.filter(({ path }) => path.includes('/associations/'));
  assert.deepEqual(
    reads.map(({ path, body }) => [path, body]),
    [['/crm/v3/associations/deals/companies/batch/read', { inputs: ids.map((id) => ({ id })) }]],
  );
  assert.deepEqual(evil.visits, []);
});
