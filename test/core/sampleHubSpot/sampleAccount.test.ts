import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { isPrimary } from '../../../src/core/domain/associations.ts';
import { sampleAccount, sampleIds } from '../../../src/core/sampleHubSpot/sampleAccount.ts';
import { createSamplePortal, samplePairs, unknownSampleIds } from '../../../src/core/sampleHubSpot/sampleHubSpot.ts';

const portal = createSamplePortal();
const workspace = (file: string) => readFileSync(new URL(`../../workspace/${file}`, import.meta.url), 'utf8');

describe('the sample account', () => {
  it('is the same every time', () => {
    const seen = () => {
      const account = sampleAccount();
      return sampleIds.deal.map((id) => [account.properties('0-3', id), account.associations('0-3', id, '0-2')]);
    };
    assert.deepEqual(seen(), seen());
  });

  it('has ids of 11 or 12 digits, each once', () => {
    const ids = Object.values(sampleIds).flat();
    assert.equal(new Set(ids).size, ids.length);
    for (const id of [...ids, ...unknownSampleIds]) assert.match(id, /^[1-9]\d{10,11}$/);
    for (const id of unknownSampleIds) assert.ok(!ids.includes(id));
  });

  it('sees every association from both ends', () => {
    for (const deal of sampleIds.deal) {
      for (const { toId, types } of portal.associationsOf('deals', deal, 'companies', { version: '2026-03' })) {
        const back = portal
          .associationsOf('companies', toId, 'deals', { version: '2026-03' })
          .find((association) => association.toId === deal);
        assert.equal(back?.types.length, types.length);
        assert.equal(isPrimary(back?.types ?? []), isPrimary(types));
      }
    }
  });

  it('has at most one primary company a record, and some records with several companies', () => {
    const companies = sampleIds.deal.map((id) =>
      portal.associationsOf('deals', id, 'companies', { version: '2026-03' }),
    );
    for (const each of companies) assert.ok(each.filter(({ types }) => isPrimary(types)).length <= 1);
    assert.ok(companies.some((each) => each.length > 1));
    assert.ok(companies.some((each) => each.length === 1 && !isPrimary(each[0]!.types)));
    assert.ok(companies.some((each) => each.length === 0));
  });

  it('has pairs to try: several pages, none, a custom object type', () => {
    const { largestCompanyToContacts, dealsToInstallations, dealsToCompanies } = samplePairs;
    assert.equal(portal.associationsOf('companies', largestCompanyToContacts.ids[0]!, 'contacts').length, 132);
    const found = ({ from, to, ids }: { from: string; to: string; ids: readonly string[] }) =>
      ids.filter((id) => portal.associationsOf(from, id, to).length > 0).length;
    assert.deepEqual([found(dealsToInstallations), found(dealsToCompanies)], [5, 19]);
  });
});

describe("the demo's files", () => {
  it('hold ids of the sample account, and two that it does not know, in the export', () => {
    const [header, ...rows] = workspace('deals-export.csv').trimEnd().split('\n');
    assert.match(header ?? '', /^"Record ID","Deal Name",/);
    const cells = rows.map((row) => row.slice(1, -1).split('","'));
    assert.equal(cells.length, 42);
    const strangers = cells.map(([id]) => id!).filter((id) => !sampleIds.deal.includes(id));
    assert.deepEqual(strangers, unknownSampleIds.slice(0, 2));
    for (const [id, , , , , , , companies, primary] of cells) {
      const all = portal.associationsOf('deals', id!, 'companies', { version: '2026-03' });
      assert.equal(companies, all.map(({ toId }) => toId).join(';'));
      const primaries = all.filter(({ types }) => isPrimary(types));
      assert.equal(primary, primaries.map(({ toId }) => toId).join(';'));
    }
  });

  it('hold ids of the sample account in log, webhook body and contacts', () => {
    const known = new Set([...Object.values(sampleIds).flat(), ...unknownSampleIds]);
    const logged = [...workspace('sync.log').matchAll(/(?:deal|contact|\/0-1\/) ?(\d+)/g)].map(([, id]) => id!);
    assert.equal(logged.length, 35);
    for (const id of logged) assert.ok(known.has(id), id);
    const events: Record<string, unknown>[] = JSON.parse(workspace('webhook.json'));
    for (const event of events) assert.ok(known.has(String(event.fromObjectId ?? event.objectId)));
    const contacts: { results: { id: string }[] } = JSON.parse(workspace('contacts.json'));
    for (const { id } of contacts.results) assert.ok(sampleIds.contact.includes(id));
  });
});
