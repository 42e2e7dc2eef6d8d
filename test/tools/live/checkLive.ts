/**
 * `npm run check:live` asks a real HubSpot account, best a developer test account, what no published source says, compares
 * its answers with those of the stand-in that the tests run against, and prints a report that can be pasted: it has no token, no
 * record ID and no name in it. It only reads, some 60 calls.
 *
 *     npm run check:live -- --deal ID --company ID --archived ID
 *
 * Which records these are to be: liveAccount.ts. The token comes from HUBSPOT_TOKEN or is asked for; it is sent to
 * api.hubapi.com, and never shown or kept. What it asks while it works goes to the error stream, so that `> report.md` keeps the
 * report alone. Ends with 0 when nothing differs.
 */
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { parseArgs } from 'node:util';
import { createSamplePortal } from '../../../src/core/sampleHubSpot/sampleHubSpot.ts';
import { readTokenText } from '../../../src/core/text/tokenText.ts';
import { startHubSpotStandIn } from '../../hubspotStandIn.ts';
import { checks } from './checks.ts';
import { compare } from './compareAccounts.ts';
import { at, LiveAccount } from './liveAccount.ts';
import { countOf, type Finding, liveReport } from './liveReport.ts';
import { sourceChecks } from './sourceChecks.ts';
import { standInSubjects } from './standInSubjects.ts';

const { version } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as {
  readonly version: string;
};
const hubSpotOrigin = 'https://api.hubapi.com';

process.exitCode = await main();

async function main(): Promise<number> {
  const id = { type: 'string' } as const;
  const { values } = parseArgs({ options: { deal: id, company: id, archived: id } });
  for (const [name, value] of Object.entries(values)) {
    if (/^[1-9]\d{0,18}$/.test(String(value))) continue;
    console.error(`--${name} takes a record ID.`);
    return 2;
  }
  const entered = readTokenText(process.env.HUBSPOT_TOKEN || (await askForToken()));
  if (!('token' in entered)) {
    console.error('That is no service key, private app token or OAuth access token.');
    return 2;
  }
  const live = new LiveAccount(hubSpotOrigin, entered.token, values);
  const { status, body } = await live.get('/account-info/v3/details');
  if (status !== 200) {
    console.error(`HubSpot does not accept the token: it answered with ${status}.`);
    return 2;
  }
  const accountType = String(at(body, 'accountType'));
  console.error(`Asking account ${at(body, 'portalId')} (${accountType}). Nothing in it is changed.`);

  const standIn = await startHubSpotStandIn();
  try {
    const made = new LiveAccount(standIn.origin, standIn.token, standInSubjects(createSamplePortal()));
    const findings: Finding[] = [];
    for (const check of [...checks, ...sourceChecks]) {
      findings.push({ check, verdict: await compare(check, live, made) });
    }
    console.log(liveReport(findings, { version, on: new Date(), accountType }));
    return countOf(findings, 'different') === 0 ? 0 : 1;
  } finally {
    await standIn.close();
  }
}

/** Asks on the terminal, and shows nothing of what is typed or pasted. */
async function askForToken(): Promise<string> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: process.stdin, output: nowhere, terminal: process.stdin.isTTY });
  // Only now, when the terminal no longer shows what is typed.
  process.stderr.write('Token (it is not shown): ');
  try {
    return await terminal.question('');
  } finally {
    terminal.close();
    process.stderr.write('\n');
  }
}
