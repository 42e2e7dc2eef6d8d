/** The table of a check against plain objects: whatever is expected of whatever answer, under any view. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Existence } from '../../../src/core/domain/cell.ts';
import type { Doubt, Expectation, Finding, Side } from '../../../src/core/domain/expectation.ts';
import { Check } from '../../../src/core/expectation/check.ts';
import type { AnswerTable } from '../../../src/core/rows/answerTable.ts';
import type { RowContext } from '../../../src/core/rows/rows.ts';
import { parseToPage } from '../../../src/core/treaty/panelMessages.ts';
import { isWhole, type MadeRow, madePairs } from '../expectation/madePairs.ts';
import { learn, type MadeRecord, madeAnswer } from '../madeAnswer.ts';
import { addresses, anyView, contextOf, existence, fate, ids, known, toIds } from './anyTable.ts';
import { arrangedTable } from './arrangedTable.ts';
import { checkKeys, type PlainContext, type PlainPair, plainCheckRows, plainTable, problemText } from './plainTable.ts';

const askedIds = ids.filter((id) => /^\d+$/.test(id));
const fromId = fc.constantFrom(...askedIds, '8', '900');
const toId = fc.constantFrom(...toIds, '5', '300');
const row: fc.Arbitrary<MadeRow> = fc.tuple(
  fromId,
  fc.array(toId, { maxLength: 3 }),
  fc.array(fc.constantFrom('Billing contact', 'partner 9', 'Primary', 'Nobody'), { maxLength: 2 }),
);

/** What is expected, with ids that the mapping does not have. */
const expected = fc.record({
  rows: fc.array(row, { minLength: 1, maxLength: 14 }),
  isWhole: fc.boolean(),
  unmappedFrom: fc.constantFrom('', '20', '8'),
  unmappedTo: fc.constantFrom('', '3', '70'),
});
type Expected = typeof expected extends fc.Arbitrary<infer Value> ? Value : never;

function expectationOf({ rows, isWhole, unmappedFrom, unmappedTo }: Expected): Expectation {
  const pairs = madePairs(rows, { isWhole });
  const doubtOf = (pair: number): Side | undefined => {
    if (pairs.fromId(pair) === unmappedFrom) return 'from';
    return pairs.toId(pair) === unmappedTo ? 'to' : undefined;
  };
  return {
    length: pairs.length,
    asked: pairs.asked,
    record: (pair) => (doubtOf(pair) === 'from' ? -1 : pairs.record(pair)),
    fromId: (pair) => pairs.fromId(pair),
    toId: (pair) => pairs.toId(pair),
    toIdNumber: (pair) => pairs.toIdNumber(pair),
    labels: (pair) => pairs.labels(pair),
    doubt: (pair) => {
      const side = doubtOf(pair);
      return side && { why: 'notInMapping', side };
    },
    isWhole: (record) => pairs.isWhole(record),
    lines: (pair) => pairs.lines(pair),
  };
}

function plainPairs(check: Check, context: PlainContext): PlainPair[] {
  const { expectation } = check;
  return Array.from({ length: expectation.length }, (_, pair): PlainPair => {
    const finding = check.finding(pair);
    const [from, to] = [expectation.fromId(pair), expectation.toId(pair)];
    const labels = expectation.labels(pair).map(({ text }) => text);
    const verdict = verdictOf(finding, context);
    return {
      from,
      to,
      labels,
      lines: expectation.lines(pair),
      unmapped: expectation.doubt(pair) !== undefined,
      isPlaced: check.place(pair) !== undefined,
      verdict,
      reason: verdict === 'Not yet' ? '' : reasonOf(finding, { from, to }, labels.join(', ')),
    };
  });
}

function verdictOf(finding: Finding, { running }: PlainContext): string {
  switch (finding.verdict) {
    case 'asExpected':
      return 'Confirmed';
    case 'differs':
      return 'Label differs';
    case 'missing':
      return 'Missing';
    case 'noSuchRecord':
      return 'No such record';
    case 'cannotTell': {
      const { doubt } = finding;
      const isOpen =
        (doubt.kind === 'record' && doubt.state === 'notRead' && !doubt.problem) ||
        (doubt.kind === 'truncated' && doubt.by === 'reading');
      return running && isOpen ? 'Not yet' : 'Cannot tell';
    }
  }
}

function reasonOf(finding: Finding, pair: Readonly<Record<Side, string>>, labels: string): string {
  if (finding.verdict === 'asExpected') return '';
  if (finding.verdict === 'missing') return finding.existenceKnown ? '' : 'not checked whether both records exist';
  if (finding.verdict === 'differs') {
    // The types are in the order of HubSpot's own answer; the primary one is named first.
    const has = finding.there.flatMap(({ label }) => label ?? []);
    const sorted = [...has.filter((each) => each === 'Primary'), ...has.filter((each) => each !== 'Primary')];
    return `has ${sorted.join(', ') || 'no label'}, expected ${labels}`;
  }
  if (finding.verdict === 'cannotTell') return doubtText(finding.doubt, pair);
  const { what, side, survivorHasIt } = finding;
  if (what.kind !== 'merged') return `${pair[side]} ${what.kind === 'archived' ? 'is archived' : 'does not exist'}`;
  const has = { true: ', which has this association', false: ', which does not have this association', undefined: '' };
  return `${pair[side]} was merged into ${what.into}${has[`${survivorHasIt}`]}`;
}

function doubtText(doubt: Doubt, { from, to }: Readonly<Record<Side, string>>): string {
  switch (doubt.kind) {
    case 'source':
      return `${doubt.side === 'from' ? from : to} is not in the mapping`;
    case 'notAsked':
      return `${from} was not looked up`;
    case 'record':
      if (doubt.problem) return problemText(doubt.problem);
      return doubt.state === 'failed' ? 'Failed' : 'Not read';
    case 'truncated':
      return `not all associations of ${from} were read${doubt.problem ? `: ${problemText(doubt.problem)}` : ''}`;
    case 'v3Primary':
      return 'v3 shows only primary companies';
    case 'labelsUnknown':
      return 'they are associated, but the label cannot be compared';
  }
}

function checkContext(of: PlainContext, check: Check): RowContext {
  const lineText = (line: number) => `pairs.csv:${line + 1}`;
  return { ...contextOf(of), check, ...(of.sources && { lineText }) };
}

const view = anyView(
  checkKeys,
  [
    'missing',
    'confirmed',
    'has no label',
    'merged into',
    'mapping',
    'not yet',
    'expected nobody',
    'cannot',
    'csv:1 12',
  ],
  ['missing', 'differs', 'noSuchRecord', 'cannotTell', 'unexpected', 'asExpected', 'gone'].map(
    (key) => `verdict:${key}`,
  ),
);
const learnt = fc.tuple(fc.constantFrom<Side>('from', 'to'), fc.constantFrom(...ids, ...toIds), existence);

/** Each expected pair is on one row, and each association on one: so nothing is there twice, and nothing is lost. */
function isWholeTable(table: AnswerTable, check: Check, records: readonly MadeRecord[]): void {
  const { rows } = table.everyRow();
  const pairs: number[] = [];
  const unexpected: string[] = [];
  let known = 0;
  for (let at = 0; at < rows.length; at++) {
    const pair = rows.pair(at);
    if (pair !== undefined) pairs.push(pair);
    const [record, nth] = [rows.record(at), rows.nth(at)];
    const isNamed = record < rows.records && nth < check.answer.associationCount(record);
    if (isNamed) known++;
    if (isNamed && check.isUnexpected(record, nth)) unexpected.push(`${record}#${nth}`);
    const address = { record, nth, ...(pair !== undefined && { pair }) };
    assert.equal(rows.rowOf(address), at, 'an address leads back to its row');
    // While the answer grows a row of no association moves: then its pair alone leads to it.
    if (pair !== undefined) assert.equal(rows.rowOf({ ...address, nth: 0 }), at);
  }
  const all = Array.from({ length: check.expectation.length }, (_, pair) => pair);
  assert.deepEqual(
    pairs.sort((one, other) => one - other),
    all,
    'each pair once',
  );
  assert.equal(
    known,
    records.reduce((sum, { to = [] }) => sum + to.length, 0),
    'each association once',
  );
  assert.equal(new Set(unexpected).size, check.counts.unexpected);
}

test('any view of any check shows the rows that plain objects show, through any changes of both', () => {
  const fates = fc.array(fate, { minLength: ids.length, maxLength: ids.length });
  const change = fc.record({
    view: fc.option(view, { nil: undefined }),
    context: fc.option(known, { nil: undefined }),
    learns: fc.boolean(),
    existences: fc.array(learnt, { maxLength: 3 }),
  });
  fc.assert(
    fc.property(
      fates,
      known,
      expected,
      fc.array(change, { minLength: 1, maxLength: 5 }),
      (all, first, what, changes) => {
        const records = ids.map((id, at): MadeRecord => ({ id, ...all[at] }));
        const seen = records.with(-2, { id: records.at(-2)!.id, state: 'notRead' });
        const answer = madeAnswer(seen, { apiVersion: '2026-09' });
        const expectation = expectationOf(what);
        const check = new Check(answer, expectation);
        const whole = new Set(askedIds.filter((id) => isWhole(expectation, id)));
        let context = first;
        const table = arrangedTable(answer, checkContext(first, check));
        for (const next of changes) {
          if (next.view) table.setView(next.view);
          if (next.context) table.setContext(checkContext(next.context, check));
          context = next.context ?? context;
          if (next.learns && seen.at(-2) !== records.at(-2)) {
            seen[seen.length - 2] = records.at(-2)!;
            learn(answer, records.at(-2)!);
          }
          for (const [side, id, existence] of next.existences as [Side, string, Existence][])
            check.learn(side, id, existence);
          table.arrange();

          const rows = plainCheckRows(seen, context, { pairs: plainPairs(check, context), whole });
          assert.deepEqual(addresses(table), plainTable(rows, table.view));
          assert.equal(table.changes.any, false);
          isWholeTable(table, check, seen);

          const { chips, columns, verdicts } = table.facts();
          const counts = new Map<string, number>();
          for (const chip of rows.flatMap((row) => [...row.chips])) counts.set(chip, (counts.get(chip) ?? 0) + 1);
          counts.delete('found');
          assert.deepEqual(new Map(chips.map(({ key, count }) => [key, count])), counts, 'each chip that has rows');
          assert.deepEqual(verdicts, check.counts);
          const hasLabels = what.rows.some(([, to, labels]) => to.length > 0 && labels && labels.length > 0);
          assert.deepEqual(
            columns.map(({ key }) => key).toSorted(),
            checkKeys
              .filter((key) => (context.sources || key !== 'source') && (hasLabels || key !== 'expected'))
              .toSorted(),
          );
          const reply = table.window({ kind: 'rows', request: 1, first: 0, count: 200 });
          assert.deepEqual(parseToPage(reply), reply, 'it fits the treaty');
        }
      },
    ),
    { numRuns: Number(process.env.RANDOM_RUNS ?? 600) },
  );
});
