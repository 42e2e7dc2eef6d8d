export interface FetchInit {
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal?: AbortSignal;
}

export interface FetchResponse {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  /** The whole body as text (UTF-8). Rejects when the connection breaks before its end. */
  text(): Promise<string>;
}

/**
 * The part of the Fetch API that the core uses, so that the host's own `fetch` (with its proxies and certificates) fits, and
 * so does the sample account. Rejects with a TypeError whose `cause` tells why when there was no answer, and with the signal's
 * reason when aborted.
 */
export type Fetch = (url: string, init: FetchInit) => Promise<FetchResponse>;
