import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { PageRows } from '../../../src/core/answer/pageRows.ts';
import { finished, placesOfStep } from '../../../src/core/domain/steps.ts';
import { LedgerWriter } from '../../../src/core/ledger/ledger.ts';
import { LineWriter, lengthOfStep } from '../../../src/core/ledger/lineWriter.ts';
import { wholeLines } from '../../../src/core/ledger/wholeLines.ts';
import { lookUp } from '../../../src/core/lookUp/lookUp.ts';
import { LookUpState } from '../../../src/core/lookUp/lookUpState.ts';
import { type RestoredLookUp, restoreLookUp } from '../../../src/core/lookUp/restore.ts';
import type { LookUpOptions } from '../../../src/core/lookUp/run.ts';
import { dealId, dealIds, generatedAccount } from '../../hubspotStandIn/generatedAccount.ts';
import { answerDigest } from '../answerDigest.ts';
import { FakeTime } from '../fakeTime.ts';
import { inMemoryHubSpot } from '../inMemoryHubSpot.ts';
import { ledgerInMemory } from '../ledger/ledgerInMemory.ts';
import { madePorts } from '../madePorts.ts';

const question = {
  from: 'deals',
  to: 'contacts',
  apiVersion: '2026-09' as const,
  recordCap: 9,
  ids: [...dealIds(30), 'abc', '1234567890123456789', dealId(0)],
};

function scene() {
  const time = new FakeTime();
  const account = generatedAccount({ deals: 25, contacts: (nth) => (nth * 5) % 12 });
  const hubSpot = inMemoryHubSpot({ account, clock: time, pageSize: 3 });
  const ports = () => madePorts({ fetch: hubSpot.fetch, token: async () => 'a-secret-token', clock: time });
  const run = (options: LookUpOptions) => time.run(lookUp(question, ports(), { batchSize: 4, ...options }).done);
  return { run, hubSpot, time };
}

suite('a look-up restored from its ledger', () => {
  test('is the same as it was', async () => {
    const ledger = ledgerInMemory();
    const { answer } = await scene().run({ ledger });
    const restored = await restoreLookUp(ledger.lines);
    assert.ok(restored.kind === 'restored');
    assert.deepEqual(restored.question, { ...question, ids: [...new Set(question.ids)] });
    assert.deepEqual(answerDigest(restored.state.answer), answerDigest(answer));
    assert.equal(restored.state.answer.effort.requests, answer.effort.requests);
  });

  test('has a line of very many associations read in steps', async () => {
    const count = 5 * placesOfStep;
    const state = new LookUpState({ from: 'deals', to: 'contacts', ids: ['1'], recordCap: count });
    const { answer } = state;
    const rows = new PageRows();
    for (let nth = 1; nth <= count; nth++) rows.push(nth, answer.typeSets.of([]));
    const page = { record: 0, start: 0, end: count };
    const intake = { rows, pages: [page], none: [], failed: [], unread: [], notices: [] };
    const ledger = ledgerInMemory();
    const writer = new LedgerWriter(ledger);
    await writer.begin(answer, state.keptIds);
    const steps = writer.taking(intake, answer, () => undefined, answer.effort);
    let written = steps.next();
    let steppings = 0;
    for (; !written.done; written = steps.next()) steppings++;
    await written.value.kept;
    assert.ok(steppings >= count / placesOfStep, `written in ${steppings} steps`);
    let turns = 0;
    const turn = async () => {
      turns++;
    };
    const restored = await restoreLookUp(ledger.lines, undefined, turn);
    assert.ok(restored.kind === 'restored');
    assert.equal(restored.state.answer.counts.associations, count);
    const least = count / placesOfStep + Math.floor(ledger.lines.at(-1)!.length / lengthOfStep);
    assert.ok(turns >= least, `${turns} turns for ${count} associations`);
  });

  test('goes on from every line at which it may have ended', async () => {
    const ledger = ledgerInMemory();
    const { answer } = await scene().run({ ledger });
    const whole = answerDigest(answer);
    const headLines = 4; // head and ids, twice
    const calls = ledger.lines.length - headLines - 1;
    for (let lines = 2; lines <= ledger.lines.length; lines++) {
      const restored = await restoreLookUp(ledger.lines.slice(0, lines));
      assert.ok(restored.kind === 'restored');
      const { counts } = restored.state.answer;
      assert.equal(counts.asked, counts.found + counts.none + counts.failed + counts.notRead);
      const { run, hubSpot } = scene();
      const resumed = await run({ resume: restored.state });
      assert.deepEqual(answerDigest(resumed.answer), whole);
      assert.ok(
        hubSpot.requests.length <= calls - Math.max(0, lines - headLines) + 1,
        `${hubSpot.requests.length} requests after ${lines} lines`,
      );
    }
  });

  test('says of what is missing that it was interrupted', async () => {
    const ledger = ledgerInMemory();
    await scene().run({ ledger });
    const restored = await restoreLookUp(ledger.lines.slice(0, 5));
    assert.ok(restored.kind === 'restored');
    const { answer } = restored.state;
    const last = answer.recordOf(dealId(29)) ?? -1;
    assert.deepEqual(answer.problem(last), { kind: 'notRead', failure: { kind: 'interrupted' } });
  });

  test('holds no token and no words but types and errors', async () => {
    const ledger = ledgerInMemory();
    await scene().run({ ledger });
    assert.ok(!ledger.lines.join('\n').includes('a-secret-token'));
    for (const line of ledger.lines) assert.match(line, /^[\x20-\x7e]+$/);
  });
});

/** What it says is complete has to be what HubSpot delivered; and what it does not say is read by a resume. */
async function assertHonest(restored: RestoredLookUp, whole: ReturnType<typeof answerDigest>) {
  assert.ok(restored.kind === 'restored');
  const { state } = restored;
  for (const { id, state: place, truncation, to } of answerDigest(state.answer).records) {
    const truth = whole.records.find((each) => each.id === id)!;
    assert.ok(to.length <= truth.to.length);
    if (place === 'none') assert.equal(truth.state, 'none', id);
    if (place === 'found' && truncation !== 'page') assert.deepEqual([...to].sort(), [...truth.to].sort(), id);
  }
  const { answer } = await scene().run({ resume: state });
  assert.deepEqual(sorted(answerDigest(answer)), sorted(whole));
}

/** In no order; and a record that is exactly full may be said to be cut, when a page in its middle is read again. */
const sorted = ({ records }: ReturnType<typeof answerDigest>) =>
  records.map(({ truncation, ...record }) => ({
    ...record,
    truncation: record.to.length === question.recordCap ? 'cap' : truncation,
    to: record.to.toSorted(([one], [other]) => (String(one) < String(other) ? -1 : 1)),
  }));

suite('a ledger with a damaged line', () => {
  test('loses only what that line told, wherever it is', async () => {
    const ledger = ledgerInMemory();
    const { answer } = await scene().run({ ledger });
    const whole = answerDigest(answer);
    const { lines } = ledger;
    for (const [nth, line] of lines.entries()) {
      const spoiled = await restoreLookUp(lines.with(nth, line.replace(/.$/, '?')));
      const missing = await restoreLookUp(lines.toSpliced(nth, 1));
      for (const restored of [spoiled, missing]) {
        assert.ok(restored.kind === 'restored');
        const isHead = nth < 4;
        const isEnd = nth === lines.length - 1;
        assert.equal(restored.lost, isHead || (isEnd && restored === missing) ? 0 : 1, `line ${nth}`);
        assert.equal(restored.ended, isHead, `line ${nth}`);
        assert.equal(restored.state.answer.complete, false, 'three of the ids are none');
        await assertHonest(restored, whole);
      }
    }
  });

  test('is not complete where all others seem to be all: every record is read again', async () => {
    const ids = [dealId(1), dealId(2)];
    const state = new LookUpState({ from: 'deals', to: 'contacts', ids });
    const { answer } = state;
    const ledger = ledgerInMemory();
    const writer = new LedgerWriter(ledger);
    await writer.begin(answer, state.keptIds);
    const intake = { rows: new PageRows(), pages: [], none: [], failed: [], unread: [], notices: [] };
    for (let nth = 1; nth <= 5; nth++) intake.rows.push(nth, answer.typeSets.of([]));
    const partly = { record: 0, start: 0, end: 5, unfinished: { kind: 'offline', detail: '' } as const };
    for (const told of [{ pages: [partly] }, { pages: [{ record: 0, start: 0, end: 4 }] }, { none: [1] }]) {
      await finished(writer.taking({ ...intake, ...told }, answer, () => undefined, answer.effort)).kept;
    }
    const { lines } = ledger;
    for (const read of [lines, lines.toSpliced(-3, 1), lines.toSpliced(-3, 1, 'damaged')]) {
      const restored = await restoreLookUp(read);
      assert.ok(restored.kind === 'restored');
      const { counts, complete } = restored.state.answer;
      assert.deepEqual([complete, counts.found, counts.truncated, restored.ended], [false, 1, 1, false]);
      if (read === lines) continue;
      assert.deepEqual([counts.none, counts.notRead], [0, 1]);
      const { run, hubSpot } = scene();
      const resumed = await run({ resume: restored.state });
      assert.deepEqual([resumed.answer.counts.notRead, hubSpot.requests.length > 0], [0, true]);
    }
  });

  test('never says more than HubSpot did, whatever is missing, doubled or out of place', async () => {
    const ledger = ledgerInMemory();
    const { answer } = await scene().run({ ledger });
    const whole = answerDigest(answer);
    const { lines } = ledger;
    const kept = fc.subarray([...lines.keys()], { minLength: 4 });
    const numbers = fc.oneof(
      kept,
      kept.chain((some) => fc.shuffledSubarray(some, { minLength: some.length })),
      fc.array(fc.nat(lines.length - 1), { maxLength: 40 }),
    );
    await fc.assert(
      fc.asyncProperty(numbers, async (chosen) => {
        const restored = await restoreLookUp([...lines.slice(0, 2), ...chosen.map((nth) => lines[nth]!)]);
        await assertHonest(restored, whole);
      }),
      { numRuns: 100 },
    );
  });

  test('is a whole one again when it is written anew, at any point', async () => {
    const ledger = ledgerInMemory();
    const { answer } = await scene().run({ ledger });
    const whole = answerDigest(answer);
    for (let lines = 4; lines <= ledger.lines.length; lines++) {
      const restored = await restoreLookUp(ledger.lines.slice(0, lines));
      assert.ok(restored.kind === 'restored');
      const { state, ended = false } = restored;
      const anew = Array.from(wholeLines(state.answer, state.pages.standStill(), ended), (line) =>
        Buffer.from(line).toString('latin1'),
      );
      const again = await restoreLookUp(anew);
      assert.ok(again.kind === 'restored' && again.lost === 0 && again.ended === ended);
      assert.equal(again.lines, anew.length);
      assert.deepEqual(answerDigest(again.state.answer), answerDigest(state.answer));
      assert.deepEqual(again.state.answer.effort, state.answer.effort);
      const { answer: resumed } = await scene().run({ resume: again.state });
      assert.deepEqual(answerDigest(resumed), whole);
    }
  });
});

suite('a ledger of another version', () => {
  const line = (value: unknown) => Buffer.from(new LineWriter().json(value).line()).toString('latin1');

  test('that is newer is told apart', async () => {
    const newer = line({ ledger: 'associations-for-hubspot', version: 3, anything: true });
    assert.deepEqual(await restoreLookUp([newer, 'whatever']), { kind: 'newer', version: 3 });
    const flipped = `${newer.slice(0, 20)}#${newer.slice(21)}`;
    assert.deepEqual(await restoreLookUp([flipped, 'whatever', newer]), { kind: 'newer', version: 3 });
  });

  test('keeps its keys and lines that this one does not know, also when it is written anew', async () => {
    const ledger = ledgerInMemory();
    await scene().run({ ledger });
    const [head, ids, headAgain, idsAgain, ...rest] = ledger.lines.map((each) => JSON.parse(each.slice(9)));
    const expectation = { expectation: [['1', '2']], of: 'a file' };
    const group = { group: 'a' };
    const lines = [{ ...head, ...group }, ids, { ...headAgain, ...group }, idsAgain, expectation, ...rest];
    const numbered = lines.map((each, nth) => {
      const { line: _, ...others } = each;
      return line({ line: nth, ...others, ...('end' in others ? { end: { lines: lines.length } } : {}) });
    });
    const restored = await restoreLookUp(numbered);
    assert.ok(restored.kind === 'restored' && restored.lost === 0 && restored.ended);
    assert.deepEqual(restored.unknown, { head: group, lines: [expectation] });
    const { state } = restored;
    const anew = [...wholeLines(state.answer, state.pages.standStill(), true, restored.unknown)];
    const again = await restoreLookUp(anew.map((each) => Buffer.from(each).toString('latin1')));
    assert.ok(again.kind === 'restored' && again.lost === 0);
    assert.deepEqual(again.unknown, restored.unknown);
  });

  test('with more types than an account can have loses the lines behind them', async () => {
    const ledger = ledgerInMemory();
    const { answer } = await scene().run({ ledger });
    const whole = answerDigest(answer);
    const values = ledger.lines.map((each) => JSON.parse(each.slice(9)));
    const [first, ...others] = [...values.entries()].filter(([, { pages }]) => pages?.length > 0).map(([nth]) => nth);
    const withMore = async (count: number) => {
      const more = Array.from({ length: count }, (_, at) => ({ name: `type ${at}` }));
      const changed = { ...values[first!], sets: [...values[first!].sets, more] };
      const restored = await restoreLookUp(values.with(first!, changed).map(line));
      assert.ok(restored.kind === 'restored' && !restored.ended && !restored.state.answer.complete);
      return restored;
    };
    const tooMany = await withMore(10_001);
    assert.equal(tooMany.lost, 1);
    await assertHonest(tooMany, whole);
    assert.equal((await withMore(10_000)).lost, others.length, 'those of the line itself make them too many');
  });

  test('that names no object type, or an id that is none, opens no way to it', async () => {
    const ledger = ledgerInMemory();
    await scene().run({ ledger });
    const values = ledger.lines.map((each) => JSON.parse(each.slice(9)));
    for (const from of ['../objects/contacts/batch/archive?', 'deals/../x', '', 'a b']) {
      const changed = values.map((value) =>
        line(value.question ? { ...value, question: { ...value.question, from } } : value),
      );
      assert.equal((await restoreLookUp(changed)).kind, 'damaged', from);
    }
    const hostile = values.map((value) =>
      line(value.pages?.length > 0 ? { ...value, pages: [{ ...value.pages[0], to: ['../1'], set: 0 }] } : value),
    );
    const restored = await restoreLookUp(hostile);
    assert.ok(restored.kind === 'restored');
    const { records } = answerDigest(restored.state.answer);
    assert.ok(records.every(({ to }) => to.every(([id]) => id !== '../1')));
    assert.ok(
      records.some(({ state }) => state === 'notRead'),
      'what was there instead is not read',
    );
  });
});

test('a page without associations but with a cursor is read back', async () => {
  const account = generatedAccount({ deals: 3, contacts: 4 });
  const time = new FakeTime();
  const hubSpot = inMemoryHubSpot({ account, clock: time, pageSize: 2 });
  const ledger = ledgerInMemory();
  let isFirst = true;
  const ports = madePorts({
    clock: time,
    fetch: async (...args: Parameters<typeof hubSpot.fetch>) => {
      const response = await hubSpot.fetch(...args);
      if (!isFirst) return response;
      isFirst = false;
      const body = JSON.parse(await response.text());
      for (const result of body.results) {
        result.to = [];
        result.paging.next.after = '0'; // it begins over: nothing has been delivered yet
      }
      return {
        ...response,
        status: response.status,
        headers: response.headers,
        text: async () => JSON.stringify(body),
      };
    },
  });
  const asked = { from: 'deals', to: 'contacts', ids: dealIds(3), apiVersion: '2026-09' as const };
  const first = lookUp(asked, ports, { ledger });
  await time.run(first.done);
  const page = JSON.parse(ledger.lines[4]!.slice(9));
  assert.deepEqual([page.pages[0].to, page.sets], [[], []]);
  const restored = await restoreLookUp(ledger.lines);
  assert.ok(restored.kind === 'restored' && restored.lost === 0);
  assert.deepEqual(answerDigest(restored.state.answer), answerDigest(first.answer));
});

suite('a ledger that cannot be read', () => {
  test('is empty or damaged, never a crash', async () => {
    const ledger = ledgerInMemory();
    await scene().run({ ledger });
    const { lines } = ledger;
    assert.deepEqual(await restoreLookUp([]), { kind: 'empty' });
    assert.deepEqual(await restoreLookUp([lines[0]!]), { kind: 'empty' }, 'the ids were not written');
    assert.equal((await restoreLookUp(['hello'])).kind, 'damaged');
    assert.equal((await restoreLookUp(lines.slice(4))).kind, 'damaged', 'neither head nor ids');
    assert.equal((await restoreLookUp([lines[0]!, ...lines.slice(4)])).kind, 'damaged', 'no ids');
    await fc.assert(
      fc.asyncProperty(
        fc.nat(lines.length - 1),
        fc.nat(),
        fc.constantFrom('0', 'x', '"', '{', '\u0000', 'é'),
        async (line, at, put) => {
          const text = lines[line]!;
          const place = at % text.length;
          if (text[place] === put) return;
          const spoiled = text.slice(0, place) + put + text.slice(place + 1);
          const restored = await restoreLookUp(lines.with(line, spoiled));
          assert.ok(restored.kind === 'restored' && restored.lost === (line < 4 ? 0 : 1));
        },
      ),
      { numRuns: 200 },
    );
    const noJson = new TextDecoder().decode(new LineWriter().raw('{"line":').line());
    const restored = await restoreLookUp(lines.with(5, noJson));
    assert.ok(restored.kind === 'restored' && restored.lost === 1, 'what has a right checksum and is no JSON');
  });

  test('does not fit when its lines are of another look-up', async () => {
    const ledger = ledgerInMemory();
    const { answer } = await scene().run({ ledger });
    const small = ledgerInMemory();
    const time = new FakeTime();
    const hubSpot = inMemoryHubSpot({ account: generatedAccount({ deals: 1 }), clock: time });
    const ports = madePorts({ fetch: hubSpot.fetch, clock: time });
    await time.run(lookUp({ from: 'deals', to: 'contacts', ids: [dealId(0)] }, ports, { ledger: small }).done);
    const mixed = await restoreLookUp([...small.lines.slice(0, 4), ...ledger.lines.slice(4)]);
    assert.ok(mixed.kind === 'restored' && mixed.lost > 0 && !mixed.ended);
    assert.ok(mixed.state.answer.counts.asked === 1 && answer.counts.asked > 1);
  });
});

suite('notes that are kept with a look-up', () => {
  test('stand before the first answer, however long they take: a process killed between would leave answers without them', async () => {
    const ledger = ledgerInMemory();
    const { run, time } = scene();
    async function* notes() {
      for (let nth = 0; nth < 5; nth++) {
        // By then HubSpot has answered several calls.
        await time.sleep(60_000);
        yield { note: nth };
      }
    }
    const { answer } = await run({ ledger, notes: notes() });
    assert.equal(answer.counts.found + answer.counts.none, 31);
    const kinds = ledger.lines.map((line) =>
      line.includes('"note"') ? 'note' : line.includes('"pages"') ? 'answer' : '',
    );
    assert.equal(kinds.filter((kind) => kind === 'note').length, 5);
    assert.ok(kinds.includes('answer'));
    assert.ok(kinds.lastIndexOf('note') < kinds.indexOf('answer'), kinds.join());
  });
});

suite('a ledger that cannot be written', () => {
  test('costs the ledger, not the look-up', async () => {
    const ledger = ledgerInMemory(3);
    const { answer, ledgerProblem, stopped } = await scene().run({ ledger });
    assert.equal(stopped, undefined);
    assert.equal(ledgerProblem, 'No space left');
    assert.equal(answer.counts.found + answer.counts.none, 31);
    assert.equal(ledger.lines.length, 4 + 2);
    const restored = await restoreLookUp(ledger.lines);
    assert.equal(restored.kind, 'restored');
  });
});
