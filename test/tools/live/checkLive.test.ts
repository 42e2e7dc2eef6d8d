/** The same questions to two stand-ins: one stands where HubSpot would, as it is, or with something about it changed. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createSamplePortal } from '../../../src/core/sampleHubSpot/sampleHubSpot.ts';
import type { StandIn, StandInOptions } from '../../hubspotStandIn/standIn.ts';
import { startHubSpotStandIn } from '../../hubspotStandIn.ts';
import { type Check, checks } from './checks.ts';
import { compare, linesOf, type Verdict } from './compareAccounts.ts';
import { LiveAccount, type Subjects } from './liveAccount.ts';
import { standInSubjects } from './standInSubjects.ts';

const subjects = standInSubjects(createSamplePortal());
let standIn: StandIn;
before(async () => {
  standIn = await startHubSpotStandIn();
});
after(() => standIn?.close());

/** The verdicts by title, of an account that is changed in this way. */
async function verdicts(
  options: StandInOptions = {},
  change: (live: StandIn) => void = () => undefined,
  about: Subjects = subjects,
): Promise<{ readonly said: ReadonlyMap<string, Verdict>; readonly live: StandIn }> {
  const live = await startHubSpotStandIn(options);
  try {
    change(live);
    const said = new Map<string, Verdict>();
    for (const check of checks) {
      const account = new LiveAccount(live.origin, live.token, about);
      said.set(check.title, await compare(check, account, new LiveAccount(standIn.origin, standIn.token, subjects)));
    }
    return { said, live };
  } finally {
    await live.close();
  }
}

function ofKind(said: ReadonlyMap<string, Verdict>, kind: Verdict['kind']): readonly string[] {
  return [...said].filter(([, verdict]) => verdict.kind === kind).map(([title]) => title);
}

/** No company of the sample account has so many contacts that this is seen. */
const untold = "size of a page of one record's own associations";

describe('check:live', () => {
  it('asks everything, finds the stand-in the same as itself, and only reads', async () => {
    const { said, live } = await verdicts();
    assert.deepEqual(
      ofKind(said, 'same'),
      checks.map(({ title }) => title).filter((title) => title !== untold),
    );
    assert.ok(live.requests.length <= 45, `${live.requests.length} calls`);
    for (const { method, path } of live.requests) {
      assert.match(
        `${method} ${path}`,
        /^GET |^POST [^?]*\/batch\/read(?:\?archived=(?:true|false))?$|^POST \/oauth\/v2\/private-apps\/get\/access-token-info$/,
      );
    }
  });

  it('finds another size of a page, and nothing else', async () => {
    const { said } = await verdicts({ pageSize: 50 });
    assert.deepEqual(
      ofKind(said, 'different'),
      ['v3', '2026-03', '2026-09'].map((version) => `size of a page of a ${version} batch read`),
    );
  });

  it('finds a cursor that v3 ignores', async () => {
    const { said } = await verdicts({}, (live) =>
      live.faults.set({ kind: 'ignoredCursor', when: { path: '/crm/v3/associations/' } }),
    );
    assert.deepEqual(ofKind(said, 'different'), ['the second page of a v3 batch read']);
    assert.deepEqual(ofKind(said, 'notTold'), [untold, 'v3, from a company to its contacts']);
  });

  it('finds a refusal where the stand-in has none, and shows both', async () => {
    const title = 'a record that was deleted';
    const { said } = await verdicts({}, (live) =>
      live.faults.set({
        kind: 'status',
        status: 410,
        body: '{"category":"GONE"}',
        when: { id: subjects.archived!, path: '/associations/' },
      }),
    );
    assert.deepEqual(ofKind(said, 'different'), [title]);
    const lines = linesOf(checks.find((each) => each.title === title) as Check, said.get(title)!);
    assert.match(lines[1]!, /HubSpot: {2}status 410.*GONE/);
    assert.match(
      lines[2]!,
      /stand-in: status 207, errors \["OBJECT_NOT_FOUND crm\.associations\.NO_ASSOCIATIONS_FOUND"\]/,
    );
  });

  it('finds headers that tell the limits', async () => {
    const { said } = await verdicts({ rateLimit: { requests: 1000, milliseconds: 10_000, headers: true } });
    assert.deepEqual(ofKind(said, 'different'), ['headers that tell the limits']);
  });

  it('says which record is missing, and what went wrong', async () => {
    const { said } = await verdicts(
      {},
      (live) => live.faults.set({ kind: 'connectionLost', at: 'before', when: { path: 'access-token-info' } }),
      {},
    );
    assert.deepEqual(ofKind(said, 'notAsked').length, checks.filter(({ needs }) => needs).length + 2);
    assert.deepEqual(said.get('a record that was deleted'), { kind: 'notAsked', why: 'it needs --archived ID' });
  });

  it('never shows the token', async () => {
    const { said, live } = await verdicts();
    const text = checks.flatMap((check) => linesOf(check, said.get(check.title)!)).join('\n');
    assert.ok(!text.includes(live.token) && !text.includes(standIn.token));
    assert.ok(text.length > 1000);
  });
});
