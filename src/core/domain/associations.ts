/**
 * The words of the domain. A Question goes in, an Answer comes out, and every record asked for has exactly one place in it:
 *
 *     asked = found + none + failed + notRead
 */

import type { RecordError, RecordProblem } from './failure.ts';
import { isSameObjectType, type ObjectType } from './objectTypes.ts';

/** HubSpot's associations API, by the version in its path. */
export type ApiVersion = 'v3' | '2026-03' | '2026-09';

export const apiVersions: readonly ApiVersion[] = ['v3', '2026-03', '2026-09'];

/** How many associations of one record are read unless the question says otherwise. */
export const defaultRecordCap = 10_000;

/** What is asked: these records of one type, and which records of the other type they are associated with. */
export interface Question {
  /** Object type of the asked records, as it goes into the path: a name ("deals") or an object type id ("0-3", "2-123"). */
  readonly from: string;
  /** Object type of the associated records, in the same form. */
  readonly to: string;
  /**
   * Record ids as digits. Duplicates are allowed and counted once; what is no record id is answered as not read. The question
   * of an Answer has each id once, and makes the array when it is read: {@link Answer.asked} is what to read in a loop.
   */
  readonly ids: readonly string[];
  /** Default v3. */
  readonly apiVersion?: ApiVersion;
  /** The most associations to read of one record; Infinity reads all. Default {@link defaultRecordCap}. */
  readonly recordCap?: number;
}

/** The same of several object types: a question for each of them, about the same ids. */
export interface QuestionOfTypes extends Omit<Question, 'to'> {
  readonly to: readonly string[];
}

/** The asked ids, each once, numbered from 0 in the order they were first asked. One object may be shared by several Answers. */
export interface AskedIds {
  readonly length: number;
  /** False while more are still to come: then no Answer about them is complete. */
  readonly isWhole: boolean;
  text(record: number): string;
  /** The same id as a number, without making its text; NaN where a number cannot hold every digit of it. */
  number(record: number): number;
  find(id: string): number | undefined;
}

/**
 * found: HubSpot named at least one association. none: HubSpot said there is none, or no such record, which it says in the
 * same way. failed: HubSpot answered with another error for this record. notRead: there is no answer for this record (yet).
 */
export type RecordState = 'found' | 'none' | 'failed' | 'notRead';

/** One of the ways two records are associated. v3 names the type; the date versions give category, type id and label. */
export interface AssociationType {
  readonly category?: string;
  readonly typeId?: number;
  readonly label?: string;
  /** The type's name under v3, such as `deal_to_company` or a custom label's internal name. */
  readonly name?: string;
}

/** One associated record, once, with every type that connects it. */
export interface Association {
  readonly toId: string;
  readonly types: readonly AssociationType[];
}

/** Why what is known of a record's associations may not be all of them. */
export type Truncation =
  /** A further page of it is asked for in the run that is going on: it is no truncated one, its end is only not known yet. */
  | 'reading'
  /** The question's cap on associations of one record was reached. */
  | 'cap'
  /** HubSpot's cursor did not move on, and the record could not be read in another way. */
  | 'cursor'
  /** A page was not read, its batch did not end as COMPLETE, or HubSpot contradicted itself; the record's problem says which. */
  | 'page';

/** asked = found + none + failed + notRead, always. All are counts of distinct records, but `associations` and `unasked`. */
export interface Counts {
  readonly asked: number;
  readonly found: number;
  readonly none: number;
  readonly failed: number;
  readonly notRead: number;
  /** Records of which not all associations are read: found ones, and those whose "none" is not final. */
  readonly truncated: number;
  /** Found records of which further pages are still to come in the run that is going on; 0 at rest. In no other count but `found`. */
  readonly reading: number;
  /** Distinct associated records per asked record, summed. */
  readonly associations: number;
  /** Ids in HubSpot's answers that nobody asked for. They are in no other count. */
  readonly unasked: number;
}

/** Something that whoever relies on an Answer has to know. */
export type Notice =
  /** See {@link isPrimaryOnly}: other companies, or asked from companies other records, are not in the Answer. */
  | { readonly kind: 'primaryCompanyOnly' }
  /** The token may be a user's (OAuth): the answer then holds what that user may see, and the rest looks like none. */
  | { readonly kind: 'userToken' }
  /** HubSpot answered for these ids, which nobody asked for. At most the first 100. */
  | { readonly kind: 'unaskedIds'; readonly ids: readonly string[]; readonly count: number }
  /** HubSpot gave both associations and an error for these ids; the associations are in the Answer. At most the first 100. */
  | { readonly kind: 'resultAndError'; readonly ids: readonly string[]; readonly count: number }
  /** HubSpot gave these ids twice in one answer, with different next pages, so no further page was read. At most the first 100. */
  | { readonly kind: 'twoCursors'; readonly ids: readonly string[]; readonly count: number }
  /** HubSpot's own count of errors disagrees with its list. */
  | { readonly kind: 'errorCountDisagrees'; readonly said: number; readonly listed: number }
  /** A batch ended in a status other than COMPLETE. */
  | { readonly kind: 'batchStatus'; readonly status: string; readonly batches: number }
  /** HubSpot reported an error that names no record. */
  | { readonly kind: 'errorWithoutRecord'; readonly problem: RecordError };

/**
 * complete: nothing failed, nothing is unread, nothing is truncated, and HubSpot was asked in a way that hides nothing.
 * primaryOnly: everything was read, but v3 tells companies and other records apart from each other only where the company is
 * the primary one (see {@link isPrimaryOnly}). incomplete: something failed, is not read or is truncated.
 */
export type Completeness = 'complete' | 'primaryOnly' | 'incomplete';

/** What a look-up took. */
export interface Effort {
  /** HTTP requests sent, retries included. */
  readonly requests: number;
  /** Answers taken in: batches and single pages. */
  readonly pages: number;
  /** Time spent running, in milliseconds; a resumed look-up adds up its runs. */
  readonly milliseconds: number;
}

/**
 * What is known. Records are numbered from 0 in the order they were first asked, and are read one at a time: an Answer with
 * a million associations never becomes a million objects.
 */
export interface Answer {
  readonly question: Question;
  readonly asked: AskedIds;
  readonly apiVersion: ApiVersion;
  readonly counts: Counts;
  readonly completeness: Completeness;
  /** True when {@link completeness} is `complete`, and only then. */
  readonly complete: boolean;
  readonly notices: readonly Notice[];
  readonly effort: Effort;
  /** The account's custom object types, as far as they are known: v3 names associations by their names. */
  readonly customTypes: readonly ObjectType[];
  knowCustomTypes(types: readonly ObjectType[]): void;
  /** Goes up with every change while a look-up runs. */
  readonly revision: number;

  /** The id of a record, as asked. */
  recordId(record: number): string;
  /** The record with this id, or undefined if it was not asked for. */
  recordOf(id: string): number | undefined;
  state(record: number): RecordState;
  truncation(record: number): Truncation | undefined;
  /** Why a record failed, was not read, or is truncated. */
  problem(record: number): RecordProblem | undefined;
  /** How many distinct associated records are known of this record. */
  associationCount(record: number): number;
  /** The id of a record's nth association (0 <= nth < associationCount). Cheap. */
  toId(record: number, nth: number): string;
  /** The same id as a number, to sort by without making its text; NaN where a number cannot hold every digit of it. */
  toIdNumber(record: number, nth: number): number;
  /** The types of a record's nth association; the same array for every association with the same types. Cheap. */
  types(record: number, nth: number): readonly AssociationType[];
}

/**
 * True when the batch read hides associations by itself: v3 only returns those with a record's primary company, says HubSpot's
 * documentation. Asked from companies it is then the other records that may be missing.
 */
export function isPrimaryOnly({ apiVersion = 'v3', from, to }: Pick<Question, 'apiVersion' | 'from' | 'to'>): boolean {
  return apiVersion === 'v3' && [from, to].some((type) => isSameObjectType(type, 'companies'));
}

/**
 * True when one of the types says that one of the two records is the other's primary one. A type id only counts together with
 * its category: accounts number their own types from 1 too.
 */
export function isPrimary(types: readonly AssociationType[]): boolean {
  return types.some(
    (type) =>
      (type.typeId !== undefined && type.category === 'HUBSPOT_DEFINED' && primaryTypeIds.has(type.typeId)) ||
      (type.typeId === undefined && type.name !== undefined && primaryTypeNames.has(type.name)),
  );
}

/**
 * HubSpot-defined association types that mean "primary": those of HubSpot's published list, and 271 to 274, which come beside
 * them in answers and say Primary once more. Accounts and apps number their own types from 1 too, in other categories.
 */
const primaryTypeIds: ReadonlySet<number> = new Set([
  1, 2, 5, 6, 25, 26, 271, 272, 273, 274, 509, 510, 578, 580, 582, 583, 1299,
]);

/** The names v3 uses for those types; the same pair without the mark ends in `_unlabeled`. */
const primaryTypeNames: ReadonlySet<string> = new Set([
  'contact_to_company',
  'company_to_contact',
  'deal_to_company',
  'company_to_deal',
  'ticket_to_company',
  'company_to_ticket',
  'lead_to_primary_contact',
]);
