/** What a screen reader should hear without being asked: the start and end of a run, what a filter left, how rows and columns stand now. */

import type { PanelState } from '../../src/core/treaty/panelState.ts';
import type { ColumnSort } from '../../src/core/treaty/panelView.ts';
import { checkSentence } from './checkSum.ts';
import type { StandingColumn } from './columnArrangement.ts';
import { element } from './element.ts';
import { counted, say } from './words.ts';

export class Announcer {
  readonly root = element('div', 'spoken');

  constructor() {
    this.root.setAttribute('role', 'status');
  }

  /** Not each page that arrives. */
  hear(before: PanelState | undefined, next: PanelState): void {
    const { facts, progress } = next;
    if (before?.progress.kind !== progress.kind) this.root.textContent = progressSentence(next);
    else if (next.arranging && !before.arranging) this.root.textContent = say(next.arranging.what);
    else if (before.facts.shown !== facts.shown && progress.kind !== 'running')
      this.root.textContent = say('done', facts.shown, counted(facts.rows, 'rowOne', 'rowsAll'));
  }

  /** @param columns all of them */
  sorted(sort: readonly ColumnSort[], columns: readonly StandingColumn[]): void {
    const sorts = sort.map(({ column, descending }) => {
      const head = columns.find(({ key }) => key === column)?.head ?? column;
      return say(descending ? 'descending' : 'ascending', head);
    });
    this.root.textContent = sorts.length === 0 ? say('orderAsked') : say('sortedBy', sorts.join(', '));
  }

  /** @param columns all of them, in their new order */
  columnMoved(key: string, columns: readonly StandingColumn[]): void {
    const shown = columns.filter(({ hidden }) => !hidden);
    const at = shown.findIndex((each) => each.key === key);
    if (at >= 0) this.root.textContent = say('columnMoved', shown[at]!.head, at + 1, shown.length);
  }

  columnHidden({ head }: StandingColumn, isHidden: boolean): void {
    this.root.textContent = say(isHidden ? 'columnHidden' : 'columnShown', head);
  }
}

function progressSentence({ facts, progress }: PanelState): string {
  if (progress.kind === 'waiting') return progress.reason;
  if (progress.kind === 'running') return say('running');
  const end = facts.completeness === 'incomplete' && progress.kind === 'paused' ? 'paused' : facts.completeness;
  const check = facts.verdicts ? ` ${checkSentence(facts.verdicts)}.` : '';
  return `${say(end)}. ${counted(facts.rows, 'rowOne', 'rowsAll')}.${check}`;
}
