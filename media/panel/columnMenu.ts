/** What can be done with a column, at its heading. */

import type { PanelChip } from '../../src/core/treaty/panelState.ts';
import type { ColumnSort } from '../../src/core/treaty/panelView.ts';
import type { PanelWord } from '../../src/core/treaty/panelWords.ts';
import type { StandingColumn } from './columnArrangement.ts';
import type { MenuItem } from './menu.ts';
import { pressed, without } from './sorting.ts';
import { keyName, number, say } from './words.ts';

export interface ColumnMenuOwner {
  sort(sort: readonly ColumnSort[]): void;
  /** Puts a column before another one or, without one, at the end. */
  moveBefore(column: string, before: string | undefined): void;
  hide(column: string, isHidden: boolean): void;
  /** @param width in pixels; undefined for the width that the column had at first */
  resizeColumn(column: string, width: number | undefined): void;
  /** Opens the list of all columns. */
  list(): void;
  /** The chips that are about a column, and those of all that are chosen. */
  chips(column: string): { readonly offered: readonly PanelChip[]; readonly chosen: readonly string[] };
  choose(chips: readonly string[]): void;
  /** Asks which properties of records to show. */
  properties(): void;
}

/**
 * @param column the column at whose heading the menu was asked for
 * @param shown the columns shown, in order
 */
export function columnMenu(
  column: StandingColumn,
  shown: readonly StandingColumn[],
  sort: readonly ColumnSort[],
  owner: ColumnMenuOwner,
): readonly (readonly MenuItem[])[] {
  const { key } = column;
  const chips = owner.chips(key);
  const at = shown.findIndex((each) => each.key === key);
  const isSorted = sort.some((each) => each.column === key);
  const sortBy = (word: 'sortAscending' | 'sortDescending', descending: boolean): MenuItem => ({
    title: say(word),
    run: () => owner.sort([{ column: key, descending }]),
  });
  const carry = (word: 'moveLeft' | 'moveRight', keys: string, before: string | undefined): MenuItem => ({
    title: say(word),
    keys: keyName(keys),
    run: () => owner.moveBefore(key, before),
  });
  return [
    chips.offered.map((chip) => chipItem(chip, chips.chosen, owner)),
    [sortBy('sortAscending', false), sortBy('sortDescending', true)],
    [
      ...(!isSorted && sort.length > 0
        ? [
            {
              title: say('sortFurther'),
              keys: keyName('Shift+Enter'),
              run: () => owner.sort(pressed(sort, key, true, startsDown(column))),
            },
          ]
        : []),
      ...(isSorted ? [{ title: say('sortOff'), run: () => owner.sort(without(sort, key)) }] : []),
    ],
    [
      ...(at > 0 ? [carry('moveLeft', 'Alt+Left', shown[at - 1]?.key)] : []),
      ...(at < shown.length - 1 ? [carry('moveRight', 'Alt+Right', shown[at + 2]?.key)] : []),
      ...(column.width === undefined
        ? []
        : [{ title: say('resetWidth'), run: () => owner.resizeColumn(key, undefined) }]),
      ...(shown.length > 1
        ? [
            {
              title: say('hideColumn'),
              run: () => owner.hide(key, true),
            },
          ]
        : []),
      { title: say('columns'), run: () => owner.list() },
      { title: say('chooseProperties'), run: () => owner.properties() },
    ],
  ];
}

const only: Readonly<Record<string, PanelWord>> = { none: 'onlyNone', some: 'onlySome', open: 'onlyOpen' };

/** Narrows the table by what is in this column; what is narrowed by others stays. */
function chipItem({ key, count }: PanelChip, chosen: readonly string[], owner: ColumnMenuOwner): MenuItem {
  const [, kind = '', type = ''] = /^type:(\w+):(.+)$/.exec(key) ?? [];
  const others = chosen.filter((each) => !/^type:\w+:/.test(each) || !each.endsWith(`:${type}`));
  return {
    title: `${say(only[kind] ?? 'show')} (${number(count)})`,
    run: () => owner.choose([...others, key]),
  };
}

/** Of numbers people want the greatest first. */
export function startsDown({ kind }: Pick<StandingColumn, 'kind'>): boolean {
  return kind === 'count' || kind === 'type';
}
