/** The chips of a matrix: records by how many they have of each object type. Pure. */

import type { Answer } from '../domain/associations.ts';
import type { MatrixCell } from '../domain/matrixCell.ts';
import type { PanelChip } from '../treaty/panelState.ts';
import { cellOf, type MatrixType, typeColumnKey } from './matrixType.ts';
import type { RowContext, Rows } from './rows.ts';
import { rowsAStep, type Steps } from './steps.ts';

/** none: there is none. some: there is at least one. open: it is not known, or not whole. */
const kinds = ['none', 'some', 'open'] as const;
type Kind = (typeof kinds)[number];

/** Records that have no association with any of the types, but for columns of which nothing is to be had. */
const noneOfTypes = 'noneOfTypes';
/** Records of which something is not known. */
const anyOpen = 'anyOpen';
const ofType = /^type:(none|some|open):(.+)$/;

export function isTypeChip(key: string): boolean {
  return key === noneOfTypes || key === anyOpen || ofType.test(key);
}

/** What each of these chips asks of a record; of those about one column any has to hold. A column that there is not has no records. */
export function typeChipsChosen(
  keys: readonly string[],
  { answer }: Rows,
  { types = [] }: RowContext,
): readonly ((record: number) => boolean)[] {
  const byColumn = new Map<string, Set<Kind>>();
  for (const key of keys) {
    const [, kind, to] = ofType.exec(key) ?? [];
    if (to !== undefined) byColumn.set(to, (byColumn.get(to) ?? new Set()).add(kind as Kind));
  }
  const kindIn = (type: MatrixType, record: number) => kindOf(cellOf(type, record, answer));
  const columns = [...byColumn].map(([to, wanted]) => {
    const type = types.find((each) => each.to === to);
    return (record: number) => type !== undefined && wanted.has(kindIn(type, record));
  });
  return [
    ...columns,
    ...(keys.includes(noneOfTypes) ? [(record: number) => together(types, record, answer).isNone] : []),
    ...(keys.includes(anyOpen) ? [(record: number) => together(types, record, answer).isOpen] : []),
  ];
}

/** Those that would show some rows, each with how many. */
export function* countedTypeChips(rows: Rows, { types = [] }: RowContext): Steps<readonly PanelChip[]> {
  const counts = types.map(() => ({ none: 0, some: 0, open: 0 }));
  let none = 0;
  let open = 0;
  // A cell takes longer than a row of other tables.
  const step = Math.max(1, Math.floor(rowsAStep / 4 / Math.max(1, types.length)));
  for (let from = 0; from < rows.records; from += step) {
    const to = Math.min(from + step, rows.records);
    for (let record = from; record < to; record++) {
      const { isNone, isOpen } = together(types, record, rows.answer, (kind, at) => counts[at]![kind]++);
      if (isNone) none++;
      if (isOpen) open++;
    }
    yield to - from;
  }
  const general: PanelChip[] = [
    { key: noneOfTypes, kind: 'type', count: none },
    { key: anyOpen, kind: 'type', count: open },
  ];
  const each = types.flatMap((type, at) =>
    kinds.map(
      (kind): PanelChip => ({
        key: `type:${kind}:${type.to}`,
        kind: 'type',
        column: typeColumnKey(type),
        label: type.head,
        count: counts[at]![kind],
      }),
    ),
  );
  return [...general, ...each].filter(({ count }) => count > 0);
}

/**
 * What a record has of all types. A column that is refused as a whole says nothing of any record.
 * @param each called with the kind of each cell and the place of its type
 */
function together(
  types: readonly MatrixType[],
  record: number,
  of: Answer,
  each?: (kind: Kind, at: number) => void,
): { readonly isNone: boolean; readonly isOpen: boolean } {
  const found = { none: 0, some: 0, open: 0 };
  for (let at = 0; at < types.length; at++) {
    const type = types[at]!;
    const cell = cellOf(type, record, of);
    const kind = kindOf(cell);
    each?.(kind, at);
    if (type.answer && cell.state !== 'notAllowed' && cell.state !== 'cannotBeAssociated') found[kind]++;
  }
  return { isNone: found.none > 0 && found.some + found.open === 0, isOpen: found.open > 0 };
}

function kindOf({ state, count, truncated }: MatrixCell): Kind {
  if (count > 0) return 'some';
  return state === 'none' && !truncated ? 'none' : 'open';
}
