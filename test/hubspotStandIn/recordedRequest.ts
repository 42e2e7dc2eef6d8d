/** What arrived at the stand-in. */

export interface RecordedRequest {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  /** Names in lower case; a token is replaced by `<token>`. */
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed JSON; the text where it is none; undefined where there is no body. */
  readonly body: unknown;
  /** Milliseconds since the stand-in started. */
  readonly time: number;
}

/** The ids of a batch read, with their cursors. */
export function inputsOf(request: RecordedRequest): readonly { readonly id: string; readonly after?: string }[] {
  const { body } = request;
  if (typeof body !== 'object' || body === null || !('inputs' in body) || !Array.isArray(body.inputs)) return [];
  return body.inputs.flatMap((input: unknown) => {
    if (typeof input !== 'object' || input === null || !('id' in input)) return [];
    const after = 'after' in input && typeof input.after === 'string' ? { after: input.after } : {};
    return [{ id: String(input.id), ...after }];
  });
}
