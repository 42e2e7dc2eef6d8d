/**
 * Every request that this product sends to HubSpot, and each of them reads. A path is made here and nowhere else: what a table
 * row leaves open is filled only with what has the right form, so that no object type such as `../objects/contacts/batch/archive?`
 * can turn a read into something else. The client asks this table once more before it sends ({@link addressOf}).
 */
import { type ApiVersion, apiVersions } from '../domain/associations.ts';
import type { NeverSent } from '../domain/failure.ts';
import { isObjectTypeName } from '../domain/objectTypes.ts';
import { isRecordId } from '../domain/recordId.ts';

declare const made: unique symbol;

/** A request that reads. Only this file makes one. */
export interface ReadRequest {
  readonly method: 'GET' | 'POST';
  /** Path and query, encoded. */
  readonly path: string;
  /** JSON. */
  readonly body: string | undefined;
  readonly [made]: true;
}

/** A request that could not be made, because a part of it has no form that could stand there. */
export interface NotMade {
  readonly failure: NeverSent;
}

/** What a place in a path or a query takes, written as it is sent. */
const forms = {
  objectType: isObjectTypeName,
  recordId: isRecordId,
  pageSize: (text: string) => /^[1-9]\d{0,2}$/.test(text),
  cursor: (text: string) => /^(?:[A-Za-z0-9\-._~=]|%[\dA-Fa-f]{2})*$/.test(text),
  flag: (text: string) => text === 'true' || text === 'false',
  sensitivity: (text: string) => text === 'sensitive' || text === 'highly_sensitive',
};
type Form = keyof typeof forms;

interface Endpoint {
  readonly method: 'GET' | 'POST';
  /** Between the slashes either a fixed word or, in braces, the form of what stands there. */
  readonly path: string;
  readonly query?: Readonly<Record<string, Form>>;
}

/** A read under each version that has it, by the same question. */
type Versions = Readonly<Partial<Record<ApiVersion, Endpoint>>>;

/**
 * What is read from where under which version: the one table to change when a version ends. A version that lacks a read takes the
 * next newer one's (HubSpot's account details came to the date versions in 2026-09, for example).
 */
const reads = {
  associations: {
    v3: { method: 'POST', path: '/crm/v3/associations/{objectType}/{objectType}/batch/read' },
    '2026-03': { method: 'POST', path: '/crm/associations/2026-03/{objectType}/{objectType}/batch/read' },
    '2026-09': { method: 'POST', path: '/crm/associations/2026-09/{objectType}/{objectType}/batch/read' },
  },
  // v3 has none of its own.
  labels: {
    '2026-03': { method: 'GET', path: '/crm/associations/2026-03/{objectType}/{objectType}/labels' },
    '2026-09': { method: 'GET', path: '/crm/associations/2026-09/{objectType}/{objectType}/labels' },
  },
  records: {
    v3: { method: 'POST', path: '/crm/v3/objects/{objectType}/batch/read', query: { archived: 'flag' } },
    '2026-03': { method: 'POST', path: '/crm/objects/2026-03/{objectType}/batch/read', query: { archived: 'flag' } },
    '2026-09': { method: 'POST', path: '/crm/objects/2026-09/{objectType}/batch/read', query: { archived: 'flag' } },
  },
  properties: {
    v3: { method: 'GET', path: '/crm/v3/properties/{objectType}', query: { dataSensitivity: 'sensitivity' } },
    '2026-03': {
      method: 'GET',
      path: '/crm/properties/2026-03/{objectType}',
      query: { dataSensitivity: 'sensitivity' },
    },
    '2026-09': {
      method: 'GET',
      path: '/crm/properties/2026-09/{objectType}',
      query: { dataSensitivity: 'sensitivity' },
    },
  },
  /** Published for v3 alone; the date versions read it there too. */
  owners: {
    '2026-09': {
      method: 'GET',
      path: '/crm/v3/owners',
      query: { archived: 'flag', limit: 'pageSize', after: 'cursor' },
    },
  },
  schemas: {
    v3: { method: 'GET', path: '/crm-object-schemas/v3/schemas' },
    '2026-03': { method: 'GET', path: '/crm-object-schemas/2026-03/schemas' },
    '2026-09': { method: 'GET', path: '/crm-object-schemas/2026-09/schemas' },
  },
  recordUsage: {
    v3: { method: 'GET', path: '/crm/v3/limits/records' },
    '2026-09': { method: 'GET', path: '/crm/limits/2026-09/records' },
  },
  accountDetails: {
    v3: { method: 'GET', path: '/account-info/v3/details' },
    '2026-09': { method: 'GET', path: '/account-info/2026-09/details' },
  },
} as const satisfies Readonly<Record<string, Versions>>;

/** Only v3 has a way to read one record's associations where a cursor does not move, with the same data. */
const recordAssociations: Endpoint = {
  method: 'GET',
  path: '/crm/v3/objects/{objectType}/{recordId}/associations/{objectType}',
  query: { limit: 'pageSize', after: 'cursor' },
};
/** What v3 calls each type id in its answers; the date versions need no such names. */
const associationNames: Endpoint = { method: 'GET', path: '/crm/v3/associations/{objectType}/{objectType}/types' };
/** Has no version of its own. */
const tokenInfo: Endpoint = { method: 'POST', path: '/oauth/v2/private-apps/get/access-token-info' };

const table: readonly Endpoint[] = [
  ...Object.values(reads).flatMap((versions): readonly Endpoint[] => Object.values(versions)),
  recordAssociations,
  associationNames,
  tokenInfo,
];

/** Where this is read under a version, or under the next newer one that has it. Undefined for what is no version. */
function endpointOf(read: keyof typeof reads, version: ApiVersion): Endpoint | undefined {
  const at = apiVersions.indexOf(version);
  const versions: Versions = reads[read];
  return at < 0 ? undefined : apiVersions.slice(at).flatMap((each) => versions[each] ?? [])[0];
}

/** One record of a batch read: its id, and the cursor of a later page exactly as HubSpot gave it. */
export interface BatchInput {
  readonly id: string;
  readonly after?: string | undefined;
}

/** The batch read of associations: of these records with all records of the other type. */
export function associationsRequest(
  version: ApiVersion,
  from: string,
  to: string,
  inputs: readonly BatchInput[],
): ReadRequest | NotMade {
  if (!inputs.every(({ id }) => isRecordId(id))) return notMade('recordId');
  return make(endpointOf('associations', version), [from, to], {}, { inputs });
}

/**
 * One page of one record's associations under v3.
 * @param after the cursor as HubSpot gave it, which is percent-encoded already
 */
export function recordAssociationsRequest(
  from: string,
  id: string,
  to: string,
  after: string | undefined,
): ReadRequest | NotMade {
  const cursor: Record<string, string> = after === undefined ? {} : { after: encodedCursor(after) };
  return make(recordAssociations, [from, id, to], { limit: '500', ...cursor });
}

/** The association types between two object types in this direction, each with its label. */
export function labelsRequest(version: ApiVersion, from: string, to: string): ReadRequest | NotMade {
  return make(endpointOf('labels', version), [from, to]);
}

/** The same types with the names that v3 has for them. */
export function associationNamesRequest(from: string, to: string): ReadRequest | NotMade {
  return make(associationNames, [from, to]);
}

/** Which records a batch read asks for, and what of them. */
export interface RecordsAsked {
  readonly ids: readonly string[];
  readonly properties: readonly string[];
  /** True asks among the archived ones only. */
  readonly archived: boolean;
}

/** The batch read of records with some of their properties. */
export function recordsRequest(
  version: ApiVersion,
  objectType: string,
  { ids, properties, archived }: RecordsAsked,
): ReadRequest | NotMade {
  if (!ids.every(isRecordId)) return notMade('recordId');
  const inputs = ids.map((id) => ({ id }));
  return make(endpointOf('records', version), [objectType], { archived: String(archived) }, { inputs, properties });
}

/** The properties that an object type has. Without a sensitivity HubSpot lists those that are not sensitive. */
export function propertiesRequest(
  version: ApiVersion,
  objectType: string,
  sensitivity: string | undefined,
): ReadRequest | NotMade {
  const query: Record<string, string> = sensitivity === undefined ? {} : { dataSensitivity: sensitivity };
  return make(endpointOf('properties', version), [objectType], query);
}

/**
 * One page of those whom records can belong to.
 * @param after the cursor as HubSpot gave it
 */
export function ownersRequest(
  version: ApiVersion,
  { archived, after }: { readonly archived: boolean; readonly after: string | undefined },
): ReadRequest | NotMade {
  const cursor: Record<string, string> = after === undefined ? {} : { after: encodedCursor(after) };
  return make(endpointOf('owners', version), [], { archived: String(archived), limit: '500', ...cursor });
}

/** The custom object types of the account. */
export function schemasRequest(version: ApiVersion): ReadRequest | NotMade {
  return make(endpointOf('schemas', version), []);
}

/** How many records of each object type the account has. */
export function recordUsageRequest(version: ApiVersion): ReadRequest | NotMade {
  return make(endpointOf('recordUsage', version), []);
}

/** What HubSpot says of the account. */
export function accountDetailsRequest(version: ApiVersion): ReadRequest | NotMade {
  return make(endpointOf('accountDetails', version), []);
}

/** The portal and the scopes of a token, which has to stand in the body too. */
export function tokenInfoRequest(token: string): ReadRequest | NotMade {
  return make(tokenInfo, [], {}, { tokenKey: token });
}

/**
 * The whole address of a request, or undefined where it is none of this table: then it must not be sent. This does not rely on
 * how the request was made. It also holds the address against what the URL parser makes of it, which takes `..`, `\`, tabs
 * and line breaks in its own way: what would be sent has to be what was looked at.
 * @param origin such as `https://api.hubapi.com`
 */
export function addressOf(request: ReadRequest, origin: string): string | undefined {
  const { method, path, body } = request;
  if ((method === 'GET') !== (body === undefined)) return undefined;
  if (!table.some((endpoint) => endpoint.method === method && leadsTo(endpoint, path))) return undefined;
  const address = origin + path;
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  // An origin with a path, a query or a user's name of its own would make something else of the path.
  return url.origin === origin && url.pathname + url.search === path && url.href === address ? address : undefined;
}

function leadsTo(endpoint: Endpoint, path: string): boolean {
  const mark = path.indexOf('?');
  const segments = (mark < 0 ? path : path.slice(0, mark)).split('/');
  const expected = endpoint.path.split('/');
  if (segments.length !== expected.length) return false;
  const isPath = expected.every((word, at) => {
    const form = formIn(word);
    return form ? forms[form](segments[at]!) : word === segments[at];
  });
  if (!isPath || mark < 0) return isPath;
  const { query = {} } = endpoint;
  const seen = new Set<string>();
  return path
    .slice(mark + 1)
    .split('&')
    .every((pair) => {
      const [name = '', value = ''] = pair.split(/=(.*)/s);
      const isNew = !seen.has(name);
      seen.add(name);
      return isNew && Object.hasOwn(query, name) && forms[query[name]!](value);
    });
}

/** @param endpoint undefined where there is no such version */
function make(
  endpoint: Endpoint | undefined,
  values: readonly string[],
  query: Readonly<Record<string, string>> = {},
  body?: unknown,
): ReadRequest | NotMade {
  if (!endpoint) return notMade('apiVersion');
  const { method, path, query: places = {} } = endpoint;
  const segments: string[] = [];
  let next = 0;
  for (const word of path.split('/')) {
    const form = formIn(word);
    const value = form ? values[next++] : word;
    if (value === undefined || (form && !forms[form](value))) return notMade(partOf(form));
    segments.push(form ? encodeURIComponent(value) : value);
  }
  for (const [name, value] of Object.entries(query)) {
    if (!forms[places[name]!](value)) return notMade(partOf(places[name]));
  }
  const pairs = Object.entries(query).map(([name, value]) => `${name}=${value}`);
  const whole = segments.join('/') + (pairs.length > 0 ? `?${pairs.join('&')}` : '');
  return { method, path: whole, body: body === undefined ? undefined : JSON.stringify(body) } as ReadRequest;
}

function formIn(word: string): Form | undefined {
  return word.startsWith('{') ? (word.slice(1, -1) as Form) : undefined;
}

function partOf(form: Form | undefined): NeverSent['part'] {
  return form === 'objectType' || form === 'recordId' ? form : 'request';
}

function notMade(part: NeverSent['part']): NotMade {
  return { failure: { kind: 'neverSent', part } };
}

/** A cursor comes percent-encoded already, so only what could break the query is encoded. */
function encodedCursor(after: string): string {
  return after.replace(/%(?![\dA-Fa-f]{2})|[^A-Za-z0-9\-._~%=]/gu, encoded);
}

/** Half of a pair of surrogates, which JSON can hold, has no encoding. */
function encoded(character: string): string {
  return /\p{Surrogate}/u.test(character) ? '%EF%BF%BD' : encodeURIComponent(character);
}
