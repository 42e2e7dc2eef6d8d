import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { type Answer, type ApiVersion, apiVersions, type Question } from '../../../src/core/domain/associations.ts';
import type { Fetch } from '../../../src/core/hubspot/fetch.ts';
import type { Fault } from '../../hubspotStandIn/fault.ts';
import { dealId, generatedAccount } from '../../hubspotStandIn/generatedAccount.ts';
import { inputsOf } from '../../hubspotStandIn/recordedRequest.ts';
import type { StandIn } from '../../hubspotStandIn/standIn.ts';
import { startHubSpotStandIn } from '../../hubspotStandIn.ts';
import { assertTruth, associationsIn, fastMachine, read } from './underFaults.ts';

const tries = 6;
/** A record is read once more from its first page when HubSpot refuses its cursor. */
const readings = 2;
/** More of them: `RANDOM_RUNS=2000 node --test test/core/faults/random.test.ts`. */
const runs = (usual: number) => ({ numRuns: Number(process.env.RANDOM_RUNS ?? usual) });
const deals = 40;

/** A look-up on some account: which deals have how much, what is asked (unknown and repeated ids too), and in what portions. */
interface Case {
  readonly counts: readonly number[];
  readonly pageSize: number;
  readonly apiVersion: ApiVersion;
  readonly to: string;
  readonly asked: readonly number[];
  readonly batchSize: number;
  readonly maxInFlight: number;
}

const cases: fc.Arbitrary<Case> = fc.record({
  counts: fc.array(fc.oneof(fc.nat(3), fc.nat(30)), { minLength: deals, maxLength: deals }),
  pageSize: fc.integer({ min: 1, max: 12 }),
  apiVersion: fc.constantFrom(...apiVersions),
  to: fc.constantFrom('contacts', 'companies'),
  // Beyond the last deal are ids that nobody knows.
  asked: fc.array(fc.nat(deals + 5), { minLength: 1, maxLength: 60 }),
  batchSize: fc.integer({ min: 1, max: 30 }),
  maxInFlight: fc.integer({ min: 1, max: 8 }),
});

/** Faults after which asking again, or reading closely, brings the whole truth. */
const passingFaults: fc.Arbitrary<Fault> = fc.oneof(
  fc.record({
    kind: fc.constant('connectionLost' as const),
    at: fc.constantFrom('before', 'headers', 'body'),
    how: fc.constantFrom('reset', 'end'),
  }),
  fc.record({ kind: fc.constant('serverError' as const), status: fc.constantFrom(500, 502, 503, 504, 521, 523, 524) }),
  fc.record({
    kind: fc.constant('rateLimited' as const),
    policy: fc.constantFrom('SECONDLY', 'TEN_SECONDLY_ROLLING'),
    rateHeaders: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('cutJson' as const), keep: fc.double({ min: 0, max: 0.99, noNaN: true }) }),
  fc.constantFrom<Fault>(
    { kind: 'html' },
    { kind: 'emptyBody' },
    { kind: 'locked' },
    { kind: 'gzip' },
    { kind: 'gzip', broken: true },
    { kind: 'charset', declared: 'iso-8859-1', bytes: 'utf-8-bom' },
    { kind: 'charset', declared: 'utf-16', bytes: 'utf-16le' },
    { kind: 'duplicateResults' },
    { kind: 'splitResults' },
    { kind: 'shuffledResults' },
    { kind: 'groupedErrors' },
    { kind: 'extraResults', ids: ['77777777777'] },
    { kind: 'numErrors', value: 99 },
    { kind: 'latency', milliseconds: 5 },
    { kind: 'slowDrip', bytes: 400, milliseconds: 1 },
  ),
);

/** Faults that leave something unread in this run, and nothing after the next one. */
const lossyFaults: fc.Arbitrary<Fault> = fc.oneof(
  fc.record({
    kind: fc.constant('batchStatus' as const),
    status: fc.constantFrom('CANCELED', 'PENDING', 'PROCESSING'),
    keep: fc.constantFrom(0, 0.3, 0.8),
  }),
  fc.record({
    kind: fc.constant('resultAndError' as const),
    ids: fc.array(fc.nat(deals).map(dealId), { minLength: 1, maxLength: 20 }),
    none: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('missingResults' as const),
    ids: fc.array(fc.nat(deals + 5).map(dealId), { minLength: 1, maxLength: 20 }),
  }),
  fc.constantFrom<Fault>(
    { kind: 'emptyPages' },
    { kind: 'noMore' },
    { kind: 'noMore', as: 'result' },
    { kind: 'noMore', single: true },
    { kind: 'twoCursors' },
    { kind: 'twoCursors', last: true },
    { kind: 'refusedCursors' },
    { kind: 'stuckCursor' },
    { kind: 'ignoredCursor' },
    { kind: 'errorsWithoutContext' },
    { kind: 'wrongShape', path: ['results'], value: null },
    { kind: 'wrongShape', path: ['errors'], value: 'many' },
    { kind: 'serverError', status: 522 },
    { kind: 'rateLimited', policy: 'DAILY' },
    { kind: 'unauthorized', expired: true },
    { kind: 'migrating' },
    { kind: 'proxyLogin' },
  ),
);

/** What happens to the machine while a request is sent, in milliseconds: its clock is set, or it sleeps. */
const clockEvents = fc.array(
  fc.option(
    fc.constantFrom<{ readonly set?: number; readonly sleep?: number }>(
      { set: -3_600_000 },
      { set: 30 * 24 * 3_600_000 },
      { sleep: 300_000 },
    ),
    { nil: undefined, freq: 2 },
  ),
  { maxLength: 10 },
);

async function onAccount(of: Case, use: (standIn: StandIn, question: Question) => Promise<void>): Promise<void> {
  const countOf = (nth: number) => of.counts[nth] ?? 0;
  const standIn = await startHubSpotStandIn({
    account: generatedAccount({ deals, contacts: countOf, companies: countOf }),
    pageSize: of.pageSize,
  });
  try {
    await use(standIn, { from: 'deals', to: of.to, apiVersion: of.apiVersion, ids: of.asked.map(dealId) });
  } finally {
    await standIn.close();
  }
}

const portions = ({ batchSize, maxInFlight }: Case) => ({ batchSize, maxInFlight });

/** No request is sent more often than its tries allow, and each sleep of the machine. */
function assertBounded(standIn: StandIn, most: number): void {
  const sent = new Map<string, number>();
  for (const { path, body } of standIn.requests) {
    const key = `${path} ${JSON.stringify(body)}`;
    sent.set(key, (sent.get(key) ?? 0) + 1);
  }
  for (const [request, times] of sent) assert.ok(times <= most, `${times} times ${request}`);
}

/** Remembers which associations arrived whole, in answers of the documented shape. @param onSend is told of each request */
function witness(onSend: (nth: number) => void = () => {}): {
  readonly through: Fetch;
  readonly delivered: Set<string>;
} {
  const delivered = new Set<string>();
  let sent = 0;
  const through: Fetch = async (url, init) => {
    onSend(sent++);
    const response = await fetch(url, init);
    return {
      status: response.status,
      headers: response.headers,
      text: async () => {
        const text = await response.text();
        if (response.ok) for (const pair of pairsIn(text)) delivered.add(pair);
        return text;
      },
    };
  };
  return { through, delivered };
}

function* pairsIn(text: string): Iterable<string> {
  let body: { results?: unknown };
  try {
    body = JSON.parse(text);
  } catch {
    return;
  }
  if (!Array.isArray(body?.results)) return;
  for (const { from, to } of body.results) {
    for (const { id, toObjectId } of to) yield `${from.id} ${id ?? toObjectId}`;
  }
}

function pairsOf(answer: Answer): Set<string> {
  const pairs = new Set<string>();
  for (let record = 0; record < answer.counts.asked; record++) {
    for (const toId of associationsIn(answer, record).keys()) pairs.add(`${answer.recordId(record)} ${toId}`);
  }
  return pairs;
}

describe('a look-up on any account', () => {
  it('brings the whole truth when nothing is wrong', () =>
    fc.assert(
      fc.asyncProperty(cases, (of) =>
        onAccount(of, async (standIn, question) => {
          const { answer, requests } = await read(standIn, question, portions(of));
          assertTruth(answer, standIn.portal);
          assert.equal(answer.effort.requests, requests);
          const asked = standIn.requests.flatMap(inputsOf).map(({ id, after = '' }) => `${id} ${after}`);
          assert.equal(new Set(asked).size, asked.length, 'a page was asked for twice');
        }),
      ),
      runs(60),
    ));

  it('brings the same under faults that pass', () =>
    fc.assert(
      fc.asyncProperty(
        cases,
        fc.array(fc.option(passingFaults, { nil: undefined }), { maxLength: tries - 1 }),
        (of, faults) =>
          onAccount(of, async (standIn, question) => {
            standIn.faults.queue(...faults);
            const { answer, stopped } = await read(standIn, question, portions(of));
            assert.equal(stopped, undefined);
            assertTruth(answer, standIn.portal);
            assertBounded(standIn, tries);
          }),
      ),
      runs(80),
    ));

  it('keeps everything that was delivered under faults that do not, and needs only the rest afterwards', () =>
    fc.assert(
      fc.asyncProperty(
        cases,
        fc.array(fc.option(fc.oneof(lossyFaults, passingFaults), { nil: undefined }), {
          minLength: 1,
          maxLength: tries - 1,
        }),
        clockEvents,
        (of, faults, events) =>
          onAccount(of, async (standIn, question) => {
            standIn.faults.queue(...faults);
            const { clock, setClock, sleep } = fastMachine();
            const { through, delivered } = witness((nth) => {
              setClock(events[nth]?.set ?? 0);
              sleep(events[nth]?.sleep ?? 0);
            });
            const first = await read(standIn, question, portions(of), { through, clock });
            assertBounded(standIn, readings * tries + events.length);
            const asked = new Set(question.ids);
            const kept = pairsOf(first.answer);
            for (const pair of delivered) {
              if (asked.has(pair.split(' ')[0]!)) assert.ok(kept.has(pair), `${pair} was delivered and is lost`);
            }
            assert.ok([...kept].every((pair) => delivered.has(pair)));

            const settled = question.ids.filter((id) => {
              const record = first.answer.recordOf(id)!;
              return ['found', 'none'].includes(first.answer.state(record)) && !first.answer.truncation(record);
            });
            // What is said to be all that there is of a record, is all.
            assertTruth(first.answer, standIn.portal, settled);
            standIn.faults.clear();
            standIn.forgetRequests();
            const rest = await read(standIn, question, { ...portions(of), resume: first.run.state });
            assertTruth(rest.answer, standIn.portal);
            const again = new Set(standIn.requests.flatMap(inputsOf).map(({ id }) => id));
            for (const id of settled) assert.ok(!again.has(id), `${id} was settled and asked again`);
          }),
      ),
      runs(80),
    ));
});
