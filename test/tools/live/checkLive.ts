/**
 * `npm run check:live` asks a real HubSpot account, best a developer test account, what no published source says, compares
 * its answers with those of the stand-in that the tests run against, and prints what differs. It only reads, some 40 calls.
 *
 *     npm run check:live -- --deal ID --company ID --archived ID
 *
 * Which records these are to be: liveAccount.ts. The token comes from HUBSPOT_TOKEN or is asked for; it is sent to
 * api.hubapi.com, and never shown or kept. Ends with 0 when nothing differs.
 */
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { parseArgs } from 'node:util';
import { createSamplePortal } from '../../../src/core/sampleHubSpot/sampleHubSpot.ts';
import { readTokenText } from '../../../src/core/text/tokenText.ts';
import { startHubSpotStandIn } from '../../hubspotStandIn.ts';
import { checks } from './checks.ts';
import { compare, linesOf } from './compareAccounts.ts';
import { at, LiveAccount } from './liveAccount.ts';
import { standInSubjects } from './standInSubjects.ts';

const hubSpotOrigin = 'https://api.hubapi.com';

process.exitCode = await main();

async function main(): Promise<number> {
  const id = { type: 'string' } as const;
  const { values } = parseArgs({ options: { deal: id, company: id, archived: id } });
  for (const [name, value] of Object.entries(values)) {
    if (/^[1-9]\d{0,18}$/.test(String(value))) continue;
    console.error(`--${name} takes a record id.`);
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
  console.log(`Asking account ${at(body, 'portalId')} (${at(body, 'accountType')}). Nothing in it is changed.\n`);

  const standIn = await startHubSpotStandIn();
  try {
    const made = new LiveAccount(standIn.origin, standIn.token, standInSubjects(createSamplePortal()));
    let different = 0;
    for (const check of checks) {
      const verdict = await compare(check, live, made);
      if (verdict.kind === 'different') different++;
      console.log(linesOf(check, verdict).join('\n'));
    }
    console.log(`\n${different} of ${checks.length} differ from the stand-in.`);
    return different === 0 ? 0 : 1;
  } finally {
    await standIn.close();
  }
}

/** Asks on the terminal, and shows nothing of what is typed or pasted. */
async function askForToken(): Promise<string> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: process.stdin, output: nowhere, terminal: process.stdin.isTTY });
  // Only now, when the terminal no longer shows what is typed.
  process.stdout.write('Token (it is not shown): ');
  try {
    return await terminal.question('');
  } finally {
    terminal.close();
    process.stdout.write('\n');
  }
}
