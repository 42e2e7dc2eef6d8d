/** A table that shows what is wanted of it, as the panel has it when nothing is left to do. */
import type { Answer } from '../../../src/core/domain/associations.ts';
import { AnswerTable } from '../../../src/core/rows/answerTable.ts';
import type { RowContext } from '../../../src/core/rows/rows.ts';
import { firstView, type PanelView } from '../../../src/core/treaty/panelView.ts';

export function arrangedTable(answer: Answer, context: RowContext = {}, view: Partial<PanelView> = {}): AnswerTable {
  const table = new AnswerTable(answer, context, { ...firstView, ...view });
  table.arrange();
  return table;
}
