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
import { setTimeout as pause } from 'node:timers/promises';
import { createPortal, type Portal } from '../src/core/sampleHubSpot/portal.ts';
import { sampleAccount } from '../src/core/sampleHubSpot/sampleAccount.ts';
import { obey } from './hubspotStandIn/command.ts';
import { withoutDetours } from './hubspotStandIn/contradictions.ts';
import { bodyFaults, editedBody, type FirstCursors } from './hubspotStandIn/editedBody.ts';
import { faultSource } from './hubspotStandIn/faults.ts';
import { bodyOf, parsed, plainHeaders, withoutCursors } from './hubspotStandIn/incoming.ts';
import {
  deadToken,
  insteadAnswer,
  isInsteadFault,
  rateHeaders,
  rateLimitAnswer,
} from './hubspotStandIn/insteadAnswers.ts';
import { runAsProcess } from './hubspotStandIn/ownProcess.ts';
import { rateWindow } from './hubspotStandIn/rateLimit.ts';
import { isRead } from './hubspotStandIn/readPaths.ts';
import type { RecordedRequest } from './hubspotStandIn/recordedRequest.ts';
import { isTransportFault, send } from './hubspotStandIn/send.ts';
import type { StandIn, StandInOptions } from './hubspotStandIn/standIn.ts';
import { Tokens } from './hubspotStandIn/tokens.ts';

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
    notReads: [] as string[],
    refused: 0,
    inFlight: 0,
    peak: 0,
  };

  const answerOf = (message: IncomingMessage, body: string, { method, path: url }: RecordedRequest) => {
    const path = withoutDetours(url);
    const headers = plainHeaders(message);
    const bearer = headers.authorization?.replace(/^Bearer /i, '') ?? '';
    if (tokens.isDead(bearer)) return deadToken(bearer);
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

  const rememberedAnswer = (message: IncomingMessage, body: string, request: RecordedRequest) => {
    const key = `${request.path} ${body}`;
    const said = remembered.get(key) ?? answerOf(message, body, request);
    if (said.status < 300) remembered.set(key, said);
    return said;
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
    const request = recorded(message, text, performance.now() - started);
    if (options.record ?? true) state.requests.push(request);
    if (!isRead(request.method, request.path)) state.notReads.push(`${request.method} ${request.path}`);
    await answer(message, response, request, text);
  };

  const answer = async (message: IncomingMessage, response: ServerResponse, request: RecordedRequest, text: string) => {
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
    const said = options.rememberAnswers
      ? rememberedAnswer(message, asked, request)
      : answerOf(message, asked, request);
    const edited = bodyFaults(striking).reduce((answer, fault) => editedBody(fault, request, answer, firstCursors), {
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
    issueToken: (kind) => tokens.issue(kind),
    forgetRequests: () => {
      state.requests = [];
    },
    close: async () => {
      server.close();
      server.closeAllConnections();
      if (server.listening) await once(server, 'close');
      if (options.takesAnything || state.notReads.length === 0) return;
      throw new Error(`What was sent to HubSpot does not only read: ${state.notReads.slice(0, 10).join(', ')}`);
    },
  };
  return standIn;
}

/** A request as tests see it: without the token. */
function recorded(message: IncomingMessage, text: string, time: number): RecordedRequest {
  const headers = plainHeaders(message);
  return {
    method: message.method ?? '',
    path: message.url ?? '',
    headers: { ...headers, ...(headers.authorization ? { authorization: 'Bearer <token>' } : {}) },
    body: parsed(text),
    time,
  };
}

if (import.meta.main) await runAsProcess(startHubSpotStandIn);
