/** What an HTTP status other than success means: the failure, whether the same call may be sent again, and how far it reaches. */
import type { Failure } from '../domain/failure.ts';
import { type ErrorBody, readErrorBody } from './errorBody.ts';
import type { FetchResponse } from './fetch.ts';

export interface Setback {
  readonly failure: Failure;
  /** never: HubSpot would say the same again. soon: after a backoff. paused: after a wait that all calls of the account share. */
  readonly again: 'never' | 'soon' | 'paused';
  /** The least wait before the next try. */
  readonly waitMilliseconds?: number;
  /** run: every other call would fare the same, so the look-up stops. call: only this one. */
  readonly reach: 'call' | 'run';
  /** size: too many inputs in one call. inputs: one of them may be to blame. */
  readonly blame?: 'size' | 'inputs';
}

/** Statuses after which HubSpot says to pause for some seconds and go on (its error handling guide). */
const passing: ReadonlySet<number> = new Set([408, 500, 502, 503, 504, 521, 523, 524]);

/** An answer without its body. */
export type Said = Pick<FetchResponse, 'status' | 'headers'>;

export function setbackOf(response: Said, text: string): Setback {
  const { status } = response;
  const body = readErrorBody(status, text, response.headers.get('x-hubspot-correlation-id'));
  const hubSpot = body.words;
  const wait = retryAfter(response);
  const patient = wait === undefined ? {} : { waitMilliseconds: wait };

  if (status === 400) return badRequest(body);
  if (status === 401) {
    const expired = hubSpot.category === 'EXPIRED_AUTHENTICATION';
    return { failure: { kind: 'unauthorized', expired, hubSpot }, again: 'never', reach: 'run' };
  }
  if (status === 403) {
    const isScopes = hubSpot.category === 'MISSING_SCOPES' || body.scopes.length > 0;
    const failure: Failure = isScopes
      ? { kind: 'missingScopes', anyOf: body.scopes, hubSpot }
      : { kind: 'forbidden', hubSpot };
    return { failure, again: 'never', reach: 'run' };
  }
  if (status === 407) return { failure: { kind: 'proxy', detail: 'HTTP 407' }, again: 'never', reach: 'run' };
  if (status === 413) return { failure: { kind: 'refused', hubSpot }, again: 'never', reach: 'call', blame: 'size' };
  if (status === 423) {
    // A record's lock lasts two seconds (error handling guide).
    const failure: Failure = { kind: 'unavailable', hubSpot };
    return { failure, again: 'soon', waitMilliseconds: Math.max(2000, wait ?? 0), reach: 'call' };
  }
  if (status === 429) return tooFast(body, wait);
  if (status === 477) {
    const seconds = Number(response.headers.get('retry-after'));
    const retryAfterSeconds = Number.isFinite(seconds) && seconds > 0 ? { retryAfterSeconds: seconds } : {};
    return { failure: { kind: 'unavailable', ...retryAfterSeconds, hubSpot }, again: 'never', reach: 'run' };
  }
  if (passing.has(status))
    return { failure: { kind: 'serverError', hubSpot }, again: 'soon', reach: 'call', ...patient };
  if (status >= 500) return { failure: { kind: 'serverError', hubSpot }, again: 'never', reach: 'call' };
  return { failure: { kind: 'refused', hubSpot }, again: 'never', reach: 'run' };
}

function badRequest({ words }: ErrorBody): Setback {
  const message = words.message ?? '';
  // Seen for names and for ids of object types; HubSpot checks the types before anything else.
  if (/^(?:unable to infer object type|invalid object or event type id)/i.test(message)) {
    return { failure: { kind: 'unknownObjectType', hubSpot: words }, again: 'never', reach: 'run' };
  }
  // Seen on a sister endpoint; where the words differ, halving the batch finds the same out in more calls.
  const blame = /maximum number of inputs|too many inputs|batch size/i.test(message) ? 'size' : 'inputs';
  return { failure: { kind: 'refused', hubSpot: words }, again: 'never', reach: 'call', blame };
}

function tooFast({ words, policyName = '' }: ErrorBody, wait: number | undefined): Setback {
  const message = words.message ?? '';
  if (/daily/i.test(policyName) || (!policyName && /daily limit/i.test(message))) {
    return { failure: { kind: 'dailyLimit', hubSpot: words }, again: 'never', reach: 'run' };
  }
  const isSecondly = policyName === 'SECONDLY' || (!policyName && /\bsecondly limit/i.test(message));
  const waitMilliseconds = wait ?? (isSecondly ? 1000 : 10_000);
  return { failure: { kind: 'rateLimited', hubSpot: words }, again: 'paused', waitMilliseconds, reach: 'run' };
}

/** `Retry-After` in milliseconds if it is there and sane: 1 to 600 seconds. HubSpot documents it for 477 only. */
function retryAfter(response: Said): number | undefined {
  const header = response.headers.get('retry-after');
  const seconds = header === null || header.trim() === '' ? Number.NaN : Number(header);
  return seconds >= 1 && seconds <= 600 ? seconds * 1000 : undefined;
}
