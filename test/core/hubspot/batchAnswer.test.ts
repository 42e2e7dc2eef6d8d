import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { AnswerColumns } from '../../../src/core/answer/answerColumns.ts';
import { mostTypes } from '../../../src/core/answer/typeSets.ts';
import type { ApiVersion } from '../../../src/core/domain/associations.ts';
import { finished } from '../../../src/core/domain/steps.ts';
import { associationsApi } from '../../../src/core/hubspot/associationsApi.ts';
import { quotingLongNumbers } from '../../../src/core/hubspot/json.ts';
import { readSinglePage } from '../../../src/core/hubspot/singleAnswer.ts';

const numbering = () => new AnswerColumns({ from: 'deals', to: 'companies', ids: [] });

/** What a body says, in words: from, associated ids with their types, cursor. */
function read(body: unknown, version: ApiVersion = 'v3') {
  const numbers = numbering();
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const delivery = finished(associationsApi(version).readBatch(text, numbers));
  if ('unreadable' in delivery) return delivery;
  const { status, rows, pages, errors, numErrors, unreadable } = delivery.value;
  return {
    status,
    pages: pages.map(({ from, start, end, after }) => ({
      from: numbers.ids.text(from),
      to: Array.from(rows.codes.slice(start, end), (code, row) => [
        numbers.ids.text(code),
        numbers.typeSets.types(rows.sets[start + row]!),
      ]),
      after,
    })),
    errors: errors.map((error) => ({ ...error, ids: error.ids.map((id) => numbers.ids.text(id)) })),
    numErrors,
    unreadable: unreadable.map(({ from, where }) => [numbers.ids.text(from), where]),
  };
}

suite('a batch answer', () => {
  test('of v3 is rows of id and type name', () => {
    const body = {
      status: 'COMPLETE',
      results: [
        {
          from: { id: '1' },
          to: [{ id: '2', type: 'deal_to_company' }],
          paging: { next: { after: 'MC0y%3D', link: 'x' } },
        },
      ],
      startedAt: '2024-10-21T16:40:47.810Z',
      completedAt: '2024-10-21T16:40:47.810Z',
    };
    assert.deepEqual(read(body), {
      status: 'COMPLETE',
      pages: [{ from: '1', to: [['2', [{ name: 'deal_to_company' }]]], after: 'MC0y%3D' }],
      errors: [],
      numErrors: undefined,
      unreadable: [],
    });
  });

  test('has errors whose ids stand in the context, or in the message only', () => {
    const idsOf = (error: unknown) => {
      const said = read({ status: 'COMPLETE', results: [], errors: [error] });
      return 'errors' in said ? said.errors.flatMap(({ ids, inMessage }) => [ids.join(), inMessage]) : said;
    };
    assert.deepEqual(idsOf({ subCategory: 'crm.associations.INVALID_IDENTIFIER', context: { id: ['12a'] } }), [
      '12a',
      false,
    ]);
    assert.deepEqual(idsOf({ context: { fromObjectId: ['7', '8'] }, message: 'CONTACT=9' }), ['7,8', false]);
    assert.deepEqual(idsOf({ message: 'CONTACT=1234 is not valid' }), ['1234', true]);
    assert.deepEqual(idsOf({ message: 'Object 77 cannot be associated to itself' }), ['77', true]);
    assert.deepEqual(idsOf({ message: 'No company is associated with deal 34461455164.' }), ['34461455164', true]);
    assert.deepEqual(idsOf({ message: 'Of 0-2 at most 100, see v3/12345 since 2026-03-10' }), ['', true]);
    assert.deepEqual(idsOf({}), ['', true]);
  });

  test('may have errors and no results, but not neither', () => {
    const said = read({ status: 'COMPLETE', numErrors: 1, errors: [{ context: { fromObjectId: ['1'] } }] });
    assert.ok('errors' in said && said.pages.length === 0 && said.errors.length === 1);
    assert.ok('unreadable' in read({ status: 'COMPLETE' }));
    assert.ok('unreadable' in read({ status: 'COMPLETE', results: null, errors: [] }));
  });

  for (const version of ['2026-03', '2026-09'] as const) {
    test(`of ${version} has categories, type ids and labels, and ids as text or numbers`, () => {
      const associationTypes = [
        { category: 'USER_DEFINED', typeId: 28, label: 'Billing contact' },
        { category: 'HUBSPOT_DEFINED', typeId: 1, label: null },
      ];
      const to = [
        { toObjectId: 5790939450, associationTypes },
        { toObjectId: '5790939451', associationTypes: [] },
      ];
      const answer = read({ status: 'COMPLETE', results: [{ from: { id: '33451' }, to }] }, version);
      assert.ok('pages' in answer);
      assert.deepEqual(answer.pages[0]?.to, [
        [
          '5790939450',
          [
            { category: 'HUBSPOT_DEFINED', typeId: 1 },
            { category: 'USER_DEFINED', typeId: 28, label: 'Billing contact' },
          ],
        ],
        ['5790939451', []],
      ]);
    });
  }

  test('keeps every digit of numbers above 2^53', () => {
    const body = `{"status":"COMPLETE","results":[{"from":{"id":9007199254740993},"to":[{"toObjectId":1234567890123456789,
      "associationTypes":[{"typeId":1,"label":"\\"77777777777777777777, 5"}]},{"toObjectId":7,"associationTypes":[]}]}]}`;
    const answer = read(body, '2026-03');
    assert.ok('pages' in answer);
    assert.equal(answer.pages[0]?.from, '9007199254740993');
    assert.deepEqual(answer.pages[0]?.to, [
      ['1234567890123456789', [{ typeId: 1, label: '"77777777777777777777, 5' }]],
      ['7', []],
    ]);
  });

  test('may have null or nothing where the documentation promises something', () => {
    const bare = { results: [{ from: { id: 1 }, to: [{ id: 2, type: null }, { id: '3' }], paging: null }] };
    const answer = read({ ...bare, status: null, errors: null, numErrors: null, links: {}, requestedAt: null });
    assert.ok('pages' in answer);
    assert.deepEqual(answer.pages, [
      {
        from: '1',
        to: [
          ['2', []],
          ['3', []],
        ],
        after: undefined,
      },
    ]);
    assert.equal(answer.status, '');
    assert.deepEqual(read(bare), answer);
    const empty = read({ status: 'COMPLETE', results: [{ from: { id: '1' }, to: [], paging: { next: null } }] });
    assert.ok('pages' in empty && empty.pages.length === 1);
  });

  test('names the records of an error in any of the ways seen', () => {
    const contexts: readonly (readonly [unknown, readonly string[]])[] = [
      [{ fromObjectId: ['1', '2'], toObjectType: ['company'] }, ['1', '2']],
      [{ ids: ['3'] }, ['3']],
      [{ id: ['4'] }, ['4']],
      [{ objectId: [5] }, ['5']],
      [{ fromObjectId: '6' }, ['6']],
      [{ fromObjectId: [] }, []],
      [{ other: ['7'] }, []],
      [null, []],
      [undefined, []],
      ['text', []],
    ];
    for (const [context, ids] of contexts) {
      const answer = read({ status: 'COMPLETE', results: [], errors: [{ category: 'X', message: 'm', context }] });
      assert.ok('errors' in answer);
      assert.deepEqual(answer.errors[0]?.ids, ids, JSON.stringify(context));
    }
  });

  test('takes subCategory as text or object, and odd errors as errors without a record', () => {
    const errors = [
      { category: 'A', subCategory: 'b.C' },
      { category: 'A', subCategory: { a: 1 } },
      { message: {} },
      7,
      null,
    ];
    const answer = read({ status: 'COMPLETE', results: [], errors, numErrors: 5 });
    assert.ok('errors' in answer);
    assert.deepEqual(
      answer.errors.map(({ category, subCategory }) => [category, subCategory]),
      [
        ['A', 'b.C'],
        ['A', undefined],
        ['', undefined],
        ['', undefined],
        ['', undefined],
      ],
    );
    assert.equal(answer.numErrors, 5);
  });

  test('with one odd result keeps the others and says which and where', () => {
    const good = { from: { id: '1' }, to: [{ id: '5', type: 'x' }] };
    const answer = read({ status: 'COMPLETE', results: [good, { from: { id: '2' }, to: [{ type: 'x' }] }] });
    assert.ok('pages' in answer);
    assert.deepEqual(
      answer.pages.map(({ from }) => from),
      ['1'],
    );
    assert.deepEqual(answer.unreadable, [['2', 'results[1].to[0].id']]);
  });

  test('with more types than an account can have is read up to there, and says so of the records behind it', () => {
    const row = (id: number, types: number, first = 0) => ({
      toObjectId: id,
      associationTypes: Array.from({ length: types }, (_, at) => ({ category: 'USER_DEFINED', typeId: first + at })),
    });
    const ofRecord = (id: number, ...to: unknown[]) => ({ from: { id: String(id) }, to });
    const results = [ofRecord(1, row(7, mostTypes)), ofRecord(2, row(8, mostTypes + 1)), ofRecord(3, row(9, 1))];
    const once = read({ status: 'COMPLETE', results }, '2026-09');
    assert.deepEqual(once.unreadable, [['2', 'results[1].to[0].associationTypes']]);
    const spread = read(
      { status: 'COMPLETE', results: [ofRecord(1, row(7, mostTypes), row(8, 5, mostTypes)), ofRecord(2, row(9, 1))] },
      '2026-09',
    );
    assert.deepEqual(spread.unreadable, [['2', 'results.to']]);
    const names = Array.from({ length: mostTypes + 2 }, (_, at) => ({ id: '7', type: `t${at}` }));
    const named = read({ status: 'COMPLETE', results: [ofRecord(1, ...names), ofRecord(2)] });
    assert.deepEqual(named.unreadable, [['1', 'results.to']]);
    const numbers = numbering();
    const single = JSON.stringify({ results: names });
    assert.deepEqual(finished(readSinglePage(single, { ids: numbers.ids, typeSets: numbers.typeSets })), {
      unreadable: { where: 'results.to', detail: 'more than 10000 association types' },
    });
  });

  test('that is no batch says where it is not', () => {
    const where = (body: unknown) => {
      const answer = read(body);
      return 'unreadable' in answer && !Array.isArray(answer.unreadable) ? answer.unreadable.where : 'readable';
    };
    assert.equal(where('<html>'), '');
    assert.equal(where(''), '');
    assert.equal(where('{"status":"COMPLETE","resul'), '');
    assert.equal(where('null'), 'body');
    assert.equal(where('[]'), 'body');
    assert.equal(where({ status: 'COMPLETE' }), 'results');
    assert.equal(where({ results: [{ to: [] }] }), 'results[0].from');
  });
});

test('long numbers are quoted outside of texts only', () => {
  const quoted = (text: string) => finished(quotingLongNumbers(text));
  assert.equal(
    quoted('[1234567890123456789,"1234567890123456789",12]'),
    '["1234567890123456789","1234567890123456789",12]',
  );
  assert.equal(
    quoted('{"a\\"1234567890123456789":1.2345678901234567e5}'),
    '{"a\\"1234567890123456789":1.2345678901234567e5}',
  );
});

suite('the read of a single record', () => {
  test('has rows of id and type name, and a cursor', () => {
    const numbers = numbering();
    const body = { results: [{ id: '7', type: 'deal_to_company' }], paging: { next: { after: '8', link: 'x' } } };
    const page = finished(readSinglePage(JSON.stringify(body), { ids: numbers.ids, typeSets: numbers.typeSets }));
    assert.ok('value' in page);
    assert.deepEqual([[...page.value.rows.codes], page.value.after], [[7], '8']);
    assert.deepEqual(finished(readSinglePage('{}', { ids: numbers.ids, typeSets: numbers.typeSets })), {
      unreadable: { where: 'results', detail: 'Invalid input: expected array, received undefined' },
    });
  });
});
