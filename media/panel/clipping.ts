/**
 * Is told whether the cell may hold more than its column's first width has room for. Only then is it cut off: doing that to every
 * cell takes a tenth of the time that a frame takes. (A column made narrower cuts off all its cells, see columnWidths.ts.)
 */
export function clipper(cell: HTMLElement): (clipped: boolean) => void {
  let last = false;
  return (clipped) => {
    if (clipped !== last) last = cell.classList.toggle('clipped');
  };
}

/** So many characters have room in any column. */
export const shortText = 14;
