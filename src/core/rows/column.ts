/** What a column of the table is, and what several of them need. Pure. */

import type { Existence } from '../domain/cell.ts';
import { cut } from '../text/cellText.ts';
import type { PanelRow } from '../treaty/panelRows.ts';
import type { TableColumn } from '../treaty/panelState.ts';
import { type PanelWord, panelWords } from '../treaty/panelWords.ts';
import type { RowContext } from './rows.ts';
import type { Steps } from './steps.ts';
import type { TermSearch } from './termSearch.ts';

/** Of a record, of a set of labels or of a row, by its number: what is the same for many rows is worked out once for them. */
type Of = 'record' | 'set' | 'row';

export interface Column extends Pick<TableColumn, 'key' | 'kind' | 'align' | 'holds' | 'head' | 'tooltip'> {
  /** What its cells are of; a row without an association has no set of labels, and an empty cell there. */
  readonly of: Of;
  /** What a row has in this column. */
  cell(row: number): Partial<PanelRow>;
  /** The text of which a cell shows only the start where it is long; undefined where there is none. */
  wholeText?(row: number): string | undefined;
  /** Adds the terms that stand in a cell to those of the mask. */
  finder(search: TermSearch): (which: number, mask: number) => number;
  /** A number from 0 up for each cell that sorts as the column does; Infinity where there is nothing to sort by. */
  sortKeys(): Steps<(which: number) => number>;
  /** The id of a row, where the column holds ids: beyond 2^53 neighbouring ones have the same number. */
  idOf?(row: number): string | undefined;
  /** True when its order may change with the context alone, as an existence becomes known. */
  readonly sortsByContext?: true;
  /** What stands at its heading besides, as it is now. */
  told?(): Pick<TableColumn, 'detail' | 'tooltip'>;
}

export function say(context: RowContext, word: PanelWord): string {
  return context.say?.(word) ?? panelWords[word];
}

/** Sort keys that are there at once, for a column that has nothing to work out in steps. */
// biome-ignore lint/correctness/useYield: whoever asks a column goes through steps, and here there are none
export function* atOnce<Made>(made: Made): Steps<Made> {
  return made;
}

export function shownExistence(existence: Existence): Existence {
  return existence.kind === 'merged' ? { kind: 'merged', into: cut(existence.into) } : existence;
}
