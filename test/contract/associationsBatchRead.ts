/**
 * HubSpot's published contract for reading associations in batches, reduced to its facts: paths, statuses, fields and their
 * types, for each version. And the places where HubSpot has been seen to answer otherwise, which is what the product has to
 * live with.
 * Source: HubSpot's OpenAPI descriptions of the associations API v3, 2026-03 and 2026-09.
 */

import type { ApiVersion } from '../../src/core/domain/associations.ts';
import type { Shape } from './shape.ts';

export interface Contract {
  readonly method: 'POST';
  readonly path: string;
  /** Statuses with a body of their own; every other one has an error body. */
  readonly answers: Readonly<Record<number, Shape>>;
  readonly request: Shape;
  readonly error: Shape;
}

const publicObjectId: Shape = { required: { id: 'string' } };

const paging: Shape = {
  required: {},
  optional: {
    next: { required: { after: 'string' }, optional: { link: 'string' } },
    prev: { required: { before: 'string' }, optional: { link: 'string' } },
  },
};

const errorDetail: Shape = {
  required: { message: 'string' },
  optional: { code: 'string', context: { mapOf: { listOf: 'string' } }, in: 'string', subCategory: 'string' },
};

const errorInBatch: Shape = {
  required: {
    category: 'string',
    context: { mapOf: { listOf: 'string' } },
    errors: { listOf: errorDetail },
    links: { mapOf: 'string' },
    message: 'string',
    status: 'string',
  },
  optional: { id: 'string', subCategory: 'object' },
};

const wholeError: Shape = {
  required: { category: 'string', correlationId: 'uuid', message: 'string' },
  optional: {
    context: { mapOf: { listOf: 'string' } },
    errors: { listOf: errorDetail },
    links: { mapOf: 'string' },
    subCategory: 'string',
  },
};

const v3To: Shape = { required: { id: 'string', type: 'string' } };

const dateTo = (ends: Readonly<Record<string, Shape>>): Shape => ({
  required: {
    associationTypes: {
      listOf: {
        required: {
          category: { oneOf: ['HUBSPOT_DEFINED', 'INTEGRATOR_DEFINED', 'USER_DEFINED', 'WORK'] },
          typeId: 'integer',
        },
        optional: { label: 'string', ...ends },
      },
    },
    toObjectId: 'string',
  },
});

function answer(to: Shape, withErrors: boolean): Shape {
  return {
    required: {
      completedAt: 'dateTime',
      results: { listOf: { required: { from: publicObjectId, to: { listOf: to } }, optional: { paging } } },
      startedAt: 'dateTime',
      status: { oneOf: ['CANCELED', 'COMPLETE', 'PENDING', 'PROCESSING'] },
    },
    optional: {
      links: { mapOf: 'string' },
      requestedAt: 'dateTime',
      ...(withErrors ? { errors: { listOf: errorInBatch }, numErrors: 'integer' } : {}),
    },
  };
}

const inputs = (input: Shape): Shape => ({ required: { inputs: { listOf: input } } });
const inputWithCursor: Shape = { required: { id: 'string' }, optional: { after: 'string' } };
const bothEnds: Readonly<Record<string, Shape>> = { fromObjectTypeId: 'string', toObjectTypeId: 'string' };

export const contracts: Readonly<Record<ApiVersion, Contract>> = {
  v3: {
    method: 'POST',
    path: '/crm/v3/associations/{fromObjectType}/{toObjectType}/batch/read',
    answers: { 200: answer(v3To, false), 207: answer(v3To, true) },
    request: inputs(publicObjectId),
    error: wholeError,
  },
  '2026-03': {
    method: 'POST',
    path: '/crm/associations/2026-03/{fromObjectType}/{toObjectType}/batch/read',
    answers: { 200: answer(dateTo(bothEnds), false), 207: answer(dateTo(bothEnds), true) },
    request: inputs(inputWithCursor),
    error: wholeError,
  },
  '2026-09': {
    method: 'POST',
    path: '/crm/associations/2026-09/{fromObjectType}/{toObjectType}/batch/read',
    answers: { 200: answer(dateTo({}), true) },
    request: inputs(inputWithCursor),
    error: wholeError,
  },
};

const inEveryErrorOfABatch = [
  // As captured from live 207s, twice, in two versions.
  'errors[].errors: missing',
  'errors[].links: missing',
  'errors[].subCategory: string, not object',
];

const inEveryRefusal = [
  // HubSpot's error bodies begin with it everywhere; the contract does not know it.
  'status: unknown',
];

const inEveryDateVersion = [
  // HubSpot's own example and live captures have a number; ids beyond 2^53 are why both are read.
  'results[].to[].toObjectId: number, not string',
  // Unlabelled types come with a label of null instead of none.
  'results[].to[].associationTypes[].label: null, not string',
];

/** How HubSpot's answers are known to differ from its contract. The stand-in differs in exactly these places. */
export const knownDeviations: Readonly<
  Record<
    ApiVersion,
    { readonly answers: readonly string[]; readonly errors: readonly string[]; readonly requests: readonly string[] }
  >
> = {
  v3: {
    answers: inEveryErrorOfABatch,
    errors: [
      ...inEveryRefusal,
      // Seen for unknown object types and for malformed JSON.
      'category: missing',
    ],
    // The contract's own text says to send `after` beside `id`; its schema for v3 forgot it.
    requests: ['inputs[].after: unknown'],
  },
  '2026-03': {
    answers: [...inEveryErrorOfABatch, ...inEveryDateVersion],
    errors: [...inEveryRefusal, 'category: missing'],
    requests: [],
  },
  '2026-09': {
    answers: [...inEveryErrorOfABatch, ...inEveryDateVersion],
    errors: [...inEveryRefusal, 'category: missing'],
    requests: [],
  },
};
