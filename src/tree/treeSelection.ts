/** What a command that came from the tree is about: rows given, rows selected, and the rows of an answer they stand for. */

import type { Answer, RecordState } from '../core/domain/associations.ts';
import type { Counted } from '../core/domain/expectation.ts';
import type { Steps } from '../core/domain/steps.ts';
import { safely } from '../core/domain/thrown.ts';
import { ShownRows } from '../core/rows/answerTable.ts';
import { Rows } from '../core/rows/rows.ts';
import { countedVerdict } from '../core/rows/rowVerdict.ts';
import { idRowsAStep } from '../core/rows/steps.ts';
import { isRead, type LookUpEntry } from '../lookUps/lookUpEntry.ts';
import { associationsIn, type Node } from './lookUpNodes.ts';

/** Rows of one answer, chosen in the tree. */
export interface ChosenRows {
  readonly entry: LookUpEntry;
  /** The look-up's own, or that of a hop. */
  readonly answer: Answer;
  readonly shown: ShownRows;
  /** What was chosen, when it is a group. */
  readonly chip: string | undefined;
}

const kinds: readonly unknown[] = [
  'together',
  'lookUp',
  'group',
  'verdict',
  'share',
  'pair',
  'extra',
  'record',
  'type',
  'associated',
  'ask',
  'note',
  'more',
];

/** Rows come from our own tree; anything else that reaches a command is none. */
export function isNode(value: unknown): value is Node {
  if (typeof value !== 'object' || value === null || !('kind' in value) || !kinds.includes(value.kind)) return false;
  if (value.kind === 'more') return 'parent' in value && isNode(value.parent);
  if (value.kind === 'together') return 'id' in value && typeof value.id === 'string';
  return 'entry' in value && typeof value.entry === 'object' && value.entry !== null;
}

/**
 * VS Code gives a menu's command the row it was opened on and the selection; a key's command gets neither.
 * @param focused what has the keyboard in the view; asked when nothing was given
 */
export async function nodesFrom(
  node: unknown,
  selected: unknown,
  focused: () => Promise<readonly unknown[]>,
): Promise<Node[]> {
  const given: readonly unknown[] =
    Array.isArray(selected) && selected.length > 0 ? selected : node === undefined ? await focused() : [node];
  return given.filter((each): each is Node => safely(() => isNode(each)) === true);
}

/** The rows that nodes stand for, answer by answer. A group stands for all its records, not only those shown. In steps. */
export function* choosingRows(nodes: readonly Node[]): Steps<ChosenRows[]> {
  const byAnswer = new Map<Answer, { entry: LookUpEntry; nodes: Node[] }>();
  for (const node of nodes) {
    const answer = answerOf(node);
    if (!answer || node.kind === 'more' || node.kind === 'together' || !isRead(node.entry)) continue;
    const known = byAnswer.get(answer);
    if (known) known.nodes.push(node);
    else byAnswer.set(answer, { entry: node.entry, nodes: [node] });
  }
  const all: ChosenRows[] = [];
  for (const [answer, { entry, nodes: chosen }] of byAnswer) {
    const rows = new Rows(answer, entry.check?.answer === answer ? entry.check : undefined);
    const isWhole = chosen.some(({ kind }) => kind === 'lookUp');
    const shown = new ShownRows(rows, isWhole ? undefined : yield* choosing(chosen, rows));
    all.push({ entry, answer, shown, chip: chipOf(chosen) });
  }
  return all;
}

function chipOf([node, ...others]: readonly Node[]): string | undefined {
  if (others.length > 0) return undefined;
  if (node?.kind === 'group') return node.group;
  return node?.kind === 'verdict' ? `verdict:${node.verdict}` : undefined;
}

/** The rows that nodes stand for, each once. */
function* choosing(nodes: readonly Node[], rows: Rows): Steps<Uint32Array<ArrayBuffer>> {
  const numbers = new Uint32Array(rows.length);
  const isChosen = new Uint8Array(rows.length);
  let count = 0;
  let looked = 0;
  for (const node of nodes) {
    for (const row of rowsOf(node, rows)) {
      if (++looked % idRowsAStep === 0) yield;
      if (row === undefined || isChosen[row] === 1) continue;
      isChosen[row] = 1;
      numbers[count++] = row;
    }
  }
  return numbers.slice(0, count);
}

function answerOf(node: Node): Answer | undefined {
  switch (node.kind) {
    case 'lookUp':
      return isRead(node.entry) ? node.entry.answer : undefined;
    case 'group':
    case 'verdict':
    case 'share':
    case 'pair':
    case 'extra':
    case 'record':
      return node.entry.answer;
    case 'type':
      return associationsIn(node)?.answer;
    case 'associated':
      return associationsIn(node.in)?.answer;
    default:
      return undefined;
  }
}

/** Undefined stands for what was looked at and is none of them. */
function rowsOf(node: Node, rows: Rows): Iterable<number | undefined> {
  switch (node.kind) {
    case 'group':
      return rowsOfGroup(node.group, rows);
    case 'record':
      return rowsOfRecord(node.record, rows);
    case 'verdict':
      return rowsOfVerdict(node.verdict, counting(0, rows.length), rows);
    case 'share':
      return rowsOfVerdict(node.verdict, rowsOfRecord(node.record, rows), rows);
    case 'pair':
      return [rows.rowOf({ record: -1, nth: 0, pair: node.pair })];
    case 'extra':
      return [rows.rowOf({ record: node.record, nth: node.nth })];
    case 'type': {
      const place = associationsIn(node);
      return place ? rowsNamed(place.record, rows) : [];
    }
    case 'associated': {
      const place = associationsIn(node.in);
      return [place && rows.rowOf({ record: place.record, nth: node.nth })];
    }
    default:
      return [];
  }
}

function* rowsOfGroup(group: RecordState, rows: Rows): Iterable<number | undefined> {
  for (let record = 0; record < rows.records; record++) {
    if (rows.answer.state(record) === group) yield* rowsOfRecord(record, rows);
    else yield undefined;
  }
}

function* rowsOfVerdict(verdict: Counted, among: Iterable<number>, rows: Rows): Iterable<number | undefined> {
  for (const row of among) yield countedVerdict(rows, row) === verdict ? row : undefined;
}

function rowsOfRecord(record: number, rows: Rows): Iterable<number> {
  return counting(rows.firstRow(record), rows.rowsOf(record));
}

/** The rows of the associations that HubSpot names: in a check a record also has those of the pairs that are missing. */
function rowsNamed(record: number, rows: Rows): Iterable<number> {
  const named = Math.max(1, rows.answer.associationCount(record));
  return counting(rows.firstRow(record), Math.min(named, rows.rowsOf(record)));
}

function* counting(first: number, length: number): Iterable<number> {
  for (let nth = 0; nth < length; nth++) yield first + nth;
}
