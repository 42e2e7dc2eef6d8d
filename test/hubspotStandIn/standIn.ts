import type { Account } from '../../src/core/sampleHubSpot/accountData.ts';
import type { Portal } from '../../src/core/sampleHubSpot/portal.ts';
import type { Faults } from './faults.ts';
import type { RateLimit } from './rateLimit.ts';
import type { RecordedRequest } from './recordedRequest.ts';
import type { StandInToken } from './tokens.ts';

export interface StandInOptions {
  /** Default 0: a free one. */
  readonly port?: number;
  /** Default the sample account. */
  readonly account?: Account;
  /** Rows a page of one record in a batch read. Default 100. */
  readonly pageSize?: number;
  /** The most rows a page of one record's own associations. Default 500. */
  readonly recordPageSize?: number;
  readonly rateLimit?: RateLimit;
  /** Milliseconds after which the server closes an idle connection. Default Node's 5,000. */
  readonly keepAliveTimeout?: number;
  /** Remembers answers by request, so that asking again costs nothing. For measurements. */
  readonly rememberAnswers?: boolean;
  /** False keeps no requests. For measurements. Default true. */
  readonly record?: boolean;
  /** Takes commands over HTTP too. */
  readonly control?: boolean;
  /** For tests that speak to the stand-in themselves, and not through the product: requests that do not read are no mistake. */
  readonly takesAnything?: boolean;
}

export interface StandIn {
  readonly origin: string;
  /** The token that opens the account now. */
  readonly token: string;
  readonly portal: Portal;
  readonly requests: readonly RecordedRequest[];
  readonly faults: Faults;
  /** How many requests were answered with 429 because the rate limit was really reached. */
  readonly refusedByLimit: number;
  /** The most requests that were being answered at the same time. */
  readonly peakInFlight: number;
  /** The token dies after this many further requests: 401, expired if it is OAuth's, since a private app's never expires. */
  expireToken(afterRequests: number): void;
  /** A new token, which is good; the old one is dead. */
  issueToken(kind?: StandInToken): string;
  forgetRequests(): void;
  /**
   * Drops every connection and ends.
   * @throws when anything arrived, from the start on, that is not a read of this product
   */
  close(): Promise<void>;
}
