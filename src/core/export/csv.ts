/** Rows as CSV or TSV (RFC 4180, lines end in CR LF), either exactly as they are or safe for spreadsheets. */

import type { Cell } from '../domain/cell.ts';
import { isRecordId } from '../domain/recordId.ts';
import type { Check } from '../expectation/check.ts';
import type { ShownRows } from '../rows/answerTable.ts';
import type { RowContext, Rows, ShownProperty } from '../rows/rows.ts';
import {
  associatedName,
  cellState,
  cellsOf,
  chunkLength,
  existenceText,
  pairFields,
  perRecord,
  perSet,
  recordFields,
  stateWords,
  typesText,
  verdictTexts,
} from './rowFields.ts';

export interface DelimitedOptions {
  readonly delimiter: ',' | '\t';
  /**
   * For Excel, LibreOffice and Google Sheets: ids are written as `="17982944313"`, so that no digit is rounded away, and text that a
   * spreadsheet would take for a formula gets an apostrophe before it (OWASP, "CSV Injection").
   */
  readonly spreadsheet: boolean;
  /** Begins with a byte order mark, without which Excel reads a file as if it were not UTF-8. */
  readonly byteOrderMark: boolean;
  /** Of a list of several object types: the one that these rows are about, which stands behind the record's id. */
  readonly type?: { readonly to: string; readonly isFirst: boolean };
}

export function* delimited(shown: ShownRows, context: RowContext, options: DelimitedOptions): Generator<string> {
  const { rows } = shown;
  const { delimiter } = options;
  const fields = fieldsFor(options);
  const { text, id } = fields;
  const { properties = [] } = context;
  const { check } = rows;
  const withPlaces = context.placeOf !== undefined && !check;
  const withNames = context.nameOf !== undefined;
  const ends = withNames || properties.length > 0 ? rowEnds(rows, context, delimiter, fields) : undefined;
  const between = ends ? '' : '\r\n';

  // Rows repeat a few texts: those of a set of labels, followed by those of a record. Each pair of them is put together once.
  const recordOf = perRecord(rows, (record) => {
    const of = recordFields(rows, record, context);
    const tail = [
      stateWords[of.state],
      String(of.truncated),
      text(of.problem),
      of.associations === undefined ? '' : String(of.associations),
      text(of.existence && existenceText(of.existence)),
    ];
    if (withPlaces) tail.push(text(of.source));
    if (withNames) tail.push(text(of.name));
    const type = options.type ? text(options.type.to) + delimiter : '';
    return { head: id(of.id) + delimiter + type, tail: tail.join(delimiter) };
  });
  const setOf = perSet(
    rows,
    ({ labels, primary, types }) => ({
      head: delimiter + [text(labels.join('; ')), String(primary), text(typesText(types))].join(delimiter) + delimiter,
      tail: '',
      whole: '',
    }),
    { head: delimiter.repeat(4), tail: '', whole: '' },
  );
  const rest = (row: number, tail: string) => {
    const set = setOf(row);
    if (set.whole === '' || set.tail !== tail) {
      set.tail = tail;
      set.whole = set.head + tail + between;
    }
    return set.whole;
  };

  const ofPair = (row: number) => {
    const ofCheck = check ? pairCells(rows, check, row, context) : [];
    return ofCheck.map((cell) => delimiter + text(cell)).join('');
  };

  const ofType = options.type !== undefined;
  const heads = headsOf({ ofPairs: check !== undefined, ofType, withPlaces, withNames, properties });
  const isHeaded = options.type?.isFirst ?? true;
  let out = isHeaded ? `${options.byteOrderMark ? '\uFEFF' : ''}${heads.map(text).join(delimiter)}\r\n` : '';
  for (let place = 0; place < shown.length; place++) {
    const row = shown.at(place);
    const record = recordOf(row);
    const toId = rows.toId(row);
    out += record.head + (toId === undefined ? '' : id(toId)) + ofPair(row) + rest(row, record.tail);
    if (ends) out += ends(row, toId);
    if (out.length >= chunkLength) {
      yield out;
      out = '';
    }
  }
  yield out;
}

/** What stands behind the fields that rows repeat: the name of the associated record, properties, and the end of the line. */
function rowEnds(rows: Rows, context: RowContext, delimiter: string, { text, value }: ReturnType<typeof fieldsFor>) {
  const { nameOf, properties = [] } = context;
  const cells = cellsOf(rows, properties);
  return (row: number, toId: string | undefined): string => {
    const name = toId === undefined ? undefined : associatedName(rows, row, toId, context);
    const values = cells(row).flatMap((cell, at) => fieldsOf(cell, properties[at]!).map(value));
    return `${[...(nameOf ? [text(name)] : []), ...values].map((field) => delimiter + field).join('')}\r\n`;
  };
}

/** How texts, ids and values of properties are written. */
export function fieldsFor({ delimiter, spreadsheet }: Pick<DelimitedOptions, 'delimiter' | 'spreadsheet'>) {
  const special = delimiter === ',' ? /[",\r\n]/ : /["\t\r\n]/;
  const quote = (field: string) => (special.test(field) ? `"${field.replaceAll('"', '""')}"` : field);
  const text = (field: string | undefined) =>
    field === undefined || field === '' ? '' : quote(spreadsheet && startsFormula.test(field) ? `'${field}` : field);
  const id = (digits: string) => (!isRecordId(digits) ? text(digits) : spreadsheet ? `"=""${digits}"""` : digits);
  // A number is no formula, also below zero. Of more than 15 digits a spreadsheet would round it, and it drops zeros before others.
  const value = (field: Field) => {
    const written = String(field ?? '');
    if (spreadsheet && /^(?:-?\d{16,}|0\d+)$/.test(written)) return `"=""${written}"""`;
    return typeof field === 'number' ? written : text(field);
  };
  return { text, id, value };
}

/** What a spreadsheet takes for the start of a formula, full-width forms included. */
const startsFormula = /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/;

function pairCells(rows: Rows, check: Check, row: number, context: RowContext): readonly (string | undefined)[] {
  const { verdict, reason, expectedLabels, places } = pairFields(rows, check, row, context);
  return [verdict && verdictTexts[verdict], reason, expectedLabels.join('; '), places.join('; ')];
}

function headsOf(of: {
  readonly ofPairs: boolean;
  readonly ofType: boolean;
  readonly withPlaces: boolean;
  readonly withNames: boolean;
  readonly properties: readonly ShownProperty[];
}): readonly string[] {
  return [
    'record_id',
    ...(of.ofType ? ['associated_type'] : []),
    'associated_record_id',
    ...(of.ofPairs ? ['verdict', 'verdict_reason', 'expected_labels', 'source'] : []),
    'labels',
    'primary',
    'association_types',
    'state',
    'truncated',
    'problem',
    'associations',
    'existence',
    ...(of.withPlaces ? ['source'] : []),
    ...(of.withNames ? ['record_name', 'associated_record_name'] : []),
    ...of.properties.flatMap(headsOfProperty),
  ];
}

/**
 * A property has its exact value, a label where its values have one, and beside it what it is: an empty value may be unset, or of a
 * record that is gone, or not read.
 */
export function headsOfProperty({ end, name, hasLabels }: ShownProperty): readonly string[] {
  const head = `${end === 'record' ? 'record' : 'associated_record'}.${name}`;
  return [head, ...(hasLabels ? [`${head}.label`] : []), `${head}.state`];
}

export type Field = string | number | undefined;

/** @param cell undefined in a row without an associated record */
export function fieldsOf(cell: Cell | undefined, { hasLabels }: ShownProperty): readonly Field[] {
  const state = cell && cellState(cell);
  if (cell?.kind !== 'value') return [undefined, ...(hasLabels ? [undefined] : []), state];
  const { text, value = text } = cell;
  return [typeof value === 'boolean' ? String(value) : value, ...(hasLabels ? [text] : []), state];
}
