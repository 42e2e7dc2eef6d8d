/** Notices stand in a ledger in the words of its format, whichever version of the extension wrote it. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { AnswerColumns } from '../../../src/core/answer/answerColumns.ts';
import type { Notice } from '../../../src/core/domain/associations.ts';
import { LineWriter } from '../../../src/core/ledger/lineWriter.ts';
import { wholeLines } from '../../../src/core/ledger/wholeLines.ts';
import { headLines, numbered } from '../../../src/core/ledger/writtenLines.ts';
import { type RestoredLookUp, restoreLookUp } from '../../../src/core/lookUp/restore.ts';

const question = { from: 'deals', to: 'contacts', ids: ['1', '2'] };
const problem = { kind: 'hubSpotError', category: 'ODD', message: 'Something odd' } as const;
const remarks = [
  { kind: 'userToken' },
  { kind: 'batchStatus', status: 'CANCELED' },
  { kind: 'unaskedId', id: '77' },
  { kind: 'unaskedId', id: '78' },
  { kind: 'resultAndError', id: '1' },
  { kind: 'twoCursors', id: '2' },
  { kind: 'errorCount', said: 3, listed: 2 },
  { kind: 'errorCount', said: 5, listed: 1 },
  { kind: 'errorWithoutRecord', problem },
];
const meant: readonly Notice[] = [
  { kind: 'userToken' },
  { kind: 'batchStatus', status: 'CANCELED', batches: 1 },
  { kind: 'unaskedIds', ids: ['77', '78'], count: 2 },
  { kind: 'resultAndError', ids: ['1'], count: 1 },
  { kind: 'twoCursors', ids: ['2'], count: 1 },
  { kind: 'errorCountDisagrees', said: 8, listed: 3 },
  { kind: 'errorWithoutRecord', problem },
];
const effort = { requests: 1, pages: 1, milliseconds: 1 };
const said = { pages: [], sets: [], none: [], failed: [], remarks, effort };

const textOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');
const line = (value: unknown) => textOf(new LineWriter().json(value).line());
const members = (value: object) => JSON.stringify(value).slice(1);

type Restored = Extract<RestoredLookUp, { kind: 'restored' }>;

async function restored(lines: readonly string[]): Promise<Restored> {
  const read = await restoreLookUp(lines);
  assert.ok(read.kind === 'restored');
  return read;
}

/** The ledger that is written anew from what was read. */
function rewritten({ state: { answer } }: Restored): string[] {
  return [...wholeLines(answer, () => undefined, true)].map(textOf);
}

const heads = [...headLines(new AnswerColumns(question))].flat().map(textOf);
const ledgers = {
  'that 0.1.0 wrote': [line({ ledger: 'associations-for-hubspot', version: 1, question }), line(said)],
  'of answers': [...heads, textOf(numbered(heads.length).escaped(members(said)).line())],
  'of what is known of records': [
    ...heads,
    textOf(
      numbered(heads.length)
        .escaped(members({ records: [], sets: [], remarks, effort }))
        .line(),
    ),
  ],
};

suite('notices in a ledger', () => {
  for (const [which, lines] of Object.entries(ledgers)) {
    test(`${which} are read, and are the same in a ledger that is written anew`, async () => {
      const first = await restored(lines);
      assert.deepEqual(first.state.answer.notices, meant);
      const again = rewritten(first);
      // A batch that did not end as COMPLETE is read again, and then it may.
      const kept = meant.filter(({ kind }) => kind !== 'batchStatus');
      assert.deepEqual((await restored(again)).state.answer.notices, kept);
      assert.ok(again.some((each) => each.includes('{"kind":"unaskedId","id":"77"}')));
    });
  }

  test('name every id there, however few of them an answer lists', async () => {
    const many = Array.from({ length: 9000 }, (_, nth) => ({ kind: 'unaskedId', id: String(nth + 100) }));
    const told = { records: [], sets: [], remarks: many, effort };
    const first = await restored([...heads, textOf(numbered(heads.length).escaped(members(told)).line())]);
    const { answer } = (await restored(rewritten(first))).state;
    const [notice] = answer.notices;
    assert.ok(notice?.kind === 'unaskedIds');
    assert.deepEqual([notice.ids.length, notice.count, answer.counts.unasked], [100, 9000, 9000]);
  });
});
