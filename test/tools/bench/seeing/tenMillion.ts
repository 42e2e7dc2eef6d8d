/**
 * Sorts and filters ten million associations as the panel's host does, in slices, and prints for each round the longest of them in
 * milliseconds. In the thread's own time: what other processes take of the machine meanwhile does not count.
 */
import { writeSync } from 'node:fs';
import type { AnswerTable } from '../../../../src/core/rows/answerTable.ts';
import type { PanelView } from '../../../../src/core/treaty/panelView.ts';
import { arrangeInTurns } from '../../../../src/panel/arranging.ts';
import { largeAnswer } from '../../../core/madeAnswer.ts';
import { arrangedTable } from '../../../core/rows/arrangedTable.ts';

const { rounds } = JSON.parse(process.argv[2] ?? '{}');
const by = (column: string, descending: boolean) => ({ column, descending });
const plain: Partial<PanelView> = { filter: '', chips: [], sort: [] };
const wishes: readonly Partial<PanelView>[] = [
  { sort: [by('associated', false)] },
  { sort: [by('count', true), by('labels', false)] },
  { filter: '437 billing', chips: ['moreThanOne'] },
  {},
];

/** The longest of them while the table is shown in each way once. */
async function longestOf(table: AnswerTable): Promise<number> {
  const blocks = [];
  for (const wish of wishes) blocks.push(await longestBlock(table, { ...table.view, ...plain, ...wish }));
  return Math.max(...blocks);
}

// A smaller table warms it up: what ten million take is several seconds in each round.
await longestOf(arrangedTable(largeAnswer(204_000, 5)));
const table = arrangedTable(largeAnswer(2_040_000, 5));
const longest: number[] = [];
for (let round = 0; round < rounds; round++) longest.push(await longestOf(table));
writeSync(1, `${JSON.stringify({ longest })}\n`);
process.exit();

async function longestBlock(of: AnswerTable, view: PanelView): Promise<number> {
  of.setView(view);
  let most = 0;
  let since = threadTime();
  const slice = () => {
    const now = threadTime();
    most = Math.max(most, now - since);
    since = now;
  };
  await arrangeInTurns(of, new AbortController().signal, slice);
  slice();
  return most;
}

function threadTime(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
