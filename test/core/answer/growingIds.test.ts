import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { AnswerColumns } from '../../../src/core/answer/answerColumns.ts';
import { GrowingIds } from '../../../src/core/answer/growingIds.ts';
import type { RecordState } from '../../../src/core/domain/associations.ts';

const question = { from: 'deals', to: 'contacts' };
const id = fc.oneof(fc.integer({ min: 1, max: 60 }).map(String), fc.constantFrom('9007199254740993', 'abc', '007', ''));

/** What happens to one of two Answers that share their ids, or to the ids. */
const event = fc.oneof(
  fc.record({ kind: fc.constant('ids' as const), ids: fc.array(id, { maxLength: 30 }) }),
  fc.record({
    kind: fc.constant('place' as const),
    of: fc.nat(1),
    record: fc.nat(99),
    state: fc.constantFrom<RecordState>('found', 'none', 'failed', 'notRead'),
    isTruncated: fc.boolean(),
    rows: fc.uniqueArray(fc.integer({ min: 1, max: 9 }), { maxLength: 4 }),
  }),
);

interface Known {
  readonly state: RecordState;
  readonly isTruncated: boolean;
  readonly rows: ReadonlySet<number>;
}
const nothing: Known = { state: 'notRead', isTruncated: false, rows: new Set() };

suite('asked ids that grow', () => {
  test('keep their numbers, and every Answer about them is exact at any moment', () => {
    fc.assert(
      fc.property(fc.array(id, { maxLength: 20 }), fc.array(event, { maxLength: 40 }), (first, events) => {
        const ids = new GrowingIds(first, false);
        const answers = [0, 1].map(() => new AnswerColumns({ ...question, ids }));
        const expected = [new Map<string, Known>(), new Map<string, Known>()];
        const distinct = new Set(first);
        for (const each of events) {
          const revisions = answers.map(({ revision }) => revision);
          const before = ids.length;
          if (each.kind === 'ids') {
            ids.add(each.ids);
            for (const one of each.ids) distinct.add(one);
            answers.forEach(({ revision }, nth) => {
              assert.equal(revision > revisions[nth]!, ids.length > before);
            });
          } else if (ids.length > 0) {
            const { of, state, isTruncated, rows } = each;
            const record = each.record % ids.length;
            const known = expected[of]!.get(ids.text(record)) ?? nothing;
            const answer = answers[of]!;
            const set = answer.typeSets.named('t');
            answer.addPage(record, { codes: rows, sets: rows.map(() => set) }, Number.POSITIVE_INFINITY);
            answer.settle(record, state, isTruncated ? 'page' : undefined);
            expected[of]!.set(ids.text(record), { state, isTruncated, rows: new Set([...known.rows, ...rows]) });
          }
          assert.deepEqual(ids.list(), [...distinct]);
          answers.forEach((answer, nth) => {
            assertIsExact(answer, distinct, expected[nth]!);
          });
        }
      }),
      { numRuns: 200 },
    );
  });

  test('are not complete before the last of them has come', () => {
    const ids = new GrowingIds(['1'], false);
    const answer = new AnswerColumns({ ...question, ids });
    answer.settle(0, 'found');
    assert.equal(answer.completeness, 'incomplete');
    ids.add(['2']);
    ids.close();
    assert.equal(answer.completeness, 'incomplete', 'the second one is not read');
    answer.settle(1, 'none');
    assert.equal(answer.completeness, 'complete');
  });
});

function assertIsExact(answer: AnswerColumns, distinct: ReadonlySet<string>, known: ReadonlyMap<string, Known>): void {
  const places = [...distinct].map((each) => known.get(each) ?? nothing);
  const count = (state: RecordState) => places.filter((each) => each.state === state).length;
  const { counts } = answer;
  assert.deepEqual(counts, {
    asked: distinct.size,
    found: count('found'),
    none: count('none'),
    failed: count('failed'),
    notRead: count('notRead'),
    truncated: places.filter(({ isTruncated }) => isTruncated).length,
    associations: places.reduce((sum, { rows }) => sum + rows.size, 0),
    reading: 0,
    unasked: 0,
  });
  assert.equal(counts.asked, counts.found + counts.none + counts.failed + counts.notRead);
  [...distinct].forEach((each, record) => {
    const { state, isTruncated, rows } = places[record]!;
    assert.deepEqual(
      [answer.recordId(record), answer.recordOf(each), answer.state(record), answer.truncation(record) !== undefined],
      [each, record, state, isTruncated],
    );
    const to = Array.from({ length: answer.associationCount(record) }, (_, nth) => Number(answer.toId(record, nth)));
    assert.deepEqual(to, [...rows]);
  });
}
