import type { Question } from '../domain/associations.ts';
import type { Failure } from '../domain/failure.ts';
import { readEntry, readHeader } from '../ledger/ledgerFormat.ts';
import { LookUpState } from './lookUpState.ts';

/** What a ledger turned out to be. */
export type RestoredLookUp =
  /** The look-up as far as it went; `lookUp` with `resume: state` goes on from there. */
  | { readonly kind: 'restored'; readonly question: Question; readonly state: LookUpState }
  /** Nothing was written. */
  | { readonly kind: 'empty' }
  /** Written by another version of the format, which this one does not read. */
  | { readonly kind: 'otherVersion'; readonly version: number }
  /** Not what was written. `line` counts from 1. */
  | { readonly kind: 'damaged'; readonly line: number; readonly detail: string };

/**
 * Brings a look-up back from its ledger, without sending anything. Each line goes the way of a live answer.
 * @param lines whole lines, in order, without line ends
 * @param interrupted why the records without an answer have none
 */
export async function restoreLookUp(
  lines: Iterable<string> | AsyncIterable<string>,
  interrupted: Failure = { kind: 'interrupted' },
): Promise<RestoredLookUp> {
  let state: LookUpState | undefined;
  let line = 0;
  for await (const text of lines) {
    line++;
    if (!state) {
      const header = readHeader(text);
      if (header.kind === 'otherVersion') return header;
      if (header.kind === 'damaged') return { ...header, line };
      state = new LookUpState(header.question);
      continue;
    }
    const entry = readEntry(text, state.answer);
    if (!entry) return { kind: 'damaged', line, detail: 'The line is not whole, or does not belong to this look-up.' };
    state.absorb(entry.intake);
    state.answer.touch(latest(state, entry.effort));
  }
  if (!state) return { kind: 'empty' };
  state.suspend(interrupted);
  return { kind: 'restored', question: state.answer.question, state };
}

/** Lines are written as answers come, so the effort that is largest is the last. */
function latest({ answer }: LookUpState, effort: LookUpState['answer']['effort']) {
  return effort.requests >= answer.effort.requests ? effort : answer.effort;
}
