/**
 * One request to HubSpot, patiently: within the limits, tried again where that helps, given up within bounds, and never with a
 * token in anything it reports.
 */

import type { Failure, NeverSent } from '../domain/failure.ts';
import type { Steps } from '../domain/steps.ts';
import { messageOf } from '../domain/thrown.ts';
import { eraserOf } from '../text/redaction.ts';
import { CallTime } from './callTime.ts';
import { inTurns } from './clock.ts';
import { addressOf, type NotMade, type ReadRequest } from './endpoints.ts';
import { correlationIdIn, hubSpotWords } from './errorBody.ts';
import type { FetchResponse } from './fetch.ts';
import type { Read } from './json.ts';
import type { Slot, Waiting } from './limiter.ts';
import type { HubSpotPorts } from './ports.ts';
import { type Blame, brokenCall, readingSetback, type Said, type Setback } from './setback.ts';

export interface Patience {
  /** The most times a request is sent. Default 6. */
  readonly tries: number;
  /** No new try is begun this long after the first. Default 5 minutes. */
  readonly totalMilliseconds: number;
  /** The longest a single try may take, to the end of its answer. Default 100 seconds, after which HubSpot itself gives up. */
  readonly callMilliseconds: number;
  /** The first backoff; each one after is twice as long, up to 30 seconds, less a random part of up to a half. Default 1 second. */
  readonly backoffMilliseconds: number;
}

const defaultPatience: Patience = {
  tries: 6,
  totalMilliseconds: 300_000,
  callMilliseconds: 100_000,
  backoffMilliseconds: 1000,
};

const longestBackoff = 30_000;

/** While so many answers wait to be read, the texts of others are left to the network. */
const mostWaiting = 2;

/** Reads a successful answer's text, in steps where that may take long: others get their turn between two of them. */
export type Reader<T> = (text: string) => Read<T> | Steps<Read<T>>;

export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | {
      readonly ok: false;
      readonly failure: Failure;
      readonly reach: Setback['reach'];
      readonly blame?: Blame;
    };

/** cancel ends a request at once. stop lets one that is under way end, and begins no other. */
export interface CallSignals {
  readonly cancel?: AbortSignal | undefined;
  readonly stop?: AbortSignal | undefined;
}

export interface CallEvents {
  readonly onSend?: (isRetry: boolean) => void;
  readonly onWait?: (waiting: Waiting | undefined) => void;
}

/** With its whole address, as it was found in the table of endpoints. */
type Addressed = ReadRequest & { readonly address: string };

type Try<T> = { readonly value: T } | Setback;

export class HubSpotClient {
  readonly #ports: HubSpotPorts;
  readonly #patience: Patience;
  /** Resolves when every answer that has come so far is read. */
  #reads: Promise<unknown> = Promise.resolve();
  /** Answers whose texts are here and wait to be read. */
  #waiting = 0;
  /** What lets the texts of other answers come. */
  readonly #held: (() => void)[] = [];

  constructor(ports: HubSpotPorts, patience: Partial<Patience> = {}) {
    this.#ports = ports;
    this.#patience = { ...defaultPatience, ...patience };
  }

  /** Never rejects. An aborted signal ends in the failure `cancelled`, and what is not to be sent in `neverSent`. */
  async request<T>(
    request: ReadRequest | NotMade,
    read: Reader<T>,
    { cancel, stop = cancel }: CallSignals = {},
    events: CallEvents = {},
  ): Promise<Outcome<T>> {
    const { clock, origin, log } = this.#ports;
    if ('failure' in request) return notSent(request.failure, log);
    const address = addressOf(request, origin);
    if (address === undefined) return notSent({ kind: 'neverSent', part: 'request' }, log);
    const time = new CallTime(clock);
    try {
      return await this.#tries({ ...request, address }, read, time, { cancel, stop }, events);
    } finally {
      time.end();
    }
  }

  async #tries<T>(
    request: Addressed,
    read: Reader<T>,
    time: CallTime,
    { cancel, stop }: CallSignals,
    events: CallEvents,
  ): Promise<Outcome<T>> {
    const { clock, limiter, log } = this.#ports;
    const { tries, totalMilliseconds } = this.#patience;
    let sent = 0;
    for (let tried = 1; ; tried++) {
      const slot = await limiter.acquire(stop, events.onWait);
      if (!slot) return cancelled;
      events.onSend?.(sent++ > 0);
      const result = await this.#try(request, read, slot, time, cancel);
      if ('value' in result) return { ok: true, value: result.value };
      if (cancel?.aborted) return cancelled;

      const { failure, again, reach, blame } = result;
      const isInterrupted = time.wasInterrupted();
      log?.(
        `${request.method} ${request.path}: ${describe(failure)}, try ${sent}${isInterrupted ? ', after a sleep' : ''}`,
      );
      if (isInterrupted) tried--;
      const wait = this.#waitAfter(result, tried);
      if (again === 'paused') limiter.refused(wait);
      const isOver = tried >= tries || time.awake + wait > totalMilliseconds;
      if (again === 'never' || isOver) return { ok: false, failure, reach, ...(blame ? { blame } : {}) };
      if (again === 'soon') {
        events.onWait?.({ reason: 'retry', until: clock.now() + wait });
        await clock.sleep(wait, stop);
        events.onWait?.(undefined);
      }
    }
  }

  /** Milliseconds until the next try: what HubSpot asks for, else longer with each try that counted. */
  #waitAfter({ again, waitMilliseconds = 0 }: Setback, tried: number): number {
    if (again === 'paused') return waitMilliseconds;
    const doublings = Math.max(0, tried - 1);
    const backoff = Math.min(longestBackoff, this.#patience.backoffMilliseconds * 2 ** doublings);
    return Math.max(waitMilliseconds, backoff * (1 - this.#ports.random() / 2));
  }

  /**
   * One answer is read at a time, and between two of them the runtime sees what else has come. Without this the answers of
   * calls that began together are read in one go, while HubSpot waits for the next calls and the editor for its extensions; and
   * what JSON.parse makes of all of them would be in memory together.
   */
  #read<T>(read: Reader<T>, text: string, signal: AbortSignal | undefined): Promise<Read<T> | undefined> {
    this.#waiting++;
    const mine = this.#reads.then(() => {
      this.#letCome();
      return this.#readInSteps(read, text, signal);
    });
    this.#reads = mine.then(() => undefined);
    return mine;
  }

  /** A text has its turn: another may come. Where none waits any more, all may, since the next one may take its time. */
  #letCome(): void {
    this.#waiting--;
    for (const come of this.#held.splice(0, this.#waiting === 0 ? this.#held.length : 1)) come();
  }

  /**
   * The text of an answer, once few others wait to be read. A text that waits is moved to where garbage is collected seldom: where
   * those of all calls do, a look-up of a million records takes a twentieth more memory.
   */
  async #textOf(response: FetchResponse): Promise<string> {
    if (isSuccess(response) && this.#waiting >= mostWaiting)
      await new Promise<void>((resolve) => this.#held.push(resolve));
    return response.text();
  }

  /**
   * Undefined as soon as the signal is aborted. An answer that a reader stumbles over is one that cannot be read, and no broken
   * connection.
   */
  async #readInSteps<T>(read: Reader<T>, text: string, signal: AbortSignal | undefined): Promise<Read<T> | undefined> {
    const { clock } = this.#ports;
    await clock.sleep(0);
    try {
      const result = read(text);
      return 'next' in result ? await inTurns(result, clock, signal) : result;
    } catch (error) {
      return { unreadable: { where: 'body', detail: messageOf(error) } };
    }
  }

  async #try<T>(
    request: Addressed,
    read: Reader<T>,
    slot: Slot,
    time: CallTime,
    signal?: AbortSignal,
  ): Promise<Try<T>> {
    const { fetch } = this.#ports;
    const { callMilliseconds } = this.#patience;
    let call: ReturnType<CallTime['begin']> | undefined;
    const forward = () => call?.abort(signal?.reason);
    signal?.addEventListener('abort', forward, { once: true });
    let response: FetchResponse | undefined;
    let erase = (text: string) => text;
    try {
      const token = await unlessAborted(this.#ports.token(), signal).catch(() => undefined);
      if (signal?.aborted) return cancelledTry;
      if (token === undefined) return { failure: { kind: 'noToken' }, again: 'never', reach: 'run' };
      erase = eraserOf(token);
      call = time.begin(callMilliseconds);
      response = await fetch(request.address, {
        method: request.method,
        headers: headersOf(request, token),
        ...(request.body === undefined ? {} : { body: request.body }),
        signal: call.signal,
      });
      const said = { status: response.status, headers: headersWithout(erase, response.headers) };
      const text = erase(await this.#textOf(response));
      if (!isSuccess(response)) {
        const { clock } = this.#ports;
        return (await inTurns(readingSetback(said, text, { token, now: clock.now() }), clock, signal)) ?? cancelledTry;
      }
      const result = await this.#read(read, text, signal);
      if (!result) return cancelledTry;
      return 'value' in result ? result : unreadable(said, result.unreadable);
    } catch (error) {
      if (call?.isLate) {
        return { failure: { kind: 'timeout', milliseconds: callMilliseconds }, again: 'soon', reach: 'call' };
      }
      return withoutToken(brokenCall(error, response !== undefined, callMilliseconds), erase);
    } finally {
      call?.end();
      signal?.removeEventListener('abort', forward);
      slot.done(response);
    }
  }
}

function isSuccess({ status }: FetchResponse): boolean {
  return status >= 200 && status <= 299;
}

function notSent(failure: NeverSent, log: HubSpotPorts['log']): { ok: false; failure: Failure; reach: 'run' } {
  log?.(`A request was not sent: no read of this extension has such a ${failure.part}`);
  return { ok: false, failure, reach: 'run' };
}

const cancelledTry: Setback = { failure: { kind: 'cancelled' }, again: 'never', reach: 'run' };

const cancelled = { ok: false, failure: { kind: 'cancelled' }, reach: 'run' } as const;

function headersOf({ body }: Addressed, token: string): Record<string, string> {
  return {
    authorization: `Bearer ${token}`,
    accept: 'application/json',
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  };
}

/** A text that is no JSON came from something between, or was cut: it may be whole the next time. A wrong shape will not change. */
function unreadable(response: Said, { where, detail }: { where: string; detail: string }): Setback {
  const correlationId = correlationIdIn(response.headers.get('x-hubspot-correlation-id'));
  const hubSpot = { httpStatus: response.status, ...(correlationId ? { correlationId } : {}) };
  // `where` and `detail` may hold names of keys that stood in the answer, which can be any text.
  const failure: Failure = {
    kind: 'unreadableAnswer',
    where: hubSpotWords(where),
    detail: hubSpotWords(detail),
    hubSpot,
  };
  return { failure, again: where === '' ? 'soon' : 'never', reach: 'call' };
}

/** A runtime may quote a header it refuses, and with it the token. */
function withoutToken(setback: Setback, erase: (text: string) => string): Setback {
  const { failure } = setback;
  return 'detail' in failure ? { ...setback, failure: { ...failure, detail: erase(failure.detail) } } : setback;
}

/** What answers may send back what it was sent, in a header too. */
function headersWithout(erase: (text: string) => string, headers: FetchResponse['headers']): FetchResponse['headers'] {
  return {
    get: (name) => {
      const value = headers.get(name);
      return value === null ? null : erase(value);
    },
  };
}

/** The same, or undefined as soon as the signal is aborted: a keychain may wait for a person. */
function unlessAborted<T>(wanted: Promise<T>, signal: AbortSignal | undefined): Promise<T | undefined> {
  if (!signal) return wanted;
  return new Promise((resolve, reject) => {
    const end = () => resolve(undefined);
    if (signal.aborted) end();
    signal.addEventListener('abort', end, { once: true });
    wanted.then(resolve, reject).finally(() => signal.removeEventListener('abort', end));
  });
}

function describe(failure: Failure): string {
  const status = 'hubSpot' in failure && failure.hubSpot.httpStatus ? ` (HTTP ${failure.hubSpot.httpStatus})` : '';
  const id =
    'hubSpot' in failure && failure.hubSpot.correlationId ? `, correlation id ${failure.hubSpot.correlationId}` : '';
  const detail = 'detail' in failure ? `, ${failure.detail}` : '';
  return `${failure.kind}${status}${detail}${id}`;
}
