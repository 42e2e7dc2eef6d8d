import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sampleIds } from '../../../src/core/sampleHubSpot/sampleAccount.ts';
import type { Fault } from '../../hubspotStandIn/fault.ts';
import { dealId, dealIds, generatedAccount, unknownDealIds } from '../../hubspotStandIn/generatedAccount.ts';
import { inputsOf } from '../../hubspotStandIn/recordedRequest.ts';
import type { StandIn, StandInOptions } from '../../hubspotStandIn/standIn.ts';
import { startHubSpotStandIn } from '../../hubspotStandIn.ts';
import { assertTruth, read, reasons } from './underFaults.ts';

async function withStandIn(options: StandInOptions, use: (standIn: StandIn) => Promise<void>): Promise<void> {
  const standIn = await startHubSpotStandIn(options);
  try {
    await use(standIn);
  } finally {
    await standIn.close();
  }
}

/** Six companies; the second one has 132 contacts, four pages of 40 rows under the date versions, more under v3. */
const companies = { from: 'companies', to: 'contacts', ids: sampleIds.company.slice(0, 6) };
const largest = companies.ids[1]!;

describe('a look-up of records with many pages', () => {
  for (const apiVersion of ['v3', '2026-03', '2026-09'] as const) {
    it(`reads every page, whatever its size (${apiVersion})`, async () => {
      for (const pageSize of [1, 7, 40, 1000]) {
        await withStandIn({ pageSize }, async (standIn) => {
          const { answer } = await read(standIn, { ...companies, apiVersion });
          assertTruth(answer, standIn.portal);
        });
      }
    });

    for (const kind of ['stuckCursor', 'loopingCursor', 'ignoredCursor'] as const) {
      it(`does not go round in circles with a ${kind} (${apiVersion})`, () =>
        withStandIn({ pageSize: 20 }, async (standIn) => {
          standIn.faults.set({ kind, when: { method: 'POST' } });
          const { answer, requests } = await read(standIn, { ...companies, apiVersion });
          const record = answer.recordOf(largest)!;
          if (apiVersion !== 'v3') {
            // Only v3 has another way to read one record.
            assert.deepEqual([answer.truncation(record), answer.complete], ['cursor', false]);
            assert.deepEqual(answer.problem(record), { kind: 'notRead', failure: { kind: 'cursorStuck' } });
            assertTruth(
              answer,
              standIn.portal,
              companies.ids.filter((id) => id !== largest),
            );
          } else {
            assertTruth(answer, standIn.portal);
            assert.ok(standIn.requests.some(({ method, path }) => method === 'GET' && path.includes(largest)));
          }
          assert.ok(requests <= 12, String(requests));
        }));
    }
  }

  it('says that a record is cut off when its own read has no cursor that moves either', () =>
    withStandIn({ pageSize: 20, recordPageSize: 20 }, async (standIn) => {
      standIn.faults.set({ kind: 'stuckCursor' });
      const { answer, requests } = await read(standIn, companies);
      assert.equal(answer.truncation(answer.recordOf(largest)!), 'cursor');
      assert.equal(answer.state(answer.recordOf(largest)!), 'found');
      assertTruth(
        answer,
        standIn.portal,
        companies.ids.filter((id) => id !== largest),
      );
      assert.ok(requests <= 12, String(requests));
    }));

  const oddCursors: readonly (readonly [name: string, cursor: string, inQuery: string])[] = [
    ['percent-encoded', 'MC0y%2BLTc%2F1MDI%3D', 'MC0y%2BLTc%2F1MDI%3D'],
    ['percent-encoded in small letters', 'a%2bb%2f%3d', 'a%2bb%2f%3d'],
    ['plain base64', 'ab+/cd==', 'ab%2B%2Fcd=='],
    ['with spaces', ' a  b ', '%20a%20%20b%20'],
    ['not in ASCII', 'é日🖊', '%C3%A9%E6%97%A5%F0%9F%96%8A'],
    ['with what has a meaning in an address', 'a&after=b#c?d\\"', 'a%26after=b%23c%3Fd%5C%22'],
    ['with a percent sign of its own', '50%', '50%25'],
  ];
  for (const [name, cursor, inQuery] of oddCursors) {
    it(`sends a cursor back as it came: ${name}`, () =>
      withStandIn({ pageSize: 20, recordPageSize: 20 }, async (standIn) => {
        const question = { ...companies, ids: [largest] };
        const given = (path: readonly (string | number)[], method: string): Fault => ({
          kind: 'wrongShape',
          path: [...path, 'paging', 'next', 'after'],
          value: cursor,
          when: { method, to: 1 },
        });
        for (const apiVersion of ['v3', '2026-03', '2026-09'] as const) {
          standIn.faults.set(given(['results', 0], 'POST'));
          await read(standIn, { ...question, apiVersion });
          const [first, second] = standIn.requests.flatMap(inputsOf);
          assert.deepEqual([first, second], [{ id: largest }, { id: largest, after: cursor }]);
          standIn.forgetRequests();
        }

        standIn.faults.set({ kind: 'stuckCursor', when: { method: 'POST' } }, given([], 'GET'));
        await read(standIn, question);
        const singly = standIn.requests.filter(({ method }) => method === 'GET').map(({ path }) => path.split('?')[1]);
        assert.deepEqual(singly.slice(0, 2), ['limit=500', `limit=500&after=${inQuery}`]);
      }));
  }

  it('keeps the pages it has when a later one fails, and goes on from there', () =>
    withStandIn({ pageSize: 40 }, async (standIn) => {
      const fault: Fault = {
        kind: 'serverError',
        status: 522,
        when: ({ body }) => JSON.stringify(body).includes('"after"'),
      };
      standIn.faults.set(fault);
      const first = await read(standIn, companies);
      const record = first.answer.recordOf(largest)!;
      assert.deepEqual(
        [first.answer.truncation(record), first.answer.associationCount(record), first.answer.complete],
        ['page', 40, false],
      );
      standIn.faults.clear();
      standIn.forgetRequests();
      const rest = await read(standIn, companies, { resume: first.run.state });
      assertTruth(rest.answer, standIn.portal);
      const again = standIn.requests.flatMap(inputsOf).filter(({ after }) => after === undefined);
      assert.deepEqual(again, []);
    }));

  it('stops at the cap and says so, or reads all 50,000 when told to', () =>
    withStandIn(
      { account: generatedAccount({ deals: 40, contacts: (nth) => (nth === 3 ? 50_000 : 3) }), pageSize: 2000 },
      async (standIn) => {
        const question = { from: 'deals', to: 'contacts', ids: dealIds(40) };
        const capped = await read(standIn, question);
        const record = capped.answer.recordOf(dealId(3))!;
        assert.deepEqual(
          [capped.answer.truncation(record), capped.answer.associationCount(record), capped.answer.complete],
          ['cap', 10_000, false],
        );
        assert.deepEqual([capped.answer.counts.found, capped.requests], [40, 5]);
        const all = await read(standIn, { ...question, recordCap: Infinity });
        assertTruth(all.answer, standIn.portal);
        assert.deepEqual([all.answer.counts.associations, all.requests], [50_000 + 39 * 3, 25]);
      },
    ));

  it('fills calls with pages and new ids together', () =>
    withStandIn({ account: generatedAccount({ deals: 400, contacts: 12 }), pageSize: 5 }, async (standIn) => {
      const question = { from: 'deals', to: 'contacts', ids: dealIds(400) };
      const { answer, requests } = await read(standIn, question, { batchSize: 100, maxInFlight: 2 });
      assertTruth(answer, standIn.portal);
      // 400 records with three pages each are twelve full calls.
      assert.ok(requests <= 14, String(requests));
    }));

  it('answers "none" for every id that nobody knows, and is complete', () =>
    withStandIn({ account: generatedAccount({ deals: 10 }) }, async (standIn) => {
      for (const apiVersion of ['v3', '2026-03', '2026-09'] as const) {
        const { answer, requests } = await read(standIn, {
          from: 'deals',
          to: 'contacts',
          ids: unknownDealIds(2500),
          apiVersion,
        });
        assertTruth(answer, standIn.portal);
        assert.deepEqual([answer.counts.none, answer.complete, requests], [2500, true, 3]);
      }
    }));

  it('asks for each id once, and never for what is no id', () =>
    withStandIn({}, async (standIn) => {
      const ids = [...sampleIds.deal, ...sampleIds.deal, 'abc', '1.79830E+10', '0', '-5', ''];
      const { answer } = await read(standIn, { from: 'deals', to: 'companies', ids });
      const sent = standIn.requests.flatMap(inputsOf).map(({ id }) => id);
      assert.deepEqual(sent.toSorted(), [...sampleIds.deal].sort());
      assert.deepEqual([answer.counts.asked, answer.counts.notRead], [sampleIds.deal.length + 5, 5]);
      assert.deepEqual(reasons(answer, ['abc', '1.79830E+10', '0', '-5', '']), [{ kind: 'notAnId' }]);
    }));
});
