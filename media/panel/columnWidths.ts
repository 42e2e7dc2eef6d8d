/** How wide the columns are: by the user's wish, or by what they hold and what is left over. */

import type { StandingColumn } from './columnArrangement.ts';

const leastWidth = 60;
/** As wide as the treaty takes. */
const mostWidth = 10_000;
/** What a column starts with: its least width in pixels, and its share of what is left over. */
interface FirstWidth {
  readonly least: number;
  readonly share: number;
}

/** What the cells hold beside the usual, which needs room. */
export interface Extras {
  /** Names beside the ids. */
  readonly names: boolean;
  /** Reasons beside the states. */
  readonly reasons: boolean;
  /** Verdicts of a check, with labels that are expected and lines of its file, which ought to be in sight too. */
  readonly verdicts: boolean;
}

type Widths = Readonly<Record<StandingColumn['kind'], FirstWidth>>;

const widths: Widths = {
  record: { least: 124, share: 1 },
  associated: { least: 124, share: 1 },
  // Its heading is longer than what its cells hold, and has an arrow and a rank beside it.
  count: { least: 142, share: 0.25 },
  type: { least: 118, share: 0.5 },
  labels: { least: 188, share: 2 },
  expected: { least: 150, share: 1 },
  verdict: { least: 206, share: 8 },
  state: { least: 140, share: 1 },
  property: { least: 150, share: 1.5 },
  source: { least: 158, share: 1 },
};
const withNames: Partial<Widths> = {
  record: { least: 206, share: 2 },
  associated: { least: 206, share: 2 },
  labels: { least: 228, share: 2 },
  source: { least: 130, share: 1 },
};
/** In a check all columns up to the source fit beside the side bar in a window of 1,440 pixels. */
const withNamesAndVerdicts: Partial<Widths> = {
  labels: { least: 204, share: 2 },
  verdict: { least: 170, share: 8 },
  source: { least: 140, share: 1 },
};
const stateWithReasons: FirstWidth = { least: 140, share: 4 };
/** "Nov 26, 2024, 10:58 PM" */
const moment: FirstWidth = { least: 186, share: 1.5 };

function firstWidth({ kind, holds }: StandingColumn, { names, reasons, verdicts }: Extras): FirstWidth {
  if (holds === 'moment') return moment;
  if (kind === 'state' && reasons) return stateWithReasons;
  const named = names ? { ...withNames, ...(verdicts && withNamesAndVerdicts) } : {};
  return named[kind] ?? widths[kind];
}

export class ColumnWidths {
  readonly #sheet = new CSSStyleSheet();
  #columns: readonly StandingColumn[] = [];
  #extras: Extras = { names: false, reasons: false, verdicts: false };
  /** In pixels, by the column's key, where the user changed them. */
  readonly #widths = new Map<string, number>();

  constructor() {
    document.adoptedStyleSheets.push(this.#sheet);
  }

  of(column: string): number | undefined {
    return this.#widths.get(column);
  }

  show(columns: readonly StandingColumn[], extras: Extras): void {
    this.#columns = columns;
    this.#extras = extras;
    this.#widths.clear();
    for (const { key, width } of columns) if (width !== undefined) this.#widths.set(key, width);
    this.#layOut();
  }

  /** @param width in pixels; undefined for the width that the column had at first */
  set(column: string, width: number | undefined): void {
    if (width === undefined) this.#widths.delete(column);
    else this.#widths.set(column, Math.min(mostWidth, Math.max(leastWidth, Math.round(width))));
    this.#layOut();
  }

  #layOut(): void {
    let least = 0;
    const narrow: string[] = [];
    const rooms = this.#columns.map((column, at) => {
      const width = this.#widths.get(column.key);
      const first = firstWidth(column, this.#extras);
      least += width ?? first.least;
      if (width !== undefined && width < first.least) narrow.push(`td.at-${at}`);
      const room = width === undefined ? `${first.share} 0 0; min-width: ${first.least}px` : `0 0 ${width}px`;
      return `.at-${at} { flex: ${room} }`;
    });
    const clipped = narrow.length === 0 ? '' : `${narrow.join(', ')} { overflow: hidden; text-overflow: ellipsis }`;
    // Through CSSOM, which the CSP allows. A rule of its own, not a variable: that would be worked out for every row again.
    this.#sheet.replaceSync(`${clipped} ${rooms.join(' ')} .sizer { width: ${least}px }`);
  }
}
