/** What goes over the wire, and HubSpot's error bodies as they have been seen. */

export interface PortalRequest {
  readonly method: string;
  /** Path and query, as they stand in the URL. */
  readonly path: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface PortalAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** An error that ends the whole request. `category` is left out where HubSpot leaves it out. */
export class PortalError extends Error {
  readonly status: number;
  readonly details: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    message: string,
    details: Readonly<Record<string, unknown>> = {},
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.status = status;
    this.details = details;
    this.headers = headers;
  }
}

export const jsonHeaders = { 'content-type': 'application/json;charset=utf-8' } as const;

export function errorAnswer(error: PortalError, correlationId: string): PortalAnswer {
  return {
    status: error.status,
    headers: { ...jsonHeaders, ...error.headers, 'x-hubspot-correlation-id': correlationId },
    body: JSON.stringify({ status: 'error', message: error.message, correlationId, ...error.details }),
  };
}

export const authenticationNotFound = () =>
  new PortalError(
    401,
    'Authentication credentials not found. This API supports OAuth 2.0 authentication and you can find more details at https://developers.hubspot.com/docs/methods/auth/oauth-overview',
    { category: 'INVALID_AUTHENTICATION' },
    { 'x-hubspot-auth-failure': '401 Unauthorized' },
  );

const scopesPage = 'https://developers.hubspot.com/scopes';

/** One of the scopes opens the door. */
export const missingScopes = (anyOf: readonly string[]) =>
  new PortalError(
    403,
    `This app hasn't been granted all required scopes to make this call. Read more about required scopes here: ${scopesPage}.`,
    {
      errors: [
        {
          message: 'One or more of the following scopes are required.',
          context: { requiredGranularScopes: anyOf },
        },
      ],
      links: { scopes: scopesPage },
      category: 'MISSING_SCOPES',
    },
  );

export const resourceNotFound = () => new PortalError(404, 'resource not found', { category: 'OBJECT_NOT_FOUND' });

/** Without a category, as seen. */
export const invalidJson = (why: string) => new PortalError(400, `Invalid input JSON on line 1, column 1: ${why}`);

/** The body of a request. */
export function parseJson(body: string | undefined): unknown {
  try {
    return JSON.parse(body ?? '');
  } catch {
    throw invalidJson('Unexpected character');
  }
}

export const tooManyInputs = (limit: number) =>
  new PortalError(
    400,
    `The maximum number of inputs supported in a batch is ${limit}. Please reduce the number of items and try again`,
    { category: 'VALIDATION_ERROR' },
  );

export const invalidObjectIds = (type: string, ids: readonly string[]) =>
  new PortalError(400, 'One or more associations are invalid', {
    context: { INVALID_OBJECT_IDS: ids.map((id) => `${type.toUpperCase()}=${id} is not valid`), objectId: ids },
    category: 'VALIDATION_ERROR',
  });
