/** A whole ledger from memory: what is known of every record, however the pages came. */
import type { AnswerColumns } from '../answer/answerColumns.ts';
import type { Failure, RecordProblem } from '../domain/failure.ts';
import { inSteps, placesOfStep, type Steps } from '../domain/steps.ts';
import type { LineWriter } from './lineWriter.ts';
import { storedNotices } from './storedNotices.ts';
import { endLine, headLines, LineSets, type Note, noteLine, numbered } from './writtenLines.ts';

/** About how many ids a line holds: so many that there are few lines, and so few that one is made within milliseconds. */
const rowsInLine = 4000;

/** Where the pages of a record stand that are still to come. */
export interface Standing {
  /** The cursor of the next page; undefined when it is to be read from the first. */
  readonly after: string | undefined;
  /** How they are asked for: see OpenRecord. */
  readonly way: 'onward' | 'afresh' | 'single';
  /** No page of it is asked for before a later run, which begins from the first one. */
  readonly isStopped: boolean;
  /** It has as many associations as are read of a record: no page is asked for unless more are wanted. */
  readonly isFull?: true;
  /** Some of the page that is to come is here already. */
  readonly isPartlyHere?: true;
  /** Some of the page that is to come was left out when it came, as there was no room for it. */
  readonly isCut?: true;
}

/** What is kept from a ledger that another version wrote. */
export interface Unknown {
  /** Keys of the head. */
  readonly head: Readonly<Record<string, unknown>>;
  /** Lines, without their number. */
  readonly lines: readonly Note[];
}

/**
 * Failures that follow from HubSpot's answers about a record, and so hold after a reload too. Any other is kept as "not read".
 */
const keptFailures: ReadonlySet<Failure['kind']> = new Set(['cursorStuck', 'contradiction']);

/**
 * The lines of a look-up at rest. They are made one after another, so that whoever writes them can pause between two; an
 * empty one stands for a pause within a line, which is long where a record has very many associations.
 * @param standingOf undefined for a record of which no page is to come
 * @param hasEnded everything was tried
 * @param notes lines that stand behind those of the head
 */
export function* wholeLines(
  answer: AnswerColumns,
  standingOf: (record: number) => Standing | undefined,
  hasEnded: boolean,
  unknown: Unknown = { head: {}, lines: [] },
  notes: Iterable<Note> = [],
): Generator<Uint8Array> {
  let line = 0;
  for (const lines of headLines(answer, unknown.head)) {
    yield* lines;
    line += lines.length;
  }
  for (const each of unknown.lines) yield noteLine(line++, each);
  for (const each of notes) yield noteLine(line++, each);
  const { asked } = answer.counts;
  for (let first = 0; first < asked; ) {
    const making = recordsLine(line++, answer, standingOf, first);
    let made = making.next();
    for (; !made.done; made = making.next()) yield pause;
    yield made.value.bytes;
    first = made.value.next;
  }
  const remarks = storedNotices(answer.seen.list(Number.POSITIVE_INFINITY));
  for (let first = 0; first === 0 || first < remarks.length; first += rowsInLine) {
    const rest = { remarks: remarks.slice(first, first + rowsInLine), effort: answer.effort };
    yield numbered(line++).raw('"records":[],"sets":[],').escaped(JSON.stringify(rest).slice(1)).line();
  }
  if (hasEnded) yield endLine(line);
}

const pause = new Uint8Array(0);

function* recordsLine(
  line: number,
  answer: AnswerColumns,
  standingOf: (record: number) => Standing | undefined,
  first: number,
): Steps<{ readonly bytes: Uint8Array; readonly next: number }> {
  const sets = new LineSets(answer.typeSets);
  const writer = numbered(line).raw('"records":[');
  const { asked } = answer.counts;
  let rows = 0;
  let written = 0;
  let record = first;
  for (; record < asked && rows < rowsInLine; record++) {
    rows += 1 + answer.associationCount(record) + rowsOfProblem(answer.problem(record));
    const standing = standingOf(record);
    if (!standing && !isKnown(answer, record)) continue;
    if (written++ > 0) writer.comma();
    yield* writingRecord(writer, record, answer, standing, sets);
  }
  writer.raw('],"sets":[');
  yield* inSteps(sets.list, (types, nth) => {
    if (nth > 0) writer.comma();
    writer.json(types);
  });
  return { bytes: yield* writer.raw(']}').lining(), next: record };
}

/** What HubSpot says of a record takes about as much as so many ids. */
function rowsOfProblem(problem: RecordProblem | undefined): number {
  return problem?.kind === 'hubSpotError' ? problem.message.length >> 4 : 0;
}

function isKnown(answer: AnswerColumns, record: number): boolean {
  return answer.state(record) !== 'notRead' || keptProblem(answer.problem(record)) !== undefined;
}

function* writingRecord(
  writer: LineWriter,
  record: number,
  answer: AnswerColumns,
  standing: Standing | undefined,
  sets: LineSets,
): Steps<void> {
  const count = answer.associationCount(record);
  writer.raw('{"record":').number(record).raw(',"to":[');
  for (let nth = 0; nth < count; nth++) {
    if (nth > 0) writer.comma();
    const number = answer.toIdNumber(record, nth);
    if (number > 0) writer.number(number);
    else writer.json(answer.toId(record, nth));
    if (nth % placesOfStep === placesOfStep - 1) yield;
  }
  writer.raw('],"set":[');
  for (let nth = 0; nth < count; nth++) {
    if (nth > 0) writer.comma();
    writer.number(sets.position(answer.typeSet(record, nth)));
    if (nth % placesOfStep === placesOfStep - 1) yield;
  }
  const problem = keptProblem(answer.problem(record));
  const truncation = answer.truncation(record);
  const rest = {
    state: answer.state(record),
    ...(truncation ? { truncation } : {}),
    ...(problem ? { problem } : {}),
    ...(standing ? { open: standing } : {}),
  };
  writer.raw('],').escaped(JSON.stringify(rest).slice(1));
}

function keptProblem(problem: RecordProblem | undefined): RecordProblem | undefined {
  if (problem?.kind !== 'notRead') return problem;
  return keptFailures.has(problem.failure.kind) ? problem : undefined;
}
