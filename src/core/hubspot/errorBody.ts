import * as z from 'zod';
import type { HubSpotError } from '../domain/failure.ts';
import type { Steps } from '../domain/steps.ts';
import { plainMessage } from '../text/plainText.ts';
import { redact } from '../text/redaction.ts';
import { list, quotingLongNumbers, readingJson } from './json.ts';
import { idsInRefusal, type NamedIds } from './namedIds.ts';

/** HubSpot asks readers of its errors to treat every field as optional; `catch` keeps one odd field from hiding the others. */
const text = z.string().transform(hubSpotWords).optional().catch(undefined);
const context = z.record(z.string(), z.unknown()).optional().catch(undefined);
/** A call asks for at most a thousand records. What a refusal says beyond one error for each of them is not looked at. */
const mostErrors = 1000;
/** In UTF-16 code units, ten times what such errors have. A longer text is none of HubSpot's: its status is what counts. */
const longestBody = 2_500_000;
/** A refusal names a few. */
const mostScopes = 100;
const errorBodySchema = z.object({
  message: text,
  category: text,
  subCategory: text,
  correlationId: z.string().transform(correlationIdIn).optional().catch(undefined),
  policyName: text,
  context,
  errors: list.optional().catch(undefined),
});
const oneErrorSchema = z.object({ message: text, context }).catch({});

/** The body of a refusal, whatever it was: JSON by HubSpot, a gateway's HTML, nothing. */
export interface ErrorBody {
  readonly words: HubSpotError;
  /** The limit that was reached: SECONDLY, TEN_SECONDLY_ROLLING, DAILY, ... */
  readonly policyName?: string;
  /** Any one of these scopes would do. */
  readonly scopes: readonly string[];
  /** The records that HubSpot names. */
  readonly named: NamedIds;
  /** When the token expired, in milliseconds since 1970. */
  readonly expiry?: number;
  /** A page for a browser, so not from HubSpot's API. */
  readonly isPage: boolean;
}

const scopeKeys = ['requiredGranularScopes', 'requiredScopes', 'missingScopes'] as const;
const scopeList = z.array(z.string()).catch([]);

/** A text of HubSpot as it may be shown and kept: it is whoever answers that chose it. */
export function hubSpotWords(text: string): string {
  return redact(plainMessage(text));
}

/** The id by which HubSpot's support finds a call. It goes into logs and reports, so what has not the form of one is none. */
export function correlationIdIn(text: string | null): string | undefined {
  return text !== null && /^[\w.:-]{1,100}$/.test(text) && redact(text) === text ? text : undefined;
}

/** What a refusal says, in steps. */
export function* readingErrorBody(status: number, whole: string, correlationHeader: string | null): Steps<ErrorBody> {
  const body = whole.slice(0, longestBody);
  const json = yield* readingJson(yield* quotingLongNumbers(body));
  yield;
  const parsed = errorBodySchema.safeParse(json.ok ? json.value : undefined);
  const error = parsed.success ? parsed.data : {};
  const errors: z.infer<typeof oneErrorSchema>[] = [error];
  for (const each of error.errors?.slice(0, mostErrors) ?? []) {
    errors.push(oneErrorSchema.parse(each));
    yield;
  }
  const contexts = errors.map((each) => each.context);
  const scopes = new Set(contexts.flatMap((each) => scopeKeys.flatMap((key) => scopeList.parse(each?.[key] ?? []))));
  const expiry = contexts.map((each) => timeIn(each?.['expire time'])).find((time) => time !== undefined);
  const correlationId = error.correlationId ?? correlationIdIn(correlationHeader);
  return {
    words: {
      httpStatus: status,
      ...(error.category ? { category: error.category } : {}),
      ...(error.subCategory ? { subCategory: error.subCategory } : {}),
      ...(error.message ? { message: error.message } : {}),
      ...(correlationId ? { correlationId } : {}),
    },
    ...(error.policyName ? { policyName: error.policyName } : {}),
    scopes: [...new Set([...scopes].slice(0, mostScopes).map(hubSpotWords))],
    named: idsInRefusal(errors),
    ...(expiry === undefined ? {} : { expiry }),
    isPage: !json.ok && /^\s*<(?:!doctype|html|head|body|\?xml)/i.test(body),
  };
}

/** A time as HubSpot gives it: ISO 8601, alone or in a list. */
function timeIn(value: unknown): number | undefined {
  const [text] = Array.isArray(value) ? value : [value];
  const time = typeof text === 'string' ? Date.parse(text) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}
