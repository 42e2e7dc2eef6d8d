/** Rows as a Markdown table under a heading that says where they come from. */

import type { Cell } from '../domain/cell.ts';
import type { ShownRows } from '../rows/answerTable.ts';
import type { RowContext } from '../rows/rows.ts';
import { type About, aboutLines, oneLine } from './about.ts';
import {
  cellState,
  cellsOf,
  chunkLength,
  existenceText,
  perRecord,
  perSet,
  recordFields,
  stateWords,
} from './rowFields.ts';

export function* markdown(shown: ShownRows, context: RowContext, about: About): Generator<string> {
  const { rows } = shown;
  const [title, ...lines] = aboutLines(about);
  const withPlaces = context.placeOf !== undefined;
  let out = `# ${inline(title!)}\n\n${lines.map((line) => `- ${inline(line)}\n`).join('')}\n`;
  const { properties = [] } = context;
  const cells = cellsOf(rows, properties);
  const more = properties.map(({ head }) => ` ${inline(head)} |`).join('');
  out += `| Record | Associated record | Labels | State | Associations |${withPlaces ? ' Source |' : ''}${more}\n`;
  out += `| --- | --- | --- | --- | ---: |${withPlaces ? ' --- |' : ''}${' --- |'.repeat(properties.length)}\n`;
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
    if (toId !== undefined) out += inline(named(toId, context.nameOf?.('associated', toId)));
    out += setOf(row) + record.tail;
    if (properties.length > 0)
      out += cells(row)
        .map((cell) => ` ${inline(cellText(cell))} |`)
        .join('');
    out += '\n';
    if (out.length >= chunkLength) {
      yield out;
      out = '';
    }
  }
  yield out;
}

/** As people read it; what is no value stands in brackets, as the heading says. */
function cellText(cell: Cell | undefined): string {
  if (cell === undefined) return '';
  return cell.kind === 'value' ? cell.text : `[${cellState(cell)}]`;
}

function named(id: string, name: string | undefined): string {
  return name === undefined ? id : `${id} ${name}`;
}

/** Text that Markdown shows as it is: no markup, no HTML, no end of a cell or line. */
function inline(text: string): string {
  return /^[\w .,:]*$/.test(text) && !text.includes('_')
    ? text
    : oneLine(text).replace(/[\\`*_{}[\]<>()#+!|~&$-]/g, (character) =>
        character === '<' ? '&lt;' : character === '&' ? '&amp;' : `\\${character}`,
      );
}
