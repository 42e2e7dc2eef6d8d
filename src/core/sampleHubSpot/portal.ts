/**
 * A HubSpot account behind the endpoints that this product calls, answering as HubSpot has been seen to answer, also where
 * that differs from its published contract. Pure and synchronous; `fetch` puts the Fetch API around it.
 */

import type { ApiVersion, Association } from '../domain/associations.ts';
import { standardObjectType } from '../domain/objectTypes.ts';
import type { Fetch } from '../hubspot/fetch.ts';
import type { Account, AccountObjectType } from './accountData.ts';
import {
  accessTokenInfo,
  accountDetails,
  objectBatchRead,
  owners,
  propertyDefinitions,
  recordUsage,
  schemas,
} from './accountReads.ts';
import {
  authenticationNotFound,
  errorAnswer,
  jsonHeaders,
  missingScopes,
  type PortalAnswer,
  PortalError,
  type PortalRequest,
  resourceNotFound,
} from './answers.ts';
import { batchRead, labels, recordAssociations, types } from './associationReads.ts';
import type { EndpointAnswer, PortalState } from './endpoint.ts';
import { associationsFromRows, rowReader } from './pages.ts';
import { portalFetch } from './portalFetch.ts';

export interface PortalOptions {
  /** Rows a page of one record in a batch read. HubSpot's is not published; 100 is what v3 began with. */
  readonly pageSize?: number;
  /** The most rows a page of one record's own associations. Default 500. */
  readonly recordPageSize?: number;
  /** Bearer tokens that open the account; the set may change while the portal lives. Without, none is asked for. */
  readonly tokens?: ReadonlySet<string>;
  /** Milliseconds since 1970. Default the real clock. */
  readonly now?: () => number;
  /** Milliseconds that `fetch` takes for an answer. Default 0. */
  readonly latency?: number;
}

export interface Portal {
  readonly account: Account;
  answer(request: PortalRequest): PortalAnswer;
  readonly fetch: Fetch;
  /**
   * The truth: the associations of a record as a perfect reader of all pages of this version would know them, each
   * associated record once, by id. Empty also when there is no such record. Throws for a type that HubSpot does not know.
   */
  associationsOf(from: string, id: string, to: string, how?: { readonly version?: ApiVersion }): readonly Association[];
}

export function createPortal(account: Account, options: PortalOptions = {}): Portal {
  const now = options.now ?? Date.now;
  const { tokens } = options;
  const scopes = new Set(account.scopes);
  let answers = 0;

  const state: PortalState = {
    account,
    pageSize: options.pageSize ?? 100,
    recordPageSize: options.recordPageSize ?? 500,
    rows: rowReader(account),
    objectType: (name) => objectTypeOf(account, name),
    requireScopes: (...needed) => {
      for (const type of needed) {
        if (!type.readScopes.some((scope) => scopes.has(scope))) throw missingScopes(type.readScopes);
      }
    },
    isToken: (token) => tokens === undefined || tokens.has(token),
    times: () => {
      const completed = now();
      return {
        startedAt: new Date(completed - 41).toISOString(),
        completedAt: new Date(completed).toISOString(),
      };
    },
  };

  const answer = (request: PortalRequest): PortalAnswer => {
    const correlationId = correlationIdOf(answers++);
    try {
      const bearer = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
      if (tokens !== undefined && (bearer === undefined || !tokens.has(bearer))) throw authenticationNotFound();
      const { status, body } = route(state, request);
      return {
        status,
        headers: { ...jsonHeaders, 'x-hubspot-correlation-id': correlationId },
        body: JSON.stringify(body),
      };
    } catch (error) {
      if (error instanceof PortalError) return errorAnswer(error, correlationId);
      throw error;
    }
  };

  return {
    account,
    answer,
    fetch: portalFetch(answer, options.latency ?? 0),
    associationsOf: (from, id, to, how = {}) => {
      const shape = (how.version ?? 'v3') === 'v3' ? 'v3' : 'date';
      return associationsFromRows(state.rows(state.objectType(from).id, id, state.objectType(to).id, shape), shape);
    },
  };
}

function route(portal: PortalState, request: PortalRequest): EndpointAnswer {
  const [path = '', search = ''] = request.path.split('?');
  const parts = path.split('/').filter((part) => part !== '');
  const query = new Map(
    search
      .split('&')
      .filter((pair) => pair !== '')
      .map((pair): [string, string] => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
  );
  const line = `${request.method} /${parts.map(decodeURIComponent).join('/')}`;
  const match = (pattern: RegExp): readonly string[] | undefined => pattern.exec(line)?.slice(1);

  const v3Batch = match(/^POST \/crm\/v3\/associations\/([^/]+)\/([^/]+)\/batch\/read$/);
  if (v3Batch) return batchRead(portal, v3Batch[0]!, v3Batch[1]!, 'v3', request.body);

  // v4 answers as 2026-03 does, which is its successor under another path.
  const dateBatch = match(
    /^POST \/crm\/(associations\/2026-03|associations\/2026-09|v4\/associations)\/([^/]+)\/([^/]+)\/batch\/read$/,
  );
  if (dateBatch) {
    const version = dateBatch[0] === 'associations/2026-09' ? '2026-09' : '2026-03';
    return batchRead(portal, dateBatch[1]!, dateBatch[2]!, version, request.body);
  }

  const v3Record = match(/^GET \/crm\/v3\/objects\/([^/]+)\/([^/]+)\/associations\/([^/]+)$/);
  if (v3Record) return recordAssociations(portal, recordOf(v3Record), 'v3', query);

  // 2026-09 has no such endpoint.
  const dateRecord = match(/^GET \/crm\/objects\/2026-03\/([^/]+)\/([^/]+)\/associations\/([^/]+)$/);
  if (dateRecord) return recordAssociations(portal, recordOf(dateRecord), 'date', query);

  const dateLabels = match(/^GET \/crm\/(?:associations\/2026-0[39]|v4\/associations)\/([^/]+)\/([^/]+)\/labels$/);
  if (dateLabels) return labels(portal, dateLabels[0]!, dateLabels[1]!);

  const v3Types = match(/^GET \/crm\/v3\/associations\/([^/]+)\/([^/]+)\/types$/);
  if (v3Types) return types(portal, v3Types[0]!, v3Types[1]!);

  const objects = match(/^POST \/crm\/(?:v3\/objects|objects\/2026-0[39])\/([^/]+)\/batch\/read$/);
  if (objects) return objectBatchRead(portal, objects[0]!, request.body, query.get('archived') === 'true');

  const properties = match(/^GET \/crm\/(?:v3\/properties|properties\/2026-0[39])\/([^/]+)$/);
  if (properties) return propertyDefinitions(portal, properties[0]!, query.get('dataSensitivity'));

  if (match(/^GET \/crm\/v3\/owners$/)) return owners(portal, query);
  if (match(/^GET \/(?:crm-object-schemas\/(?:v3|2026-0[39])|crm\/v3)\/schemas$/)) return schemas(portal);
  if (match(/^GET \/crm\/(?:v3\/limits|limits\/2026-09)\/records$/)) return recordUsage(portal);
  if (match(/^GET \/account-info\/(?:v3|2026-09)\/details$/)) return accountDetails(portal);
  if (match(/^POST \/oauth\/v2\/private-apps\/get\/access-token-info$/)) return accessTokenInfo(portal, request.body);
  throw resourceNotFound();
}

/** Whose associations, with what: the parts of an address in their order. */
function recordOf([from = '', id = '', to = '']: readonly string[]) {
  return { from, id, to };
}

function objectTypeOf(account: Account, name: string): AccountObjectType {
  const lower = name.toLowerCase();
  const custom = account.customTypes.find(
    (type) =>
      type.id === lower ||
      type.custom?.fullyQualifiedName.toLowerCase() === lower ||
      `p_${type.custom?.name.toLowerCase()}` === lower,
  );
  const type = custom ?? standardObjectType(name);
  if (type) return type;
  throw new PortalError(
    400,
    /^\d+-\d+$/.test(name) ? `Invalid object or event type id: ${name}` : `Unable to infer object type from: ${name}`,
  );
}

/** Looks like a UUID, counts up. */
function correlationIdOf(answer: number): string {
  const hex = (value: number, digits: number) => (value >>> 0).toString(16).padStart(digits, '0').slice(-digits);
  const mixed = Math.imul(answer + 1, 0x9e3779b1);
  return `${hex(mixed, 8)}-${hex(mixed >>> 7, 4)}-4${hex(answer, 3)}-8${hex(mixed >>> 3, 3)}-${hex(answer + 1, 12)}`;
}
