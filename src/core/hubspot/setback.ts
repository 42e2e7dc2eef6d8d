/** What it means when a call goes wrong: the failure, whether the same call may be sent again, and how far it reaches. */
import type { Failure, HubSpotError } from '../domain/failure.ts';
import type { Steps } from '../domain/steps.ts';
import { type ErrorBody, readingErrorBody } from './errorBody.ts';
import type { FetchResponse } from './fetch.ts';
import type { NamedIds } from './namedIds.ts';

export interface Setback {
  readonly failure: Failure;
  /** never: HubSpot would say the same again. soon: after a backoff. paused: after a wait that all calls of the account share. */
  readonly again: 'never' | 'soon' | 'paused';
  /** The least wait before the next try. */
  readonly waitMilliseconds?: number;
  /** run: every other call would fare the same, so the look-up stops. call: only this one. */
  readonly reach: 'call' | 'run';
  readonly blame?: Blame;
}

/** size: too many inputs in one call. inputs: some of them may be to blame, perhaps those that HubSpot names. */
export type Blame = { readonly kind: 'size' } | ({ readonly kind: 'inputs' } & NamedIds);

/** Statuses after which HubSpot says to pause for some seconds and go on (its error handling guide). */
const passing: ReadonlySet<number> = new Set([408, 500, 502, 503, 504, 521, 523, 524]);

/** An answer without its body. */
export type Said = Pick<FetchResponse, 'status' | 'headers'>;

/** What is known of a call beside its answer. */
export interface CallMoment {
  /** The token that the call was made with. */
  readonly token: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** What an answer other than success means, in steps: its text may be of any size. */
export function* readingSetback(response: Said, text: string, moment: CallMoment): Steps<Setback> {
  const correlationId = response.headers.get('x-hubspot-correlation-id');
  return setbackOf(response, yield* readingErrorBody(response.status, text, correlationId), moment);
}

function setbackOf(response: Said, body: ErrorBody, moment: CallMoment): Setback {
  const { status } = response;
  const hubSpot = body.words;
  const wait = retryAfter(response, 600);
  const stop = (failure: Failure): Setback => ({ failure, again: 'never', reach: 'run' });

  if (status === 400) return badRequest(body);
  if (status === 401 || status === 403) return stop(denied(body, moment));
  if (status === 407) return stop({ kind: 'proxy', detail: 'HTTP 407' });
  if (status === 413) {
    return { failure: { kind: 'refused', hubSpot }, again: 'never', reach: 'call', blame: { kind: 'size' } };
  }
  if (status === 423) {
    // A record's lock lasts two seconds (error handling guide).
    const failure: Failure = { kind: 'unavailable', hubSpot };
    return { failure, again: 'soon', waitMilliseconds: Math.max(2000, wait ?? 0), reach: 'call' };
  }
  if (status === 429) return tooFast(body, wait);
  if (status === 477) {
    // The account moves to another data center, which takes "typically up to 24 hours" (error handling guide).
    const move = retryAfter(response, 24 * 3600);
    return stop({ kind: 'unavailable', ...(move === undefined ? {} : { until: moment.now + move }), hubSpot });
  }
  // Cloudflare finds no data center for a token whose form or prefix is wrong, and says "error code: 1016".
  if (status === 530) return stop({ kind: 'unauthorized', expired: false, hubSpot });
  if (passing.has(status)) return trouble(hubSpot, wait);
  if (status >= 500) return { failure: { kind: 'serverError', hubSpot }, again: 'never', reach: 'call' };
  return stop({ kind: 'refused', hubSpot });
}

/** The server cannot answer at the moment. @param wait milliseconds, where it says when to come back */
function trouble(hubSpot: HubSpotError, wait: number | undefined): Setback {
  const patient = wait === undefined ? {} : { waitMilliseconds: wait };
  return { failure: { kind: 'serverError', hubSpot }, again: 'soon', reach: 'call', ...patient };
}

/** 401 and 403. HubSpot says both as JSON; a page instead comes from a firewall or gateway on the way. */
function denied(body: ErrorBody, moment: CallMoment): Failure {
  const { words: hubSpot, scopes, isPage } = body;
  if (isPage) return { kind: 'blocked', hubSpot };
  if (hubSpot.httpStatus === 401) return { kind: 'unauthorized', expired: hasExpired(body, moment), hubSpot };
  if (hubSpot.category === 'MISSING_SCOPES' || scopes.length > 0)
    return { kind: 'missingScopes', anyOf: scopes, hubSpot };
  return { kind: 'forbidden', hubSpot };
}

const year = 365 * 24 * 3_600_000;
const unitMilliseconds: Readonly<Record<string, number>> = {
  second: 1000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
};

/**
 * Whether a token was good once. HubSpot takes text that is no token for one that "expired 20336 day(s) ago", at the start of
 * 1970, and a private app's token (`pat-`) never expires. An expiry of more than a year ago is not believed either.
 */
function hasExpired({ words, expiry }: ErrorBody, { token, now }: CallMoment): boolean {
  if (words.category !== 'EXPIRED_AUTHENTICATION' || /^pat-/i.test(token)) return false;
  const [, count, unit = ''] = /expired (\d+) (second|minute|hour|day)/i.exec(words.message ?? '') ?? [];
  const ago = count === undefined ? 0 : Number(count) * unitMilliseconds[unit.toLowerCase()]!;
  if (ago > year) return false;
  return expiry === undefined || (expiry > year && expiry > now - year);
}

function badRequest({ words, named }: ErrorBody): Setback {
  const message = words.message ?? '';
  // Seen for names and for ids of object types; HubSpot checks the types before anything else.
  if (/^(?:unable to infer object type|invalid object or event type id)/i.test(message)) {
    return { failure: { kind: 'unknownObjectType', hubSpot: words }, again: 'never', reach: 'run' };
  }
  // Seen on a sister endpoint; where the words differ, halving the batch finds the same out in more calls.
  const isSize = /maximum number of inputs|too many inputs|batch size/i.test(message);
  const blame: Blame = isSize ? { kind: 'size' } : { kind: 'inputs', ...named };
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

/** `Retry-After` in milliseconds if it is there and sane: 1 second to the most. HubSpot documents it for 477 only. */
function retryAfter(response: Said, mostSeconds: number): number | undefined {
  const header = response.headers.get('retry-after');
  const seconds = header === null || header.trim() === '' ? Number.NaN : Number(header);
  return seconds >= 1 && seconds <= mostSeconds ? seconds * 1000 : undefined;
}

/** What a rejected fetch means. Node names the cause by a code (its own or undici's), Chromium's network stack by net::ERR_*. */
type Kind = 'offline' | 'dns' | 'proxy' | 'certificate' | 'timeout' | 'connectionLost';

const signs: readonly (readonly [RegExp, Kind])[] = [
  // The proxy could not reach HubSpot just now; any other answer to the wish for a tunnel stays as it is.
  [/^Proxy response \(5\d\d\)/, 'connectionLost'],
  [/^(?:ERR_)?PROXY|^UND_ERR_PRX|^ERR_TUNNEL|^ERR_HTTPS_PROXY|^ERR_SOCKS|\b407\b|proxy authentication/i, 'proxy'],
  [
    /CERT|^ERR_SSL|^ERR_TLS|^UNABLE_TO_(?:VERIFY|GET_ISSUER)|SELF_SIGNED|^HOSTNAME_MISMATCH|^EPROTO$|certificate/i,
    'certificate',
  ],
  [/^ENOTFOUND$|^EAI_|^ERR_NAME_|^ERR_DNS|^ENODATA$/i, 'dns'],
  [/TIMEOUT$|^ETIMEDOUT$|^ERR_TIMED_OUT$|^ERR_CONNECTION_TIMED_OUT$|^TimeoutError$/i, 'timeout'],
  [
    /^ECONNREFUSED$|^ENETUNREACH$|^EHOSTUNREACH$|^ENETDOWN$|^EHOSTDOWN$|^EADDRNOTAVAIL$|^ERR_INTERNET_DISCONNECTED$|^ERR_CONNECTION_REFUSED$|^ERR_ADDRESS_UNREACHABLE$|^ERR_NETWORK_(?:CHANGED|ACCESS_DENIED)$/i,
    'offline',
  ],
  [
    /^ECONNRESET$|^EPIPE$|^ECONNABORTED$|^UND_ERR_|^HPE_|^ERR_CONNECTION|^ERR_EMPTY_RESPONSE$|^ERR_INCOMPLETE|^ERR_CONTENT_LENGTH|^ERR_HTTP2|^ERR_QUIC|^Z_|terminated|socket hang up/i,
    'connectionLost',
  ],
];

/** `started` says that an answer had begun to arrive, `timeout` is the time a call may take. */
export function brokenCall(error: unknown, started: boolean, timeout: number): Setback {
  const clues = cluesOf(error);
  const { kind, detail } =
    recognized(clues) ??
    (isSilent(error)
      ? { kind: 'proxy', detail: 'HTTP 407' }
      : { kind: started ? 'connectionLost' : 'offline', detail: clues[0] ?? 'fetch failed' });
  const failure: Failure = kind === 'timeout' ? { kind, milliseconds: timeout } : { kind, detail };
  if (kind === 'proxy' || kind === 'certificate') return { failure, again: 'never', reach: 'run' };
  return { failure, again: 'soon', reach: kind === 'offline' || kind === 'dns' ? 'run' : 'call' };
}

/** Node's fetch turns a 407 into an error with an empty cause, and does so for nothing else. */
function isSilent(error: unknown): boolean {
  return error instanceof TypeError && error.cause instanceof Error && cluesOf(error.cause).length === 0;
}

/** The code of whatever undici ended by itself, as when a proxy refuses a tunnel: the message beside it says more. */
const vague = 'UND_ERR_ABORTED';

/** The first clue that says something, and what it says. */
function recognized(clues: readonly string[]): { readonly kind: Kind; readonly detail: string } | undefined {
  for (const clue of [...clues.filter((each) => each !== vague), ...clues]) {
    for (const [sign, kind] of signs) if (sign.test(clue)) return { kind, detail: clue };
  }
  return undefined;
}

/** Codes and messages from the innermost cause outwards: the inner ones are exact, the outermost says only "fetch failed". */
function cluesOf(error: unknown, depth = 0): string[] {
  if (typeof error !== 'object' || error === null || depth > 5) return [];
  const { cause, errors, code, name, message } = error as Readonly<Record<string, unknown>>;
  const inner = [...cluesOf(cause, depth + 1), ...(Array.isArray(errors) ? cluesOf(errors[0], depth + 1) : [])];
  const netError = typeof message === 'string' ? /net::(ERR_[A-Z0-9_]+)/.exec(message)?.[1] : undefined;
  return [
    ...inner,
    ...[code, netError, name === 'TimeoutError' ? name : undefined, message].filter(
      (clue) => typeof clue === 'string' && clue !== '',
    ),
  ] as string[];
}
