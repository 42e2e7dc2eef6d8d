/**
 * The lines of a ledger: a header with the question, then one line for each answer that was taken in, in numbers of the
 * look-up (records in the order they were asked) and ids. Never a name and never a token. Every line carries a checksum, so
 * that a line cut off by the end of the process, or damaged since, is recognized.
 */
import * as z from 'zod';
import type { AnswerColumns } from '../answer/answerColumns.ts';
import type { Intake, IntakePage, Remark } from '../answer/intake.ts';
import { PageRows } from '../answer/pageRows.ts';
import type { AssociationType, Effort, Question } from '../domain/associations.ts';
import { apiVersions } from '../domain/associations.ts';
import type { Failure } from '../domain/failure.ts';
import { checkedJson, LineWriter } from './lineWriter.ts';

/** Goes up when lines change their meaning. */
const ledgerVersion = 1;

const associationType = z.object({
  category: z.string().optional(),
  typeId: z.number().optional(),
  label: z.string().optional(),
  name: z.string().optional(),
});
const hubSpotError = z.object({
  kind: z.literal('hubSpotError'),
  category: z.string(),
  subCategory: z.string().optional(),
  message: z.string(),
});
const remark = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('unaskedId'), id: z.string() }),
  z.object({ kind: z.literal('resultAndError'), id: z.string() }),
  z.object({ kind: z.literal('twoCursors'), id: z.string() }),
  z.object({ kind: z.literal('batchStatus'), status: z.string() }),
  z.object({ kind: z.literal('errorCount'), said: z.number(), listed: z.number() }),
  z.object({ kind: z.literal('errorWithoutRecord'), problem: hubSpotError }),
]);
const recordNumber = z.int().nonnegative();

const headerSchema = z.object({
  ledger: z.literal('associations-for-hubspot'),
  version: z.number(),
  question: z.object({
    from: z.string(),
    to: z.string(),
    ids: z.array(z.string()),
    apiVersion: z.enum(apiVersions as ['v3', ...(typeof apiVersions)[number][]]).optional(),
    /** null stands for no cap, which JSON has no number for. */
    recordCap: z.number().positive().nullable().optional(),
  }),
});

const entrySchema = z.compile(
  z.object({
    /** The combinations of association types in this line; pages name them by position. */
    sets: z.array(z.array(associationType)),
    pages: z.array(
      z.object({
        record: recordNumber,
        /** Ids as numbers, or as text where a number would lose digits. */
        to: z.array(z.union([z.int().positive(), z.string()])),
        /** One position for each id, or one for all. */
        set: z.union([z.int().nonnegative(), z.array(z.int().nonnegative())]),
        after: z.string().optional(),
        single: z.literal(true).optional(),
        /** Not all of the page could be read: it is to be asked for again. */
        unfinished: z.literal(true).optional(),
      }),
    ),
    none: z.array(recordNumber),
    failed: z.array(z.object({ record: recordNumber, problem: hubSpotError })),
    remarks: z.array(remark),
    /** The batch did not end: what the line tells is to be asked for again. */
    unfinished: z.literal(true).optional(),
    effort: z.object({ requests: z.number(), pages: z.number(), milliseconds: z.number() }),
  }),
);
type WireEntry = z.infer<typeof entrySchema>;

/** The first line of a ledger. */
export function ledgerHeader(question: Question): Uint8Array {
  const { from, to, ids, apiVersion, recordCap } = question;
  const header = {
    ledger: 'associations-for-hubspot',
    version: ledgerVersion,
    question: {
      from,
      to,
      ids,
      ...(apiVersion ? { apiVersion } : {}),
      ...(recordCap === undefined ? {} : { recordCap: Number.isFinite(recordCap) ? recordCap : null }),
    },
  };
  return new LineWriter().json(header).line();
}

/** The line for one answer. Records without an answer are left out: a resume asks for them again. */
export function ledgerEntry(intake: Intake, answer: AnswerColumns, effort: Effort): Uint8Array {
  const { rows, pages, none, failed, unfinished } = intake;
  const positions = new Map<number, number>();
  const sets: (readonly AssociationType[])[] = [];
  const position = (set: number): number => {
    let found = positions.get(set);
    if (found === undefined) {
      found = sets.push(answer.typeSets.types(set)) - 1;
      positions.set(set, found);
    }
    return found;
  };
  const writer = new LineWriter().raw('{"pages":[');
  for (let index = 0; index < pages.length; index++) {
    if (index > 0) writer.comma();
    writePage(writer, pages[index]!, rows, answer, position);
  }
  // A batch that was not complete is no fact about the account: what it left out is read again.
  const remarks = intake.remarks.filter(({ kind }) => kind !== 'batchStatus');
  const rest = JSON.stringify({ sets, none, failed, remarks, ...(unfinished ? { unfinished: true } : {}), effort });
  return writer.raw('],').escaped(rest.slice(1)).line();
}

function writePage(
  writer: LineWriter,
  { record, start, end, after, single, unfinished }: IntakePage,
  { codes, sets }: PageRows,
  answer: AnswerColumns,
  position: (set: number) => number,
): void {
  writer.raw('{"record":').number(record).raw(',"to":[');
  let isOneSet = true;
  for (let row = start; row < end; row++) {
    if (row > start) writer.comma();
    const code = codes[row]!;
    if (code > 0) writer.number(code);
    else writer.json(answer.ids.text(code));
    if (sets[row] !== sets[start]) isOneSet = false;
  }
  writer.raw('],"set":');
  if (start === end) writer.raw('[]');
  else if (isOneSet) writer.number(position(sets[start]!));
  else {
    for (let row = start; row < end; row++) writer.raw(row === start ? '[' : ',').number(position(sets[row]!));
    writer.raw(']');
  }
  if (after !== undefined) writer.raw(',"after":').json(after);
  if (unfinished) writer.raw(',"unfinished":true');
  writer.raw(single ? ',"single":true}' : '}');
}

/** A line of a ledger, read back. */
export type LedgerLine =
  | { readonly kind: 'header'; readonly question: Question }
  | { readonly kind: 'otherVersion'; readonly version: number }
  | { readonly kind: 'damaged'; readonly detail: string };

export function readHeader(line: string): LedgerLine {
  const json = parsed(line);
  if (json === undefined) return { kind: 'damaged', detail: 'The first line is not whole.' };
  const header = headerSchema.safeParse(json);
  if (!header.success) return { kind: 'damaged', detail: 'The first line is not the head of a ledger.' };
  const { version, question } = header.data;
  if (version !== ledgerVersion) return { kind: 'otherVersion', version };
  const { recordCap, apiVersion, ...rest } = question;
  return {
    kind: 'header',
    question: {
      ...rest,
      ...(apiVersion ? { apiVersion } : {}),
      ...(recordCap === undefined ? {} : { recordCap: recordCap ?? Number.POSITIVE_INFINITY }),
    },
  };
}

const interrupted: Failure = { kind: 'interrupted' };

/** One answer from its line, in the numbers of this Answer; undefined if the line is damaged or cannot belong to it. */
export function readEntry(line: string, answer: AnswerColumns): { intake: Intake; effort: Effort } | undefined {
  const entry = parsed(line);
  if (!entrySchema.validate(entry)) return undefined;
  const { asked } = answer.counts;
  const named = [...entry.pages, ...entry.failed].map(({ record }) => record).concat(entry.none);
  if (named.some((record) => record >= asked)) return undefined;
  const sets = entry.sets.map((types) => answer.typeSets.of(types));
  const rows = new PageRows(entry.pages.reduce((sum, { to }) => sum + to.length, 0));
  const pages: IntakePage[] = [];
  for (const wire of entry.pages) {
    const page = readPage(wire, sets, rows, answer);
    if (!page) return undefined;
    pages.push(page);
  }
  const { none, effort } = entry;
  const failed = entry.failed as Intake['failed'];
  const remarks = entry.remarks as readonly Remark[];
  const unfinished = entry.unfinished ? { unfinished: interrupted } : {};
  return { intake: { rows, pages, none, failed, unread: [], remarks, ...unfinished }, effort };
}

function readPage(
  { record, to, set, after, single, unfinished }: WireEntry['pages'][number],
  known: readonly number[],
  rows: PageRows,
  answer: AnswerColumns,
): IntakePage | undefined {
  const start = rows.length;
  for (let row = 0; row < to.length; row++) {
    const id = to[row]!;
    const types = known[typeof set === 'number' ? set : (set[row] ?? -1)];
    if (types === undefined) return undefined;
    rows.push(typeof id === 'number' ? id : answer.ids.code(id), types);
  }
  return {
    record,
    start,
    end: rows.length,
    ...(after === undefined ? {} : { after }),
    ...(single ? { single } : {}),
    ...(unfinished ? { unfinished: interrupted } : {}),
  };
}

/** The value of a line, or undefined when the line is not what was written. */
function parsed(line: string): unknown {
  const json = checkedJson(line);
  return json === undefined ? undefined : JSON.parse(json);
}
