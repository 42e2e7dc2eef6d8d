/** The fields of a row, the same in every format. What rows share (a record's fields, a set of labels) is worked out once. */

import type { AssociationType, RecordState } from '../domain/associations.ts';
import type { Cell, Existence } from '../domain/cell.ts';
import { typeText } from '../domain/labels.ts';
import { countIn, existenceIn } from '../rows/rowState.ts';
import { noLabels, plainProblemText, type RowContext, type Rows, type ShownProperty } from '../rows/rows.ts';

export interface RecordFields {
  readonly id: string;
  readonly state: RecordState;
  readonly truncated: boolean;
  readonly problem: string | undefined;
  /** How many associations of the record are known; undefined where nothing was read. */
  readonly associations: number | undefined;
  /** Of a record without associations, where that was asked. */
  readonly existence: Existence | undefined;
  readonly source: string | undefined;
  readonly name: string | undefined;
}

/** What an associated record is to its record. */
export interface SetFields {
  readonly labels: readonly string[];
  readonly primary: boolean;
  readonly primaryLabel?: string;
  readonly types: readonly AssociationType[];
}

export function recordFields(rows: Rows, record: number, context: RowContext): RecordFields {
  const { answer } = rows;
  const id = answer.recordId(record);
  const problem = answer.problem(record);
  return {
    id,
    state: answer.state(record),
    truncated: answer.truncation(record) !== undefined,
    problem: problem && (context.problemText ?? plainProblemText)(problem),
    associations: countIn(answer, record),
    existence: existenceIn(answer, record, context),
    source: context.placeOf?.(record),
    name: context.nameOf?.('record', id),
  };
}

function setFields(rows: Rows, row: number): SetFields {
  const { labels, primary, primaryLabel } = rows.labels(rows.set(row));
  return {
    labels: labels.map(({ text }) => text),
    primary,
    ...(primaryLabel !== undefined && { primaryLabel }),
    types: rows.answer.types(rows.record(row), rows.nth(row)),
  };
}

/** HubSpot's terms for the types, such as `HUBSPOT_DEFINED 341; USER_DEFINED 28`. */
export function typesText(types: readonly AssociationType[]): string {
  return types.map(typeText).join('; ');
}

/** Works something out once for each record, as long as its rows come together. */
export function perRecord<Made>(rows: Rows, make: (record: number) => Made): (row: number) => Made {
  let last = -1;
  let made: Made;
  return (row) => {
    const record = rows.record(row);
    if (record !== last) {
      last = record;
      made = make(record);
    }
    return made;
  };
}

/** Works something out once for each set of labels; `none` stands for rows without an association. */
export function perSet<Made>(rows: Rows, make: (fields: SetFields) => Made, none: Made): (row: number) => Made {
  const made: (Made | undefined)[] = [];
  return (row) => {
    const set = rows.set(row);
    if (set === noLabels) return none;
    let known = made[set];
    if (known === undefined) {
      known = make(setFields(rows, row));
      made[set] = known;
    }
    return known;
  };
}

/** What a cell of a property is, as it is written beside its value: `value`, `unset`, `archived`, `not read: missingScopes`. */
export function cellState(cell: Cell): string {
  switch (cell.kind) {
    case 'value':
    case 'unset':
      return cell.kind;
    case 'gone':
      return existenceText(cell.how === 'merged' ? { kind: 'merged', into: cell.into ?? '' } : { kind: cell.how });
    case 'notRead': {
      const why = typeof cell.why === 'string' ? cell.why : cell.why.kind;
      return `not read: ${why === 'notAsked' ? 'not asked' : why}`;
    }
  }
}

/** The cells of some properties for a row: those of its record are worked out once for all its rows. */
export function cellsOf(
  rows: Rows,
  properties: readonly ShownProperty[],
): (row: number) => readonly (Cell | undefined)[] {
  const ofRecord = perRecord(rows, (record) => {
    const id = rows.answer.recordId(record);
    return properties.map(({ end, cellOf }) => (end === 'record' ? cellOf(id) : undefined));
  });
  return (row) => {
    const cells = ofRecord(row);
    const toId = rows.toId(row);
    return properties.map(({ end, cellOf }, at) => {
      if (end === 'record') return cells[at];
      return toId === undefined ? undefined : cellOf(toId);
    });
  };
}

/** How the states are written in files. */
export const stateWords: Readonly<Record<RecordState, string>> = {
  found: 'found',
  none: 'none',
  failed: 'failed',
  notRead: 'not read',
};

/** What became of a record, as it is written in files: `exists`, `archived`, `no such record`, `merged into 17982944313`. */
export function existenceText(existence: Existence): string {
  if (existence.kind === 'merged') return `merged into ${existence.into}`;
  return existence.kind === 'missing' ? 'no such record' : existence.kind;
}

/** Strings of about this many characters are handed on at a time. */
export const chunkLength = 65_536;
