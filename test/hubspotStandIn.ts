/**
 * HubSpot on this machine: the sample account's portal behind HTTP, with faults on demand.
 *
 *     const standIn = await startHubSpotStandIn();
 *     standIn.faults.set({ kind: 'serverError', status: 502, times: 3 });
 *     ... fetch(`${standIn.origin}/crm/v3/...`, { headers: { authorization: `Bearer ${standIn.token}` } })
 *     await standIn.close();
 *
 * As a process of its own: `node test/hubspotStandIn.ts --port 0 --options '{"pageSize":10}'` prints one line of JSON with
 * `origin` and `token`, takes commands as lines of JSON on stdin (see command.ts) and ends with its stdin. With
 * `"control":true` among the options, commands are also taken by `POST {origin}/stand-in`.
 */

import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Account } from '../src/core/sampleHubSpot/accountData.ts';
import { createPortal, type Portal } from '../src/core/sampleHubSpot/portal.ts';
import { sampleAccount } from '../src/core/sampleHubSpot/sampleAccount.ts';
import { obey } from './hubspotStandIn/command.ts';
import { withoutDetours } from './hubspotStandIn/contradictions.ts';
import { editedBody, type FirstCursors, isBodyFault } from './hubspotStandIn/editedBody.ts';
import { type Faults, faultSource } from './hubspotStandIn/faults.ts';
import { type GeneratedAccountOptions, generatedAccount } from './hubspotStandIn/generatedAccount.ts';
import { bodyOf, parsed, plainHeaders, withoutCursors } from './hubspotStandIn/incoming.ts';
import {
  expiredToken,
  insteadAnswer,
  isInsteadFault,
  rateHeaders,
  rateLimitAnswer,
} from './hubspotStandIn/insteadAnswers.ts';
import { type RateLimit, rateWindow } from './hubspotStandIn/rateLimit.ts';
import type { RecordedRequest } from './hubspotStandIn/recordedRequest.ts';
import { isTransportFault, send } from './hubspotStandIn/send.ts';
import { Tokens } from './hubspotStandIn/tokens.ts';

export interface StandInOptions {
  /** Default 0: a free one. */
  readonly port?: number;
  /** Default the sample account. */
  readonly account?: Account;
  /** Rows a page of one record in a batch read. Default 100. */
  readonly pageSize?: number;
  /** The most rows a page of one record's own associations. Default 500. */
  readonly recordPageSize?: number;
  readonly rateLimit?: RateLimit;
  /** Milliseconds after which the server closes an idle connection. Default Node's 5,000. */
  readonly keepAliveTimeout?: number;
  /** Remembers answers by request, so that asking again costs nothing. For measurements. */
  readonly rememberAnswers?: boolean;
  /** False keeps no requests. For measurements. Default true. */
  readonly record?: boolean;
  /** Takes commands over HTTP too. */
  readonly control?: boolean;
}

export interface StandIn {
  readonly origin: string;
  /** The token that opens the account now. */
  readonly token: string;
  readonly portal: Portal;
  readonly requests: readonly RecordedRequest[];
  readonly faults: Faults;
  /** How many requests were answered with 429 because the rate limit was really reached. */
  readonly refusedByLimit: number;
  /** The most requests that were being answered at the same time. */
  readonly peakInFlight: number;
  /** The token dies after this many further requests: 401, expired. */
  expireToken(afterRequests: number): void;
  /** A new token, which is good; the old one is dead. */
  issueToken(): string;
  forgetRequests(): void;
  /** Drops every connection and ends. */
  close(): Promise<void>;
}

export async function startHubSpotStandIn(options: StandInOptions = {}): Promise<StandIn> {
  const tokens = new Tokens();
  const portal = createPortal(options.account ?? sampleAccount(), {
    tokens: tokens.good,
    ...(options.pageSize === undefined ? {} : { pageSize: options.pageSize }),
    ...(options.recordPageSize === undefined ? {} : { recordPageSize: options.recordPageSize }),
  });
  const faults = faultSource();
  const limit = options.rateLimit ? rateWindow(options.rateLimit) : undefined;
  const remembered = new Map<string, ReturnType<Portal['answer']>>();
  const firstCursors: FirstCursors = new Map();
  const closeOnNext = new WeakSet<Socket>();
  const started = performance.now();
  const state = {
    requests: [] as RecordedRequest[],
    refused: 0,
    inFlight: 0,
    peak: 0,
  };

  const answerOf = (message: IncomingMessage, body: string, { method, path: url }: RecordedRequest) => {
    const path = withoutDetours(url);
    const headers = plainHeaders(message);
    const bearer = headers.authorization?.replace(/^Bearer /i, '') ?? '';
    if (tokens.isDead(bearer)) return expiredToken();
    if (limit && options.rateLimit) {
      const { requests, milliseconds, policy = 'TEN_SECONDLY_ROLLING', retryAfter } = options.rateLimit;
      const now = performance.now();
      const fits = limit.admit(now);
      const told = options.rateLimit.headers ? rateHeaders(requests, limit.remaining(now), milliseconds) : {};
      if (!fits) {
        state.refused++;
        return rateLimitAnswer(policy, { ...told, ...(retryAfter === undefined ? {} : { 'retry-after': retryAfter }) });
      }
      const said = portal.answer({ method, path, headers, body });
      return { ...said, headers: { ...said.headers, ...told } };
    }
    return portal.answer({ method, path, headers, body });
  };

  const handle = async (message: IncomingMessage, response: ServerResponse) => {
    if (closeOnNext.has(message.socket)) {
      message.socket.resetAndDestroy();
      return;
    }
    const text = await bodyOf(message);
    if (text === undefined) return;
    if (options.control && message.url === '/stand-in') {
      const reply = JSON.stringify(obey(standIn, JSON.parse(text)));
      response.writeHead(200, { 'content-type': 'application/json' }).end(reply);
      return;
    }
    const request: RecordedRequest = {
      method: message.method ?? '',
      path: message.url ?? '',
      headers: {
        ...plainHeaders(message),
        ...(message.headers.authorization ? { authorization: 'Bearer <token>' } : {}),
      },
      body: parsed(text),
      time: performance.now() - started,
    };
    if (options.record ?? true) state.requests.push(request);
    const striking = faults.strike(request);
    for (const fault of striking) {
      if (fault.kind === 'latency') await pause(fault.milliseconds, undefined, { ref: false });
      else if (fault.kind === 'held') await faults.released();
    }
    const transport = striking.filter(isTransportFault);
    for (const fault of striking.filter(isInsteadFault)) {
      const instead = insteadAnswer(fault, request);
      if (instead === 'never') return;
      if (instead) {
        await send(response, instead, transport, closeOnNext);
        return;
      }
    }
    const asked = striking.some(({ kind }) => kind === 'ignoredCursor') ? withoutCursors(text) : withoutDetours(text);
    const key = `${request.path} ${asked}`;
    const known = options.rememberAnswers ? remembered.get(key) : undefined;
    const said = known ?? answerOf(message, asked, request);
    if (options.rememberAnswers && said.status < 300) remembered.set(key, said);
    const edited = striking
      .filter(isBodyFault)
      .reduce((answer, fault) => editedBody(fault, request, answer, firstCursors), {
        status: said.status,
        body: said.body,
      });
    await send(response, { ...said, ...edited }, transport, closeOnNext);
  };

  const server = createServer((message, response) => {
    state.inFlight++;
    state.peak = Math.max(state.peak, state.inFlight);
    response.once('close', () => {
      state.inFlight--;
    });
    handle(message, response).catch((error: unknown) => {
      response.destroy(error instanceof Error ? error : new Error(String(error)));
    });
  });
  if (options.keepAliveTimeout !== undefined) server.keepAliveTimeout = options.keepAliveTimeout;
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;

  const standIn: StandIn = {
    origin: `http://127.0.0.1:${port}`,
    get token() {
      return tokens.current;
    },
    portal,
    get requests() {
      return state.requests;
    },
    faults,
    get refusedByLimit() {
      return state.refused;
    },
    get peakInFlight() {
      return state.peak;
    },
    expireToken: (afterRequests) => tokens.expireAfter(afterRequests),
    issueToken: () => tokens.issue(),
    forgetRequests: () => {
      state.requests = [];
    },
    close: async () => {
      server.close();
      server.closeAllConnections();
      if (server.listening) await once(server, 'close');
    },
  };
  return standIn;
}

/** What a stand-in in its own process can be told when it starts: everything but an account, which may be a generated one. */
type ProcessOptions = Omit<StandInOptions, 'account'> & { readonly generated?: GeneratedAccountOptions };

async function main() {
  const { values } = parseArgs({ options: { port: { type: 'string' }, options: { type: 'string' } } });
  const { generated, ...options }: ProcessOptions = JSON.parse(values.options ?? '{}');
  const standIn = await startHubSpotStandIn({
    ...options,
    ...(generated ? { account: generatedAccount(generated) } : {}),
    ...(values.port === undefined ? {} : { port: Number(values.port) }),
  });
  process.stdout.write(`${JSON.stringify({ origin: standIn.origin, token: standIn.token })}\n`);
  for await (const line of createInterface({ input: process.stdin })) {
    if (line.trim() !== '') process.stdout.write(`${JSON.stringify(obey(standIn, JSON.parse(line)))}\n`);
  }
  await standIn.close();
}

if (import.meta.main) await main();
