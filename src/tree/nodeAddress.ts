/** From a row of the Lookups view to its address, and back. */
import { followed, type Hops } from '../answers/hops.ts';
import { isSameObjectType } from '../core/domain/objectTypes.ts';
import type { Address, HopAddress } from '../core/treaty/actions.ts';
import type { LookUpEntry } from '../lookUps/lookUpEntry.ts';
import { type AssociatedNode, type Node, type RecordNode, recordAt, type TypeNode, typeIn } from './lookUpNodes.ts';
import { pairNodeAt, verdictNodeAt } from './verdictNodes.ts';

/**
 * Where a row stands: look-ups that are held together as one, at the id of their group; a row that only says or offers something
 * where what it speaks of does. Undefined for "more".
 */
export function addressOf(node: Node): Address | undefined {
  switch (node.kind) {
    case 'together':
      return { lookUp: node.id };
    case 'lookUp':
      return { lookUp: node.entry.id };
    case 'group':
      return { lookUp: node.entry.id, group: node.group };
    case 'pair':
      return { lookUp: node.entry.id, pair: node.pair };
    case 'verdict':
      return { lookUp: node.entry.id, verdict: node.verdict };
    case 'share':
      return { lookUp: node.entry.id, verdict: node.verdict, record: node.record };
    case 'record':
      return { lookUp: node.entry.id, record: node.record };
    case 'extra':
      return { lookUp: node.entry.id, record: node.record, nth: node.nth };
    case 'type': {
      const under = addressOf(node.under);
      return under && followed(under, typeIn(node));
    }
    case 'associated': {
      const { hop, under } = node.in;
      const around = addressOf(hop ? node.in : under);
      return around && nthIn(around, node.nth);
    }
    case 'ask':
      return addressOf(node.under);
    case 'note':
      return addressOf(node.in);
    case 'more':
      return undefined;
  }
}

/** The row at an address, whether it is on the screen or not. */
export function nodeAt({ group, verdict, pair, record, nth, hop }: Address, entry: LookUpEntry, hops: Hops): Node {
  if (pair !== undefined) return pairNodeAt(entry, pair);
  if (verdict) return verdictNodeAt(entry, verdict, record);
  if (record === undefined) return group ? { kind: 'group', entry, group } : { kind: 'lookUp', entry };
  const asked: RecordNode = { kind: 'record', entry, record };
  const own: TypeNode = { kind: 'type', entry, under: asked, hop: undefined };
  let node: RecordNode | AssociatedNode = nth === undefined ? asked : { kind: 'associated', entry, in: own, nth };
  for (let next = hop; next; next = next.hop) {
    const type: TypeNode =
      node === asked && isSameObjectType(next.to, entry.question.to) ? own : typeOf(node, next, hops);
    if (next.nth === undefined) return type;
    node = { kind: 'associated', entry, in: type, nth: next.nth };
  }
  return node;
}

function typeOf(under: RecordNode | AssociatedNode, { to }: HopAddress, hops: Hops): TypeNode {
  const { entry } = under;
  const { type, id } = recordAt(under);
  return { kind: 'type', entry, under, hop: hops.of(entry, type, id, to) };
}

function nthIn<At extends Address | HopAddress>(at: At, nth: number): At {
  return at.hop ? { ...at, hop: nthIn(at.hop, nth) } : { ...at, nth };
}
