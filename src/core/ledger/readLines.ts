/**
 * The lines of a ledger, read back, of both versions of the format. Everything in a file may be what an editor or a broken
 * disk made of it, so a line is only taken when its checksum and its shape are right; object types and ids by their grammar.
 */
import * as z from 'zod';
import type { AnswerColumns } from '../answer/answerColumns.ts';
import type { SharedQuestion } from '../answer/growingIds.ts';
import type { Intake, IntakePage } from '../answer/intake.ts';
import { PageRows } from '../answer/pageRows.ts';
import { mostTypes } from '../answer/typeSets.ts';
import type { Effort, Notice, Question, RecordState, Truncation } from '../domain/associations.ts';
import { apiVersions } from '../domain/associations.ts';
import type { Contradiction, Failure, RecordProblem } from '../domain/failure.ts';
import { isObjectTypeName } from '../domain/objectTypes.ts';
import { isRecordId } from '../domain/recordId.ts';
import { Pace, placesOfStep, type Steps } from '../domain/steps.ts';
import { checkingJson, lengthOfStep, parsing } from './lineWriter.ts';
import { hubSpotError, noticesOf, storedNotice } from './storedNotices.ts';
import type { Standing } from './wholeLines.ts';
import { ledgerVersion } from './writtenLines.ts';

const contradictions = [
  'announcedMore',
  'listedFewer',
  'resultAndError',
  'twoCursors',
] as const satisfies Contradiction[];

const lineNumber = z.int().nonnegative();
const recordNumber = z.int().nonnegative();
const objectType = z.string().refine(isObjectTypeName);
const associationType = z.object({
  category: z.string().optional(),
  typeId: z.number().optional(),
  label: z.string().optional(),
  name: z.string().optional(),
});
/** 0.1.0 wrote null for the types of a page without associations. */
const sets = z.array(z.array(associationType).max(mostTypes).nullable());
/** Ids as numbers, or as text where a number would lose digits. */
const ids = z.array(z.union([z.int().positive(), z.string()]));
const effort = z.object({ requests: z.number(), pages: z.number(), milliseconds: z.number() });
const keptFailure = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('cursorStuck') }),
  z.object({ kind: z.literal('contradiction'), how: z.enum(contradictions) }),
]);

const questionSchema = z.object({
  from: objectType,
  to: objectType,
  apiVersion: z.enum(apiVersions as ['v3', ...(typeof apiVersions)[number][]]).optional(),
  /** null stands for no cap, which JSON has no number for. */
  recordCap: z.number().positive().nullable().optional(),
});
const named = z.looseObject({ ledger: z.literal('associations-for-hubspot'), version: z.number() });
const firstHead = z.object({ question: questionSchema.extend({ ids: z.array(z.string()) }) });
const head = z.looseObject({
  line: lineNumber,
  twin: lineNumber,
  question: questionSchema,
  /** How many were given at once. */
  ids: z.int().nonnegative(),
  /** More were to come. */
  listing: z.literal(true).optional(),
});
const asked = z.object({ line: lineNumber, twin: lineNumber, first: z.int().nonnegative(), asked: ids });
const listed = z.object({ listed: z.object({ ids: z.int().nonnegative() }) });
const changedCap = z.object({ recordCap: questionSchema.shape.recordCap.unwrap() });

const entry = z.compile(
  z.object({
    sets,
    pages: z.array(
      z.object({
        record: recordNumber,
        to: ids,
        /** One position in `sets` for each id, or one for all. */
        set: z.union([z.int().nonnegative(), z.array(z.int().nonnegative())]),
        after: z.string().optional(),
        single: z.literal(true).optional(),
        /** Not all of the page could be read: it is to be asked for again. */
        unfinished: z.literal(true).optional(),
      }),
    ),
    none: z.array(recordNumber),
    failed: z.array(z.object({ record: recordNumber, problem: hubSpotError })),
    remarks: z.array(storedNotice),
    /** The cursors with which records were asked that were not asked for their first page. */
    at: z.array(z.tuple([recordNumber, z.string()])).optional(),
    /** The batch did not end: what the line tells is to be asked for again. */
    unfinished: z.literal(true).optional(),
    effort,
  }),
);
type WireEntry = z.infer<typeof entry>;

const records = z.compile(
  z.object({
    records: z.array(
      z.object({
        record: recordNumber,
        to: ids,
        set: z.array(z.int().nonnegative()),
        state: z.enum(['found', 'none', 'failed', 'notRead'] satisfies RecordState[]),
        truncation: z.enum(['cap', 'cursor', 'page'] satisfies Truncation[]).optional(),
        problem: z
          .discriminatedUnion('kind', [hubSpotError, z.object({ kind: z.literal('notRead'), failure: keptFailure })])
          .optional(),
        open: z
          .object({
            after: z.string().optional(),
            way: z.enum(['onward', 'afresh', 'single'] satisfies Standing['way'][]),
            isStopped: z.boolean(),
            isFull: z.literal(true).optional(),
            isPartlyHere: z.literal(true).optional(),
            isCut: z.literal(true).optional(),
          })
          .optional(),
      }),
    ),
    sets,
    remarks: z.array(storedNotice).optional(),
    effort: effort.optional(),
  }),
);

/** The first line of version 1. */
export type FirstHead =
  | { readonly kind: 'first'; readonly question: Question | SharedQuestion }
  | { readonly kind: 'newer'; readonly version: number };

/** A line of version 2. `value` is parsed further when the Answer it belongs to is there. */
export type NumberedLine = { readonly line: number } & (
  | {
      readonly kind: 'head';
      /** The number of the line that says the same. */
      readonly twin: number;
      readonly question: Omit<Question, 'ids'>;
      /** How many ids were given at once. */
      readonly ids: number;
      /** More were to come. */
      readonly isListing: boolean;
      /** Keys this version does not know. */
      readonly unknown: Readonly<Record<string, unknown>>;
    }
  | { readonly kind: 'ids'; readonly twin: number; readonly first: number; readonly ids: readonly string[] }
  | { readonly kind: 'listed'; readonly ids: number }
  | { readonly kind: 'cap'; readonly recordCap: number }
  | { readonly kind: 'entry' | 'records' | 'unknown'; readonly value: Readonly<Record<string, unknown>> }
  | { readonly kind: 'end'; readonly lines: number }
);

/** The JSON object of a line; undefined when the line is not what was written. In steps, where the line is long. */
export function* readingObject(text: string): Steps<Readonly<Record<string, unknown>> | undefined> {
  const json = yield* checkingJson(text);
  if (json === undefined) return undefined;
  if (json.length > lengthOfStep) yield;
  const value = yield* parsing(json);
  if (json.length > lengthOfStep) yield;
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
}

/** What kind of ledger begins with this line; undefined when it says so nowhere. */
export function readFirstHead(value: Readonly<Record<string, unknown>>): FirstHead | undefined {
  const { data } = named.safeParse(value);
  if (!data || data.version === ledgerVersion) return undefined;
  if (data.version !== 1) return { kind: 'newer', version: data.version };
  const parsed = firstHead.safeParse(value).data;
  return parsed && { kind: 'first', question: { ...questionOf(parsed.question), ids: parsed.question.ids } };
}

/** How many answers there were up to this line and with it, where it says so. */
export function readPages({ effort: said }: Readonly<Record<string, unknown>>): number | undefined {
  return effort.safeParse(said).data?.pages;
}

/** A line of version 2; undefined when it is none. */
export function readNumbered(value: Readonly<Record<string, unknown>>): NumberedLine | undefined {
  const line = lineNumber.safeParse(value.line).data;
  if (line === undefined) return undefined;
  if ('ledger' in value) {
    if (named.safeParse(value).data?.version !== ledgerVersion) return undefined;
    const { data } = head.safeParse(value);
    if (!data) return undefined;
    const { question, ids: count, twin, listing, line: _, ledger: _name, version: _version, ...unknown } = data;
    const isListing = listing === true;
    return { kind: 'head', line, twin, question: questionOf(question), ids: count, isListing, unknown };
  }
  if ('asked' in value) {
    const { data } = asked.safeParse(value);
    return data && { kind: 'ids', line, twin: data.twin, first: data.first, ids: data.asked.map(String) };
  }
  if ('listed' in value) {
    const { data } = listed.safeParse(value);
    return data && { kind: 'listed', line, ids: data.listed.ids };
  }
  if ('recordCap' in value) {
    const { data } = changedCap.safeParse(value);
    return data && { kind: 'cap', line, recordCap: data.recordCap ?? Number.POSITIVE_INFINITY };
  }
  if ('pages' in value) return { kind: 'entry', line, value };
  if ('records' in value) return { kind: 'records', line, value };
  if ('end' in value) {
    const lines = z.object({ lines: lineNumber }).safeParse(value.end).data?.lines;
    return lines === undefined ? undefined : { kind: 'end', line, lines };
  }
  const { line: _, ...rest } = value;
  return { kind: 'unknown', line, value: rest };
}

function questionOf({ from, to, apiVersion, recordCap }: z.infer<typeof questionSchema>): Omit<Question, 'ids'> {
  return {
    from,
    to,
    ...(apiVersion ? { apiVersion } : {}),
    ...(recordCap === undefined ? {} : { recordCap: recordCap ?? Number.POSITIVE_INFINITY }),
  };
}

const interrupted: Failure = { kind: 'interrupted' };
const lost: Failure = { kind: 'lostOnDisk' };

export interface ReadEntry {
  readonly intake: Intake;
  /** Records of which an answer before this one is missing. */
  readonly unsure: readonly number[];
  readonly effort: Effort;
}

/**
 * What one answer said, in the numbers of this Answer; undefined if it cannot belong to it. In steps.
 * @param fits whether the pages read back so far led to this cursor. Where they did not, a line between is missing: the
 * associations of the page are kept, but the record counts as not read to its end.
 */
export function* readEntry(
  value: Readonly<Record<string, unknown>>,
  answer: AnswerColumns,
  fits: (record: number, cursor: string | undefined) => boolean,
): Steps<ReadEntry | undefined> {
  if (!entry.validate(value)) return undefined;
  yield;
  const wire: WireEntry = value;
  const named = [...wire.pages, ...wire.failed].map(({ record }) => record).concat(wire.none);
  if (named.some((record) => record >= answer.counts.asked)) return undefined;
  const cursors = new Map(wire.at);
  const isSure = (record: number) => fits(record, cursors.get(record));
  const known = yield* setNumbers(wire.sets, answer);
  if (!known) return undefined;
  const rows = new PageRows(wire.pages.reduce((sum, { to }) => sum + to.length, 0));
  const pages: IntakePage[] = [];
  const into = { rows, known, answer, pace: new Pace(placesOfStep) };
  for (const page of wire.pages) {
    const read = yield* readPage(page, isSure(page.record), into);
    if (!read) return undefined;
    pages.push(read);
  }
  const none = wire.none.filter(isSure);
  const failed = wire.failed.filter(({ record }) => isSure(record)) as Intake['failed'];
  const unsure = named.filter((record) => !isSure(record));
  const withPage = new Set(wire.pages.map(({ record }) => record));
  const unread = unsure.filter((each) => !withPage.has(each)).map((record) => ({ record, failure: lost }));
  const notices = noticesOf(wire.remarks);
  const unfinished = wire.unfinished ? { unfinished: interrupted } : {};
  return { intake: { rows, pages, none, failed, unread, notices, ...unfinished }, unsure, effort: wire.effort };
}

function* readPage(
  { record, to, set, after, single, unfinished }: WireEntry['pages'][number],
  isSure: boolean,
  into: Into,
): Steps<IntakePage | undefined> {
  const { rows } = into;
  const start = rows.length;
  const areRows = yield* pushRows(to, set, into);
  if (areRows === undefined) return undefined;
  const why = areRows && isSure ? unfinished && interrupted : lost;
  return {
    record,
    start,
    end: rows.length,
    ...(after === undefined ? {} : { after }),
    ...(single ? { single } : {}),
    ...(why ? { unfinished: why } : {}),
  };
}

/**
 * The numbers that the sets of types of a line have in the Answer. In steps: each can be a new one.
 * @returns undefined where they are more than there can be
 */
function* setNumbers(sets: WireEntry['sets'], { typeSets }: AnswerColumns): Steps<readonly number[] | undefined> {
  const numbers: number[] = [];
  const pace = new Pace();
  for (const types of sets) {
    if (typeSets.isOverfull) return undefined;
    numbers.push(typeSets.of(types ?? []));
    if (pace.isOver(types?.length ?? 0)) yield;
  }
  return numbers;
}

/** Where rows go: `known` are the numbers of the line's sets in the Answer. */
interface Into {
  readonly rows: PageRows;
  readonly known: readonly number[];
  readonly answer: AnswerColumns;
  readonly pace: Pace;
}

/**
 * Adds the rows of one record. In steps.
 * @returns false when a text among them is no record id and is left out; undefined when types are missing
 */
function* pushRows(
  to: readonly (number | string)[],
  set: number | readonly number[],
  { rows, known, answer, pace }: Into,
): Steps<boolean | undefined> {
  let areIds = true;
  for (let row = 0; row < to.length; row++) {
    const id = to[row]!;
    const types = known[typeof set === 'number' ? set : (set[row] ?? -1)];
    if (types === undefined) return undefined;
    if (typeof id === 'number') rows.push(id, types);
    else if (isRecordId(id)) rows.push(answer.ids.code(id), types);
    else areIds = false;
    if (pace.isOver(0)) yield;
  }
  return areIds;
}

/** What is known of one record altogether. */
interface ReadRecord {
  readonly record: number;
  readonly start: number;
  readonly end: number;
  readonly state: RecordState;
  readonly truncation: Truncation | undefined;
  readonly problem: RecordProblem | undefined;
  readonly open: Standing | undefined;
}

export interface ReadRecords {
  readonly rows: PageRows;
  readonly records: readonly ReadRecord[];
  readonly notices: readonly Notice[];
  readonly effort: Effort | undefined;
}

/** A line of records; undefined if it cannot belong to this Answer. In steps. */
export function* readRecords(
  value: Readonly<Record<string, unknown>>,
  answer: AnswerColumns,
): Steps<ReadRecords | undefined> {
  if (!records.validate(value)) return undefined;
  yield;
  const wire: z.infer<typeof records> = value;
  const known = yield* setNumbers(wire.sets, answer);
  if (!known) return undefined;
  const rows = new PageRows(wire.records.reduce((sum, { to }) => sum + to.length, 0));
  const read: ReadRecord[] = [];
  const into = { rows, known, answer, pace: new Pace(placesOfStep) };
  for (const { record, to, set, state, truncation, problem, open } of wire.records) {
    if (record >= answer.counts.asked) return undefined;
    const start = rows.length;
    const areRows = yield* pushRows(to, set, into);
    if (areRows === undefined) return undefined;
    read.push({
      record,
      start,
      end: rows.length,
      // A record with associations is always found; what is not an id is to be read again.
      state: rows.length > start ? 'found' : areRows ? state : 'notRead',
      truncation: areRows || rows.length === start ? truncation : 'page',
      problem: problem as RecordProblem | undefined,
      open: areRows ? open && { ...open, after: open.after } : { after: undefined, way: 'onward', isStopped: true },
    });
  }
  return { rows, records: read, notices: noticesOf(wire.remarks ?? []), effort: wire.effort };
}
