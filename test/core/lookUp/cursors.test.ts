/** Cursors that lead nowhere: HubSpot is asked a bounded number of times, and asked again when somebody resumes. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { ApiVersion } from '../../../src/core/domain/associations.ts';
import type { Fetch } from '../../../src/core/hubspot/fetch.ts';
import { lookUp } from '../../../src/core/lookUp/lookUp.ts';
import type { LookUpState } from '../../../src/core/lookUp/lookUpState.ts';
import { restoreLookUp } from '../../../src/core/lookUp/restore.ts';
import type { Fault } from '../../hubspotStandIn/fault.ts';
import { inputsOf, type RecordedRequest } from '../../hubspotStandIn/recordedRequest.ts';
import { answerDigest } from '../answerDigest.ts';
import { FakeTime } from '../fakeTime.ts';
import { ledgerInMemory } from '../ledger/ledgerInMemory.ts';
import { madePorts } from '../madePorts.ts';
import { scene } from './scene.ts';

/** Two deals with seven contacts each, three a page, of a HubSpot that can be mended, and a ledger. */
function troubled(faultsOf: (request: RecordedRequest) => readonly Fault[], apiVersion: ApiVersion) {
  let isMended = false;
  const ledger = ledgerInMemory();
  const made = scene({
    deals: 2,
    contacts: 7,
    pageSize: 3,
    question: { apiVersion },
    options: { ledger },
    strike: (request) => (isMended ? [] : faultsOf(request)),
  });
  return {
    ...made,
    mend: () => {
      isMended = true;
    },
    restored: async () => {
      const look = await restoreLookUp(ledger.lines);
      assert.ok(look.kind === 'restored');
      return look.state;
    },
  };
}

suite('a read of one record that HubSpot goes on refusing', () => {
  test('leaves a reload what the look-up shows, also when HubSpot says none later', async () => {
    let nth = 0;
    const fetch: Fetch = async (_, { method }) => {
      const paging = nth < 3 ? { paging: { next: { after: String(++nth) } } } : {};
      const body = { status: 'COMPLETE', results: [{ from: { id: '1' }, to: [], ...paging }] };
      return {
        status: method === 'GET' ? 404 : 200,
        headers: { get: () => null },
        text: async () => JSON.stringify(body),
      };
    };
    const time = new FakeTime();
    const ledger = ledgerInMemory();
    const question = { from: 'deals', to: 'contacts', ids: ['1'], apiVersion: 'v3' } as const;
    const start = (resume?: LookUpState) =>
      lookUp(question, madePorts({ fetch, clock: time }), { ledger, ...(resume ? { resume } : {}) });
    const first = start();
    await time.run(first.done);
    const { answer } = await time.run(start(first.state).done);
    const reloaded = await restoreLookUp(ledger.lines);
    assert.ok(reloaded.kind === 'restored');
    assert.deepEqual(answerDigest(reloaded.state.answer), answerDigest(answer));
    assert.equal((await time.run(start(reloaded.state).done)).answer.complete, true);
  });

  const refusals: readonly Fault[] = [
    { kind: 'status', status: 404 },
    { kind: 'missingScopes', scopes: ['x'], key: 'requiredScopes' },
    { kind: 'status', status: 501 },
    { kind: 'wrongShape', path: ['results'] },
  ];
  for (const single of refusals) {
    for (const from of [1, 2]) {
      test(`is not needed by a resume when cursors move again: ${JSON.stringify(single)}, from page ${from}`, async () => {
        let isStuck = true;
        const isRefused = ({ path }: RecordedRequest) => from === 1 || path.includes('after=');
        const { start, time, hubSpot, restored } = troubled((request) => {
          if (request.method === 'GET') return isRefused(request) ? [single] : [];
          return isStuck ? [{ kind: 'stuckCursor' }] : [];
        }, 'v3');
        const first = start();
        const { answer } = await time.run(first.done);
        assert.deepEqual([answer.counts.truncated, answer.complete], [2, false]);
        const reloaded = await restored();
        isStuck = false;
        for (const state of [first.state, reloaded]) {
          const before = hubSpot.requests.length;
          const again = await time.run(start({ resume: state, ledger: ledgerInMemory() }).done);
          assert.deepEqual([again.answer.complete, again.answer.counts.associations], [true, 14]);
          assert.ok(hubSpot.requests.slice(before).every(({ method }) => method === 'POST'));
        }
      });
    }
  }
});

for (const apiVersion of ['v3', '2026-09'] as const) {
  suite(`a cursor that leads nowhere (${apiVersion})`, () => {
    for (const kind of ['stuckCursor', 'loopingCursor', 'ignoredCursor'] as const) {
      test(`${kind}: a resume asks HubSpot again, and reads the rest when it has recovered`, async () => {
        const single: Fault = { kind: 'missingScopes', scopes: ['x'], key: 'requiredScopes' };
        const { start, time, hubSpot, mend, restored } = troubled(
          ({ method }) => (method === 'POST' ? [{ kind }] : [single]),
          apiVersion,
        );
        const first = start();
        const { answer } = await time.run(first.done);
        assert.deepEqual([answer.counts.truncated, answer.complete], [2, false]);

        let before = hubSpot.requests.length;
        await time.run(start({ resume: first.state }).done);
        assert.equal(answer.complete, false);
        const asked = hubSpot.requests.length - before;
        assert.ok(asked > 0 && asked <= 6, `${asked} requests while it is still stuck`);
        const reloaded = await restored();
        const facts = (digest: ReturnType<typeof answerDigest>) =>
          digest.records.map(({ state, truncation, to }) => ({ state, truncation, to }));
        assert.deepEqual(facts(answerDigest(reloaded.answer)), facts(answerDigest(answer)));

        mend();
        before = hubSpot.requests.length;
        for (const state of [reloaded, first.state]) {
          const resumed = start({ resume: state });
          assert.equal(resumed.plan.records, 2);
          const again = await time.run(resumed.done);
          assert.deepEqual([again.answer.complete, again.answer.counts.associations], [true, 14]);
        }
        assert.ok(hubSpot.requests.length > before);
      });
    }

    test('a cursor refused with 400 is dropped: the record is read once more from its first page', async () => {
      const { start, time, hubSpot, mend, restored } = troubled(() => [{ kind: 'refusedCursors' }], apiVersion);
      const first = start();
      const { answer, stopped } = await time.run(first.done);
      assert.equal(stopped, undefined);
      assert.deepEqual([answer.state(0), answer.truncation(0), answer.associationCount(0)], ['found', 'page', 3]);
      const problem = answer.problem(0);
      assert.ok(problem?.kind === 'hubSpotError' && problem.message === 'Invalid paging cursor');
      assert.deepEqual(answerDigest((await restored()).answer), answerDigest(answer));
      for (const id of answer.question.ids) {
        const inputs = hubSpot.requests.flatMap(inputsOf).filter((input) => input.id === id);
        assert.equal(inputs.filter(({ after }) => after === undefined).length, 2, 'read twice from the first page');
      }

      // Every further run asks the same few requests, not one with the cursor of long ago.
      const before = hubSpot.requests.length;
      await time.run(start({ resume: first.state }).done);
      const later = hubSpot.requests.slice(before);
      assert.ok(later.length <= 4, `${later.length} requests`);
      assert.ok(inputsOf(later[0]!).every(({ after }) => after === undefined));

      mend();
      for (const state of [await restored(), first.state]) {
        const again = await time.run(start({ resume: state }).done);
        assert.deepEqual([again.answer.complete, again.answer.counts.associations], [true, 14]);
      }
    });

    test('a cursor refused once costs nothing but the pages read again', async () => {
      let refusals = 0;
      const { run } = troubled(
        ({ body }) => (JSON.stringify(body).includes('after') && refusals++ < 3 ? [{ kind: 'refusedCursors' }] : []),
        apiVersion,
      );
      const { answer } = await run();
      assert.deepEqual([answer.complete, answer.counts.associations], [true, 14]);
    });
  });
}

/** A HubSpot whose pages never end: what `page` makes of the number of the request, each with a cursor of its own. */
function endless(page: (nth: number) => readonly object[], apiVersion: ApiVersion, recordCap: number) {
  const time = new FakeTime();
  let sent = 0;
  const fetch: Fetch = async (_, { body }) => {
    const to = page(++sent);
    const paging = { next: { after: `c${sent}` } };
    const said =
      body === undefined
        ? { results: to, paging }
        : { status: 'COMPLETE', results: [{ from: { id: '1' }, to, paging }] };
    return { status: 200, headers: { get: () => null }, text: async () => JSON.stringify(said) };
  };
  const ports = madePorts({ fetch, clock: time });
  const question = { from: 'deals', to: 'contacts', ids: ['1'], apiVersion, recordCap };
  return { run: () => time.run(lookUp(question, ports).done), sent: () => sent };
}

suite('pages without end', () => {
  const typed = (id: number, nth: number, apiVersion: ApiVersion) =>
    apiVersion === 'v3'
      ? { id: String(id), type: `type_${nth}` }
      : { toObjectId: id, associationTypes: [{ category: 'USER_DEFINED', typeId: nth, label: `Type ${nth}` }] };

  for (const apiVersion of ['v3', '2026-03', '2026-09'] as const) {
    for (const recordCap of [100, Number.POSITIVE_INFINITY]) {
      test(`of new types and no new association are left (${apiVersion}, cap ${recordCap})`, async () => {
        const { run, sent } = endless((nth) => [typed(7, nth, apiVersion)], apiVersion, recordCap);
        const { answer } = await run();
        assert.deepEqual([answer.associationCount(0), answer.truncation(0), answer.complete], [1, 'cursor', false]);
        // At most 20 pages and one for each of 50 types, and under v3 the same again by the read of one record.
        assert.ok(sent() <= 2 * 72, `${sent()} requests`);
      });
    }

    test(`of new associations end at the cap (${apiVersion})`, async () => {
      const { run, sent } = endless((nth) => [typed(nth, 1, apiVersion)], apiVersion, 100);
      const { answer } = await run();
      assert.deepEqual([answer.associationCount(0), answer.truncation(0), sent()], [100, 'cap', 100]);
    });
  }

  test('do not mistake many types of many associations for it', async () => {
    // v3 lists type after type, so that after the first type only new types come: 40 associations of 30 types, one a page.
    const total = 40 * 30;
    const { run } = endless(
      (nth) => (nth > total ? [] : [{ id: String(1 + ((nth - 1) % 40)), type: `type_${Math.floor((nth - 1) / 40)}` }]),
      'v3',
      1000,
    );
    const { answer } = await run();
    assert.equal(answer.associationCount(0), 40);
    assert.ok(Array.from({ length: 40 }, (_, nth) => answer.types(0, nth).length).every((types) => types === 30));
  });
});
