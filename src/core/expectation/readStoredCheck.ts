/** Brings an expectation back from the lines that were kept of it. */
import * as z from 'zod';
import { lengthened } from '../answer/column.ts';
import type { GrowingIds } from '../answer/growingIds.ts';
import type { Expectation, LabelTest, SourceDoubt } from '../domain/expectation.ts';
import { isRecordId } from '../domain/recordId.ts';
import type { Steps } from '../domain/steps.ts';
import { isAddress } from '../text/address.ts';
import type { LearntRecord } from './existences.ts';
import { GrowingColumn } from './growingColumn.ts';
import { type CheckSource, type StoredPairsLine, storedCheckVersion } from './storedCheck.ts';

const count = z.int().check(z.nonnegative());
const id = z
  .union([z.string(), count])
  .transform(String)
  .refine((text) => isRecordId(text));
const labelTest = z.union([
  z.object({ kind: z.literal('primary'), text: z.string() }),
  z.object({ kind: z.literal('type'), text: z.string(), category: z.string(), typeId: count }),
  z.object({ kind: z.literal('label'), text: z.string(), key: z.string() }),
  z.object({ kind: z.literal('names'), text: z.string(), names: z.array(z.string()) }),
  z.object({ kind: z.literal('unknown'), text: z.string() }),
]);
const file = z.object({ name: z.string(), bytes: count, sha256: z.string() });
const rows = z.object({
  rows: count,
  withPairs: count,
  expectingNothing: count,
  withoutPair: count,
  // Was not counted at first.
  partly: count.default(0),
  duplicates: count,
});
const source = z.object({
  file: file.optional(),
  uri: z.string().refine(isAddress).optional().catch(undefined),
  isPart: z.boolean().optional(),
  claimsToBeWhole: z.boolean().optional(),
  mappings: z.array(z.object({ ...file.shape, objectType: z.string() })).optional(),
  rows: rows.optional(),
  trialOf: count.optional(),
  unconfirmedOf: count.optional(),
});
const headLine = z.object({
  check: z.object({
    version: z.literal(storedCheckVersion),
    pairs: count,
    asked: count,
    labels: z.array(z.array(labelTest)),
    open: z.union([z.literal('all'), z.array(count)]),
    source,
  }),
});
/** By hand: zod would take seconds to look at each of a million pairs. */
function listOf<Value>(fits: (value: unknown) => boolean) {
  return z.custom<Value[]>((value) => Array.isArray(value) && value.every(fits));
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isIdText(value: unknown): boolean {
  return typeof value === 'string' && isRecordId(value);
}

const pairsLine = z.object({
  checkPairs: z.object({
    first: count,
    from: listOf<number | string>((value) => isCount(value) || isIdText(value)),
    to: listOf<number | string>((value) => (isCount(value) && value !== 0) || isIdText(value)),
    labels: listOf<number>(isCount).optional(),
    lines: listOf<number | number[]>((value) => isCount(value) || (Array.isArray(value) && value.every(isCount))),
    doubts: z
      .array(z.tuple([count, z.object({ why: z.literal('notInMapping'), side: z.enum(['from', 'to']) })]))
      .optional(),
  }),
});
const recordsLine = z.object({
  checkRecords: z.object({
    side: z.enum(['from', 'to']),
    known: z.array(
      z.union([z.tuple([id, z.enum(['exists', 'archived', 'missing'])]), z.tuple([id, z.literal('merged'), id])]),
    ),
  }),
});

/** What the lines turned out to be. */
export type RestoredCheck =
  | {
      readonly kind: 'restored';
      readonly expectation: Expectation;
      readonly source: CheckSource;
      /** What had been learnt of records. */
      readonly learnt: readonly LearntRecord[];
    }
  /** No line is of a check: a look-up without one. */
  | { readonly kind: 'none' }
  /** Lines are missing, damaged, of a newer version or of other ids: the check has to be made anew from its file, if that is still the same. */
  | { readonly kind: 'damaged'; readonly source: CheckSource | undefined };

/**
 * In steps.
 * @param lines the lines of a ledger that it does not know itself, in order; those of others are passed over
 * @param asked the ids of the restored look-up
 */
export function* restoringCheck(lines: Iterable<unknown>, asked: GrowingIds): Steps<RestoredCheck> {
  let head: z.infer<typeof headLine>['check'] | undefined;
  let pairs: StoredPairs | undefined;
  let isAny = false;
  const learnt: LearntRecord[] = [];
  for (const line of lines) {
    if (!isOfCheck(line)) continue;
    yield;
    isAny = true;
    const asHead = headLine.safeParse(line);
    if (asHead.success) {
      head = asHead.data.check;
      pairs = new StoredPairs(head.labels, head.open, asked);
      continue;
    }
    const asPairs = pairsLine.safeParse(line);
    if (asPairs.success) {
      if (!pairs?.add(asPairs.data.checkPairs)) break;
      continue;
    }
    const asRecords = recordsLine.safeParse(line);
    if (!asRecords.success) continue; // what is not known is "not checked", and can be asked again
    const { side, known } = asRecords.data.checkRecords;
    for (const [of, kind, into] of known) {
      learnt.push({ side, id: of, existence: kind === 'merged' ? { kind, into: into! } : { kind } });
    }
  }
  if (!isAny) return { kind: 'none' };
  if (!head || !pairs || pairs.length !== head.pairs || head.asked !== asked.length) {
    return { kind: 'damaged', source: head?.source };
  }
  return { kind: 'restored', expectation: pairs, source: head.source, learnt };
}

function isOfCheck(line: unknown): boolean {
  return (
    typeof line === 'object' && line !== null && ['check', 'checkPairs', 'checkRecords'].some((kind) => kind in line)
  );
}

/** Pairs in columns as they were kept, with the numbers they had. */
class StoredPairs implements Expectation {
  readonly asked: GrowingIds;
  readonly #labels: readonly (readonly LabelTest[])[];
  readonly #open: Uint8Array;
  /** 1 + the record of each pair; 0 for one that is not looked up. */
  readonly #records = new GrowingColumn();
  #codes = new Float64Array(0);
  readonly #labelsOf = new GrowingColumn();
  readonly #lineOf = new GrowingColumn();
  readonly #severalLines = new Map<number, readonly number[]>();
  readonly #fromIds = new Map<number, string>();
  readonly #doubts = new Map<number, SourceDoubt>();

  constructor(labels: readonly (readonly LabelTest[])[], open: 'all' | readonly number[], asked: GrowingIds) {
    this.asked = asked;
    this.#labels = labels;
    this.#open = new Uint8Array(asked.length);
    if (open === 'all') this.#open.fill(1);
    else for (const record of open) this.#open[record] = 1;
  }

  get length(): number {
    return this.#records.length;
  }

  /** Adds the pairs of a line; false if they do not follow those that are there, or name what is not there. */
  add({ first, from, to, labels, lines, doubts = [] }: StoredPairsLine): boolean {
    const isWhole = [to, lines, labels ?? from].every((list) => list.length === from.length);
    const isKnown = (position: number) => position < this.#labels.length;
    if (first !== this.length || !isWhole || !(labels ?? []).every(isKnown)) return false;
    for (let nth = 0; nth < from.length; nth++) {
      const record = from[nth]!;
      if (typeof record === 'number' && record >= this.asked.length) return false;
      if (typeof record === 'string') this.#fromIds.set(first + nth, record);
      this.#records.push(typeof record === 'number' ? record + 1 : 0);
      if (first + nth >= this.#codes.length) this.#codes = lengthened(this.#codes, first + nth);
      this.#codes[first + nth] = this.asked.codes.code(String(to[nth]));
      this.#labelsOf.push(labels?.[nth] ?? 0);
      const line = lines[nth]!;
      this.#lineOf.push(typeof line === 'number' ? line : 0);
      if (typeof line !== 'number') this.#severalLines.set(first + nth, line);
    }
    for (const [pair, doubt] of doubts) this.#doubts.set(pair, doubt);
    return true;
  }

  record(pair: number): number {
    return this.#records.at(pair) - 1;
  }

  fromId(pair: number): string {
    return this.#fromIds.get(pair) ?? this.asked.text(this.record(pair));
  }

  toId(pair: number): string {
    return this.asked.codes.text(this.#codes[pair]!);
  }

  toIdNumber(pair: number): number {
    return this.asked.codes.number(this.#codes[pair]!);
  }

  labels(pair: number): readonly LabelTest[] {
    return this.#labels[this.#labelsOf.at(pair)]!;
  }

  doubt(pair: number): SourceDoubt | undefined {
    return this.#doubts.size > 0 ? this.#doubts.get(pair) : undefined;
  }

  isWhole(record: number): boolean {
    return this.#open[record] === 0;
  }

  lines(pair: number): readonly number[] {
    return this.#severalLines.get(pair) ?? [this.#lineOf.at(pair)];
  }
}
