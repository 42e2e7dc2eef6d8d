/** The fields of a row, the same in every format. What rows share (a record's fields, a set of labels) is worked out once. */

import type { AssociationType, RecordState } from '../domain/associations.ts';
import type { Cell, Existence } from '../domain/cell.ts';
import { typeText } from '../domain/labels.ts';
import type { Check } from '../expectation/check.ts';
import { idIn } from '../rows/propertyColumn.ts';
import { countIn, existenceIn } from '../rows/rowState.ts';
import { noLabels, plainProblemText, type RowContext, type Rows, type ShownProperty } from '../rows/rows.ts';
import { countedVerdict, expectedLabels, verdictReason } from '../rows/rowVerdict.ts';
import type { RowVerdict } from '../treaty/panelRows.ts';

export interface RecordFields {
  readonly id: string;
  /** `notAsked`: of a check, the record of a pair that was not looked up. */
  readonly state: RecordState | 'notAsked';
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
  const id = rows.recordId(record);
  if (record >= rows.records) return { ...unknown, id };
  const problem = answer.problem(record);
  return {
    id,
    state: answer.state(record),
    truncated: answer.truncation(record) !== undefined,
    problem: problem && (context.problemText ?? plainProblemText)(problem),
    associations: countIn(rows, record),
    existence: existenceIn(answer, record, context),
    // Of a check each row has the lines of its own pair.
    source: rows.check ? undefined : context.placeOf?.(record),
    name: context.nameOf?.('record', id),
  };
}

const unknown: Omit<RecordFields, 'id'> = {
  state: 'notAsked',
  truncated: false,
  problem: undefined,
  associations: undefined,
  existence: undefined,
  source: undefined,
  name: undefined,
};

function setFields(rows: Rows, row: number): SetFields {
  const { labels, primary, primaryLabel } = rows.labels(rows.set(row));
  return {
    labels: labels.map(({ text }) => text),
    primary,
    ...(primaryLabel !== undefined && { primaryLabel }),
    types: rows.answer.types(rows.record(row), rows.nth(row)),
  };
}

/** The name of the associated record, if it was read. Another record of HubSpot's may have the id that the file has. */
export function associatedName(rows: Rows, row: number, toId: string, context: RowContext): string | undefined {
  return context.nameOf && !rows.isUnmapped(row) ? context.nameOf('associated', toId) : undefined;
}

/** What is expected of a row of a check. */
export interface PairFields {
  /** Undefined for an association of a record of which more may be expected than is known, and for a record without any pair. */
  readonly verdict: RowVerdict | undefined;
  readonly reason: string | undefined;
  /** As the file has them. */
  readonly expectedLabels: readonly string[];
  /** The lines that name the pair, from 1 as editors count them. */
  readonly lines: readonly number[];
  /** The same with the file's name: `pairs.csv:3`. */
  readonly places: readonly string[];
}

export function pairFields(rows: Rows, check: Check, row: number, context: RowContext): PairFields {
  const verdict = countedVerdict(rows, row);
  const pair = rows.pair(row);
  const lines = pair === undefined ? [] : check.expectation.lines(pair);
  return {
    verdict,
    reason: verdictReason(rows, row, verdict, context),
    expectedLabels: pair === undefined ? [] : expectedLabels(check, pair),
    lines: lines.map((line) => line + 1),
    places: lines.flatMap((line) => context.lineText?.(line) ?? []),
  };
}

/** How verdicts are written in files. */
export const verdictTexts: Readonly<Record<RowVerdict, string>> = {
  asExpected: 'confirmed',
  differs: 'label differs',
  missing: 'missing',
  noSuchRecord: 'no such record',
  cannotTell: 'cannot tell',
  notYet: 'not yet',
  unexpected: 'unexpected',
};

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

/**
 * The cells of some properties for a row, undefined where it has no such record. Those of the record that was asked are worked out
 * once for all its rows.
 */
export function cellsOf(
  rows: Rows,
  properties: readonly ShownProperty[],
): (row: number) => readonly (Cell | undefined)[] {
  const asked = idIn(rows, 'record');
  const associated = idIn(rows, 'associated');
  const cell = ({ cellOf }: ShownProperty, id: string | undefined) => (id === undefined ? undefined : cellOf(id));
  const ofRecord = perRecord(rows, (record) => {
    const id = asked(record);
    return properties.map((property) => (property.end === 'record' ? cell(property, id) : undefined));
  });
  return (row) => {
    const cells = ofRecord(row);
    const toId = associated(row);
    return properties.map((property, at) => (property.end === 'record' ? cells[at] : cell(property, toId)));
  };
}

/** How the states are written in files. */
export const stateWords: Readonly<Record<RecordFields['state'], string>> = {
  notAsked: 'not asked',
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

/** Puts short texts together to strings of about {@link chunkLength}. */
export function* inChunks(texts: Iterable<string>): Generator<string> {
  let out = '';
  for (const text of texts) {
    out += text;
    if (out.length < chunkLength) continue;
    yield out;
    out = '';
  }
  yield out;
}
