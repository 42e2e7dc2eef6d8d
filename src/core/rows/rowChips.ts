/** The chips that narrow a table to some of its rows: which there are, how many rows each would show, and which rows those are. Pure. */

import type { RecordState } from '../domain/associations.ts';
import type { Labels } from '../domain/labels.ts';
import { cut } from '../text/cellText.ts';
import type { PanelChip } from '../treaty/panelState.ts';
import { existenceIn } from './rowState.ts';
import { noLabels, type RowContext, type Rows } from './rows.ts';
import { countedVerdict } from './rowVerdict.ts';
import { rowsAStep, type Steps, stretches } from './steps.ts';
import { countedTypeChips, isTypeChip, typeChipsChosen } from './typeChips.ts';

interface RecordChip {
  readonly kind: 'state' | 'extent' | 'count';
  /** The count that its records are in: where that is 0 it has none. */
  readonly among: 'found' | 'none' | 'failed' | 'notRead' | 'truncated' | 'reading';
  /** True when it has all of those. */
  readonly isAll?: true;
  has(rows: Rows, record: number, context: RowContext): boolean;
  /** True when the context alone may change which records it has. */
  readonly isOfContext?: true;
}
interface LabelChip {
  readonly kind: 'label';
  has(labels: Labels): boolean;
}
/** Of a check: of the pair that a row is of, or of the association that none is. */
interface VerdictChip {
  readonly kind: 'verdict';
  readonly verdict: ReturnType<typeof countedVerdict>;
}
type Chip = RecordChip | LabelChip | VerdictChip;

function whoseExistenceIs(kind: 'archived' | 'merged' | 'missing'): RecordChip {
  return {
    kind: 'state',
    among: 'none',
    has: ({ answer }, record, context) => existenceIn(answer, record, context)?.kind === kind,
    isOfContext: true,
  };
}

function whoseStateIs(state: RecordState): RecordChip {
  return { kind: 'state', among: state, isAll: true, has: ({ answer }, record) => answer.state(record) === state };
}

/** In the order they stand. */
const chips: Readonly<Record<string, Chip>> = {
  'verdict:missing': { kind: 'verdict', verdict: 'missing' },
  'verdict:differs': { kind: 'verdict', verdict: 'differs' },
  'verdict:noSuchRecord': { kind: 'verdict', verdict: 'noSuchRecord' },
  'verdict:cannotTell': { kind: 'verdict', verdict: 'cannotTell' },
  'verdict:unexpected': { kind: 'verdict', verdict: 'unexpected' },
  'verdict:asExpected': { kind: 'verdict', verdict: 'asExpected' },
  found: whoseStateIs('found'),
  none: whoseStateIs('none'),
  noSuchRecord: whoseExistenceIs('missing'),
  archived: whoseExistenceIs('archived'),
  merged: whoseExistenceIs('merged'),
  failed: whoseStateIs('failed'),
  notRead: whoseStateIs('notRead'),
  truncated: {
    kind: 'extent',
    among: 'truncated',
    has: ({ answer }, record) => !['reading', undefined].includes(answer.truncation(record)),
  },
  reading: {
    kind: 'extent',
    among: 'reading',
    has: ({ answer }, record) => answer.truncation(record) === 'reading',
  },
  moreThanOne: { kind: 'count', among: 'found', has: ({ answer }, record) => answer.associationCount(record) > 1 },
  primary: { kind: 'label', has: ({ primary }) => primary },
  noLabel: { kind: 'label', has: ({ primary, labels }) => !primary && labels.length === 0 },
};

/** A chip that is not known, or a label that does not occur, has no row. */
function chipOf(key: string): Chip {
  const label = key.startsWith('label:') ? key.slice('label:'.length) : undefined;
  return (
    (Object.hasOwn(chips, key) ? chips[key] : undefined) ?? {
      kind: 'label',
      has: ({ labels }) => label !== undefined && labels.some(({ text }) => cut(text) === label),
    }
  );
}

export function dependsOnContext(keys: readonly string[]): boolean {
  return keys.some(isTypeChip) || keys.map(chipOf).some((chip) => 'isOfContext' in chip && chip.isOfContext);
}

/** Tells whether a row is shown when these chips are chosen: of each kind that is among them, one has to have it. */
export function chosenBy(keys: readonly string[], rows: Rows, context: RowContext): (row: number) => boolean {
  const ofTypes = typeChipsChosen(keys, rows, context);
  const chosen = keys.filter((key) => !isTypeChip(key)).map(chipOf);
  const ofRecords = (['state', 'extent', 'count'] as const)
    .map((kind) => chosen.filter((chip): chip is RecordChip => chip.kind === kind))
    .filter(({ length }) => length > 0);
  const ofLabels = chosen.filter((chip): chip is LabelChip => chip.kind === 'label');
  const hasLabel = perSet(rows, (labels) => ofLabels.some((chip) => chip.has(labels)));
  const verdicts = chosen.flatMap((chip) => (chip.kind === 'verdict' ? [chip.verdict] : []));
  let last = -1;
  let hasLast = false;
  return (row) => {
    const record = rows.record(row);
    if (record !== last) {
      last = record;
      hasLast =
        ofRecords.every((some) => some.some((chip) => record < rows.records && chip.has(rows, record, context))) &&
        ofTypes.every((has) => has(record));
    }
    if (hasLast && verdicts.length > 0 && !verdicts.includes(countedVerdict(rows, row))) return false;
    if (!hasLast || ofLabels.length === 0) return hasLast;
    const set = rows.set(row);
    return set !== noLabels && hasLabel(set);
  };
}

/** Works something out once for each set of labels. */
export function perSet<Made>(rows: Rows, make: (labels: Labels, set: number) => Made): (set: number) => Made {
  const made: Made[] = [];
  return (set) => {
    if (!(set in made)) made[set] = make(rows.labels(set), set);
    return made[set]!;
  };
}

/** How many rows have each set of labels, by its number. Goes through all associations. */
export function* rowsBySet(rows: Rows): Steps<readonly number[]> {
  const counts: number[] = [];
  for (let record = 0; record < rows.records; ) {
    const next = countSets(rows, record, counts);
    yield rows.firstRow(next) - rows.firstRow(record);
    record = next;
  }
  return counts;
}

/** Counts the rows of this record and those after it, up to a step's. Returns the record to go on with. */
function countSets(rows: Rows, first: number, counts: number[]): number {
  const { answer, records } = rows;
  const end = rows.firstRow(first) + rowsAStep;
  let record = first;
  for (; record < records && rows.firstRow(record) < end; record++) {
    const known = Math.min(answer.associationCount(record), rows.rowsOf(record));
    for (let nth = 0; nth < known; nth++) {
      const set = rows.setOf(answer.types(record, nth));
      counts[set] = (counts[set] ?? 0) + 1;
    }
  }
  return record;
}

/**
 * The chips that this table can be narrowed by, each with its rows counted: the states that occur, the labels by frequency.
 * @param bySet from {@link rowsBySet}
 */
export function* countedChips(rows: Rows, context: RowContext, bySet: readonly number[]): Steps<readonly PanelChip[]> {
  if (context.types) return yield* countedTypeChips(rows, context);
  const { answer, check } = rows;
  const { counts } = answer;
  const known = Object.entries(chips).filter(([key]) => key !== 'found');
  // A record that was not found has one row, so those in its state are as many rows. In a check it may have more.
  const isCounted = ({ isAll }: RecordChip) => isAll === true && !check;
  const ofRecords = known.flatMap(([key, chip]) =>
    'among' in chip ? [{ key, chip, count: isCounted(chip) ? counts[chip.among] : 0 }] : [],
  );
  const uncounted = ofRecords.filter(({ chip }) => !isCounted(chip) && counts[chip.among] > 0);
  if (uncounted.length > 0) {
    yield* stretches(rows.records, (from, to) => {
      for (let record = from; record < to; record++) {
        for (const each of uncounted) if (each.chip.has(rows, record, context)) each.count += rows.rowsOf(record);
      }
    });
  }
  const ofLabels = known.flatMap(([key, chip]) => {
    if (chip.kind !== 'label') return [];
    const count = bySet.reduce((sum, some, set) => (chip.has(rows.labels(set)) ? sum + some : sum), 0);
    return [{ key, chip, count }];
  });
  const verdicts = check?.counts;
  const ofPairs = known.flatMap(([key, chip]) =>
    chip.kind === 'verdict' && chip.verdict && verdicts ? [{ key, chip, count: verdicts[chip.verdict] }] : [],
  );
  return [
    ...[...ofPairs, ...ofRecords, ...ofLabels]
      .filter(({ count }) => count > 0)
      .map(({ key, chip: { kind }, count }) => ({ key, kind, count })),
    ...labelChips(rows, bySet),
  ];
}

/** A portal has at most 50 labels a pair; what goes beyond is found with the filter. */
const mostLabelChips = 60;

function labelChips(rows: Rows, bySet: readonly number[]): PanelChip[] {
  const labels = new Map<string, number>();
  bySet.forEach((count, set) => {
    for (const text of new Set(rows.labels(set).labels.map((label) => cut(label.text)))) {
      labels.set(text, (labels.get(text) ?? 0) + count);
    }
  });
  return [...labels]
    .sort(([one, few], [other, many]) => many - few || (one < other ? -1 : 1))
    .slice(0, mostLabelChips)
    .map(([label, count]) => ({ key: `label:${label}`, kind: 'label', label, count }));
}
