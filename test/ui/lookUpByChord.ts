/** The way to a look-up that most people go: ids are selected, one chord, and two pickers. */
import type { Workbench } from '../host/workbench.ts';

/** What a look-up asks first. */
export const firstQuestion = 'Which object type are these records?';

/** Looks up what is selected in the editor. Object types by their labels, such as `Deals`. */
export async function lookUpByChord(workbench: Workbench, from: string, to: string): Promise<void> {
  await workbench.press('Control+K', 'h');
  await pickPair(workbench, from, to);
}

/** Answers the two questions that every look-up asks. */
export async function pickPair({ quickInput }: Workbench, from: string, to: string): Promise<void> {
  await quickInput.opened(firstQuestion);
  await quickInput.pick(from);
  await quickInput.opened('Which associated records do you want to see?');
  await quickInput.pick(to);
}
