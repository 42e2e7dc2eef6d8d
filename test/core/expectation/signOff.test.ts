import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { finished } from '../../../src/core/domain/steps.ts';
import { Check } from '../../../src/core/expectation/check.ts';
import { missingPairsCsv, missingPairsJson } from '../../../src/core/expectation/missingPairs.ts';
import { type SignOffParts, signingOff, signOffJson, signOffText } from '../../../src/core/expectation/signOff.ts';
import { type MadeRecord, madeAnswer, plain, unread } from '../madeAnswer.ts';
import { type MadeRow, madeColumns, madePairs } from './madePairs.ts';

const rows: readonly MadeRow[] = [
  ['1', ['7', '8']],
  ['2', ['7'], ['Champion']],
  ['3', ['7']],
  ['1', ['7']],
  ['4', []],
];

const to = (...ids: readonly string[]) => ids.map((toId) => ({ toId, types: [plain] }));

const records: readonly MadeRecord[] = [
  { id: '1', to: to('7', '9') },
  { id: '2', to: to('7') },
  { id: '3', state: 'notRead', problem: unread },
  { id: '4' },
];

const checkOf = (those: readonly MadeRecord[], isWhole = true) =>
  new Check(madeAnswer(those, { apiVersion: '2026-09' }), madePairs(rows, { isWhole }));

const parts: SignOffParts = {
  account: { name: 'Acme', environment: 'Production', portalId: '123' },
  file: {
    name: 'migrated\ndeals.csv',
    bytes: 120,
    sha256: 'ab'.repeat(32),
    rows: madeColumns(rows).rowCounts,
  },
  claimsToBeWhole: true,
  checkedAt: Date.UTC(2026, 10, 26, 10, 30),
  signedAt: Date.UTC(2026, 10, 26, 10, 45),
};

suite('a sign-off', () => {
  test('holds one state of the verdicts, whenever more is learnt about the records', () => {
    let learntAt = 0;
    for (let at = 0; learntAt === at; at++) {
      const answer = madeAnswer([{ id: '1' }, { id: '2' }], { apiVersion: '2026-09' });
      const check = new Check(
        answer,
        madePairs([
          ['1', ['7']],
          ['2', ['8']],
        ]),
      );
      const steps = signingOff(check, parts);
      let step = steps.next();
      for (let nth = 0; !step.done; nth++, step = steps.next()) {
        if (nth !== at) continue;
        check.learn('from', '1', { kind: 'missing' });
        learntAt++;
      }
      assert.equal(step.value.missingUnchecked, step.value.counts.missing, `learnt at step ${at}`);
    }
    assert.ok(learntAt > 0);
  });

  test('says what was checked, where, when, and how it turned out', () => {
    const mapping = { objectType: 'deals', name: 'map.csv', bytes: 9, sha256: 'cd'.repeat(32) };
    const page = finished(signingOff(checkOf(records), { ...parts, mappings: [mapping], trialOf: 900 }));
    assert.deepEqual(JSON.parse(signOffJson(page)), {
      writtenBy: 'Associations for HubSpot',
      outcome: 'disagrees',
      counts: {
        expected: 4,
        asExpected: 1,
        differs: 1,
        missing: 1,
        noSuchRecord: 0,
        cannotTell: 1,
        unexpected: 1,
        unexpectedAtLeast: true,
      },
      missingUnchecked: 1,
      claimsToBeWhole: true,
      account: parts.account,
      from: 'deals',
      to: 'companies',
      apiVersion: '2026-09',
      file: parts.file,
      mappings: [mapping],
      trialOf: 900,
      checkedAt: '2026-11-26T10:30:00.000Z',
      signedAt: '2026-11-26T10:45:00.000Z',
    });
    assert.deepEqual(signOffText(page).split('\n'), [
      'HubSpot does not agree with the pairs that were checked',
      '4 expected = 1 confirmed + 1 label differs + 1 missing + 0 no such record + 1 cannot tell',
      'Missing pairs whose records were not checked for existence: 1',
      'Unexpected: at least 1',
      'Checked: deals to companies',
      'Account: Acme (Production, 123)',
      'API version: 2026-09',
      `File: migrated deals.csv, 120 bytes, SHA-256 ${'ab'.repeat(32)}`,
      'Rows: 5 = 4 with pairs + 1 expecting nothing + 0 without a pair; duplicates: 1',
      'Trial: the first 4 of 900 pairs',
      `Mapping of deals: map.csv, 9 bytes, SHA-256 ${'cd'.repeat(32)}`,
      'Looked up: 2026-11-26T10:30:00.000Z',
      'Signed: 2026-11-26T10:45:00.000Z',
      '',
    ]);
  });

  test('says of the file only what is so of all its pairs, and nothing of what is unexpected where they are not all', () => {
    const check = checkOf(records, false);
    const { file, ...noFile } = parts;
    const firstLine = (more: Partial<SignOffParts>) =>
      signOffText(finished(signingOff(check, { ...noFile, ...more }))).split('\n')[0];
    assert.equal(firstLine({ file: file! }), 'HubSpot does not agree with the file');
    assert.equal(
      firstLine({ file: file!, unconfirmedOf: 9 }),
      'HubSpot does not agree with the pairs that were checked',
    );
    assert.equal(
      firstLine({ file: { ...file!, isPart: true } }),
      'HubSpot does not agree with the pairs that were checked',
    );
    for (const less of [{ withoutPair: 1 }, { partly: 1 }]) {
      const some = { ...file!, rows: { ...file!.rows, ...less } };
      assert.equal(firstLine({ file: some }), 'HubSpot does not agree with the pairs that were checked');
    }
    assert.equal(firstLine({}), 'HubSpot does not agree with the pairs that were checked');
    check.learn('from', '1', { kind: 'exists' });
    check.learn('to', '8', { kind: 'exists' });
    const [, , unexpected] = signOffText(finished(signingOff(check, { ...noFile, claimsToBeWhole: false }))).split(
      '\n',
    );
    assert.equal(unexpected, 'Unexpected: not told, as the pairs do not claim to be all of their records');
  });

  test('says which part of a file was read, how many values were lost, and of how many records unexpected ones are told', () => {
    const file = { ...parts.file!, isPart: true as const, rows: { ...parts.file!.rows, partly: 2 } };
    const open = madePairs(
      [
        ['1', ['7']],
        ['2', ['7']],
      ],
      { isWhole: false },
    );
    const check = new Check(
      madeAnswer([
        { id: '1', to: to('7') },
        { id: '2', to: to('7') },
      ]),
      open,
    );
    const lines = signOffText(finished(signingOff(check, { ...parts, file }))).split('\n');
    assert.ok(lines.includes('Unexpected: 0, told of 0 of 2 records'), lines.join('\n'));
    assert.ok(lines.some((line) => line.startsWith('Selected part of the file: migrated deals.csv, 120 bytes')));
    assert.ok(
      lines.some((line) => line.includes('0 without a pair; with pairs and a value that makes none: 2; duplicates')),
    );
  });

  test('agrees only where everything was read', () => {
    const all: readonly MadeRecord[] = [
      { id: '1', to: to('7', '8') },
      { id: '2', to: [{ toId: '7', types: [{ category: 'USER_DEFINED', typeId: 1, label: 'Champion' }] }] },
      { id: '3', to: to('7') },
      { id: '4' },
    ];
    const outcome = (those: readonly MadeRecord[], isWhole = true) =>
      finished(signingOff(checkOf(those, isWhole), parts)).outcome;
    assert.equal(outcome(all), 'agrees');
    const [one, two, three] = all as [MadeRecord, MadeRecord, MadeRecord];
    assert.equal(outcome([one, two, three, { id: '4', state: 'notRead', problem: unread }]), 'undecided');
    assert.equal(outcome([one, two, three, { id: '4', state: 'notRead', problem: unread }], false), 'agrees');
    assert.equal(outcome([one, two, { id: '3', state: 'notRead', problem: unread }, { id: '4' }]), 'undecided');
    assert.equal(outcome([one, two, three, { id: '4', to: to('7') }]), 'disagrees');
    assert.equal(outcome([one, two, three, { id: '4', to: to('7') }], false), 'agrees');
    assert.equal(outcome([one, two, { id: '3' }, { id: '4' }]), 'disagrees');
  });
});

suite('the missing pairs', () => {
  const check = new Check(
    madeAnswer([{ id: '1' }, { id: '2', to: to('7') }, { id: '3', state: 'notRead', problem: unread }, { id: '4' }], {
      apiVersion: '2026-09',
    }),
    madePairs(rows),
  );

  test('are two columns for an import', () => {
    assert.deepEqual(
      [...missingPairsCsv(check, { from: 'Deal', to: 'Company' })].join(''),
      '"Deal Record ID","Company Record ID"\r\n1,7\r\n1,8\r\n',
    );
    assert.match(
      [...missingPairsCsv(check, { from: 'A "B"', to: 'A "B"' })][0]!,
      /^"A ""B"" Record ID","Associated A ""B""/,
    );
  });

  test('are one JSON object a line', () => {
    assert.equal(
      [...missingPairsJson(check, { from: 'deals', to: 'companies' })].join(''),
      '{"from":"deals:1","to":"companies:7"}\n{"from":"deals:1","to":"companies:8"}\n',
    );
  });

  test('come in pieces', () => {
    const many = madePairs(Array.from({ length: 2500 }, (_, nth): MadeRow => ['1', [String(nth + 1)]]));
    const all = new Check(madeAnswer([{ id: '1' }], { apiVersion: '2026-09' }), many);
    const pieces = [...missingPairsJson(all, { from: 'deals', to: 'companies' })];
    assert.deepEqual(
      pieces.map((text) => text.split('\n').length - 1),
      [1000, 1000, 500],
    );
  });
});
