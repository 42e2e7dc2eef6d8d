/** The answers of faults that come instead of the account's, with bodies as they have been seen from HubSpot. */

import {
  authenticationNotFound,
  errorAnswer,
  invalidObjectIds,
  type PortalAnswer,
  PortalError,
  tooManyInputs,
} from '../../src/core/sampleHubSpot/answers.ts';
import type { Fault, InsteadFault, RateLimitPolicy } from './fault.ts';
import { inputsOf, type RecordedRequest } from './recordedRequest.ts';

const correlationId = '5b0f2d0c-7d43-4be0-8c55-0f5a3f1c9d11';

const policyWords: Readonly<Record<RateLimitPolicy, string>> = {
  SECONDLY: 'secondly',
  TEN_SECONDLY_ROLLING: 'ten_secondly_rolling',
  DAILY: 'daily',
};

const kinds: ReadonlySet<string> = new Set<InsteadFault['kind']>([
  'hang',
  'rateLimited',
  'serverError',
  'html',
  'emptyBody',
  'proxyLogin',
  'locked',
  'migrating',
  'unauthorized',
  'missingScopes',
  'forbidden',
  'poisonousIds',
  'refusedCursors',
  'smallerBatches',
  'status',
]);

export function isInsteadFault(fault: Fault): fault is InsteadFault & Fault {
  return kinds.has(fault.kind);
}

/** HubSpot's 429. Without a category, as seen. */
export function rateLimitAnswer(policy: RateLimitPolicy, headers: Readonly<Record<string, string>> = {}): PortalAnswer {
  return errorAnswer(
    new PortalError(
      429,
      `You have reached your ${policyWords[policy]} limit.`,
      { errorType: 'RATE_LIMIT', policyName: policy, requestId: '3d3e35b7-0dae-4b9f-a6e3-9c230cbcf8dd' },
      headers,
    ),
    correlationId,
  );
}

/** HubSpot's rate headers, as on its common endpoints. */
export function rateHeaders(max: number, remaining: number, interval: number): Readonly<Record<string, string>> {
  return {
    'x-hubspot-ratelimit-max': String(max),
    'x-hubspot-ratelimit-remaining': String(remaining),
    'x-hubspot-ratelimit-interval-milliseconds': String(interval),
    'x-hubspot-ratelimit-daily': '250000',
    'x-hubspot-ratelimit-daily-remaining': '249000',
  };
}

/** A token that was good. OAuth's end by their age; those of private apps have no age, and are not known once they are revoked. */
export const deadToken = (token: string) =>
  token.startsWith('pat-') ? errorAnswer(authenticationNotFound(), correlationId) : expiredToken();

const expiredToken = () =>
  errorAnswer(
    new PortalError(401, 'The OAuth token used to make this call expired 0 second(s) ago.', {
      category: 'EXPIRED_AUTHENTICATION',
      context: { 'expire time': ['2026-11-23T09:04:41.164Z'] },
    }),
    correlationId,
  );

function page(status: number, title: string, host = 'cloudflare'): PortalAnswer {
  return {
    status,
    headers: { 'content-type': 'text/html; charset=UTF-8', server: host, 'cf-ray': '9a1c2f4e8d1b0c3a-AMS' },
    body: `<!DOCTYPE html>\n<html lang="en-US">\n<head><title>api.hubapi.com | ${status}: ${title}</title></head>\n<body><h1>${title}</h1><p>Error code ${status}</p></body>\n</html>\n`,
  };
}

const pageTitles: Readonly<Record<number, string>> = {
  502: 'Bad gateway',
  503: 'Service Temporarily Unavailable',
  504: 'Gateway time-out',
  521: 'Web server is down',
  522: 'Connection timed out',
  523: 'Origin is unreachable',
  524: 'A timeout occurred',
  525: 'SSL handshake failed',
  526: 'Invalid SSL certificate',
};

function spoiledBatch(
  ids: readonly string[],
  names: Extract<InsteadFault, { kind: 'poisonousIds' }>['names'],
): PortalError {
  const category = 'VALIDATION_ERROR';
  if (names === 'context') return invalidObjectIds('deal', ids);
  if (names === 'message') return new PortalError(400, `DEAL=${ids[0]} is not valid`, { category });
  const context = names === 'mentioned' ? { context: { ids } } : {};
  return new PortalError(400, 'One or more associations are invalid', { category, ...context });
}

/** Undefined when the fault has nothing against this request; 'never' when there is no answer at all. */
export function insteadAnswer(fault: InsteadFault, request: RecordedRequest): PortalAnswer | 'never' | undefined {
  const error = (status: number, message: string, details = {}, headers = {}) =>
    errorAnswer(new PortalError(status, message, details, headers), correlationId);
  switch (fault.kind) {
    case 'hang':
      return 'never';
    case 'rateLimited':
      return rateLimitAnswer(fault.policy, {
        ...(fault.retryAfter === undefined ? {} : { 'retry-after': fault.retryAfter }),
        ...(fault.rateHeaders ? rateHeaders(100, 0, 10_000) : {}),
      });
    case 'serverError':
      return fault.status === 500
        ? error(500, 'Internal error')
        : page(fault.status, pageTitles[fault.status] ?? 'Unknown error');
    case 'html':
      return page(fault.status ?? 200, 'Just a moment...');
    case 'emptyBody':
      return { status: fault.status ?? 200, headers: { 'content-type': 'application/json' }, body: '' };
    case 'proxyLogin':
      return {
        ...page(407, 'Proxy Authentication Required', 'squid'),
        headers: { 'content-type': 'text/html', 'proxy-authenticate': 'Basic realm="proxy"', server: 'squid' },
      };
    case 'locked':
      return error(423, 'The record is locked by another process', { category: 'LOCKED' });
    case 'migrating':
      return error(
        477,
        'This account is being migrated to another data centre',
        { category: 'MIGRATION_IN_PROGRESS' },
        fault.retryAfter === undefined ? {} : { 'retry-after': fault.retryAfter },
      );
    case 'unauthorized':
      return fault.expired ? expiredToken() : errorAnswer(authenticationNotFound(), correlationId);
    case 'missingScopes': {
      const context = { [fault.key]: fault.scopes };
      return error(403, "This app hasn't been granted all required scopes to make this call.", {
        ...(fault.topLevel
          ? { context }
          : { errors: [{ message: 'One or more of the following scopes are required.', context }] }),
        category: 'MISSING_SCOPES',
      });
    }
    case 'forbidden':
      return error(403, 'The user who made this token cannot do this any more.', { category: fault.category });
    case 'poisonousIds': {
      const spoilers = inputsOf(request)
        .map(({ id }) => id)
        .filter((id) => fault.ids.includes(id));
      return spoilers.length > 0 ? errorAnswer(spoiledBatch(spoilers, fault.names), correlationId) : undefined;
    }
    case 'refusedCursors':
      return /[?&]after=/.test(request.path) || inputsOf(request).some(({ after }) => after !== undefined)
        ? error(400, 'Invalid paging cursor', { category: 'VALIDATION_ERROR' })
        : undefined;
    case 'smallerBatches':
      return inputsOf(request).length > fault.limit
        ? errorAnswer(tooManyInputs(fault.limit), correlationId)
        : undefined;
    case 'status':
      return { status: fault.status, headers: fault.headers ?? {}, body: fault.body ?? '' };
  }
}
