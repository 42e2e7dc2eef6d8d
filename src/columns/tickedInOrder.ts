/** What is ticked in a list, in the order in which it was ticked. VS Code tells it in the order of the list. */
export class TickedInOrder<Item> {
  #items: readonly Item[];

  /** @param items those that are ticked at first */
  constructor(items: readonly Item[]) {
    this.#items = items;
  }

  get items(): readonly Item[] {
    return this.#items;
  }

  /** @param ticked all that are ticked now, in any order */
  change(ticked: readonly Item[]): void {
    const now = new Set(ticked);
    const before = new Set(this.#items);
    this.#items = [...this.#items.filter((item) => now.has(item)), ...ticked.filter((item) => !before.has(item))];
  }
}
