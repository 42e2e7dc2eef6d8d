/** The request behind an answer, to be sent by hand. The token never stands in it: it comes from the environment. */

export interface RequestParts {
  /** Such as `https://api.hubapi.com`. */
  readonly origin: string;
  readonly path: string;
  readonly body: string;
}

/** For a POSIX shell. */
export function curlCommand({ origin, path, body }: RequestParts): string {
  return [
    `curl -sS -X POST ${shellQuoted(`${origin}${path}`)}`,
    '-H "Authorization: Bearer $HUBSPOT_TOKEN"',
    "-H 'Content-Type: application/json'",
    `-d ${shellQuoted(body)}`,
  ].join(' \\\n  ');
}

/** For the editor's HTTP clients (REST Client, httpYac), which read the environment with `{{$processEnv NAME}}`. */
export function httpRequestText({ origin, path, body }: RequestParts): string {
  return [
    '# The token is read from $HUBSPOT_TOKEN.',
    `POST ${origin}${path}`,
    'Authorization: Bearer {{$processEnv HUBSPOT_TOKEN}}',
    'Content-Type: application/json',
    '',
    body,
    '',
  ].join('\n');
}

function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
