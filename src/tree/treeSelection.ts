/** What a command that came from the tree is about: rows given, rows selected, and the rows of an answer they stand for. */

import { recordGroups } from '../core/answer/recordGroups.ts';
import type { Answer } from '../core/domain/associations.ts';
import { ShownRows } from '../core/rows/answerTable.ts';
import { Rows } from '../core/rows/rows.ts';
import { countedVerdict } from '../core/rows/rowVerdict.ts';
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
  return given.filter(isNode);
}

/** The rows that nodes stand for, answer by answer. A group stands for all its records, not only those shown. */
export function chosenRows(nodes: readonly Node[]): ChosenRows[] {
  const byAnswer = new Map<Answer, { entry: LookUpEntry; nodes: Node[] }>();
  for (const node of nodes) {
    const answer = answerOf(node);
    if (!answer || node.kind === 'more' || node.kind === 'together' || !isRead(node.entry)) continue;
    const known = byAnswer.get(answer);
    if (known) known.nodes.push(node);
    else byAnswer.set(answer, { entry: node.entry, nodes: [node] });
  }
  return [...byAnswer].map(([answer, { entry, nodes: chosen }]) => {
    const rows = new Rows(answer, entry.check?.answer === answer ? entry.check : undefined);
    if (chosen.some(({ kind }) => kind === 'lookUp'))
      return { entry, answer, shown: new ShownRows(rows), chip: undefined };
    const numbers = new Set(chosen.flatMap((node) => rowsOf(node, rows)));
    const only = chosen.length === 1 ? chosen[0] : undefined;
    return {
      entry,
      answer,
      shown: new ShownRows(rows, Uint32Array.from(numbers)),
      chip: only?.kind === 'group' ? only.group : only?.kind === 'verdict' ? `verdict:${only.verdict}` : undefined,
    };
  });
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

function rowsOf(node: Node, rows: Rows): number[] {
  const ofRecord = (record: number) => {
    const first = rows.rowOf({ record, nth: 0 }) ?? 0;
    return Array.from({ length: rows.rowsOf(record) }, (_, nth) => first + nth);
  };
  switch (node.kind) {
    case 'group':
      return recordGroups(rows.answer).first(node.group, Number.POSITIVE_INFINITY).flatMap(ofRecord);
    case 'record':
      return ofRecord(node.record);
    case 'verdict':
      return Array.from({ length: rows.length }, (_, row) => row).filter(
        (row) => countedVerdict(rows, row) === node.verdict,
      );
    case 'share':
      return ofRecord(node.record).filter((row) => countedVerdict(rows, row) === node.verdict);
    case 'pair':
      return theRow(rows.rowOf({ record: -1, nth: 0, pair: node.pair }));
    case 'extra':
      return theRow(rows.rowOf({ record: node.record, nth: node.nth }));
    case 'type': {
      const place = associationsIn(node);
      return place ? ofRecord(place.record) : [];
    }
    case 'associated': {
      const place = associationsIn(node.in);
      return theRow(place && rows.rowOf({ record: place.record, nth: node.nth }));
    }
    default:
      return [];
  }
}

function theRow(row: number | undefined): number[] {
  return row === undefined ? [] : [row];
}
