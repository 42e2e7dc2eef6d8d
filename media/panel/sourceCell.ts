/** Where a row came from: the file and the line, and further lines that say the same. Each is a link. */

import type { PanelRow } from '../../src/core/treaty/panelRows.ts';
import { element, foreign, setText } from './element.ts';

export function sourceCell(cell: HTMLElement): (row: PanelRow) => void {
  const file = foreign('', 'place file');
  const line = element('span', 'place');
  let others: readonly number[] = [];
  cell.append(file, line);
  return ({ source = '', lines = [] }) => {
    const end = source.lastIndexOf(':');
    const nameEnd = end < 0 ? source.length : end;
    setText(file, source.slice(0, nameEnd));
    setText(line, source.slice(nameEnd));
    if (others.join() !== lines.slice(1).join()) {
      others = lines.slice(1);
      cell.replaceChildren(
        file,
        line,
        ...others.flatMap((each, at) => [element('span', 'comma', ', '), further(each, at + 1)]),
      );
    }
    const title = [source, ...others.map((each) => each + 1)].join(', ');
    if (cell.title !== title) cell.title = title;
  };
}

/** @param nth which of the lines it is */
function further(line: number, nth: number): HTMLElement {
  const made = element('span', 'place', String(line + 1));
  made.dataset.line = String(nth);
  return made;
}
