/** What a row of a check comes to: a glyph, its word, and why. */

import { verdictWords } from '../../src/core/rows/verdictWords.ts';
import type { PanelRow, RowVerdict } from '../../src/core/treaty/panelRows.ts';
import { clipper } from './clipping.ts';
import { element, foreign, type Glyph, glyph } from './element.ts';
import { say } from './words.ts';

export const verdictGlyphs: Readonly<Record<RowVerdict, Glyph>> = {
  asExpected: 'complete',
  differs: 'differs',
  missing: 'missing',
  noSuchRecord: 'error',
  cannotTell: 'question',
  notYet: 'waiting',
  unexpected: 'unexpected',
};

/** Makes the verdict's cell anew when it would be another than that of the row before. */
export function verdictCell(cell: HTMLElement): (row: PanelRow) => void {
  const clip = clipper(cell);
  let shown = '';
  return ({ verdict, reason }) => {
    const next = JSON.stringify([verdict, reason]);
    if (next === shown) return;
    shown = next;
    clip(reason !== undefined);
    if (!verdict) return cell.replaceChildren();
    const tone = verdict === 'asExpected' || verdict === 'notYet' ? 'calm' : 'plain';
    const word = element('span', `state ${tone}`, glyph(verdictGlyphs[verdict]), say(verdictWords[verdict]));
    const why = reason === undefined ? [] : [foreign(reason, 'problem')];
    for (const each of why) each.title = reason ?? '';
    cell.replaceChildren(word, ...why);
  };
}
