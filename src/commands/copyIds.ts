import * as vscode from 'vscode';
import type { Node } from '../tree/lookUpNodes.ts';

/** Copies the record ids of the given rows, one a line. A group stands for all its records, not only those shown. */
export async function copyIds(nodes: readonly Node[]): Promise<void> {
  const ids = nodes.flatMap(idsOf);
  if (ids.length > 0) await vscode.env.clipboard.writeText(ids.join('\n'));
}

function idsOf(node: Node): string[] {
  switch (node.kind) {
    case 'record':
      return [node.entry.answer.recordId(node.record)];
    case 'associated':
      return [node.entry.answer.toId(node.record, node.nth)];
    case 'type': {
      const { answer } = node.entry;
      return Array.from({ length: answer.associationCount(node.record) }, (_, nth) => answer.toId(node.record, nth));
    }
    case 'group': {
      const { answer } = node.entry;
      const ids: string[] = [];
      for (let record = 0; record < answer.counts.asked; record++) {
        if (answer.state(record) === node.group) ids.push(answer.recordId(record));
      }
      return ids;
    }
    default:
      return [];
  }
}
