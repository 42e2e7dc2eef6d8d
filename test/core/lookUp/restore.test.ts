import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import type { Ledger } from '../../../src/core/ledger/ledger.ts';
import { type LookUpOptions, lookUp } from '../../../src/core/lookUp/lookUp.ts';
import { restoreLookUp } from '../../../src/core/lookUp/restore.ts';
import { dealId, dealIds, generatedAccount } from '../../hubspotStandIn/generatedAccount.ts';
import { answerDigest } from '../answerDigest.ts';
import { FakeTime } from '../fakeTime.ts';
import { inMemoryHubSpot } from '../inMemoryHubSpot.ts';
import { madePorts } from '../madePorts.ts';

function ledgerInMemory(room = Number.POSITIVE_INFINITY): Ledger & { readonly lines: string[] } {
  const lines: string[] = [];
  return {
    lines,
    append: async (line) => {
      if (lines.length >= room) throw new Error('No space left');
      lines.push(Buffer.from(line).toString('latin1'));
    },
  };
}

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
  return { run, hubSpot };
}

suite('a look-up restored from its ledger', () => {
  test('is the same as it was', async () => {
    const ledger = ledgerInMemory();
    const { answer } = await scene().run({ ledger });
    const restored = await restoreLookUp(ledger.lines);
    assert.ok(restored.kind === 'restored');
    assert.deepEqual(restored.question, { ...question, ids: [...question.ids] });
    assert.deepEqual(answerDigest(restored.state.answer), answerDigest(answer));
    assert.equal(restored.state.answer.effort.requests, answer.effort.requests);
  });

  test('goes on from every line at which it may have ended', async () => {
    const ledger = ledgerInMemory();
    const { answer } = await scene().run({ ledger });
    const whole = answerDigest(answer);
    const calls = ledger.lines.length - 1;
    for (let lines = 1; lines <= ledger.lines.length; lines++) {
      const restored = await restoreLookUp(ledger.lines.slice(0, lines));
      assert.ok(restored.kind === 'restored');
      const { counts } = restored.state.answer;
      assert.equal(counts.asked, counts.found + counts.none + counts.failed + counts.notRead);
      const { run, hubSpot } = scene();
      const resumed = await run({ resume: restored.state });
      assert.deepEqual(answerDigest(resumed.answer), whole);
      assert.ok(
        hubSpot.requests.length <= calls - (lines - 1) + 1,
        `${hubSpot.requests.length} requests after ${lines} lines`,
      );
    }
  });

  test('says of what is missing that it was interrupted', async () => {
    const ledger = ledgerInMemory();
    await scene().run({ ledger });
    const restored = await restoreLookUp(ledger.lines.slice(0, 2));
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

suite('a ledger that cannot be read', () => {
  test('is empty, damaged or of another version, never a crash', async () => {
    const ledger = ledgerInMemory();
    await scene().run({ ledger });
    const { lines } = ledger;
    assert.deepEqual(await restoreLookUp([]), { kind: 'empty' });
    assert.equal((await restoreLookUp(['hello'])).kind, 'damaged');
    assert.equal((await restoreLookUp([lines[1]!])).kind, 'damaged');
    const cut = await restoreLookUp([lines[0]!, lines[1]!.slice(0, -5), lines[2]!]);
    assert.ok(cut.kind === 'damaged' && cut.line === 2);
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
          assert.ok(restored.kind === 'damaged' && restored.line === line + 1);
        },
      ),
      { numRuns: 200 },
    );
  });

  test('does not fit when its lines are of another look-up', async () => {
    const ledger = ledgerInMemory();
    await scene().run({ ledger });
    const small = ledgerInMemory();
    const time = new FakeTime();
    const hubSpot = inMemoryHubSpot({ account: generatedAccount({ deals: 1 }), clock: time });
    const ports = madePorts({ fetch: hubSpot.fetch, clock: time });
    await time.run(lookUp({ from: 'deals', to: 'contacts', ids: [dealId(0)] }, ports, { ledger: small }).done);
    const mixed = await restoreLookUp([small.lines[0]!, ...ledger.lines.slice(1)]);
    assert.equal(mixed.kind, 'damaged');
  });
});

suite('a ledger that cannot be written', () => {
  test('costs the ledger, not the look-up', async () => {
    const ledger = ledgerInMemory(3);
    const { answer, ledgerProblem, stopped } = await scene().run({ ledger });
    assert.equal(stopped, undefined);
    assert.equal(ledgerProblem, 'No space left');
    assert.equal(answer.counts.found + answer.counts.none, 31);
    assert.equal(ledger.lines.length, 3);
    const restored = await restoreLookUp(ledger.lines);
    assert.equal(restored.kind, 'restored');
  });
});
