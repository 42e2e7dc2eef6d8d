/** Checks told to a language model: the second equation, the verdict on the whole, and every pair that was not confirmed. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { AnswerColumns } from '../../../src/core/answer/answerColumns.ts';
import { finished } from '../../../src/core/domain/steps.ts';
import { Check } from '../../../src/core/expectation/check.ts';
import { FilePairs } from '../../../src/core/expectation/filePairs.ts';
import { checkReport, type ReportedCheck } from '../../../src/core/report/checkReport.ts';
import { usualBytes } from '../../../src/core/report/lookUpReport.ts';
import { asData, bytesOf, quoted } from '../../../src/core/report/quoting.ts';
import { type MadeRow, madeColumns, madePairs } from '../expectation/madePairs.ts';
import { billing, type MadeRecord, madeAnswer, plain, unread } from '../madeAnswer.ts';

const to = (...ids: readonly string[]) => ids.map((toId) => ({ toId, types: [plain] }));

function reported(rows: readonly MadeRow[], records: readonly MadeRecord[], question = {}): ReportedCheck {
  const answer = madeAnswer(records, { to: 'contacts', apiVersion: '2026-09', ...question });
  const account = { name: 'Acme', environment: 'Production', isSample: false };
  return {
    answer,
    check: new Check(answer, madePairs(rows)),
    rows: undefined,
    account,
    state: 'ended',
    stopped: undefined,
  };
}

const told = (check: ReportedCheck, offset = 0) =>
  finished(
    checkReport(check, { lookUpId: '0b5d3c1e-1111-4222-8333-944455556666', offset, maxBytes: usualBytes }),
  ).split('\n');
const linesOf = (report: readonly string[]) =>
  report
    .slice(2)
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as { from: string; to: string; verdict: string });

test('the first line has the five verdicts, what is unexpected, the account and whether each pair has a verdict', () => {
  const rows: MadeRow[] = [
    ['1', ['7', '8']],
    ['2', ['7'], ['Billing contact']],
    ['3', ['7']],
    ['4', ['7']],
  ];
  const records: MadeRecord[] = [
    { id: '1', to: to('7', '9') },
    { id: '2', to: to('7') },
    { id: '3', state: 'notRead', problem: unread },
    { id: '4' },
  ];
  const check = reported(rows, records);
  check.check.learn('from', '4', { kind: 'merged', into: '44' });
  const report = told(check);
  assert.equal(
    report[0],
    '5 pairs expected = 1 confirmed + 1 label differs + 1 missing (not all checked for whether they exist) + 1 no such record + 1 cannot tell; at least 1 unexpected; deals -> contacts; NOT COMPLETE: 1 not read (HubSpot had an error; ask again for these); account "Acme" (Production, portal not known); API 2026-09.',
  );
  assert.deepEqual(linesOf(report), [
    { from: '1', to: '8', line: 1, verdict: 'missing', recordsExist: 'not checked' },
    { from: '2', to: '7', line: 2, verdict: 'label differs', expected: ['Billing contact'], there: [] },
    { from: '3', to: '7', line: 3, verdict: 'cannot tell', why: 'HubSpot had an error' },
    { from: '4', to: '7', line: 4, verdict: 'no such record', gone: 'from', what: 'merged', into: '44' },
    { from: '1', to: '9', verdict: 'unexpected', labels: [] },
  ]);
  assert.equal(report.at(-1), 'These are all of 5; confirmed pairs are not listed.');
  const whole = reported([['1', ['7']]], [{ id: '1', to: to('7') }]);
  assert.equal(told(whole).at(-1), 'There are none; confirmed pairs are not listed.');
});

test('of pairs that may not be all it does not say that nothing is unexpected', () => {
  const records: MadeRecord[] = [{ id: '1', to: to('7', '9') }, { id: '2' }];
  const check = reported([['1', ['7']]], records);
  const open = { ...check, check: new Check(check.answer, madePairs([['1', ['7']]], { isWhole: false })) };
  assert.match(
    told(open)[0]!,
    /cannot tell; unexpected ones not told, as the pairs may not be all; deals -> contacts; COMPLETE/,
  );
  assert.equal(JSON.parse(told(open)[1]!).unexpected, null);
  const rows: MadeRow[] = [
    ['1', ['7']],
    ['2', ['7']],
  ];
  const columns = madeColumns(rows);
  columns.leaveOpen('2');
  const context = { from: 'deals', to: 'contacts', apiVersion: '2026-09', definitions: { labels: undefined } } as const;
  const some = { ...check, check: new Check(check.answer, new FilePairs(columns, { ...context, isWhole: true })) };
  assert.match(told(some)[0]!, /; 1 unexpected \(told of 1 of 2 records\); /);
});

test('it is complete when every pair has a verdict, and under v3 never of what v3 hides', () => {
  const rows: MadeRow[] = [['1', ['7', '8']]];
  const records: MadeRecord[] = [{ id: '1', to: to('7', '8') }];
  assert.match(
    told(reported(rows, records))[0]!,
    /^2 pairs expected = 2 confirmed .*; COMPLETE: every pair has a verdict; account/,
  );
  const [hidden] = told(reported(rows, [{ id: '1', to: to('7') }], { to: 'companies', apiVersion: 'v3' }));
  assert.match(hidden!, /1 confirmed .* 0 missing .* 1 cannot tell; .*NOT COMPLETE: API v3 hides/);
});

test("what is missing for a token that may be a user's may only be hidden, so that is never complete", () => {
  const ofUser = (rows: readonly MadeRow[]) => {
    const check = reported(rows, [{ id: '1', to: to('7') }]);
    (check.answer as AnswerColumns).seen.add({ kind: 'userToken' });
    const [first, facts] = told(check);
    return { first: first!, complete: (JSON.parse(facts!) as { complete: boolean }).complete };
  };
  const missing = ofUser([['1', ['7', '8']]]);
  assert.match(missing.first, /1 confirmed .* 1 missing .*; NOT KNOWN TO BE COMPLETE: the token's user may not see/);
  assert.equal(missing.complete, false);
});

test('whatever is checked, a report takes at most 4 kB and its pages list each pair that is not confirmed once', () => {
  const id = fc.integer({ min: 1, max: 30 }).map(String);
  const label = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.constant('[a](command:b) https://evil.example'),
  );
  const row = fc.tuple(id, fc.uniqueArray(id, { minLength: 1, maxLength: 20 }), fc.array(label, { maxLength: 9 }));
  const record = fc.record({
    id,
    to: fc.uniqueArray(id, { maxLength: 20 }).map((ids) => ids.map((toId) => ({ toId, types: [plain, billing] }))),
  });
  const records = fc.uniqueArray(record, { minLength: 1, maxLength: 30, selector: (each) => each.id });
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 30 }), records, (rows, known) => {
      const asked = new Set([...known.map((each) => each.id), ...rows.map(([from]) => from)]);
      const all = [...asked].map(
        (each): MadeRecord => known.find((one) => one.id === each) ?? { id: each, state: 'notRead', problem: unread },
      );
      const check = reported(rows, all);
      const expected: string[] = [];
      for (let pair = 0; pair < check.check.expectation.length; pair++) {
        const { expectation } = check.check;
        if (check.check.verdict(pair) !== 'asExpected')
          expected.push(`${expectation.fromId(pair)} ${expectation.toId(pair)}`);
      }
      const listed: string[] = [];
      let offset: number | undefined = 0;
      while (offset !== undefined) {
        const report: string[] = told(check, offset);
        assert.ok(bytesOf(report.join('\n')) <= usualBytes);
        assert.doesNotMatch(report.join('\n'), /:\/\/|\]\(/);
        for (const { from, to: other, verdict } of linesOf(report)) {
          if (verdict !== 'unexpected') listed.push(`${from} ${other}`);
        }
        const next = /"offset":(\d+)\}/.exec(report.at(-1)!)?.[1];
        assert.ok(next === undefined || Number(next) > offset);
        offset = next === undefined ? undefined : Number(next);
      }
      assert.deepEqual(listed, expected);
    }),
    { numRuns: 60 },
  );
});

test('whatever labels and names are made of, a report of them takes no more than 4 kB', () => {
  const worst = ['\u{10ffff}', '\ud800', '\\', '"', '\u0001x', '\u{1f9d1}\u200d', 'x'].map((text) => text.repeat(300));
  for (const text of worst) {
    assert.ok(bytesOf(JSON.stringify(asData(text, 60))) <= 2 * 60 + 2 + bytesOf('…'), JSON.stringify(text.slice(0, 4)));
    assert.doesNotMatch(asData(text), /\p{Cs}/u);
    const labels = Array.from({ length: 9 }, (_, nth) => `${nth}${text}`);
    const types = labels.map((label, nth) => ({ category: 'USER_DEFINED', typeId: nth + 1, label }));
    const ids = ['9223372036854775801', '9223372036854775802'] as const;
    const check = reported(
      [[ids[0], [ids[1]], ['Other', ...labels]]],
      [{ id: ids[0], to: [{ toId: ids[1], types }] }],
      {
        to: `p${'1'.repeat(15)}_${'x'.repeat(80)}`,
      },
    );
    const problem = `Note: there is no label ${quoted(text, 60)} between these object types; the nearest is ${quoted(text, 60)}.`;
    const report = finished(
      checkReport(
        { ...check, account: { name: text, isSample: false, isTest: true, environment: 'Developer test' } },
        { lookUpId: 'x'.repeat(36), offset: 0, maxBytes: usualBytes, source: Array(4).fill(problem).join('\n') },
      ),
    );
    assert.ok(bytesOf(report) <= usualBytes, `${bytesOf(report)} bytes`);
    assert.match(report, /"verdict":"label differs"/);
  }
});
