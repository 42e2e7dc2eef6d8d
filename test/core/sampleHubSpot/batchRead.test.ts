import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ApiVersion } from '../../../src/core/domain/associations.ts';
import { createPortal, type PortalOptions } from '../../../src/core/sampleHubSpot/portal.ts';
import { sampleIds, samplePortalId } from '../../../src/core/sampleHubSpot/sampleAccount.ts';
import { createSamplePortal, samplePairs, unknownSampleIds } from '../../../src/core/sampleHubSpot/sampleHubSpot.ts';
import { dealId, generatedAccount } from '../../hubspotStandIn/generatedAccount.ts';

const paths: Readonly<Record<ApiVersion, string>> = {
  v3: '/crm/v3/associations',
  '2026-03': '/crm/associations/2026-03',
  '2026-09': '/crm/associations/2026-09',
};

const now = () => Date.UTC(2026, 10, 23, 9);

function ask(
  from: string,
  to: string,
  inputs: readonly (string | { id: string; after?: string })[],
  {
    version = 'v3',
    portal = createSamplePortal({ now }),
  }: { version?: ApiVersion; portal?: ReturnType<typeof createPortal> } = {},
) {
  const body = JSON.stringify({ inputs: inputs.map((input) => (typeof input === 'string' ? { id: input } : input)) });
  const path = `${paths[version]}/${from}/${to}/batch/read`;
  const answer = portal.answer({ method: 'POST', path, headers: {}, body });
  return { status: answer.status, headers: answer.headers, body: JSON.parse(answer.body) };
}

const generated = (contacts: number, options: PortalOptions = {}) =>
  createPortal(generatedAccount({ deals: 50, contacts, companies: 3 }), options);

describe('the portal reading associations in batches', () => {
  it('answers 200 without errors when every record has associations', () => {
    const { status, body } = ask('deals', 'companies', [sampleIds.deal[1]!]);
    assert.equal(status, 200);
    assert.deepEqual(body, {
      status: 'COMPLETE',
      results: [
        {
          from: { id: '17982959798' },
          to: [
            { id: '17497806402', type: 'deal_to_company' },
            { id: '17497806402', type: 'deal_to_company_unlabeled' },
          ],
        },
      ],
      startedAt: '2026-11-23T08:59:59.959Z',
      completedAt: '2026-11-23T09:00:00.000Z',
    });
  });

  it('answers 207 with one error for each record without associations and each unknown record', () => {
    const { status, body } = ask('0-3', 'COMPANIES', [sampleIds.deal[6]!, sampleIds.deal[1]!, '34461455164']);
    assert.equal(status, 207);
    assert.deepEqual(
      body.results.map((result: { from: unknown }) => result.from),
      [{ id: sampleIds.deal[1] }],
    );
    assert.equal(body.numErrors, 2);
    assert.deepEqual(body.errors[1], {
      status: 'error',
      category: 'OBJECT_NOT_FOUND',
      subCategory: 'crm.associations.NO_ASSOCIATIONS_FOUND',
      message: 'No company is associated with deal 34461455164.',
      context: { fromObjectId: ['34461455164'], fromObjectType: ['deal'], toObjectType: ['company'] },
    });
  });

  it('answers 207 with no results when nobody knows any of the ids', () => {
    const { status, body } = ask('deals', 'companies', unknownSampleIds);
    assert.equal(status, 207);
    assert.deepEqual([body.results, body.numErrors], [[], unknownSampleIds.length]);
  });

  it('has the errors inside 200 in 2026-09, and in 207 in 2026-03', () => {
    const about = (version: ApiVersion) => {
      const { status, body } = ask('deals', 'companies', unknownSampleIds, { version });
      return [status, body.numErrors];
    };
    assert.deepEqual(about('2026-09'), [200, 3]);
    assert.deepEqual(about('2026-03'), [207, 3]);
  });

  it('shows only the primary company under v3, with its labels, and all companies under the date versions', () => {
    const deal = sampleIds.deal[0]!;
    assert.deepEqual(ask('deals', 'companies', [deal]).body.results[0].to, [
      { id: '17497073299', type: 'deal_to_company' },
      { id: '17497073299', type: 'deal_to_company_unlabeled' },
      { id: '17497073299', type: 'billing_company' },
    ]);
    assert.deepEqual(ask('deals', 'companies', [deal], { version: '2026-03' }).body.results[0].to, [
      {
        toObjectId: 17497073299,
        associationTypes: [
          { category: 'HUBSPOT_DEFINED', typeId: 5, label: 'Primary' },
          { category: 'HUBSPOT_DEFINED', typeId: 341, label: null },
          { category: 'USER_DEFINED', typeId: 65, label: 'Billing company' },
        ],
      },
      {
        toObjectId: 17497596944,
        associationTypes: [
          { category: 'HUBSPOT_DEFINED', typeId: 341, label: null },
          { category: 'USER_DEFINED', typeId: 67, label: 'Reseller' },
        ],
      },
    ]);
  });

  it('says none under v3 for a deal whose companies are all not primary', () => {
    const deal = sampleIds.deal[10]!;
    assert.equal(ask('deals', 'companies', [deal]).body.numErrors, 1);
    assert.equal(ask('deals', 'companies', [deal], { version: '2026-09' }).body.results[0].to.length, 1);
  });

  it('does not answer in the order it was asked', () => {
    const ids = samplePairs.companiesToContacts.ids;
    const answered = ask('companies', 'contacts', ids).body.results.map(
      (result: { from: { id: string } }) => result.from.id,
    );
    assert.notDeepEqual(answered, ids);
    assert.deepEqual(answered.toSorted(), [...ids].sort());
  });

  it('answers a repeated id once', () => {
    const deal = sampleIds.deal[1]!;
    assert.equal(ask('deals', 'companies', [deal, deal]).body.results.length, 1);
  });

  it('takes a type by id, plural, singular, any case and by p<portal>_<name> and p_<name>, but not by its bare name', () => {
    const installation = sampleIds.installation[0]!;
    for (const name of [
      '2-141736208',
      `p${samplePortalId}_installations`,
      `P${samplePortalId}_INSTALLATIONS`,
      'p_installations',
    ]) {
      assert.equal(ask(name, 'company', [installation]).status, 200);
    }
    const { status, body } = ask('installations', 'company', [installation]);
    assert.deepEqual(
      [status, body.message, body.category],
      [400, 'Unable to infer object type from: installations', undefined],
    );
    assert.equal(ask('0-9999', 'company', ['1']).body.message, 'Invalid object or event type id: 0-9999');
  });

  it('looks at the type before the scope, and names the scopes that are missing', () => {
    assert.equal(
      ask('feedback_submissions', 'widgets', ['1']).body.message,
      'Unable to infer object type from: widgets',
    );
    const { status, body } = ask('deals', 'feedback_submissions', [sampleIds.deal[0]!]);
    assert.deepEqual([status, body.category], [403, 'MISSING_SCOPES']);
    assert.deepEqual(body.errors[0].context, { requiredGranularScopes: ['crm.objects.feedback_submissions.read'] });
  });

  it('takes 1,000 inputs and refuses 1,001', () => {
    const ids = Array.from({ length: 1001 }, (_, nth) => String(70_000_000_000 + nth));
    assert.equal(ask('deals', 'companies', ids.slice(1)).status, 207);
    const { status, body } = ask('deals', 'companies', ids);
    assert.deepEqual([status, body.category], [400, 'VALIDATION_ERROR']);
  });

  it('refuses what is no JSON, no list of inputs, no id', () => {
    const portal = createSamplePortal();
    const path = '/crm/v3/associations/deals/companies/batch/read';
    for (const body of ['{"inputs":[', '{"inputs":{}}', '{"inputs":[{}]}', undefined]) {
      const answer = portal.answer({ method: 'POST', path, headers: {}, ...(body === undefined ? {} : { body }) });
      assert.equal(answer.status, 400, body);
      assert.match(answer.body, /"message":"Invalid input JSON on line 1/);
    }
  });

  it('answers for an id that is no number with an error of its own', () => {
    const { status, body } = ask('deals', 'companies', ['12a', sampleIds.deal[0]!]);
    assert.deepEqual([status, body.results.length], [207, 1]);
    assert.deepEqual(
      [body.errors[0].category, body.errors[0].subCategory, body.errors[0].context],
      ['VALIDATION_ERROR', 'crm.associations.INVALID_IDENTIFIER', { id: ['12a'] }],
    );
  });

  it('has a page for each record, with cursors that come percent-encoded and have to go back as they came', () => {
    const portal = generated(7, { pageSize: 3 });
    const [id, other] = [dealId(4), dealId(5)];
    const first = ask('deals', 'contacts', [id, other], { portal }).body;
    const page = first.results.find((result: { from: { id: string } }) => result.from.id === id);
    assert.equal(page.to.length, 3);
    const { after } = page.paging.next;
    assert.match(page.paging.next.link, /^https:\/\/api\.hubapi\.com\/crm\/v3\/objects\/0-3\/\d+\/associations\/0-1\?/);
    const second = ask('deals', 'contacts', [{ id, after }], { portal }).body.results[0];
    const third = ask('deals', 'contacts', [{ id, after: second.paging.next.after }], { portal }).body.results[0];
    assert.equal(third.paging, undefined);
    const read = [page, second, third].flatMap(({ to }) => to.map((row: { id: string }) => row.id));
    assert.deepEqual(
      read,
      portal.associationsOf('deals', id, 'contacts').map(({ toId }) => toId),
    );
    for (const wrong of [`${after}x`, encodeURIComponent(after), 'nonsense', '']) {
      assert.equal(ask('deals', 'contacts', [{ id, after: wrong }], { portal }).status, 400, wrong);
    }
  });

  it('gives out cursors that are percent-encoded base64 of category, type and last id', () => {
    const { body } = ask('companies', 'contacts', samplePairs.largestCompanyToContacts.ids);
    const { after } = body.results[0].paging.next;
    assert.match(after, /%3D$/);
    assert.match(Buffer.from(decodeURIComponent(after), 'base64').toString(), /^0-2-\d{11,12}$/);
  });

  it('cuts v3 pages between the types of one associated record', () => {
    const portal = generated(1, { pageSize: 1 });
    const first = ask('deals', 'companies', [dealId(0)], { portal }).body.results[0];
    const second = ask('deals', 'companies', [{ id: dealId(0), after: first.paging.next.after }], { portal }).body
      .results[0];
    assert.deepEqual(
      [first.to, second.to],
      [[{ id: '50000000000', type: 'deal_to_company' }], [{ id: '50000000000', type: 'deal_to_company_unlabeled' }]],
    );
    assert.deepEqual(portal.associationsOf('deals', dealId(0), 'companies'), [
      { toId: '50000000000', types: [{ name: 'deal_to_company' }, { name: 'deal_to_company_unlabeled' }] },
    ]);
  });

  it('keeps ids beyond 2^53 whole', () => {
    const account = generatedAccount({ deals: 1 });
    const portal = createPortal({
      ...account,
      associations: () => [
        { toId: '9007199254740993', definitions: account.definitions('0-3', '0-1') },
        { toId: '9007199254740991', definitions: account.definitions('0-3', '0-1') },
      ],
    });
    const { to } = ask('deals', 'contacts', [dealId(0)], { portal, version: '2026-03' }).body.results[0];
    assert.deepEqual(
      to.map((row: { toObjectId: unknown }) => row.toObjectId),
      [9007199254740991, '9007199254740993'],
    );
  });

  it('has the correlation id in the header, and in the body of an error', () => {
    const { headers, body } = ask('widgets', 'deals', ['1']);
    assert.match(body.correlationId, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
    assert.equal(headers['x-hubspot-correlation-id'], body.correlationId);
  });
});
