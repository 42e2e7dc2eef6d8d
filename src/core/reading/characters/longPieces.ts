/** Lines and values that may be megabytes long. */
import { lengthOfStep, type Steps } from '../../domain/steps.ts';
import { isBlank, lineAt, trimmedEnd, trimmedStart } from './characters.ts';

/** Where a line ends and the next one starts: of one that is long, some at a time. */
export function* lineInSteps(text: string, start: number): Steps<{ readonly end: number; readonly next: number }> {
  let line = lineAt(text, start, Math.min(text.length, start + lengthOfStep));
  while (line.next === line.end) {
    yield;
    line = lineAt(text, line.end, Math.min(text.length, line.end + lengthOfStep));
  }
  return line;
}

/** Where [start, end) starts and ends without what is blank around it: some at a time. */
export function* trimmedInSteps(
  text: string,
  start: number,
  end: number,
  isLeftOut = isBlank,
): Steps<[start: number, end: number]> {
  let from = start;
  for (let stop = from; from === stop && stop < end; yield) {
    stop = Math.min(end, from + lengthOfStep);
    from = trimmedStart(text, from, stop, isLeftOut);
  }
  let to = end;
  for (let stop = to; to === stop && stop > from; yield) {
    stop = Math.max(from, to - lengthOfStep);
    to = trimmedEnd(text, stop, to, isLeftOut);
  }
  return [from, to];
}
