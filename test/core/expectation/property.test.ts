/** Checks of random files against random accounts, whatever goes wrong on the way. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import type { ApiVersion, Question } from '../../../src/core/domain/associations.ts';
import type { Existence } from '../../../src/core/domain/cell.ts';
import type { Verdict } from '../../../src/core/domain/expectation.ts';
import { finished } from '../../../src/core/domain/steps.ts';
import { Check } from '../../../src/core/expectation/check.ts';
import type { FilePairs } from '../../../src/core/expectation/filePairs.ts';
import { labelKey } from '../../../src/core/expectation/labelSets.ts';
import { lookUp } from '../../../src/core/lookUp/lookUp.ts';
import { restoreLookUp } from '../../../src/core/lookUp/restore.ts';
import type { LookUpOptions } from '../../../src/core/lookUp/run.ts';
import type { Account, AssociationDefinition } from '../../../src/core/sampleHubSpot/accountData.ts';
import type { Fault } from '../../hubspotStandIn/fault.ts';
import { generatedAccount } from '../../hubspotStandIn/generatedAccount.ts';
import { answerDigest } from '../answerDigest.ts';
import { fakeMachine } from '../fakeMachine.ts';
import { FakeTime } from '../fakeTime.ts';
import { inMemoryHubSpot, type NetworkFault } from '../inMemoryHubSpot.ts';
import { ledgerInMemory } from '../ledger/ledgerInMemory.ts';
import { madePorts } from '../madePorts.ts';
import { type ClockEvent, clockEvents, costly } from '../randomFaults.ts';
import { type MadeRow, madePairs } from './madePairs.ts';

/** More of them: `RANDOM_RUNS=20000 node --test test/core/expectation/property.test.ts`. */
const runs = { numRuns: Number(process.env.RANDOM_RUNS ?? 150) };

/** Which records of a deal are associated with it, and by which of the types. */
type Links = Readonly<Record<string, Readonly<Record<string, readonly number[]>>>>;

interface World {
  readonly links: Links;
  readonly rows: readonly MadeRow[];
  readonly isWhole: boolean;
  readonly to: 'contacts' | 'companies';
  readonly apiVersion: ApiVersion;
  readonly pageSize: number;
  readonly batchSize: number;
  readonly maxInFlight: number;
}

const dealId = fc.oneof(
  { weight: 9, arbitrary: fc.integer({ min: 1, max: 14 }).map(String) },
  { weight: 1, arbitrary: fc.constantFrom('9007199254740993', '9007199254740992') },
);
const toId = fc.oneof(
  { weight: 9, arbitrary: fc.integer({ min: 1, max: 12 }).map(String) },
  { weight: 1, arbitrary: fc.constantFrom('1234567890123456789', '1234567890123456788') },
);
/** No deal has an association with these, and they are not there (any more). */
const goneIds: Readonly<Record<string, Existence>> = {
  10: { kind: 'archived' },
  11: { kind: 'missing' },
  12: { kind: 'merged', into: '1' },
};

const types = fc.uniqueArray(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 3 });
const links: fc.Arbitrary<Links> = fc
  .dictionary(dealId, fc.dictionary(toId, types, { maxKeys: 7 }))
  .map((all) =>
    Object.fromEntries(
      Object.entries(all).map(([id, of]) => [
        id,
        Object.fromEntries(Object.entries(of).filter(([each]) => !Object.hasOwn(goneIds, each))),
      ]),
    ),
  );

const labelText = fc.constantFrom(
  'Billing contact',
  ' billing  CONTACT',
  'Champion',
  'Primary',
  'Nobody has this',
  '28',
);

const world: fc.Arbitrary<World> = fc
  .record({
    links,
    added: fc.array(fc.tuple(dealId, fc.array(toId, { maxLength: 3 }), fc.array(labelText, { maxLength: 2 })), {
      maxLength: 20,
    }),
    // Of what the account has, most is expected.
    left: fc.array(fc.boolean(), { minLength: 20, maxLength: 20 }),
    labels: fc.array(fc.array(labelText, { maxLength: 1 }), { minLength: 5, maxLength: 5 }),
    isWhole: fc.boolean(),
    to: fc.constantFrom('contacts', 'companies'),
    apiVersion: fc.constantFrom('v3', '2026-03', '2026-09'),
    pageSize: fc.integer({ min: 1, max: 5 }),
    batchSize: fc.integer({ min: 1, max: 8 }),
    maxInFlight: fc.integer({ min: 1, max: 4 }),
  })
  .map(({ added, left, labels, ...rest }) => {
    const known = Object.entries(rest.links).flatMap(([from, of]) => Object.keys(of).map((to) => [from, to] as const));
    const rows = known
      .filter((_, nth) => left[nth % left.length])
      .map(([from, to], nth): MadeRow => [from, [to], labels[nth % labels.length]!]);
    return { ...rest, rows: [...rows, ...added] };
  });

const definitionsOf: Readonly<Record<World['to'], readonly AssociationDefinition[]>> = {
  contacts: [
    { category: 'HUBSPOT_DEFINED', typeId: 3, label: null, name: 'deal_to_contact', primary: false },
    { category: 'USER_DEFINED', typeId: 28, label: 'Billing contact', name: 'billing_contact', primary: false },
    { category: 'USER_DEFINED', typeId: 30, label: 'Champion', name: 'champion', primary: false },
    { category: 'USER_DEFINED', typeId: 31, label: 'Other', name: 'other', primary: false },
  ],
  companies: [
    { category: 'HUBSPOT_DEFINED', typeId: 5, label: 'Primary', name: 'deal_to_company', primary: true },
    { category: 'HUBSPOT_DEFINED', typeId: 341, label: null, name: 'deal_to_company_unlabeled', primary: false },
    { category: 'USER_DEFINED', typeId: 28, label: 'Billing contact', name: 'billing_contact', primary: false },
    { category: 'USER_DEFINED', typeId: 30, label: 'Champion', name: 'champion', primary: false },
  ],
};

function accountOf({ links: of, to }: World): Account {
  const [toTypeId, definitions] = [to === 'contacts' ? '0-1' : '0-2', definitionsOf[to]];
  return {
    ...generatedAccount({ deals: 0 }),
    has: (_, id) => Object.hasOwn(of, id),
    associations: (from, id, toType) =>
      from === '0-3' && toType === toTypeId && Object.hasOwn(of, id)
        ? Object.entries(of[id]!).map(([each, those]) => ({
            toId: each,
            definitions: those.map((type) => definitions[type]!),
          }))
        : [],
    definitions: (from, toType) => (from === '0-3' && toType === toTypeId ? definitions : []),
  };
}

function pairsOf({ rows, isWhole, to, apiVersion }: World): FilePairs {
  const definitions = definitionsOf[to];
  return madePairs(rows, {
    from: 'deals',
    to,
    apiVersion,
    isWhole,
    definitions: {
      labels: definitions.map(({ category, typeId, label }) => ({ category, typeId, label: label ?? undefined })),
      names: definitions,
    },
  });
}

/** What a direct look into the account says of a pair, whether or not it is known that records are gone. */
function truthOf(each: World, from: string, to: string, isGoneKnown: boolean): Verdict {
  const definitions = definitionsOf[each.to];
  const isHidden = each.apiVersion === 'v3' && each.to === 'companies';
  const linked = each.links[from]?.[to]?.map((type) => definitions[type]!);
  if (linked && (!isHidden || linked.some(({ primary }) => primary))) {
    const wanted = each.rows
      .filter(([id, those]) => id === from && those.includes(to))
      .flatMap(([, , labels = []]) => labels);
    const has = (text: string) =>
      linked.some(
        ({ label, primary, typeId, category }) =>
          (label !== null && labelKey(label) === labelKey(text)) ||
          (text === 'Primary' && primary) ||
          (text === '28' && typeId === 28 && category === 'USER_DEFINED'),
      );
    return wanted.every(has) ? 'asExpected' : 'differs';
  }
  if (isGoneKnown && Object.hasOwn(goneIds, to)) return 'noSuchRecord';
  return isHidden ? 'cannotTell' : 'missing';
}

/** What the account has of whole records, and the file does not name. */
function unexpectedIn({ links: of, rows, isWhole, to, apiVersion }: World): number {
  if (!isWhole) return 0;
  const isHidden = apiVersion === 'v3' && to === 'companies';
  const expected = new Set(rows.flatMap(([from, those]) => those.map((each) => `${from} ${each}`)));
  const named = new Set(rows.map(([from]) => from));
  return Object.entries(of)
    .filter(([from]) => named.has(from))
    .flatMap(([from, those]) =>
      Object.entries(those).filter(
        ([each, typeNumbers]) =>
          !expected.has(`${from} ${each}`) &&
          (!isHidden || typeNumbers.some((type) => definitionsOf[to][type]!.primary)),
      ),
    ).length;
}

type Strike = NonNullable<Parameters<typeof inMemoryHubSpot>[0]['strike']>;

function scene(each: World, strike: Strike = () => [], events: readonly (ClockEvent | undefined)[] = []) {
  const time = new FakeTime();
  const machine = fakeMachine(time);
  let isCalm = false;
  const hubSpot = inMemoryHubSpot({
    account: accountOf(each),
    clock: time,
    pageSize: each.pageSize,
    strike: (request, nth) => {
      if (isCalm) return [];
      const event = events[nth - 1];
      if (event?.kind === 'set') machine.setClock(event.by);
      else if (event) machine.sleep(event.for, event.counter);
      return strike(request, nth);
    },
  });
  const pairs = pairsOf(each);
  const { apiVersion, to, batchSize, maxInFlight } = each;
  const question: Question = {
    from: 'deals',
    to,
    ids: pairs.asked.list(),
    apiVersion,
    recordCap: Number.POSITIVE_INFINITY,
  };
  const ports = () => madePorts({ fetch: hubSpot.fetch, clock: machine.clock, random: () => 0.3 });
  const options: LookUpOptions = { batchSize, maxInFlight, patience: { tries: 4, callMilliseconds: 20_000 } };
  return {
    time,
    pairs,
    calmDown: () => {
      isCalm = true;
    },
    start: (more: LookUpOptions = {}) => lookUp(question, ports(), { ...options, ...more }),
  };
}

const verdictsOf = (check: Check): Verdict[] =>
  Array.from({ length: check.expectation.length }, (_, pair) => check.verdict(pair));

/** Each pair has exactly one verdict, one place, and a reason that goes with it; nothing is said that is not so. */
function assertSound(check: Check, each: World, goneKnown: 'none' | 'some' | 'all' = 'none'): void {
  const { answer, expectation, counts } = check;
  const verdicts = verdictsOf(check);
  const count = (wanted: Verdict) => verdicts.filter((verdict) => verdict === wanted).length;
  for (const verdict of ['asExpected', 'differs', 'missing', 'noSuchRecord', 'cannotTell'] as const) {
    assert.equal(counts[verdict], count(verdict), verdict);
  }
  assert.equal(counts.expected, expectation.length);
  for (const [pair, verdict] of verdicts.entries()) {
    const [from, to] = [expectation.fromId(pair), expectation.toId(pair)];
    if (verdict !== 'cannotTell') {
      const truths = [goneKnown !== 'all', goneKnown === 'none'].map((isOpen) => truthOf(each, from, to, !isOpen));
      assert.ok(truths.includes(verdict), `${from} ${to} is ${verdict}, and not ${truths.join(' or ')}`);
    }
    assert.equal(check.finding(pair).verdict, verdict);
  }
  const placed: number[] = [];
  let unexpected = 0;
  for (let record = 0; record < answer.counts.asked; record++) {
    for (let nth = 0; nth < answer.associationCount(record); nth++) {
      const pair = check.pairOf(record, nth);
      if (check.isUnexpected(record, nth)) unexpected++;
      if (pair === undefined) continue;
      placed.push(pair);
      assert.deepEqual(
        [expectation.fromId(pair), expectation.toId(pair), check.place(pair)],
        [answer.recordId(record), answer.toId(record, nth), { record, nth }],
      );
    }
    const absent = check.absent(record);
    assert.equal(absent.length, check.absentCount(record));
    placed.push(...absent);
  }
  placed.push(...check.unplaced);
  assert.deepEqual(
    placed.sort((one, other) => one - other),
    [...verdicts.keys()],
    'each pair has one row',
  );
  assert.equal(counts.unexpected, unexpected);
  assert.ok(unexpected <= unexpectedIn(each), 'no more is unexpected than the account has');
  if (!counts.unexpectedAtLeast) assert.equal(unexpected, unexpectedIn(each));
}

/** Verdicts that were settled stay, but for what is missing and turns out to be no record at all. */
function assertMonotone(before: readonly Verdict[], after: readonly Verdict[]): void {
  for (const [pair, was] of before.entries()) {
    const is = after[pair];
    if (was === 'cannotTell' || was === is) continue;
    assert.deepEqual([was, is], ['missing', 'noSuchRecord'], `pair ${pair}`);
  }
}

/** Looks on while a look-up runs. */
function watched(check: () => Check, each: World, goneKnown?: () => 'none' | 'some') {
  let last: readonly Verdict[] = [];
  return () => {
    const now = check();
    assertSound(now, each, goneKnown?.());
    assertMonotone(last, verdictsOf(now));
    last = verdictsOf(now);
  };
}

/** Tells the check what became of those it asks about. */
function learnExistence(check: Check): void {
  const { from, to } = finished(check.askingExistence());
  for (const id of from) check.learn('from', id, { kind: 'exists' });
  for (const id of to) check.learn('to', id, goneIds[id] ?? { kind: 'exists' });
}

/** Everything is as a direct look into the account says, but for records that HubSpot itself refuses. */
function assertTold(check: Check, each: World): void {
  const before = verdictsOf(check);
  learnExistence(check);
  assertMonotone(before, verdictsOf(check));
  assertSound(check, each, 'all');
  const { answer, expectation } = check;
  for (let pair = 0; pair < expectation.length; pair++) {
    const [from, to] = [expectation.fromId(pair), expectation.toId(pair)];
    const place = check.place(pair);
    if (place && answer.state(place.record) === 'failed') continue;
    // Under v3 nobody asks whether a record exists of which nothing can be missing.
    const isAsked = truthOf(each, from, to, false) === 'missing';
    assert.equal(check.verdict(pair), truthOf(each, from, to, isAsked), `${from} ${to}`);
  }
}

const faultsOfRequest = fc.oneof(
  { weight: 1, arbitrary: fc.constant<(Fault | NetworkFault)[]>([]) },
  { weight: 2, arbitrary: fc.array(costly, { minLength: 1, maxLength: 2 }) },
);

suite('a check of a random file against a random account', () => {
  test('without faults says what a direct look into the account says', async () => {
    await fc.assert(
      fc.asyncProperty(world, async (each) => {
        const { time, start, pairs } = scene(each);
        const run = start({ onProgress: () => look() });
        const check = new Check(run.answer, pairs);
        const look = watched(() => check, each);
        await time.run(run.done);
        look();
        assertTold(check, each);
        const late = new Check(run.answer, pairs);
        learnExistence(late);
        assert.deepEqual(verdictsOf(late), verdictsOf(check), 'a check that begins at the end says the same');
        assert.deepEqual(late.counts, check.counts);
      }),
      runs,
    );
  });

  test('takes no fault for a fact; cancelled, resumed and restored it ends in the same verdicts', async () => {
    await fc.assert(
      fc.asyncProperty(
        world,
        fc.array(faultsOfRequest, { maxLength: 40 }),
        clockEvents,
        fc.nat(12),
        async (each, faults, events, cancelAt) => {
          const controller = new AbortController();
          const strike: Strike = (_, nth) => {
            if (nth === cancelAt) controller.abort();
            return faults[nth - 1] ?? [];
          };
          const { time, start, pairs, calmDown } = scene(each, strike, events);
          const ledger = ledgerInMemory();
          const first = start({ ledger, signal: controller.signal, onProgress: () => look() });
          const check = new Check(first.answer, pairs);
          let goneKnown: 'none' | 'some' = 'none';
          const look = watched(
            () => check,
            each,
            () => goneKnown,
          );
          await time.run(first.done);
          look();

          const restored = await restoreLookUp(ledger.lines);
          if (restored.kind === 'restored') {
            const again = new Check(restored.state.answer, pairs);
            assert.deepEqual(verdictsOf(again), verdictsOf(check), 'a reload says the same');
            calmDown();
            const second = start({ resume: restored.state });
            await time.run(second.done);
            assertTold(again, each);
          }
          // What became of records is also learnt of a check that is not at its end: of other pairs of those records it says nothing.
          learnExistence(check);
          goneKnown = 'some';
          look();
          calmDown();
          await time.run(start({ resume: first.state, onProgress: () => look() }).done);
          look();
          assertTold(check, each);
        },
      ),
      runs,
    );
  });

  test('changes one verdict with one association', async () => {
    await fc.assert(
      fc.asyncProperty(world, dealId, toId, types, async (each, from, to, those) => {
        fc.pre(!Object.hasOwn(goneIds, to));
        const { [to]: _, ...others } = each.links[from] ?? {};
        const changed = { ...each, links: { ...each.links, [from]: { ...others, [to]: those } } };
        const removed = { ...each, links: { ...each.links, [from]: others } };
        const verdicts = async (of: World) => {
          const { time, start, pairs } = scene(of);
          const run = start();
          await time.run(run.done);
          return new Check(run.answer, pairs);
        };
        const checks = [await verdicts(each), await verdicts(changed), await verdicts(removed)];
        const [was, ...now] = checks.map((check) =>
          verdictsOf(check).map(
            (verdict, pair) => `${check.expectation.fromId(pair)} ${check.expectation.toId(pair)} ${verdict}`,
          ),
        );
        for (const verdictsNow of now) {
          const different = verdictsNow.filter((verdict, pair) => verdict !== was![pair]);
          assert.ok(different.length <= 1 && different.every((verdict) => verdict.startsWith(`${from} ${to} `)));
        }
        const [, added, gone] = checks;
        if (each.rows.some(([id, ids]) => id === from && ids.includes(to))) return;
        const isSeen = each.apiVersion !== 'v3' || each.to === 'contacts' || those.includes(0);
        const isTold = each.isWhole && isSeen && each.rows.some(([id]) => id === from);
        assert.equal(added!.counts.unexpected - gone!.counts.unexpected, isTold ? 1 : 0);
      }),
      runs,
    );
  });

  test('leaves the look-up as it is', async () => {
    await fc.assert(
      fc.asyncProperty(world, async (each) => {
        const [plain, checked] = [scene(each), scene(each)];
        const run = checked.start({ onProgress: () => check.counts });
        const check = new Check(run.answer, checked.pairs);
        await checked.time.run(run.done);
        const alone = await plain.time.run(plain.start().done);
        assert.deepEqual(answerDigest(run.answer), answerDigest(alone.answer));
      }),
      { numRuns: 30 },
    );
  });
});
