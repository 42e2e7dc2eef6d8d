import type { AnswerColumns } from './answerColumns.ts';
import type { Failure, RecordProblem } from './failure.ts';
import type { DeliveredError, Delivery } from './hubspot/batchAnswer.ts';

export type HubSpotError = Extract<RecordProblem, { kind: 'hubSpotError' }>;

/** A page of one record's associations: id codes and type sets side by side, in the numbers of the Answer. */
export interface IntakePage {
  readonly record: number;
  readonly codes: readonly number[];
  readonly sets: readonly number[];
  readonly after?: string;
  /** The page came from the read of a single record, whose cursors are its own. */
  readonly single?: true;
}

/** Something about an answer that is no record's place but must be said. */
export type Remark =
  | { readonly kind: 'unaskedId'; readonly id: string }
  | { readonly kind: 'resultAndError'; readonly id: string }
  | { readonly kind: 'batchStatus'; readonly status: string }
  | { readonly kind: 'errorCount'; readonly said: number; readonly listed: number }
  | { readonly kind: 'errorWithoutRecord'; readonly problem: HubSpotError };

/** What one answer means: every record of its call is in exactly one of the four lists. */
export interface Intake {
  readonly pages: readonly IntakePage[];
  readonly none: readonly number[];
  readonly failed: readonly { readonly record: number; readonly problem: HubSpotError }[];
  readonly unread: readonly { readonly record: number; readonly failure: Failure }[];
  readonly remarks: readonly Remark[];
}

/**
 * Holds a delivery against what its call asked for. Associations win over an error for the same record, an unreadable part of a
 * record over both, and another error over "no associations found"; silence is an answer nowhere.
 */
export function reconcile(delivery: Delivery, asked: readonly number[], answer: AnswerColumns): Intake {
  const inCall = new Set(asked);
  const remarks: Remark[] = [];
  const recordIn = (code: number): number | undefined => {
    const record = answer.recordOfCode(code);
    if (record !== undefined && inCall.has(record)) return record;
    remarks.push({ kind: 'unaskedId', id: answer.ids.text(code) });
    return undefined;
  };

  const delivered = new Map<number, IntakePage>();
  for (const { from, codes, sets, after } of delivery.pages) {
    const record = recordIn(from);
    if (record === undefined) continue;
    const sofar = delivered.get(record);
    const cursor = after ?? sofar?.after;
    delivered.set(record, {
      record,
      codes: sofar ? [...sofar.codes, ...codes] : codes,
      sets: sofar ? [...sofar.sets, ...sets] : sets,
      ...(cursor === undefined ? {} : { after: cursor }),
    });
  }
  const unreadable = new Map<number, Failure>();
  for (const { from, where, detail } of delivery.unreadable) {
    const record = recordIn(from);
    if (record !== undefined) unreadable.set(record, { kind: 'unreadableAnswer', where, detail, hubSpot: {} });
  }
  const saidNone = new Set<number>();
  const errors = new Map<number, HubSpotError>();
  for (const error of delivery.errors) {
    const problem = hubSpotError(error);
    if (error.ids.length === 0) remarks.push({ kind: 'errorWithoutRecord', problem });
    for (const id of error.ids) {
      const record = recordIn(id);
      if (record === undefined) continue;
      if (meansNone(error)) saidNone.add(record);
      else errors.set(record, joined(errors.get(record), problem));
    }
  }
  countErrors(delivery, remarks);
  const isComplete = delivery.status === 'COMPLETE';
  if (!isComplete) remarks.push({ kind: 'batchStatus', status: delivery.status });

  const pages: IntakePage[] = [];
  const none: number[] = [];
  const failed: { record: number; problem: HubSpotError }[] = [];
  const unread: { record: number; failure: Failure }[] = [];
  const silence: Failure = isComplete ? { kind: 'notAnswered' } : { kind: 'batchNotComplete', status: delivery.status };
  for (const record of inCall) {
    const page = delivered.get(record);
    const error = errors.get(record);
    const wrong = unreadable.get(record);
    if (wrong) unread.push({ record, failure: wrong });
    else if (page && (page.codes.length > 0 || (page.after !== undefined && !error))) {
      pages.push(page);
      if (error || saidNone.has(record)) remarks.push({ kind: 'resultAndError', id: answer.recordId(record) });
    } else if (error) failed.push({ record, problem: error });
    else if (page || saidNone.has(record)) none.push(record);
    else unread.push({ record, failure: silence });
  }
  return { pages, none, failed, unread, remarks };
}

/** HubSpot's way of saying that a record has no associations, or that there is no such record. */
function meansNone({ category, subCategory }: DeliveredError): boolean {
  return category === 'OBJECT_NOT_FOUND' && subCategory === 'crm.associations.NO_ASSOCIATIONS_FOUND';
}

function hubSpotError({ category, subCategory, message }: DeliveredError): HubSpotError {
  return { kind: 'hubSpotError', category, ...(subCategory === undefined ? {} : { subCategory }), message };
}

/** Several errors for one record are one problem: the first one's category, and every message once. */
function joined(first: HubSpotError | undefined, next: HubSpotError): HubSpotError {
  if (!first) return next;
  if (first.message.split('\n').includes(next.message)) return first;
  return { ...first, message: `${first.message}\n${next.message}` };
}

/** HubSpot does not say whether numErrors counts entries or ids; only a number that is neither disagrees. */
function countErrors({ numErrors, errors }: Delivery, remarks: Remark[]): void {
  if (numErrors === undefined || numErrors === errors.length) return;
  const ids = errors.reduce((sum, error) => sum + Math.max(1, error.ids.length), 0);
  if (numErrors !== ids) remarks.push({ kind: 'errorCount', said: numErrors, listed: errors.length });
}
