/** The same questions to two stand-ins: one stands where HubSpot would, as it is, or with something about it changed. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sampleIds } from '../../../src/core/sampleHubSpot/sampleAccount.ts';
import { createSamplePortal } from '../../../src/core/sampleHubSpot/sampleHubSpot.ts';
import type { Fault } from '../../hubspotStandIn/fault.ts';
import type { StandIn, StandInOptions } from '../../hubspotStandIn/standIn.ts';
import { startHubSpotStandIn } from '../../hubspotStandIn.ts';
import { type Check, checks } from './checks.ts';
import { compare, linesOf, type Verdict } from './compareAccounts.ts';
import { at, LiveAccount, type Subjects } from './liveAccount.ts';
import { liveReport } from './liveReport.ts';
import { sourceChecks } from './sourceChecks.ts';
import { standInSubjects } from './standInSubjects.ts';

const subjects = standInSubjects(createSamplePortal());
const asked = [...checks, ...sourceChecks];
let standIn: StandIn;
/** Answers to what the product never asks, as published sources have them. */
let asSupposed: readonly Fault[];
before(async () => {
  standIn = await startHubSpotStandIn();
  const account = new LiveAccount(standIn.origin, standIn.token, subjects);
  const types: unknown = at((await account.get('/crm/v3/limits/records')).body, 'hubspotDefinedObjectTypes');
  assert.ok(Array.isArray(types));
  const deals = Number(
    at(
      types.find((type) => at(type, 'objectTypeId') === '0-3'),
      'usage',
    ),
  );
  const orphan = sampleIds.deal.find((id) => standIn.portal.associationsOf('deals', id, 'companies').length === 0);
  const answer = (path: RegExp, body: object, status = 200): Fault => ({
    kind: 'status',
    status,
    body: JSON.stringify(body),
    when: (request) => path.test(`${request.path} ${JSON.stringify(request.body)}`),
  });
  asSupposed = [
    answer(/deals\/search .*NOT_HAS_PROPERTY/, { total: 1, results: [{ id: orphan }] }),
    answer(/deals\/search /, { total: deals, results: [] }),
    answer(/meetings\?archived=true&limit=1/, { message: 'Paging through deleted objects is not yet supported' }, 400),
    answer(/deals\?limit=100/, { results: [] }),
    answer(/deals\?limit=101/, { message: 'limit' }, 400),
  ];
});
after(() => standIn?.close());

/** The verdicts by title, of an account that is changed in this way. */
async function verdicts(
  options: StandInOptions = {},
  faults: readonly Fault[] = [],
  about: Subjects = subjects,
  from: readonly Check[] = asked,
): Promise<{ readonly said: ReadonlyMap<string, Verdict>; readonly live: StandIn }> {
  const live = await startHubSpotStandIn({ ...options, takesAnything: true });
  live.faults.set(...faults, ...asSupposed);
  try {
    const said = new Map<string, Verdict>();
    for (const check of from) {
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

/** No company of the sample account has so many contacts that the first is seen, and its token may read schemas. */
const untold = [
  "size of a page of one record's own associations",
  'labels of custom types without the scope for schemas',
];

describe('check:live', () => {
  it('asks everything, finds the stand-in the same as itself, and only reads', async () => {
    const { said, live } = await verdicts();
    assert.deepEqual(
      ofKind(said, 'same'),
      asked.map(({ title }) => title).filter((title) => !untold.includes(title)),
    );
    assert.ok(live.requests.length <= 65, `${live.requests.length} calls`);
    for (const { method, path } of live.requests) {
      assert.match(
        `${method} ${path}`,
        /^GET |^OPTIONS |^POST [^?]*\/batch\/read(?:\?archived=(?:true|false))?$|^POST \/crm\/v3\/objects\/deals\/search$|^POST \/oauth\/v2\/private-apps\/get\/access-token-info$/,
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
    const { said } = await verdicts({}, [{ kind: 'ignoredCursor', when: { path: '/crm/v3/associations/' } }]);
    assert.deepEqual(ofKind(said, 'different'), ['the second page of a v3 batch read']);
    assert.deepEqual(ofKind(said, 'notTold'), [untold[0], 'v3, from a company to its contacts', untold[1]]);
  });

  it('finds a refusal where the stand-in has none, and shows both', async () => {
    const title = 'a record that was deleted';
    const ofBatches = ['v3', '2026-03', '2026-09'].map((each) => `${each}: a deleted record beside one that is there`);
    const { said } = await verdicts({}, [
      {
        kind: 'status',
        status: 410,
        body: '{"category":"GONE"}',
        when: { id: subjects.archived!, path: '/associations/' },
      },
    ]);
    assert.deepEqual(ofKind(said, 'different'), [title, ...ofBatches]);
    const lines = linesOf(asked.find((each) => each.title === title) as Check, said.get(title)!);
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
      [{ kind: 'connectionLost', at: 'before', when: { path: 'access-token-info' } }],
      {},
    );
    assert.equal(ofKind(said, 'notAsked').length, asked.filter(({ needs }) => needs).length + 3);
    assert.deepEqual(said.get('a record that was deleted'), { kind: 'notAsked', why: 'it needs --archived ID' });
  });

  it('finds what sources say and HubSpot does not do', async () => {
    const json = (path: string, body: object, status = 200): Fault => ({
      kind: 'status',
      status,
      body: JSON.stringify(body),
      when: { path },
    });
    const withCompany = { total: 1, results: [{ id: subjects.deal }] };
    const { said } = await verdicts(
      {},
      [
        json('/crm/v3/objects/deals/search', withCompany),
        json('/crm/v3/objects/meetings?archived=true', { results: [] }),
        json('/crm/v3/objects/deals?limit=101', { results: [] }),
        {
          kind: 'status',
          status: 200,
          headers: { 'access-control-allow-origin': '*' },
          when: (request) => request.method === 'OPTIONS',
        },
      ],
      subjects,
      sourceChecks,
    );
    assert.deepEqual(ofKind(said, 'different'), [
      'the number of records beside what a search finds',
      'deals found by having no company (NOT_HAS_PROPERTY)',
      'whether a web page may ask (CORS)',
      'a list of archived meetings',
      'the largest page of a list of records',
    ]);
    const found = sourceChecks.find(({ title }) => title.includes('NOT_HAS_PROPERTY'))!;
    const lines = linesOf(found, said.get(found.title)!);
    assert.match(lines[1]!, /HubSpot: .*have a company after all 1/);
    assert.match(lines[2]!, /sources: .*have a company after all 0/);
  });

  it('says whether labels of custom types come without the scope for schemas', async () => {
    const title = 'labels of custom types without the scope for schemas';
    const { said } = await verdicts(
      {},
      [
        {
          kind: 'status',
          status: 200,
          body: JSON.stringify({ scopes: ['crm.objects.deals.read'] }),
          when: { path: 'access-token-info' },
        },
        {
          kind: 'missingScopes',
          scopes: ['crm.schemas.custom.read'],
          key: 'requiredScopes',
          when: { path: '/schemas' },
        },
      ],
      subjects,
      sourceChecks,
    );
    assert.deepEqual(said.get(title), { kind: 'same', facts: { schemas: 403, labels: 'told' } });
  });

  it('reports everything once, without token, record ID or account', async () => {
    const { said, live } = await verdicts({ pageSize: 50 });
    const findings = asked.map((check) => ({ check, verdict: said.get(check.title)! }));
    const text = liveReport(findings, { version: '1.2.3', on: new Date('2026-11-26'), accountType: 'DEVELOPER_TEST' });
    assert.match(text, /^### check:live of 1\.2\.3, 2026-11-26, account type DEVELOPER_TEST\n/);
    assert.match(text, new RegExp(`^${asked.length} questions = 3 different \\+ `, 'm'));
    for (const { check, verdict } of findings)
      assert.ok(text.includes(linesOf(check, verdict).join('\n')), check.title);
    assert.equal(text.match(/^(?:DIFFERENT|same {6}|not told {2}|not asked) /gm)?.length, asked.length);
    const secrets = [
      live.token,
      standIn.token,
      ...Object.values(subjects),
      String(live.portal.account.details.portalId),
    ];
    for (const secret of secrets) assert.ok(secret && !text.includes(secret));
    assert.ok(text.indexOf('DIFFERENT') < text.indexOf('same  '));
  });
});
