import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { BatchInputPublicObjectId } from '@hubspot/api-client/lib/codegen/crm/associations/models/BatchInputPublicObjectId.js';
import { BatchResponsePublicAssociationMulti } from '@hubspot/api-client/lib/codegen/crm/associations/models/BatchResponsePublicAssociationMulti.js';
import { BatchResponsePublicAssociationMultiWithErrors } from '@hubspot/api-client/lib/codegen/crm/associations/models/BatchResponsePublicAssociationMultiWithErrors.js';
import { StandardError } from '@hubspot/api-client/lib/codegen/crm/associations/models/StandardError.js';
import { type ApiVersion, apiVersions } from '../../../src/core/domain/associations.ts';
import { sampleIds } from '../../../src/core/sampleHubSpot/sampleAccount.ts';
import { samplePairs, unknownSampleIds } from '../../../src/core/sampleHubSpot/sampleHubSpot.ts';
import { contracts, knownDeviations } from '../../contract/associationsBatchRead.ts';
import { differences, type Shape } from '../../contract/shape.ts';
import type { StandIn } from '../../hubspotStandIn/standIn.ts';
import { startHubSpotStandIn } from '../../hubspotStandIn.ts';
import { read } from '../faults/underFaults.ts';

async function withStandIn(use: (standIn: StandIn) => Promise<void>): Promise<void> {
  const standIn = await startHubSpotStandIn({ pageSize: 30 });
  try {
    await use(standIn);
  } finally {
    await standIn.close();
  }
}

async function post(standIn: StandIn, version: ApiVersion, from: string, to: string, body: string) {
  const path = contracts[version].path.replace('{fromObjectType}', from).replace('{toObjectType}', to);
  const response = await fetch(standIn.origin + path, {
    method: contracts[version].method,
    headers: { authorization: `Bearer ${standIn.token}`, 'content-type': 'application/json' },
    body,
  });
  return { status: response.status, type: response.headers.get('content-type'), body: await response.json() };
}

const inputs = (ids: readonly string[]) => JSON.stringify({ inputs: ids.map((id) => ({ id })) });
const unique = (differences: readonly string[]) => [...new Set(differences)].sort();

describe("the stand-in's answers and HubSpot's published contract", () => {
  for (const version of apiVersions) {
    it(`differ only where HubSpot itself is known to differ (${version})`, () =>
      withStandIn(async (standIn) => {
        const found: string[] = [];
        const statuses = new Set<number>();
        for (const { from, to, ids } of [
          samplePairs.dealsToCompanies,
          samplePairs.companiesToContacts,
          samplePairs.contactsToTickets,
          { from: 'deals', to: 'companies', ids: unknownSampleIds },
          { from: 'deals', to: 'companies', ids: sampleIds.deal.slice(0, 2) },
        ]) {
          const { status, type, body } = await post(standIn, version, from, to, inputs(ids));
          const shape = contracts[version].answers[status];
          assert.ok(shape, `${status} is not declared`);
          assert.match(type ?? '', /^application\/json/);
          statuses.add(status);
          found.push(...differences(body, shape));
        }
        assert.deepEqual([...statuses].sort(), Object.keys(contracts[version].answers).map(Number));
        assert.deepEqual(unique(found), unique(knownDeviations[version].answers));
      }));

    it(`differ only where HubSpot itself is known to differ, in refusals too (${version})`, () =>
      withStandIn(async (standIn) => {
        const tooMany = Array.from({ length: 1001 }, (_, nth) => String(nth + 1));
        const refusals = [
          await post(standIn, version, 'widgets', 'deals', inputs(['1'])),
          await post(standIn, version, 'deals', 'feedback_submissions', inputs(['1'])),
          await post(standIn, version, 'deals', 'companies', '{"inputs":'),
          await post(standIn, version, 'deals', 'companies', inputs(tooMany)),
        ];
        standIn.issueToken();
        assert.deepEqual(
          refusals.map(({ status }) => status),
          [400, 403, 400, 400],
        );
        const found = refusals.flatMap(({ body }) => differences(body, contracts[version].error));
        assert.deepEqual(unique(found), unique(knownDeviations[version].errors));
      }));
  }
});

describe("our requests and HubSpot's published contract", () => {
  for (const version of apiVersions) {
    it(`agree in path, method, type and body (${version})`, () =>
      withStandIn(async (standIn) => {
        const { answer } = await read(
          standIn,
          { ...samplePairs.companiesToContacts, apiVersion: version },
          { batchSize: 4 },
        );
        assert.equal(answer.completeness, version === 'v3' ? 'primaryOnly' : 'complete');
        assert.ok(standIn.requests.length > 3, 'no further pages were asked for');
        const path = contracts[version].path
          .replace('{fromObjectType}', 'companies')
          .replace('{toObjectType}', 'contacts');
        const found: string[] = [];
        for (const request of standIn.requests) {
          assert.deepEqual([request.method, request.path], [contracts[version].method, path]);
          assert.equal(request.headers['content-type'], 'application/json');
          assert.equal(request.headers.authorization, 'Bearer <token>');
          found.push(...differences(request.body, contracts[version].request));
        }
        assert.deepEqual(unique(found), unique(knownDeviations[version].requests));
      }));
  }
});

describe('our copy of the contract', () => {
  const fieldsOf = (shape: Shape | undefined): readonly string[] => {
    assert.ok(typeof shape === 'object' && 'required' in shape);
    return Object.keys({ ...shape.required, ...shape.optional }).sort();
  };
  const officialFields = (model: { getAttributeTypeMap(): { baseName: string }[] }) =>
    model
      .getAttributeTypeMap()
      .map(({ baseName }) => baseName)
      .sort();

  it("has the fields that HubSpot's own client was generated with", () => {
    const { v3 } = contracts;
    assert.deepEqual(fieldsOf(v3.request), officialFields(BatchInputPublicObjectId));
    assert.deepEqual(fieldsOf(v3.answers[200]), officialFields(BatchResponsePublicAssociationMulti));
    assert.deepEqual(fieldsOf(v3.answers[207]), officialFields(BatchResponsePublicAssociationMultiWithErrors));
    const withErrors = v3.answers[207];
    assert.ok(typeof withErrors === 'object' && 'required' in withErrors);
    const errors = withErrors.optional?.errors;
    assert.ok(typeof errors === 'object' && 'listOf' in errors);
    assert.deepEqual(fieldsOf(errors.listOf), officialFields(StandardError));
  });
});
