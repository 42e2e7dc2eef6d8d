/** Which columns stand where: what the user chose, laid over the columns that the table has. Pure. */

import type { Arranged } from '../../src/core/rows/columnOrder.ts';
import type { TableColumn } from '../../src/core/treaty/panelState.ts';
import type { ViewColumn } from '../../src/core/treaty/panelView.ts';

/** A column of the table where the user put it. */
export type StandingColumn = Arranged<TableColumn>;

type Wishes = readonly ViewColumn[];

/**
 * The arrangement as a view holds it: every column in its place, hidden ones too. What was chosen for columns that the table has not
 * got (any more) is kept behind them, as it may have them again.
 */
export function wishes(standing: readonly StandingColumn[], chosen: Wishes): Wishes {
  const gone = chosen.filter(({ key }) => standing.every((each) => each.key !== key));
  return [...standing.map(({ key, width, hidden }) => ({ key, width, hidden: hidden || undefined })), ...gone];
}

/** @param width in pixels; undefined for the width that the column had at first */
export function resized(all: Wishes, key: string, width: number | undefined): Wishes {
  return all.map((each) => (each.key === key ? { ...each, width } : each));
}

export function hidden(all: Wishes, key: string, isHidden: boolean): Wishes {
  return all.map((each) => (each.key === key ? { ...each, hidden: isHidden || undefined } : each));
}

/** Puts a column directly before another one or, without one, at the end. */
export function moved(all: Wishes, key: string, before: string | undefined): Wishes {
  const column = all.find((each) => each.key === key);
  if (!column || key === before) return all;
  const others = all.filter((each) => each !== column);
  const at = others.findIndex((each) => each.key === before);
  return at < 0 ? [...others, column] : [...others.slice(0, at), column, ...others.slice(at)];
}
