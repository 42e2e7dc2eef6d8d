import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import type { PairColumns } from '../../../src/core/expectation/pairColumns.ts';
import type { PairChoice } from '../../../src/core/pairs/pairScanner.ts';
import { proposePairs } from '../../../src/core/pairs/proposal.ts';
import { readPairs } from '../../../src/core/pairs/readPairs.ts';
import { isWhole } from '../expectation/madePairs.ts';

/** The choice that is proposed for a text. */
function proposedFor(text: string, format: 'delimited' | 'json'): PairChoice {
  const proposal = proposePairs(text, format);
  assert.ok(proposal.kind !== 'notTwo');
  const { from, to, label } = proposal;
  assert.ok(from !== undefined && to !== undefined, JSON.stringify(proposal));
  if (proposal.kind === 'columns') {
    return { kind: 'columns', table: proposal.table, from, to, ...(label === undefined ? {} : { label }) };
  }
  const name = (at: number) => proposal.sources[at]!.name;
  return { kind: 'keys', from: name(from), to: name(to), ...(label === undefined ? {} : { label: name(label) }) };
}

const read = async (text: string, format: 'delimited' | 'json', choice = proposedFor(text, format)) =>
  readPairs([text], choice);

const listed = (pairs: PairColumns) =>
  Array.from({ length: pairs.length }, (_, pair) => [
    pairs.fromId(pair),
    pairs.toId(pair),
    ...pairs.labelSets.members(pairs.labelSet(pair)).map((text) => pairs.labelSets.texts[text]!),
    pairs.lines(pair).join(),
  ]);

suite('pairs of a delimited file', () => {
  test('stand in two columns, with labels in a third', async () => {
    const text = [
      'Deal ID,Amount,Company ID,Association Label',
      '51234567,100,61234567,Billing contact',
      '51234568,,"61234567;61234568",',
      '51234567,100,61234567,"Champion;""The"" one"',
      '51234569,5,,',
    ].join('\r\n');
    const { pairs } = await read(text, 'delimited');
    assert.deepEqual(listed(pairs), [
      ['51234567', '61234567', 'Billing contact', 'Champion', '"The" one', '1,3'],
      ['51234568', '61234567', '2'],
      ['51234568', '61234568', '2'],
    ]);
    assert.deepEqual(pairs.asked.list(), ['51234567', '51234568', '51234569']);
    assert.deepEqual(pairs.rowCounts, {
      rows: 4,
      withPairs: 3,
      expectingNothing: 1,
      withoutPair: 0,
      partly: 0,
      duplicates: 1,
    });
  });

  test('come from rows that each have their place, and values that make none with line and reason', async () => {
    const text = [
      'Deal ID;Company ID',
      '51234567;61234567',
      '5.1E+07;61234567',
      ';61234568',
      '51234568;n/a',
      '51234569,51234570;61234567',
      '51234567;1.2E+10, 61234569',
      '51234571;',
    ].join('\n');
    const rows = await read(text, 'delimited');
    assert.deepEqual(listed(rows.pairs), [
      ['51234567', '61234567', '1'],
      ['51234567', '61234569', '6'],
    ]);
    assert.deepEqual(rows.noPairs, [
      { line: 2, reason: 'rounded', side: 'from' },
      { line: 3, reason: 'empty', side: 'from' },
      { line: 4, reason: 'noNumber', side: 'to' },
      { line: 5, reason: 'severalRecords', side: 'from' },
      { line: 6, reason: 'rounded', side: 'to' },
    ]);
    assert.equal(rows.noPairCount, 5);
    assert.deepEqual(rows.pairs.rowCounts, {
      rows: 7,
      withPairs: 2,
      expectingNothing: 1,
      withoutPair: 4,
      partly: 1,
      duplicates: 0,
    });
    assert.deepEqual(
      rows.pairs.asked.list(),
      ['51234567', '51234571'],
      'a record of which nothing could be read is not asked for',
    );
    assert.equal(isWhole(rows.pairs, '51234567'), false);
  });

  test('may have lines in quoted cells, a byte order mark and no header', async () => {
    const text = '\ufeff51234567\t"61234567;\n61234568"\t"two\nlines"\n51234568\t61234567\tone\n';
    const proposal = proposePairs(text, 'delimited');
    assert.ok(proposal.kind === 'columns');
    const { pairs } = await readPairs([text], { kind: 'columns', table: proposal.table, from: 0, to: 1, label: 2 });
    assert.deepEqual(listed(pairs), [
      ['51234567', '61234567', 'two lines', '0'],
      ['51234567', '61234568', 'two lines', '0'],
      ['51234568', '61234567', 'one', '3'],
    ]);
  });
});

test('a file without rows or without a pair says so', async () => {
  const choice: PairChoice = {
    kind: 'columns',
    table: { dialect: { delimiter: 44, start: 0, startLine: 0, columns: 2, evenness: 1, rows: 1 }, hasHeader: true },
    from: 0,
    to: 1,
  };
  assert.equal((await readPairs(['a,b\n'], choice)).problem, 'noRows');
  assert.equal((await readPairs([], choice)).problem, 'noRows');
  assert.equal((await readPairs(['a,b\n51234567,x\n'], choice)).problem, 'noPair');
  assert.equal((await readPairs(['a,b\n51234567,\n'], choice)).problem, 'noPair');
  assert.equal((await readPairs(['a,b\n51234567,61234567\n'], choice)).problem, undefined);
  assert.equal((await readPairs(['{}'], { kind: 'keys', from: 'a', to: 'b' })).problem, 'noRows');
});

test('a column of as many different texts as there are rows holds no labels', async () => {
  const rows = Array.from({ length: 1001 }, (_, nth) => `${nth + 1},7,Person ${nth}`);
  const of = (lines: readonly string[]) => {
    const text = ['deal_id,company_id,label', ...lines].join('\n');
    return readPairs([text], proposedFor(text, 'delimited'));
  };
  assert.equal((await of(rows)).problem, 'noLabels');
  assert.equal((await of(rows.slice(1))).problem, undefined);
});

test('a column with a text that is longer than any label holds none, and nothing of it is kept', async () => {
  const of = (label: string) => {
    const text = `deal_id,company_id,label\n1,7,${label}\n2,7,Champion\n`;
    return readPairs([text], proposedFor(text, 'delimited'));
  };
  const { problem, pairs } = await of(`"${'A note of a call; '.repeat(3)}${'that went on '.repeat(30)}"`);
  assert.equal(problem, 'noLabels');
  assert.deepEqual(pairs.labelSets.texts, ['A note of a call', 'Champion']);
  assert.equal((await of('x'.repeat(250))).problem, undefined);
});

suite('pairs of a JSON file', () => {
  test('stand under two keys of one object', async () => {
    const text = JSON.stringify(
      [
        { contactId: 51234567, companyId: '61234567', label: 'Décideur' },
        { contactId: '51234568', companyId: null },
        { companyId: 61234568, contactId: 51234567 },
      ],
      null,
      1,
    ).replace('é', '\\u00e9');
    const { pairs } = await read(text, 'json');
    assert.deepEqual(listed(pairs), [
      ['51234567', '61234567', 'Décideur', '2'],
      ['51234567', '61234568', '12'],
    ]);
    assert.equal(pairs.rowCounts.expectingNothing, 1);
  });

  test('stand line by line', async () => {
    const lines = ['{"dealId":51234567,"companyIds":[61234567,61234568]}', '{"dealId":51234568,"companyIds":[]}', '{}'];
    const { pairs } = await read(`${lines.join('\n')}\n`, 'json');
    assert.deepEqual(listed(pairs), [
      ['51234567', '61234567', '0'],
      ['51234567', '61234568', '0'],
    ]);
    assert.deepEqual(pairs.asked.list(), ['51234567', '51234568']);
  });

  test('are those of an answer of HubSpot itself, each with its own labels', async () => {
    const text = JSON.stringify({
      status: 'COMPLETE',
      results: [
        {
          from: { id: '51234567' },
          to: [
            { toObjectId: 61234567, associationTypes: [{ category: 'USER_DEFINED', typeId: 28, label: 'Billing' }] },
            { toObjectId: 61234568, associationTypes: [{ category: 'HUBSPOT_DEFINED', typeId: 341, label: null }] },
          ],
        },
        { from: { id: '51234568' }, to: [] },
      ],
    });
    const { pairs } = await readPairs([text], {
      kind: 'keys',
      from: 'results[].from.id',
      to: 'results[].to[].toObjectId',
      label: 'results[].to[].associationTypes[].label',
    });
    assert.deepEqual(listed(pairs), [
      ['51234567', '61234567', 'Billing', '0'],
      ['51234567', '61234568', '0'],
    ]);
    assert.deepEqual(pairs.asked.list(), ['51234567', '51234568']);
    assert.deepEqual(pairs.rowCounts, {
      rows: 2,
      withPairs: 1,
      expectingNothing: 1,
      withoutPair: 0,
      partly: 0,
      duplicates: 0,
    });
  });
});

suite('a JSON file whose rows are not alike', () => {
  const keys: PairChoice = { kind: 'keys', from: 'from', to: 'to[]' };
  const a = '51234567';

  test('may have one value where others have a list', async () => {
    const text = `{"from":${a},"to":[61234567]}\n{"from":51234568,"to":61234568}\n{"from":[51234569],"to":""}\n`;
    const { pairs } = await readPairs([text], keys);
    assert.deepEqual(listed(pairs), [
      [a, '61234567', '0'],
      ['51234568', '61234568', '1'],
    ]);
    assert.equal(pairs.rowCounts.expectingNothing, 1);
  });

  test('expects nothing of no record whose id or associated id stands elsewhere, and guesses none', async () => {
    const text = [
      `{"from":${a},"to":{"id":61234567}}`,
      '{"from":{"id":51234568},"to":61234567}',
      '{"other":1}',
      '7',
      '{}',
      `{"from":51234569,"to":[61234568,{"id":61234569}]}`,
    ].join('\n');
    const rows = await readPairs([text], keys);
    assert.deepEqual(listed(rows.pairs), [['51234569', '61234568', '5']]);
    assert.deepEqual(rows.noPairs, [
      { line: 0, reason: 'otherShape', side: 'to' },
      { line: 1, reason: 'otherShape', side: 'from' },
      { line: 2, reason: 'empty', side: 'from' },
      { line: 3, reason: 'empty', side: 'from' },
      { line: 5, reason: 'otherShape', side: 'to' },
    ]);
    const { withPairs, withoutPair, expectingNothing, partly } = rows.pairs.rowCounts;
    assert.deepEqual([withPairs, withoutPair, expectingNothing, partly], [1, 4, 0, 1]);
    assert.equal(isWhole(rows.pairs, '51234569'), false);
  });

  test('is one row whatever labels its associated records have, also where one of them is none', async () => {
    const to = (id: string, label: string) => `{"id":"${id}","label":"${label}"}`;
    const text = [
      `{"from":51234567,"to":[${to('61234567', 'A')},${to('61234568', 'B')}]}`,
      `{"from":51234568,"to":[${to('61234567', 'A')},${to('n/a', 'B')}]}`,
      `{"from":51234569,"to":[${to('n/a', 'A')},${to('n/a', 'B')}]}`,
    ].join('\n');
    const choice = { kind: 'keys', from: 'from', to: 'to[].id', label: 'to[].label' } as const;
    const { pairs } = await readPairs([text], choice);
    assert.deepEqual(listed(pairs), [
      ['51234567', '61234567', 'A', '0'],
      ['51234567', '61234568', 'B', '0'],
      ['51234568', '61234567', 'A', '1'],
    ]);
    const { rows, withPairs, withoutPair, partly } = pairs.rowCounts;
    assert.deepEqual([rows, withPairs, withoutPair, partly], [3, 2, 1, 1]);
    assert.equal(isWhole(pairs, '51234567'), true);
    assert.equal(isWhole(pairs, '51234568'), false);
  });

  test('has lost rows where it ends or breaks in one: said, and more may be expected of every record', async () => {
    const whole = '{"from":1,"to":7}\n';
    const broken: readonly [string, number][] = [
      [`${whole}{"from":2,"to":8`, 1],
      [`[${whole},{"from":2,"to":8`, 1],
      [`${whole}{"from":"2,"to":"8"}\n`, 1],
      [`${whole}{"from":2,\n{"to":8}}\n`, 2],
      [`${whole}{"from":2 "to":8}\n`, 1],
      [`${whole}{"from":2,"to":8]\n`, 1],
    ];
    for (const [text, line] of broken) {
      const rows = await readPairs([text], {
        kind: 'keys',
        from: text.startsWith('[') ? '[].from' : 'from',
        to: text.startsWith('[') ? '[].to' : 'to',
      });
      assert.deepEqual(listed(rows.pairs), [['1', '7', '0']], text);
      assert.deepEqual(rows.noPairs.slice(0, 1), [{ line, reason: 'brokenJson', side: 'from' }], text);
      assert.ok(rows.pairs.rowCounts.withoutPair > 0);
      assert.equal(isWhole(rows.pairs, '1'), false);
    }
    // Words that are no JSON break nothing: pandas writes NaN.
    const { pairs, noPairCount } = await readPairs([`{"from":1,"to":7,"score":NaN}\n`], keys);
    assert.deepEqual([listed(pairs), noPairCount, isWhole(pairs, '1')], [[['1', '7', '0']], 0, true]);
  });
});

test('a list of exactly a thousand ids may be cut off, in a cell as in objects', async () => {
  const ids = (count: number) => Array.from({ length: count }, (_, nth) => String(61_234_567 + nth));
  const csv = ['Deal ID,Company IDs', ...[999, 1000].map((count, nth) => `${nth + 1},${ids(count).join(';')}`)].join(
    '\n',
  );
  const { pairs } = await read(csv, 'delimited');
  assert.deepEqual([pairs.length, pairs.cutCells, isWhole(pairs, '1'), isWhole(pairs, '2')], [1999, [2], true, false]);
  const json = [999, 1000]
    .map((count, nth) => JSON.stringify({ from: nth + 1, to: ids(count).map((id) => ({ id, label: 'A' })) }))
    .join('\n');
  const listed = await readPairs([json], { kind: 'keys', from: 'from', to: 'to[].id', label: 'to[].label' });
  assert.deepEqual(
    [listed.pairs.length, listed.pairs.cutCells, isWhole(listed.pairs, '1'), isWhole(listed.pairs, '2')],
    [1999, [1], true, false],
  );
});

suite('a proposal', () => {
  const chosen = (text: string, format: 'delimited' | 'json' = 'delimited') => {
    const proposal = proposePairs(text, format);
    if (proposal.kind === 'notTwo') return 'notTwo';
    const name = (at: number | undefined) => (at === undefined ? undefined : proposal.sources[at]!.name);
    const type = (at: number | undefined) => (at === undefined ? undefined : proposal.sources[at]!.objectType);
    return [name(proposal.from), type(proposal.from), name(proposal.to), type(proposal.to), name(proposal.label)];
  };

  test('goes from the first column of ids to the second, with the types that their headers name', () => {
    assert.deepEqual(chosen('contact_id,company_id\n51234567,61234567'), [
      'contact_id',
      '0-1',
      'company_id',
      '0-2',
      undefined,
    ]);
    assert.deepEqual(chosen('Name,Company ID,Label,Deal ID\nAcme,61234567,Billing,51234567'), [
      'Company ID',
      '0-2',
      'Deal ID',
      '0-3',
      'Label',
    ]);
  });

  test('follows headers that say which is the associated one', () => {
    assert.deepEqual(chosen('Associated Company IDs,Record ID,First Name\n61234567,51234567,Ann').slice?.(0, 3), [
      'Record ID',
      '0-1',
      'Associated Company IDs',
    ]);
    assert.deepEqual(chosen('to_id,from_id\n61234567,51234567').slice?.(0, 3), ['from_id', undefined, 'to_id']);
  });

  test('takes old and new ids of a mapping', () => {
    assert.deepEqual(chosen('old_id,new_id\n51234567,61234567').slice?.(0, 3), ['old_id', undefined, 'new_id']);
  });

  test('goes by contents where no header says anything', () => {
    const text = 'a,b,c\n51234567,x,61234567\n51234568,y,61234568';
    assert.deepEqual(chosen(text), ['a', undefined, 'c', undefined, undefined]);
  });

  test('leaves open what nothing speaks for, and says when there are not two columns', () => {
    assert.deepEqual(chosen('Deal ID,Stage\n51234567,won'), ['Deal ID', '0-3', undefined, undefined, undefined]);
    assert.equal(chosen('Deal ID\n51234567\n51234568'), 'notTwo');
    assert.equal(chosen('{"dealId": 51234567}', 'json'), 'notTwo');
    assert.equal(chosen('', 'delimited'), 'notTwo');
    assert.equal(chosen('', 'json'), 'notTwo');
  });
});

suite('a file in pieces', () => {
  const id = fc.integer({ min: 1_000_000, max: 9_999_999 }).map(String);
  const row = fc.record({
    from: id,
    to: fc.array(id, { maxLength: 4 }),
    label: fc.constantFrom('', 'Billing', 'with "quotes", and commas', 'two\nlines', 'é'),
  });

  test('is read the same, however it is cut', async () => {
    const asCsv = (rows: readonly { from: string; to: readonly string[]; label: string }[]) =>
      [
        'deal_id,company_ids,label',
        ...rows.map(({ from, to, label }) => `${from},${to.join(';')},"${label.replaceAll('"', '""')}"`),
      ].join('\n');
    const asJson = (rows: readonly object[]) => rows.map((each) => JSON.stringify(each)).join('\n');
    const cuts = fc.array(fc.nat(40), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { minLength: 1, maxLength: 12 }),
        cuts,
        fc.boolean(),
        async (rows, sizes, isJson) => {
          const text = isJson ? asJson(rows) : asCsv(rows);
          const bytes = new TextEncoder().encode(text);
          const pieces: Uint8Array[] = [];
          let at = 0;
          for (const size of sizes) {
            pieces.push(bytes.slice(at, at + size));
            at = Math.min(bytes.length, at + size);
          }
          pieces.push(bytes.slice(at));
          const choice: PairChoice = isJson
            ? { kind: 'keys', from: 'from', to: 'to[]', label: 'label' }
            : { kind: 'columns', table: tableOf(text), from: 0, to: 1, label: 2 };
          const cut = await readPairs(pieces, choice);
          const whole = await readPairs([text], choice);
          assert.deepEqual(listed(cut.pairs), listed(whole.pairs));
          assert.deepEqual(cut.pairs.rowCounts, whole.pairs.rowCounts);
          const expected = new Set(rows.flatMap(({ from, to }) => to.map((each) => `${from} ${each}`)));
          assert.deepEqual(new Set(listed(whole.pairs).map(([from, to]) => `${from} ${to}`)), expected);
          assert.equal(whole.pairs.rowCounts.rows, rows.length);
        },
      ),
      { numRuns: 100 },
    );
  });

  test('stops when it is told to, and tells how far it is', async () => {
    const controller = new AbortController();
    const seen: number[] = [];
    function* endless() {
      yield 'deal_id,company_id\n';
      for (;;) yield '51234567,61234567\n';
    }
    const choice: PairChoice = {
      kind: 'columns',
      table: tableOf('deal_id,company_id\n51234567,61234567\n'),
      from: 0,
      to: 1,
    };
    const options = {
      signal: controller.signal,
      onProgress: ({ pairs }: { pairs: number }) => {
        if (seen.push(pairs) === 5) controller.abort(new Error('enough'));
      },
    };
    await assert.rejects(readPairs(endless(), choice, options), /enough/);
    assert.deepEqual(seen, [0, 1, 1, 1, 1]);
  });

  function tableOf(text: string) {
    const proposal = proposePairs(text, 'delimited');
    assert.ok(proposal.kind === 'columns');
    return proposal.table;
  }
});
