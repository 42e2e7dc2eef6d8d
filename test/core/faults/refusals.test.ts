import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { sampleIds } from '../../../src/core/sampleHubSpot/sampleAccount.ts';
import { samplePairs } from '../../../src/core/sampleHubSpot/sampleHubSpot.ts';
import type { Fault } from '../../hubspotStandIn/fault.ts';
import type { StandIn } from '../../hubspotStandIn/standIn.ts';
import { startHubSpotStandIn } from '../../hubspotStandIn.ts';
import { assertTruth, jumpingClock, read, reasons } from './underFaults.ts';

let standIn: StandIn;
before(async () => {
  standIn = await startHubSpotStandIn();
});
after(() => standIn.close());
afterEach(() => standIn.faults.clear());

const question = samplePairs.dealsToCompanies;
const inThree = { batchSize: 10 };
const [tries, calls] = [6, 3];

function under(fault: Fault, options = {}) {
  standIn.faults.set(fault);
  return read(standIn, question, { ...inThree, ...options });
}

describe('a look-up that HubSpot refuses', () => {
  it('waits a second by policy SECONDLY, ten by TEN_SECONDLY_ROLLING, and as told when that is sane', async () => {
    const waitsOf = async (fault: Fault) => {
      standIn.faults.set({ ...fault, times: 1 });
      const options = { ...inThree, maxInFlight: 1 };
      const { answer, requests, waits } = await read(standIn, question, options, { clock: jumpingClock() });
      assertTruth(answer, standIn.portal);
      assert.equal(requests, calls + 1);
      return waits.filter(({ reason }) => reason === 'rateLimited').map(({ milliseconds }) => milliseconds);
    };
    assert.deepEqual(await waitsOf({ kind: 'rateLimited', policy: 'SECONDLY' }), [1000]);
    const rolling = { kind: 'rateLimited', policy: 'TEN_SECONDLY_ROLLING' } as const;
    assert.deepEqual(await waitsOf(rolling), [10_000]);
    assert.deepEqual(await waitsOf({ ...rolling, retryAfter: '3' }), [3000]);
    assert.deepEqual(await waitsOf({ ...rolling, retryAfter: '86400' }), [10_000]);
    assert.deepEqual(
      await waitsOf({ kind: 'rateLimited', policy: 'SECONDLY', retryAfter: 'soon', rateHeaders: true }),
      [1000],
    );
  });

  it('sits out a storm of 429s, and gives up one that does not end', async () => {
    const storm = await under({ kind: 'rateLimited', policy: 'SECONDLY', times: 5 });
    assertTruth(storm.answer, standIn.portal);
    assert.equal(storm.requests, calls + 5);
    const forever = await under({ kind: 'rateLimited', policy: 'TEN_SECONDLY_ROLLING' });
    assert.deepEqual([forever.stopped?.kind, forever.answer.counts.notRead], ['rateLimited', 27]);
    assert.ok(forever.requests <= calls * tries, String(forever.requests));
  });

  it('stops at the daily limit, keeps what it has, and goes on when asked', async () => {
    standIn.faults.set({ kind: 'rateLimited', policy: 'DAILY', when: { from: 2 } });
    const first = await read(standIn, question, { ...inThree, maxInFlight: 1 });
    assert.deepEqual([first.stopped?.kind, first.answer.counts.notRead, first.requests], ['dailyLimit', 17, 2]);
    standIn.faults.clear();
    const rest = await read(standIn, question, { ...inThree, resume: first.run.state });
    assertTruth(rest.answer, standIn.portal);
    assert.equal(rest.requests, 2);
  });

  for (const status of [500, 502, 503, 504, 521, 523, 524] as const) {
    it(`tries again after ${status}, and calls it a server error when it stays`, async () => {
      const burst = await under({ kind: 'serverError', status, times: 2 });
      assertTruth(burst.answer, standIn.portal);
      assert.equal(burst.requests, calls + 2);
      const forever = await under({ kind: 'serverError', status });
      const [failure] = reasons(forever.answer);
      assert.ok(failure?.kind === 'serverError');
      assert.deepEqual([failure.hubSpot.httpStatus, forever.requests], [status, calls * tries]);
    });
  }

  for (const status of [522, 525, 526] as const) {
    it(`does not hammer after ${status}`, async () => {
      const { answer, requests } = await under({ kind: 'serverError', status, times: 1 });
      assert.deepEqual(
        [answer.counts.found + answer.counts.none, requests],
        [answer.counts.asked - answer.counts.notRead, calls],
      );
      assert.ok(answer.counts.notRead > 0 && answer.counts.notRead <= 10);
    });
  }

  it('waits out a locked record (423), and says unavailable when it stays locked', async () => {
    standIn.faults.set({ kind: 'locked', times: 1 });
    const once = await read(standIn, question, { ...inThree, maxInFlight: 1 }, { clock: jumpingClock() });
    assertTruth(once.answer, standIn.portal);
    assert.deepEqual(once.waits, [{ reason: 'retry', milliseconds: 2000 }]);
    const forever = await under({ kind: 'locked' });
    assert.deepEqual(
      reasons(forever.answer).map(({ kind }) => kind),
      ['unavailable'],
    );
    assert.equal(forever.requests, calls * tries);
  });

  it('stops when the account is being moved (477), with the time HubSpot gives', async () => {
    const { stopped, requests } = await under({ kind: 'migrating', retryAfter: '86400' }, { maxInFlight: 1 });
    assert.ok(stopped?.kind === 'unavailable');
    assert.ok(stopped.until !== undefined && stopped.until > 86_400_000);
    assert.deepEqual([stopped.hubSpot.httpStatus, requests], [477, 1]);
  });

  it('stops when a proxy wants a login (407)', async () => {
    const { stopped, requests, answer } = await under({ kind: 'proxyLogin' }, { maxInFlight: 1 });
    assert.deepEqual([stopped?.kind, requests, answer.counts.notRead], ['proxy', 1, 27]);
  });

  it('stops at a token that is not good, and says whether it has expired', async () => {
    standIn.issueToken('oauth');
    for (const expired of [false, true]) {
      const { stopped, requests } = await under({ kind: 'unauthorized', expired }, { maxInFlight: 1 });
      assert.ok(stopped?.kind === 'unauthorized');
      assert.deepEqual([stopped.expired, requests], [expired, 1]);
    }
  });

  it('keeps what it has when the token dies in the middle, and goes on with a new one', async () => {
    standIn.issueToken('oauth');
    standIn.expireToken(1);
    const first = await read(standIn, question, { ...inThree, maxInFlight: 1 });
    assert.ok(first.stopped?.kind === 'unauthorized' && first.stopped.expired);
    assert.deepEqual([first.requests, first.answer.counts.notRead], [2, 17]);
    standIn.issueToken();
    const rest = await read(standIn, question, { ...inThree, resume: first.run.state });
    assertTruth(rest.answer, standIn.portal);
    assert.deepEqual([rest.requests, rest.answer.effort.requests], [2, 4]);
    standIn.expireToken(1);
    const revoked = await read(standIn, question, { ...inThree, maxInFlight: 1 });
    assert.ok(revoked.stopped?.kind === 'unauthorized' && !revoked.stopped.expired);
    standIn.issueToken();
  });

  it('names the missing scopes, wherever HubSpot puts them', async () => {
    const scopes = ['crm.objects.deals.read', 'crm.objects.companies.read'];
    for (const key of ['requiredGranularScopes', 'requiredScopes', 'missingScopes'] as const) {
      for (const topLevel of [false, true]) {
        const { stopped, requests } = await under({ kind: 'missingScopes', scopes, key, topLevel }, { maxInFlight: 1 });
        assert.ok(stopped?.kind === 'missingScopes', stopped?.kind);
        assert.deepEqual([stopped.anyOf, requests], [scopes, 1]);
      }
    }
  });

  it('tells other refusals from missing scopes, and an unknown type from both', async () => {
    for (const category of ['USER_DOES_NOT_HAVE_PERMISSIONS', 'GATED'] as const) {
      const { stopped } = await under({ kind: 'forbidden', category });
      assert.ok(stopped?.kind === 'forbidden');
      assert.equal(stopped.hubSpot.category, category);
    }
    standIn.faults.clear();
    const widgets = await read(standIn, { ...question, from: 'widgets' }, { maxInFlight: 1 });
    assert.ok(widgets.stopped?.kind === 'unknownObjectType');
    assert.equal(widgets.stopped.hubSpot.message, 'Unable to infer object type from: widgets');
    assert.equal(widgets.requests, 1);
    const forbidden = await read(standIn, samplePairs.dealsToForbidden);
    assert.ok(forbidden.stopped?.kind === 'missingScopes');
    assert.deepEqual(forbidden.stopped.anyOf, ['crm.objects.feedback_submissions.read']);
  });

  for (const status of [404, 405, 414, 415]) {
    it(`stops at ${status}, which would be the same the next time`, async () => {
      const fault: Fault = { kind: 'status', status, body: '<html></html>', headers: { 'content-type': 'text/html' } };
      const { stopped, requests } = await under(fault, { maxInFlight: 1 });
      assert.ok(stopped?.kind === 'refused');
      assert.deepEqual([stopped.hubSpot.httpStatus, requests], [status, 1]);
    });
  }

  it('finds the one id that spoils a batch, and reads the rest', async () => {
    const poison = question.ids[17]!;
    const { answer, requests, stopped } = await under({ kind: 'poisonousIds', ids: [poison] }, { batchSize: 1000 });
    const record = answer.recordOf(poison)!;
    assert.deepEqual([stopped, answer.state(record), answer.counts.failed], [undefined, 'failed', 1]);
    const problem = answer.problem(record);
    assert.ok(problem?.kind === 'hubSpotError');
    assert.deepEqual([problem.category, problem.message], ['VALIDATION_ERROR', 'One or more associations are invalid']);
    assertTruth(
      answer,
      standIn.portal,
      question.ids.filter((id) => id !== poison),
    );
    // One refusal and two halves a level, five levels for 27 ids.
    assert.ok(requests <= 11, String(requests));
  });

  it('finds a few ids that spoil a batch', async () => {
    const poison = [3, 4, 21].map((nth) => question.ids[nth]!);
    const { answer, requests } = await under({ kind: 'poisonousIds', ids: poison }, { batchSize: 1000 });
    assert.deepEqual(
      poison.map((id) => answer.state(answer.recordOf(id)!)),
      ['failed', 'failed', 'failed'],
    );
    assertTruth(
      answer,
      standIn.portal,
      question.ids.filter((id) => !poison.includes(id)),
    );
    assert.ok(requests <= 31, String(requests));
  });

  it('does not send every id by itself when HubSpot refuses them all', async () => {
    const ids = sampleIds.contact;
    standIn.faults.set({ kind: 'poisonousIds', ids });
    const { answer, requests, stopped } = await read(standIn, { from: 'contacts', to: 'companies', ids });
    assert.equal(stopped?.kind, 'refused');
    assert.equal(answer.counts.found + answer.counts.none, 0);
    assert.ok(requests <= 40, String(requests));
  });

  it('gives up on a batch full of ids that spoil it, when others were read', async () => {
    const ids = sampleIds.contact;
    standIn.faults.set({ kind: 'poisonousIds', ids: ids.slice(130) });
    const asked = { from: 'contacts', to: 'companies', ids };
    const { answer, requests, stopped } = await read(standIn, asked, { batchSize: 130, maxInFlight: 1 });
    assert.equal(stopped, undefined);
    assertTruth(answer, standIn.portal, ids.slice(0, 130));
    assert.equal(answer.counts.failed + answer.counts.notRead, 130);
    // One call that is read, one that is refused, and the parts it may be split into.
    assert.ok(requests <= 2 + 64, String(requests));
  });

  it('splits batches that are refused for their size, and sends no larger ones after that', async () => {
    const { answer, requests } = await under({ kind: 'smallerBatches', limit: 7 }, { batchSize: 1000, maxInFlight: 1 });
    assertTruth(answer, standIn.portal);
    // 27 and then 14 are refused, which says enough of the other 13; four parts of at most 7 are read.
    assert.equal(requests, 6);
  });
});
