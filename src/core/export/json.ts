/** Rows as JSON (one document, `about` first) or NDJSON (`about` in the first line, then a row a line). Ids are strings. */

import type { Cell } from '../domain/cell.ts';
import type { Check } from '../expectation/check.ts';
import type { ShownRows } from '../rows/answerTable.ts';
import type { RowContext, Rows, ShownProperty } from '../rows/rows.ts';
import type { About } from './about.ts';
import {
  associatedName,
  cellState,
  cellsOf,
  chunkLength,
  pairFields,
  perRecord,
  perSet,
  recordFields,
} from './rowFields.ts';

/** A row as it stands in both formats. */
export interface JsonRow {
  readonly recordId: string;
  /** Null for the one row of a record without associations that are known; the next three are absent then. */
  readonly associatedRecordId: string | null;
  readonly labels?: readonly string[];
  readonly primary?: boolean;
  /** As HubSpot gave them: category, type id and label, or the name under v3. */
  readonly types?: readonly object[];
  readonly state: 'found' | 'none' | 'failed' | 'notRead' | 'notAsked';
  readonly truncated: boolean;
  readonly problem?: string;
  /** How many associations of the record are known, not all when it is `truncated`; absent where nothing was read. */
  readonly associations?: number;
  /** What became of a record without associations, where that was asked; `missing`: there is no such record. */
  readonly existence?: 'exists' | 'archived' | 'missing' | 'merged';
  /** The id under which a merged record lives on. */
  readonly mergedInto?: string;
  readonly source?: string;
  /** Of a check, and these: absent for an association of which it is not known whether it is expected. */
  readonly verdict?: 'asExpected' | 'differs' | 'missing' | 'noSuchRecord' | 'cannotTell' | 'unexpected';
  readonly reason?: string;
  /** As the file has them. */
  readonly expectedLabels?: readonly string[];
  /** The lines of the file that name the pair, from 1. */
  readonly lines?: readonly number[];
  readonly recordName?: string;
  readonly associatedRecordName?: string;
  /** By property, null where it is unset; the next one says of those that are not here why. */
  readonly recordProperties?: Readonly<Record<string, string | number | boolean | null>>;
  /** `archived`, `no such record`, `merged into 17982944313`, or `not read` and why. */
  readonly recordPropertiesWithout?: Readonly<Record<string, string>>;
  readonly associatedRecordProperties?: Readonly<Record<string, string | number | boolean | null>>;
  readonly associatedRecordPropertiesWithout?: Readonly<Record<string, string>>;
}

export function* json(shown: ShownRows, context: RowContext, about: About): Generator<string> {
  yield `{\n"about": ${JSON.stringify(about, null, 2)},\n"rows": [\n`;
  yield* objects(shown, context, ',\n');
  yield '\n]\n}\n';
}

export function* ndjson(shown: ShownRows, context: RowContext, about: About): Generator<string> {
  yield `${JSON.stringify({ about })}\n`;
  yield* objects(shown, context, '\n');
  if (shown.length > 0) yield '\n';
}

function* objects(shown: ShownRows, context: RowContext, between: string): Generator<string> {
  const { rows } = shown;
  const { check } = rows;
  const { properties = [] } = context;
  const cells = cellsOf(rows, properties);
  const recordOf = perRecord(rows, (record) => {
    const { id, state, truncated, problem, associations, existence, source, name } = recordFields(
      rows,
      record,
      context,
    );
    const became = existence && {
      existence: existence.kind,
      ...(existence.kind === 'merged' && { mergedInto: existence.into }),
    };
    return {
      head: `{"recordId":${JSON.stringify(id)},"associatedRecordId":`,
      // The rest of the object, without the brace that opened it.
      tail: JSON.stringify({ state, truncated, problem, associations, ...became, source, recordName: name }).slice(
        1,
        -1,
      ),
    };
  });
  const setOf = perSet(rows, (fields) => `,${JSON.stringify(fields).slice(1, -1)},`, ',');
  let out = '';
  for (let place = 0; place < shown.length; place++) {
    const row = shown.at(place);
    const record = recordOf(row);
    const toId = rows.toId(row);
    if (place > 0) out += between;
    out += record.head;
    out += toId === undefined ? 'null' : JSON.stringify(toId);
    out += setOf(row);
    out += record.tail;
    if (check) out += pairText(rows, check, row, context);
    const toName = toId === undefined ? undefined : associatedName(rows, row, toId, context);
    if (toName !== undefined) out += `,"associatedRecordName":${JSON.stringify(toName)}`;
    if (properties.length > 0) out += propertyFields(properties, cells(row));
    out += '}';
    if (out.length >= chunkLength) {
      yield out;
      out = '';
    }
  }
  yield out;
}

/** The fields of a pair with a comma before them, or nothing. */
function pairText(rows: Rows, check: Check, row: number, context: RowContext): string {
  const { verdict, reason, expectedLabels, lines, places } = pairFields(rows, check, row, context);
  const text = JSON.stringify({
    verdict,
    reason,
    ...(expectedLabels.length > 0 && { expectedLabels }),
    ...(places.length > 0 && { source: places[0] }),
    ...(lines.length > 0 && { lines }),
  }).slice(1, -1);
  return text === '' ? '' : `,${text}`;
}

/** More members of a row's object, with a comma before each. */
function propertyFields(properties: readonly ShownProperty[], cells: readonly (Cell | undefined)[]): string {
  const fields = JSON.stringify(jsonProperties(properties, cells)).slice(1, -1);
  return fields === '' ? '' : `,${fields}`;
}

/** What stands in the object of a row: values by property, and of those without one why. */
export function jsonProperties(properties: readonly ShownProperty[], cells: readonly (Cell | undefined)[]): object {
  const fields: [string, object][] = [];
  for (const [end, key] of [
    ['record', 'recordProperties'],
    ['associated', 'associatedRecordProperties'],
  ] as const) {
    const known: [string, string | number | boolean | null][] = [];
    const others: [string, string][] = [];
    properties.forEach((property, at) => {
      const cell = cells[at];
      if (property.end !== end || cell === undefined) return;
      if (cell.kind === 'value') known.push([property.name, cell.value ?? cell.text]);
      else if (cell.kind === 'unset') known.push([property.name, null]);
      else others.push([property.name, cellState(cell)]);
    });
    if (known.length > 0) fields.push([key, Object.fromEntries(known)]);
    if (others.length > 0) fields.push([`${key}Without`, Object.fromEntries(others)]);
  }
  return Object.fromEntries(fields);
}
