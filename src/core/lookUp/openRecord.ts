import { IdIndex } from '../answer/idCodes.ts';
import type { RowSpan } from '../answer/pageRows.ts';
import type { PageEffect } from '../answer/recordRows.ts';
import type { Contradiction } from '../domain/failure.ts';
import type { Standing } from '../ledger/wholeLines.ts';

/**
 * How the pages of a record are asked for. onward: by the batch read, from the first page. afresh: the same once more, after
 * something went wrong on the way. single: by the read of one record, which has cursors of its own and starts over too.
 */
export type Way = Standing['way'];

/** So many pages in a row that bring nothing new are a cursor that does not move, whatever it looks like. */
const idlePages = 3;

/** HubSpot allows up to 50 labels between two object types, and v3 has a row for each label of each association. */
const mostTypes = 50;

/** Pages with new types and no new association that any record may have, however little is known of it. */
const typePagesForAll = 20;

/** A record of which not every page has come: how far its pages are, and whether they lead anywhere. */
export class OpenRecord {
  #way: Way = 'onward';
  /** The cursor of the page that is to be asked for; undefined for the first page. */
  after: string | undefined;
  /** No page of it is asked for any more before a later run, which begins afresh. */
  isStopped = false;
  /** It has as many associations as are to be read of a record: a page of it is asked for when more are wanted. */
  isFull = false;
  /** Some of the page that is asked for is here already and counts: it brings nothing new when it comes again. */
  isPartlyHere = false;
  /** Some of the page that is asked for was left out when it came: it has to bring that, and not only what is known. */
  isCut = false;
  /** Pages that have come of it, as far as is known. */
  pages = 0;
  /** It waits for a page in the run that is going on, which began to count when so many had come. */
  waitsSince: number | undefined;
  // Made when they are needed: a look-up may open every record it has at once.
  #cursors: Set<string> | undefined;
  /** A cursor has said that there is another page. */
  #isMoreAnnounced = false;
  #idlePages = 0;
  /** Pages that brought new types of known associations, and no new association. */
  #typePages = 0;
  #largestPage = 0;
  #isRelisting = false;
  #relisted: Relisted | undefined;

  /** @param standing where it stood when it was written down; left out for one of which nothing is known */
  constructor(standing?: Standing) {
    if (!standing) return;
    const { way, after, isStopped, isFull = false, isPartlyHere = false, isCut = false } = standing;
    // What a reading that had started over had listed is not written down, so it starts over again.
    this.#isMoreAnnounced = after !== undefined || way === 'single';
    if (way !== 'onward') this.startOver(way);
    else if (after !== undefined) {
      this.after = after;
      this.isPartlyHere = isPartlyHere;
      this.isCut = isCut;
      this.#cursors = new Set([after]);
    }
    this.isStopped = isStopped;
    this.isFull = isFull;
  }

  /** What was known before is not a part of the page that is asked for: a cursor may have led back. What was left out of it, it has to bring yet. */
  brought({ added, widened, dropped }: PageEffect, isUnfinished: boolean): void {
    if (isUnfinished && added + widened > 0 && dropped === 0) this.isPartlyHere = true;
    this.isCut = dropped > 0 || (this.isCut && added === 0);
  }

  get way(): Way {
    return this.#way;
  }

  /** Goes back to the first page. What is known stays and is not counted twice, and whether it is listed again is watched. */
  startOver(way: Exclude<Way, 'onward'>): void {
    this.#way = way;
    this.after = undefined;
    this.isStopped = false;
    this.isPartlyHere = false;
    this.isCut = false;
    this.#cursors = undefined;
    // The read of a single record is asked because a cursor announced more, so it has to bring more. The batch read starts from
    // the first page again, and may say this time that there is nothing more.
    this.#isMoreAnnounced = way === 'single';
    this.#idlePages = 0;
    this.#typePages = 0;
    this.#isRelisting = true;
    this.#relisted = undefined;
  }

  /** Looks at rows that come: what brings nothing new to the Answer may still bring what this reading had not listed yet. */
  list(rows: Required<RowSpan>): PageNews {
    if (!this.#isRelisting) return 'nothing';
    this.#relisted ??= new Relisted();
    return this.#relisted.take(rows);
  }

  /**
   * Takes note of a page.
   * @param rows how many it has
   * @param listed what {@link list} said of them, where it was asked
   * @returns what the page brought
   */
  take(rows: number, { added, widened }: PageEffect, listed?: PageNews): PageNews {
    this.pages++;
    this.#largestPage = Math.max(this.#largestPage, rows);
    const isHereAgain = this.isPartlyHere && rows > 0;
    const { isCut } = this;
    this.isPartlyHere = false;
    this.isCut = false;
    if (isCut) return 'nothing';
    if (added > 0 || listed === 'associations' || isHereAgain) return 'associations';
    return widened > 0 || listed === 'types' ? 'types' : 'nothing';
  }

  /** Goes on to the page behind this cursor. False when the cursor leads nowhere. @param known associations of the record */
  goOn(after: string, news: PageNews, known: number): boolean {
    this.#isMoreAnnounced = true;
    this.#idlePages = news === 'nothing' ? this.#idlePages + 1 : 0;
    // An association may be listed once for each type, in pages of their own. More such pages than all types of all known
    // associations could fill have no end, as when every page holds the same association under yet another type.
    if (news === 'types') this.#typePages++;
    const mostTypePages = typePagesForAll + (mostTypes * known) / Math.max(1, this.#largestPage);
    if (this.#cursors?.has(after) || this.#idlePages >= idlePages || this.#typePages > mostTypePages) return false;
    this.#cursors ??= new Set();
    this.#cursors.add(after);
    this.after = after;
    return true;
  }

  /**
   * What is wrong with ending here, if anything is.
   * @param news what the last page brought: one that only repeats what was listed before is not the rest that was announced
   * @param known associations of the record
   */
  objectionToEnd(news: PageNews, known: number): Contradiction | undefined {
    if (news === 'nothing' && this.#isMoreAnnounced) return 'announcedMore';
    if (this.#isRelisting && (this.#relisted?.associations ?? 0) < known) return 'listedFewer';
    return undefined;
  }
}

/** The most that is new about a page: associations, or only types of associations that are known. */
export type PageNews = 'associations' | 'types' | 'nothing';

/** What two pieces of a page brought together. */
export function newsOf(one: PageNews, other: PageNews): PageNews {
  return one === 'nothing' || other === 'associations' ? other : one;
}

/** What the pages of a record list when they are read once more from the first one. */
class Relisted {
  readonly #codes: number[] = [];
  /** No Set: where it puts a number is known beforehand, and HubSpot's answer chooses the numbers. */
  readonly #ids = new IdIndex((position) => this.#codes[position]!);
  readonly #rows = new Set<string>();

  /** Distinct associations listed so far. */
  get associations(): number {
    return this.#codes.length;
  }

  take({ codes, sets, start, end }: Required<RowSpan>): PageNews {
    const ids = this.#codes.length;
    const rows = this.#rows.size;
    for (let row = start; row < end; row++) {
      const code = codes[row]!;
      if (this.#ids.find(code) < 0) this.#ids.add(code, this.#codes.push(code) - 1);
      this.#rows.add(`${code} ${sets[row]}`);
    }
    if (this.#codes.length > ids) return 'associations';
    return this.#rows.size > rows ? 'types' : 'nothing';
  }
}
