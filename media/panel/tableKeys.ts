/** What keys mean in the table, as in a grid of the ARIA practices: arrows, Home and End, pages, Enter, the menu key. */

/** Where the active cell is, and in what. Row -1 is the heading. */
export interface KeyPlace {
  readonly row: number;
  readonly column: number;
  readonly rows: number;
  readonly columns: number;
  /** So many rows are one page. */
  readonly page: number;
  /** More than the active row is marked. */
  readonly extended: boolean;
}

export interface KeyActions {
  /** `extend` marks the rows on the way. */
  move(row: number, column: number, extend?: boolean): void;
  /** Makes a column one step wider (1) or narrower (-1). */
  widen(column: number, direction: 1 | -1): void;
  enter(): void;
  menu(): void;
  markAll(): void;
}

/** @returns what the key does; undefined for a key that is not the table's */
export function keyMeans(
  event: KeyboardEvent,
  { row, column, rows, columns, page, extended }: KeyPlace,
  does: KeyActions,
): (() => void) | undefined {
  const { shiftKey } = event;
  const control = event.ctrlKey || event.metaKey;
  const widens = row < 0 && shiftKey;
  const keys: Readonly<Record<string, () => void>> = {
    ArrowDown: () => does.move(row + 1, column, shiftKey),
    ArrowUp: () => does.move(row - 1, column, shiftKey && row > 0),
    ArrowRight: () => (widens ? does.widen(column, 1) : does.move(row, column + 1)),
    ArrowLeft: () => (widens ? does.widen(column, -1) : does.move(row, column - 1)),
    PageDown: () => does.move(row + page, column, shiftKey),
    PageUp: () => does.move(Math.max(0, row - page), column, shiftKey),
    Home: () => does.move(control ? 0 : row, control ? column : 0, shiftKey && control),
    End: () => does.move(control ? rows - 1 : row, control ? column : columns - 1, shiftKey && control),
    Enter: () => does.enter(),
    ContextMenu: () => does.menu(),
    ...(shiftKey && { F10: () => does.menu() }),
    ...(extended && { Escape: () => does.move(row, column) }),
    ...(control && { a: () => does.markAll() }),
  };
  // With Caps Lock a letter arrives in upper case.
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (event.altKey || (control && !['Home', 'End', 'a'].includes(key))) return undefined;
  return keys[key];
}
