/** How many of the records without association exist, counted while HubSpot is asked. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countingExistences, existenceCounts } from '../../src/answers/existenceCounts.ts';
import { Names } from '../../src/answers/recordNames.ts';
import type { AnswerColumns } from '../../src/core/answer/answerColumns.ts';
import { standardObjectType } from '../../src/core/domain/objectTypes.ts';
import { finished } from '../../src/core/domain/steps.ts';
import { learn, madeAnswer, plain } from '../core/madeAnswer.ts';
import { madePorts } from '../core/madePorts.ts';
import { until } from '../host/until.ts';
import { account, madeEntry } from '../tree/madeEntry.ts';

const idsFrom = (first: number, count: number) => Array.from({ length: count }, (_, at) => String(first + at));

/** The counts, as soon as there are some. */
function countsOf(...of: Parameters<typeof existenceCounts>) {
  const counts = existenceCounts(...of);
  return counts === 'counting' ? undefined : counts;
}

/** An account in which deals with an odd id are no more. */
function namesOfEvenDeals(): Names {
  const ports = madePorts({
    fetch: async (_, { body }) => {
      const { inputs } = JSON.parse(String(body)) as { inputs: { id: string }[] };
      const isThere = ({ id }: { id: string }) => Number(id) % 2 === 0;
      const results = inputs.filter(isThere).map(({ id }) => ({ id, properties: {} }));
      const ids = inputs.filter((each) => !isThere(each)).map(({ id }) => id);
      const errors = [
        { status: 'error', category: 'OBJECT_NOT_FOUND', message: 'Could not get some', context: { ids } },
      ];
      const text = JSON.stringify(
        ids.length > 0 ? { status: 'COMPLETE', results, numErrors: 1, errors } : { status: 'COMPLETE', results },
      );
      return { status: ids.length > 0 ? 207 : 200, headers: { get: () => null }, text: async () => text };
    },
  });
  return new Names({ portsOf: () => ports, typeOf: (name) => standardObjectType(name)! });
}

test('they are there at once for some records, and the exact ones after what was learned', async () => {
  const ids = idsFrom(17_000_000_000, 50);
  const entry = madeEntry(madeAnswer(ids.map((id) => ({ id }))));
  const names = namesOfEvenDeals();
  assert.equal(existenceCounts(entry, names), undefined, 'nobody asked');
  await names.checkExistence(account, 'deals', ids.slice(0, 20));
  assert.deepEqual(existenceCounts(entry, names), {
    of: { exists: 10, archived: 0, merged: 0, missing: 10 },
    unknown: 30,
  });
  await names.checkExistence(account, 'deals', ids);
  assert.deepEqual(existenceCounts(entry, names), {
    of: { exists: 25, archived: 0, merged: 0, missing: 25 },
    unknown: 0,
  });
  names.forgetGone(account, 'deals', () => true);
  assert.deepEqual(existenceCounts(entry, names), {
    of: { exists: 25, archived: 0, merged: 0, missing: 0 },
    unknown: 25,
  });
});

/** Makes it take so long to look at a record that no machine looks at hundreds of thousands in one go. */
function slowDown(names: ReturnType<typeof namesOfEvenDeals>, onAsk: () => void = () => {}): void {
  let asked = 0;
  const recordsOf = names.recordsOf.bind(names);
  names.recordsOf = (...of) => {
    const known = recordsOf(...of);
    const existenceOf = (id: string) => {
      onAsk();
      if (++asked % 1000 === 0) for (const end = performance.now() + 0.2; performance.now() < end; );
      return known.existenceOf(id);
    };
    return { ...known, existenceOf };
  };
}

test('of hundreds of thousands they are counted in turns, and told when that is done', async () => {
  const ids = idsFrom(17_000_000_000, 300_000);
  const entry = madeEntry(madeAnswer(ids.map((id) => ({ id }))));
  const names = namesOfEvenDeals();
  let asked = 0;
  slowDown(names, () => asked++);
  await names.checkExistence(account, 'deals', ids.slice(0, 200));
  assert.equal(existenceCounts(entry, names), 'counting', 'nothing else is said before it is counted');
  assert.ok(asked < 200_000, `${asked} records were looked at in one go`);
  let isCounted = false;
  // What was learned may be told only now.
  const listening = names.onDidChange(() => {
    isCounted = typeof existenceCounts(entry, names) === 'object';
  });
  await until('they are counted', () => isCounted);
  listening.dispose();
  const first = { of: { exists: 100, archived: 0, merged: 0, missing: 100 }, unknown: 299_800 };
  assert.deepEqual(existenceCounts(entry, names), first);

  await names.checkExistence(account, 'deals', ids.slice(0, 400));
  const { of, unknown } = countsOf(entry, names)!;
  assert.equal(of.exists + of.missing + unknown, 300_000, 'those of a moment ago are told of every record');
  await until('what was learned since is counted', () => countsOf(entry, names)?.of.missing === 200);

  learn(entry.answer as AnswerColumns, { id: ids[5]!, to: [{ toId: '7', types: [plain] }] });
  assert.equal(existenceCounts(entry, names), 'counting', 'those there are are of another number of records');
  await until('they are counted anew', () => countsOf(entry, names)?.of.missing === 199);

  await names.checkExistence(account, 'deals', ids.slice(0, 600));
  finished(countingExistences(entry, names));
  assert.equal(countsOf(entry, names)?.of.missing, 299, 'an export has those of now');
});

test("of records that nobody asked after, among an account's others, nothing is said once that is counted", async () => {
  const ids = idsFrom(17_000_000_000, 300_000);
  const entry = madeEntry(madeAnswer(ids.map((id) => ({ id }))));
  const names = namesOfEvenDeals();
  slowDown(names);
  await names.checkExistence(account, 'deals', ['16']);
  assert.equal(existenceCounts(entry, names), 'counting');
  let told: unknown = 'counting';
  const listening = names.onDidChange(() => {
    told = existenceCounts(entry, names);
  });
  await until('it is counted', () => told === undefined);
  listening.dispose();
  await names.checkExistence(account, 'deals', ids.slice(0, 100));
  assert.equal(existenceCounts(entry, names), 'counting', 'what was said before no longer holds');
  await until('it is counted anew', () => countsOf(entry, names)?.of.missing === 50);
});
