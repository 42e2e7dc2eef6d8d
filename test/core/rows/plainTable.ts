/** A table as a few plain functions over plain objects: slow, short, and what the real one has to agree with. */
import type { Existence } from '../../../src/core/domain/cell.ts';
import type { RecordProblem } from '../../../src/core/domain/failure.ts';
import type { PanelView } from '../../../src/core/treaty/panelView.ts';
import type { MadeRecord } from '../madeAnswer.ts';

/** What is known beside the records. */
export interface PlainContext {
  readonly names: Readonly<Record<string, string>>;
  readonly existences: Readonly<Record<string, Existence>>;
  readonly sources: boolean;
  readonly running: boolean;
}

/** A pair that is expected, in the order of the source. */
export interface PlainPair {
  readonly from: string;
  readonly to: string;
  readonly labels: readonly string[];
  /** From 0. */
  readonly lines: readonly number[];
  /** The mapping does not have its ids. */
  readonly unmapped: boolean;
  /** Its record is among those that were asked for. */
  readonly isPlaced: boolean;
  readonly verdict: string;
  readonly reason: string;
}

/** What is expected, and of which records the pairs are all there ought to be. */
export interface PlainExpectation {
  readonly pairs: readonly PlainPair[];
  readonly whole: ReadonlySet<string>;
}

interface PlainRow {
  readonly address: string;
  /** What is seen in each column. */
  readonly texts: Readonly<Record<string, readonly string[]>>;
  /** What each column sorts by; undefined comes last. */
  readonly keys: Readonly<Record<string, bigint | number | string | undefined>>;
  readonly chips: ReadonlySet<string>;
}

export const columnKeys = ['record', 'associated', 'labels', 'state', 'count', 'source'] as const;
/** With the columns of a check. */
export const checkKeys = [...columnKeys, 'verdict', 'expected'] as const;

export function placeOf(record: number): string | undefined {
  return record % 5 === 4 ? undefined : `deals.csv:${(record * 7) % 12}`;
}

export function problemText(problem: RecordProblem): string {
  return problem.kind === 'hubSpotError' ? problem.message : problem.failure.kind;
}

const stateOrder = [
  'Failed',
  'Not read',
  'Waiting',
  'Not asked',
  'No such record',
  'Archived',
  'Merged',
  'No association',
  'Truncated',
  'Reading',
  'Found',
];

const verdictOrder = [
  'Missing',
  'Label differs',
  'No such record',
  'Unexpected',
  'Cannot tell',
  'Not yet',
  'Confirmed',
];
const verdictChips: Readonly<Record<string, string>> = {
  Missing: 'missing',
  'Label differs': 'differs',
  'No such record': 'noSuchRecord',
  Unexpected: 'unexpected',
  'Cannot tell': 'cannotTell',
  'Not yet': 'cannotTell',
  Confirmed: 'asExpected',
};

/** The rows of a check: those of the answer, of pairs that it does not name, and of pairs whose record was not asked for. */
export function plainCheckRows(
  records: readonly MadeRecord[],
  context: PlainContext,
  { pairs, whole }: PlainExpectation,
): PlainRow[] {
  const placed = pairs.filter(({ isPlaced }) => isPlaced);
  const ofRecords = records.flatMap((made) => {
    const rows = plainRows([made], context);
    const own = placed.filter(({ from }) => from === made.id);
    const isNamed = ({ to, unmapped }: PlainPair) => !unmapped && (made.to ?? []).some(({ toId }) => toId === to);
    const named = (made.to ?? []).map(({ toId }, nth) => {
      const pair = own.find(({ to, unmapped }) => to === toId && !unmapped);
      return withPair(rows[nth]!, pair, whole.has(made.id) ? 'Unexpected' : undefined, context);
    });
    const alone = rows[0]!;
    const absent = own.filter((pair) => !isNamed(pair)).map((pair) => absentRow(alone, pair, context));
    const all = [...named, ...absent];
    const shown = all.length > 0 ? all : [withPair(alone, undefined, undefined, context)];
    return shown.map((row, nth) => ({ ...row, address: `${row.address.replace(/#.*/, '')}#${nth}` }));
  });
  const others = pairs.filter(({ isPlaced }) => !isPlaced);
  return [...ofRecords, ...others.map((pair) => absentRow(notAsked(pair), pair, context))];
}

function withPair(
  row: PlainRow,
  pair: PlainPair | undefined,
  otherwise: string | undefined,
  { sources }: PlainContext,
): PlainRow {
  const verdict = pair?.verdict ?? otherwise;
  const lines = sources ? (pair?.lines ?? []) : [];
  return {
    ...row,
    texts: {
      ...row.texts,
      source: lines.map((line, nth) => (nth === 0 ? `pairs.csv:${line + 1}` : String(line + 1))),
      verdict: [verdict ?? '', pair?.reason ?? ''],
      expected: pair?.labels ?? [],
    },
    keys: {
      ...row.keys,
      source: lines[0],
      verdict: verdict === undefined ? undefined : verdictOrder.indexOf(verdict),
      expected: pair?.labels.map((text) => text.toLowerCase()).join('\n') || undefined,
    },
    chips: new Set([...row.chips, ...(verdict === undefined ? [] : [`verdict:${verdictChips[verdict]}`])]),
  };
}

/** @param of a row of its record */
function absentRow(of: PlainRow, pair: PlainPair, context: PlainContext): PlainRow {
  const { to, from, unmapped } = pair;
  const row = withPair(of, pair, undefined, context);
  const isOfLabel = (chip: string) => chip === 'primary' || chip === 'noLabel' || chip.startsWith('label:');
  return {
    address: `${from}>${to}#0`,
    texts: {
      ...row.texts,
      associated: unmapped ? [to] : [to, context.names[to] ?? '', associatedFate(to, context)],
      labels: [],
    },
    keys: { ...row.keys, associated: BigInt(to), labels: undefined },
    chips: new Set([...row.chips].filter((chip) => !isOfLabel(chip))),
  };
}

function notAsked({ from }: PlainPair): PlainRow {
  return {
    address: '',
    texts: { record: [from], state: ['Not asked'], count: [] },
    keys: { record: BigInt(from), state: stateOrder.indexOf('Not asked'), count: undefined },
    chips: new Set(),
  };
}

/** @param records each id once */
export function plainRows(records: readonly MadeRecord[], context: PlainContext): PlainRow[] {
  return records.flatMap((made, record) => {
    const { to = [], problem } = made;
    const state = stateOf(made, context);
    const [word] = stateOrder.filter((each) => state.startsWith(each));
    const isUnread = to.length === 0 && (made.state === 'failed' || made.state === 'notRead');
    const source = context.sources ? placeOf(record) : undefined;
    const rows = to.length > 0 ? to : [undefined];
    return rows.map((association, nth): PlainRow => {
      const labels = (association?.types ?? []).flatMap(({ label }) => label ?? []);
      const own = labels.filter((label) => label !== 'Primary');
      const isPrimary = own.length < labels.length;
      const sorted = [...(isPrimary ? [''] : []), ...own.map((label) => label.toLowerCase())];
      const toId = association?.toId;
      return {
        address: `${made.id}>${toId ?? ''}#${nth}`,
        texts: {
          record: [made.id, context.names[made.id] ?? ''],
          associated: toId === undefined ? [] : [toId, context.names[toId] ?? '', associatedFate(toId, context)],
          labels,
          state: [state, problem ? problemText(problem) : ''],
          count: isUnread ? [] : [String(to.length)],
          source: [source ?? ''],
        },
        keys: {
          record: /^\d+$/.test(made.id) ? BigInt(made.id) : undefined,
          associated: toId === undefined ? undefined : BigInt(toId),
          labels: sorted.length > 0 ? sorted.join('\n') : undefined,
          state: stateOrder.indexOf(word!),
          count: isUnread ? undefined : to.length,
          source,
        },
        chips: new Set(chipsOf(made, word!, association && { own, isPrimary })),
      };
    });
  });
}

function stateOf({ id, state, to = [], truncation, problem }: MadeRecord, context: PlainContext): string {
  if (truncation === 'reading') return 'Reading';
  if (truncation) return 'Truncated';
  if (state === 'failed') return 'Failed';
  if (state === 'notRead') return context.running && !problem ? 'Waiting' : 'Not read';
  if (to.length > 0) return 'Found';
  return goneText(context.existences[id]) ?? 'No association';
}

function chipsOf(
  { state, to = [] }: MadeRecord,
  word: string,
  association: { own: readonly string[]; isPrimary: boolean } | undefined,
): string[] {
  const byWord: Readonly<Record<string, string>> = {
    'No such record': 'noSuchRecord',
    Archived: 'archived',
    Merged: 'merged',
    Truncated: 'truncated',
    Reading: 'reading',
  };
  return [
    state ?? (to.length > 0 ? 'found' : 'none'),
    ...(byWord[word] ? [byWord[word]] : []),
    ...(to.length > 1 ? ['moreThanOne'] : []),
    ...(association?.isPrimary ? ['primary'] : []),
    ...(association && !association.isPrimary && association.own.length === 0 ? ['noLabel'] : []),
    ...(association?.own.map((label) => `label:${label}`) ?? []),
  ];
}

const kinds: readonly (readonly string[])[] = [
  ['found', 'none', 'failed', 'notRead', 'noSuchRecord', 'archived', 'merged'],
  ['truncated', 'reading'],
  ['moreThanOne'],
  Object.values(verdictChips).map((verdict) => `verdict:${verdict}`),
];

function kindOf(chip: string): number {
  return kinds.findIndex((keys) => keys.includes(chip));
}

/** The addresses of the rows that the view shows, in order. */
export function plainTable(all: readonly PlainRow[], view: PanelView): string[] {
  const hidden = view.columns.filter(({ hidden }) => hidden).map(({ key }) => key);
  const terms = view.filter.toLowerCase().split(/\s+/).filter(Boolean);
  const rows = all.filter(({ chips, texts }) => {
    const seen = checkKeys.filter((key) => !hidden.includes(key)).flatMap((key) => texts[key] ?? []);
    const hasTerms = terms.every((term) => seen.some((text) => text.toLowerCase().includes(term)));
    return (
      hasTerms &&
      view.chips.every((one) => view.chips.some((other) => kindOf(one) === kindOf(other) && chips.has(other)))
    );
  });
  const { compare } = new Intl.Collator(undefined, { numeric: true });
  return rows
    .sort((one, other) => {
      for (const { column, descending } of view.sort) {
        const [a, b] = [one.keys[column], other.keys[column]];
        if (a === b) continue;
        if (a === undefined || b === undefined) return a === undefined ? 1 : -1;
        const order = typeof a === 'string' || typeof b === 'string' ? compare(String(a), String(b)) : a < b ? -1 : 1;
        if (order !== 0) return descending ? -order : order;
      }
      return 0;
    })
    .map(({ address }) => address);
}

/** With names shown, an associated record that is gone says how. */
function associatedFate(id: string, { names, existences }: PlainContext): string {
  return (Object.keys(names).length > 0 && goneText(existences[id])) || '';
}

function goneText(existence: Existence | undefined): string | undefined {
  if (existence?.kind === 'missing') return 'No such record';
  if (existence?.kind === 'archived') return 'Archived';
  return existence?.kind === 'merged' ? `Merged into ${existence.into}` : undefined;
}
