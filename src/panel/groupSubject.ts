/** Look-ups of the same ids in one panel, as a matrix. */
import * as vscode from 'vscode';
import { environmentWords } from '../accounts/accountWords.ts';
import type { ObjectTypeCatalog } from '../accounts/objectTypeCatalog.ts';
import { groupName, millisecondsLeft, waitingSentence } from '../answers/lookUpWords.ts';
import { asColumnsOf, type Matrix } from '../answers/matrix.ts';
import { matrixNotices } from '../answers/matrixNotices.ts';
import { matrixStrip } from '../answers/matrixWords.ts';
import type { Names } from '../answers/recordNames.ts';
import { rowContext } from '../answers/rowContext.ts';
import type { AnswerTable } from '../core/rows/answerTable.ts';
import { idsInParts } from '../core/rows/idsInRows.ts';
import { typeColumnKey } from '../core/rows/matrixType.ts';
import type { RowContext } from '../core/rows/rows.ts';
import { plainLine } from '../core/text/plainText.ts';
import type { Action } from '../core/treaty/actions.ts';
import type { PanelProgress, PanelState } from '../core/treaty/panelState.ts';
import { panelWords } from '../core/treaty/panelWords.ts';
import type { HeldGroup } from '../lookUps/lookUpGroups.ts';
import { type Asked, type AskingMessage, copyStyle, shownProperties, sortAsked } from './asked.ts';
import { translatedWords, withCounts } from './panelState.ts';
import type { Counted, PanelSubject } from './panelSubject.ts';
import { type UnreadCounts, unreadCells } from './unreadCounts.ts';

interface GroupSubjectParts {
  readonly catalog: ObjectTypeCatalog;
  readonly names: Names;
}

/** "Deals → Contacts, Companies (27) · Acme". */
export function groupTitle(held: HeldGroup, { catalog }: Pick<GroupSubjectParts, 'catalog'>): string {
  const [first] = held.members;
  const asked = (first?.summary.counts.asked ?? 0).toLocaleString();
  const pinned = held.pinned ? vscode.l10n.t('pinned') : undefined;
  return [`${groupName(held, catalog)} (${asked})`, pinned, plainLine(first?.account.name ?? '')]
    .filter((part) => part !== undefined)
    .join(' · ');
}

export function groupSubject(matrix: Matrix, parts: GroupSubjectParts): PanelSubject {
  const { first, answer } = matrix;
  const { account, question } = first;
  const { names } = parts;
  const of = asColumnsOf(matrix);
  return {
    account,
    answer,
    check: undefined,
    context: () => matrixContext(matrix, parts),
    state: (table, counted) => groupState(matrix, table, counted, parts),
    async unread(rows, { view }, signal): Promise<UnreadCounts> {
      return { ...(await unreadCells(of, rows, { names, view }, signal)), existenceNotRead: 0 };
    },
    asked: (message, table) => askedOf(matrix, message, table),
    want({ id }) {
      names.want(account, question.from, id);
      names.columns.want(of, 'record', id);
    },
    wantBeside: (beside) => names.wantBeside(of, (end) => idsInParts(beside(), end)),
    restoreProperties: (keys) => names.columns.restore(of, keys),
    properties: () => names.columns.shownOf(of),
    sortAsked: (before, table, takeBack) => sortAsked(before, of, table, takeBack),
  };
}

/** What the table of a matrix knows beside its Answers. */
function matrixContext(matrix: Matrix, { catalog, names }: GroupSubjectParts): RowContext {
  const { first, members, held } = matrix;
  return {
    ...rowContext(first, names),
    properties: names.columns.shownOf(asColumnsOf(matrix)),
    say: (word) => vscode.l10n.t(panelWords[word]),
    ends: { from: catalog.find(first.question.from, first.account).label, to: '' },
    types: members,
    isRunning: () => held.members.some(({ state }) => state === 'running'),
  };
}

function groupState(
  matrix: Matrix,
  table: AnswerTable,
  { unread, values }: Counted,
  { catalog, names }: GroupSubjectParts,
): PanelState {
  const { held, first } = matrix;
  const { account, question } = first;
  const from = catalog.find(question.from, account).label;
  return {
    kind: 'state',
    title: groupName(held, catalog),
    from,
    to: '',
    account: { name: account.name, environment: environmentWords(account) ?? '' },
    startedAt: held.startedAt.getTime(),
    progress: progressOf(held),
    strip: matrixStrip(matrix),
    notices: matrixNotices(matrix),
    names: names.state(account, [question.from]),
    ...unread,
    ...(names.columns.chosen(held).length > 0 && { properties: names.columns.keys(asColumnsOf(matrix)) }),
    words: translatedWords(),
    facts: withCounts(table.facts(), values),
  };
}

/** All calls together; the wait of the first one is told while no other goes on. */
function progressOf({ members, state }: HeldGroup): PanelProgress {
  if (state === 'ended') return { kind: 'idle' };
  const all = members.flatMap(({ progress }) => progress ?? []);
  const calls = {
    done: all.reduce((sum, progress) => sum + progress.calls.done, 0),
    of: all.reduce((sum, progress) => sum + progress.calls.planned, 0),
    estimate: all.some((progress) => progress.calls.isEstimate),
  };
  if (state === 'paused') return { kind: 'paused', ...calls };
  const running = members.filter((member) => member.state === 'running');
  const waiting = running.map(({ progress }) => progress?.waiting);
  const [first] = waiting;
  return first && waiting.every((each) => each !== undefined)
    ? { kind: 'waiting', ...calls, reason: waitingSentence(first.reason), left: millisecondsLeft(first) }
    : { kind: 'running', ...calls };
}

/** What is done with the look-up of a cell, and not with the record. */
const ofCell: readonly Action[] = ['openLookUp', 'copyRequest', 'openRequest', 'showRecord'];

/** A cell is about its own look-up, the rest of a row about the record, which the first look-up knows as well as the others. */
function askedOf(matrix: Matrix, message: AskingMessage, table: AnswerTable): Asked {
  const { held, answer, members, first } = matrix;
  const properties = shownProperties(table);
  switch (message.kind) {
    case 'action':
      return { kind: 'act', action: message.action, at: { lookUp: held.id } };
    case 'rowAction': {
      const { record, column } = message.row;
      const member = members.find((each) => typeColumnKey(each) === column);
      // Where the cell's look-up is gone, that of another type is not taken for it.
      if (member && !member.entry && ofCell.includes(message.action))
        return { kind: 'act', action: message.action, at: { lookUp: held.id } };
      const entry = member?.entry ?? first;
      const number = entry.answer.recordOf(answer.recordId(record));
      return { kind: 'act', action: message.action, at: { lookUp: entry.id, record: number } };
    }
    case 'copy':
      return {
        kind: 'copyMatrix',
        rows: { matrix, shown: table.shownRows(message.rows), view: undefined, properties },
        seen: table.seen(),
        style: copyStyle(message),
      };
    case 'export':
      return { kind: 'exportMatrix', rows: { matrix, shown: table.shownRows(), view: table.facts().view, properties } };
  }
}
