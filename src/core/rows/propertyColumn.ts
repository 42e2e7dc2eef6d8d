/** A property of the records of one end as a column. What is not read, not set or gone is told apart. Pure. */

import type { Cell, Existence } from '../domain/cell.ts';
import { cut, cutTo, longestStart, mostCharacters, startOf } from '../text/cellText.ts';
import { selfContained } from '../text/direction.ts';
import type { PanelValue } from '../treaty/panelRows.ts';
import { type Column, say, shownExistence } from './column.ts';
import { stateText } from './rowState.ts';
import type { RowContext, Rows, ShownProperty } from './rows.ts';
import { type Steps, stretches, textAStep } from './steps.ts';
import { numberRanks, textRanks } from './textRanks.ts';

/** Chromium cuts a tooltip off at 1,024 characters (2,048 on Linux), without a sign: what is said below the text has to fit in too. */
const mostInTooltip = 900;

/**
 * The id of the record that a column's cell is about, by what the column's cells are of: of the asked record or of a row. Undefined
 * where there is none, and for what is expected of a record that was not asked or is not in the mapping.
 */
export function idIn(rows: Rows, end: ShownProperty['end']): (which: number) => string | undefined {
  const { answer } = rows;
  if (end === 'record') return (record) => (record < rows.records ? answer.recordId(record) : undefined);
  return (row) => (rows.isUnmapped(row) ? undefined : rows.toId(row));
}

export function propertyColumn(rows: Rows, property: ShownProperty, context: RowContext): Column {
  const { key, end, head, tooltip, align, holds } = property;
  const idOf = idIn(rows, end);
  const ofRecord = end === 'record';
  return {
    key,
    kind: 'property',
    head,
    ...(tooltip !== undefined && { tooltip }),
    ...(align && { align }),
    ...(holds && { holds }),
    of: ofRecord ? 'record' : 'row',
    sortsByContext: true,
    cell(row) {
      const id = idOf(ofRecord ? rows.record(row) : row);
      return id === undefined ? {} : { values: { [key]: shownValue(property.cellOf(id), property) } };
    },
    wholeText(row) {
      const id = idOf(ofRecord ? rows.record(row) : row);
      const cell = id === undefined ? undefined : property.cellOf(id);
      return cell?.kind === 'value' ? selfContained(cell.text) : undefined;
    },
    finder: (search) => (which, mask) => {
      const id = idOf(which);
      return id === undefined ? mask : search.found(cellText(property.cellOf(id), context), mask);
    },
    sortKeys: () => valueKeys(ofRecord ? rows.records : rows.length, idOf, property),
  };
}

function shownValue(cell: Cell, { whyText }: ShownProperty): PanelValue {
  switch (cell.kind) {
    case 'value': {
      const { text, length } = cell.start ?? { text: cell.text, length: cell.text.length };
      return {
        kind: 'value',
        text: cut(text),
        ...(length > mostCharacters && { more: cutTo(text, mostInTooltip) }),
        ...(length > mostInTooltip && { length }),
      };
    }
    case 'unset':
      return { kind: 'unset' };
    case 'gone':
      return { kind: 'gone', existence: shownExistence(existenceOf(cell)) };
    case 'notRead':
      return { kind: 'notRead', how: howNotRead(cell.why), why: cut(whyText(cell.why)) };
  }
}

function howNotRead(why: Extract<Cell, { kind: 'notRead' }>['why']): Extract<PanelValue, { kind: 'notRead' }>['how'] {
  if (why === 'reading') return why;
  const isRefused = typeof why === 'object' && (why.kind === 'missingScopes' || why.kind === 'forbidden');
  return isRefused ? 'notAllowed' : 'notRead';
}

function existenceOf({ how, into = '' }: Extract<Cell, { kind: 'gone' }>): Existence {
  return how === 'merged' ? { kind: how, into } : { kind: how };
}

/** What a filter looks into: what the cell shows. Undefined for a cell that is not read, so that nothing is found in what is not known. */
function cellText(cell: Cell, context: RowContext): string | undefined {
  switch (cell.kind) {
    case 'value':
      return cell.text;
    case 'unset':
      return say(context, 'valueUnset');
    case 'gone':
      return stateText(cell.how, existenceOf(cell), context);
    case 'notRead':
      return undefined;
  }
}

/** The values met so far, each text once: many records share a few. Places count from 1; 0 stands for no value. */
class Values {
  readonly #property: ShownProperty;
  readonly #places = new Map<string, number>();
  readonly orders: (number | undefined)[] = [undefined];
  readonly texts: (string | undefined)[] = [undefined];
  /** Of all of them, in UTF-16 code units. */
  length = 0;

  constructor(property: ShownProperty) {
    this.#property = property;
  }

  placeOf(id: string | undefined): number {
    const cell = id === undefined ? undefined : this.#property.cellOf(id);
    if (cell?.kind !== 'value') return 0;
    const exact = String(cell.value ?? cell.text);
    // A page of text is hardly met twice, and V8 tells such keys apart by their length alone.
    const known = exact.length > longestStart ? undefined : this.#places.get(exact);
    if (known !== undefined) return known;
    this.length += exact.length;
    const order = this.#property.orderOf(cell);
    this.orders.push(order);
    this.texts.push(order === undefined ? comparedText(cell.text, exact) : undefined);
    if (exact.length <= longestStart) this.#places.set(exact, this.texts.length - 1);
    return this.texts.length - 1;
  }
}

/** What was made of a value, as the text of a page of HTML, would take as much memory again: only what a reader compares is kept. */
function comparedText(text: string, exact: string): string {
  return text === exact ? text : startOf(text);
}

/** First what has an order of its own, then the others by their text. What has no value sorts last, whatever the reason. */
function* valueKeys(
  length: number,
  idOf: (which: number) => string | undefined,
  property: ShownProperty,
): Steps<(which: number) => number> {
  const values = new Values(property);
  const placeOf = new Uint32Array(length);
  yield* stretches(length, (from, to) => {
    const enough = values.length + textAStep;
    for (let which = from; which < to; which++) {
      placeOf[which] = values.placeOf(idOf(which));
      if (values.length > enough) return which + 1;
    }
    return to;
  });
  const { orders, texts } = values;
  const byOrder = yield* numberRanks(orders);
  const byText = yield* textRanks(texts);
  return (which) => {
    const place = placeOf[which] ?? 0;
    if (place === 0) return Number.POSITIVE_INFINITY;
    return orders[place] === undefined ? orders.length + byText[place]! : byOrder[place]!;
  };
}
