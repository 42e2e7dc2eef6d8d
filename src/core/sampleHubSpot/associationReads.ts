/** The association endpoints: the batch read in every version, one record's associations, labels and types. */

import { invalidJson, PortalError, parseJson, resourceNotFound, tooManyInputs } from './answers.ts';
import type { EndpointAnswer, PortalState } from './endpoint.ts';
import { pageOf, type Row } from './pages.ts';

/** HubSpot's limit on the inputs of one batch read, v3 and later. */
const batchReadLimit = 1000;

export type BatchReadVersion = 'v3' | '2026-03' | '2026-09';

interface BatchInput {
  readonly id: string;
  readonly after?: string;
}

/** `POST .../associations/{from}/{to}/batch/read`. Types are resolved and scopes are checked before the body is read. */
export function batchRead(
  portal: PortalState,
  from: string,
  to: string,
  version: BatchReadVersion,
  body: string | undefined,
): EndpointAnswer {
  const fromType = portal.objectType(from);
  const toType = portal.objectType(to);
  portal.requireScopes(fromType, toType);
  const inputs = readInputs(body);
  if (inputs.length > batchReadLimit) throw tooManyInputs(batchReadLimit);
  const shape = version === 'v3' ? 'v3' : 'date';
  const results: { hash: number; result: unknown }[] = [];
  const errors: unknown[] = [];
  for (const { id, after } of new Map(inputs.map((input) => [input.id, input])).values()) {
    if (!/^\d{1,19}$/.test(id)) {
      errors.push(invalidIdentifier(id));
      continue;
    }
    const rows = portal.rows(fromType.id, id, toType.id, shape);
    if (rows.length === 0) {
      errors.push({
        status: 'error',
        category: 'OBJECT_NOT_FOUND',
        subCategory: 'crm.associations.NO_ASSOCIATIONS_FOUND',
        message: `No ${toType.singular} is associated with ${fromType.singular} ${id}.`,
        context: { fromObjectId: [id], fromObjectType: [fromType.singular], toObjectType: [toType.singular] },
      });
      continue;
    }
    const page = pageOf(rows, portal.pageSize, shape, after);
    const link = `https://api.hubapi.com/crm/v3/objects/${fromType.id}/${id}/associations/${toType.id}?portalId=${portal.account.details.portalId}&after=${page.after}`;
    results.push({
      hash: hashOf(id),
      result: {
        from: { id },
        to: wireRows(page.rows, shape),
        ...(page.after === undefined ? {} : { paging: { next: { after: page.after, link } } }),
      },
    });
  }
  // HubSpot's results do not stand in the order of the inputs.
  results.sort((one, other) => one.hash - other.hash);
  const times = portal.times();
  return {
    status: errors.length > 0 && version !== '2026-09' ? 207 : 200,
    body: {
      status: 'COMPLETE',
      results: results.map(({ result }) => result),
      ...(errors.length > 0 ? { numErrors: errors.length, errors } : {}),
      ...times,
    },
  };
}

/** An id that is no number is an error of its own, as captured in two versions; the other ids are answered. */
function invalidIdentifier(id: string) {
  return {
    status: 'error',
    category: 'VALIDATION_ERROR',
    subCategory: 'crm.associations.INVALID_IDENTIFIER',
    message: `Invalid identifier: ${id}`,
    context: { id: [id] },
  };
}

/** `GET .../objects/{from}/{id}/associations/{to}?limit&after`. A URL is decoded once, so a cursor that was encoded again is refused. */
export function recordAssociations(
  portal: PortalState,
  { from, id, to }: { readonly from: string; readonly id: string; readonly to: string },
  version: 'v3' | 'date',
  query: ReadonlyMap<string, string>,
): EndpointAnswer {
  const fromType = portal.objectType(from);
  const toType = portal.objectType(to);
  portal.requireScopes(fromType, toType);
  if (!portal.account.has(fromType.id, id)) throw resourceNotFound();
  const limit = Number(query.get('limit') ?? 500);
  if (!Number.isInteger(limit) || limit < 1 || limit > 500) {
    throw new PortalError(400, 'limit must be between 1 and 500', { category: 'VALIDATION_ERROR' });
  }
  const rows = portal.rows(fromType.id, id, toType.id, version);
  const after = query.get('after');
  const cursor = after === undefined ? undefined : encodeURIComponent(decodeURIComponent(after));
  const page = pageOf(rows, Math.min(limit, portal.recordPageSize), version, cursor);
  return {
    status: 200,
    body: {
      results: wireRows(page.rows, version),
      ...(page.after === undefined ? {} : { paging: { next: { after: page.after } } }),
    },
  };
}

/** `GET .../associations/{from}/{to}/labels`: category, type id and label of every definition. */
export function labels(portal: PortalState, from: string, to: string): EndpointAnswer {
  const results = definitions(portal, from, to).map(({ category, typeId, label }) => ({ category, typeId, label }));
  return { status: 200, body: { results } };
}

/** `GET /crm/v3/associations/{from}/{to}/types`: type id and v3 name of every definition. */
export function types(portal: PortalState, from: string, to: string): EndpointAnswer {
  const results = definitions(portal, from, to).map(({ typeId, name }) => ({ id: String(typeId), name }));
  return { status: 200, body: { results } };
}

function definitions(portal: PortalState, from: string, to: string) {
  const fromType = portal.objectType(from);
  const toType = portal.objectType(to);
  portal.requireScopes(fromType, toType);
  return portal.account.definitions(fromType.id, toType.id);
}

function wireRows(rows: readonly Row[], version: 'v3' | 'date'): readonly unknown[] {
  return version === 'v3' ? rows.map(v3Row) : rows.map(dateRow);
}

function v3Row(row: Row) {
  return { id: row.toId, type: row.definitions[0]!.name };
}

/** `toObjectId` is a number on the wire, though the specification says string; ids beyond 2^53 are kept whole as strings. */
function dateRow(row: Row) {
  const number = Number(row.toId);
  return {
    toObjectId: Number.isSafeInteger(number) ? number : row.toId,
    associationTypes: row.definitions.map(({ category, typeId, label }) => ({ category, typeId, label })),
  };
}

function readInputs(body: string | undefined): readonly BatchInput[] {
  const parsed = parseJson(body);
  const inputs = typeof parsed === 'object' && parsed !== null && 'inputs' in parsed ? parsed.inputs : [];
  if (!Array.isArray(inputs)) {
    throw invalidJson('Cannot deserialize instance of `java.util.ArrayList` out of VALUE token');
  }
  return inputs.map((input: unknown) => {
    if (typeof input !== 'object' || input === null || !('id' in input)) {
      throw invalidJson('Cannot build PublicObjectId, some of required attributes are not set [id]');
    }
    const after = 'after' in input && typeof input.after === 'string' ? input.after : undefined;
    return { id: String(input.id), ...(after === undefined ? {} : { after }) };
  });
}

/** A fixed order that is not the input order. */
function hashOf(id: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < id.length; at++) hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}
