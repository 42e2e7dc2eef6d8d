/**
 * Whether a cell may hold more than its column's first width has room for. Only then is it cut off: doing that to every cell
 * takes a tenth of the time that a frame takes. (A column made narrower cuts off all its cells, see columnWidths.ts.)
 */
export function clip(cell: HTMLElement, clipped: boolean): void {
  if (cell.classList.contains('clipped') !== clipped) cell.classList.toggle('clipped', clipped);
}

/** So many characters have room in any column. */
export const shortText = 14;
