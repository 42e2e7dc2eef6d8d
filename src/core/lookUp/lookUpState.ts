import { AnswerColumns } from '../answer/answerColumns.ts';
import type { SharedQuestion } from '../answer/growingIds.ts';
import type { Intake } from '../answer/intake.ts';
import type { Question } from '../domain/associations.ts';
import { defaultRecordCap, isPrimaryOnly } from '../domain/associations.ts';
import type { Failure, RecordProblem } from '../domain/failure.ts';
import { isRecordId } from '../domain/recordId.ts';
import type { Steps } from '../domain/steps.ts';
import { associationsApi } from '../hubspot/associationsApi.ts';
import type { KeptIds } from '../ledger/ledger.ts';
import { problemOf, RecordPages } from './openPages.ts';

const notAnId: Failure = { kind: 'notAnId' };

/**
 * A look-up between its runs: the Answer as far as it goes, and what is still to be asked. One run after another may take it
 * further; a fresh one and one restored from a ledger are the same thing. Ids that are added meanwhile are to be asked too.
 */
export class LookUpState {
  readonly answer: AnswerColumns;
  readonly pages: RecordPages;
  /** Records up to here are asked in this run, or need not be. */
  #next: number;
  /** Records up to here are known to have an id that can be sent, or are given up. */
  #looked = 0;
  #unasked = 0;
  /** What its ledger holds of the asked ids. */
  keptIds: KeptIds;

  constructor(question: Question | SharedQuestion) {
    const answer = new AnswerColumns(question);
    this.answer = answer;
    this.pages = new RecordPages(
      answer,
      question.recordCap ?? defaultRecordCap,
      associationsApi(answer.apiVersion).readsOneRecord,
    );
    if (isPrimaryOnly(question)) answer.seen.add({ kind: 'primaryCompanyOnly' });
    this.keptIds = { length: answer.asked.length, isWhole: answer.asked.isWhole };
    this.#lookAtNew();
    this.#unasked = 0;
    this.#next = answer.asked.length;
  }

  /** Records of which no answer was asked for yet in this run. */
  get unasked(): number {
    this.#lookAtNew();
    return this.#unasked;
  }

  /** A run begins: everything unread is to be asked for again. Returns how many records that concerns. */
  begin(): number {
    const open = this.pages.resumeAll();
    this.#lookAtNew();
    this.#next = 0;
    this.#unasked = this.answer.settleUnread(undefined, isNoId, (record) => this.pages.isOpen(record));
    return open + this.#unasked;
  }

  /** The records of the next batch, at most `most`: those with a page that waits, then records not asked yet. */
  nextBatch(most: number): Uint32Array {
    const open = this.pages.nextBatched(most);
    const batch = new Uint32Array(Math.min(most, open.length + this.unasked));
    batch.set(open);
    for (let filled = open.length; filled < batch.length; this.#next++) {
      if (!this.#isFresh(this.#next)) continue;
      batch[filled++] = this.#next;
      this.#unasked--;
    }
    return batch;
  }

  /**
   * Reads more associations of each record than before, from now on: what was cut there goes on where it stopped.
   * @returns false when they are not more
   */
  raiseCap(recordCap: number): boolean {
    if (!(recordCap > (this.answer.question.recordCap ?? defaultRecordCap))) return false;
    this.answer.raiseCap(recordCap);
    this.pages.raiseCap(recordCap);
    return true;
  }

  /** See {@link RecordPages.absorbing}. */
  absorbing(intake: Intake): Steps<void> {
    return this.pages.absorbing(intake);
  }

  /** The run ends: every record without an answer gets this reason. */
  suspend(failure: Failure): void {
    this.#lookAtNew();
    this.pages.suspendAll(failure);
    this.answer.settleUnread(
      problemOf(failure),
      () => true,
      (record) => this.pages.isOpen(record),
    );
  }

  /** At rest, what stopped it holds no longer, as after a new token: every record without an answer gets another reason. */
  restate(failure: Failure): void {
    this.begin();
    this.suspend(failure);
  }

  #isFresh(record: number): boolean {
    const { answer, pages } = this;
    if (answer.state(record) !== 'notRead' || pages.isOpen(record)) return false;
    const problem = answer.problem(record);
    return !problem || !isNoId(problem);
  }

  /** Ids that were added since: what is none is given up, the others are to be asked. */
  #lookAtNew(): void {
    const { asked } = this.answer;
    for (; this.#looked < asked.length; this.#looked++) {
      // A positive code is a number of up to 16 digits without a leading zero.
      if (asked.code(this.#looked) < 0 && !isRecordId(asked.text(this.#looked)))
        this.pages.giveUp(this.#looked, notAnId);
      else this.#unasked++;
    }
  }
}

/** What is no id is never sent. */
function isNoId(problem: RecordProblem): boolean {
  return problem.kind === 'notRead' && problem.failure.kind === 'notAnId';
}
