/**
 * What can go wrong between this product and HubSpot, as data: a fault can be written in a test, kept in a JSON file or sent
 * to a stand-in in another process. Milliseconds everywhere, but `retryAfter`, which is a header's text.
 */

import type { RecordedRequest } from './recordedRequest.ts';

export type RateLimitPolicy = 'SECONDLY' | 'TEN_SECONDLY_ROLLING' | 'DAILY';

/** Delays: they add up, and everything else comes after them. */
type DelayFault =
  | { readonly kind: 'latency'; readonly milliseconds: number }
  /** Until other faults are set, or all are cleared. */
  | { readonly kind: 'held' };

/** An answer other than the account's, or none. Of several that match, the first one strikes. */
export type InsteadFault =
  /** Nothing at all; the connection stays open until the client gives up. */
  | { readonly kind: 'hang' }
  /** HubSpot's 429 bodies. */
  | {
      readonly kind: 'rateLimited';
      readonly policy: RateLimitPolicy;
      readonly retryAfter?: string;
      /** With `X-HubSpot-RateLimit-*` headers that say nothing remains. */
      readonly rateHeaders?: boolean;
    }
  /** 500 as HubSpot's JSON, the others as the HTML of the network in front of it. */
  | { readonly kind: 'serverError'; readonly status: 500 | 502 | 503 | 504 | 521 | 522 | 523 | 524 | 525 | 526 }
  /** A page instead of data, with status 200 unless told otherwise. */
  | { readonly kind: 'html'; readonly status?: number }
  | { readonly kind: 'emptyBody'; readonly status?: number }
  /** A proxy on the way wants a login. */
  | { readonly kind: 'proxyLogin' }
  /** 423. */
  | { readonly kind: 'locked' }
  /** 477: the account moves to another data centre. */
  | { readonly kind: 'migrating'; readonly retryAfter?: string }
  /** 401 whatever the token. */
  | { readonly kind: 'unauthorized'; readonly expired?: boolean }
  /** 403 in the shapes HubSpot has used: inside `errors[]` or beside it, under one of three keys. */
  | {
      readonly kind: 'missingScopes';
      readonly scopes: readonly string[];
      readonly key: 'requiredGranularScopes' | 'requiredScopes' | 'missingScopes';
      readonly topLevel?: boolean;
    }
  | { readonly kind: 'forbidden'; readonly category: 'USER_DOES_NOT_HAVE_PERMISSIONS' | 'GATED' }
  /**
   * A batch with one of these ids is refused as a whole (400). `names`: how the refusal names them, if it does. context: all of
   * them. message: the first one, in words. mentioned: all of them, with nothing said against them.
   */
  | {
      readonly kind: 'poisonousIds';
      readonly ids: readonly string[];
      readonly names?: 'context' | 'message' | 'mentioned';
    }
  /** A request with a cursor is refused as a whole (400). */
  | { readonly kind: 'refusedCursors' }
  /** A batch with more inputs than this is refused as a whole (400). */
  | { readonly kind: 'smallerBatches'; readonly limit: number }
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly body?: string;
      readonly headers?: Readonly<Record<string, string>>;
    };

/** Changes to what the account is asked. */
type RequestFault =
  /** `after` in a batch read is ignored, so that the first page comes again and again. */
  { readonly kind: 'ignoredCursor' };

/** Changes to the account's answer. All that match strike, in their order. */
export type BodyFault =
  /** Valid HTTP around a body that stops after this share of it. Default half. */
  | { readonly kind: 'cutJson'; readonly keep?: number }
  /** Whatever stands at this path is replaced, or removed when there is no value. */
  | { readonly kind: 'wrongShape'; readonly path: readonly (string | number)[]; readonly value?: unknown }
  /** The batch did not end; of its results, only this share is there. Default all. */
  | {
      readonly kind: 'batchStatus';
      readonly status: 'CANCELED' | 'PENDING' | 'PROCESSING';
      readonly keep?: number;
    }
  /** These ids are neither in `results` nor in `errors`. */
  | { readonly kind: 'missingResults'; readonly ids: readonly string[] }
  /** Ids that nobody asked for. */
  | { readonly kind: 'extraResults'; readonly ids: readonly string[] }
  /** Every result twice. */
  | { readonly kind: 'duplicateResults' }
  /** Every result in two parts: a record's associations stand in two places of one answer. */
  | { readonly kind: 'splitResults' }
  /** Results in reverse. */
  | { readonly kind: 'shuffledResults' }
  /** `numErrors` says this. */
  | { readonly kind: 'numErrors'; readonly value: number }
  /** `errors[]` without `context`, and with this message instead of theirs, which names the record. */
  | { readonly kind: 'errorsWithoutContext'; readonly message?: string }
  /** Nothing but errors: no `results`. */
  | { readonly kind: 'noResults' }
  /** One error for all ids of a category instead of one for each. */
  | { readonly kind: 'groupedErrors' }
  /** These ids end in an error of their own. `repeat`: how many entries for each; default 1. */
  | {
      readonly kind: 'recordErrors';
      readonly ids: readonly string[];
      readonly category: string;
      readonly subCategory?: string;
      readonly message: string;
      readonly repeat?: number;
    }
  /** A next page's cursor is the one it was asked with. */
  | { readonly kind: 'stuckCursor' }
  /** The third page of a record points back to its second. */
  | { readonly kind: 'loopingCursor' };

/** Answers that speak against what the account said before, or against themselves. */
export type ContradictionFault =
  /** Instead of each page an empty one, whose new cursor leads to that page. */
  | { readonly kind: 'emptyPages' }
  /**
   * A page that a cursor announced is not there: there are no associations, says an error or an empty result (default an
   * error). `single`: the first page of the read of one record too.
   */
  | { readonly kind: 'noMore'; readonly as?: 'error' | 'result'; readonly single?: boolean }
  /** These ids have associations, and an error beside them. `none`: the error says that there are no associations. */
  | { readonly kind: 'resultAndError'; readonly ids: readonly string[]; readonly none?: boolean }
  /** A record with a further page stands there twice, with cursors to different pages. `last`: the right one first. */
  | { readonly kind: 'twoCursors'; readonly last?: boolean };

/** The answer is right, its way is not. */
export type TransportFault =
  /** The body in pieces, with a pause after each. */
  | { readonly kind: 'slowDrip'; readonly bytes: number; readonly milliseconds: number }
  /** before: instead of an answer. headers: after them. body: in its middle. after: behind its last byte. */
  | {
      readonly kind: 'connectionLost';
      readonly at: 'before' | 'headers' | 'body' | 'after';
      /** Default a reset; `end` closes in an orderly way, which is no better when the body is not whole. */
      readonly how?: 'reset' | 'end';
    }
  /** The answer is whole and promises to keep the connection, and the next request on it finds it closed. */
  | { readonly kind: 'keepAliveRace' }
  | { readonly kind: 'gzip'; readonly broken?: boolean }
  /** The header names one charset; the bytes are in another. */
  | { readonly kind: 'charset'; readonly declared: string; readonly bytes: 'utf-8' | 'utf-8-bom' | 'utf-16le' };

export type FaultKind = DelayFault | InsteadFault | RequestFault | BodyFault | ContradictionFault | TransportFault;

/** Which requests a fault strikes: all conditions that are given. */
export interface FaultMatch {
  readonly method?: string;
  /** A part of the path. */
  readonly path?: string;
  /** An input with this id. */
  readonly id?: string;
  /** From this request on, counted from 1 since the fault was set, among those that match the rest. */
  readonly from?: number;
  /** Up to this request. */
  readonly to?: number;
}

export type Fault = FaultKind & {
  /** Default every request. `nth` counts from 1 since the fault was set. */
  readonly when?: FaultMatch | ((request: RecordedRequest, nth: number) => boolean);
  /** How often it strikes. Default until it is cleared. */
  readonly times?: number;
};

/** A fault that can travel: its condition is data. */
export type PortableFault = FaultKind & { readonly when?: FaultMatch; readonly times?: number };
