import type { AnswerColumns } from '../answer/answerColumns.ts';
import type { Intake } from '../answer/intake.ts';
import type { Effort } from '../domain/associations.ts';
import type { Steps } from '../domain/steps.ts';
import { messageOf } from '../domain/thrown.ts';
import {
  type CursorOf,
  capLine,
  endLine,
  entryLine,
  headLines,
  idLines,
  listedLine,
  type Note,
  noteLine,
} from './writtenLines.ts';

/**
 * Where a look-up keeps what it was told, line by line. A line that was appended survives the end of the process at any
 * moment; a line cut off by that end is recognized and left out.
 */
export interface Ledger {
  /** The number of the next line: how many lines were ever appended. */
  readonly next: number;
  /** What its first line says beside the question: lines mean nothing without it, so that it stands there twice. */
  readonly head?: Readonly<Record<string, unknown>>;
  /**
   * Appends one line, or several with line ends between them: ASCII bytes without a line end after the last one. Rejects when
   * they could not be kept. After that every further append rejects too, since a line that follows a missing one would make
   * what was read back look whole.
   * @param lines how many there are
   */
  append(bytes: Uint8Array, lines: number): Promise<void>;
}

/** What a ledger holds of the asked ids: how many, and that they are all. */
export interface KeptIds {
  readonly length: number;
  readonly isWhole: boolean;
}

/** Writes down one run of a look-up: numbers its lines, and stops at the first that could not be kept. */
export class LedgerWriter {
  #ledger: Ledger | undefined;
  #next: number;
  #problem: string | undefined;
  #kept: KeptIds | undefined;
  #isBeginning = false;

  constructor(ledger: Ledger | undefined) {
    this.#ledger = ledger;
    this.#next = ledger?.next ?? 0;
  }

  /** Why the ledger does not hold everything, once it does not. */
  get problem(): string | undefined {
    return this.#problem;
  }

  /** What it holds of the asked ids now; undefined before it has begun. */
  get kept(): KeptIds | undefined {
    return this.#kept;
  }

  /** True while {@link begin} is not through with the ids: nothing else may be written, and no answer taken in. */
  get isBeginning(): boolean {
    return this.#isBeginning;
  }

  /**
   * The question, if it is not written yet.
   * @param kept what a ledger that goes on holds of the ids, which may have become more since
   * @param turn called between two pieces of many ids, so that others have their turn
   */
  async begin(answer: AnswerColumns, kept: KeptIds, turn?: () => Promise<void>): Promise<void> {
    const { length, isWhole } = answer.asked;
    const isNew = this.#next === 0;
    this.#kept = isNew ? { length, isWhole } : kept;
    if (!isNew) return this.list(answer);
    const written: Promise<void>[] = [];
    for (const lines of headLines(answer, this.#ledger?.head)) {
      if (!this.#ledger) break;
      if (written.length > 0 && turn) {
        this.#isBeginning = true;
        await turn();
      }
      written.push(this.#append(() => lines));
    }
    this.#isBeginning = false;
    await Promise.all(written);
  }

  /** Lines that somebody else reads, as they come. Call it when {@link begin} was called. */
  async note(notes: AsyncIterable<Note>): Promise<void> {
    for await (const note of notes) {
      if (!this.#ledger) return;
      await this.#append((number) => [noteLine(number, note)]);
    }
  }

  /** From here on the answer's question has another cap. */
  raiseCap(recordCap: number): Promise<void> {
    return this.#append((number) => [capLine(number, recordCap)]);
  }

  /** Ids that have come since the last line about ids, and that they were the last ones. */
  async list({ asked }: AnswerColumns): Promise<void> {
    const before = this.#kept;
    const { length, isWhole } = asked;
    if (!before || (length === before.length && isWhole === before.isWhole)) return;
    this.#kept = { length, isWhole };
    const written: Promise<void>[] = [];
    for (const lines of idLines(this.#next, asked, before.length)) written.push(this.#append(() => lines));
    if (isWhole) written.push(this.#append((number) => [listedLine(number, length)]));
    await Promise.all(written);
  }

  /**
   * One answer, before the Answer takes it in. In steps, during which nothing else may be written.
   * @param cursorOf where each record stood when it was asked
   * @returns what resolves when it is kept
   */
  *taking(
    intake: Intake,
    answer: AnswerColumns,
    cursorOf: CursorOf,
    effort: Effort,
  ): Steps<{ readonly kept: Promise<void> }> {
    void this.list(answer);
    if (!this.#ledger) return { kept: Promise.resolve() };
    try {
      const line = yield* entryLine(this.#next, intake, answer, cursorOf, effort);
      return { kept: this.#append(() => [line]) };
    } catch (error) {
      this.#fail(error);
      return { kept: Promise.resolve() };
    }
  }

  /** Everything was tried. */
  end(answer: AnswerColumns): Promise<void> {
    void this.list(answer);
    return this.#append((number) => [endLine(number)]);
  }

  async #append(linesFrom: (number: number) => readonly Uint8Array[]): Promise<void> {
    if (!this.#ledger) return;
    try {
      const lines = linesFrom(this.#next);
      this.#next += lines.length;
      await this.#ledger.append(joined(lines), lines.length);
    } catch (error) {
      this.#fail(error);
    }
  }

  /** A line is missing: none may follow it. */
  #fail(error: unknown): void {
    this.#ledger = undefined;
    this.#problem ??= messageOf(error);
  }
}

/**
 * Appends notes to a ledger of which no run is going on.
 * @param hasEnded everything was tried, which the last line has to say anew
 */
export async function appendNotes(ledger: Ledger, notes: readonly Note[], hasEnded: boolean): Promise<void> {
  const lines = notes.map((note, nth) => noteLine(ledger.next + nth, note));
  if (hasEnded) lines.push(endLine(ledger.next + notes.length));
  if (lines.length > 0) await ledger.append(joined(lines), lines.length);
}

/** Lines with line ends between them. */
export function joined(lines: readonly Uint8Array[]): Uint8Array {
  if (lines.length === 1) return lines[0]!;
  const bytes = new Uint8Array(lines.reduce((sum, line) => sum + line.length + 1, -1));
  let at = 0;
  for (const line of lines) {
    if (at > 0) bytes[at++] = 10;
    bytes.set(line, at);
    at += line.length;
  }
  return bytes;
}
