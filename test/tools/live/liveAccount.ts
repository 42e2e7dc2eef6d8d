/** An account to ask, over HTTP: HubSpot's, or the stand-in's. */

/** The records that the checks are about. Those that are left out leave out the checks that need them. */
export interface Subjects {
  /** A deal with two companies or more, one of them primary. */
  readonly deal?: string | undefined;
  /** A company with so many contacts that they come in several pages, some of which have another primary company. */
  readonly company?: string | undefined;
  /** A deal that was deleted and can still be restored. */
  readonly archived?: string | undefined;
}

export interface LiveAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** The parsed body, or undefined when it is not JSON. */
  readonly body: unknown;
}

export interface SearchFilter {
  readonly propertyName: string;
  readonly operator: 'NOT_HAS_PROPERTY' | 'HAS_PROPERTY';
}

/** A part of an answer's body: `at(body, 'results', 0, 'to')`. Undefined where there is none. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (each, key) => (typeof each === 'object' && each !== null ? Reflect.get(each, key) : undefined),
    value,
  );
}

export class LiveAccount {
  readonly subjects: Subjects;
  readonly #origin: string;
  readonly #token: string;

  constructor(origin: string, token: string, subjects: Subjects) {
    this.subjects = subjects;
    this.#origin = origin;
    this.#token = token;
  }

  get(path: string): Promise<LiveAnswer> {
    return this.#ask('GET', path);
  }

  /** @param contentType - HubSpot wants JSON to be called JSON. */
  batchRead(path: string, inputs: readonly unknown[], contentType = 'application/json'): Promise<LiveAnswer> {
    // With a search the one kind of POST that reads. Nothing else is ever sent.
    if (!/\/batch\/read(?:\?archived=(?:true|false))?$/.test(path)) throw new Error(`${path} is no batch read.`);
    return this.#ask('POST', path, JSON.stringify({ inputs }), contentType);
  }

  /**
   * The records of a type that fit all filters, the first hundred of them with their number. A POST that reads.
   * @param type by its name, such as deals
   */
  search(type: string, filters: readonly SearchFilter[]): Promise<LiveAnswer> {
    if (!/^[a-z_]+$/.test(type)) throw new Error(`${type} is no object type.`);
    const body = JSON.stringify({ filterGroups: [{ filters }], properties: ['hs_object_id'], limit: 100 });
    return this.#ask('POST', `/crm/v3/objects/${type}/search`, body, 'application/json');
  }

  /** What a browser asks before a page of another site may read from this path. Without the token. */
  async preflight(path: string, origin: string): Promise<LiveAnswer> {
    const response = await fetch(`${this.#origin}${path}`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization, content-type',
      },
      redirect: 'error',
      signal: AbortSignal.timeout(60_000),
    });
    await response.arrayBuffer();
    return { status: response.status, headers: response.headers, body: undefined };
  }

  /** HubSpot takes the token in the body here, and only tells what it opens. */
  tokenInfo(): Promise<LiveAnswer> {
    const body = JSON.stringify({ tokenKey: this.#token });
    return this.#ask('POST', '/oauth/v2/private-apps/get/access-token-info', body, 'application/json');
  }

  async #ask(method: 'GET' | 'POST', path: string, body?: string, contentType?: string): Promise<LiveAnswer> {
    const response = await fetch(`${this.#origin}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.#token}`,
        ...(contentType === undefined ? {} : { 'content-type': contentType }),
      },
      redirect: 'error',
      signal: AbortSignal.timeout(60_000),
      ...(body === undefined ? {} : { body }),
    });
    const text = await response.text();
    let parsed: unknown;
    try {
      parsed = JSON.parse(text);
    } catch {
      parsed = undefined;
    }
    return { status: response.status, headers: response.headers, body: parsed };
  }
}
