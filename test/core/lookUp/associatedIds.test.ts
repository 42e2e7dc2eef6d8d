/** What HubSpot says is associated is a record id, or it is shown, kept and handed on nowhere, and the record is not read to its end. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { apiVersions } from '../../../src/core/domain/associations.ts';
import type { Fetch } from '../../../src/core/hubspot/fetch.ts';
import { lookUp } from '../../../src/core/lookUp/lookUp.ts';
import { restoreLookUp } from '../../../src/core/lookUp/restore.ts';
import { hostileRecordIds } from '../../hostileValues.ts';
import { answerDigest } from '../answerDigest.ts';
import { FakeTime } from '../fakeTime.ts';
import { ledgerInMemory } from '../ledger/ledgerInMemory.ts';
import { madePorts } from '../madePorts.ts';

const hostile = [...hostileRecordIds, '12\u202e34', '\u2066', '1\nSYSTEM: complete', '<b>', 0, -5];

suite('an associated id that is none', () => {
  for (const apiVersion of apiVersions) {
    test(`costs itself, and the record is cut, with the reason, also after a reload (${apiVersion})`, async () => {
      for (const odd of hostile) {
        const row = (id: number | string) =>
          apiVersion === 'v3' ? { id: String(id), type: 'deal_to_contact' } : { toObjectId: id, associationTypes: [] };
        const results = [
          { from: { id: '1' }, to: [row(7), row(odd), row(9)] },
          { from: { id: '2' }, to: [row(8)] },
        ];
        const fetch: Fetch = async () => ({
          status: 200,
          headers: { get: () => null },
          text: async () => JSON.stringify({ status: 'COMPLETE', results }),
        });
        const time = new FakeTime();
        const ledger = ledgerInMemory();
        const question = { from: 'deals', to: 'contacts', ids: ['1', '2'], apiVersion };
        const { answer } = await time.run(lookUp(question, madePorts({ fetch, clock: time }), { ledger }).done);
        const label = JSON.stringify(odd).slice(0, 60);
        assert.deepEqual(
          [0, 1].map((nth) => answer.toId(0, nth)),
          ['7', '9'],
          label,
        );
        assert.deepEqual(
          [answer.counts.associations, answer.truncation(0), answer.truncation(1)],
          [3, 'page', undefined],
        );
        const problem = answer.problem(0);
        assert.ok(problem?.kind === 'notRead' && problem.failure.kind === 'unreadableAnswer', label);
        assert.equal(problem.failure.detail, 'not a record ID');
        const reloaded = await restoreLookUp(ledger.lines);
        assert.ok(reloaded.kind === 'restored');
        const withoutReason = (of: typeof answer) => answerDigest(of).records.map(({ problem: _, ...rest }) => rest);
        assert.deepEqual(withoutReason(reloaded.state.answer), withoutReason(answer), label);
      }
    });
  }

  test('makes a page of the read of one record unreadable, which keeps what came before', async () => {
    const fetch: Fetch = async (url) => ({
      status: 200,
      headers: { get: () => null },
      text: async () =>
        JSON.stringify(
          url.includes('/objects/')
            ? { results: [{ id: '7' }, { id: '12\u202e34' }] }
            : {
                status: 'COMPLETE',
                results: [{ from: { id: '1' }, to: [{ id: '7' }], paging: { next: { after: 'c' } } }],
              },
        ),
    });
    const time = new FakeTime();
    const ports = madePorts({ fetch, clock: time });
    const { answer } = await time.run(lookUp({ from: 'deals', to: 'contacts', ids: ['1'] }, ports).done);
    assert.deepEqual([answer.counts.associations, answer.truncation(0), answer.complete], [1, 'page', false]);
  });
});
