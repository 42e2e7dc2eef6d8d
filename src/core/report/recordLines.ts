/** Records of an Answer, a line of JSON each, as many as there is room for. */
import { type Answer, isPrimaryOnly } from '../domain/associations.ts';
import { plainProblemText, Rows } from '../rows/rows.ts';
import { asData, bytesOf } from './quoting.ts';
import { problemReason } from './reasons.ts';

export interface RecordLines {
  readonly lines: readonly string[];
  /** The first row that did not fit; the number of rows when all did. */
  readonly next: number;
  /** A row for each association, and one for each record without any. */
  readonly rows: number;
}

const mostLabels = 8;
const longestLabel = 60;
const longestProblem = 120;

/**
 * Lines from this row on, as long as they fit; one at least. A record whose associations do not all fit says which of them its
 * line shows, and the next page goes on in its middle.
 * @param room bytes as UTF-8, with an end of line each
 */
export function recordLines(answer: Answer, offset: number, room: number): RecordLines {
  const rows = new Rows(answer);
  const lines: string[] = [];
  let left = room;
  let row = Math.min(offset, rows.length);
  while (row < rows.length) {
    const record = rows.record(row);
    const isFirst = lines.length === 0;
    const made = recordLine(rows, record, row, left, isFirst);
    if (!made) break;
    lines.push(made.line);
    left -= bytesOf(made.line) + 1;
    row = made.next;
  }
  return { lines, next: row, rows: rows.length };
}

/** @param must true where a line is wanted even when there is no room: then without labels */
function recordLine(rows: Rows, record: number, row: number, room: number, must: boolean) {
  const { answer } = rows;
  const count = answer.associationCount(record);
  if (count === 0) {
    const line = JSON.stringify(head(answer, record));
    return must || bytesOf(line) < room ? { line, next: row + 1 } : undefined;
  }
  const first = row - rows.firstRow(record);
  // With the widest "shown" that the line may get.
  const around = bytesOf(JSON.stringify({ ...head(answer, record), shown: [count, count], to: [] })) + 1;
  const to: object[] = [];
  let used = around;
  for (let nth = first; nth < count; nth++) {
    const made = associated(rows, record, nth, true);
    const size = bytesOf(JSON.stringify(made)) + 1;
    if (used + size > room) break;
    to.push(made);
    used += size;
  }
  if (to.length === 0) {
    if (!must) return undefined;
    to.push(associated(rows, record, first, false));
  }
  const shown = to.length < count ? { shown: [first + 1, first + to.length] } : {};
  return { line: JSON.stringify({ ...head(answer, record), ...shown, to }), next: row + to.length };
}

/** What is known of a record itself. `more`: there are, or may be, further associations. */
function head(answer: Answer, record: number): Record<string, unknown> {
  const state = answer.state(record);
  const problem = answer.problem(record);
  const count = answer.associationCount(record);
  const isRead = state === 'found' || state === 'none';
  const more = isRead && (answer.truncation(record) !== undefined || isPrimaryOnly(answer.question));
  const words = problem?.kind === 'hubSpotError' ? asData(plainProblemText(problem), longestProblem) : undefined;
  return {
    record: asData(answer.recordId(record), 30),
    state: state === 'notRead' ? 'not read' : state,
    ...((isRead || count > 0) && { associations: count }),
    ...(more && { more: true }),
    ...(problem && { why: problemReason(problem) }),
    ...(words && { hubSpotSaid: words }),
  };
}

function associated(rows: Rows, record: number, nth: number, withLabels: boolean): object {
  const { answer } = rows;
  const { primary, primaryLabel, labels } = rows.labels(rows.setOf(answer.types(record, nth)));
  const texts = [...(primaryLabel === undefined ? [] : [primaryLabel]), ...labels.map(({ text }) => text)];
  const said = withLabels ? texts.slice(0, mostLabels).map((text) => asData(text, longestLabel)) : [];
  const leftOut = texts.length - said.length;
  return {
    id: answer.toId(record, nth),
    ...(primary && { primary }),
    ...(said.length > 0 && { labels: said }),
    ...(leftOut > 0 && { labelsLeftOut: leftOut }),
  };
}
