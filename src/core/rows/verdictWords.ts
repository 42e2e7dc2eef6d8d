/** How the table says what a row of a check comes to. Shared by host and page. */
import type { RowVerdict } from '../treaty/panelRows.ts';
import type { PanelWord } from '../treaty/panelWords.ts';

export const verdictWords = {
  asExpected: 'verdictAsExpected',
  differs: 'verdictDiffers',
  missing: 'verdictMissing',
  noSuchRecord: 'verdictNoSuchRecord',
  cannotTell: 'verdictCannotTell',
  notYet: 'verdictNotYet',
  unexpected: 'verdictUnexpected',
} as const satisfies Readonly<Record<RowVerdict, PanelWord>>;
