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
  /** Puts a column one place further on (1) or back (-1). */
  carry(column: number, direction: 1 | -1): void;
  /** `add`: beside what is there already, as a further column to sort by. */
  enter(add: boolean): void;
  menu(): void;
  markAll(): void;
}

type Meanings = Readonly<Record<string, () => void>>;

/** @returns what the key does; undefined for a key that is not the table's */
export function keyMeans(event: KeyboardEvent, place: KeyPlace, does: KeyActions): (() => void) | undefined {
  const control = event.ctrlKey || event.metaKey;
  // With Caps Lock a letter arrives in upper case.
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (event.altKey || (control && event.shiftKey && key.startsWith('Arrow')))
    return event.altKey && event.shiftKey ? undefined : carrying(place, does)[key];
  if (control && !['Home', 'End', 'a'].includes(key)) return undefined;
  return (place.row < 0 && event.shiftKey && widening(place, does)[key]) || moving(event, place, does)[key];
}

/** Alt or Ctrl+Shift and an arrow carry the column. */
function carrying({ row, column }: KeyPlace, does: KeyActions): Meanings {
  if (row >= 0) return {};
  return { ArrowRight: () => does.carry(column, 1), ArrowLeft: () => does.carry(column, -1) };
}

function widening({ column }: KeyPlace, does: KeyActions): Meanings {
  return { ArrowRight: () => does.widen(column, 1), ArrowLeft: () => does.widen(column, -1) };
}

function moving(event: KeyboardEvent, place: KeyPlace, does: KeyActions): Meanings {
  const { row, column, rows, columns, page, extended } = place;
  const { shiftKey } = event;
  const control = event.ctrlKey || event.metaKey;
  return {
    ArrowDown: () => does.move(row + 1, column, shiftKey),
    ArrowUp: () => does.move(row - 1, column, shiftKey && row > 0),
    ArrowRight: () => does.move(row, column + 1),
    ArrowLeft: () => does.move(row, column - 1),
    PageDown: () => does.move(row + page, column, shiftKey),
    PageUp: () => does.move(Math.max(0, row - page), column, shiftKey),
    Home: () => does.move(control ? 0 : row, control ? column : 0, shiftKey && control),
    End: () => does.move(control ? rows - 1 : row, control ? column : columns - 1, shiftKey && control),
    Enter: () => does.enter(shiftKey),
    ContextMenu: () => does.menu(),
    ...(shiftKey && { F10: () => does.menu() }),
    ...(extended && { Escape: () => does.move(row, column) }),
    ...(control && { a: () => does.markAll() }),
  };
}
