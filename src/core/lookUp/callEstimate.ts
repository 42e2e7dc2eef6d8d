/**
 * How many calls a run is likely to take. HubSpot never says how many pages a record has, so as soon as one has more than its
 * first this is an estimate: a record that goes on after k pages is taken to have as many again, as far as the cap lets it.
 * So one record with 20,000 associations does not stand at "16 of 17 calls" two hundred times.
 */
export class CallEstimate {
  /** Records that wait for a further page, by the pages that have come of them. */
  readonly #open = new Map<number, number>();
  #ended = 0;
  #endedPages = 0;
  #largestPage = 1;

  /** A page of so many associations has come. */
  took(associations: number): void {
    this.#largestPage = Math.max(this.#largestPage, associations);
  }

  /** A record waits for another page after so many. */
  waits(pages: number): void {
    this.#open.set(pages, (this.#open.get(pages) ?? 0) + 1);
  }

  /** It does no longer: the page came, or will not come in this run. */
  waited(pages: number): void {
    const others = (this.#open.get(pages) ?? 0) - 1;
    if (others > 0) this.#open.set(pages, others);
    else this.#open.delete(pages);
  }

  /** A record has ended after so many pages. */
  ended(pages: number): void {
    this.#ended++;
    this.#endedPages += pages;
  }

  /**
   * @param unread records of which no page has come, those that are being asked for included
   * @param cap associations that are read of a record
   * @returns calls from now on, those under way included
   */
  calls(unread: number, batchSize: number, cap: number): { readonly calls: number; readonly isEstimate: boolean } {
    const mostPages = Math.ceil(cap / this.#largestPage);
    let records = this.#ended;
    let pages = this.#endedPages;
    let toCome = 0;
    // The pages of one record come one after another, whatever else is asked with them.
    let longest = 0;
    for (const [taken, count] of this.#open) {
      const rest = Math.max(1, Math.min(taken, mostPages - taken));
      records += count;
      pages += count * (taken + rest);
      toCome += count * rest;
      longest = Math.max(longest, rest);
    }
    const each = records > 0 ? pages / records : 1;
    return {
      calls: Math.max(longest, Math.ceil((toCome + unread * each) / batchSize)),
      isEstimate: longest > 0 || (unread > 0 && each > 1),
    };
  }
}
