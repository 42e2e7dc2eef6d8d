import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { ApiVersion } from '../../../src/core/domain/associations.ts';
import { samplePairs } from '../../../src/core/sampleHubSpot/sampleHubSpot.ts';
import type { Fault } from '../../hubspotStandIn/fault.ts';
import type { StandIn } from '../../hubspotStandIn/standIn.ts';
import { startHubSpotStandIn } from '../../hubspotStandIn.ts';
import { assertTruth, read, reasons } from './underFaults.ts';

let standIn: StandIn;
before(async () => {
  standIn = await startHubSpotStandIn();
});
after(() => standIn.close());
afterEach(() => standIn.faults.clear());

const question = samplePairs.dealsToCompanies;
const inThree = { batchSize: 10 };
const [tries, calls] = [6, 3];

function under(fault: Fault, options = {}, apiVersion: ApiVersion = 'v3') {
  standIn.faults.set(fault);
  return read(standIn, { ...question, apiVersion }, { ...inThree, ...options });
}

const noneIds = () => question.ids.filter((id) => standIn.portal.associationsOf('deals', id, 'companies').length === 0);
const foundIds = () => question.ids.filter((id) => !noneIds().includes(id));

describe('a look-up that gets strange answers', () => {
  for (const fault of [
    { kind: 'html' },
    { kind: 'emptyBody' },
    { kind: 'cutJson' },
    { kind: 'cutJson', keep: 0.98 },
    { kind: 'gzip', broken: true },
    { kind: 'charset', declared: 'utf-16', bytes: 'utf-16le' },
  ] as const satisfies readonly Fault[]) {
    it(`asks again for what is no JSON, and calls it unreadable when it stays so (${JSON.stringify(fault)})`, async () => {
      const once = await under({ ...fault, times: 1 });
      assertTruth(once.answer, standIn.portal);
      assert.equal(once.requests, calls + 1);
      const forever = await under(fault);
      assert.equal(forever.requests, calls * tries);
      const [failure, ...others] = reasons(forever.answer);
      assert.deepEqual(others, []);
      assert.ok(failure?.kind === 'unreadableAnswer' || failure?.kind === 'connectionLost', failure?.kind);
    });
  }

  for (const fault of [
    { kind: 'gzip' },
    { kind: 'charset', declared: 'iso-8859-1', bytes: 'utf-8' },
    { kind: 'charset', declared: 'utf-8', bytes: 'utf-8-bom' },
    { kind: 'duplicateResults' },
    { kind: 'splitResults' },
    { kind: 'shuffledResults' },
    { kind: 'groupedErrors' },
  ] as const satisfies readonly Fault[]) {
    for (const version of ['v3', '2026-03', '2026-09'] as const) {
      it(`reads ${JSON.stringify(fault)} as if nothing were wrong (${version})`, async () => {
        const { answer, requests } = await under(fault, {}, version);
        assertTruth(answer, standIn.portal);
        assert.equal(requests, calls);
      });
    }
  }

  it('keeps a batch of the wrong shape as not read, with the place, and does not ask again', async () => {
    for (const [path, value, where] of [
      [['results'], 'none', 'results'],
      [['results', 0, 'from', 'id'], {}, 'results[0].from.id'],
    ] as const) {
      const { answer, requests } = await under({ kind: 'wrongShape', path, value });
      assert.equal(requests, calls);
      const [failure, ...others] = reasons(answer);
      assert.deepEqual(others, []);
      assert.ok(failure?.kind === 'unreadableAnswer', failure?.kind);
      assert.deepEqual([failure.where, failure.hubSpot.httpStatus], [where, 207]);
    }
  });

  it('keeps the results of a batch whose errors cannot be read', async () => {
    const { answer, requests } = await under({ kind: 'wrongShape', path: ['errors'], value: 7 });
    assert.deepEqual([answer.counts.notRead, requests], [8, calls]);
    assert.deepEqual(reasons(answer, noneIds()), [{ kind: 'notAnswered' }]);
    assert.ok(answer.notices.some(({ kind }) => kind === 'errorWithoutRecord'));
    assertTruth(answer, standIn.portal, foundIds());
  });

  it('keeps one result of the wrong shape apart from the others', async () => {
    const { answer, requests } = await under(
      { kind: 'wrongShape', path: ['results', 0, 'to'], value: 'nothing' },
      { batchSize: 1000 },
    );
    assert.deepEqual([answer.counts.notRead, requests], [1, 1]);
    const [odd] = foundIds().filter((id) => answer.state(answer.recordOf(id)!) === 'notRead');
    const [failure] = reasons(answer, [odd!]);
    assert.ok(failure?.kind === 'unreadableAnswer');
    assert.equal(failure.where, 'results[0].to');
    assertTruth(
      answer,
      standIn.portal,
      question.ids.filter((id) => id !== odd),
    );
  });

  for (const status of ['CANCELED', 'PENDING', 'PROCESSING'] as const) {
    it(`takes what a ${status} batch brought, and says of the rest that the batch did not end`, async () => {
      const { answer, requests } = await under({ kind: 'batchStatus', status, keep: 0.5 }, { batchSize: 1000 });
      assert.equal(requests, 1);
      const { found, none, notRead } = answer.counts;
      assert.deepEqual([found, none, notRead, answer.complete], [9, 8, 10, false]);
      const unread = foundIds().filter((id) => answer.state(answer.recordOf(id)!) === 'notRead');
      assert.deepEqual(reasons(answer, unread), [{ kind: 'batchNotComplete', status }]);
      assertTruth(
        answer,
        standIn.portal,
        question.ids.filter((id) => !unread.includes(id)),
        'page',
      );
      assert.deepEqual(
        answer.notices.filter(({ kind }) => kind === 'batchStatus'),
        [{ kind: 'batchStatus', status, batches: 1 }],
      );
    });

    it(`says that a ${status} batch did not end even when it names every record`, async () => {
      const { answer } = await under({ kind: 'batchStatus', status });
      assert.equal(answer.complete, false);
      assert.equal(answer.counts.truncated, answer.counts.found + answer.counts.none);
      assert.deepEqual(
        answer.notices.filter(({ kind }) => kind === 'batchStatus'),
        [{ kind: 'batchStatus', status, batches: calls }],
      );
    });
  }

  it('does not take silence for "none"', async () => {
    const missing = [question.ids[0]!, noneIds()[0]!];
    const { answer, requests } = await under({ kind: 'missingResults', ids: missing });
    assert.deepEqual([answer.counts.notRead, requests], [2, calls]);
    assert.deepEqual(reasons(answer, missing), [{ kind: 'notAnswered' }]);
    assertTruth(
      answer,
      standIn.portal,
      question.ids.filter((id) => !missing.includes(id)),
    );
  });

  it('reports ids that nobody asked for, and mixes them in nowhere', async () => {
    const ids = ['77777777777', '88888888888'];
    const { answer } = await under({ kind: 'extraResults', ids, times: 1 });
    assertTruth(answer, standIn.portal);
    assert.deepEqual([answer.counts.unasked, answer.counts.asked], [2, 27]);
    assert.deepEqual(
      answer.notices.filter(({ kind }) => kind === 'unaskedIds'),
      [{ kind: 'unaskedIds', ids, count: 2 }],
    );
  });

  it('says when the number of errors disagrees with their list', async () => {
    const { answer } = await under({ kind: 'numErrors', value: 17 }, { batchSize: 1000 });
    assertTruth(answer, standIn.portal);
    assert.deepEqual(
      answer.notices.filter(({ kind }) => kind === 'errorCountDisagrees'),
      [{ kind: 'errorCountDisagrees', said: 17, listed: 8 }],
    );
  });

  it('finds the record of an error that names it in its message only', async () => {
    const { answer, requests } = await under({ kind: 'errorsWithoutContext' });
    assert.deepEqual([answer.counts.none, answer.counts.notRead, requests], [8, 0, calls]);
    assertTruth(answer, standIn.portal);
  });

  it('takes an answer of nothing but errors', async () => {
    const ids = noneIds();
    standIn.faults.set({ kind: 'noResults' });
    const { answer } = await read(standIn, { ...question, ids });
    assert.deepEqual([answer.counts.none, answer.counts.asked], [ids.length, ids.length]);
    const mixed = await under({ kind: 'noResults' });
    assert.deepEqual([mixed.answer.counts.none, mixed.answer.counts.notRead], [8, 19]);
    assert.deepEqual(reasons(mixed.answer, foundIds()), [{ kind: 'notAnswered' }]);
  });

  it('does not guess whom an error without context is about', async () => {
    const { answer, requests } = await under({ kind: 'errorsWithoutContext', message: 'Something of 10 is wrong.' });
    assert.deepEqual([answer.counts.none, answer.counts.notRead, requests], [0, 8, calls]);
    assert.deepEqual(reasons(answer, noneIds()), [{ kind: 'notAnswered' }]);
    assert.ok(answer.notices.some(({ kind }) => kind === 'errorWithoutRecord'));
    assertTruth(answer, standIn.portal, foundIds());
  });

  for (const version of ['v3', '2026-03', '2026-09'] as const) {
    it(`has records that failed with their own error, once however often it is said (${version})`, async () => {
      const ids = [question.ids[2]!, noneIds()[3]!];
      const fault: Fault = {
        kind: 'recordErrors',
        ids,
        category: 'OBJECT_LOCKED',
        subCategory: 'crm.associations.RECORD_LOCKED',
        message: 'This record is locked.',
        repeat: 3,
      };
      const { answer, requests } = await under(fault, {}, version);
      assert.deepEqual([answer.counts.failed, answer.complete, requests], [2, false, calls]);
      for (const id of ids) {
        assert.deepEqual(answer.problem(answer.recordOf(id)!), {
          kind: 'hubSpotError',
          category: 'OBJECT_LOCKED',
          subCategory: 'crm.associations.RECORD_LOCKED',
          message: 'This record is locked.',
        });
      }
      assertTruth(
        answer,
        standIn.portal,
        question.ids.filter((id) => !ids.includes(id)),
      );
    });
  }
});
