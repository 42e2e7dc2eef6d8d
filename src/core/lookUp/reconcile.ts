import type { AnswerColumns } from '../answer/answerColumns.ts';
import { IdIndex } from '../answer/idCodes.ts';
import type { Intake, IntakePage } from '../answer/intake.ts';
import type { PageRows } from '../answer/pageRows.ts';
import type { Notice } from '../domain/associations.ts';
import type { Failure, RecordError } from '../domain/failure.ts';
import { elementsOfStep, inSteps, Pace, type Steps } from '../domain/steps.ts';
import type { DeliveredError, DeliveredPage, Delivery } from '../hubspot/batchAnswer.ts';

/**
 * Holds a delivery against what its call asked for. Associations win over an error for the same record, an unreadable part of a
 * record over an error and over being complete, and another error over "no associations found"; a record that the answer does
 * not mention is not read. What does not go together is told in a notice, and a record that such a notice names is not finished
 * by this answer. In steps; nothing of it is in the Answer before all of it is held against what was asked.
 */
export function* reconcile(delivery: Delivery, asked: Uint32Array, answer: AnswerColumns): Steps<Intake> {
  const heard = yield* gather(delivery, asked, answer);
  countErrors(delivery, heard.notices);
  const isComplete = delivery.status === 'COMPLETE';
  if (!isComplete) heard.notices.push({ kind: 'batchStatus', status: delivery.status, batches: 1 });
  return list(heard, asked, answer, delivery, isComplete);
}

/** So many ids that nobody asked for stand in one notice: each is written down and taken in at once. */
const idsOfNotice = 10_000;

/** What an answer says, by the slots of its call: the places of the records in what was asked. */
interface Heard {
  readonly pages: readonly (DeliveredPage | undefined)[];
  /** Slots whose result stands there twice, with cursors that lead to different pages. */
  readonly twoCursors: ReadonlySet<number>;
  readonly unreadable: ReadonlyMap<number, Failure>;
  readonly saidNone: ReadonlySet<number>;
  readonly errors: ReadonlyMap<number, RecordError>;
  readonly notices: Notice[];
}

function* gather(delivery: Delivery, asked: Uint32Array, answer: AnswerColumns): Steps<Heard> {
  const notices: Notice[] = [];
  const unasked = new Set<string>();
  const askedSlot = slotFinder(asked, answer);
  const slotOf = (code: number): number => {
    const slot = askedSlot(code);
    if (slot < 0) unasked.add(answer.ids.text(code));
    return slot;
  };
  const { pages, twoCursors } = yield* gatherPages(delivery, asked.length, slotOf);
  const unreadable = new Map<number, Failure>();
  yield* inSteps(delivery.unreadable, ({ from, where, detail }) => {
    unreadable.set(slotOf(from), { kind: 'unreadableAnswer', where, detail, hubSpot: {} });
  });
  const saidNone = new Set<number>();
  const errors = new Map<number, Problem>();
  let withoutRecord = 0;
  const pace = new Pace();
  for (const error of delivery.errors) {
    const named = error.inMessage ? error.ids.map(askedSlot).filter((slot) => slot >= 0) : error.ids.map(slotOf);
    if (named.length === 0 && ++withoutRecord <= mostWithoutRecord)
      notices.push({ kind: 'errorWithoutRecord', problem: hubSpotError(error) });
    for (const slot of named) {
      if (meansNone(error)) saidNone.add(slot);
      else errors.set(slot, withMessage(errors.get(slot), error));
    }
    if (pace.isOver(error.ids.length)) yield;
  }
  const strangers = [...unasked];
  for (let at = 0; at < strangers.length; at += idsOfNotice) {
    notices.push({ kind: 'unaskedIds', ...listOf(strangers.slice(at, at + idsOfNotice)) });
  }
  const problems = new Map<number, RecordError>();
  let messages = 0;
  for (const [slot, problem] of errors) {
    problems.set(slot, joined(problem));
    messages += problem.messages.size;
    if (messages < elementsOfStep) continue;
    messages = 0;
    yield;
  }
  return { pages, twoCursors, unreadable, saidNone, errors: problems, notices };
}

/** The one page of each slot, also where an answer has several results for it. */
function* gatherPages(
  delivery: Delivery,
  slots: number,
  slotOf: (code: number) => number,
): Steps<Pick<Heard, 'pages' | 'twoCursors'>> {
  const pages = new Array<DeliveredPage | undefined>(slots);
  const repeated = new Map<number, DeliveredPage[]>();
  const cursors = new Map<number, string>();
  const twoCursors = new Set<number>();
  yield* inSteps(delivery.pages, (page) => {
    const slot = slotOf(page.from);
    if (slot < 0) return;
    const those = repeated.get(slot);
    if (those) those.push(page);
    else if (pages[slot]) repeated.set(slot, [pages[slot], page]);
    else pages[slot] = page;
    if (page.after === undefined) return;
    if ((cursors.get(slot) ?? page.after) !== page.after) twoCursors.add(slot);
    cursors.set(slot, page.after);
  });
  const pace = new Pace();
  for (const [slot, those] of repeated) {
    pages[slot] = yield* oneOf(those, delivery.rows);
    if (pace.isOver(those.length)) yield;
  }
  return { pages, twoCursors };
}

/**
 * Finds the slot of an id in a call, or -1. HubSpot mostly answers in the order of the inputs, so the slot after the last one
 * that was found is looked at first; an index of all is only made for an answer in another order.
 */
function slotFinder(asked: Uint32Array, answer: AnswerColumns): (code: number) => number {
  let next = 0;
  let slots: IdIndex | undefined;
  const find = (record: number): number => {
    if (!slots) {
      slots = new IdIndex((slot) => asked[slot]!, asked.length);
      for (let slot = 0; slot < asked.length; slot++) slots.add(asked[slot]!, slot);
    }
    return slots.find(record);
  };
  return (code) => {
    if (next < asked.length && answer.asked.code(asked[next]!) === code) return next++;
    const record = answer.asked.findCode(code);
    const slot = record === undefined ? -1 : find(record);
    if (slot >= 0) next = slot + 1;
    return slot;
  };
}

/** What an answer says of one record. part: a page of which a piece could not be read. */
type Verdict = 'page' | 'part' | 'unreadable' | 'failed' | 'none' | 'silence';

function verdictOf({ pages, unreadable, saidNone, errors }: Heard, slot: number, isComplete: boolean): Verdict {
  const page = pages[slot];
  const hasRows = page !== undefined && page.end > page.start;
  if (unreadable.has(slot)) return hasRows ? 'part' : 'unreadable';
  if (hasRows) return 'page';
  if (errors.has(slot)) return 'failed';
  if (page?.after !== undefined) return 'page';
  return saidNone.has(slot) || (page && isComplete) ? 'none' : 'silence';
}

function list(
  heard: Heard,
  asked: Uint32Array,
  answer: AnswerColumns,
  { rows, status }: Delivery,
  isComplete: boolean,
): Intake {
  const { notices } = heard;
  const withError: string[] = [];
  const withTwoCursors: string[] = [];
  const pages: IntakePage[] = [];
  const none: number[] = [];
  const failed: { record: number; problem: RecordError }[] = [];
  const unread: { record: number; failure: Failure }[] = [];
  const unfinished: Failure | undefined = isComplete ? undefined : { kind: 'batchNotComplete', status };
  const silence: Failure = unfinished ?? { kind: 'notAnswered' };
  for (let slot = 0; slot < asked.length; slot++) {
    const record = asked[slot]!;
    switch (verdictOf(heard, slot, isComplete)) {
      case 'page': {
        const { start, end, after } = heard.pages[slot]!;
        pages.push(after === undefined ? { record, start, end } : { record, start, end, after });
        if (heard.errors.has(slot) || heard.saidNone.has(slot)) withError.push(answer.recordId(record));
        if (heard.twoCursors.has(slot)) withTwoCursors.push(answer.recordId(record));
        break;
      }
      case 'part': {
        const { start, end } = heard.pages[slot]!;
        pages.push({ record, start, end, unfinished: heard.unreadable.get(slot)! });
        break;
      }
      case 'unreadable':
        unread.push({ record, failure: heard.unreadable.get(slot)! });
        break;
      case 'failed':
        failed.push({ record, problem: heard.errors.get(slot)! });
        break;
      case 'none':
        none.push(record);
        break;
      case 'silence':
        unread.push({ record, failure: silence });
    }
  }
  if (withError.length > 0) notices.push({ kind: 'resultAndError', ...listOf(withError) });
  if (withTwoCursors.length > 0) notices.push({ kind: 'twoCursors', ...listOf(withTwoCursors) });
  return { rows, pages, none, failed, unread, notices, ...(unfinished ? { unfinished } : {}) };
}

function listOf(ids: readonly string[]): { ids: readonly string[]; count: number } {
  return { ids, count: ids.length };
}

/** Several results for one record are one page: all rows of theirs, each copied once, and the last cursor that is there. */
function* oneOf(those: readonly DeliveredPage[], rows: PageRows): Steps<DeliveredPage> {
  const start = rows.length;
  yield* inSteps(those, ({ start: from, end }) => {
    for (let row = from; row < end; row++) rows.push(rows.codes[row]!, rows.sets[row]!);
  });
  const after = those.findLast((page) => page.after !== undefined)?.after;
  return { from: those[0]!.from, start, end: rows.length, ...(after === undefined ? {} : { after }) };
}

/** HubSpot's way of saying that a record has no associations, or that there is no such record. */
function meansNone({ category, subCategory }: DeliveredError): boolean {
  return category === 'OBJECT_NOT_FOUND' && subCategory === 'crm.associations.NO_ASSOCIATIONS_FOUND';
}

function hubSpotError({ category, subCategory, message }: DeliveredError): RecordError {
  return { kind: 'hubSpotError', category, ...(subCategory === undefined ? {} : { subCategory }), message };
}

/** So many messages for one record are kept, and so many errors without a record: nobody reads more. */
const mostMessages = 1000;
const mostWithoutRecord = 1000;

/** The messages for one record together have at most so many UTF-16 code units: one message may be about a thousand records. */
const longestProblem = 20_000;

/** Several errors for one record are one problem: the first one's category, and every message once. */
interface Problem {
  readonly first: RecordError;
  readonly messages: Set<string>;
  /** Of all messages together, also of those that are not kept. */
  length: number;
}

function withMessage(known: Problem | undefined, error: DeliveredError): Problem {
  if (!known) return { first: hubSpotError(error), messages: new Set([error.message]), length: error.message.length };
  const { messages } = known;
  if (messages.has(error.message)) return known;
  known.length += error.message.length;
  // The last line says that there were more.
  messages.add(messages.size < mostMessages && known.length <= longestProblem ? error.message : '…');
  return known;
}

function joined({ first, messages }: Problem): RecordError {
  return messages.size > 1 ? { ...first, message: [...messages].join('\n') } : first;
}

/** HubSpot does not say whether numErrors counts entries or ids, so a number that is right for either of them is right. */
function countErrors({ numErrors, errors }: Delivery, notices: Notice[]): void {
  if (numErrors === undefined || numErrors === errors.length) return;
  const ids = errors.reduce((sum, error) => sum + (error.inMessage ? 1 : Math.max(1, error.ids.length)), 0);
  if (numErrors !== ids) notices.push({ kind: 'errorCountDisagrees', said: numErrors, listed: errors.length });
}
