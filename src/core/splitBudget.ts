/** How many calls a batch that HubSpot refused may be split into: enough to find a few ids among a thousand, not to try each. */
export class SplitBudget {
  #left: number;

  constructor(calls = 64) {
    this.#left = calls;
  }

  /** Takes so many calls from the budget; false when it has not that many. */
  take(calls: number): boolean {
    if (this.#left < calls) return false;
    this.#left -= calls;
    return true;
  }
}
