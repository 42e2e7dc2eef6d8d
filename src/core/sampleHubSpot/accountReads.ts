/** The endpoints around associations: names of records, custom object schemas, the account, the token. */

import { standardObjectTypes } from '../domain/objectTypes.ts';
import type { AccountObjectType, RecordProperties } from './accountData.ts';
import { invalidJson, missingScopes, parseJson, resourceNotFound, tooManyInputs } from './answers.ts';
import type { EndpointAnswer, PortalState } from './endpoint.ts';

/** HubSpot's limit on the inputs of one object batch read. */
const objectBatchLimit = 100;

const madeAt = '2024-02-19T08:30:00.000Z';

/**
 * `POST /crm/v3/objects/{type}/batch/read`. Missing records are grouped into one error, unlike in an association read. Asked
 * for archived ones it knows no others. A record that was merged away is answered by the survivor, under the survivor's id;
 * that HubSpot does so is not documented, and what it says otherwise is that there is no such record.
 */
export function objectBatchRead(
  portal: PortalState,
  type: string,
  body: string | undefined,
  archived = false,
): EndpointAnswer {
  const objectType = portal.objectType(type);
  portal.requireScopes(objectType);
  const { inputs, properties } = readBody(body);
  if (inputs.length > objectBatchLimit) throw tooManyInputs(objectBatchLimit);
  const { account } = portal;
  const isThere = (id: string) =>
    archived ? (account.isArchived?.(objectType.id, id) ?? false) : account.has(objectType.id, id);
  const answeredBy = (id: string) => {
    if (isThere(id)) return id;
    return archived ? undefined : account.survivorOf?.(objectType.id, id);
  };
  const missing = [...new Set(inputs)].filter((id) => answeredBy(id) === undefined);
  const ids = [...new Set(inputs.flatMap((id) => answeredBy(id) ?? []))];
  const { portalId, uiDomain } = portal.account.details;
  const told = properties.filter((name) => isTold(portal, objectType, name));
  const results = ids.map((id) => {
    // HubSpot sends these three whether they are asked for or not.
    const always = { createdate: madeAt, hs_object_id: id, lastmodifieddate: madeAt };
    const known: RecordProperties = { ...always, ...portal.account.properties(objectType.id, id) };
    return {
      id,
      properties: { ...always, ...Object.fromEntries(told.map((name) => [name, known[name] ?? null])) },
      createdAt: madeAt,
      updatedAt: madeAt,
      archived,
      url: `https://${uiDomain}/contacts/${portalId}/record/${objectType.id}/${id}`,
    };
  });
  const errors = {
    numErrors: 1,
    errors: [
      {
        status: 'error',
        category: 'OBJECT_NOT_FOUND',
        message: `Could not get some ${objectType.singular.toUpperCase()} objects, they may be deleted or not exist. Check that ids are valid.`,
        context: { ids: missing },
      },
    ],
  };
  return {
    status: missing.length > 0 ? 207 : 200,
    body: { status: 'COMPLETE', results, ...(missing.length > 0 ? errors : {}), ...portal.times() },
  };
}

/**
 * A record is sent without the properties that its type has not got, and without those that the token may not see. That HubSpot does
 * so, and does not refuse the call, is not documented for sensitive ones.
 */
function isTold({ account }: PortalState, { id }: AccountObjectType, name: string): boolean {
  const defined = account.propertyDefinitions?.(id) ?? [];
  if (defined.length === 0) return true;
  const property = defined.find((each) => each.name === name);
  const { dataSensitivity } = property ?? {};
  return (
    property !== undefined &&
    (!dataSensitivity || account.scopes.some((scope) => scope.includes(`.${dataSensitivity}.`)))
  );
}

/** `GET /crm-object-schemas/v3/schemas`: the custom object types of the account. */
export function schemas(portal: PortalState): EndpointAnswer {
  const results = portal.account.customTypes.map((type) => schemaOf(portal, type));
  return { status: 200, body: { results } };
}

function schemaOf(portal: PortalState, type: AccountObjectType) {
  const schema = type.custom!;
  return {
    id: type.id.slice(2),
    name: schema.name,
    labels: schema.labels,
    objectTypeId: type.id,
    fullyQualifiedName: schema.fullyQualifiedName,
    primaryDisplayProperty: schema.primaryDisplayProperty,
    secondaryDisplayProperties: [],
    requiredProperties: [schema.primaryDisplayProperty],
    searchableProperties: [schema.primaryDisplayProperty],
    archived: false,
    createdAt: madeAt,
    updatedAt: madeAt,
    properties: schema.properties.map((name) => ({ name, label: name, type: 'string', fieldType: 'text' })),
    associations: ['0-1', '0-2', '0-3', '0-5'].flatMap((toTypeId) =>
      portal.account.definitions(type.id, toTypeId).map((definition) => ({
        id: String(definition.typeId),
        fromObjectTypeId: type.id,
        toObjectTypeId: toTypeId,
        name: definition.name,
      })),
    ),
  };
}

/**
 * `GET /crm/v3/properties/{type}`: those of one sensitivity, those that are not sensitive unless another is asked for. Definitions of
 * sensitive properties need no scope of their own.
 */
export function propertyDefinitions(portal: PortalState, type: string, sensitivity = 'non_sensitive'): EndpointAnswer {
  const objectType = portal.objectType(type);
  portal.requireScopes(objectType);
  const results = (portal.account.propertyDefinitions?.(objectType.id) ?? [])
    .filter(({ dataSensitivity = 'non_sensitive' }) => dataSensitivity === sensitivity)
    .map((property) => ({
      updatedAt: madeAt,
      createdAt: madeAt,
      description: '',
      options: [],
      displayOrder: -1,
      calculated: false,
      externalOptions: property.referencedObjectType !== undefined,
      archived: false,
      hasUniqueValue: false,
      hidden: false,
      formField: false,
      ...property,
    }));
  return { status: 200, body: { results } };
}

/** So many records of one type an account may have at most. */
const recordLimit = 15_000_000;

/** `GET /crm/v3/limits/records`: how many records of each type the account has. An account that does not know says 403. */
export function recordUsage(portal: PortalState): EndpointAnswer {
  const { customTypes, recordCount } = portal.account;
  if (!recordCount) throw missingScopes(['crm.objects.contacts.read']);
  const share = (usage: number) => (100 * usage) / recordLimit;
  const hubspotDefinedObjectTypes = standardObjectTypes
    .filter(({ isOffered }) => isOffered)
    .map(({ id, label, pluralLabel }) => ({
      objectTypeId: id,
      singularLabel: label,
      pluralLabel,
      limit: recordLimit,
      usage: recordCount(id),
      percentage: share(recordCount(id)),
    }));
  const byObjectType = customTypes.map(({ id, custom }) => ({
    objectTypeId: id,
    singularLabel: custom?.labels.singular ?? id,
    pluralLabel: custom?.labels.plural ?? id,
    usage: recordCount(id),
  }));
  const overallUsage = byObjectType.reduce((sum, { usage }) => sum + usage, 0);
  const customObjectTypes = {
    overallLimit: recordLimit,
    overallUsage,
    overallPercentage: share(overallUsage),
    byObjectType,
  };
  return { status: 200, body: { hubspotDefinedObjectTypes, customObjectTypes } };
}

/** `GET /crm/v3/owners`: one page of those that are active, or of the archived ones. HubSpot's pages have 500 at most. */
export function owners({ account }: PortalState, query: ReadonlyMap<string, string>): EndpointAnswer {
  if (!account.scopes.includes(ownersScope)) throw missingScopes([ownersScope]);
  const archived = query.get('archived') === 'true';
  const all = (account.owners ?? []).filter((owner) => (owner.archived ?? false) === archived);
  const start = Number(query.get('after') ?? 0);
  const end = start + Math.min(Number(query.get('limit') ?? 100), 500);
  const results = all.slice(start, end).map((owner) => ({
    type: 'PERSON',
    createdAt: madeAt,
    updatedAt: madeAt,
    teams: [],
    ...owner,
    archived,
  }));
  const next = end < all.length ? { paging: { next: { after: String(end), link: '' } } } : {};
  return { status: 200, body: { results, ...next } };
}

const ownersScope = 'crm.objects.owners.read';

/** `GET /account-info/v3/details`. */
export function accountDetails(portal: PortalState): EndpointAnswer {
  return { status: 200, body: portal.account.details };
}

/** `POST /oauth/v2/private-apps/get/access-token-info`. */
export function accessTokenInfo(portal: PortalState, body: string | undefined): EndpointAnswer {
  const parsed = parseJson(body);
  const tokenKey = typeof parsed === 'object' && parsed !== null && 'tokenKey' in parsed ? parsed.tokenKey : undefined;
  if (typeof tokenKey !== 'string') throw invalidJson('Cannot build AccessTokenInfoRequest, [tokenKey] is not set');
  if (!portal.isToken(tokenKey)) throw resourceNotFound();
  const { portalId } = portal.account.details;
  return { status: 200, body: { userId: 61540027, hubId: portalId, appId: 7716042, scopes: portal.account.scopes } };
}

function readBody(body: string | undefined): { inputs: readonly string[]; properties: readonly string[] } {
  const parsed = parseJson(body);
  const read = (key: string): readonly unknown[] => {
    const value = typeof parsed === 'object' && parsed !== null ? new Map(Object.entries(parsed)).get(key) : undefined;
    return Array.isArray(value) ? value : [];
  };
  const inputs = read('inputs').flatMap((input) =>
    typeof input === 'object' && input !== null && 'id' in input ? [String(input.id)] : [],
  );
  return { inputs, properties: read('properties').map(String) };
}
