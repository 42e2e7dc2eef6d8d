/** Puts the rows of a table in order without keeping the rest of the editor waiting. */
import type { AnswerTable } from '../core/rows/answerTable.ts';
import { Turns } from '../editor/turns.ts';

/** Milliseconds of work after which others get their turn: a frame, as memory may have to be cleaned up besides. */
const slice = 16;

/**
 * Resolves when the table shows what was wanted. A table that takes no longer than a slice is there at once, before this returns.
 * @param onSlice how much is done, from 0 to 1; called before others have their turn
 * @throws the signal's reason: the table shows what it did before
 */
export async function arrangeInTurns(
  table: AnswerTable,
  signal: AbortSignal,
  onSlice: (share: number) => void,
): Promise<void> {
  let share = 0;
  const turns = new Turns(signal, slice);
  const steps = table.arranging((done) => {
    share = done;
  });
  for (const _ of steps) {
    if (!turns.isOver) continue;
    onSlice(share);
    await turns.next();
  }
}
