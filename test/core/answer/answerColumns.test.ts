import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { AnswerColumns } from '../../../src/core/answer/answerColumns.ts';
import type { AssociationType } from '../../../src/core/domain/associations.ts';
import type { RecordProblem } from '../../../src/core/domain/failure.ts';

const question = { from: 'deals', to: 'contacts' };
const unlimited = Number.POSITIVE_INFINITY;

interface Page {
  readonly record: number;
  readonly rows: readonly (readonly [id: number, type: number])[];
}

suite('an Answer in columns', () => {
  test('holds what a map of maps would hold, however pages come', () => {
    const page: fc.Arbitrary<Page> = fc.record({
      record: fc.nat(3),
      rows: fc.array(fc.tuple(fc.integer({ min: 1, max: 60 }), fc.nat(3)), { maxLength: 30 }),
    });
    fc.assert(
      fc.property(fc.array(page, { maxLength: 30 }), fc.constantFrom(unlimited, 12), (pages, room) => {
        const answer = new AnswerColumns({ ...question, ids: ['11', '22', '33', '44'] });
        const expected = [0, 1, 2, 3].map(() => new Map<string, Set<string>>());
        for (const { record, rows } of pages) {
          const known = expected[record]!;
          let added = 0;
          let widened = 0;
          let dropped = 0;
          for (const [id, type] of rows) {
            const types = known.get(String(id));
            if (!types && known.size >= room) dropped++;
            else if (!types?.has(`t${type}`)) {
              if (types) widened++;
              else added++;
              known.set(String(id), new Set(types).add(`t${type}`));
            }
          }
          const sets = rows.map(([, type]) => answer.typeSets.named(`t${type}`));
          const effect = answer.addPage(record, { codes: rows.map(([id]) => id), sets }, room);
          assert.deepEqual(effect, { added, widened, dropped });
        }
        for (const [record, known] of expected.entries()) {
          assert.equal(answer.associationCount(record), known.size);
          for (const [nth, [id, types]] of [...known].entries()) {
            assert.equal(answer.toId(record, nth), id);
            assert.deepEqual(
              answer.types(record, nth).map(({ name }) => name),
              [...types].sort(),
            );
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  test('keeps an index for a record with many pages, and merges types across all of them', () => {
    const answer = new AnswerColumns({ ...question, ids: ['1', '2'] });
    const a = answer.typeSets.named('a');
    const b = answer.typeSets.named('b');
    for (let page = 0; page < 200; page++) {
      const codes = Array.from({ length: 100 }, (_, row) => 1 + page * 50 + row);
      answer.addPage(0, { codes, sets: codes.map(() => (page % 2 ? a : b)) }, unlimited);
      answer.addPage(1, { codes: [page + 1], sets: [a] }, unlimited);
    }
    assert.deepEqual([answer.associationCount(0), answer.associationCount(1)], [199 * 50 + 100, 200]);
    assert.deepEqual([answer.toId(0, 10_049), answer.toId(1, 150)], ['10050', '151']);
    assert.equal(answer.types(0, 25).length, 1);
    assert.equal(answer.types(0, 75).length, 2);
    assert.equal(answer.types(0, 75), answer.types(0, 8000));
  });

  test('takes more types than a narrow column holds', () => {
    const answer = new AnswerColumns({ ...question, ids: ['1'] });
    const rows = 70_000;
    const sets = Array.from({ length: rows }, (_, nth) => answer.typeSets.named(`type ${nth}`));
    answer.addPage(0, { codes: sets.map((_, nth) => nth + 1), sets }, unlimited);
    for (const nth of [0, 255, 256, 65_535, 65_536, 69_999]) assert.equal(answer.types(0, nth)[0]?.name, `type ${nth}`);
    answer.addPage(0, { codes: [1], sets: [sets[69_999]!] }, unlimited);
    assert.deepEqual(
      answer.types(0, 0).map(({ name }) => name),
      ['type 0', 'type 69999'],
    );
    assert.equal(answer.types(0, 1)[0]?.name, 'type 1');
  });

  test('counts every change of place', () => {
    const problem: RecordProblem = { kind: 'notRead', failure: { kind: 'cancelled' } };
    const answer = new AnswerColumns({ ...question, ids: ['1', '2', '3', '1'] });
    const before = answer.revision;
    answer.settle(0, 'found', 'page', problem);
    answer.settle(1, 'failed', undefined, { kind: 'hubSpotError', category: 'X', message: 'm' });
    answer.settle(2, 'none');
    assert.deepEqual(answer.counts, {
      asked: 3,
      found: 1,
      none: 1,
      failed: 1,
      notRead: 0,
      truncated: 1,
      associations: 0,
      reading: 0,
      unasked: 0,
    });
    assert.equal(answer.complete, false);
    assert.deepEqual([answer.truncation(0), answer.problem(0)], ['page', problem]);
    answer.settle(0, 'found');
    answer.settle(1, 'none');
    assert.deepEqual([answer.truncation(0), answer.problem(0), answer.problem(1)], [undefined, undefined, undefined]);
    assert.equal(answer.complete, true);
    assert.ok(answer.revision > before);
  });
});

test('a set of types reads the same whatever order its types came in', () => {
  const types: readonly AssociationType[] = [
    { category: 'USER_DEFINED', typeId: 28, label: 'B' },
    { category: 'HUBSPOT_DEFINED', typeId: 1 },
    { category: 'USER_DEFINED', typeId: 1, label: 'A' },
    { name: 'deal_to_company' },
  ];
  fc.assert(
    fc.property(fc.shuffledSubarray([...types], { minLength: 4 }), fc.nat(4), (order, cut) => {
      const { typeSets } = new AnswerColumns({ ...question, ids: [] });
      const whole = typeSets.of(types);
      assert.equal(typeSets.of(order), whole);
      assert.equal(typeSets.union(typeSets.of(order.slice(0, cut)), typeSets.of(order.slice(cut))), whole);
      assert.equal(typeSets.types(whole).length, 4);
    }),
  );
});
