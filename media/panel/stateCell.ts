/** What a row's State column says: what became of the record, why, and whether more is to come. */

import type { PanelRow } from '../../src/core/treaty/panelRows.ts';
import { clipper } from './clipping.ts';
import { element, foreign, type Glyph, glyph, setText } from './element.ts';
import { say } from './words.ts';

/** Makes the state's cell another one when that of the row before would not do. `running`: records without an answer wait for it. */
export function stateCell(cell: HTMLElement): (row: PanelRow, running: boolean) => void {
  const clip = clipper(cell);
  let shown: StateLook | undefined;
  let problemShown: string | undefined;
  /** What is said, where that stands alone: with rows that fly by only its text changes. */
  let words: HTMLElement | undefined;
  return (row, running) => {
    const look = lookOf(row, running);
    if (look.text === shown?.text && look.sign === shown.sign && row.problem === problemShown) return;
    shown = look;
    problemShown = row.problem;
    const isAlone = look.sign === undefined && row.problem === undefined;
    if (isAlone && words) return setText(words, look.text);
    const said = foreign(look.text);
    words = isAlone ? said : undefined;
    const state = element('span', `state ${look.tone}`, ...(look.sign ? [glyph(look.sign)] : []), said);
    cell.replaceChildren(state, ...problemOf(row));
    clip(row.problem !== undefined);
  };
}

function problemOf({ problem }: PanelRow): HTMLElement[] {
  if (problem === undefined) return [];
  const said = foreign(problem, 'problem');
  said.title = problem;
  return [said];
}

interface StateLook {
  readonly text: string;
  readonly tone: 'calm' | 'plain';
  readonly sign?: Glyph;
}

function lookOf(row: PanelRow, running: boolean): StateLook {
  const { state, reading, truncated, problem } = row;
  if (row.notAsked) return { text: say('stateNotAsked'), tone: 'calm' };
  if (running && state === 'notRead' && problem === undefined) return { text: say('stateWaiting'), tone: 'calm' };
  if (reading) return { text: say('stateReading'), tone: 'calm' };
  if (truncated) return { text: say('stateTruncated'), tone: 'plain', sign: 'warning' };
  switch (state) {
    case 'found':
      return { text: say('stateFound'), tone: 'calm' };
    case 'failed':
      return { text: say('stateFailed'), tone: 'plain', sign: 'error' };
    case 'notRead':
      return { text: say('stateNotRead'), tone: 'plain', sign: 'warning' };
    case 'none':
      return { text: withoutAssociation(row), tone: 'plain', sign: 'none' };
  }
}

/** A record without associations has none, or is itself none (any more), where that was asked. */
function withoutAssociation({ existence }: PanelRow): string {
  return (existence && goneWords(existence)) ?? say('stateNone');
}

/** What became of a record that is there no more; undefined for one that exists. */
export function goneWords(existence: NonNullable<PanelRow['existence']>): string | undefined {
  switch (existence.kind) {
    case 'missing':
      return say('stateNoSuchRecord');
    case 'archived':
      return say('stateArchived');
    case 'merged':
      return say('stateMerged', existence.into);
    case 'exists':
      return undefined;
  }
}
