import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createPortal } from '../../../src/core/sampleHubSpot/portal.ts';
import { forbiddenTypeName, sampleIds, samplePortalId } from '../../../src/core/sampleHubSpot/sampleAccount.ts';
import { createSamplePortal, samplePairs } from '../../../src/core/sampleHubSpot/sampleHubSpot.ts';
import { dealId, generatedAccount } from '../../hubspotStandIn/generatedAccount.ts';

function read(
  path: string,
  { method = 'GET', body }: { method?: string; body?: unknown } = {},
  portal = createSamplePortal(),
) {
  const answer = portal.answer({
    method,
    path,
    headers: {},
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: JSON.parse(answer.body) };
}

describe("the portal's other endpoints", () => {
  it("reads one record's associations page by page", () => {
    const portal = createPortal(generatedAccount({ deals: 3, contacts: 1200 }));
    const ids: string[] = [];
    let pages = 0;
    for (let after: string | undefined = ''; after !== undefined; pages++) {
      const query: string = after === '' ? 'limit=500' : `limit=500&after=${after}`;
      const { status, body } = read(`/crm/v3/objects/deals/${dealId(2)}/associations/0-1?${query}`, {}, portal);
      assert.equal(status, 200);
      ids.push(...body.results.map((row: { id: string }) => row.id));
      after = body.paging?.next.after;
    }
    assert.deepEqual([pages, ids.length, new Set(ids).size], [3, 1200, 1200]);
  });

  it('takes a cursor in a URL encoded once, and refuses one that was encoded twice', () => {
    const path = `/crm/v3/objects/companies/${samplePairs.largestCompanyToContacts.ids[0]}/associations/contacts`;
    const { after } = read(`${path}?limit=100`).body.paging.next;
    assert.match(after, /%3D$/);
    assert.equal(read(`${path}?after=${after}`).status, 200);
    assert.equal(read(`${path}?after=${encodeURIComponent(after)}`).status, 400);
  });

  it('says 404 for an unknown record and an empty list for one without associations', () => {
    assert.equal(read('/crm/v3/objects/deals/34461455164/associations/companies').status, 404);
    assert.deepEqual(read(`/crm/v3/objects/deals/${sampleIds.deal[6]}/associations/companies`).body, { results: [] });
  });

  it('has the twin of 2026-03 and none in 2026-09', () => {
    const path = (version: string) => `/crm/objects/${version}/deals/${sampleIds.deal[1]}/associations/contacts`;
    assert.deepEqual(read(path('2026-03')).body.results[0].associationTypes, [
      { category: 'HUBSPOT_DEFINED', typeId: 3, label: null },
    ]);
    assert.equal(read(path('2026-09')).status, 404);
  });

  it('names association types and labels', () => {
    assert.deepEqual(read('/crm/v3/associations/tickets/company/types').body.results, [
      { id: '26', name: 'ticket_to_company' },
      { id: '339', name: 'ticket_to_company_unlabeled' },
    ]);
    assert.deepEqual(read('/crm/associations/2026-09/contacts/companies/labels').body.results, [
      { category: 'HUBSPOT_DEFINED', typeId: 1, label: 'Primary' },
      { category: 'HUBSPOT_DEFINED', typeId: 279, label: null },
      { category: 'USER_DEFINED', typeId: 61, label: 'Decision maker' },
      { category: 'USER_DEFINED', typeId: 63, label: 'Former employer' },
    ]);
  });

  it('gives names, with missing records in one error', () => {
    const path = '/crm/v3/objects/deals/batch/read?archived=false';
    const { status, body } = read(path, {
      method: 'POST',
      body: {
        inputs: [sampleIds.deal[0]!, '1', '2'].map((id) => ({ id })),
        properties: ['dealname', 'hs_merged_object_ids', 'nothing'],
      },
    });
    assert.equal(status, 207);
    assert.equal(body.results[0].properties.dealname, 'Basalt Bay Seafood - annual licence');
    assert.equal(body.results[0].properties.hs_merged_object_ids, null, 'unset');
    assert.ok(!('nothing' in body.results[0].properties), 'a property that the type has not got');
    assert.equal(body.results[0].properties.hs_object_id, sampleIds.deal[0]);
    assert.equal(
      body.results[0].url,
      `https://app-eu1.hubspot.com/contacts/${samplePortalId}/record/0-3/${sampleIds.deal[0]}`,
    );
    assert.deepEqual([body.numErrors, body.errors[0].context], [1, { ids: ['1', '2'] }]);
    const many = Array.from({ length: 101 }, (_, nth) => ({ id: String(nth + 1) }));
    assert.equal(read(path, { method: 'POST', body: { inputs: many, properties: [] } }).status, 400);
  });

  it('tells the custom object types, the account and the token', () => {
    const [schema] = read('/crm-object-schemas/v3/schemas').body.results;
    assert.deepEqual(
      [schema.objectTypeId, schema.fullyQualifiedName, schema.labels.plural, schema.primaryDisplayProperty],
      ['2-141736208', `p${samplePortalId}_installations`, 'Installations', 'installation_name'],
    );
    assert.equal(read('/account-info/v3/details').body.portalId, samplePortalId);
    const info = read('/oauth/v2/private-apps/get/access-token-info', {
      method: 'POST',
      body: { tokenKey: 'any' },
    }).body;
    assert.equal(info.hubId, samplePortalId);
    assert.ok(info.scopes.includes('crm.objects.deals.read'));
    assert.ok(!info.scopes.includes(`crm.objects.${forbiddenTypeName}.read`));
  });

  it('asks for a token where there are tokens', () => {
    const tokens = new Set(['good']);
    const portal = createSamplePortal({ tokens });
    const status = (authorization?: string) =>
      portal.answer({
        method: 'GET',
        path: '/account-info/v3/details',
        headers: authorization === undefined ? {} : { authorization },
      }).status;
    assert.deepEqual([status(), status('Bearer bad'), status('Bearer good')], [401, 401, 200]);
    tokens.clear();
    assert.equal(status('Bearer good'), 401);
  });

  it('knows no other path', () => {
    assert.equal(read('/crm/v3/objects/deals').status, 404);
    assert.equal(read('/crm/v3/associations/deals/companies/batch/create', { method: 'POST', body: {} }).status, 404);
  });
});

describe("the portal's fetch", () => {
  const url = 'https://api.hubapi.com/account-info/v3/details';

  it('answers later, with headers in any case', async () => {
    const response = await createSamplePortal().fetch(url, { method: 'GET', headers: {} });
    assert.equal(response.status, 200);
    assert.equal(response.headers.get('Content-Type'), 'application/json;charset=utf-8');
    assert.equal(response.headers.get('retry-after'), null);
    assert.equal(JSON.parse(await response.text()).portalId, samplePortalId);
  });

  it('rejects with the reason of the signal, before, while waiting and at the body', async () => {
    const reason = new Error('enough');
    const portal = createSamplePortal({ latency: 60_000 });
    await assert.rejects(portal.fetch(url, { method: 'GET', headers: {}, signal: AbortSignal.abort(reason) }), reason);
    const waiting = new AbortController();
    const answer = portal.fetch(url, { method: 'GET', headers: {}, signal: waiting.signal });
    waiting.abort(reason);
    await assert.rejects(answer, reason);
    const late = new AbortController();
    const response = await createSamplePortal().fetch(url, { method: 'GET', headers: {}, signal: late.signal });
    late.abort(reason);
    await assert.rejects(response.text(), reason);
  });
});
