/** The nodes of the Lookups view, without the view: what stands under what, a page of at most 100 at a time. */

import type { Hop, Hops } from '../answers/hops.ts';
import { recordGroups } from '../core/answer/recordGroups.ts';
import type { Answer, RecordState } from '../core/domain/associations.ts';
import { isSameObjectType } from '../core/domain/objectTypes.ts';
import { isRead, type ListedLookUp, type LookUpEntry } from '../lookUps/lookUpEntry.ts';
import {
  type ExtraNode,
  type PairNode,
  pairRows,
  type ShareNode,
  type VerdictNode,
  verdictNodes,
} from './verdictNodes.ts';

/** Records of a look-up that share a fate other than "found". */
type Group = Exclude<RecordState, 'found'>;

export interface LookUpNode {
  readonly kind: 'lookUp';
  readonly entry: ListedLookUp;
}

/** Look-ups that are held together. */
export interface TogetherNode {
  readonly kind: 'together';
  /** Of the group. */
  readonly id: string;
}

export interface GroupNode {
  readonly kind: 'group';
  readonly entry: LookUpEntry;
  readonly group: Group;
}

/** A record that was asked for. */
export interface RecordNode {
  readonly kind: 'record';
  readonly entry: LookUpEntry;
  readonly record: number;
}

/** The associations of a record with one object type: those of the look-up itself, or those of a hop. */
export interface TypeNode {
  readonly kind: 'type';
  readonly entry: LookUpEntry;
  readonly under: RecordNode | AssociatedNode;
  readonly hop: Hop | undefined;
}

export interface AssociatedNode {
  readonly kind: 'associated';
  readonly entry: LookUpEntry;
  readonly in: TypeNode;
  readonly nth: number;
}

/** Offers to follow an associated record on. */
export interface AskNode {
  readonly kind: 'ask';
  readonly entry: LookUpEntry;
  readonly under: AssociatedNode;
}

/** Stands where a hop has brought no association: there is none, or why it could not be read. */
export interface NoteNode {
  readonly kind: 'note';
  readonly entry: LookUpEntry;
  readonly in: TypeNode;
}

export interface MoreNode {
  readonly kind: 'more';
  readonly parent: LookUpNode | GroupNode | TypeNode | VerdictNode | ShareNode;
  readonly shown: number;
  readonly total: number;
}

export type Node =
  | TogetherNode
  | LookUpNode
  | GroupNode
  | VerdictNode
  | ShareNode
  | PairNode
  | ExtraNode
  | RecordNode
  | TypeNode
  | AssociatedNode
  | AskNode
  | NoteNode
  | MoreNode;

/** The most children added at once: a tree of VS Code's gets slow with thousands. */
export const pageSize = 100;

/** A key that stays the same while results stream in, so that expansion, selection and place survive. */
export function nodeId(node: Node): string {
  switch (node.kind) {
    case 'together':
      return node.id;
    case 'lookUp':
      return node.entry.id;
    case 'record':
      return `${node.entry.id}/${node.record}`;
    case 'group':
      return `${node.entry.id}/${node.group}`;
    case 'verdict':
      return `${node.entry.id}/${node.verdict}`;
    case 'share':
      return `${node.entry.id}/${node.verdict}/of/${node.record}`;
    case 'pair':
      return `${nodeId(node.in)}/pair/${node.pair}`;
    case 'extra':
      return `${nodeId(node.in)}/${node.record}/${node.entry.answer.toId(node.record, node.nth)}`;
    case 'type':
      return `${nodeId(node.under)}/${node.hop?.question.to ?? 'type'}`;
    case 'associated':
      return `${nodeId(node.in)}/${recordAt(node).id}`;
    case 'ask':
      return `${nodeId(node.under)}/ask`;
    case 'note':
      return `${nodeId(node.in)}/note`;
    case 'more':
      return `${nodeId(node.parent)}/more`;
  }
}

/** The Answer in which a type node's associations stand, and whose they are; undefined for a hop that was not read. */
export function associationsIn({ entry, under, hop }: TypeNode): { answer: Answer; record: number } | undefined {
  if (hop) return hop.answer ? { answer: hop.answer, record: 0 } : undefined;
  return under.kind === 'record' ? { answer: entry.answer, record: under.record } : undefined;
}

/** The object type whose records a type node holds. */
export function typeIn({ entry, hop }: TypeNode): string {
  return (hop ?? entry).question.to;
}

/** The record that a node stands for. */
export function recordAt(node: RecordNode | AssociatedNode): { type: string; id: string } {
  if (node.kind === 'record') return { type: node.entry.question.from, id: node.entry.answer.recordId(node.record) };
  const place = associationsIn(node.in);
  return { type: typeIn(node.in), id: place ? place.answer.toId(place.record, node.nth) : '' };
}

/** Up to `shown` children of a node, and a "more" node when there are others. A look-up whose Answer is not read has none. */
export function childrenOf(node: Node, shown: number, hops: Hops): Node[] {
  switch (node.kind) {
    case 'lookUp': {
      const { entry } = node;
      if (!isRead(entry)) return [];
      const { counts } = entry.answer;
      const records = recordNodes(entry, 'found', shown);
      // First, because below a hundred records nobody would see them.
      const groups = (['notRead', 'failed', 'none'] as const)
        .filter((group) => counts[group] > 0)
        .map((group): Node => ({ kind: 'group', entry, group }));
      return [...verdictNodes(entry), ...groups, ...records, ...moreOf(node, records.length, counts.found)];
    }
    case 'verdict':
    case 'share': {
      const { rows, total } = pairRows(node, shown);
      return [...rows, ...moreOf(node, rows.length, total)];
    }
    case 'group': {
      const { entry, group } = node;
      const records = recordNodes(entry, group, shown);
      return [...records, ...moreOf(node, records.length, entry.answer.counts[group])];
    }
    case 'record': {
      const { entry, record } = node;
      const own: Node[] =
        entry.answer.associationCount(record) > 0 ? [{ kind: 'type', entry, under: node, hop: undefined }] : [];
      return [...own, ...hopNodes(node, hops)];
    }
    case 'associated':
      return [...hopNodes(node, hops), { kind: 'ask', entry: node.entry, under: node }];
    case 'type': {
      const { entry } = node;
      const place = associationsIn(node);
      const total = place?.answer.associationCount(place.record) ?? 0;
      if (total === 0) return node.hop ? [{ kind: 'note', entry, in: node }] : [];
      const count = Math.min(shown, total);
      const associated = Array.from(
        { length: count },
        (_, nth): Node => ({ kind: 'associated', entry, in: node, nth }),
      );
      return [...associated, ...moreOf(node, count, total)];
    }
    default:
      return [];
  }
}

/** What a node stands under, but for a look-up in a group, which only the groups know. Undefined for what stands on top. */
export function parentOf(node: Node): Node | undefined {
  switch (node.kind) {
    case 'together':
    case 'lookUp':
      return undefined;
    case 'group':
    case 'verdict':
      return { kind: 'lookUp', entry: node.entry };
    case 'share':
      return { kind: 'verdict', entry: node.entry, verdict: node.verdict };
    case 'pair':
    case 'extra':
      return node.in;
    case 'record': {
      const state = node.entry.answer.state(node.record);
      return state === 'found'
        ? { kind: 'lookUp', entry: node.entry }
        : { kind: 'group', entry: node.entry, group: state };
    }
    case 'type':
    case 'ask':
      return node.under;
    case 'associated':
    case 'note':
      return node.in;
    case 'more':
      return node.parent;
  }
}

/** True when the record has children, or may have some that are read when it is opened. */
export function canOpen(node: RecordNode, hops: Hops): boolean {
  return node.entry.answer.associationCount(node.record) > 0 || hopNodes(node, hops).length > 0;
}

function hopNodes(under: RecordNode | AssociatedNode, hops: Hops): Node[] {
  const { entry } = under;
  const from = under.kind === 'record' ? entry.question.from : typeIn(under.in);
  const types = hops.typesOf(entry, from);
  if (types.length === 0) return [];
  const isShown = (to: string) => under.kind === 'record' && isSameObjectType(to, entry.question.to);
  const { id } = recordAt(under);
  return types
    .filter((to) => !isShown(to))
    .map((to): Node => ({ kind: 'type', entry, under, hop: hops.of(entry, from, id, to) }));
}

function recordNodes(entry: LookUpEntry, state: RecordState, most: number): Node[] {
  return recordGroups(entry.answer)
    .first(state, most)
    .map((record) => ({ kind: 'record', entry, record }));
}

function moreOf(parent: MoreNode['parent'], shown: number, total: number): Node[] {
  return shown < total ? [{ kind: 'more', parent, shown, total }] : [];
}
