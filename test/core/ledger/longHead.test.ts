import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { finished } from '../../../src/core/domain/steps.ts';
import { checksum, lengthOfStep } from '../../../src/core/ledger/lineWriter.ts';
import { readingLongHead } from '../../../src/core/ledger/longHead.ts';
import { readFirstHead, readingObject } from '../../../src/core/ledger/readLines.ts';
import { restoreLookUp } from '../../../src/core/lookUp/restore.ts';

const line = (value: unknown) => `${checksum(JSON.stringify(value))} ${JSON.stringify(value)}`;
const head = (ids: readonly unknown[], version = 1) => ({
  ledger: 'associations-for-hubspot',
  version,
  question: { from: 'deals', to: 'contacts', ids, apiVersion: '2026-03', recordCap: 100 },
});
/** Longer than a piece. */
const many = Array.from({ length: 40_000 }, (_, nth) => String(10_000_000_000 + nth));

function readAtOnce(text: string) {
  const first = readFirstHead(finished(readingObject(text))!);
  return first?.kind === 'first' ? { ...first.question, ids: [...new Set(first.question.ids as string[])] } : first;
}

function readInPieces(text: string) {
  const first = finished(readingLongHead(text));
  if (first?.kind !== 'first') return first;
  const { ids } = first.question;
  return { ...first.question, ids: 'list' in ids ? ids.list() : ids };
}

suite('a long first line of version 0.1.0', () => {
  test('tells the same in pieces as at once, whatever the ids look like', () => {
    const strange = fc.array(fc.constantFrom('"', ',', '\\', ']', '[', '1', 'ü', '"ids":['), { maxLength: 5 });
    const ids = fc.array(strange.map((each) => each.join('')));
    fc.assert(
      fc.property(ids, ids, fc.integer({ min: 16_000, max: 16_100 }), (before, behind, count) => {
        const text = line(head([...before, ...many.slice(0, count), ...behind, ...many.slice(count), ...before]));
        const first = readInPieces(text);
        // What cannot be told apart is read as a whole.
        if (first) assert.deepEqual(first, readAtOnce(text));
      }),
      { numRuns: 30 },
    );
    const text = line(head([',', 'a",', ...many, '","', 'b\\', ',']));
    assert.deepEqual(readInPieces(text), readAtOnce(text));
  });

  test('is left to who reads lines as a whole where it is another one, or short', () => {
    const good = line(head(many));
    for (const text of [
      line(head(many.slice(0, 9))),
      good.replace('"10000000001"', '"10000000002"'),
      line(head([...many, 1])),
      line({ ...head(many), question: [] }),
      line(many),
    ])
      assert.equal(finished(readingLongHead(text)), undefined);
    assert.deepEqual(finished(readingLongHead(line(head(many, 3)))), { kind: 'newer', version: 3 });
  });

  test('is taken in steps, of which none has more than a piece', async () => {
    const text = line(head(many));
    let turns = 0;
    const turn = async () => {
      turns++;
    };
    const restored = await restoreLookUp([text], undefined, turn);
    assert.ok(restored.kind === 'restored' && restored.version === 1);
    assert.deepEqual(restored.question.ids, many);
    assert.ok(turns >= 2 * Math.floor(text.length / lengthOfStep), `${turns} turns`);
  });
});
