/**
 * The lines of a ledger, as they are written, in version 2 of the format. Each is a checksum and one JSON object that begins
 * with the line's own number, counted from 0, so that a reader knows when a line between two others is missing.
 *
 *   head     who wrote it, the question without its ids, how many ids were given with it, whether more were to come
 *   ids      some of the asked ids, written as they come
 *   listed   all ids have come, where not all were given at once
 *   answers  what one answer said: pages of associations, records that have none, records that failed
 *   cap      from here on more associations of a record are read than the head says
 *   records  what is known of some records altogether, where a ledger is written anew from memory
 *   end      everything was tried
 *
 * Beside them stand notes: lines that mean nothing here, such as what a check expects.
 *
 * Head and ids stand there twice and name each other's line, since every other line means nothing without them. Records are
 * named by their number among the ids. Never a record's name and never a token. A reader passes over keys and kinds of lines it does not
 * know, and keeps them.
 */
import type { AnswerColumns } from '../answer/answerColumns.ts';
import type { GrowingIds } from '../answer/growingIds.ts';
import type { Intake, IntakePage } from '../answer/intake.ts';
import type { PageRows } from '../answer/pageRows.ts';
import type { TypeSets } from '../answer/typeSets.ts';
import type { AssociationType, Effort } from '../domain/associations.ts';
import { Pace, placesOfStep, type Steps } from '../domain/steps.ts';
import { LineWriter } from './lineWriter.ts';
import { storedNotices } from './storedNotices.ts';

/** Goes up when lines change their meaning; what only adds keys or kinds of lines stays within the version. */
export const ledgerVersion = 2;

/** Ids in one line: a damaged line costs some 60 kB. */
const idsInLine = 5000;

/** About what an id takes in a line, with its comma: most have 11 or 12 digits. */
const bytesOfId = 14;

/** About what a page takes beside its ids. */
const bytesOfPage = 40;

/** About what a type takes, and what an element of a list takes beside what is in it. */
const bytesOfType = 50;
const bytesOfElement = 100;

/** So many lines are written at once: about a megabyte. */
const linesInPiece = 16;

/** The cursor of the page that a record is asked for; undefined for its first page. */
export type CursorOf = (record: number) => string | undefined;

/**
 * A line's beginning, up to where its own keys follow.
 * @param expected about how many bytes the line will have
 */
export function numbered(number: number, expected?: number): LineWriter {
  return new LineWriter(expected).raw('{"line":').number(number).comma();
}

/**
 * The lines from 0 on that say what was asked, a piece at a time.
 * @param more keys of the head that somebody else reads, or that another version wrote and this one does not know
 */
export function* headLines(
  { question, asked }: Pick<AnswerColumns, 'question' | 'asked'>,
  more: Readonly<Record<string, unknown>> = {},
): Generator<readonly Uint8Array[]> {
  const { from, to, apiVersion, recordCap } = question;
  const head = {
    ...more,
    ledger: 'associations-for-hubspot',
    version: ledgerVersion,
    question: {
      from,
      to,
      ...(apiVersion ? { apiVersion } : {}),
      ...(recordCap === undefined ? {} : { recordCap: capAsJson(recordCap) }),
    },
    ids: asked.length,
    ...(asked.isWhole ? {} : { listing: true }),
  };
  const json = JSON.stringify(head).slice(1);
  yield* pairedLines(0, asked, 0, new LineWriter().escaped(json).written());
}

/** The lines that tell of the ids from this one on, a piece at a time. */
export function idLines(line: number, asked: GrowingIds, first: number): Generator<readonly Uint8Array[]> {
  return pairedLines(line, asked, first);
}

/**
 * Lines that stand there twice: some lines, then the same again, so that damage has to meet two places to cost anything. Each
 * names the number of the other one.
 * @param head comes before the ids
 */
function* pairedLines(
  line: number,
  asked: GrowingIds,
  first: number,
  head?: Uint8Array,
): Generator<readonly Uint8Array[]> {
  let contents = head ? [head] : [];
  let at = line;
  // More may come while a piece is waited for.
  const end = asked.length;
  for (let next = first; contents.length > 0 || next < end; contents = []) {
    for (; next < end && contents.length < linesInPiece; next += idsInLine) {
      contents.push(idsFrom(asked, next, end));
    }
    const { length } = contents;
    yield Array.from({ length: length * 2 }, (_, nth) => {
      const twin = nth < length ? at + nth + length : at + nth - length;
      const content = contents[nth % length]!;
      return numbered(at + nth, content.length + 64)
        .raw('"twin":')
        .number(twin)
        .comma()
        .bytes(content)
        .line();
    });
    at += length * 2;
  }
}

function idsFrom(asked: GrowingIds, first: number, length: number): Uint8Array {
  const end = Math.min(length, first + idsInLine);
  const writer = new LineWriter((end - first) * bytesOfId).raw('"first":').number(first).raw(',"asked":[');
  for (let record = first; record < end; record++) {
    if (record > first) writer.comma();
    const code = asked.code(record);
    // A positive code is the number itself.
    if (code > 0) writer.number(code);
    else writer.json(asked.text(record));
  }
  return writer.raw(']}').written();
}

/** A line that somebody else reads: a reader of the ledger keeps it as one it does not know. */
export type Note = Readonly<Record<string, unknown>>;

export function noteLine(line: number, note: Note): Uint8Array {
  return numbered(line).escaped(JSON.stringify(note).slice(1)).line();
}

/** All ids have come. */
export function listedLine(line: number, ids: number): Uint8Array {
  return numbered(line).raw('"listed":{"ids":').number(ids).raw('}}').line();
}

/** From here on up to so many associations of a record are read. */
export function capLine(line: number, recordCap: number): Uint8Array {
  return numbered(line)
    .escaped(JSON.stringify({ recordCap: capAsJson(recordCap) }).slice(1))
    .line();
}

/** JSON has no number for "no cap". */
function capAsJson(recordCap: number): number | null {
  return Number.isFinite(recordCap) ? recordCap : null;
}

/** The line for one answer, in steps. Records without an answer are left out: a resume asks for them again. */
export function* entryLine(
  line: number,
  intake: Intake,
  answer: AnswerColumns,
  cursorOf: CursorOf,
  effort: Effort,
): Steps<Uint8Array> {
  const { rows, pages, none, failed, unfinished } = intake;
  const sets = new LineSets(answer.typeSets);
  const writer = numbered(line, rows.length * bytesOfId + pages.length * bytesOfPage).raw('"pages":[');
  const pace = new Pace(placesOfStep);
  for (let index = 0; index < pages.length; index++) {
    if (index > 0) writer.comma();
    const page = pages[index]!;
    yield* writingPage(writer, page, rows, answer, sets);
    if (pace.isOver(page.end - page.start)) yield;
  }
  // A later page names the cursor it was asked with: read back, it counts only where the page before it is there.
  const at: [number, string][] = [];
  const note = (record: number) => {
    const cursor = cursorOf(record);
    if (cursor !== undefined) at.push([record, cursor]);
  };
  for (const { record } of pages) note(record);
  for (const record of none) note(record);
  for (const { record } of failed) note(record);
  writer.raw('],"sets":[');
  yield* writingList(writer, sets.list, ({ length }) => length * bytesOfType);
  writer.raw('],"failed":[');
  yield* writingList(writer, failed, ({ problem }) => problem.message.length);
  const rest = {
    none,
    remarks: storedNotices(intake.notices),
    ...(at.length > 0 ? { at } : {}),
    ...(unfinished ? { unfinished: true } : {}),
    effort,
  };
  return yield* writer.raw('],').escaped(JSON.stringify(rest).slice(1)).lining();
}

/** @param sizeOf about how many bytes an element has */
function* writingList<Element>(
  writer: LineWriter,
  list: readonly Element[],
  sizeOf: (element: Element) => number,
): Steps<void> {
  const pace = new Pace(placesOfStep);
  for (let nth = 0; nth < list.length; nth++) {
    if (nth > 0) writer.comma();
    writer.json(list[nth]);
    if (pace.isOver(bytesOfElement + sizeOf(list[nth]!))) yield;
  }
}

function* writingPage(
  writer: LineWriter,
  { record, start, end, after, single, unfinished }: IntakePage,
  { codes, sets }: PageRows,
  answer: AnswerColumns,
  known: LineSets,
): Steps<void> {
  writer.raw('{"record":').number(record).raw(',"to":[');
  let isOneSet = true;
  for (let row = start; row < end; row++) {
    if (row > start) writer.comma();
    const code = codes[row]!;
    if (code > 0) writer.number(code);
    else writer.json(answer.ids.text(code));
    if (sets[row] !== sets[start]) isOneSet = false;
    if (row % placesOfStep === 0) yield;
  }
  const position = (row: number) => known.position(sets[row]!);
  writer.raw('],"set":');
  // A page without associations, which may still have a cursor, has no types either.
  if (start === end) writer.number(0);
  else if (isOneSet) writer.number(position(start));
  else {
    for (let row = start; row < end; row++) {
      writer.raw(row === start ? '[' : ',').number(position(row));
      if (row % placesOfStep === 0) yield;
    }
    writer.raw(']');
  }
  if (after !== undefined) writer.raw(',"after":').json(after);
  if (unfinished) writer.raw(',"unfinished":true');
  writer.raw(single ? ',"single":true}' : '}');
}

/** The last line of a look-up of which everything was tried. It says how many lines there are, so that none is missed. */
export function endLine(line: number): Uint8Array {
  return numbered(line)
    .raw('"end":{"lines":')
    .number(line + 1)
    .raw('}}')
    .line();
}

/** The combinations of association types in one line, which name them by their position. */
export class LineSets {
  readonly list: (readonly AssociationType[])[] = [];
  readonly #typeSets: TypeSets;
  /** Of each set of the Answer, 1 + its position; 0 for one that is not in the line. */
  readonly #positions: Uint32Array;

  constructor(typeSets: TypeSets) {
    this.#typeSets = typeSets;
    this.#positions = new Uint32Array(typeSets.size);
  }

  /** @param set its number in the Answer */
  position(set: number): number {
    this.#positions[set] ||= this.list.push(this.#typeSets.types(set));
    return this.#positions[set]! - 1;
  }
}
