/**
 * The lines of a ledger: a header with the question, then one line for each answer that was taken in, in numbers of the
 * look-up (records in the order they were asked) and ids. Never a name and never a token. Every line carries a checksum, so
 * that a line cut off by the end of the process, or damaged since, is recognized.
 */
import * as z from 'zod';
import type { AnswerColumns } from '../answerColumns.ts';
import type { AssociationType, Effort, Question } from '../associations.ts';
import { apiVersions } from '../associations.ts';
import type { Intake, IntakePage, Remark } from '../reconcile.ts';

/** Goes up when lines change their meaning. */
export const ledgerVersion = 1;

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
      }),
    ),
    none: z.array(recordNumber),
    failed: z.array(z.object({ record: recordNumber, problem: hubSpotError })),
    remarks: z.array(remark),
    effort: z.object({ requests: z.number(), pages: z.number(), milliseconds: z.number() }),
  }),
);
type WireEntry = z.infer<typeof entrySchema>;

/** The first line of a ledger. */
export function ledgerHeader(question: Question): string {
  const { from, to, ids, apiVersion, recordCap } = question;
  return sealed({
    ledger: 'associations-for-hubspot',
    version: ledgerVersion,
    question: {
      from,
      to,
      ids,
      ...(apiVersion ? { apiVersion } : {}),
      ...(recordCap === undefined ? {} : { recordCap: Number.isFinite(recordCap) ? recordCap : null }),
    },
  });
}

/** The line for one answer. Records without an answer are left out: a resume asks for them again. */
export function ledgerEntry(intake: Intake, answer: AnswerColumns, effort: Effort): string {
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
  const pages = intake.pages.map(({ record, codes, sets: codesSets, after, single }: IntakePage) => ({
    record,
    to: codes.every((code) => code > 0) ? codes : codes.map((code) => (code > 0 ? code : answer.ids.text(code))),
    set: codesSets.every((set) => set === codesSets[0]) ? position(codesSets[0] ?? 0) : codesSets.map(position),
    ...(after === undefined ? {} : { after }),
    ...(single ? { single } : {}),
  }));
  const { none, failed } = intake;
  // A batch that was not complete is no fact about the account: what it left out is read again.
  const remarks = intake.remarks.filter(({ kind }) => kind !== 'batchStatus');
  return sealed({ sets, pages, none, failed, remarks, effort });
}

/** A line of a ledger, read back. */
export type LedgerLine =
  | { readonly kind: 'header'; readonly question: Question }
  | { readonly kind: 'otherVersion'; readonly version: number }
  | { readonly kind: 'damaged'; readonly detail: string };

export function readHeader(line: string): LedgerLine {
  const json = unsealed(line);
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

/** One answer from its line, in the numbers of this Answer; undefined if the line is damaged or cannot belong to it. */
export function readEntry(line: string, answer: AnswerColumns): { intake: Intake; effort: Effort } | undefined {
  const entry = unsealed(line);
  if (!entrySchema.validate(entry)) return undefined;
  const { asked } = answer.counts;
  const named = [...entry.pages, ...entry.failed].map(({ record }) => record).concat(entry.none);
  if (named.some((record) => record >= asked)) return undefined;
  const sets = entry.sets.map((types) => answer.typeSets.of(types));
  const pages: IntakePage[] = [];
  for (const wire of entry.pages) {
    const page = readPage(wire, sets, answer);
    if (!page) return undefined;
    pages.push(page);
  }
  const intake: Intake = {
    pages,
    none: entry.none,
    failed: entry.failed as Intake['failed'],
    unread: [],
    remarks: entry.remarks as readonly Remark[],
  };
  return { intake, effort: entry.effort };
}

function readPage(
  { record, to, set, after, single }: WireEntry['pages'][number],
  sets: readonly number[],
  answer: AnswerColumns,
): IntakePage | undefined {
  const codes = to.map((id) => (typeof id === 'number' ? id : answer.ids.code(id)));
  const rowSets = to.map((_, row) => sets[typeof set === 'number' ? set : (set[row] ?? -1)]);
  if (rowSets.includes(undefined)) return undefined;
  return {
    record,
    codes,
    sets: rowSets as number[],
    ...(after === undefined ? {} : { after }),
    ...(single ? { single } : {}),
  };
}

function sealed(value: unknown): string {
  const json = JSON.stringify(value);
  return `${checksum(json)} ${json}`;
}

function unsealed(line: string): unknown {
  const json = line.slice(9);
  if (line[8] !== ' ' || line.slice(0, 8) !== checksum(json)) return undefined;
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** True when the line is whole. */
export function isWhole(line: string): boolean {
  return line[8] === ' ' && line.slice(0, 8) === checksum(line.slice(9));
}

/** FNV-1a over the UTF-16 units, as eight hexadecimal digits: finds damage, not intent. */
function checksum(text: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}
