/** The migration file of the workspace differs from the sample account in each possible way. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { type ApiVersion, apiVersions } from '../../../src/core/domain/associations.ts';
import type { Existence } from '../../../src/core/domain/cell.ts';
import { finished } from '../../../src/core/domain/steps.ts';
import { Check } from '../../../src/core/expectation/check.ts';
import { FilePairs } from '../../../src/core/expectation/filePairs.ts';
import { lookUp } from '../../../src/core/lookUp/lookUp.ts';
import { proposePairs } from '../../../src/core/pairs/proposal.ts';
import { readPairs } from '../../../src/core/pairs/readPairs.ts';
import { mergedDeal, sampleAccount } from '../../../src/core/sampleHubSpot/sampleAccount.ts';
import { createSamplePortal } from '../../../src/core/sampleHubSpot/sampleHubSpot.ts';
import { madePorts } from '../madePorts.ts';

const file = readFileSync(new URL('../../workspace/migration.csv', import.meta.url));

async function checked(apiVersion: ApiVersion) {
  const proposal = proposePairs(file.toString(), 'delimited');
  assert.ok(proposal.kind === 'columns');
  const { table, from, to, label, sources } = proposal;
  assert.ok(from !== undefined && to !== undefined && label !== undefined);
  assert.deepEqual([sources[from]!.objectType, sources[to]!.objectType], ['0-3', '0-1']);
  const rows = await readPairs([file], { kind: 'columns', table, from, to, label });
  const account = sampleAccount();
  const definitions = account.definitions('0-3', '0-1');
  const expectation = new FilePairs(rows.pairs, {
    from: 'deals',
    to: 'contacts',
    apiVersion,
    isWhole: true,
    definitions: {
      labels: definitions.map((each) => ({ ...each, label: each.label ?? undefined })),
      names: definitions,
    },
  });
  const { fetch } = createSamplePortal();
  const question = { from: 'deals', to: 'contacts', ids: expectation.asked, apiVersion };
  const { answer } = await lookUp(question, madePorts({ fetch })).done;
  const check = new Check(answer, expectation);
  const existence = (type: string, id: string): Existence => {
    const into = account.survivorOf?.(type, id);
    if (into !== undefined) return { kind: 'merged', into };
    return { kind: account.has(type, id) ? 'exists' : account.isArchived?.(type, id) ? 'archived' : 'missing' };
  };
  const ask = finished(check.askingExistence());
  for (const id of ask.from) check.learn('from', id, existence('0-3', id));
  for (const id of ask.to) check.learn('to', id, existence('0-1', id));
  return { rows, expectation, check };
}

for (const apiVersion of apiVersions) {
  test(`every difference of the migration file is found under ${apiVersion}`, async () => {
    const { rows, expectation, check } = await checked(apiVersion);
    assert.deepEqual(rows.pairs.rowCounts, {
      rows: 17,
      withPairs: 14,
      expectingNothing: 1,
      withoutPair: 2,
      partly: 0,
      duplicates: 2,
    });
    assert.deepEqual(rows.noPairs, [
      { line: 12, reason: 'rounded', side: 'to' },
      { line: 17, reason: 'empty', side: 'from' },
    ]);
    assert.deepEqual(expectation.labelProblems, [{ kind: 'unknown', text: 'Chmpion', nearest: 'Champion' }]);
    assert.deepEqual(check.counts, {
      expected: 21,
      asExpected: 13,
      differs: 2,
      missing: 2,
      noSuchRecord: 4,
      cannotTell: 0,
      unexpected: 9,
      unexpectedAtLeast: false,
    });
    const others = Array.from({ length: expectation.length }, (_, pair) => pair)
      .filter((pair) => check.verdict(pair) !== 'asExpected')
      .map((pair) => {
        const finding = check.finding(pair);
        const why = finding.verdict === 'noSuchRecord' ? `${finding.side} ${finding.what.kind}` : '';
        return [expectation.lines(pair).join(), finding.verdict, why];
      });
    assert.deepEqual(others, [
      ['3,4', 'differs', ''],
      ['6', 'differs', ''],
      ['7', 'missing', ''],
      ['8', 'missing', ''],
      ['9', 'noSuchRecord', 'to missing'],
      ['11', 'noSuchRecord', 'to missing'],
      ['14', 'noSuchRecord', 'from archived'],
      ['15', 'noSuchRecord', 'from merged'],
    ]);
    const merged = check.finding(expectation.length - 1);
    assert.ok(merged.verdict === 'noSuchRecord');
    assert.deepEqual(merged.what, { kind: 'merged', into: mergedDeal.into });
    assert.equal(merged.survivorHasIt, undefined, 'the survivor is not among the ids of the file');
  });
}
