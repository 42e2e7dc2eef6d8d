/** Lines that may be megabytes long. */
import { lengthOfStep, type Steps } from '../steps.ts';
import { lineAt } from './characters.ts';

/** Where a line ends and the next one starts: of one that is long, some at a time. */
export function* lineInSteps(text: string, start: number): Steps<{ readonly end: number; readonly next: number }> {
  let line = lineAt(text, start, Math.min(text.length, start + lengthOfStep));
  while (line.next === line.end) {
    yield;
    line = lineAt(text, line.end, Math.min(text.length, line.end + lengthOfStep));
  }
  return line;
}
