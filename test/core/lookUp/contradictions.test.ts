/** HubSpot contradicts itself: nothing that came is lost, and nothing of it looks complete. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { ApiVersion } from '../../../src/core/domain/associations.ts';
import type { Contradiction } from '../../../src/core/domain/failure.ts';
import type { Fetch } from '../../../src/core/hubspot/fetch.ts';
import { wholeLines } from '../../../src/core/ledger/wholeLines.ts';
import { lookUp } from '../../../src/core/lookUp/lookUp.ts';
import { restoreLookUp } from '../../../src/core/lookUp/restore.ts';
import type { LookUpOptions } from '../../../src/core/lookUp/run.ts';
import type { Fault } from '../../hubspotStandIn/fault.ts';
import { dealId } from '../../hubspotStandIn/generatedAccount.ts';
import { inputsOf, type RecordedRequest } from '../../hubspotStandIn/recordedRequest.ts';
import { answerDigest } from '../answerDigest.ts';
import { FakeTime } from '../fakeTime.ts';
import { ledgerInMemory } from '../ledger/ledgerInMemory.ts';
import { madePorts } from '../madePorts.ts';
import { scene } from './scene.ts';

const versions = ['v3', '2026-03', '2026-09'] as const;
const isBatch = ({ method }: RecordedRequest) => method === 'POST';

/** Three deals with seven contacts each, three a page, under faults that end with `recover`. */
function contradicted(faultsOf: (request: RecordedRequest) => readonly Fault[], apiVersion: ApiVersion = 'v3') {
  let isRecovered = false;
  const ledger = ledgerInMemory();
  const made = scene({
    deals: 3,
    contacts: 7,
    pageSize: 3,
    question: { apiVersion },
    options: { ledger },
    strike: (request) => (isRecovered ? [] : faultsOf(request)),
  });
  return {
    ...made,
    restored: async () => {
      const look = await restoreLookUp(ledger.lines);
      assert.ok(look.kind === 'restored');
      return look.state;
    },
    recover: () => {
      isRecovered = true;
    },
  };
}

interface Case {
  readonly name: string;
  readonly faults: (request: RecordedRequest) => readonly Fault[];
  readonly how: Contradiction;
  /** Associations of the first deal that are kept. */
  readonly kept: number;
  readonly versions?: readonly ApiVersion[];
}

const ids = [dealId(0), dealId(1), dealId(2)];
const cases: readonly Case[] = [
  { name: 'a cursor, and then an error: none', faults: () => [{ kind: 'noMore' }], how: 'announcedMore', kept: 3 },
  {
    name: 'a cursor, and then an empty last page',
    faults: () => [{ kind: 'noMore', as: 'result' }],
    how: 'announcedMore',
    kept: 3,
  },
  {
    name: 'a cursor that stands still, and then nothing by the single read',
    faults: (request) => [isBatch(request) ? { kind: 'stuckCursor' } : { kind: 'noMore', single: true }],
    how: 'announcedMore',
    kept: 6,
    versions: ['v3'],
  },
  {
    name: 'a cursor that stands still, and then fewer by the single read',
    faults: (request) => [
      isBatch(request) ? { kind: 'stuckCursor' } : { kind: 'wrongShape', path: [], value: undefined },
      ...(isBatch(request)
        ? []
        : ([
            { kind: 'wrongShape', path: ['paging'] },
            { kind: 'wrongShape', path: ['results', 'length'], value: 4 },
          ] as const)),
    ],
    how: 'listedFewer',
    kept: 6,
    versions: ['v3'],
  },
  {
    name: 'associations, and an error for the same id',
    faults: () => [{ kind: 'resultAndError', ids }],
    how: 'resultAndError',
    kept: 3,
  },
  {
    name: 'associations, and for the same id that there are none',
    faults: () => [{ kind: 'resultAndError', ids, none: true }],
    how: 'resultAndError',
    kept: 3,
  },
  {
    name: 'one id twice, with different cursors',
    faults: () => [{ kind: 'twoCursors' }],
    how: 'twoCursors',
    kept: 3,
  },
];

suite('an answer that contradicts itself', () => {
  for (const { name, faults, how, kept, versions: only = versions } of cases) {
    for (const apiVersion of only) {
      test(`${name}: truncated, with the reason, also after a reload (${apiVersion})`, async () => {
        const { start, time, recover, restored } = contradicted(faults, apiVersion);
        const first = start();
        const { answer, stopped } = await time.run(first.done);
        assert.equal(stopped, undefined);
        assert.deepEqual([answer.counts.found, answer.counts.truncated, answer.complete], [3, 3, false]);
        for (let record = 0; record < 3; record++) {
          assert.equal(answer.associationCount(record), kept);
          assert.equal(answer.truncation(record), 'page');
          assert.deepEqual(answer.problem(record), { kind: 'notRead', failure: { kind: 'contradiction', how } });
        }
        const reloaded = await restored();
        assert.deepEqual(answerDigest(reloaded.answer), answerDigest(answer));

        recover();
        for (const state of [reloaded, first.state]) {
          const again = await time.run(start({ resume: state }).done);
          assert.deepEqual([again.answer.complete, again.answer.counts.associations], [true, 21]);
        }
      });
    }
  }

  test('about a record without associations leaves it not read, with the reason', async () => {
    // The first page is empty and has a cursor; then there are none.
    const faults = (request: RecordedRequest): readonly Fault[] =>
      inputsOf(request).some(({ after }) => after) ? [{ kind: 'noMore' }] : [{ kind: 'emptyPages' }];
    const { run, restored } = contradicted(faults);
    const { answer } = await run();
    assert.deepEqual([answer.counts.notRead, answer.complete], [3, false]);
    assert.deepEqual(answer.problem(0), { kind: 'notRead', failure: { kind: 'contradiction', how: 'announcedMore' } });
    assert.deepEqual(answerDigest((await restored()).answer), answerDigest(answer));
  });

  test('is remarked, with the ids', async () => {
    const both = await contradicted(() => [{ kind: 'resultAndError', ids: [dealId(1)] }]).run();
    assert.deepEqual(both.answer.notices, [{ kind: 'resultAndError', ids: [dealId(1)], count: 1 }]);
    const two = await contradicted(() => [{ kind: 'twoCursors' }]).run();
    const [notice] = two.answer.notices;
    assert.ok(notice?.kind === 'twoCursors');
    assert.deepEqual(notice.ids.toSorted(), ids.toSorted());
  });
});

/** An association with this contact. */
const row = (id: number) => ({
  toObjectId: id,
  associationTypes: [{ category: 'HUBSPOT_DEFINED', typeId: 3, label: null }],
});

/** A deal whose pages are these contacts, each but the last with a cursor to the next; `status` says how a batch ended. */
function pagesOf(pages: readonly (readonly number[])[], apiVersion: ApiVersion, status = () => 'COMPLETE') {
  const time = new FakeTime();
  const ledger = ledgerInMemory();
  const rowOf = (id: number) => (apiVersion === 'v3' ? { id: String(id), type: 'deal_to_contact' } : row(id));
  const fetch: Fetch = async (_, { body = '' }) => {
    const nth = Number(JSON.parse(body).inputs[0].after ?? 0);
    const paging = nth < pages.length - 1 ? { paging: { next: { after: String(nth + 1) } } } : {};
    const results = [{ from: { id: '1' }, to: pages[nth]!.map(rowOf), ...paging }];
    return {
      status: 200,
      headers: { get: () => null },
      text: async () => JSON.stringify({ status: status(), results }),
    };
  };
  const ports = madePorts({ fetch, clock: time });
  const question = { from: 'deals', to: 'contacts', ids: ['1'], apiVersion };
  const run = (options: LookUpOptions = {}) => time.run(lookUp(question, ports, { ledger, ...options }).done);
  return { run, ledger };
}

suite('a last page that holds only what came before', () => {
  for (const apiVersion of versions) {
    for (const pages of [
      [
        [1, 2],
        [1, 2],
      ],
      [[1, 2], [2]],
      [[1], [2, 3], [1, 3]],
    ]) {
      test(`is not the rest that a cursor announced: ${JSON.stringify(pages)} (${apiVersion})`, async () => {
        const { run, ledger } = pagesOf(pages, apiVersion);
        const { answer } = await run();
        const failure = { kind: 'contradiction', how: 'announcedMore' };
        assert.deepEqual([answer.associationCount(0), answer.truncation(0)], [new Set(pages.flat()).size, 'page']);
        assert.deepEqual([answer.problem(0), answer.complete], [{ kind: 'notRead', failure }, false]);
        const reloaded = await restoreLookUp(ledger.lines);
        assert.ok(reloaded.kind === 'restored');
        assert.deepEqual(answerDigest(reloaded.state.answer), answerDigest(answer));
      });
    }

    test(`is no rest either where it came in part before, with nothing that was new (${apiVersion})`, async () => {
      let nth = 0;
      const { run, ledger } = pagesOf([[1, 2], [1]], apiVersion, () => (++nth === 2 ? 'CANCELED' : 'COMPLETE'));
      await run();
      const reloaded = await restoreLookUp(ledger.lines);
      assert.ok(reloaded.kind === 'restored');
      const { answer } = await run({ resume: reloaded.state });
      const failure = { kind: 'contradiction', how: 'announcedMore' };
      assert.deepEqual([answer.truncation(0), answer.complete], ['page', false]);
      assert.deepEqual(answer.problem(0), { kind: 'notRead', failure });
    });

    test(`is one that came in part before and is asked for again, also after a reload (${apiVersion})`, async () => {
      let nth = 0;
      // The batch with the last page does not end, so what it holds counts, and is asked for once more.
      const { run, ledger } = pagesOf([[1, 2], [3]], apiVersion, () => (++nth === 2 ? 'CANCELED' : 'COMPLETE'));
      const live = await run();
      assert.deepEqual([live.answer.associationCount(0), live.answer.complete], [3, false]);
      const appended = await restoreLookUp(ledger.lines);
      assert.ok(appended.kind === 'restored');
      const { answer, pages } = appended.state;
      const anew = [...wholeLines(answer, pages.standStill(), false)].map((line) =>
        Buffer.from(line).toString('latin1'),
      );
      const whole = await restoreLookUp(anew);
      assert.ok(whole.kind === 'restored');
      for (const state of [appended.state, whole.state]) {
        const again = await run({ resume: state, ledger: ledgerInMemory() });
        assert.deepEqual([again.answer.associationCount(0), again.answer.complete], [3, true]);
      }
    });
  }
});

/** What HubSpot says of a deal, call after call: its contacts, a cursor, and how the batch ended. */
interface Said {
  readonly to: readonly number[];
  readonly after?: string;
  readonly status?: string;
  /** Of the label. */
  readonly typeId?: number;
}

/** Runs that go on from one another, each as far as it comes, of a deal of which HubSpot says this. */
async function runsOn(said: readonly Said[], apiVersion: ApiVersion, caps: readonly number[]) {
  let calls = 0;
  const fetch: Fetch = async () => {
    const { to, after, status = 'COMPLETE', typeId = 3 }: Said = said[calls++] ?? { to: [] };
    const rows = to.map((id) =>
      apiVersion === 'v3'
        ? { id: String(id), type: `label_${typeId}` }
        : { toObjectId: id, associationTypes: [{ typeId }] },
    );
    const results = [{ from: { id: '1' }, to: rows, ...(after ? { paging: { next: { after } } } : {}) }];
    return { status: 200, headers: { get: () => null }, text: async () => JSON.stringify({ status, results }) };
  };
  const time = new FakeTime();
  const ledger = ledgerInMemory();
  const question = { from: 'deals', to: 'contacts', ids: ['1'], apiVersion, recordCap: caps[0]! };
  let run = lookUp(question, madePorts({ fetch, clock: time }), { ledger });
  await time.run(run.done);
  for (const recordCap of caps.slice(1)) {
    run = lookUp(question, madePorts({ fetch, clock: time }), { ledger, resume: run.state, recordCap });
    await time.run(run.done);
  }
  assert.equal(calls, said.length);
  return { answer: run.state.answer, ledger };
}

suite('a page that is asked for again, since it came in part,', () => {
  const canceled = 'CANCELED';
  const twice = [100, 100];
  for (const apiVersion of versions) {
    for (const { name, said, how, kept, caps = twice } of [
      { name: 'has none', said: [{ to: [1, 2], status: canceled }, { to: [] }], how: 'listedFewer', kept: 2 },
      { name: 'has fewer', said: [{ to: [1, 2], status: canceled }, { to: [2] }], how: 'listedFewer', kept: 2 },
      {
        name: 'has only what came before, both times',
        said: [{ to: [1], after: 'a' }, { to: [1], status: canceled }, { to: [1] }],
        how: 'announcedMore',
        kept: 1,
      },
      {
        name: 'has fewer as a later one',
        said: [{ to: [1], after: 'a' }, { to: [2, 3], status: canceled }, { to: [1], after: 'b' }, { to: [2] }],
        how: 'listedFewer',
        kept: 3,
      },
      {
        name: 'has none beyond the cap as a later one',
        said: [{ to: [1], after: 'a' }, { to: [2, 3], after: 'b' }, { to: [2] }],
        how: 'announcedMore',
        kept: 2,
        caps: [2, 9],
      },
      {
        name: 'has only another label beyond the cap as a later one',
        said: [
          { to: [1], after: 'a' },
          { to: [2, 3], after: 'b' },
          { to: [2], typeId: 5 },
        ],
        how: 'announcedMore',
        kept: 2,
        caps: [2, 9],
      },
      {
        name: 'has none beyond the cap',
        said: [{ to: [1, 2], after: 'a' }, { to: [] }],
        how: 'listedFewer',
        kept: 1,
        caps: [1, 9],
      },
    ] as const) {
      test(`${name}: truncated, with the reason, also after a reload (${apiVersion})`, async () => {
        const { answer, ledger } = await runsOn(said, apiVersion, caps);
        assert.deepEqual([answer.associationCount(0), answer.truncation(0), answer.complete], [kept, 'page', false]);
        assert.deepEqual(answer.problem(0), { kind: 'notRead', failure: { kind: 'contradiction', how } });
        const reloaded = await restoreLookUp(ledger.lines);
        assert.ok(reloaded.kind === 'restored');
        assert.deepEqual(answerDigest(reloaded.state.answer).records, answerDigest(answer).records);
      });
    }

    test(`has all of it: complete (${apiVersion})`, async () => {
      const first = await runsOn([{ to: [1, 2], status: canceled }, { to: [1, 2] }], apiVersion, twice);
      const later = [{ to: [1], after: 'a' }, { to: [2], status: canceled }, { to: [1], after: 'b' }, { to: [2] }];
      const again = { to: [2, 3], status: canceled };
      const cut = [{ to: [1], after: 'a' }, { to: [2, 3], after: 'b' }, again, { to: [1], after: 'c' }, { to: [2, 3] }];
      assert.equal((await runsOn(cut, apiVersion, [2, 9, 9])).answer.complete, true);
      for (const { answer } of [first, await runsOn(later, apiVersion, twice)])
        assert.deepEqual([answer.associationCount(0), answer.complete], [2, true]);
    });
  }
});

suite('a first page that is asked for once more', () => {
  const first = { results: [{ from: { id: '1' }, to: [row(7), row(8), row(9)], paging: { next: { after: '3' } } }] };
  const contradicted = {
    ...first,
    errors: [{ category: 'INTERNAL', message: 'No.', context: { fromObjectId: ['1'] } }],
  };
  const cases = [
    { name: 'came beside an error', said: { status: 'COMPLETE', ...contradicted }, caps: [10, 10] },
    { name: 'came in a batch that did not end', said: { status: 'CANCELED', ...first }, caps: [10, 10] },
    { name: 'held more than was to be read', said: { status: 'COMPLETE', ...first }, caps: [2, 5] },
  ];
  for (const { name, said, caps } of cases) {
    for (const later of [[], [row(8)]]) {
      test(`since it ${name}, and has ${later.length} of what it had, is not all`, async () => {
        const time = new FakeTime();
        const answers = [said, { status: 'COMPLETE', results: [{ from: { id: '1' }, to: later }] }];
        const fetch: Fetch = async () => {
          const text = JSON.stringify(answers.shift());
          return { status: 200, headers: { get: () => null }, text: async () => text };
        };
        const ledger = ledgerInMemory();
        const question = {
          from: 'deals',
          to: 'contacts',
          ids: ['1'],
          apiVersion: '2026-09',
          recordCap: caps[0]!,
        } as const;
        const run = (options: LookUpOptions) =>
          time.run(lookUp(question, madePorts({ fetch, clock: time }), { ledger, ...options }).done);
        await run({});
        const reloaded = await restoreLookUp(ledger.lines);
        assert.ok(reloaded.kind === 'restored');
        const { answer } = await run({ resume: reloaded.state, recordCap: caps[1]! });
        const failure = { kind: 'contradiction', how: 'listedFewer' };
        assert.deepEqual([answer.truncation(0), answer.complete], ['page', false]);
        assert.deepEqual(answer.problem(0), { kind: 'notRead', failure });
        const again = await restoreLookUp(ledger.lines);
        assert.ok(again.kind === 'restored');
        assert.deepEqual(answerDigest(again.state.answer), answerDigest(answer));
      });
    }
  }
});

suite('empty pages', () => {
  for (const apiVersion of versions) {
    test(`with a cursor lead to the next one, also the first (${apiVersion})`, async () => {
      let nth = 0;
      const { run, restored } = contradicted(() => (nth++ % 2 === 0 ? [{ kind: 'emptyPages' }] : []), apiVersion);
      const { answer } = await run();
      assert.deepEqual([answer.complete, answer.counts.associations], [true, 21]);
      assert.deepEqual(answerDigest((await restored()).answer), answerDigest(answer));
    });
  }

  test('without end are a cursor that does not move', async () => {
    const { run, hubSpot } = contradicted(() => [{ kind: 'emptyPages' }], '2026-09');
    const { answer } = await run();
    assert.deepEqual([answer.counts.notRead, answer.complete], [3, false]);
    assert.deepEqual(answer.problem(0), { kind: 'notRead', failure: { kind: 'cursorStuck' } });
    assert.ok(hubSpot.requests.length <= 4, `${hubSpot.requests.length} requests`);
  });

  test('that lead to the read of one record, which says none, are no "none", also where the last of them cannot be read back', async () => {
    const time = new FakeTime();
    let nth = 0;
    const fetch: Fetch = async (_, { method }) => {
      const paging = { next: { after: String(++nth) } };
      const said =
        method === 'GET' ? { results: [] } : { status: 'COMPLETE', results: [{ from: { id: '1' }, to: [], paging }] };
      return { status: 200, headers: { get: () => null }, text: async () => JSON.stringify(said) };
    };
    const ledger = ledgerInMemory();
    const question = { from: 'deals', to: 'contacts', ids: ['1'] };
    const { answer } = await time.run(lookUp(question, madePorts({ fetch, clock: time }), { ledger }).done);
    assert.deepEqual([answer.state(0), answer.complete], ['notRead', false]);
    const single = ledger.lines.length - 2;
    assert.ok(single > 4);
    for (let lost = 4; lost < single; lost++) {
      const read = await restoreLookUp(ledger.lines.filter((_, line) => line !== lost));
      assert.ok(read.kind === 'restored');
      assert.deepEqual(answerDigest(read.state.answer).records, answerDigest(answer).records, `without line ${lost}`);
    }
  });
});
