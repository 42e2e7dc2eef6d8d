import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Existence } from '../../../src/core/domain/cell.ts';
import type { AnswerTable } from '../../../src/core/rows/answerTable.ts';
import { arrangedColumns } from '../../../src/core/rows/columnOrder.ts';
import type { RowContext } from '../../../src/core/rows/rows.ts';
import type { PanelView } from '../../../src/core/treaty/panelView.ts';
import { billing, learn, type MadeRecord, madeAnswer, plain, primary, unread } from '../madeAnswer.ts';
import { arrangedTable } from './arrangedTable.ts';
import { columnKeys, type PlainContext, placeOf, plainRows, plainTable, problemText } from './plainTable.ts';

const partner = { category: 'USER_DEFINED', typeId: 61, label: 'Partner 10' };
const early = { category: 'USER_DEFINED', typeId: 62, label: 'partner 9' };
const types = [[plain], [plain, primary], [plain, billing], [partner, plain], [early, primary], [early, billing]];
const ids = ['1', '7', '20', '300', '9007199254740993', '9223372036854775806', '9223372036854775807', 'no id'];
const toIds = ['3', '4', '70', '9007199254740993', '9007199254740992', '9223372036854775807'];
const refused = { kind: 'hubSpotError', category: 'X', message: 'No such ticket' } as const;

const fate: fc.Arbitrary<Omit<MadeRecord, 'id'>> = fc.oneof(
  fc.record({
    to: fc.uniqueArray(fc.record({ toId: fc.constantFrom(...toIds), types: fc.constantFrom(...types) }), {
      selector: ({ toId }) => toId,
      minLength: 1,
      maxLength: 4,
    }),
  }),
  fc
    .tuple(
      fc.constantFrom('cap' as const, 'page' as const, 'reading' as const),
      fc.boolean(),
      fc.constantFrom(...toIds),
    )
    .map(([truncation, isStopped, toId]) => ({
      truncation,
      to: [{ toId, types: [plain] }],
      ...(isStopped && truncation !== 'reading' && { problem: unread }),
    })),
  fc.constantFrom(
    {},
    {},
    { state: 'notRead' as const },
    { state: 'notRead' as const, problem: unread },
    { state: 'failed' as const, problem: refused },
  ),
);
const existence: fc.Arbitrary<Existence> = fc.constantFrom(
  { kind: 'exists' },
  { kind: 'archived' },
  { kind: 'missing' },
  { kind: 'merged', into: '300' },
);
const known: fc.Arbitrary<PlainContext> = fc.record({
  names: fc.dictionary(fc.constantFrom(...ids, ...toIds), fc.constantFrom('Acme 20', 'ärzte', 'found'), { maxKeys: 6 }),
  existences: fc.dictionary(fc.constantFrom(...ids, ...toIds), existence, { maxKeys: 10 }),
  sources: fc.boolean(),
  running: fc.boolean(),
});
const view: fc.Arbitrary<PanelView> = fc.record({
  filter: fc.constantFrom(
    '',
    '',
    ' ',
    '0',
    '7',
    'bill',
    'primary',
    'ARCHIVED',
    'into 300',
    'csv:1 found',
    '1',
    'no',
    'ä 7',
  ),
  chips: fc.uniqueArray(
    fc.constantFrom(
      ...['none', 'found', 'failed', 'notRead', 'noSuchRecord', 'archived', 'merged', 'truncated', 'reading'],
      ...['moreThanOne', 'primary', 'noLabel', 'label:Billing contact', 'label:partner 9', 'label:gone'],
    ),
    { maxLength: 3 },
  ),
  sort: fc.array(fc.record({ column: fc.constantFrom(...columnKeys, 'gone'), descending: fc.boolean() }), {
    maxLength: 4,
  }),
  columns: fc.uniqueArray(
    fc.record({ key: fc.constantFrom(...columnKeys, 'gone'), hidden: fc.boolean(), width: fc.constant(90) }),
    { selector: ({ key }) => key },
  ),
  place: fc.nat(9),
});

function contextOf({ names, existences, sources, running }: PlainContext): RowContext {
  return {
    ...(Object.keys(names).length > 0 && { nameOf: (_: string, id: string) => names[id] }),
    existenceOf: (_, id) => existences[id],
    ...(sources && { placeOf }),
    isRunning: () => running,
    problemText,
  };
}

function addresses(table: AnswerTable): string[] {
  const { rows } = table.window({ kind: 'rows', request: 1, first: 0, count: 200 });
  return rows.map(({ id, toId, nth }) => `${id}>${toId ?? ''}#${nth}`);
}

test('any view of any answer shows the rows that plain objects show, through any changes of both', () => {
  const fates = fc.array(fate, { minLength: ids.length, maxLength: ids.length });
  const change = fc.record({
    view: fc.option(view, { nil: undefined }),
    context: fc.option(known, { nil: undefined }),
    learns: fc.boolean(),
  });
  fc.assert(
    fc.property(fates, known, fc.array(change, { minLength: 1, maxLength: 5 }), (all, first, changes) => {
      const records = ids.map((id, at): MadeRecord => ({ id, ...all[at] }));
      // The last record is learned of later, in some of the runs.
      const seen = records.with(-1, { id: records.at(-1)!.id, state: 'notRead' });
      const answer = madeAnswer(seen, { apiVersion: '2026-09' });
      const table = arrangedTable(answer, contextOf(first));
      let context = first;
      for (const next of changes) {
        if (next.view) table.setView(next.view);
        if (next.context) table.setContext(contextOf(next.context));
        context = next.context ?? context;
        if (next.learns && seen.at(-1) !== records.at(-1)) {
          seen[seen.length - 1] = records.at(-1)!;
          learn(answer, records.at(-1)!);
        }
        table.arrange();
        const rows = plainRows(seen, context);
        assert.deepEqual(addresses(table), plainTable(rows, table.view));
        assert.equal(table.changes.any, false);

        const { chips, columns, shown, rows: inAll } = table.facts();
        assert.deepEqual([shown, inAll], [addresses(table).length, rows.length]);
        const counts = new Map<string, number>();
        for (const chip of rows.flatMap((row) => [...row.chips])) counts.set(chip, (counts.get(chip) ?? 0) + 1);
        counts.delete('found');
        assert.deepEqual(new Map(chips.map(({ key, count }) => [key, count])), counts, 'each chip that has rows');
        const arranged = arrangedColumns(columns, table.view.columns).map(({ key }) => key);
        assert.deepEqual(
          [...arranged].sort(),
          columnKeys.filter((key) => context.sources || key !== 'source').toSorted(),
        );
        const wished = table.view.columns.map(({ key }) => key).filter((key) => arranged.includes(key));
        assert.deepEqual(
          arranged.filter((key) => wished.includes(key)),
          wished,
        );
      }
    }),
    { numRuns: 1000 },
  );
});
