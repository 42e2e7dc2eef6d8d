import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { AnswerColumns } from '../../../src/core/answer/answerColumns.ts';
import type { Answer, ApiVersion, Question } from '../../../src/core/domain/associations.ts';
import { wholeLines } from '../../../src/core/ledger/wholeLines.ts';
import { lookUp } from '../../../src/core/lookUp/lookUp.ts';
import { restoreLookUp } from '../../../src/core/lookUp/restore.ts';
import type { LookUpOptions } from '../../../src/core/lookUp/run.ts';
import { lookUpReport, usualBytes } from '../../../src/core/report/lookUpReport.ts';
import { bytesOf } from '../../../src/core/report/quoting.ts';
import type {
  Account,
  AccountAssociation,
  AssociationDefinition,
} from '../../../src/core/sampleHubSpot/accountData.ts';
import type { Portal } from '../../../src/core/sampleHubSpot/portal.ts';
import type { Fault } from '../../hubspotStandIn/fault.ts';
import { generatedAccount } from '../../hubspotStandIn/generatedAccount.ts';
import { inputsOf } from '../../hubspotStandIn/recordedRequest.ts';
import { answerDigest } from '../answerDigest.ts';
import { fakeMachine } from '../fakeMachine.ts';
import { FakeTime } from '../fakeTime.ts';
import { inMemoryHubSpot, type NetworkFault } from '../inMemoryHubSpot.ts';
import { ledgerInMemory } from '../ledger/ledgerInMemory.ts';
import { madePorts } from '../madePorts.ts';
import { type ClockEvent, clockEvents, costly, harmless, passing } from '../randomFaults.ts';

/** More of them: `RANDOM_RUNS=20000 node --test test/core/lookUp/property.test.ts`. */
const runs = { numRuns: Number(process.env.RANDOM_RUNS ?? 200) };
const tries = 4;
/** A record is read once more from its first page when HubSpot refuses its cursor. */
const readings = 2;

interface World {
  readonly links: Readonly<Record<string, readonly (readonly [to: string, types: readonly number[]])[]>>;
  readonly ids: readonly string[];
  readonly apiVersion: ApiVersion;
  readonly pageSize: number;
  readonly batchSize: number;
  readonly maxInFlight: number;
  readonly recordCap: number;
}

const recordId = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 1, max: 40 }).map(String) },
  { weight: 1, arbitrary: fc.constantFrom('9007199254740993', '1234567890123456789', '9223372036854775807') },
);
const junk = fc.constantFrom('', 'abc', '007', '0', '12345678901234567890', ' 5', '1e5', '-3');

const world: fc.Arbitrary<World> = fc.record({
  links: fc.dictionary(
    recordId,
    fc.uniqueArray(fc.tuple(recordId, fc.uniqueArray(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 3 })), {
      maxLength: 9,
      selector: ([to]) => to,
    }),
  ),
  ids: fc.array(fc.oneof({ weight: 9, arbitrary: recordId }, { weight: 1, arbitrary: junk }), { maxLength: 40 }),
  apiVersion: fc.constantFrom('v3', '2026-03', '2026-09'),
  pageSize: fc.integer({ min: 1, max: 6 }),
  batchSize: fc.integer({ min: 1, max: 12 }),
  maxInFlight: fc.integer({ min: 1, max: 5 }),
  recordCap: fc.constantFrom(Number.POSITIVE_INFINITY, 10_000, 4),
});

const labels: readonly AssociationDefinition[] = [
  { category: 'HUBSPOT_DEFINED', typeId: 3, label: null, name: 'deal_to_contact', primary: false },
  { category: 'USER_DEFINED', typeId: 28, label: 'Billing contact', name: 'billing_contact', primary: false },
  { category: 'USER_DEFINED', typeId: 30, label: 'Décideur 🖊', name: 'decideur', primary: false },
  { category: 'USER_DEFINED', typeId: 31, label: 'Champion', name: 'champion', primary: false },
];

function accountOf({ links }: World): Account {
  const associations = (id: string): readonly AccountAssociation[] =>
    (Object.hasOwn(links, id) ? (links[id] ?? []) : []).map(([toId, types]) => ({
      toId,
      definitions: types.map((type) => labels[type]!),
    }));
  return {
    ...generatedAccount({ deals: 0 }),
    has: (_, id) => Object.hasOwn(links, id),
    associations: (from, id, to) => (from === '0-3' && to === '0-1' ? associations(id) : []),
    definitions: (from, to) => (from === '0-3' && to === '0-1' ? labels : []),
  };
}

type Strike = NonNullable<Parameters<typeof inMemoryHubSpot>[0]['strike']>;

function scene(world: World, strike: Strike = () => [], events: readonly (ClockEvent | undefined)[] = []) {
  const time = new FakeTime();
  const machine = fakeMachine(time);
  const happen = (event: ClockEvent | undefined) => {
    if (event?.kind === 'set') machine.setClock(event.by);
    else if (event) machine.sleep(event.for, event.counter);
  };
  let isCalm = false;
  const hubSpot = inMemoryHubSpot({
    account: accountOf(world),
    clock: time,
    pageSize: world.pageSize,
    strike: (request, nth) => {
      if (isCalm) return [];
      happen(events[nth - 1]);
      return strike(request, nth);
    },
  });
  const { ids, apiVersion, recordCap, batchSize, maxInFlight } = world;
  const question: Question = { from: 'deals', to: 'contacts', ids, apiVersion, recordCap };
  const ports = () => madePorts({ fetch: hubSpot.fetch, clock: machine.clock, random: () => 0.3 });
  const options: LookUpOptions = { batchSize, maxInFlight, patience: { tries, callMilliseconds: 20_000 } };
  return {
    hubSpot,
    time,
    calmDown: () => {
      isCalm = true;
    },
    start: (more: LookUpOptions = {}) => lookUp(question, ports(), { ...options, ...more }),
  };
}

/** Faults by the request they strike; several may strike one. */
function script(faults: readonly (readonly (Fault | NetworkFault)[])[]): Strike {
  return (_, nth) => faults[nth - 1] ?? [];
}

/** A model that is told of the answer gets its equation and its verdict, in no more bytes than it asked for. */
function assertToldInBrief(answer: Answer): void {
  if (answer.counts.asked === 0) return;
  const account = { name: 'Acme', isSample: false };
  const lookUp = { answer, account, state: 'ended', stopped: undefined } as const;
  const report = lookUpReport(lookUp, { lookUpId: 'x'.repeat(36), offset: 0, maxBytes: usualBytes });
  assert.ok(bytesOf(report) <= usualBytes, report);
  assert.ok(
    report.startsWith(`${answer.counts.asked} asked = ${answer.counts.found} found + ${answer.counts.none} none`),
  );
  assert.equal(/; COMPLETE: for every ID all associations were read; account /.test(report), answer.complete);
}

function assertEveryIdHasOnePlace(answer: Answer, ids: readonly string[]): void {
  const { asked, found, none, failed, notRead, associations } = answer.counts;
  assert.equal(asked, new Set(ids).size);
  assert.equal(asked, found + none + failed + notRead);
  const seen = new Map<string, number>();
  assertToldInBrief(answer);
  let sum = 0;
  for (let record = 0; record < asked; record++) {
    const state = answer.state(record);
    seen.set(state, (seen.get(state) ?? 0) + 1);
    assert.equal(answer.recordOf(answer.recordId(record)), record);
    const count = answer.associationCount(record);
    sum += count;
    assert.equal(count > 0, state === 'found');
    const toIds = Array.from({ length: count }, (_, nth) => answer.toId(record, nth));
    assert.equal(new Set(toIds).size, count, 'an association stands there once');
    const needsReason = state === 'failed' || state === 'notRead' || answer.truncation(record) === 'page';
    assert.equal(
      answer.problem(record) !== undefined || answer.truncation(record) === 'cursor',
      needsReason || answer.truncation(record) === 'cursor',
    );
  }
  assert.deepEqual(
    [seen.get('found') ?? 0, seen.get('none') ?? 0, seen.get('failed') ?? 0, seen.get('notRead') ?? 0, sum],
    [found, none, failed, notRead, associations],
  );
  for (const id of ids) assert.notEqual(answer.recordOf(id), undefined);
}

/** Lines of a ledger that are missing when it is read back. */
const lostLines = fc.array(fc.nat(), { maxLength: 4 });

suite('random accounts', () => {
  test('without faults are read as they are', async () => {
    await fc.assert(
      fc.asyncProperty(world, async (each) => {
        const { time, start, hubSpot } = scene(each);
        const { answer, stopped } = await time.run(start().done);
        assert.equal(stopped, undefined);
        assertEveryIdHasOnePlace(answer, each.ids);
        const version = { version: each.apiVersion };
        for (let record = 0; record < answer.counts.asked; record++) {
          const truth = hubSpot.portal.associationsOf('deals', answer.recordId(record), 'contacts', version);
          const known = Array.from({ length: answer.associationCount(record) }, (_, nth) => answer.toId(record, nth));
          assert.equal(known.length, Math.min(truth.length, each.recordCap));
          for (const [nth, toId] of known.entries()) {
            const types = truth.find((association) => association.toId === toId)?.types ?? [];
            if (answer.truncation(record)) continue; // a later page might have named more types
            assert.deepEqual(new Set(answer.types(record, nth).map(typeKey)), new Set(types.map(typeKey)));
          }
        }
        assert.equal(time.pending, 0);
      }),
      runs,
    );
  });

  test('give the same Answer through faults that pass', async () => {
    const oneRequest = fc.oneof(
      { weight: 3, arbitrary: fc.constant<(Fault | NetworkFault)[]>([]) },
      { weight: 1, arbitrary: fc.tuple(fc.oneof(passing, harmless)) },
    );
    await fc.assert(
      fc.asyncProperty(world, fc.array(oneRequest, { maxLength: 40 }), clockEvents, async (each, faults, events) => {
        // No call may fail so often that patience ends: of four requests in a row, one passes.
        const mild = faults.map((fault, nth) => (nth % tries === 0 ? [] : fault));
        const calm = scene(each);
        const rough = scene({ ...each, maxInFlight: 1 }, script(mild), events);
        const expected = await calm.time.run(calm.start().done);
        const { answer, stopped } = await rough.time.run(rough.start().done);
        assert.equal(stopped, undefined);
        assert.deepEqual(sorted(answer), sorted(expected.answer));
      }),
      runs,
    );
  });

  test('lose nothing that arrived, whatever goes wrong, and are complete after a calm resume', async () => {
    const oneRequest = fc.oneof(
      { weight: 1, arbitrary: fc.constant<(Fault | NetworkFault)[]>([]) },
      { weight: 2, arbitrary: fc.array(costly, { minLength: 1, maxLength: 2 }) },
    );
    await fc.assert(
      fc.asyncProperty(
        world,
        fc.array(oneRequest, { maxLength: 60 }),
        clockEvents,
        lostLines,
        async (each, faults, events, lost) => {
          const { time, start, hubSpot, calmDown } = scene(each, script(faults), events);
          const ledger = ledgerInMemory();
          const first = start({ ledger });
          const { answer } = await time.run(first.done);
          assertEveryIdHasOnePlace(answer, each.ids);
          assertNothingLost(answer, hubSpot.delivered, each);
          assertFinalIsTrue(answer, hubSpot.portal, each);
          await assertKeptAsIs(ledger.lines, answer);
          const holed = await assertHonestWithout(lost, ledger.lines, hubSpot.portal, each);
          const sent = new Map<string, number>();
          for (const { path, text } of hubSpot.requests) {
            sent.set(`${path} ${text}`, (sent.get(`${path} ${text}`) ?? 0) + 1);
          }
          for (const [request, count] of sent) {
            assert.ok(count <= readings * tries + events.length, `${count} times ${request}`);
          }

          calmDown();
          const failed = new Set(failedIds(answer));
          const second = start({ resume: first.state, ledger });
          await time.run(second.done);
          assertEveryIdHasOnePlace(answer, each.ids);
          for (let record = 0; record < answer.counts.asked; record++) {
            const id = answer.recordId(record);
            if (failed.has(id) || !/^[1-9]\d{0,18}$/.test(id)) continue;
            const truth = hubSpot.portal.associationsOf('deals', id, 'contacts', { version: each.apiVersion });
            assert.equal(answer.associationCount(record), Math.min(truth.length, each.recordCap), id);
            assert.equal(answer.state(record), truth.length > 0 ? 'found' : 'none');
            assert.ok([undefined, 'cap'].includes(answer.truncation(record)), id);
          }
          assertFinalIsTrue(answer, hubSpot.portal, each);
          await assertKeptAsIs(ledger.lines, answer);

          // What was read back with lines missing reads what they told, and ends like the one that had them.
          const anew = ledgerInMemory();
          for (const line of wholeLines(holed.answer, holed.pages.standStill(), false)) await anew.append(line, 1);
          const third = start({ resume: holed, ledger: anew });
          await time.run(third.done);
          assertFinalIsTrue(holed.answer, hubSpot.portal, each);
          await assertKeptAsIs(anew.lines, holed.answer);
          for (let record = 0; record < holed.answer.counts.asked; record++) {
            if (failed.has(answer.recordId(record))) continue;
            assert.equal(
              holed.answer.associationCount(record),
              answer.associationCount(record),
              answer.recordId(record),
            );
          }
        },
      ),
      runs,
    );
  });

  test('are asked for nothing twice without need', async () => {
    await fc.assert(
      fc.asyncProperty(world, async (each) => {
        const { time, start, hubSpot } = scene(each);
        await time.run(start().done);
        const inputs = hubSpot.requests.flatMap(inputsOf).map(({ id, after = '' }) => `${id} ${after}`);
        assert.equal(new Set(inputs).size, inputs.length);
        assert.ok(hubSpot.peak() <= each.maxInFlight);
      }),
      runs,
    );
  });
});

interface WireBody {
  readonly results?: readonly {
    readonly from?: { readonly id?: unknown } | null;
    readonly to?: readonly { readonly id?: unknown; readonly toObjectId?: unknown }[];
    readonly paging?: { readonly next?: { readonly after?: unknown } };
  }[];
}

/** Every association in every readable batch that arrived is in the Answer, as far as its record was asked for and has room. */
function assertNothingLost(answer: Answer, delivered: readonly string[], { ids, recordCap }: World): void {
  const asked = new Set(ids);
  for (const text of delivered) {
    let body: WireBody;
    try {
      body = JSON.parse(text.replace(/("toObjectId":)(\d+)/g, '$1"$2"'));
    } catch {
      continue;
    }
    if (!Array.isArray(body.results) || body.results.some((result) => typeof result.from?.id !== 'string')) continue;
    for (const { from, to, paging } of body.results) {
      const id = String(from?.id);
      const record = answer.recordOf(id);
      const isReadable = Array.isArray(to) && (!paging || typeof paging.next?.after === 'string');
      if (!isReadable || !asked.has(id) || record === undefined) continue;
      const known = new Set(
        Array.from({ length: answer.associationCount(record) }, (_, nth) => answer.toId(record, nth)),
      );
      if (known.size >= recordCap) continue;
      for (const { id: toId, toObjectId } of to)
        assert.ok(known.has(String(toId ?? toObjectId)), `${id} lost ${toId ?? toObjectId}`);
    }
  }
}

/** What is said to be all that there is of a record is what the account has: each association with each of its types. */
function assertFinalIsTrue(answer: Answer, portal: Portal, { apiVersion, recordCap }: World): void {
  for (let record = 0; record < answer.counts.asked; record++) {
    const state = answer.state(record);
    if ((state !== 'found' && state !== 'none') || answer.truncation(record)) continue;
    const truth = portal.associationsOf('deals', answer.recordId(record), 'contacts', { version: apiVersion });
    assert.ok(truth.length <= recordCap);
    const known = Array.from({ length: answer.associationCount(record) }, (_, nth) => [
      answer.toId(record, nth),
      answer.types(record, nth).map(typeKey).sort(),
    ]);
    const expected = truth.map(({ toId, types }) => [toId, types.map(typeKey).sort()]);
    assert.deepEqual(known.sort(byText), expected.sort(byText), answer.recordId(record));
  }
}

/** A reload shows each record as it was, but for the reason of what no answer came for, which is not written down. */
async function assertKeptAsIs(lines: readonly string[], answer: Answer): Promise<void> {
  const restored = await restoreLookUp(lines);
  assert.ok(restored.kind === 'restored' && restored.lost === 0, JSON.stringify(restored));
  const facts = (of: Answer) =>
    answerDigest(of).records.map(({ id, state, truncation, to }) => ({ id, state, truncation, to }));
  assert.deepEqual(facts(restored.state.answer), facts(answer));
  assert.equal(restored.state.answer.complete, answer.complete);
  // Written anew from memory it is the same once more.
  const { state, ended = false } = restored;
  const anew = [...wholeLines(state.answer, state.pages.standStill(), ended)].map(textOf);
  const again = await restoreLookUp(anew);
  assert.ok(again.kind === 'restored' && again.lost === 0);
  assert.deepEqual(answerDigest(again.state.answer), answerDigest(state.answer));
}

/** A reload of what is left after some lines could not be kept, or are damaged, never says more than the account has. */
async function assertHonestWithout(lost: readonly number[], lines: readonly string[], portal: Portal, each: World) {
  const headLines = each.ids.length > 0 ? 4 : 2;
  const missing = new Set(lost.map((nth) => headLines + (nth % Math.max(1, lines.length - headLines))));
  const restored = await restoreLookUp(lines.filter((_, nth) => !missing.has(nth)));
  assert.ok(restored.kind === 'restored');
  assertEveryIdHasOnePlace(restored.state.answer, each.ids);
  assertFinalIsTrue(restored.state.answer, portal, each);
  return restored.state;
}

const textOf = (line: Uint8Array) => Buffer.from(line).toString('latin1');

const byText = (one: unknown, other: unknown) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1);

function failedIds(answer: Answer): string[] {
  const ids: string[] = [];
  for (let record = 0; record < answer.counts.asked; record++) {
    if (answer.state(record) === 'failed') ids.push(answer.recordId(record));
  }
  return ids;
}

/** The digest without an order of associations, in which pages of a shuffled or doubled answer may come. */
function sorted(answer: Answer) {
  const digest = answerDigest(answer);
  return {
    ...digest,
    records: digest.records.map((record) => ({
      ...record,
      to: record.to.toSorted(([one], [other]) => (String(one) < String(other) ? -1 : 1)),
    })),
  };
}

function typeKey(type: object): string {
  return JSON.stringify(Object.entries(type).sort());
}

test('an Answer keeps every digit of every id', () => {
  fc.assert(
    fc.property(fc.array(fc.bigInt({ min: 1n, max: 10n ** 19n - 1n }).map(String)), (ids) => {
      const answer = new AnswerColumns({ from: 'deals', to: 'contacts', ids });
      const distinct = [...new Set(ids)];
      assert.deepEqual(
        distinct.map((_, record) => answer.recordId(record)),
        distinct,
      );
      if (distinct.length === 0) return;
      const codes = distinct.map((id) => answer.ids.code(id));
      answer.addPage(0, { codes, sets: codes.map(() => answer.typeSets.of([])) }, Number.POSITIVE_INFINITY);
      assert.deepEqual(
        distinct.map((_, nth) => answer.toId(0, nth)),
        distinct,
      );
    }),
    runs,
  );
});
