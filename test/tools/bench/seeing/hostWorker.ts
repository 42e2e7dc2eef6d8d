/** The host's part in a thread of its own, with an Answer of a million rows. Messages go through JSON, as in VS Code. */
import { GroupAnswer } from '../../../../src/core/answer/groupAnswer.ts';
import { GrowingIds } from '../../../../src/core/answer/growingIds.ts';
import { AnswerTable } from '../../../../src/core/rows/answerTable.ts';
import { parseFromPage } from '../../../../src/core/treaty/panelMessages.ts';
import { largeAnswer, largeIds } from '../../../core/madeAnswer.ts';
import { sixColumns } from './sixColumns.ts';

declare function postMessage(message: unknown): void;
declare function addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;

const answer = largeAnswer(204_000, 5);
const tables = { associations: () => new AnswerTable(answer), columns: columnsTable, matrix: matrixTable };
let shown: keyof typeof tables = 'associations';
let table = tables[shown]();

addEventListener('message', ({ data }) => {
  if (data === 'associations' || data === 'columns' || data === 'matrix') {
    shown = data;
    return;
  }
  if (data === 'allRows') return postMessage(JSON.stringify(allRows()));
  if (typeof data === 'object') return postMessage(JSON.stringify(rowsWithId((data as { readonly id: string }).id)));
  const message = parseFromPage(JSON.parse(String(data)));
  if (!message) return;
  // A panel that is opened anew has a table of its own.
  if (message.kind === 'ready') {
    table = tables[shown]();
    if (message.view) table.setView(message.view);
  }
  if (message.kind === 'rows') postMessage(JSON.stringify(table.window(message)));
  else if (message.kind === 'ready' || (message.kind === 'view' && table.setView(message.view))) {
    table.arrange();
    postMessage(
      JSON.stringify({
        kind: 'state',
        title: 'Deals → Companies',
        from: 'Deal',
        to: 'Company',
        account: { name: 'Acme', environment: 'Production' },
        progress: { kind: 'idle' },
        notices: [],
        ...(shown === 'matrix' && { strip: '10 types: 10 complete' }),
        names: 'off',
        facts: table.facts(),
      }),
    );
  }
});
postMessage('"ready"');

/** Ten thousand records by ten types. Its look-ups are there when it is opened; all that is made of them is made then. */
const shared = new GrowingIds(largeIds(10_000));
const members = Array.from({ length: 10 }, (_, nth) => largeAnswer(10_000, 1 + (nth % 3), shared));

/** With properties of both sides beside the rows, all of them read. */
function columnsTable(): AnswerTable {
  return new AnswerTable(answer, { properties: sixColumns });
}

function matrixTable(): AnswerTable {
  const types = members.map((member, nth) => ({
    to: `type_${nth}`,
    head: `Type ${nth}`,
    answer: member,
    isRunning: () => false,
    told: () => ({ detail: String(member.counts.associations), tooltip: '' }),
  }));
  return new AnswerTable(new GroupAnswer(members, true), { types });
}

/** What a page that holds every row would have to be sent. */
function allRows(): object[] {
  const rows = [];
  for (let record = 0; record < answer.counts.asked; record++)
    for (let nth = 0; nth < answer.associationCount(record); nth++)
      rows.push({ id: answer.recordId(record), toId: answer.toId(record, nth), labels: 'Primary', state: 'found' });
  return rows;
}

/** The least that a filter has to do: the text of each id, looked into once. */
function rowsWithId(part: string): number {
  let found = 0;
  for (let record = 0; record < answer.counts.asked; record++) {
    const inRecord = answer.recordId(record).includes(part);
    const count = answer.associationCount(record);
    for (let nth = 0; nth < count; nth++) if (inRecord || answer.toId(record, nth).includes(part)) found++;
  }
  return found;
}
