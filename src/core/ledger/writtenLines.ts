/**
 * The lines of a ledger, as they are written, in version 2 of the format. Each is a checksum and one JSON object that begins
 * with the line's own number, counted from 0, so that a reader knows when a line between two others is missing.
 *
 *   head     who wrote it, the question without its ids, how many ids and lines of ids there are
 *   ids      some of the asked ids
 *   answers  what one answer said: pages of associations, records that have none, records that failed
 *   records  what is known of some records altogether, where a ledger is written anew from memory
 *   end      everything was tried
 *
 * Head and ids stand there twice, since every other line means nothing without them. Records are named by their number in the
 * question. Never a name and never a token. A reader passes over keys and kinds of lines it does not know.
 */
import type { AnswerColumns } from '../answer/answerColumns.ts';
import type { Intake, IntakePage } from '../answer/intake.ts';
import type { PageRows } from '../answer/pageRows.ts';
import type { AssociationType, Effort, Question } from '../domain/associations.ts';
import { isRecordId } from '../domain/recordId.ts';
import { LineWriter } from './lineWriter.ts';
import { storedNotices } from './storedNotices.ts';

/** Goes up when lines change their meaning; what only adds keys or kinds of lines stays within the version. */
export const ledgerVersion = 2;

/** Ids in one line: a damaged line costs some 60 kB. */
const idsInLine = 5000;

/** The cursor of the page that a record is asked for; undefined for its first page. */
export type CursorOf = (record: number) => string | undefined;

/** A line's beginning, up to where its own keys follow. */
export function numbered(number: number): LineWriter {
  return new LineWriter().raw('{"line":').number(number).comma();
}

/**
 * The lines from 0 on that say what was asked: twice the same.
 * @param more keys of the head that another version wrote and this one does not know
 */
export function headLines(question: Question, more: Readonly<Record<string, unknown>> = {}): Uint8Array[] {
  const { from, to, ids, apiVersion, recordCap } = question;
  const lines = 1 + Math.ceil(ids.length / idsInLine);
  const head = {
    ...more,
    ledger: 'associations-for-hubspot',
    version: ledgerVersion,
    question: {
      from,
      to,
      ...(apiVersion ? { apiVersion } : {}),
      // JSON has no number for "no cap".
      ...(recordCap === undefined ? {} : { recordCap: Number.isFinite(recordCap) ? recordCap : null }),
    },
    ids: ids.length,
    headLines: lines,
  };
  const text = JSON.stringify(head).slice(1);
  const written: Uint8Array[] = [];
  for (let copy = 0; copy < 2; copy++) {
    written.push(numbered(written.length).escaped(text).line());
    for (let first = 0; first < ids.length; first += idsInLine) written.push(idsLine(written.length, ids, first));
  }
  return written;
}

function idsLine(line: number, ids: readonly string[], first: number): Uint8Array {
  const writer = numbered(line).raw('"first":').number(first).raw(',"asked":[');
  const end = Math.min(ids.length, first + idsInLine);
  for (let place = first; place < end; place++) {
    if (place > first) writer.comma();
    const id = ids[place]!;
    const number = Number(id);
    if (isRecordId(id) && Number.isSafeInteger(number)) writer.number(number);
    else writer.json(id);
  }
  return writer.raw(']}').line();
}

/** The line for one answer. Records without an answer are left out: a resume asks for them again. */
export function entryLine(
  line: number,
  intake: Intake,
  answer: AnswerColumns,
  cursorOf: CursorOf,
  effort: Effort,
): Uint8Array {
  const { rows, pages, none, failed, unfinished } = intake;
  const sets = new LineSets();
  const writer = numbered(line).raw('"pages":[');
  for (let index = 0; index < pages.length; index++) {
    if (index > 0) writer.comma();
    writePage(writer, pages[index]!, rows, answer, sets);
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
  const rest = {
    sets: sets.list,
    none,
    failed,
    remarks: storedNotices(intake.notices),
    ...(at.length > 0 ? { at } : {}),
    ...(unfinished ? { unfinished: true } : {}),
    effort,
  };
  return writer.raw('],').escaped(JSON.stringify(rest).slice(1)).line();
}

function writePage(
  writer: LineWriter,
  { record, start, end, after, single, unfinished }: IntakePage,
  { codes, sets }: PageRows,
  answer: AnswerColumns,
  known: LineSets,
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
  const position = (row: number) => known.position(answer.typeSets.types(sets[row]!));
  writer.raw('],"set":');
  // A page without associations, which may still have a cursor, has no types either.
  if (start === end) writer.number(0);
  else if (isOneSet) writer.number(position(start));
  else {
    for (let row = start; row < end; row++) writer.raw(row === start ? '[' : ',').number(position(row));
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
  readonly #positions = new Map<readonly AssociationType[], number>();

  /** @param types the same array for the same set, as an Answer gives them */
  position(types: readonly AssociationType[]): number {
    let position = this.#positions.get(types);
    if (position === undefined) {
      position = this.list.push(types) - 1;
      this.#positions.set(types, position);
    }
    return position;
  }
}
