/** The reasons behind verdicts, made when somebody asks: a verdict is a number in a column, its reason is read anew. */
import { type Answer, isPrimaryOnly } from '../domain/associations.ts';
import type { Doubt, Expectation, Finding, GoneRecord, Side, Verdict } from '../domain/expectation.ts';
import type { KnownExistences } from './existences.ts';

/** What is asked of a check. */
interface JudgedPairs {
  readonly answer: Answer;
  readonly expectation: Expectation;
  verdict(pair: number): Verdict;
  place(pair: number): { readonly record: number; readonly nth: number | undefined } | undefined;
}

/** The verdict of a pair with what there is to say about it. */
export function findingOf(judged: JudgedPairs, existences: KnownExistences, pair: number): Finding {
  const verdict = judged.verdict(pair);
  switch (verdict) {
    case 'asExpected':
      return { verdict };
    case 'differs': {
      const { record, nth } = judged.place(pair)!;
      return { verdict, there: judged.answer.types(record, nth!) };
    }
    case 'missing':
      return { verdict, existenceKnown: isExistenceKnown(judged.expectation, existences, pair) };
    case 'noSuchRecord': {
      const gone = existences.gone(pair)!;
      return { verdict, ...gone, survivorHasIt: survivorHasIt(judged, pair, gone) };
    }
    case 'cannotTell':
      return { verdict, doubt: doubtOf(judged, pair) };
  }
}

function doubtOf(judged: JudgedPairs, pair: number): Doubt {
  const { answer, expectation } = judged;
  const source = expectation.doubt(pair);
  if (source) return { kind: 'source', ...source };
  const at = judged.place(pair);
  if (!at) return { kind: 'notAsked' };
  const state = answer.state(at.record);
  const problem = answer.problem(at.record);
  if (state === 'failed' || state === 'notRead') return { kind: 'record', state, problem };
  const by = answer.truncation(at.record);
  if (by) return { kind: 'truncated', by, problem };
  return at.nth === undefined ? { kind: 'v3Primary' } : { kind: 'labelsUnknown' };
}

function isExistenceKnown(expectation: Expectation, existences: KnownExistences, pair: number): boolean {
  return (
    existences.of('from', expectation.fromId(pair)) !== undefined &&
    existences.of('to', expectation.toId(pair)) !== undefined
  );
}

/** Whether the record into which one of a pair was merged has the association, as far as the Answer tells. */
function survivorHasIt(
  { answer, expectation }: JudgedPairs,
  pair: number,
  { side, what }: { readonly side: Side; readonly what: GoneRecord },
): boolean | undefined {
  if (what.kind !== 'merged') return undefined;
  const record = answer.recordOf(side === 'from' ? what.into : expectation.fromId(pair));
  if (record === undefined) return undefined;
  const toId = side === 'to' ? what.into : expectation.toId(pair);
  for (let nth = 0; nth < answer.associationCount(record); nth++) {
    if (answer.toId(record, nth) === toId) return true;
  }
  const isRead = ['found', 'none'].includes(answer.state(record)) && answer.truncation(record) === undefined;
  return isRead && !isPrimaryOnly(answer.question) ? false : undefined;
}
