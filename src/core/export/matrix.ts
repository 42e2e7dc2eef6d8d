/** A matrix as CSV, TSV, JSON or Markdown: a row a record, a column an object type. */

import type { Completeness } from '../domain/associations.ts';
import type { NotAsked } from '../domain/group.ts';
import type { MatrixCell, MatrixState } from '../domain/matrixCell.ts';
import type { ShownRows } from '../rows/answerTable.ts';
import { cellOf } from '../rows/matrixType.ts';
import type { RowContext } from '../rows/rows.ts';
import { type About, cellMarks, propertyLine } from './about.ts';
import { type Field, fieldsFor, fieldsOf, headsOfProperty } from './csv.ts';
import { jsonProperties } from './json.ts';
import { inline, propertyText } from './markdown.ts';
import { cellsOf, inChunks } from './rowFields.ts';

export type MatrixFormat = 'csv' | 'tsv' | 'json' | 'markdown';

/** What a file with a matrix says of itself. */
export interface MatrixAbout
  extends Pick<
    About,
    | 'writtenBy'
    | 'account'
    | 'from'
    | 'apiVersion'
    | 'exportedAt'
    | 'rows'
    | 'rowsInAll'
    | 'properties'
    | 'namesNotRead'
    | 'narrowedBy'
    | 'notices'
  > {
  /** ISO 8601, in UTC. */
  readonly lookedUpAt: string;
  readonly complete: boolean;
  readonly completeness: Completeness;
  /** Each column with how its records add up, such as `312 asked = 283 found + ...`, and how far it is. */
  readonly types: readonly {
    readonly to: string;
    readonly label: string;
    readonly state: string;
    readonly sum: string;
  }[];
  readonly notAsked: readonly { readonly to: string; readonly why: NotAsked }[];
}

/** The text in chunks of some 64,000 characters. @param context its `types` are the columns */
export function matrixText(
  format: MatrixFormat,
  shown: ShownRows,
  context: RowContext,
  about: MatrixAbout,
): Generator<string> {
  switch (format) {
    case 'csv':
      return delimited(shown, context, ',');
    case 'tsv':
      return delimited(shown, context, '\t');
    case 'json':
      return json(shown, context, about);
    case 'markdown':
      return markdown(shown, context, about);
  }
}

const words: Readonly<Record<Exclude<MatrixState, 'found' | 'none'>, string>> = {
  reading: 'reading',
  failed: 'failed',
  notRead: 'not read',
  notAllowed: 'not allowed',
  cannotBeAssociated: 'cannot be associated',
  notAsked: 'not asked',
};

/** `12`; `1+` where there may be more; why there is no number. */
function cellText({ state, count, atLeast }: MatrixCell): string {
  const isCounted = state === 'found' || state === 'none' || count > 0;
  if (isCounted) return `${count}${atLeast ? '+' : ''}`;
  return words[state];
}

/** The records in the order shown, each with its cells in the order of the types, and what it has in the properties shown. */
function* records(shown: ShownRows, { types = [], properties = [] }: RowContext) {
  const { rows } = shown;
  const valuesOf = cellsOf(rows, properties);
  for (let place = 0; place < shown.length; place++) {
    const row = shown.at(place);
    const record = rows.record(row);
    yield {
      record,
      id: rows.answer.recordId(record),
      cells: types.map((type) => cellOf(type, record, rows.answer)),
      values: valuesOf(row),
    };
  }
}

function* delimited(shown: ShownRows, context: RowContext, delimiter: ',' | '\t'): Generator<string> {
  const { types = [], properties = [], placeOf, nameOf } = context;
  const { value } = fieldsFor({ delimiter, spreadsheet: false });
  const line = (fields: readonly Field[]) => `${fields.map(value).join(delimiter)}\r\n`;
  const lines = function* () {
    yield line([
      'record_id',
      ...properties.flatMap(headsOfProperty),
      ...types.map(({ to }) => to),
      ...(placeOf ? ['source'] : []),
      ...(nameOf ? ['record_name'] : []),
    ]);
    for (const { record, id, cells, values } of records(shown, context)) {
      yield line([
        id,
        ...properties.flatMap((property, at) => fieldsOf(values[at], property)),
        ...cells.map(cellText),
        ...(placeOf ? [placeOf(record)] : []),
        ...(nameOf ? [nameOf('record', id)] : []),
      ]);
    }
  };
  yield* inChunks(lines());
}

/** `count` where one is known, `atLeast` where there may be more, `state` where there is no count. */
function jsonCell({ state, count, atLeast }: MatrixCell): object {
  if (state === 'found' || state === 'none') return { count, ...(atLeast && { atLeast }) };
  return count > 0 ? { count, atLeast, state } : { state };
}

function* json(shown: ShownRows, context: RowContext, about: MatrixAbout): Generator<string> {
  const { types = [], properties = [], placeOf, nameOf } = context;
  const lines = function* () {
    yield `{\n"about": ${JSON.stringify(about, null, 2)},\n"rows": [\n`;
    let between = '';
    for (const { record, id, cells, values } of records(shown, context)) {
      const row = {
        recordId: id,
        recordName: nameOf?.('record', id),
        ...jsonProperties(properties, values),
        source: placeOf?.(record),
        types: Object.fromEntries(types.map(({ to }, at) => [to, jsonCell(cells[at]!)])),
      };
      yield between + JSON.stringify(row);
      between = ',\n';
    }
    yield '\n]\n}\n';
  };
  yield* inChunks(lines());
}

/** What a Markdown file says above its table, line by line. */
function aboutMatrixLines(about: MatrixAbout): readonly string[] {
  const { account, notAsked, properties = [] } = about;
  return [
    `Account: ${account.name}${account.environment ? ` (${account.environment})` : ''}`,
    `API version: ${about.apiVersion}`,
    `Looked up: ${about.lookedUpAt}`,
    `Exported: ${about.exportedAt}`,
    `Completeness: ${about.completeness}`,
    ...about.types.map(({ label, state, sum }) => `${label}: ${sum === '' ? state : sum}`),
    ...(notAsked.length > 0 ? [`Not asked: ${notAsked.map(({ to }) => to).join(', ')}`] : []),
    `Rows: ${about.rows} of ${about.rowsInAll}`,
    ...properties.map(propertyLine),
    ...(properties.length > 0 ? [cellMarks] : []),
    ...about.notices.map((notice) => `Notice: ${notice}`),
  ];
}

function* markdown(shown: ShownRows, context: RowContext, about: MatrixAbout): Generator<string> {
  const { types = [], properties = [], placeOf, nameOf } = context;
  const row = (fields: readonly string[]) => `| ${fields.join(' | ')} |\n`;
  const lines = function* () {
    yield `# ${inline(`Everything that ${about.from} are associated with`)}\n\n`;
    yield aboutMatrixLines(about)
      .map((each) => `- ${inline(each)}\n`)
      .join('');
    const shownHeads = [...properties, ...types].map(({ head }) => head);
    yield `\n${row(['Record', ...shownHeads.map(inline), ...(placeOf ? ['Source'] : [])])}`;
    yield `| --- |${' --- |'.repeat(properties.length)}${types.map(() => ' ---: |').join('')}${placeOf ? ' --- |' : ''}\n`;
    for (const { record, id, cells, values } of records(shown, context)) {
      const name = nameOf?.('record', id);
      yield row([
        inline(name === undefined ? id : `${id} ${name}`),
        ...values.map(propertyText),
        ...cells.map(cellText).map(inline),
        ...(placeOf ? [inline(placeOf(record) ?? '')] : []),
      ]);
    }
  };
  yield* inChunks(lines());
}
