import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { arrangedColumns } from '../../../src/core/rows/columnOrder.ts';
import { learn, type MadeRecord, madeAnswer } from '../madeAnswer.ts';
import { addresses, anyView, contextOf, fate, ids, known } from './anyTable.ts';
import { arrangedTable } from './arrangedTable.ts';
import { columnKeys, plainRows, plainTable } from './plainTable.ts';

const view = anyView(columnKeys);

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
