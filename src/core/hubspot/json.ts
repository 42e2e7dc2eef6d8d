import * as z from 'zod';
import { lengthOfStep, Pace, type Steps } from '../domain/steps.ts';
import { parsingJson, stringEnd } from '../text/jsonValue.ts';

/** A JSON text read into a value, or the reason why it is none. */
export type Json = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly detail: string };

/** What a reader makes of a successful answer's text. `where` is empty when the text is not even JSON. */
export type Read<T> =
  | { readonly value: T }
  | { readonly unreadable: { readonly where: string; readonly detail: string } };

/** The value of a text, in steps. */
export function* readingJson(text: string): Steps<Json> {
  try {
    return { ok: true, value: yield* parsingJson(text) };
  } catch (error) {
    return { ok: false, detail: error instanceof Error ? withoutQuote(error.message) : 'not JSON' };
  }
}

/** Where a schema did not fit, as `results[3].from.id`, or `body` for the whole of it: never empty, see {@link Read}. */
export function firstIssue(error: Pick<z.ZodError, 'issues'>, under = ''): { where: string; detail: string } {
  const issue = error.issues[0];
  const path = (issue?.path ?? [])
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
    .join('');
  return {
    where: `${under}${path}`.replace(/^\./, '') || 'body',
    detail: issue?.message ?? 'not of the documented shape',
  };
}

/** A list whose elements are looked at one by one, in steps. */
export const list = z.custom<readonly unknown[]>(Array.isArray, 'expected an array');

const listAnswer = z.object({ results: list });

/** What is made of the results of an answer's text: see {@link readingResults}. */
export function* readingList<Wire, Made>(
  text: string,
  result: z.ZodType<Wire>,
  make: (wire: Wire) => Made | undefined,
): Steps<Read<readonly Made[]>> {
  const json = yield* readingJson(text);
  return json.ok ? yield* readingResults(json.value, result, make) : { unreadable: { where: '', detail: json.detail } };
}

/**
 * What is made of each of the results of an answer, in steps. Unreadable when one does not fit.
 * @param make undefined for one that is left out
 */
export function* readingResults<Wire, Made>(
  body: unknown,
  result: z.ZodType<Wire>,
  make: (wire: Wire) => Made | undefined,
): Steps<Read<readonly Made[]>> {
  yield;
  const answer = listAnswer.safeParse(body);
  if (!answer.success) return { unreadable: firstIssue(answer.error) };
  const { results } = answer.data;
  const all: Made[] = [];
  const pace = new Pace();
  for (const [at, each] of results.entries()) {
    const parsed = result.safeParse(each);
    if (!parsed.success) return { unreadable: firstIssue(parsed.error, `results[${at}]`) };
    const made = make(parsed.data);
    if (made !== undefined) all.push(made);
    if (pace.isOver(0)) yield;
  }
  return { value: all };
}

/** Engines quote a piece of the text in their message; it may hold what no log should. */
function withoutQuote(message: string): string {
  return message.replace(/, (?:\.{3})?".*"(?:\.{3})? is not valid JSON$/s, ', not valid JSON');
}

/**
 * The same text with every long whole number outside of strings put into quotes, so that JSON.parse keeps its digits: above
 * 2^53 a number would be rounded to another record's id. Only needed for answers in which such a number was met.
 * In steps.
 */
export function* quotingLongNumbers(text: string): Steps<string> {
  let quoted = '';
  let done = 0;
  let stepEnd = lengthOfStep;
  for (let at = 0; at < text.length; ) {
    if (at >= stepEnd) {
      stepEnd = at + lengthOfStep;
      yield;
    }
    const code = text.charCodeAt(at);
    if (code === 34) at = stringEnd(text, at);
    else if (code === 45 || isDigit(code)) {
      const digits = code === 45 ? at + 1 : at;
      let end = digits;
      while (isDigit(text.charCodeAt(end))) end++;
      const whole = end;
      while (isOfNumber(text.charCodeAt(end))) end++;
      if (whole === end && end - digits >= 16) {
        quoted += `${text.slice(done, at)}"${text.slice(at, end)}"`;
        done = end;
      }
      at = Math.max(end, at + 1);
    } else at++;
  }
  return quoted + text.slice(done);
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** What may stand in a number beside its digits: a dot, an exponent and its sign. */
function isOfNumber(code: number): boolean {
  return isDigit(code) || code === 46 || code === 101 || code === 69 || code === 43 || code === 45;
}
