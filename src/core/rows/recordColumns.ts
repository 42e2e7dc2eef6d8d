/** Columns of the record that was asked: its id, what became of it, how many associations it has, and where its id stood. Pure. */

import { cut } from '../text/cellText.ts';
import { atOnce, type Column, say, shownExistence } from './column.ts';
import { countIn, existenceIn, rowState, stateRank, stateText } from './rowState.ts';
import { idKey, plainProblemText, type RowContext, type Rows } from './rows.ts';
import { stretches } from './steps.ts';
import { textRanks } from './textRanks.ts';

export function recordColumn(rows: Rows, context: RowContext): Column {
  // What was not asked for may have an id that is none of HubSpot's, which another record has.
  const nameOf = (record: number, id: string) => (record < rows.records ? context.nameOf?.('record', id) : undefined);
  return {
    key: 'record',
    kind: 'record',
    head: context.ends?.from ?? say(context, 'record'),
    of: 'record',
    cell(row) {
      const record = rows.record(row);
      const id = rows.recordId(record);
      const name = nameOf(record, id);
      return { id: cut(id), ...(name !== undefined && { name: cut(name) }) };
    },
    finder: (search) => (record, mask) => {
      const number = record < rows.records ? rows.answer.asked.number(record) : Number.NaN;
      const withId = number > 0 ? search.foundInNumber(number, mask) : search.found(rows.recordId(record), mask);
      if (withId === search.all || !context.nameOf) return withId;
      return search.found(nameOf(record, rows.recordId(record)), withId);
    },
    sortKeys: () => atOnce((record) => idKey(rows.recordId(record))),
    idOf: (row) => rows.recordId(rows.record(row)),
  };
}

export function stateColumn(rows: Rows, context: RowContext): Column {
  const { answer } = rows;
  const problemText = context.problemText ?? plainProblemText;
  return {
    key: 'state',
    kind: 'state',
    head: say(context, 'state'),
    of: 'record',
    sortsByContext: true,
    cell(row) {
      const record = rows.record(row);
      if (record >= rows.records) return { notAsked: true };
      const problem = answer.problem(record);
      const existence = existenceIn(answer, record, context);
      const truncation = answer.truncation(record);
      const reading = truncation === 'reading';
      return {
        state: answer.state(record),
        ...(reading && { reading }),
        truncated: !reading && truncation !== undefined,
        ...(existence && { existence: shownExistence(existence) }),
        ...(problem && { problem: cut(problemText(problem)) }),
      };
    },
    finder(search) {
      const known = new Map<string, number>();
      return (record, mask) => {
        const state = rowState(rows, record, context);
        const problem = state === 'notAsked' ? undefined : answer.problem(record);
        const withProblem = problem ? search.found(problemText(problem), mask) : mask;
        if (state === 'merged') {
          return search.found(stateText(state, existenceIn(answer, record, context), context), withProblem);
        }
        let found = known.get(state);
        if (found === undefined) {
          found = search.found(stateText(state, undefined, context));
          known.set(state, found);
        }
        return withProblem | found;
      };
    },
    sortKeys: () => atOnce((record) => stateRank(rowState(rows, record, context))),
  };
}

export function countColumn(rows: Rows, context: RowContext): Column {
  const { answer } = rows;
  return {
    key: 'count',
    kind: 'count',
    align: 'end',
    head: say(context, 'count'),
    of: 'record',
    cell(row) {
      const record = rows.record(row);
      const count = countIn(rows, record);
      return {
        ...(count !== undefined && { count }),
        ...(count !== undefined && answer.truncation(record) !== undefined && { more: true }),
      };
    },
    finder(search) {
      if (!search.anyDigits) return (_, mask) => mask;
      let last = -1;
      let inLast = 0;
      return (record, mask) => {
        const count = countIn(rows, record);
        if (count === undefined) return mask;
        if (count !== last) {
          last = count;
          inLast = search.foundInDigits(String(count), 0);
        }
        return mask | inLast;
      };
    },
    sortKeys: () => atOnce((record) => countIn(rows, record) ?? Number.POSITIVE_INFINITY),
  };
}

export function sourceColumn(rows: Rows, context: RowContext): Column {
  const { answer } = rows;
  const placeOf = (record: number) => context.placeOf?.(record);
  return {
    key: 'source',
    kind: 'source',
    head: say(context, 'source'),
    of: 'record',
    cell(row) {
      const source = placeOf(rows.record(row));
      return source === undefined ? {} : { source: cut(source) };
    },
    finder: (search) => (record, mask) => search.found(placeOf(record), mask),
    *sortKeys() {
      const texts: (string | undefined)[] = [];
      yield* stretches(answer.asked.length, (from, to) => {
        for (let record = from; record < to; record++) texts.push(placeOf(record));
      });
      const ranks = yield* textRanks(texts);
      return (record) => ranks[record]!;
    },
  };
}
