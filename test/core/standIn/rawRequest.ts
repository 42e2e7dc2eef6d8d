/** HTTP as it is on the wire: what arrived, byte for byte, and how it ended. */

import { Agent, type IncomingMessage, request } from 'node:http';

export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly bytes: Buffer;
  /** How many pieces the body came in. */
  readonly pieces: number;
  /** Why the connection ended too early; undefined when the answer is whole. */
  readonly broken: string | undefined;
}

export interface RawRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Default a connection of its own. */
  readonly agent?: Agent;
  readonly signal?: AbortSignal;
}

/** Never rejects: an answer that never began has status 0. */
export function rawRequest(url: string, { method = 'GET', headers = {}, body, agent, signal }: RawRequest) {
  return new Promise<RawAnswer>((resolve) => {
    const pieces: Buffer[] = [];
    let response: IncomingMessage | undefined;
    const end = (broken?: string) =>
      resolve({
        status: response?.statusCode ?? 0,
        headers: response?.headers ?? {},
        bytes: Buffer.concat(pieces),
        pieces: pieces.length,
        broken,
      });
    const onError = (error: NodeJS.ErrnoException) => end(error.code ?? error.message);
    const outgoing = request(
      url,
      { method, headers, agent: agent ?? new Agent(), ...(signal ? { signal } : {}) },
      (begun) => {
        response = begun;
        begun.on('data', (piece: Buffer) => pieces.push(piece));
        begun.on('end', () => end());
        begun.on('error', onError);
      },
    );
    outgoing.on('error', onError);
    outgoing.end(body);
  });
}
