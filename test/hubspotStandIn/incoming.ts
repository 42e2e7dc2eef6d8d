/** What a request holds, read off its stream. */
import type { IncomingMessage } from 'node:http';

/** Undefined when the client broke off before its request was whole. */
export async function bodyOf(message: IncomingMessage): Promise<string | undefined> {
  const pieces: Buffer[] = [];
  try {
    for await (const piece of message) pieces.push(Buffer.from(piece));
  } catch {
    return undefined;
  }
  return Buffer.concat(pieces).toString();
}

export function plainHeaders(message: IncomingMessage): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(message.headers).map(([name, value]) => [name, String(value)]));
}

/** The body as JSON, or as the text it is; undefined without one. */
export function parsed(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The body of a batch read without its `after`. */
export function withoutCursors(text: string): string {
  return JSON.stringify(JSON.parse(text), (key, value) => (key === 'after' ? undefined : value));
}
