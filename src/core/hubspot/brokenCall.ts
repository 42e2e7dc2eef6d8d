/** What a rejected fetch means. Node names the cause by a code (its own or undici's), Chromium's network stack by net::ERR_*. */
import type { Failure } from '../domain/failure.ts';
import type { Setback } from './refusal.ts';

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

/** Node's fetch turns a 407 into an error whose cause says nothing at all, and nothing else into one. */
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
