import type { AnswerColumns } from '../answer/answerColumns.ts';
import { IdIndex } from '../answer/idCodes.ts';
import type { HubSpotError, Intake, IntakePage, Remark } from '../answer/intake.ts';
import type { PageRows } from '../answer/pageRows.ts';
import type { Failure } from '../domain/failure.ts';
import type { DeliveredError, DeliveredPage, Delivery } from '../hubspot/batchAnswer.ts';

/**
 * Holds a delivery against what its call asked for. Associations win over an error for the same record, an unreadable part of a
 * record over an error and over being complete, and another error over "no associations found"; silence is an answer nowhere.
 */
export function reconcile(delivery: Delivery, asked: Uint32Array, answer: AnswerColumns): Intake {
  const slots = new IdIndex((slot) => asked[slot]!, asked.length);
  for (let slot = 0; slot < asked.length; slot++) slots.add(asked[slot]!, slot);
  const remarks: Remark[] = [];
  const slotOf = (code: number): number => {
    const record = answer.recordOfCode(code);
    const slot = record === undefined ? -1 : slots.find(record);
    if (slot < 0) remarks.push({ kind: 'unaskedId', id: answer.ids.text(code) });
    return slot;
  };

  const { rows } = delivery;
  const delivered = new Array<DeliveredPage | undefined>(asked.length);
  for (const page of delivery.pages) {
    const slot = slotOf(page.from);
    if (slot >= 0) delivered[slot] = oneOf(delivered[slot], page, rows);
  }
  const unreadable = new Map<number, Failure>();
  for (const { from, where, detail } of delivery.unreadable) {
    unreadable.set(slotOf(from), { kind: 'unreadableAnswer', where, detail, hubSpot: {} });
  }
  const saidNone = new Set<number>();
  const errors = new Map<number, HubSpotError>();
  for (const error of delivery.errors) {
    const problem = hubSpotError(error);
    if (error.ids.length === 0) remarks.push({ kind: 'errorWithoutRecord', problem });
    for (const slot of error.ids.map(slotOf)) {
      if (meansNone(error)) saidNone.add(slot);
      else errors.set(slot, joined(errors.get(slot), problem));
    }
  }
  countErrors(delivery, remarks);
  const isComplete = delivery.status === 'COMPLETE';
  if (!isComplete) remarks.push({ kind: 'batchStatus', status: delivery.status });

  const pages: IntakePage[] = [];
  const none: number[] = [];
  const failed: { record: number; problem: HubSpotError }[] = [];
  const unread: { record: number; failure: Failure }[] = [];
  const unfinished: Failure | undefined = isComplete
    ? undefined
    : { kind: 'batchNotComplete', status: delivery.status };
  const silence: Failure = unfinished ?? { kind: 'notAnswered' };
  for (let slot = 0; slot < asked.length; slot++) {
    const record = asked[slot]!;
    const page = delivered[slot];
    const error = errors.get(slot);
    const wrong = unreadable.get(slot);
    if (wrong && page && page.end > page.start) {
      pages.push({ record, start: page.start, end: page.end, unfinished: wrong });
    } else if (wrong) unread.push({ record, failure: wrong });
    else if (page && (page.end > page.start || (page.after !== undefined && !error))) {
      const { start, end, after } = page;
      pages.push(after === undefined ? { record, start, end } : { record, start, end, after });
      if (error || saidNone.has(slot)) remarks.push({ kind: 'resultAndError', id: answer.recordId(record) });
    } else if (error) failed.push({ record, problem: error });
    else if ((page && !unfinished) || saidNone.has(slot)) none.push(record);
    else unread.push({ record, failure: silence });
  }
  return { rows, pages, none, failed, unread, remarks, ...(unfinished ? { unfinished } : {}) };
}

/** Two results for one record are one page: all rows of both, and the cursor that is there. */
function oneOf(first: DeliveredPage | undefined, next: DeliveredPage, rows: PageRows): DeliveredPage {
  if (!first) return next;
  const start = rows.length;
  for (const { start: from, end } of [first, next]) {
    for (let row = from; row < end; row++) rows.push(rows.codes[row]!, rows.sets[row]!);
  }
  const after = next.after ?? first.after;
  return { from: first.from, start, end: rows.length, ...(after === undefined ? {} : { after }) };
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
