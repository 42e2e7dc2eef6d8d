/** What is expected of a look-up, held against its Answer, with what is kept of it in the look-up's ledger. */
import type { Answer } from '../core/domain/associations.ts';
import type { Existence } from '../core/domain/cell.ts';
import type { Expectation, Side, VerdictCounts } from '../core/domain/expectation.ts';
import type { Steps } from '../core/domain/steps.ts';
import { Check } from '../core/expectation/check.ts';
import type { RestoredCheck } from '../core/expectation/readStoredCheck.ts';
import { type CheckSource, expectationLines, recordsLine } from '../core/expectation/storedCheck.ts';
import type { Note } from '../core/ledger/writtenLines.ts';
import { Turns } from '../editor/turns.ts';
import type { IdPlaces } from '../ids/idPlaces.ts';
import { pairPlaces } from '../ids/pairPlaces.ts';

/** What is told of a check without reading it. A Check is one itself. */
export interface CheckSummary {
  readonly counts: VerdictCounts;
}

/** What a look-up is checked against, and where that came from. */
export interface Expected {
  readonly expectation: Expectation;
  readonly source: CheckSource;
}

export class HeldCheck {
  readonly check: Check;
  readonly source: CheckSource;
  /** What was learnt of records, a line each. */
  readonly #facts: Note[];
  /** Those of them that are not in the ledger. */
  #unkept: Note[] = [];

  constructor(answer: Answer, { expectation, source }: Expected, facts: readonly Note[] = []) {
    this.check = new Check(answer, expectation);
    this.source = source;
    this.#facts = [...facts];
  }

  /** In steps. */
  static *restoring(
    answer: Answer,
    restored: Extract<RestoredCheck, { kind: 'restored' }>,
    facts: readonly Note[],
  ): Steps<HeldCheck> {
    const held = new HeldCheck(answer, restored, facts);
    yield;
    yield* held.check.restoring(restored.learnt);
    return held;
  }

  /** Where its records stood; undefined where that is in no file. */
  get places(): IdPlaces | undefined {
    const { uri } = this.source;
    return uri === undefined ? undefined : pairPlaces(uri, this.check.expectation);
  }

  get expected(): Expected {
    return { expectation: this.check.expectation, source: this.source };
  }

  /** Takes in what became of records of one side. */
  learn(side: Side, known: readonly (readonly [id: string, existence: Existence])[]): void {
    if (known.length === 0) return;
    for (const [id, existence] of known) this.check.learn(side, id, existence);
    const fact = recordsLine(side, known);
    this.#facts.push(fact);
    this.#unkept.push(fact);
  }

  get hasUnkept(): boolean {
    return this.#unkept.length > 0;
  }

  /** What was learnt and is not in the ledger yet; it counts as kept from here on. */
  takeUnkept(): readonly Note[] {
    const notes = this.#unkept;
    this.#unkept = [];
    return notes;
  }

  /** All lines that are kept of it. */
  *notes(): Generator<Note> {
    for (const line of expectationLines(this.check.expectation, this.source)) yield { ...line };
    yield* this.#facts;
  }

  /** The lines with which its ledger begins, made one after another while others work. */
  async *firstNotes(): AsyncGenerator<Note> {
    const turns = new Turns();
    for (const line of expectationLines(this.check.expectation, this.source)) {
      yield { ...line };
      if (turns.isOver) await turns.next();
    }
  }
}

/** Splits the lines that a ledger does not know into those of its check and the others. */
export function splitNotes(lines: readonly Note[]): {
  readonly check: readonly Note[];
  readonly facts: readonly Note[];
  readonly others: readonly Note[];
} {
  const facts = lines.filter((line) => 'checkRecords' in line);
  const check = lines.filter(isOfCheck);
  const others = lines.filter((line) => !isOfCheck(line));
  return { check, facts, others };
}

function isOfCheck(line: Note): boolean {
  return 'check' in line || 'checkPairs' in line || 'checkRecords' in line;
}
