import * as vscode from 'vscode';
import { recordGroups } from '../core/answer/recordGroups.ts';
import { associationsIn, type Node, recordAt } from './lookUpNodes.ts';

/**
 * Copies the record ids of the given rows, one a line and each once. A group stands for all its records, not only those
 * shown; a look-up for all it asked.
 */
export async function copyIds(nodes: readonly Node[]): Promise<void> {
  const ids = new Set(nodes.flatMap(idsOf));
  if (ids.size > 0) await vscode.env.clipboard.writeText([...ids].join('\n'));
}

function idsOf(node: Node): string[] {
  switch (node.kind) {
    case 'record':
    case 'associated':
      return [recordAt(node).id];
    case 'type': {
      const place = associationsIn(node);
      if (!place) return [];
      const { answer, record } = place;
      return Array.from({ length: answer.associationCount(record) }, (_, nth) => answer.toId(record, nth));
    }
    case 'group': {
      const { answer } = node.entry;
      return recordGroups(answer)
        .first(node.group, Number.POSITIVE_INFINITY)
        .map((record) => answer.recordId(record));
    }
    case 'lookUp': {
      const { answer } = node.entry;
      return Array.from({ length: answer.counts.asked }, (_, record) => answer.recordId(record));
    }
    default:
      return [];
  }
}
