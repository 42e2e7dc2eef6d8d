/** Random accounts, faults and demands: whatever happens, a cell says what is true or that it is not read. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Fault } from '../../hubspotStandIn/fault.ts';
import type { RecordedRequest } from '../../hubspotStandIn/recordedRequest.ts';
import type { NetworkFault } from '../inMemoryHubSpot.ts';
import { dealId, existenceOf, type Fate, nameOf, readerOf, recordsOf, survivorOf } from './madeRecords.ts';

/** More of them: `RANDOM_RUNS=5000 node --test test/core/properties/random.test.ts`. */
const runs = (usual: number) => ({ numRuns: Number(process.env.RANDOM_RUNS ?? usual) });

const fates: fc.Arbitrary<readonly Fate[]> = fc.array(
  fc.oneof(
    { arbitrary: fc.constant<Fate>('named'), weight: 8 },
    { arbitrary: fc.constantFrom<Fate>('nameless', 'archived', 'missing', 'told', 'untold', 'listed'), weight: 3 },
  ),
  { minLength: 1, maxLength: 250 },
);

type Trouble = Fault | NetworkFault;

const someIds = fc.array(fc.nat(249).map(dealId), { minLength: 1, maxLength: 5 });

const troubles: fc.Arbitrary<Trouble> = fc.oneof(
  fc.record({
    kind: fc.constant('network' as const),
    code: fc.constantFrom('ECONNRESET', 'ENOTFOUND'),
    cut: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('serverError' as const), status: fc.constantFrom(500, 502, 503, 524, 525) }),
  fc.record({
    kind: fc.constant('rateLimited' as const),
    policy: fc.constantFrom('SECONDLY', 'TEN_SECONDLY_ROLLING', 'DAILY'),
  }),
  fc.constantFrom<Trouble>(
    { kind: 'html' },
    { kind: 'emptyBody' },
    { kind: 'hang' },
    { kind: 'proxyLogin' },
    { kind: 'locked' },
    { kind: 'migrating' },
    { kind: 'unauthorized' },
    { kind: 'missingScopes', scopes: ['crm.objects.deals.read'], key: 'requiredScopes' },
    { kind: 'forbidden', category: 'GATED' },
    { kind: 'status', status: 404 },
    { kind: 'status', status: 413 },
    { kind: 'cutJson' },
    { kind: 'wrongShape', path: ['results'], value: 'none' },
    { kind: 'wrongShape', path: ['results', 0, 'id'], value: {} },
    { kind: 'wrongShape', path: ['results', 1, 'properties'], value: 7 },
    { kind: 'wrongShape', path: ['errors', 0, 'context'], value: 'none' },
    { kind: 'wrongShape', path: ['errors'], value: 'none' },
    { kind: 'batchStatus', status: 'CANCELED', keep: 0.4 },
    { kind: 'duplicateResults' },
    { kind: 'shuffledResults' },
    { kind: 'noResults' },
    { kind: 'numErrors', value: 99 },
    { kind: 'errorsWithoutContext' },
    { kind: 'extraResults', ids: ['9100000001', '9100000002'] },
  ),
  fc.record({
    kind: fc.constant('poisonousIds' as const),
    ids: someIds,
    names: fc.constantFrom('context' as const, 'message' as const, 'mentioned' as const, undefined),
  }) as fc.Arbitrary<Trouble>,
  fc.record({ kind: fc.constant('smallerBatches' as const), limit: fc.integer({ min: 1, max: 99 }) }),
  fc.record({ kind: fc.constant('missingResults' as const), ids: someIds }),
  fc.record({
    kind: fc.constant('recordErrors' as const),
    ids: someIds,
    category: fc.constant('INTERNAL_ERROR'),
    message: fc.constant('An error occurred'),
  }),
);

/** From one request to another, all of them, or those among the archived only. */
interface Spell {
  readonly trouble: Trouble;
  readonly from: number;
  readonly length: number;
  readonly archivedOnly: boolean;
}
const spells = fc.array(
  fc.record({
    trouble: troubles,
    from: fc.integer({ min: 1, max: 8 }),
    length: fc.oneof(fc.integer({ min: 1, max: 8 }), fc.constant(Number.POSITIVE_INFINITY)),
    archivedOnly: fc.boolean(),
  }),
  { maxLength: 3 },
);

type Demand =
  | { readonly kind: 'show'; readonly nths: readonly number[]; readonly beside: readonly number[] }
  | { readonly kind: 'names' | 'existence'; readonly nths: readonly number[]; readonly cancelAfter: number | undefined }
  | { readonly kind: 'stop' | 'retry' | 'wait' };

const nths = fc.array(fc.nat(255), { minLength: 1, maxLength: 260 });
const demands: fc.Arbitrary<readonly Demand[]> = fc.array(
  fc.oneof(
    fc.record({
      kind: fc.constant('show' as const),
      nths: fc.array(fc.nat(255), { minLength: 1, maxLength: 30 }),
      beside: fc.array(fc.nat(255), { maxLength: 260 }),
    }),
    fc.record({
      kind: fc.constantFrom('names' as const, 'existence' as const),
      nths,
      cancelAfter: fc.option(fc.integer({ min: 0, max: 1000 }), { nil: undefined }),
    }),
    fc.record({ kind: fc.constantFrom('stop' as const, 'retry' as const, 'wait' as const) }),
  ),
  { minLength: 1, maxLength: 6 },
);

type Scene = ReturnType<typeof readerOf>;

/** Every cell is what HubSpot holds, or says that it is not read. Returns the ids that are not read. */
function assertTruth({ reader }: Scene, fates: readonly Fate[]): readonly string[] {
  return Array.from({ length: 256 }, (_, nth) => nth)
    .filter((nth) => {
      const id = dealId(nth);
      const fate = fates[nth] ?? 'missing';
      const truth = existenceOf(fate, nth);
      const existence = reader.existence(id);
      const name = reader.nameCell(id, ['dealname']);
      const amount = reader.cell(id, 'amount');
      if (existence === undefined) {
        assert.deepEqual([name.kind, amount.kind, reader.name(id, ['dealname'])], ['notRead', 'notRead', undefined]);
        return true;
      }
      // HubSpot itself knows nothing of it where the survivor is not in the same call.
      const isHidden = fate === 'listed' && existence.kind === 'missing';
      assert.deepEqual(existence, isHidden ? { kind: 'missing' } : truth, `${fate} ${id}`);
      const hasName = fate === 'named' || fate === 'archived';
      assert.equal(reader.name(id, ['dealname']), hasName ? nameOf(id) : undefined);
      if (existence.kind === 'exists') {
        const unset = { kind: 'unset' };
        assert.deepEqual(name, fate === 'named' ? { kind: 'value', text: nameOf(id) } : unset);
        assert.deepEqual(amount, fate === 'named' ? { kind: 'value', text: `${id}.50` } : unset);
      } else {
        const into = existence.kind === 'merged' ? { into: existence.into } : {};
        assert.deepEqual([name, amount], Array(2).fill({ kind: 'gone', how: existence.kind, ...into }));
      }
      return false;
    })
    .map(dealId);
}

/** Asks what is demanded, one after the other, without waiting unless that is demanded. Resolves when all is at rest. */
async function meet(scene: Scene, demanded: readonly Demand[]): Promise<void> {
  const { reader, time, rest } = scene;
  const readings: Promise<unknown>[] = [];
  for (const demand of demanded) {
    switch (demand.kind) {
      case 'show':
        for (const nth of demand.nths) reader.want(dealId(nth));
        reader.wantBeside([demand.beside.slice(0, 99), demand.beside.slice(99)].map((nths) => nths.map(dealId)));
        break;
      case 'names':
      case 'existence': {
        const abort = new AbortController();
        const seen: number[] = [];
        const ids = demand.nths.map(dealId);
        const open = reader.unread(ids, demand.kind === 'names' ? 'cells' : 'existence').size;
        const onProgress = (done: number) => void seen.push(done);
        const need = demand.kind === 'names' ? 'cells' : 'existence';
        readings.push(
          reader.read(ids, need, { signal: abort.signal, onProgress }).then(() => {
            assert.deepEqual(
              seen,
              seen.toSorted((one, other) => one - other),
            );
            assert.ok(seen.every((done) => done >= 0 && done <= open));
          }),
        );
        if (demand.cancelAfter !== undefined) void time.sleep(demand.cancelAfter).then(() => abort.abort());
        break;
      }
      case 'stop':
        reader.stop();
        break;
      case 'retry':
        reader.retry();
        break;
      case 'wait':
        await rest();
    }
  }
  await Promise.all(readings);
  await rest();
}

const striking = (given: readonly Spell[], isOver: () => boolean) => (request: RecordedRequest, nth: number) =>
  given
    .filter(
      ({ from, length, archivedOnly }) =>
        !isOver() && nth >= from && nth < from + length && (!archivedOnly || request.path.includes('archived=true')),
    )
    .map(({ trouble }) => trouble);

test('under any faults a cell says what is true, or that it is not read; afterwards all can be read', () =>
  fc.assert(
    fc.asyncProperty(fates, spells, demands, async (made, given, demanded) => {
      let isOver = false;
      const scene = readerOf({ account: recordsOf(made), strike: striking(given, () => isOver) });
      const { reader, time } = scene;
      await time.run(meet(scene, demanded));
      assertTruth(scene, made);

      isOver = true;
      const ids = Array.from({ length: 256 }, (_, nth) => dealId(nth));
      const failure = await time.run(reader.read(ids, 'cells'));
      const left = assertTruth(scene, made);
      // Where a survivor that lists nothing is asked for itself, nothing shows that it came for another. None of these are.
      assert.deepEqual([left, failure], [[], undefined]);
      assert.equal(reader.unread(ids, 'cells').size, 0);
    }),
    runs(40),
  ));

test('every record is in one call at most, and those that are not there in another one', () =>
  fc.assert(
    fc.asyncProperty(fates, fc.array(nths, { minLength: 1, maxLength: 4 }), async (made, parts) => {
      const plain = made.map(
        (fate): Fate => (fate === 'told' || fate === 'untold' || fate === 'listed' ? 'named' : fate),
      );
      const { reader, time, hubSpot } = readerOf({ account: recordsOf(plain) });
      await time.run(Promise.all(parts.map((part) => reader.read(part.map(dealId), 'cells'))));
      const distinct = new Set(parts.flat());
      const gone = [...distinct].filter((nth) => !['named', 'nameless'].includes(plain[nth] ?? 'missing')).length;
      const archived = hubSpot.requests.filter(({ path }) => path.includes('archived=true')).length;
      assert.equal(hubSpot.requests.length - archived, Math.ceil(distinct.size / 100));
      assert.equal(archived, Math.ceil(gone / 100));
    }),
    runs(40),
  ));

test('a survivor that is asked for too is not taken for a record that went into it', async () => {
  const { reader, time } = readerOf({ account: recordsOf(['untold', 'named']) });
  const failure = await time.run(reader.read([dealId(0), dealId(1), survivorOf(0)], 'cells'));
  assert.deepEqual(failure, { kind: 'notAnswered' });
  assert.deepEqual(reader.existence(survivorOf(0)), { kind: 'exists' });
  assert.deepEqual(reader.cell(dealId(0), 'amount'), { kind: 'notRead', why: { kind: 'notAnswered' } });
});
