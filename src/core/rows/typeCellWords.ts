/** Why there is no number in a cell of a matrix, in words, the same wherever it is said. */

import type { MatrixState } from '../domain/matrixCell.ts';
import type { PanelWord } from '../treaty/panelWords.ts';

export const typeCellWords: Readonly<Record<Exclude<MatrixState, 'found' | 'none'>, PanelWord>> = {
  reading: 'stateReading',
  failed: 'stateFailed',
  notRead: 'stateNotRead',
  notAllowed: 'stateNotAllowed',
  cannotBeAssociated: 'stateCannotBeAssociated',
  notAsked: 'stateNotAsked',
};
