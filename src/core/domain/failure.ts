/**
 * Every way a look-up can fail, as one union. Sentences and buttons for them live on the editor's side; here is what
 * happened and what is known about it.
 */

/** HubSpot's own words about an error, for Details and the log. All are optional: HubSpot asks readers to treat them so. */
export interface HubSpotError {
  readonly httpStatus?: number;
  readonly category?: string;
  readonly subCategory?: string;
  readonly message?: string;
  readonly correlationId?: string;
}

/** Why a call, and the records in it, could not be read. */
export type Failure =
  /** The run was cancelled by the user. Resume reads the rest. */
  | { readonly kind: 'cancelled' }
  /** The editor was closed, or ended, before this was read. Resume reads the rest. */
  | { readonly kind: 'interrupted' }
  /** A part of what was kept is missing on the disk, or cannot be read there. Resume reads it anew. */
  | { readonly kind: 'lostOnDisk' }
  /** Another window of the editor keeps this look-up, and may be reading it. */
  | { readonly kind: 'openElsewhere' }
  /** There is no token for this account. */
  | { readonly kind: 'noToken' }
  /** What stopped it was the token, and the account has another one since. Resume reads the rest. */
  | { readonly kind: 'newToken' }
  /** 401, or 530 for text of another form: the token is unknown, revoked or expired. A new token resumes. */
  | { readonly kind: 'unauthorized'; readonly expired: boolean; readonly hubSpot: HubSpotError }
  /** 403: scopes are missing. `anyOf` are the scopes HubSpot named; one of them opens the door. */
  | { readonly kind: 'missingScopes'; readonly anyOf: readonly string[]; readonly hubSpot: HubSpotError }
  /** 403 for another reason: the user who made the token left, or the account lacks the feature. */
  | { readonly kind: 'forbidden'; readonly hubSpot: HubSpotError }
  /** 401 or 403 as a page for a browser: a firewall or gateway between, not HubSpot. */
  | { readonly kind: 'blocked'; readonly hubSpot: HubSpotError }
  /** 400: HubSpot does not know an object type of the question. */
  | { readonly kind: 'unknownObjectType'; readonly hubSpot: HubSpotError }
  /** Another 400, 404, 405, 414, 415...: HubSpot will not answer this request, whenever it is sent. */
  | { readonly kind: 'refused'; readonly hubSpot: HubSpotError }
  /** 429 that outlasted all patience. */
  | { readonly kind: 'rateLimited'; readonly hubSpot: HubSpotError }
  /** 429 with the account's daily limit: no use before midnight in the account's time zone. */
  | { readonly kind: 'dailyLimit'; readonly hubSpot: HubSpotError }
  /** 423: the record is locked; 477: the account is being moved to another data center, `until` milliseconds since 1970 if HubSpot says so. */
  | { readonly kind: 'unavailable'; readonly until?: number; readonly hubSpot: HubSpotError }
  /** 5xx that outlasted the retries. */
  | { readonly kind: 'serverError'; readonly hubSpot: HubSpotError }
  /** No connection at all. */
  | { readonly kind: 'offline'; readonly detail: string }
  /** The host's name could not be resolved. */
  | { readonly kind: 'dns'; readonly detail: string }
  /** The proxy asks for a login (407), or refuses. */
  | { readonly kind: 'proxy'; readonly detail: string }
  /** The certificate of the host or of a proxy between is not trusted. */
  | { readonly kind: 'certificate'; readonly detail: string }
  /** No answer in time. */
  | { readonly kind: 'timeout'; readonly milliseconds: number }
  /** The connection broke before the whole answer had arrived. */
  | { readonly kind: 'connectionLost'; readonly detail: string }
  /** The answer is not what HubSpot's contract says: HTML, an empty body, cut JSON, a wrong shape. `where` is a path such as `results[3].from.id`. */
  | {
      readonly kind: 'unreadableAnswer';
      readonly where: string;
      readonly detail: string;
      readonly hubSpot: HubSpotError;
    }
  /** The batch ended as CANCELED, PENDING or PROCESSING, so what it did not bring is unknown. */
  | { readonly kind: 'batchNotComplete'; readonly status: string }
  /** HubSpot's complete answer says nothing at all about this record. */
  | { readonly kind: 'notAnswered' }
  /** Not a record id (1 to 19 digits, no leading zero): never sent. */
  | { readonly kind: 'notAnId' }
  /** A page's cursor pointed to itself or to an earlier page, or page after page brought nothing new. */
  | { readonly kind: 'cursorStuck' }
  /** What HubSpot said of this record does not go together, so that what came may not be all. */
  | { readonly kind: 'contradiction'; readonly how: Contradiction }
  | NeverSent;

/** In which way HubSpot's answers about one record contradict each other. */
export type Contradiction =
  /** A cursor announced another page, and that page was the last and held nothing that had not come before: "more", then "none". */
  | 'announcedMore'
  /** The record was read once more from its first page, and that listed fewer associations than had come before. */
  | 'listedFewer'
  /** One answer held associations of the record and an error for it. */
  | 'resultAndError'
  /** One answer held the record twice, with cursors that lead to different pages. */
  | 'twoCursors';

/**
 * The request is none of those with which this product reads, or `part` of it has no form that could stand there: it was not
 * sent, and no later try will send it.
 */
export interface NeverSent {
  readonly kind: 'neverSent';
  readonly part: 'objectType' | 'recordId' | 'apiVersion' | 'request';
}

/** What HubSpot reported about a record. */
export type RecordError = Extract<RecordProblem, { kind: 'hubSpotError' }>;

/** Why one record failed, was not read, or is truncated. */
export type RecordProblem =
  /** HubSpot answered with this error for this record (the record is `failed`). */
  | {
      readonly kind: 'hubSpotError';
      readonly category: string;
      readonly subCategory?: string;
      readonly message: string;
      /** HubSpot did not say this of the record alone, but refused every call that asked for it, with this status. */
      readonly httpStatus?: number;
    }
  /** The record could not be read (the record is `notRead`, or found and truncated). */
  | { readonly kind: 'notRead'; readonly failure: Failure };
