import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Client } from '@hubspot/api-client';
import type { Answer, AssociationType } from '../../../src/core/domain/associations.ts';
import { readProperties } from '../../../src/core/hubspot/properties.ts';
import { readRecords } from '../../../src/core/hubspot/records.ts';
import { sampleIds } from '../../../src/core/sampleHubSpot/sampleAccount.ts';
import { samplePairs } from '../../../src/core/sampleHubSpot/sampleHubSpot.ts';
import { dealIds, generatedAccount, unknownDealIds } from '../../hubspotStandIn/generatedAccount.ts';
import type { StandIn, StandInOptions } from '../../hubspotStandIn/standIn.ts';
import { startHubSpotStandIn } from '../../hubspotStandIn.ts';
import { assertTruth, associationsIn, read } from '../faults/underFaults.ts';
import { madePorts } from '../madePorts.ts';

/** HubSpot's own client as a witness: what it reads from the stand-in is what our Answer says. */

async function withStandIn(options: StandInOptions, use: (standIn: StandIn, client: Client) => Promise<void>) {
  const standIn = await startHubSpotStandIn({ ...options, takesAnything: true });
  try {
    await use(standIn, new Client({ accessToken: standIn.token, basePath: standIn.origin }));
  } finally {
    await standIn.close();
  }
}

/** Associated ids with the names of their types, by asked id. */
type Known = ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>;

function knownIn(answer: Answer, word: (type: AssociationType) => string): Known {
  const known = new Map<string, ReadonlyMap<string, readonly string[]>>();
  for (let record = 0; record < answer.counts.asked; record++) {
    if (answer.state(record) !== 'found') continue;
    const associations = [...associationsIn(answer, record)];
    known.set(answer.recordId(record), new Map(associations.map(([id, types]) => [id, types.map(word).sort()])));
  }
  return known;
}

function known(rows: Iterable<{ from: string; to: string; type: string }>): Known {
  const all = new Map<string, Map<string, string[]>>();
  for (const { from, to, type } of rows) {
    const ofRecord = all.get(from) ?? new Map<string, string[]>();
    ofRecord.set(to, [...(ofRecord.get(to) ?? []), type].sort());
    all.set(from, ofRecord);
  }
  return all;
}

/** The ids that the client's answer names in errors. */
function errorIds(answer: object): readonly string[] {
  if (!('errors' in answer) || !Array.isArray(answer.errors)) return [];
  return answer.errors.flatMap((error: { context?: { fromObjectId?: string[] } }) => error.context?.fromObjectId ?? []);
}

/** v3 in one page: the client's model has no `after`, so it cannot read a second one. */
async function readV3(client: Client, from: string, to: string, ids: readonly string[]) {
  const answer = await client.crm.associations.batchApi.read(from, to, { inputs: ids.map((id) => ({ id })) });
  const rows = answer.results.flatMap((result) =>
    result.to.map(({ id, type }) => ({ from: result._from.id, to: id, type })),
  );
  return { known: known(rows), none: errorIds(answer), hasMore: answer.results.some(({ paging }) => paging?.next) };
}

/** v4, whose model does have `after`: every page of every record. */
async function readV4(client: Client, from: string, to: string, ids: readonly string[]) {
  const rows: { from: string; to: string; type: string }[] = [];
  const none: string[] = [];
  let inputs: { id: string; after?: string }[] = ids.map((id) => ({ id }));
  let rounds = 0;
  for (; inputs.length > 0; rounds++) {
    const answer = await client.crm.associations.v4.batchApi.getPage(from, to, { inputs });
    none.push(...errorIds(answer));
    inputs = [];
    for (const { _from, to: associated, paging } of answer.results) {
      for (const { toObjectId, associationTypes } of associated) {
        for (const { category, typeId, label } of associationTypes) {
          const type = `${category} ${typeId} ${label ?? ''}`.trim();
          rows.push({ from: _from.id, to: String(toObjectId), type });
        }
      }
      if (paging?.next) inputs.push({ id: _from.id, after: paging.next.after });
    }
  }
  return { known: known(rows), none, rounds };
}

const noneIn = (answer: Answer) =>
  answer.question.ids.filter((id) => answer.state(answer.recordOf(id)!) === 'none').sort();

describe("HubSpot's own client", () => {
  for (const [name, { from, to, ids }] of Object.entries({
    dealsToCompanies: { ...samplePairs.dealsToCompanies, ids: [...sampleIds.deal, '34461455164'] },
    contactsToCompanies: { from: 'contacts', to: 'companies', ids: sampleIds.contact },
    ticketsToDeals: { from: 'tickets', to: 'deals', ids: sampleIds.ticket },
    companiesToContacts: { from: '0-2', to: '0-1', ids: sampleIds.company },
    installations: { from: '2-141736208', to: 'company', ids: sampleIds.installation },
  })) {
    it(`reads the same from the stand-in as our engine, under v3 (${name})`, () =>
      withStandIn({ pageSize: 500 }, async (standIn, client) => {
        const theirs = await readV3(client, from, to, ids);
        const { answer } = await read(standIn, { from, to, ids });
        assertTruth(answer, standIn.portal);
        assert.equal(theirs.hasMore, false);
        assert.deepEqual(
          theirs.known,
          knownIn(answer, ({ name: type = '' }) => type),
        );
        assert.deepEqual(theirs.none.toSorted(), noneIn(answer));
        assert.ok(theirs.known.size > 0);
      }));
  }

  it('reads the same through pages, with labels, under v4 as our engine under 2026-03 and 2026-09', () =>
    withStandIn({ pageSize: 20 }, async (standIn, client) => {
      const theirs = await readV4(client, 'companies', 'contacts', sampleIds.company);
      assert.ok(theirs.rounds > 5, 'there was only one page');
      for (const apiVersion of ['2026-03', '2026-09'] as const) {
        const { answer } = await read(standIn, {
          from: 'companies',
          to: 'contacts',
          ids: sampleIds.company,
          apiVersion,
        });
        assertTruth(answer, standIn.portal);
        const word = ({ category, typeId, label = '' }: AssociationType) => `${category} ${typeId} ${label}`.trim();
        assert.deepEqual(theirs.known, knownIn(answer, word));
        assert.deepEqual(theirs.none.toSorted(), noneIn(answer));
      }
    }));

  it('reads a thousand ids in one call, half of them unknown', () =>
    withStandIn({ account: generatedAccount({ deals: 500, contacts: 5 }) }, async (standIn, client) => {
      const ids = [...dealIds(500), ...unknownDealIds(500)];
      const theirs = await readV3(client, 'deals', 'contacts', ids);
      const { answer, requests } = await read(standIn, { from: 'deals', to: 'contacts', ids });
      assertTruth(answer, standIn.portal);
      assert.equal(requests, 1);
      assert.deepEqual(
        theirs.known,
        knownIn(answer, ({ name: type = '' }) => type),
      );
      assert.deepEqual(theirs.none.toSorted(), noneIn(answer));
    }));

  it('loses under v3 what stands on later pages, which our engine reads', () =>
    withStandIn({ pageSize: 20 }, async (standIn, client) => {
      const ids = [sampleIds.company[1]!];
      const theirs = await readV3(client, 'companies', 'contacts', ids);
      assert.equal(theirs.hasMore, true);
      assert.equal(theirs.known.get(ids[0]!)?.size, 20);
      const { answer } = await read(standIn, { from: 'companies', to: 'contacts', ids });
      assertTruth(answer, standIn.portal);
      assert.equal(answer.counts.associations, 132);
    }));

  it('is refused in the same cases', () =>
    withStandIn({}, async (standIn, client) => {
      const codeOf = (from: string, to: string) =>
        readV3(client, from, to, ['1']).then(
          () => 'read',
          (error: { code: number; body: { category?: string } }) => [error.code, error.body.category],
        );
      assert.deepEqual(await codeOf('widgets', 'deals'), [400, undefined]);
      assert.deepEqual(await codeOf('deals', 'feedback_submissions'), [403, 'MISSING_SCOPES']);
      standIn.issueToken();
      assert.deepEqual(await codeOf('deals', 'companies'), [401, 'INVALID_AUTHENTICATION']);
    }));

  it('lists the same properties, and reads the same records by id', () =>
    withStandIn({}, async ({ origin, token }, client) => {
      const ports = madePorts({ fetch: (url, init) => fetch(url, init), origin, token: async () => token });
      for (const [type, ids] of [
        ['contacts', sampleIds.contact.slice(0, 100)],
        ['deals', [...sampleIds.deal, '99000000001']],
        ['2-141736208', sampleIds.installation],
      ] as const) {
        const theirs = await client.crm.properties.coreApi.getAll(type);
        const ours = await readProperties(type, ports);
        assert.ok(ours.ok);
        assert.deepEqual(
          theirs.results.map(({ name, label, groupName, options }) => [name, label, groupName, options.length]),
          ours.properties
            .filter(({ sensitivity }) => sensitivity === 'none')
            .map(({ name, label, group, options }) => [name, label, group, options.length]),
        );
        const properties = theirs.results.map(({ name }) => name);
        const inputs = ids.map((id) => ({ id }));
        const read = await client.crm.objects.batchApi.read(type, { inputs, properties, propertiesWithHistory: [] });
        const batch = await readRecords({ objectType: type, ids, properties }, ports);
        assert.ok(batch.ok);
        assert.deepEqual(
          new Map(read.results.map((record) => [record.id, { ...record.properties }])),
          new Map(batch.value.found),
        );
        assert.equal(batch.value.missing.size, ids.length - read.results.length);
      }
    }));
});
