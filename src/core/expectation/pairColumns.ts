import { GrowingIds } from '../answer/growingIds.ts';
import { pairsOfStep, type Steps } from '../domain/steps.ts';
import { AssociatedIds } from './associatedIds.ts';
import { GrowingColumn } from './growingColumn.ts';
import { LabelSets } from './labelSets.ts';

/** HubSpot's exports write at most so many associated ids into one cell, and say nothing of the rest. */
export const mostIdsInCell = 1_000;

/** How the rows of a source turned out. rows = withPairs + expectingNothing + withoutPair. */
export interface RowCounts {
  readonly rows: number;
  readonly withPairs: number;
  /** Rows that name a record and leave the other cell empty: all that HubSpot has of it is unexpected. */
  readonly expectingNothing: number;
  readonly withoutPair: number;
  /** Of those with pairs: rows with a further value that makes none. */
  readonly partly: number;
  /** Times a pair was named again. */
  readonly duplicates: number;
}

/**
 * Pairs of records in columns, each once, in the order they were first named. A pair takes 24 bytes, a record 24, a further
 * line of a pair 8. The records are the ids to ask for: a look-up that is given them numbers its records in the same way.
 */
export class PairColumns {
  readonly labelSets = new LabelSets();
  /** The distinct records that are asked for, in the order they came. */
  readonly asked = new GrowingIds();
  /** 1 for a record of which more may be expected than is known. */
  readonly #openRecords = new GrowingColumn();
  /** Such records that are not asked for, or not yet. */
  readonly #openIds = new Set<string>();
  readonly #recordOf = new GrowingColumn();
  readonly #to = new AssociatedIds();
  readonly #labelsOf = new GrowingColumn();
  readonly #lineOf = new GrowingColumn();
  /** Further lines of pairs: each with where the pair's next one stands, 0 for none. Made when the first pair comes again. */
  readonly #moreLines = new GrowingColumn();
  readonly #nextLine = new GrowingColumn();
  /** Of each pair, 1 + where its first and last further lines stand. */
  #firstMore: Uint32Array | undefined;
  #lastMore: Uint32Array | undefined;
  readonly #cutCells = new GrowingColumn();
  /** Every row's every value is in the pairs. */
  #isAllRead = true;
  #lastId = '';
  #lastRecord = -1;
  #duplicates = 0;
  #withPairs = 0;
  #expectingNothing = 0;
  #withoutPair = 0;
  #partly = 0;
  #isAllOpen = false;

  get length(): number {
    return this.#recordOf.length;
  }

  get rowCounts(): RowCounts {
    return {
      rows: this.#withPairs + this.#expectingNothing + this.#withoutPair,
      withPairs: this.#withPairs,
      expectingNothing: this.#expectingNothing,
      withoutPair: this.#withoutPair,
      partly: this.#partly,
      duplicates: this.#duplicates,
    };
  }

  /** Lines with a cell of exactly 1,000 ids, which an export may have cut off there. */
  get cutCells(): readonly number[] {
    return Array.from({ length: this.#cutCells.length }, (_, at) => this.#cutCells.at(at));
  }

  /**
   * Takes in a row that names a record.
   * @param to the associated records that could be read
   * @param labels the number of its labels' set in {@link labelSets}
   * @param values how many values the cell of associated records held, those that are no record ids among them; none: the
   *   row expects nothing
   */
  addRow(fromId: string, to: readonly string[], labels: number, line: number, values = to.length): void {
    this.startRow(fromId, to.length, line, values);
    this.addToRow(to, labels, line);
  }

  /** Takes in a row of so many ids without them: they come by {@link addToRow}, some at a time. */
  startRow(fromId: string, ids: number, line: number, values: number): void {
    if (values > ids) this.leaveOpen(fromId);
    if (values === mostIdsInCell) this.cutCell(fromId, line);
    if (ids === 0 && values > 0) {
      this.#withoutPair++;
      return;
    }
    this.#ask(fromId);
    if (ids === 0) this.#expectingNothing++;
    else this.#withPairs++;
    if (values > ids) this.#partly++;
  }

  /** Takes in associated records of the row that was taken in last. */
  addToRow(to: readonly string[], labels: number, line: number): void {
    for (const toId of to) this.#addPair(this.#lastRecord, toId, labels, line);
  }

  /** Takes in a row of which not even the record could be read. */
  addUnreadableRow(): void {
    this.#isAllRead = false;
    this.#withoutPair++;
  }

  /** Says that a record's cell held exactly as many ids as an export writes at most. */
  cutCell(fromId: string, line: number): void {
    this.leaveOpen(fromId);
    this.#cutCells.push(line);
  }

  /** Says that more may be expected of a record than its pairs tell. */
  leaveOpen(fromId: string): void {
    this.#isAllRead = false;
    const record = this.asked.find(fromId);
    // An id cut out of a long text would keep all of that in memory.
    if (record === undefined) this.#openIds.add(` ${fromId}`.slice(1));
    else this.#openRecords.set(record, 1);
  }

  /** Says that of any record more may be expected: a part of the source could not be read. */
  leaveAllOpen(): void {
    this.#isAllRead = false;
    this.#isAllOpen = true;
  }

  /** Records of which more may be expected, and which are not asked for: of their rows nothing could be read. */
  get openIds(): Iterable<string> {
    return this.#openIds;
  }

  /** The number of a pair's record among those that are asked for. */
  record(pair: number): number {
    return this.#recordOf.at(pair);
  }

  fromId(pair: number): string {
    return this.asked.text(this.#recordOf.at(pair));
  }

  toId(pair: number): string {
    return this.asked.codes.text(this.#to.code(pair));
  }

  toIdNumber(pair: number): number {
    return this.asked.codes.number(this.#to.code(pair));
  }

  /** The number of the set of labels that the rows of the pair name together. */
  labelSet(pair: number): number {
    return this.#labelsOf.at(pair);
  }

  /** False when more may be expected of this record than is known: a cell was cut off, or held what is no record id. */
  isWhole(record: number): boolean {
    return !this.#isAllOpen && this.#openRecords.at(record) === 0;
  }

  /**
   * The same pairs in the other direction. Of a record there may then be more than is known as soon as any cell was cut off
   * or any row made no pair; rows that expected nothing are left out. In steps.
   */
  *turning(): Steps<PairColumns> {
    const turned = new PairColumns();
    for (let pair = 0; pair < this.length; pair++) {
      if (pair % pairsOfStep === pairsOfStep - 1) yield;
      const labels = turned.labelSets.of(
        this.labelSets.members(this.labelSet(pair)).map((text) => this.labelSets.texts[text]!),
      );
      for (const line of this.lines(pair)) {
        turned.addRow(this.toId(pair), [this.fromId(pair)], labels, line, this.#isAllRead ? 1 : 2);
      }
    }
    return turned;
  }

  lines(pair: number): readonly number[] {
    const lines = [this.#lineOf.at(pair)];
    for (let more = this.#firstMore?.[pair] ?? 0; more > 0; more = this.#nextLine.at(more - 1)) {
      lines.push(this.#moreLines.at(more - 1));
    }
    return lines;
  }

  /** The number of a record that is asked for from here on. */
  #ask(id: string): number {
    // A source often names one record on many rows in a row.
    if (id === this.#lastId) return this.#lastRecord;
    let record = this.asked.find(id);
    if (record === undefined) {
      record = this.asked.length;
      this.asked.add([id]);
      this.#openRecords.push(this.#openIds.size > 0 && this.#openIds.delete(id) ? 1 : 0);
    }
    this.#lastId = id;
    this.#lastRecord = record;
    return record;
  }

  #addPair(record: number, toId: string, labels: number, line: number): void {
    const code = this.asked.codes.code(toId);
    const pair = this.#to.find(record, code);
    if (pair >= 0) {
      this.#duplicates++;
      this.#labelsOf.set(pair, this.labelSets.union(this.#labelsOf.at(pair), labels));
      this.#addLine(pair, line);
      return;
    }
    this.#to.add(record, code);
    this.#recordOf.push(record);
    this.#labelsOf.push(labels);
    this.#lineOf.push(line);
  }

  #addLine(pair: number, line: number): void {
    const { first, last } = this.#linesMade(pair);
    const lastMore = last[pair]!;
    const lastLine = lastMore > 0 ? this.#moreLines.at(lastMore - 1) : this.#lineOf.at(pair);
    if (lastLine === line) return;
    const more = this.#moreLines.push(line) + 1;
    this.#nextLine.push(0);
    if (lastMore > 0) this.#nextLine.set(lastMore - 1, more);
    else first[pair] = more;
    last[pair] = more;
  }

  #linesMade(pair: number): { readonly first: Uint32Array; readonly last: Uint32Array } {
    let first = this.#firstMore;
    let last = this.#lastMore;
    if (!first || !last || pair >= first.length) {
      const length = Math.max(this.length, (first?.length ?? 0) * 2);
      const wider = [new Uint32Array(length), new Uint32Array(length)] as const;
      if (first) wider[0].set(first);
      if (last) wider[1].set(last);
      [first, last] = wider;
      this.#firstMore = first;
      this.#lastMore = last;
    }
    return { first, last };
  }
}
