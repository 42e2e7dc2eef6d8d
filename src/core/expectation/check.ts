import { type Answer, isPrimaryOnly } from '../domain/associations.ts';
import type { Existence } from '../domain/cell.ts';
import type { Expectation, Finding, Side, Verdict, VerdictCounts } from '../domain/expectation.ts';
import { finished, type Left, Pace, pairsOfStep, type Steps } from '../domain/steps.ts';
import { KnownExistences, type LearntRecord } from './existences.ts';
import { findingOf } from './findings.ts';
import { LabelMatcher } from './labelMatch.ts';
import { MissingRecords } from './missingRecords.ts';
import { ReadRecords, type RecordChange } from './readRecords.ts';
import { areNumberedAlike, RecordPairs } from './recordPairs.ts';

/** In the column of verdicts, by their numbers; a pair begins as the first. */
const byNumber: readonly Verdict[] = ['cannotTell', 'asExpected', 'differs', 'missing', 'noSuchRecord'];
const cannotTell = 0;
const asExpected = 1;
const differs = 2;
const missing = 3;
const noSuchRecord = 4;

/**
 * An Expectation held against an Answer that may still grow. Whoever asks gets what holds at that moment: the check looks at
 * what changed in the Answer since it was last asked, and at nothing else. A pair takes 9 bytes, a record 9, and
 * one of a missing pair some 20 more.
 *
 * While a look-up runs a verdict leaves only `cannotTell`, or goes from `missing` to `noSuchRecord`.
 */
export class Check {
  readonly answer: Answer;
  readonly expectation: Expectation;
  readonly #hidesOthers: boolean;
  readonly #matcher = new LabelMatcher();
  readonly #pace = new Pace(pairsOfStep);
  readonly #existences: KnownExistences;
  readonly #missing: MissingRecords;
  readonly #verdicts: Uint8Array;
  /** 1 + which of its record's associations a pair is; 0 while it is not named. */
  readonly #nthOf: Uint32Array;
  readonly #counts = [0, 0, 0, 0, 0];
  /** Not there before the first look at the Answer. */
  #pairs!: RecordPairs;
  #records: ReadRecords;
  /** How many pairs of a record are named. */
  #named: Uint32Array;
  /** Named pairs of records that are not read to their end, and lack a label so far. */
  readonly #waiting = new Set<number>();
  #hasWhole = false;
  /** Whole records that are not read to their end. */
  #wholeUnread = 0;
  #unexpected = 0;
  #seen = -1;
  /** A look at the Answer that is not done. */
  #look: Steps<void> | undefined;
  #learnt = 0;
  #hasLooked = false;

  constructor(answer: Answer, expectation: Expectation) {
    this.answer = answer;
    this.expectation = expectation;
    this.#hidesOthers = isPrimaryOnly(answer.question);
    this.#existences = new KnownExistences(expectation, (pair) => this.#nthOf[pair] !== 0);
    this.#missing = new MissingRecords(expectation, this.#existences);
    this.#verdicts = new Uint8Array(expectation.length);
    this.#nthOf = new Uint32Array(expectation.length);
    this.#counts[cannotTell] = expectation.length;
    this.#records = new ReadRecords(answer);
    this.#named = new Uint32Array(0);
  }

  /** False until it has looked at the whole Answer once, which takes its time: see {@link looking}. */
  get hasLooked(): boolean {
    return this.#hasLooked;
  }

  /** Goes up with every change, of the Answer or of what is known of records. */
  get revision(): number {
    return this.answer.revision + this.#learnt;
  }

  get counts(): VerdictCounts {
    const isUntold = this.#isUntold;
    if (!isUntold) this.refresh();
    const counts = this.#counts;
    return {
      expected: this.expectation.length,
      asExpected: counts[asExpected]!,
      differs: counts[differs]!,
      missing: counts[missing]!,
      noSuchRecord: counts[noSuchRecord]!,
      cannotTell: counts[cannotTell]!,
      unexpected: this.#unexpected,
      unexpectedAtLeast: isUntold
        ? hasWhole(this.expectation)
        : this.#wholeUnread > 0 || (this.#hidesOthers && this.#hasWhole),
    };
  }

  /** Nothing is told of any record: then pairs are counted without being put to theirs. */
  get #isUntold(): boolean {
    const { asked, notRead, associations } = this.answer.counts;
    const isUnread = notRead === asked && associations === 0 && this.#learnt === 0;
    return isUnread && areNumberedAlike(this.answer, this.expectation.asked);
  }

  /** Every pair is missing: perhaps the pairs are stored in the other direction only, as leads to deals are. */
  get isAllMissing(): boolean {
    const { expected, missing: lacking } = this.counts;
    return expected > 0 && lacking === expected;
  }

  verdict(pair: number): Verdict {
    this.refresh();
    return byNumber[this.#verdicts[pair]!]!;
  }

  /** The verdict with its reason. */
  finding(pair: number): Finding {
    return findingOf(this, this.#existences, pair);
  }

  /** The record of a pair and, where HubSpot names it, its association; undefined for a pair without a record in the Answer. */
  place(pair: number): { readonly record: number; readonly nth: number | undefined } | undefined {
    this.refresh();
    const record = this.record(pair);
    const nth = this.#nthOf[pair]!;
    return record === undefined ? undefined : { record, nth: nth === 0 ? undefined : nth - 1 };
  }

  /** The pair that a record's nth association is. */
  pairOf(record: number, nth: number): number | undefined {
    this.refresh();
    const pair = this.#pairs.find(record, nth);
    return pair < 0 ? undefined : pair;
  }

  /** True for an association that nothing expects although its record's pairs are all there ought to be. */
  isUnexpected(record: number, nth: number): boolean {
    this.refresh();
    return this.#pairs.whole[record] === 1 && this.pairOf(record, nth) === undefined;
  }

  /** How many associations of a record nothing expects. */
  unexpectedCount(record: number): number {
    this.refresh();
    return this.#pairs.whole[record] === 1 ? this.answer.associationCount(record) - this.#named[record]! : 0;
  }

  /** How many pairs of a record HubSpot does not name: they have no row in the Answer. */
  absentCount(record: number): number {
    this.refresh();
    return this.#pairs.count(record) - this.#named[record]!;
  }

  /** The pairs of a record that HubSpot does not name, in the order of the source. */
  absent(record: number): readonly number[] {
    if (this.absentCount(record) === 0) return [];
    const absent: number[] = [];
    for (let nth = 0; nth < this.#pairs.count(record); nth++) {
      const pair = this.#pairs.at(record, nth);
      if (this.#nthOf[pair] === 0) absent.push(pair);
    }
    return absent.sort((one, other) => one - other);
  }

  /** The pairs that have no record in the Answer. */
  get unplaced(): readonly number[] {
    this.refresh();
    return this.#pairs.unplaced;
  }

  /** Of how many records of missing pairs nobody knows whether they exist. */
  existencesUnknown(): Readonly<Record<Side, number>> {
    this.refresh();
    return this.#missing.unknown;
  }

  /** The distinct ids of those records. In steps. */
  *askingExistence(): Steps<Readonly<Record<Side, readonly string[]>>> {
    yield* this.looking();
    const { expectation } = this;
    // Whoever asks is about to learn what became of them.
    yield* this.#existences.ordering();
    const ids = { from: [] as string[], to: [] as string[] };
    const isSeen = { from: new Uint8Array(expectation.asked.length), to: new Uint8Array(expectation.length) };
    const isNew = (side: Side, pair: number) => {
      const place = this.#missing.place(side, pair);
      if (isSeen[side][place] === 1) return false;
      isSeen[side][place] = 1;
      return !this.#existences.has(side, pair);
    };
    for (let pair = 0; pair < this.#verdicts.length; pair++) {
      if (pair % pairsOfStep === pairsOfStep - 1) yield;
      if (this.#verdicts[pair] !== missing) continue;
      if (isNew('from', pair)) ids.from.push(expectation.fromId(pair));
      if (isNew('to', pair)) ids.to.push(expectation.toId(pair));
    }
    return ids;
  }

  /** Takes in what became of a record of one side. */
  learn(side: Side, id: string, existence: Existence): void {
    this.refresh();
    this.#missing.learn(side, id);
    this.#existences.learn(side, id, existence);
    this.#learnt++;
    if (side === 'to') {
      for (const pair of this.#existences.pairsTo(id)) this.#judgeWhereItStands(pair);
      return;
    }
    const record = this.answer.recordOf(id);
    if (record === undefined) return;
    for (let nth = 0; nth < this.#pairs.count(record); nth++) this.#judge(this.#pairs.at(record, nth), record);
  }

  /** Takes in what had been learnt, and the Answer as it is. In steps, before anything else is asked of the check. */
  *restoring(learnt: readonly LearntRecord[] = []): Steps<void> {
    for (const [nth, { side, id, existence }] of learnt.entries()) {
      if (nth % pairsOfStep === pairsOfStep - 1) yield;
      this.#existences.learn(side, id, existence);
    }
    this.#learnt += learnt.length;
    yield* this.looking();
  }

  /** Puts the pairs to the records that are asked for by now. */
  *#placing(): Steps<void> {
    const { asked } = this.answer.counts;
    if (this.#records.length !== asked) {
      this.#records = new ReadRecords(this.answer);
      this.#nthOf.fill(0);
    }
    this.#pairs = yield* RecordPairs.placing(this.expectation, this.answer);
    this.#named = new Uint32Array(asked);
    this.#unexpected = 0;
    this.#wholeUnread = this.#pairs.whole.reduce((sum, each) => sum + each, 0);
    this.#hasWhole = this.#wholeUnread > 0;
  }

  /** Takes in what has changed in the Answer: all that can be asked of the check does so first. */
  refresh(): void {
    if (this.#isBehind) finished(this.looking());
  }

  /** The same in steps: whoever asks something of the check between two of them has the rest done at once. */
  *looking(): Steps<void> {
    while (this.#isBehind) {
      this.#look ??= this.#refreshing();
      if (this.#look.next().done) this.#look = undefined;
      else yield;
    }
  }

  get #isBehind(): boolean {
    return this.#look !== undefined || this.answer.revision !== this.#seen;
  }

  *#refreshing(): Steps<void> {
    this.#seen = this.answer.revision;
    if (!this.#pairs || this.answer.counts.asked !== this.#records.length) yield* this.#placing();
    yield* this.#records.looking((record, change) => this.#takeIn(record, change));
    const pace = new Pace(pairsOfStep);
    for (const pair of this.#waiting) {
      this.#judgeWhereItStands(pair);
      if (pace.isOver(1)) yield;
    }
    this.#hasLooked = true;
  }

  /** At once, unless the record has very much of anything. */
  #takeIn(record: number, change: RecordChange): Left {
    const steps = this.#takingIn(record, change);
    return steps.next().done ? undefined : steps;
  }

  *#takingIn(record: number, { seen, count, wasRead, isRead }: RecordChange): Steps<void> {
    const pairs = this.#pairs.count(record);
    const namedBefore = this.#named[record]!;
    if (pairs > 0) {
      for (let nth = seen; nth < count; nth++) {
        this.#name(record, nth, isRead);
        if (this.#pace.isOver(0)) yield;
      }
    }
    if (this.#pairs.whole[record] === 1) {
      this.#unexpected += count - seen - (this.#named[record]! - namedBefore);
      this.#wholeUnread += Number(wasRead) - Number(isRead);
    }
    if (isRead !== wasRead || isRead) {
      for (let nth = 0; nth < pairs; nth++) {
        this.#judge(this.#pairs.at(record, nth), record);
        if (this.#pace.isOver(0)) yield;
      }
    }
  }

  /** HubSpot names an association: the pair it is, if it is one, has its place. */
  #name(record: number, nth: number, isRead: boolean): void {
    const pair = this.#pairs.find(record, nth);
    if (pair < 0 || this.#nthOf[pair] !== 0) return;
    this.#nthOf[pair] = nth + 1;
    this.#named[record]!++;
    if (!isRead) this.#judge(pair, record);
  }

  /** The record of a pair in the Answer, where it has one. */
  record(pair: number): number | undefined {
    const record = this.expectation.record(pair);
    if (record < 0) return undefined;
    if (areNumberedAlike(this.answer, this.expectation.asked)) return record;
    return this.answer.recordOf(this.expectation.fromId(pair));
  }

  #judgeWhereItStands(pair: number): void {
    const record = this.record(pair);
    if (record !== undefined) this.#judge(pair, record);
  }

  /** The verdict of a pair as things stand, in the order in which one reason goes before another. */
  #judge(pair: number, record: number): void {
    const verdict = this.#verdictOf(pair, record);
    const old = this.#verdicts[pair]!;
    if (this.#nthOf[pair] !== 0 && verdict === cannotTell && !this.#records.isRead(record)) this.#waiting.add(pair);
    else if (this.#waiting.size > 0) this.#waiting.delete(pair);
    if (verdict === old) return;
    this.#counts[old]!--;
    this.#counts[verdict]!++;
    this.#verdicts[pair] = verdict;
    if (verdict === missing) this.#missing.count(pair, 1);
    else if (old === missing) this.#missing.count(pair, -1);
  }

  #verdictOf(pair: number, record: number): number {
    if (this.expectation.doubt(pair) !== undefined) return cannotTell;
    const nth = this.#nthOf[pair]!;
    const isRead = this.#records.isRead(record);
    if (nth > 0) {
      const match = this.#matcher.match(this.expectation.labels(pair), this.answer.types(record, nth - 1));
      if (match === 'all') return asExpected;
      return match === 'lacking' && isRead ? differs : cannotTell;
    }
    if (this.#existences.gone(pair)) return noSuchRecord;
    return isRead && !this.#hidesOthers ? missing : cannotTell;
  }
}

function hasWhole(expectation: Expectation): boolean {
  for (let record = 0; record < expectation.asked.length; record++) if (expectation.isWhole(record)) return true;
  return false;
}
