/** Rows as a Markdown table under a heading that says where they come from. */

import type { Cell } from '../domain/cell.ts';
import type { ShownRows } from '../rows/answerTable.ts';
import type { RowContext } from '../rows/rows.ts';
import { type About, aboutLines, oneLine } from './about.ts';
import {
  associatedName,
  cellState,
  cellsOf,
  chunkLength,
  existenceText,
  type PairFields,
  pairFields,
  perRecord,
  perSet,
  recordFields,
  stateWords,
  verdictTexts,
} from './rowFields.ts';

export function* markdown(shown: ShownRows, context: RowContext, about: About): Generator<string> {
  const { rows } = shown;
  const [title, ...lines] = aboutLines(about);
  const { check } = rows;
  const withPlaces = context.placeOf !== undefined && !check;
  const [pairHeads, pairLines] = check ? [' Verdict | Expected labels | Source |', ' --- | --- | --- |'] : ['', ''];
  const { properties = [] } = context;
  const cells = cellsOf(rows, properties);
  const more = properties.map(({ head }) => ` ${inline(head)} |`).join('');
  let out = `# ${inline(title!)}\n\n${lines.map((line) => `- ${inline(line)}\n`).join('')}\n`;
  out += `| Record | Associated record |${pairHeads} Labels | State | Associations |${withPlaces ? ' Source |' : ''}${more}\n`;
  out += `| --- | --- |${pairLines} --- | --- | ---: |${withPlaces ? ' --- |' : ''}${' --- |'.repeat(properties.length)}\n`;
  const recordOf = perRecord(rows, (record) => {
    const { id, name, state, truncated, problem, associations, existence, source } = recordFields(
      rows,
      record,
      context,
    );
    const word = truncated
      ? 'truncated'
      : existence && existence.kind !== 'exists'
        ? existenceText(existence)
        : stateWords[state];
    const stateText = problem === undefined ? word : `${word}: ${problem}`;
    return {
      head: `| ${inline(named(id, name))} | `,
      tail: ` | ${inline(stateText)} | ${associations ?? ''} |${withPlaces ? ` ${inline(source ?? '')} |` : ''}`,
    };
  });
  const setOf = perSet(
    rows,
    ({ labels, primary, primaryLabel = 'Primary' }) =>
      ` | ${[...(primary ? [`**${inline(primaryLabel)}**`] : []), ...labels.map(inline)].join(', ')}`,
    ' | ',
  );
  for (let place = 0; place < shown.length; place++) {
    const row = shown.at(place);
    const record = recordOf(row);
    const toId = rows.toId(row);
    out += record.head;
    if (toId !== undefined) out += inline(named(toId, associatedName(rows, row, toId, context)));
    if (check)
      out += ` | ${pairCells(pairFields(rows, check, row, context))
        .map(inline)
        .join(' | ')}`;
    out += setOf(row) + record.tail;
    for (const cell of cells(row)) out += ` ${propertyText(cell)} |`;
    out += '\n';
    if (out.length >= chunkLength) {
      yield out;
      out = '';
    }
  }
  yield out;
}

function pairCells({ verdict, reason, expectedLabels, places }: PairFields): readonly string[] {
  const word = verdict ? verdictTexts[verdict] : '';
  return [reason === undefined ? word : `${word}: ${reason}`, expectedLabels.join(', '), places.join(', ')];
}

/** As people read it, in Markdown. What is no value stands in brackets and italics, as the heading says: no value can have these. */
export function propertyText(cell: Cell | undefined): string {
  if (cell === undefined) return '';
  return cell.kind === 'value' ? inline(cell.text) : `*${inline(`[${cellState(cell)}]`)}*`;
}

function named(id: string, name: string | undefined): string {
  return name === undefined ? id : `${id} ${name}`;
}

/** Text that Markdown shows as it is: no markup, no HTML, no end of a cell or line. */
export function inline(text: string): string {
  return /^[\w .,:]*$/.test(text) && !text.includes('_')
    ? text
    : oneLine(text).replace(/[\\`*_{}[\]<>()#+!|~&$-]/g, (character) =>
        character === '<' ? '&lt;' : character === '&' ? '&amp;' : `\\${character}`,
      );
}
