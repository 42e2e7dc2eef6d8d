import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { GrowingIds } from '../../../src/core/answer/growingIds.ts';
import type { Expectation } from '../../../src/core/domain/expectation.ts';
import { Check } from '../../../src/core/expectation/check.ts';
import { readingMapping } from '../../../src/core/expectation/idMapping.ts';
import { MappedPairs } from '../../../src/core/expectation/mappedPairs.ts';
import { restoreCheck } from '../../../src/core/expectation/readStoredCheck.ts';
import { choosingFirst } from '../../../src/core/expectation/somePairs.ts';
import { type CheckSource, expectationLines, recordsLine } from '../../../src/core/expectation/storedCheck.ts';
import { finished } from '../../../src/core/reading/steps.ts';
import { madeAnswer, plain } from '../madeAnswer.ts';
import { type MadeRow, madeColumns, madePairs } from './madePairs.ts';

const source: CheckSource = { file: { name: 'deals.csv', bytes: 12, sha256: 'ab' }, trialOf: 9 };

/** As a ledger gives lines back: out of JSON. */
const kept = (expectation: Expectation): unknown[] =>
  [...expectationLines(expectation, source)].map((line) => JSON.parse(JSON.stringify(line)));

const idsOf = ({ asked }: Expectation) =>
  new GrowingIds(Array.from({ length: asked.length }, (_, record) => asked.text(record)));

const listed = (of: Expectation) => ({
  pairs: Array.from({ length: of.length }, (_, pair) => [
    of.record(pair),
    of.fromId(pair),
    of.toId(pair),
    of.toIdNumber(pair),
    of.labels(pair),
    of.doubt(pair),
    of.lines(pair),
  ]),
  whole: Array.from({ length: of.asked.length }, (_, record) => of.isWhole(record)),
});

function restored(lines: readonly unknown[], asked: GrowingIds) {
  const check = finished(restoreCheck(lines, asked));
  assert.ok(check.kind === 'restored', check.kind);
  return check;
}

const id = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: 1, max: 8 }).map(String) },
  { weight: 1, arbitrary: fc.constantFrom('9007199254740993', '1234567890123456789') },
);
const rows = fc.array(
  fc.tuple(
    id,
    fc.array(id, { maxLength: 4 }),
    fc.array(fc.constantFrom('Billing contact', 'Primary', '28'), { maxLength: 2 }),
  ),
  { maxLength: 20 },
);

suite('a check on disk', () => {
  test('comes back as it was, mapped or for a trial too', () => {
    fc.assert(
      fc.property(rows, fc.boolean(), fc.constantFrom('file', 'mapped', 'trial'), (made, isWhole, kind) => {
        const pairs = madePairs(made, { isWhole });
        const reading = finished(
          readingMapping(madeColumns(['1', '2', '3', '9007199254740993'].map((each) => [each, [`1${each}`]]))),
        );
        assert.ok(reading.ok);
        const { mapping } = reading;
        const expectation =
          kind === 'file'
            ? pairs
            : kind === 'trial'
              ? finished(choosingFirst(pairs, 3))
              : finished(MappedPairs.translating(pairs, { from: mapping, to: mapping }));
        const back = restored(kept(expectation), idsOf(expectation));
        assert.deepEqual(listed(back.expectation), listed(expectation));
        assert.deepEqual(back.source, source);
      }),
    );
  });

  test('tells again what had been learnt of records', () => {
    const pairs = madePairs([['1', ['7', '8', '9']]]);
    const answer = madeAnswer([{ id: '1', to: [{ toId: '9', types: [plain] }] }], { apiVersion: '2026-09' });
    const lines: unknown[] = [
      ...kept(pairs),
      { entry: 'of a ledger' },
      recordsLine('to', [
        ['7', { kind: 'merged', into: '9' }],
        ['8', { kind: 'exists' }],
      ]),
      recordsLine('from', [['1', { kind: 'exists' }]]),
    ];
    const back = restored(JSON.parse(JSON.stringify(lines)), answer.asked);
    const check = new Check(answer, back.expectation);
    back.learnInto(check);
    assert.deepEqual(
      [0, 1, 2].map((pair) => check.finding(pair)),
      [
        { verdict: 'noSuchRecord', side: 'to', what: { kind: 'merged', into: '9' }, survivorHasIt: true },
        { verdict: 'missing', existenceKnown: true },
        { verdict: 'asExpected' },
      ],
    );
  });

  test('with lines that are missing, damaged, newer or of other ids says so, and which file it was', () => {
    const many = madePairs(Array.from({ length: 9000 }, (_, nth): MadeRow => [String(nth + 1), ['7']]));
    const lines = kept(many);
    assert.equal(lines.length, 4);
    const asked = idsOf(many);
    restored(lines, asked);
    const damaged = { kind: 'damaged', source };
    for (const gone of [1, 2, 3])
      assert.deepEqual(
        finished(
          restoreCheck(
            lines.filter((_, nth) => nth !== gone),
            asked,
          ),
        ),
        damaged,
      );
    assert.deepEqual(finished(restoreCheck(lines, new GrowingIds(['1']))), damaged);
    assert.deepEqual(finished(restoreCheck(lines.slice(1), asked)), { kind: 'damaged', source: undefined });
    const newer = JSON.parse(JSON.stringify(lines).replace('"version":1', '"version":2'));
    assert.deepEqual(finished(restoreCheck(newer, asked)), { kind: 'damaged', source: undefined });
    for (const [was, is] of [
      ['"to":[7', '"to":["x"'],
      ['"from":[0', '"from":[9000'],
      ['"lines":[0', '"lines":[-1'],
      ['"first":0', '"first":1'],
    ] as const) {
      const broken = JSON.stringify(lines).replace(was, is);
      assert.notEqual(broken, JSON.stringify(lines), was);
      assert.deepEqual(finished(restoreCheck(JSON.parse(broken), asked)), damaged, is);
    }
    assert.deepEqual(finished(restoreCheck([], asked)), { kind: 'none' });
    assert.deepEqual(finished(restoreCheck([{ entry: 1 }, null, 'x'], asked)), { kind: 'none' });
  });

  test('is read back a line at a time', () => {
    const many = madePairs(Array.from({ length: 90_000 }, (_, nth): MadeRow => [String(nth + 1), ['7']]));
    const lines = kept(many);
    assert.equal([...restoreCheck(lines, idsOf(many))].length, lines.length);
  });

  test('takes little room', () => {
    const many = madePairs(
      Array.from(
        { length: 10_000 },
        (_, nth): MadeRow => [String(17_000_000_000 + nth), [String(9_000_000_000 + nth)]],
      ),
    );
    const bytes = JSON.stringify(kept(many)).length;
    assert.ok(bytes < 30 * many.length, `${bytes} bytes`);
  });
});
