/** The nodes of the Lookups view, without the view: what stands under what, a page of at most 100 at a time. */
import type { RecordState } from '../core/associations.ts';
import type { LookUpEntry } from '../lookUps.ts';

/** Records of a look-up that share a fate other than "found". */
export type Group = Exclude<RecordState, 'found'>;

export type Node =
  | { readonly kind: 'lookUp'; readonly entry: LookUpEntry }
  | { readonly kind: 'record'; readonly entry: LookUpEntry; readonly record: number }
  | { readonly kind: 'group'; readonly entry: LookUpEntry; readonly group: Group }
  | { readonly kind: 'type'; readonly entry: LookUpEntry; readonly record: number }
  | { readonly kind: 'associated'; readonly entry: LookUpEntry; readonly record: number; readonly nth: number }
  | { readonly kind: 'more'; readonly parent: Node; readonly shown: number; readonly total: number };

/** The most children added at once: a tree of VS Code's gets slow with thousands. */
export const pageSize = 100;

/** A key that stays the same while results stream in, so that expansion, selection and place survive. */
export function nodeId(node: Node): string {
  switch (node.kind) {
    case 'lookUp':
      return node.entry.id;
    case 'record':
      return `${node.entry.id}/${node.record}`;
    case 'group':
      return `${node.entry.id}/${node.group}`;
    case 'type':
      return `${node.entry.id}/${node.record}/type`;
    case 'associated':
      return `${node.entry.id}/${node.record}/${node.entry.answer.toId(node.record, node.nth)}`;
    case 'more':
      return `${nodeId(node.parent)}/more`;
  }
}

/** Up to `shown` children of a node, and a "more" node when there are others. */
export function childrenOf(node: Node, shown: number): Node[] {
  switch (node.kind) {
    case 'lookUp': {
      const { entry } = node;
      const { found } = entry.answer.counts;
      const records = recordsIn(entry, 'found', shown).map((record): Node => ({ kind: 'record', entry, record }));
      const groups = (['none', 'failed', 'notRead'] as const)
        .filter((group) => entry.answer.counts[group] > 0)
        .map((group): Node => ({ kind: 'group', entry, group }));
      return [...records, ...moreOf(node, records.length, found), ...groups];
    }
    case 'group': {
      const { entry, group } = node;
      const records = recordsIn(entry, group, shown).map((record): Node => ({ kind: 'record', entry, record }));
      return [...records, ...moreOf(node, records.length, entry.answer.counts[group])];
    }
    case 'record':
      return node.entry.answer.associationCount(node.record) > 0
        ? [{ kind: 'type', entry: node.entry, record: node.record }]
        : [];
    case 'type': {
      const { entry, record } = node;
      const total = entry.answer.associationCount(record);
      const count = Math.min(shown, total);
      const associated = Array.from({ length: count }, (_, nth): Node => ({ kind: 'associated', entry, record, nth }));
      return [...associated, ...moreOf(node, count, total)];
    }
    default:
      return [];
  }
}

export function parentOf(node: Node): Node | undefined {
  switch (node.kind) {
    case 'lookUp':
      return undefined;
    case 'group':
      return { kind: 'lookUp', entry: node.entry };
    case 'record': {
      const state = node.entry.answer.state(node.record);
      return state === 'found'
        ? { kind: 'lookUp', entry: node.entry }
        : { kind: 'group', entry: node.entry, group: state };
    }
    case 'type':
      return { kind: 'record', entry: node.entry, record: node.record };
    case 'associated':
      return { kind: 'type', entry: node.entry, record: node.record };
    case 'more':
      return node.parent;
  }
}

function moreOf(parent: Node, shown: number, total: number): Node[] {
  return shown < total ? [{ kind: 'more', parent, shown, total }] : [];
}

/** The first records in this state, in the order they were asked. Stops as soon as it has enough. */
function recordsIn({ answer }: LookUpEntry, state: RecordState, most: number): number[] {
  const records: number[] = [];
  const { asked } = answer.counts;
  for (let record = 0; record < asked && records.length < most; record++) {
    if (answer.state(record) === state) records.push(record);
  }
  return records;
}
