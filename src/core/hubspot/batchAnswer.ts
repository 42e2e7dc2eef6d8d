/**
 * The body of a batch read of associations, as HubSpot really sends it: every version has the same frame around its own kind
 * of `to`. Whatever the documentation calls required is optional here as soon as it has been seen absent, null or of another
 * kind, and nothing is required that is not needed.
 */
import * as z from 'zod';
import type { IdCodes } from '../answer/idCodes.ts';
import { PageRows } from '../answer/pageRows.ts';
import { mostTypes, type TypeSets } from '../answer/typeSets.ts';
import { isRecordId } from '../domain/recordId.ts';
import { allFit, firstUnfit, Pace, type Steps } from '../domain/steps.ts';
import { hubSpotWords } from './errorBody.ts';
import { firstIssue, list, quotingLongNumbers, type Read, readingJson } from './json.ts';
import { idsNamedIn } from './namedIds.ts';

/** An id in an answer. z.int() refuses what a number cannot hold exactly; such an answer is read again with its digits quoted. */
export const idSchema = z.union([z.string(), z.int()]);

const pagingSchema = z.object({ next: z.object({ after: idSchema }).nullish() }).nullish();

const errorSchema = z.object({
  category: z.string().nullish(),
  subCategory: z.unknown().optional(),
  message: z.string().nullish(),
  context: z.record(z.string(), z.unknown()).nullish(),
});

const frame = { status: z.string().nullish(), numErrors: z.int().nullish() };
const bodyFrame = z.compile(z.object({ ...frame, errors: list.nullish(), results: list }));
const resultSchema = z.object({ from: z.object({ id: idSchema }), to: list, paging: pagingSchema });
const resultHead = z.compile(resultSchema);
const wholeErrors = z.compile(z.array(errorSchema));
type Result = z.infer<typeof resultHead>;

/** For an answer that does not fit the schema: its parts are read one by one. Of an error with odd fields only those are lost. */
const wholeError = z.compile(errorSchema);
const looseError = z
  .object({
    category: frame.status.catch(undefined),
    subCategory: z.unknown().optional(),
    message: frame.status.catch(undefined),
    context: errorSchema.shape.context.catch(undefined),
  })
  .catch({});
const looseBody = z.object({
  status: frame.status.catch(undefined),
  numErrors: frame.numErrors.catch(undefined),
  errors: list.nullish().catch([{}]),
  results: list.nullish(),
});
const fromOnly = z.compile(z.object({ from: z.object({ id: idSchema }) }));

/** One result: its rows are those from `start` to before `end`. */
export interface DeliveredPage {
  readonly from: number;
  readonly start: number;
  readonly end: number;
  /** The cursor of the next page, verbatim. Absent on the last one. */
  readonly after?: string;
}

/** One error with the ids it names. */
export interface DeliveredError {
  readonly ids: readonly number[];
  /** The ids stand in the message only, where other numbers may stand too. */
  readonly inMessage: boolean;
  readonly category: string;
  readonly subCategory?: string;
  readonly message: string;
}

/** A result that could not be read, or not all of it, of a record that could. */
interface UnreadableResult extends Reason {
  readonly from: number;
}

interface Reason {
  readonly where: string;
  readonly detail: string;
}

/** To say what is wrong with a result takes a hundred times as long as to see that something is: from here on it is not said. */
const mostReasons = 2000;

/** The records whose results could not be read, or not all of them, each with the first reason. */
class Unreadable {
  readonly list: UnreadableResult[] = [];
  readonly #from = new Set<number>();

  add(from: number, reason: () => Reason): void {
    if (this.#from.has(from)) return;
    this.#from.add(from);
    this.list.push({ from, ...(this.list.length < mostReasons ? reason() : oddResult) });
  }
}

/** What one answer says, in the numbers of the Answer it is for. */
export interface Delivery {
  /** How the batch ended, in HubSpot's word. Only after COMPLETE does a result without associations mean that there are none. */
  readonly status: string;
  readonly rows: PageRows;
  readonly pages: readonly DeliveredPage[];
  readonly errors: readonly DeliveredError[];
  readonly numErrors?: number;
  readonly unreadable: readonly UnreadableResult[];
}

export interface Numbering {
  readonly ids: IdCodes;
  readonly typeSets: TypeSets;
}

export type BatchReader = (text: string, numbering: Numbering) => Steps<Read<Delivery>>;

/**
 * A result has few rows mostly, and is read at once: where it is asked after each row whether a step is over, reading takes a
 * twentieth more memory.
 */
const fewRows = 100;

/** So many rows as they always come are checked at one step: some milliseconds. */
const rowsOfStep = 16_384;

/** Whether the whole body of an answer is as it always comes, with these rows: in steps. */
export function usualBody<To>(row: z.ZodType<To, To>): (body: unknown) => Steps<boolean> {
  const usualRows = z.compile(z.array(row));
  const usualResults = z.compile(z.array(resultSchema.extend({ to: z.array(row) })));
  function* isUsual(stretch: readonly unknown[]): Steps<boolean> {
    const [first] = stretch;
    if (rowsIn(first) <= rowsOfStep) return usualResults.validate(stretch);
    return resultHead.validate(first) && (yield* allFit(first.to, (some) => usualRows.validate(some)));
  }
  return function* (value) {
    if (!bodyFrame.validate(value)) return false;
    const { errors, results } = value;
    if (errors && !(yield* allFit(errors, (some) => wholeErrors.validate(some)))) return false;
    for (const stretch of stretchesOf(results)) {
      if (!(yield* isUsual(stretch))) return false;
      yield;
    }
    return true;
  };
}

/** Results of few rows together, since to begin with each anew costs as much as to check its rows; those of many alone. */
function* stretchesOf(results: readonly unknown[]): Generator<readonly unknown[]> {
  let stretch: unknown[] = [];
  let rows = 0;
  for (const result of results) {
    const size = rowsIn(result);
    if (size > rowsOfStep) yield [result];
    else {
      stretch.push(result);
      rows += size + 1;
    }
    if (rows < rowsOfStep) continue;
    yield stretch;
    stretch = [];
    rows = 0;
  }
  yield stretch;
}

function rowsIn(result: unknown): number {
  const to = typeof result === 'object' && result !== null && 'to' in result ? result.to : undefined;
  return Array.isArray(to) ? to.length : 0;
}

/**
 * The reader for one version: `usual` is the schema of an associated record as it always comes, `to` all that can be
 * understood, the two functions say what it means. A schema without alternatives costs a twentieth of JSON.parse, one with
 * them up to a third; so the lenient one is only asked when the other does not fit.
 */
export function batchReader<To>(
  usual: z.ZodType<To, To>,
  to: z.ZodType<To, To>,
  toId: (row: To) => string | number,
  typeSet: (row: To, sets: TypeSets) => number,
): BatchReader {
  const isUsual = usualBody(usual);
  const allRows = z.compile(z.array(to));
  const areRows = (rows: readonly unknown[]): rows is readonly To[] => allRows.validate(rows);

  /** @returns how many types it has */
  const addRow = (row: To, from: number, { rows, unreadable }: Parts, { ids, typeSets }: Numbering): number => {
    const id = toId(row);
    const code = typeof id === 'number' && id > 0 ? id : ids.code(String(id));
    // A positive code is a number of up to 16 digits. Any other text is an id, or is shown and kept nowhere.
    const isId = code > 0 || isRecordId(String(id));
    if (!isId || typeSets.isOverfull) {
      unreadable.add(from, () => (isId ? tooManyTypes : noRecordId));
      return 0;
    }
    const set = typeSet(row, typeSets);
    rows.push(code, set);
    return typeSets.sizeOf(set);
  };

  function* addPages(results: readonly Result[], parts: Parts, numbering: Numbering): Steps<void> {
    const pace = new Pace();
    for (const result of results) {
      const start = parts.rows.length;
      const from = numbering.ids.code(String(result.from.id));
      const to = result.to as readonly To[];
      let types = 0;
      if (to.length <= fewRows) for (const row of to) types += addRow(row, from, parts, numbering);
      else for (const row of to) if (pace.isOver(addRow(row, from, parts, numbering))) yield;
      const after = result.paging?.next?.after;
      const page = { from, start, end: parts.rows.length };
      parts.pages.push(after === undefined ? page : { ...page, after: String(after) });
      if (pace.isOver(to.length + types)) yield;
    }
  }

  /** Gives what is wrong with a result of which not even the record can be told. */
  function* salvageOne(result: unknown, under: string, parts: Parts, numbering: Numbering): Steps<Reason | undefined> {
    const odd = resultHead.validate(result) ? yield* firstUnfit(result.to, areRows) : 0;
    if (odd < 0) {
      yield* addPages([result as Result], parts, numbering);
      return undefined;
    }
    const reason = () => reasonOf(to, result, odd, under);
    if (!fromOnly.validate(result)) return reason();
    parts.unreadable.add(numbering.ids.code(String(result.from.id)), reason);
    return undefined;
  }

  function* salvage(value: unknown, numbering: Numbering): Steps<Read<Delivery>> {
    const loose = looseBody.safeParse(value);
    if (!loose.success) return { unreadable: firstIssue(loose.error) };
    const { results, errors } = loose.data;
    // Errors without results can be read; an answer without both cannot.
    if (!results && !errors?.length) return { unreadable: { where: 'results', detail: 'missing' } };
    const parts: Parts = { rows: new PageRows(), pages: [], unreadable: new Unreadable() };
    const pace = new Pace();
    for (const [index, result] of (results ?? []).entries()) {
      if (pace.isOver(1 + rowsIn(result))) yield;
      const unreadable = yield* salvageOne(result, `results[${index}]`, parts, numbering);
      if (unreadable) return { unreadable };
    }
    return { value: yield* delivered(loose.data, parts, numbering) };
  }

  return function* (text, numbering) {
    const json = yield* readingJson(text);
    if (!json.ok) return { unreadable: { where: '', detail: json.detail } };
    if (yield* isUsual(json.value)) {
      const body = json.value as z.infer<typeof bodyFrame>;
      const results = body.results as readonly Result[];
      const rows = new PageRows(results.reduce((sum, result) => sum + result.to.length, 0));
      const parts: Parts = { rows, pages: [], unreadable: new Unreadable() };
      yield* addPages(results, parts, numbering);
      return { value: yield* delivered(body, parts, numbering) };
    }
    const exact = yield* readingJson(yield* quotingLongNumbers(text));
    return yield* salvage(exact.ok ? exact.value : json.value, numbering);
  };
}

/** What is wrong with a result that does not fit. @param odd the first of its rows that does not, where it is one of them */
function reasonOf(row: z.ZodType, result: unknown, odd: number, under: string): Reason {
  const head = resultHead.safeParse(result);
  if (!head.success) return firstIssue(head.error, under);
  const read = row.safeParse(head.data.to[odd]);
  return read.success ? oddResult : firstIssue(read.error, `${under}.to[${odd}]`);
}

/** What is read of the results of one answer. */
interface Parts {
  readonly rows: PageRows;
  readonly pages: DeliveredPage[];
  readonly unreadable: Unreadable;
}

/** What is said of results for which nothing more exact is. */
const oddResult: Reason = { where: 'results', detail: 'not of the documented shape' };

/** What is wrong with an associated record whose id is none. */
export const noRecordId = { where: 'results.to.id', detail: 'not a record ID' };

/** What is wrong with the associations behind those that have more types together than an account can have. */
export const tooManyTypes = { where: 'results.to', detail: `more than ${mostTypes} association types` };

interface Frame {
  readonly status?: string | null | undefined;
  readonly numErrors?: number | null | undefined;
  readonly errors?: readonly unknown[] | null | undefined;
}

function* delivered(
  { status, numErrors, errors }: Frame,
  { rows, pages, unreadable }: Parts,
  { ids }: Numbering,
): Steps<Delivery> {
  const read: DeliveredError[] = [];
  const pace = new Pace();
  for (const each of errors ?? []) {
    const error = wholeError.validate(each) ? each : looseError.parse(each);
    const named = idsNamedIn(error);
    read.push({
      ids: named.ids.map((id) => ids.code(id)),
      inMessage: named.inMessage,
      category: hubSpotWords(error.category ?? ''),
      ...(typeof error.subCategory === 'string' ? { subCategory: hubSpotWords(error.subCategory) } : {}),
      message: hubSpotWords(error.message ?? ''),
    });
    if (pace.isOver(named.ids.length)) yield;
  }
  return {
    status: hubSpotWords(status ?? ''),
    errors: read,
    ...(typeof numErrors === 'number' ? { numErrors } : {}),
    rows,
    pages,
    unreadable: unreadable.list,
  };
}
