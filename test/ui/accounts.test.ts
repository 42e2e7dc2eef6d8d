/** Accounts as a person meets them, with a HubSpot that lies, is slow or refuses. */
import assert from 'node:assert/strict';
import { readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, afterEach, before, describe, test } from 'node:test';
import { filesIn } from '../host/tokenSearch.ts';
import { until } from '../host/until.ts';
import type { VscodeWindow } from '../host/vscodeWindow.ts';
import { Workbench } from '../host/workbench.ts';
import type { Fault } from '../hubspotStandIn/fault.ts';
import type { StandIn } from '../hubspotStandIn/standIn.ts';
import { startHubSpotStandIn } from '../hubspotStandIn.ts';
import { newcomerWindow, production, scopes } from './newcomerWindow.ts';
import { accountInStatusBar } from './steps.ts';

const container = 'HubSpot Associations';
const command = (title: string) => `${container}: ${title}`;
const details = '/account-info/v3/details';
const tokenInfo = '/oauth/v2/private-apps/get/access-token-info';

let standIn: StandIn;
let other: StandIn;
let window: VscodeWindow;
let workbench: Workbench;

describe('accounts', () => {
  before(async () => {
    ({ window, standIn } = await newcomerWindow());
    other = await startHubSpotStandIn();
    workbench = window.workbench;
  });

  after(() => other?.close());

  afterEach(async () => {
    standIn.faults.clear();
    while (await workbench.quickInput.isOpen()) await workbench.quickInput.cancel();
  });

  const message = () => workbench.quickInput.read().then((state) => state.message);

  async function says(expected: RegExp): Promise<void> {
    await until(`the box says ${expected}`, async () => expected.test(await message()), message);
  }

  async function openBox(title = 'Add Account...', expected = 'Add a HubSpot account'): Promise<void> {
    await workbench.ask(command(title), expected);
  }

  const accountRows = async () => {
    const view = await workbench.openView(container, 'Accounts');
    return (await view.rows()).map(({ spoken }) => spoken);
  };

  async function rowsAre(...expected: string[]): Promise<void> {
    await until(
      `the accounts are ${expected}`,
      async () => JSON.stringify(await accountRows()) === JSON.stringify(expected),
      accountRows,
    );
  }

  const inStatusBar = (from = workbench) => accountInStatusBar(from);

  async function statusIs(expected: string, from = workbench): Promise<void> {
    await until(`the status bar says ${expected}`, async () => (await inStatusBar(from)) === expected, inStatusBar);
  }

  /** Chooses from the menu of an account's row. */
  async function chooseFor(row: RegExp, item: string): Promise<void> {
    const view = await workbench.openView(container, 'Accounts');
    await view.openMenu(row);
    await until(
      'the menu has items',
      async () => (await workbench.menuLabels()).includes(item),
      () => workbench.menuLabels(),
    );
    await workbench.chooseFromMenu(item);
  }

  /** Removes an account. @returns what was asked before. */
  async function remove(row: RegExp): Promise<string> {
    const dialog = window.page.locator('.monaco-dialog-box');
    // A view that is drawn anew may close the menu before anything is chosen.
    await until(
      'it is asked whether to remove the account',
      async () => {
        if (!(await dialog.isVisible())) await chooseFor(row, 'Remove Account...');
        await dialog.waitFor({ timeout: 5_000 });
        return true;
      },
      accountRows,
    );
    const question = await dialog.innerText();
    await dialog.getByText('Remove', { exact: true }).click();
    return question;
  }

  /** While VS Code draws the view anew, a menu is about no row, and the command asks for one: the menu is opened again then. */
  async function beginRenaming(choose: () => Promise<void>): Promise<void> {
    const { quickInput } = workbench;
    await until('the menu is about its row', async () => {
      await choose();
      await until(
        'something is asked',
        () => quickInput.shows('ename'),
        () => quickInput.read(),
      );
      if (await quickInput.shows('Rename the account')) return true;
      await quickInput.cancel();
      return false;
    });
  }

  /** Goes to a button of the box by keyboard. */
  async function tabTo(name: string): Promise<void> {
    const focused = () => window.page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');
    await until(`${name} has the keyboard`, async () => {
      await workbench.press('Shift+Tab');
      return (await focused()) === name;
    });
  }

  const button = (name: string) => window.page.locator(`.quick-input-titlebar .action-label[aria-label="${name}"]`);
  const clipboard = () => window.page.evaluate(() => navigator.clipboard.readText());

  test('the sample account is there from the start', async () => {
    await rowsAre('Sample account, demo data, active');
    await statusIs('Sample account (demo data)');
  });

  test('what is no token is explained before anybody is asked', async () => {
    await openBox();
    const uuid = ['0a1b2c3d', '4e5f', '6071', '8293', 'a4b5c6d7e8f9'].join('-');
    const base64 = (first: number) =>
      Buffer.concat([Buffer.from([first, 0x24]), Buffer.alloc(90, 'k')]).toString('base64');
    for (const [text, expected] of [
      [uuid, /API key.*2022.*service key/],
      [base64(0x0a), /personal access key.*service key/],
      [base64(0x08), /OAuth access token.*30 minutes/],
      [standIn.token.slice(0, 30), /part of the token is missing/],
      [`${standIn.token} ${other.token}`, /several tokens/],
      ['not a token', /one word/],
      [`  "Bearer ${standIn.token}" `, /service key or private app token/],
    ] as const) {
      await workbench.quickInput.type(text);
      await says(expected);
    }
    assert.deepEqual(standIn.requests, []);
  });

  test('the box is masked, and lists the scopes to tick with a button to copy them', async () => {
    await openBox();
    assert.equal(await window.page.locator('.quick-input-box input').getAttribute('type'), 'password');
    await button('Which Scopes Does It Need?').click();
    await workbench.quickInput.opened('(1/2)');
    await window.page
      .locator('.quick-input-list .monaco-list-row', { hasText: 'Leads' })
      .locator('.label-name')
      .click();
    await window.page.locator('.quick-input-box input').press('Enter');
    await workbench.quickInput.opened('(2/2)');
    await workbench.quickInput.offers('to copy them', ([item]) => item?.label === 'Copy These Scopes' && item.focused);
    await workbench.quickInput.accept();
    await workbench.quickInput.opened('Add a HubSpot account');
    await says(/scopes are copied/);
    assert.deepEqual((await clipboard()).split('\n'), [
      'crm.objects.contacts.read',
      'crm.objects.companies.read',
      'crm.objects.deals.read',
      'tickets',
      'crm.objects.leads.read',
    ]);
  });

  test('a token that HubSpot refuses stays in the box with the reason, and nothing is stored', async () => {
    await openBox();
    await workbench.quickInput.type(other.token);
    await workbench.quickInput.accept();
    await says(/does not accept the token.*Correlation ID/);
    assert.equal(await button('Store It Without a Check').count(), 0);
    await workbench.quickInput.cancel();
    await rowsAre('Sample account, demo data, active');
  });

  test('a slow answer can be left, and a changed text is not answered for', async () => {
    standIn.faults.set({ kind: 'hang', when: { path: details } });
    await openBox();
    await workbench.quickInput.type(standIn.token);
    await workbench.quickInput.accept();
    await says(/Asking HubSpot/);
    await workbench.quickInput.type('something else');
    await says(/one word/);
    standIn.faults.clear();
    await workbench.quickInput.cancel();
    await rowsAre('Sample account, demo data, active');
  });

  test('where nobody answers, that is said, and asking is stopped by keyboard', async () => {
    standIn.faults.set({ kind: 'hang' });
    await openBox();
    await workbench.quickInput.type(standIn.token);
    await workbench.quickInput.accept();
    await says(/HubSpot is slow to answer/);
    await tabTo('Stop Asking');
    await workbench.press('Enter');
    await says(/^Stopped\. Press Enter to try again/);
    await window.page.locator('.quick-input-box input:focus').waitFor();
    assert.ok(await button('Store It Without a Check').isVisible());
    standIn.faults.clear();
    await workbench.quickInput.accept();
    await workbench.quickInput.opened('Name this account');
    await workbench.quickInput.cancel();
    await rowsAre('Sample account, demo data, active');
  });

  test('what an endpoint says is text: no link, no icon, nothing that turns around what stands beside it', async () => {
    const words = `[Sign in](command:workbench.action.closeWindow) [here](https://evil.example) $(trash)\u202e${standIn.token}`;
    const body = JSON.stringify({ message: words, category: words, correlationId: words });
    for (const [status, expected] of [
      [400, /\[Sign in\] \(command:.*\*\*\*/],
      [401, /revoked\.$/],
    ] as const) {
      standIn.faults.set({ kind: 'status', status, body });
      await openBox();
      await workbench.quickInput.type(standIn.token);
      await workbench.quickInput.accept();
      await says(expected);
      const box = window.page.locator('.quick-input-message');
      assert.equal(await box.locator('a, .codicon').count(), 0, await box.innerHTML());
      assert.doesNotMatch(await message(), /\u202e/);
      await workbench.quickInput.cancel();
    }
  });

  test('an account is added, named, and said to be production', async () => {
    await openBox();
    await workbench.quickInput.type(`Authorization: Bearer ${standIn.token}`);
    await workbench.quickInput.accept();
    await workbench.quickInput.opened('Name this account');
    assert.equal((await workbench.quickInput.read()).value, `Portal ${production.details.portalId}`);
    await workbench.quickInput.type('Sample account');
    await says(/Another account has this name/);
    await workbench.quickInput.type('Acme');
    await workbench.quickInput.accept();
    await rowsAre('Acme, Production, active', 'Sample account, demo data');
    await statusIs('Acme (Production)');
  });

  function accountsFile(): string {
    const data = join(dirname(window.server.settingsFile), '..', '..');
    return filesIn(data).find((each) => each.endsWith('accounts.json')) ?? '';
  }

  /** What is kept of the active account, but for its id and its name. */
  function storedFacts(): Record<string, unknown> {
    const { accounts, active } = JSON.parse(readFileSync(accountsFile(), 'utf8'));
    const { id: _, name: __, ...facts } = accounts.find(({ id }: { id: string }) => id === active);
    return facts;
  }

  const { portalId, accountType, uiDomain, dataHostingLocation: region, timeZone } = production.details;
  const fromDetails = { portalId: String(portalId), accountType, uiDomain, region, timeZone };
  const fromTokenInfo = { portalId: String(portalId), scopes };
  const lies = {
    [details]: {
      portalId: '1"><script>alert(1)</script>',
      accountType: '<b>PRODUCTION</b>',
      uiDomain: 'app.hubspot.com.evil.example',
      dataHostingLocation: '../..',
      timeZone: 'Europe/Berlin\u202e',
    },
    [tokenInfo]: { hubId: 999_999_999_999, scopes: ['crm.objects.deals.read\u202e<img src=x>', 'x'.repeat(1_000_000)] },
  };

  for (const [path, factsOfOther] of [
    [details, fromTokenInfo],
    [tokenInfo, fromDetails],
  ] as const) {
    const all = { ...fromDetails, scopes, checked: true };
    const withoutThese = { ...factsOfOther, checked: true };
    const cases: readonly (readonly [string, Fault, Record<string, unknown>])[] = [
      ['lies', { kind: 'status', status: 200, body: JSON.stringify(lies[path]) }, withoutThese],
      ['is slow', { kind: 'latency', milliseconds: 1500 }, all],
      ['never answers', { kind: 'hang' }, withoutThese],
    ];
    for (const [what, fault, expected] of cases) {
      test(`an account is added with what is known of it although ${path} ${what}`, async () => {
        standIn.faults.set({ ...fault, when: { path } });
        await openBox();
        await workbench.quickInput.type(standIn.token);
        await workbench.quickInput.accept();
        await until('HubSpot is asked', async () => /Asking HubSpot|The name is shown/.test(await message()), message);
        await workbench.quickInput.opened('Name this account');
        await workbench.quickInput.type('Doubtful');
        await workbench.quickInput.accept();
        const environment = 'accountType' in expected ? 'Production, ' : '';
        await rowsAre('Acme, Production', `Doubtful, ${environment}active`, 'Sample account, demo data');
        assert.deepEqual(storedFacts(), expected);
        standIn.faults.clear();
        await remove(/^Doubtful/);
        await rowsAre('Acme, Production, active', 'Sample account, demo data');
      });
    }
  }

  test('where both endpoints are slow, lie and refuse, a token that reads is taken, and one that does not is not', async () => {
    const lying: Fault[] = [details, tokenInfo].map((path) => ({
      kind: 'status',
      status: 200,
      body: JSON.stringify({ portalId: 'none', hubId: 'none', scopes: 'all' }),
      when: { path },
    }));
    standIn.faults.set({ kind: 'latency', milliseconds: 300 }, ...lying);
    await openBox();
    await workbench.quickInput.type(other.token);
    await workbench.quickInput.accept();
    await says(/does not accept the token/);
    await workbench.quickInput.type(standIn.token);
    await workbench.quickInput.accept();
    await workbench.quickInput.opened('Name this account');
    assert.equal((await workbench.quickInput.read()).value, 'HubSpot account');
    await workbench.quickInput.cancel();
    await rowsAre('Acme, Production, active', 'Sample account, demo data');
  });

  test('object types that the token cannot read are marked in the picker', async () => {
    await workbench.openFile('deals-export.csv');
    await workbench.selectColumn(2, 3, 2, 11);
    await workbench.ask(command('Look Up HubSpot Associations...'), 'Which object type');
    await workbench.quickInput.type('Deals');
    const deals = await until('Deals are offered', async () =>
      (await workbench.quickInput.read()).items.find(({ label }) => label === 'Deals'),
    );
    assert.match(deals.description, /the token lacks crm\.objects\.deals\.read$/);
    await workbench.quickInput.type('Contacts');
    const contacts = await until('Contacts are offered', async () =>
      (await workbench.quickInput.read()).items.find(({ label }) => label === 'Contacts'),
    );
    assert.doesNotMatch(contacts.description, /lacks/);
    await workbench.quickInput.pick('Contacts');
    await workbench.quickInput.opened('Which associated records');
    await workbench.quickInput.type('e');
    const offered = await until('both are offered', async () => {
      const { items } = await workbench.quickInput.read();
      const find = (wanted: string) => items.find(({ label }) => label === wanted);
      return find('Deals') && find('Companies') && { deals: find('Deals')!, companies: find('Companies')! };
    });
    assert.match(offered.deals.description, /the token lacks crm\.objects\.deals\.read$/);
    assert.doesNotMatch(offered.companies.description, /lacks/);
  });

  test('offline, a token is stored only when the user insists, and marked', async () => {
    standIn.faults.set({ kind: 'connectionLost', at: 'before' });
    await openBox();
    await workbench.quickInput.type(standIn.token);
    await workbench.quickInput.accept();
    await says(/Press Enter to try again/);
    await button('Store It Without a Check').click();
    await workbench.quickInput.opened('Name this account');
    await workbench.quickInput.type('Unseen $(trash)\u202e');
    await workbench.quickInput.accept();
    await rowsAre('Acme, Production', 'Unseen $(trash), not checked, active', 'Sample account, demo data');
    await statusIs('Unseen $(trash)');
  });

  test('checked again, an account has its facts; renamed, it has its name everywhere', async () => {
    await chooseFor(/^Unseen/, 'Check Account Again');
    await rowsAre('Acme, Production', 'Unseen $(trash), Production, active', 'Sample account, demo data');
    await beginRenaming(() => chooseFor(/^Unseen/, 'Rename Account...'));
    await workbench.quickInput.type('Second');
    await workbench.quickInput.accept();
    await statusIs('Second (Production)');
  });

  test('what is known of an account stays when a later check cannot read it', async () => {
    const before = storedFacts();
    standIn.faults.set(
      { kind: 'html', when: { path: details } },
      { kind: 'forbidden', category: 'USER_DOES_NOT_HAVE_PERMISSIONS', when: { path: tokenInfo } },
    );
    standIn.forgetRequests();
    await openBox('Check Account Again', 'Check which');
    await workbench.quickInput.pick('Second (Production)');
    await window.page.locator('.statusbar-item', { hasText: 'HubSpot accepts the token of Second' }).waitFor();
    assert.ok(standIn.requests.some(({ path }) => path === tokenInfo));
    assert.deepEqual(storedFacts(), before);
  });

  test('the scopes to tick are reached from the box by keyboard', async () => {
    await openBox();
    await tabTo('Which Scopes Does It Need?');
    await workbench.press('Enter');
    await workbench.quickInput.opened('(1/2)');
    await workbench.quickInput.cancel();
    await workbench.quickInput.opened('Add a HubSpot account');
  });

  test('a token of another portal is not taken for an account', async () => {
    standIn.faults.set({ kind: 'wrongShape', path: ['portalId'], value: 999, when: { path: details } });
    await openBox('Enter New Token...', 'A new token for which');
    await workbench.quickInput.pick('Second (Production)');
    await workbench.quickInput.opened('New token for Second');
    await workbench.quickInput.type(standIn.token);
    await workbench.quickInput.accept();
    await says(/This token is for portal 999, and the account is portal/);
  });

  test('a token whose portal HubSpot does not tell is taken for an account when the user says so, and marked', async () => {
    standIn.faults.set({ kind: 'html', when: { path: details } }, { kind: 'html', when: { path: tokenInfo } });
    await openBox('Enter New Token...', 'A new token for which');
    await workbench.quickInput.pick('Second (Production)');
    await workbench.quickInput.opened('New token for Second');
    await workbench.quickInput.type(standIn.token);
    await workbench.quickInput.accept();
    await says(/does not say which portal it is for.*the account is portal \d+\. Press Enter to try again/);
    await button('Store It Without a Check').click();
    await rowsAre('Acme, Production', 'Second, Production, not checked, active', 'Sample account, demo data');
    standIn.faults.clear();
    await openBox('Check Account Again', 'Check which');
    await workbench.quickInput.pick('Second (Production)');
    await rowsAre('Acme, Production', 'Second, Production, active', 'Sample account, demo data');
  });

  test('a revoked token is found out by a check, and a new one is taken', async () => {
    standIn.issueToken();
    const words = `[Sign in](command:workbench.action.closeWindow) ${standIn.token}`;
    standIn.faults.set({ kind: 'status', status: 400, body: JSON.stringify({ message: words, correlationId: words }) });
    await openBox('Check Account Again', 'Check which');
    await workbench.quickInput.pick('Second (Production)');
    await window.page.locator('.statusbar-item[id="status.notifications"]').click();
    const notice = window.page.locator('.notifications-center .notification-list-item', {
      hasText: 'Second (Production)',
    });
    assert.match(await notice.innerText(), /refused the request.*\[Sign in\] \(command/s);
    assert.equal(await notice.locator('.notification-list-item-message a').count(), 0);
    standIn.faults.clear();
    await notice.getByText('Enter New Token').click();
    await workbench.quickInput.opened('New token for Second');
    await workbench.quickInput.type(standIn.token);
    await workbench.quickInput.accept();
    await workbench.quickInput.closed();
    await openBox('Check Account Again', 'Check which');
    await workbench.quickInput.pick('Second (Production)');
    await window.page.locator('.statusbar-item', { hasText: 'HubSpot accepts the token of Second' }).waitFor();
  });

  test('another window follows', async () => {
    const page = await window.page.context().newPage();
    try {
      await page.goto(window.address);
      const second = new Workbench(page, window.server, window.folder);
      await second.ready();
      await second.openView(container, 'Accounts');
      await statusIs('Second (Production)', second);
      await openBox('Switch Account...', 'Select a HubSpot account');
      await workbench.quickInput.pick('Acme (Production)');
      await statusIs('Acme (Production)', second);
      await openBox('Rename Account...', 'Rename which');
      await workbench.quickInput.pick('Acme (Production)');
      await workbench.quickInput.opened('Rename the account');
      await workbench.quickInput.type('Acme Corp');
      await workbench.quickInput.accept();
      await statusIs('Acme Corp (Production)', second);
    } finally {
      await page.close();
    }
  });

  test('production has the colour of a warning in the status bar, and nothing else has', async () => {
    const isWarning = () =>
      window.page
        .locator('.statusbar-item[id$="hubspotAssociations.account"]')
        .evaluate((item) => item.classList.contains('warning-kind'));
    await statusIs('Acme Corp (Production)');
    await until('it has the colour', isWarning);
    const view = await workbench.openView(container, 'Accounts');
    const isAsked = (name: string) => () => workbench.quickInput.shows(name);
    await view.clickOn('Sample account', isAsked('Sample account (demo data)'));
    await statusIs('Acme Corp (Production)');
    await workbench.quickInput.pick('Use This Account');
    await statusIs('Sample account (demo data)');
    await until('it has no colour', async () => !(await isWarning()));
    await view.clickOn('Acme Corp', isAsked('Acme Corp'));
    await workbench.quickInput.pick('Use This Account');
    await statusIs('Acme Corp (Production)');
  });

  test('the list of accounts offers what can be done with each', async () => {
    await workbench.ask(command('Switch Account...'), 'Select a HubSpot account');
    const row = (name: string) => window.page.locator('.quick-input-list .monaco-list-row', { hasText: name });
    const labels = async (name: string) =>
      row(name)
        .locator('.action-label')
        .evaluateAll((all) => all.map((each) => each.getAttribute('aria-label')));
    // Enter changes nothing.
    const { items } = await workbench.quickInput.offers('the accounts, on the active one', (all) =>
      all.some(({ focused, label }) => focused && label === 'Acme Corp (Production)'),
    );
    assert.equal(items.at(-1)?.label.trim(), 'Add Account...');
    assert.deepEqual(await labels('Second'), ['Enter New Token', 'Check Again', 'Rename', 'Remove']);
    assert.deepEqual(await labels('Sample account'), []);
    await row('Second').hover();
    await row('Second').locator('.action-label[aria-label="Rename"]').click();
    await workbench.quickInput.opened('Rename the account');
    assert.equal((await workbench.quickInput.read()).value, 'Second');
  });

  test('the view is used by keyboard', async () => {
    await workbench.runCommand('HubSpot Associations: Focus on Accounts View');
    const focused = () => window.page.locator('.sidebar .monaco-list-row.focused').getAttribute('aria-label');
    const begins = (name: string) => (label: string | null | undefined) => label?.startsWith(name) === true;
    await workbench.step('Home', 'the first account has the keyboard', begins('Acme Corp'), focused);
    await workbench.step('ArrowDown', 'the second one has it', begins('Second'), focused);
    await workbench.press('Enter');
    await workbench.quickInput.opened('Second (Production)');
    const { items } = await workbench.quickInput.read();
    assert.deepEqual(
      items.map(({ label }) => label),
      ['Use This Account', 'Enter New Token', 'Check Again', 'Rename', 'Remove'],
    );
    await statusIs('Acme Corp (Production)');
    await workbench.quickInput.accept();
    await statusIs('Second (Production)');
    const isActive = async () => begins('Second, Production, active')(await focused());
    await until('the second one is active, and has the keyboard', isActive, focused);
    await beginRenaming(() => workbench.chooseFrom(() => workbench.openContextMenu(), 'Rename Account...'));
    assert.equal((await workbench.quickInput.read()).value, 'Second');
    await workbench.quickInput.cancel();
    await workbench.ask(command('Switch Account...'), 'Select a HubSpot account');
    const offered = async () => (await workbench.quickInput.read()).items.find((item) => item.focused)?.label;
    await workbench.step('ArrowUp', 'the first account is the choice', begins('Acme Corp'), offered);
    await workbench.press('Enter');
    await statusIs('Acme Corp (Production)');
  });

  test('diagnostics say what helps and nothing that is private', async () => {
    await workbench.runCommand(command('Copy Diagnostics'));
    const text = await until('the diagnostics are copied', async () => {
      const copied = await clipboard();
      return copied.startsWith('Associations for HubSpot') && copied;
    });
    await until(
      'they are shown too',
      async () => (await workbench.tabs()).some((tab) => /Associations: diagnostics/.test(tab)),
      () => workbench.tabs(),
    );
    for (const line of [
      /^Extension: 0\./m,
      /^Editor: .* 1\.\d+.*, remote: yes$/m,
      /^Proxy: http\.proxy not set/m,
      /^Account: stored, STANDARD \(production\), hosted in eu1, 3 scopes, checked, token: keychain$/m,
    ]) {
      assert.match(text, line);
    }
    assert.match(text, /Last problems:(?:\n- .*)*\n- .*unauthorized \(HTTP 401\)/);
    const place = new RegExp(window.server.authority.replaceAll('.', '\\.'));
    for (const secret of [/pat-/, /\bAcme\b/, /\bSecond\b/, new RegExp(String(production.details.portalId)), place]) {
      assert.doesNotMatch(text, secret);
    }
  });

  test('a token in what is looked up is not shown among what was ignored', async () => {
    // Of the form that is hidden, and not of the one that the end of the test would take for a token left behind.
    const tokenLike = ['pat', 'na1', '1234567', '123456789012'].join('-');
    writeFileSync(join(window.folder, 'env.txt'), `deal 17982944313\nHUBSPOT_TOKEN=${tokenLike}\n`);
    await workbench.openFile('env.txt');
    await workbench.selectLines(1, 2);
    await workbench.ask(command('Look Up HubSpot Associations...'), 'Which object type');
    await workbench.quickInput.type('ignored');
    await workbench.quickInput.pick('1 used, 1 ignored: show why...');
    await workbench.quickInput.opened('1 value ignored');
    await workbench.quickInput.offers(
      'the token hidden',
      (items) => `${items.map(({ label }) => label)}` === 'pat-***',
    );
  });

  test('the walkthrough knows of the account', async () => {
    await workbench.runCommand(command('Get Started'));
    const step = window.page.locator('.getting-started-step', { hasText: 'Add your account' });
    await step.locator('.codicon-getting-started-step-checked').waitFor();
    await workbench.runCommand('View: Close All Editors');
  });

  test('a removed account is gone with its token', async () => {
    assert.match(await remove(/^Second/), /Remove Second \(Production\)\?[\s\S]*token is deleted/);
    await rowsAre('Acme Corp, Production, active', 'Sample account, demo data');
    await remove(/^Acme Corp/);
    await rowsAre('Sample account, demo data, active');
  });

  test('an account is there also when its file has a broken place, which is said, and can be removed', async () => {
    const account = { id: 'kept', name: 'Kept', accountType: 'STANDARD', checked: true };
    const whole = JSON.stringify({ accounts: [account], active: 'kept' });
    writeFileSync(accountsFile(), whole.replace('{', '['));
    await workbench.reload();
    await rowsAre('Kept, Production, no token, active', 'Sample account, demo data');
    const told = 'Not all accounts could be read. They are left as they are.';
    await until(
      'it is said',
      async () => (await workbench.notifications()).includes(told),
      () => workbench.notifications(),
    );
    // At no moment without a file: that would be one without accounts.
    const path = accountsFile();
    symlinkSync(path, `${path}.loop`);
    renameSync(`${path}.loop`, path);
    await beginRenaming(() => chooseFor(/^Kept/, 'Rename Account...'));
    await workbench.quickInput.type('Renamed');
    await workbench.quickInput.accept();
    const notDone =
      'accounts.json could not be read (ELOOP: too many symbolic links encountered). Nothing was changed.';
    await until(
      'it is said why it has its name still, and not that the extension is to blame',
      async () => (await workbench.notifications()).includes(notDone),
      () => workbench.notifications(),
    );
    await rowsAre('Kept, Production, no token, active', 'Sample account, demo data');
    writeFileSync(`${path}.whole`, whole);
    renameSync(`${path}.whole`, path);
    await remove(/^Kept/);
    await rowsAre('Sample account, demo data, active');
  });
});
