import { IdIndex } from '../answer/idCodes.ts';
import { DistinctIds } from './distinctIds.ts';
import { GrowingColumn } from './growingColumn.ts';
import { LabelSets } from './labelSets.ts';

/** HubSpot's exports write at most so many associated ids into one cell, and say nothing of the rest. */
export const mostIdsInCell = 1_000;

/** A pair's key is its record times this plus its associated record: exact up to 67 million of the one, 134 million of the other. */
const associatedIds = 2 ** 27;

const asked = 1;
const notWhole = 2;

/** How the rows of a source turned out. rows = withPairs + expectingNothing + withoutPair. */
export interface RowCounts {
  readonly rows: number;
  readonly withPairs: number;
  /** Rows that name a record and leave the other cell empty: all that HubSpot has of it is unexpected. */
  readonly expectingNothing: number;
  readonly withoutPair: number;
  /** Times a pair was named again. */
  readonly duplicates: number;
}

/**
 * Pairs of records in columns, each once, in the order they were first named. A pair takes 16 bytes and its index about 8; a
 * further line of it takes 8.
 */
export class PairColumns {
  readonly labelSets = new LabelSets();
  readonly #from = new DistinctIds();
  readonly #to = new DistinctIds();
  /** What is known of each record: whether it is asked for, whether more may be expected of it than is known. */
  readonly #flags = new GrowingColumn();
  readonly #fromOf = new GrowingColumn();
  readonly #toOf = new GrowingColumn();
  readonly #labelsOf = new GrowingColumn();
  readonly #lineOf = new GrowingColumn();
  readonly #index = new IdIndex((pair) => this.#fromOf.at(pair) * associatedIds + this.#toOf.at(pair));
  /** Further lines of pairs: each with where the pair's next one stands, 0 for none. Made when the first pair comes again. */
  readonly #moreLines = new GrowingColumn();
  readonly #nextLine = new GrowingColumn();
  /** Of each pair, 1 + where its first and last further lines stand. */
  #firstMore: Uint32Array | undefined;
  #lastMore: Uint32Array | undefined;
  readonly #cutCells = new GrowingColumn();
  #ids: readonly string[] | undefined;
  /** Every row's every value is in the pairs. */
  #isAllRead = true;
  #duplicates = 0;
  #withPairs = 0;
  #expectingNothing = 0;
  #withoutPair = 0;

  get length(): number {
    return this.#fromOf.length;
  }

  get rowCounts(): RowCounts {
    return {
      rows: this.#withPairs + this.#expectingNothing + this.#withoutPair,
      withPairs: this.#withPairs,
      expectingNothing: this.#expectingNothing,
      withoutPair: this.#withoutPair,
      duplicates: this.#duplicates,
    };
  }

  /** Lines with a cell of exactly 1,000 ids, which an export may have cut off there. */
  get cutCells(): readonly number[] {
    return Array.from({ length: this.#cutCells.length }, (_, at) => this.#cutCells.at(at));
  }

  /** The distinct records that are asked for, in the order they came. */
  get ids(): readonly string[] {
    this.#ids ??= this.#listIds();
    return this.#ids;
  }

  /**
   * Takes in a row that names a record.
   * @param to the associated records that could be read
   * @param labels the number of its labels' set in {@link labelSets}
   * @param values how many values the cell of associated records held, those that are no record ids among them; none: the
   *   row expects nothing
   */
  addRow(fromId: string, to: readonly string[], labels: number, line: number, values = to.length): void {
    this.#ids = undefined;
    const from = this.#record(fromId);
    if (values > to.length) this.#mark(from, notWhole);
    if (values === mostIdsInCell) this.cutCell(fromId, line);
    if (to.length === 0 && values > 0) {
      this.#withoutPair++;
      return;
    }
    this.#mark(from, asked);
    if (to.length === 0) this.#expectingNothing++;
    else this.#withPairs++;
    for (const toId of to) this.#addPair(from, this.#to.add(toId), labels, line);
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
    this.#mark(this.#record(fromId), notWhole);
  }

  fromId(pair: number): string {
    return this.#from.text(this.#fromOf.at(pair));
  }

  toId(pair: number): string {
    return this.#to.text(this.#toOf.at(pair));
  }

  toIdNumber(pair: number): number {
    return this.#to.asNumber(this.#toOf.at(pair));
  }

  /** The number of the set of labels that the rows of the pair name together. */
  labelSet(pair: number): number {
    return this.#labelsOf.at(pair);
  }

  /** False when more may be expected of this record than is known: a cell was cut off, or held what is no record id. */
  isWhole(fromId: string): boolean {
    const from = this.#from.find(fromId);
    return from >= 0 && (this.#flags.at(from) & notWhole) === 0;
  }

  /**
   * The same pairs in the other direction. Of a record there may then be more than is known as soon as any cell was cut off
   * or any row made no pair; rows that expected nothing are left out.
   */
  turned(): PairColumns {
    const turned = new PairColumns();
    for (let pair = 0; pair < this.length; pair++) {
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

  #record(id: string): number {
    const from = this.#from.add(id);
    if (from === this.#flags.length) this.#flags.push(0);
    return from;
  }

  #mark(from: number, flag: number): void {
    if (flag === notWhole) this.#isAllRead = false;
    this.#flags.set(from, this.#flags.at(from) | flag);
  }

  #addPair(from: number, to: number, labels: number, line: number): void {
    const key = from * associatedIds + to;
    const pair = this.#index.find(key);
    if (pair >= 0) {
      this.#duplicates++;
      this.#labelsOf.set(pair, this.labelSets.union(this.#labelsOf.at(pair), labels));
      this.#addLine(pair, line);
      return;
    }
    this.#index.add(key, this.#fromOf.length);
    this.#fromOf.push(from);
    this.#toOf.push(to);
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

  #listIds(): readonly string[] {
    const ids: string[] = [];
    for (let from = 0; from < this.#from.length; from++) {
      if ((this.#flags.at(from) & asked) !== 0) ids.push(this.#from.text(from));
    }
    return ids;
  }
}
