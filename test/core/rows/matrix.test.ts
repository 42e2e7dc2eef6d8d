/** A matrix over look-ups of the same ids: its cells are what the look-ups say, whatever goes wrong. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { GroupAnswer } from '../../../src/core/answer/groupAnswer.ts';
import { GrowingIds } from '../../../src/core/answer/growingIds.ts';
import type { Answer, ApiVersion } from '../../../src/core/domain/associations.ts';
import { columnState, matrixCell } from '../../../src/core/domain/matrixCell.ts';
import { finished } from '../../../src/core/domain/steps.ts';
import { type LookUp, lookUp } from '../../../src/core/lookUp/lookUp.ts';
import type { ShownProperty } from '../../../src/core/rows/rows.ts';
import { valueCounts } from '../../../src/core/rows/valueCounts.ts';
import { maxRowsPerRequest, type PanelRow } from '../../../src/core/treaty/panelRows.ts';
import type { Fault } from '../../hubspotStandIn/fault.ts';
import { dealIds, generatedAccount, unknownDealIds } from '../../hubspotStandIn/generatedAccount.ts';
import { FakeTime } from '../fakeTime.ts';
import { type InMemoryHubSpot, inMemoryHubSpot, type NetworkFault } from '../inMemoryHubSpot.ts';
import { madeAnswer, unread } from '../madeAnswer.ts';
import { madePorts } from '../madePorts.ts';
import { costly } from '../randomFaults.ts';
import { arrangedTable } from './arrangedTable.ts';
import { typesOf } from './madeMatrix.ts';

const types = ['contacts', 'companies', 'tickets', 'no_such_type'];
const ids = [...dealIds(12), ...unknownDealIds(2), 'no id'];

function rowsOf(answers: readonly (Answer | undefined)[], view = {}): readonly PanelRow[] {
  const there = answers.filter((answer) => answer !== undefined);
  const whole = new GroupAnswer(there, there.length === answers.length);
  const table = arrangedTable(whole, { types: typesOf(types, answers) }, view);
  return table.window({ kind: 'rows', request: 1, first: 0, count: maxRowsPerRequest }).rows;
}

/** What a cell has to be, by its own look-up alone. */
function expected(answer: Answer, record: number): object {
  const state = answer.state(record);
  const count = answer.associationCount(record);
  const hidden = answer.apiVersion === 'v3' && answer.question.to === 'companies';
  if (state === 'found' || state === 'none') {
    const more = answer.truncation(record) !== undefined || hidden;
    return { state, count, ...(more && { more }) };
  }
  const problem = answer.problem(record);
  const failure = problem?.kind === 'notRead' ? problem.failure : undefined;
  const refused = failure?.kind === 'refused' && failure.hubSpot.httpStatus === 400;
  const named =
    failure?.kind === 'missingScopes' || failure?.kind === 'forbidden'
      ? 'notAllowed'
      : failure?.kind === 'unknownObjectType' || refused
        ? 'cannotBeAssociated'
        : state;
  return { state: named, count };
}

/** The cells without the words of their problems. */
function cellsIn({ cells = {} }: PanelRow) {
  return types.map((to) => {
    const { problem: _, ...cell } = cells[`type:${to}`]!;
    return cell;
  });
}

function assertCells(answers: readonly Answer[]): void {
  const rows = rowsOf(answers);
  assert.equal(rows.length, ids.length);
  for (const row of rows) {
    assert.deepEqual(
      cellsIn(row).filter((_, at) => !isWholeRefusal(answers[at]!)),
      answers.filter((answer) => !isWholeRefusal(answer)).map((answer) => expected(answer, row.record)),
    );
  }
  const all = new GroupAnswer(answers, true);
  assert.equal(
    all.complete,
    answers.every(({ complete }) => complete),
  );
  const { asked, found, none, failed, notRead } = all.counts;
  assert.equal(asked, types.length * ids.length);
  assert.equal(asked, found + none + failed + notRead);
}

/** Every record was refused alone, so the whole column is: its cells say more than its records do. */
function isWholeRefusal({ counts }: Answer): boolean {
  return counts.failed > 0 && counts.found + counts.none === 0;
}

const faults = fc.array(fc.option(costly, { nil: undefined, freq: 3 }), { maxLength: 12 });

async function started(
  struck: readonly (Fault | NetworkFault | undefined)[],
  apiVersion: ApiVersion,
): Promise<{ time: FakeTime; runs: LookUp[]; hubSpot: InMemoryHubSpot; again(): Promise<void> }> {
  const time = new FakeTime();
  const account = generatedAccount({ deals: 12, contacts: (nth) => nth % 4, companies: (nth) => nth % 3 });
  let isStruck = true;
  const strike = (_: unknown, nth: number) => {
    const fault = isStruck ? struck[nth - 1] : undefined;
    return fault ? [fault] : [];
  };
  const hubSpot = inMemoryHubSpot({ account, clock: time, pageSize: 2, strike });
  const shared = new GrowingIds(ids);
  const ports = () => madePorts({ fetch: hubSpot.fetch, clock: time, random: () => 0.5 });
  const runs = types.map((to) =>
    lookUp({ from: 'deals', to, ids: shared, apiVersion }, ports(), { batchSize: 4, maxInFlight: 2 }),
  );
  await time.run(Promise.all(runs.map(({ done }) => done)));
  return {
    time,
    runs,
    hubSpot,
    async again() {
      isStruck = false;
      const rest = runs.map(({ state, answer }) =>
        lookUp({ from: 'deals', to: answer.question.to, ids: shared, apiVersion }, ports(), { resume: state }),
      );
      await time.run(Promise.all(rest.map(({ done }) => done)));
    },
  };
}

suite('a matrix', () => {
  test('has in each cell what its own look-up says, under every fault, and is complete when each column is', async () => {
    await fc.assert(
      fc.asyncProperty(faults, fc.constantFrom<ApiVersion>('v3', '2026-03', '2026-09'), async (struck, version) => {
        const { runs, again, hubSpot } = await started(struck, version);
        assertCells(runs.map(({ answer }) => answer));
        await again();
        const answers = runs.map(({ answer }) => answer);
        assertCells(answers);
        const [contacts] = answers;
        // What was refused only while something was wrong is read now.
        for (let record = 0; record < 12; record++) {
          if (contacts!.state(record) !== 'found') continue;
          const truth = hubSpot.portal.associationsOf('deals', ids[record]!, 'contacts', { version });
          if (!contacts!.truncation(record)) assert.equal(contacts!.associationCount(record), truth.length);
        }
      }),
      { numRuns: 25 },
    );
  });

  test('names what HubSpot refuses: a type without scope, and one that it does not know', async () => {
    const { runs } = await started([], '2026-09');
    const answers = runs.map(({ answer }) => answer);
    const [first] = rowsOf(answers);
    assert.deepEqual(
      cellsIn(first!).map(({ state }) => state),
      ['none', 'none', 'notAllowed', 'cannotBeAssociated'],
    );
    assert.equal(new GroupAnswer(answers, true).completeness, 'incomplete');
  });

  test('says of a custom object type that was deleted that nothing can be associated with it', async () => {
    const time = new FakeTime();
    const hubSpot = inMemoryHubSpot({ account: generatedAccount({ deals: 2 }), clock: time });
    const deleted = lookUp(
      { from: 'deals', to: '2-4040404', ids: dealIds(2), apiVersion: '2026-09' },
      madePorts({ fetch: hubSpot.fetch, clock: time }),
    );
    await time.run(deleted.done);
    const cells = [0, 1].map((record) => matrixCell(deleted.answer, record, false));
    assert.deepEqual(
      cells.map(({ state }) => state),
      ['cannotBeAssociated', 'cannotBeAssociated'],
    );
    assert.equal(columnState(deleted.answer, false), 'cannotBeAssociated');
  });

  test('takes the only refused record for its own failure, not for that of its object type', () => {
    const answer = {
      counts: { found: 0, none: 0, failed: 1 },
      state: () => 'failed',
      truncation: () => undefined,
      associationCount: () => 0,
      problem: () => ({ kind: 'hubSpotError', httpStatus: 400 }),
    } as unknown as Answer;
    assert.equal(matrixCell(answer, 0, false).state, 'failed');
  });

  test('has the others where one look-up cannot be had, and is not complete then', async () => {
    const { runs } = await started([], '2026-09');
    const answers = [runs[0]!.answer, undefined, runs[2]!.answer, runs[3]!.answer];
    const rows = rowsOf(answers);
    assert.deepEqual(cellsIn(rows[1]!)[1], { state: 'notRead', count: 0 });
    assert.deepEqual(cellsIn(rows[1]!)[0], { state: 'found', count: 1 });
    assert.equal(new GroupAnswer([runs[0]!.answer], false).completeness, 'incomplete');
  });

  test('reads a look-up whose ids stand in another order by the ids', () => {
    const one = madeAnswer([{ id: '1', to: [{ toId: '9', types: [] }] }, { id: '2' }], { to: 'contacts' });
    const other = madeAnswer([{ id: '2', to: [{ toId: '8', types: [] }] }, { id: '3' }], { to: 'tickets' });
    const table = arrangedTable(new GroupAnswer([one, other], true), {
      types: typesOf(['contacts', 'tickets'], [one, other]),
    });
    const { rows } = table.window({ kind: 'rows', request: 1, first: 0, count: 9 });
    assert.deepEqual(
      rows.map(({ cells }) => [cells?.['type:contacts'], cells?.['type:tickets']]),
      [
        [
          { state: 'found', count: 1 },
          { state: 'notAsked', count: 0 },
        ],
        [
          { state: 'none', count: 0 },
          { state: 'found', count: 1 },
        ],
      ],
    );
  });

  const toIds = (count: number) => Array.from({ length: count }, (_, nth) => ({ toId: String(nth + 1), types: [] }));
  const made = (to: string, counts: readonly (number | undefined)[]) =>
    madeAnswer(
      counts.map((count, at) => ({
        id: String(at + 1),
        ...(count === undefined ? { state: 'notRead' as const, problem: unread } : { to: toIds(count) }),
      })),
      { to, apiVersion: '2026-09' },
    );
  const two = () => [made('contacts', [0, 2, 0, undefined, 1]), made('tickets', [0, 0, 3, 0, 12])] as const;
  const shown = (view: object) => {
    const [contacts, tickets] = two();
    const table = arrangedTable(
      new GroupAnswer([contacts, tickets], true),
      { types: typesOf(['contacts', 'tickets'], [contacts, tickets]) },
      view,
    );
    return table.window({ kind: 'rows', request: 1, first: 0, count: 9 }).rows.map(({ id }) => id);
  };

  test('is sorted by any of its columns, with what has no count at the end', () => {
    assert.deepEqual(shown({ sort: [{ column: 'type:contacts', descending: true }] }), ['2', '5', '1', '3', '4']);
    assert.deepEqual(shown({ sort: [{ column: 'type:contacts', descending: false }] }), ['1', '3', '5', '2', '4']);
  });

  test('is narrowed by any of its columns, and to records with none of its types', () => {
    assert.deepEqual(shown({ chips: ['noneOfTypes'] }), ['1']);
    assert.deepEqual(shown({ chips: ['anyOpen'] }), ['4']);
    assert.deepEqual(shown({ chips: ['type:none:contacts'] }), ['1', '3']);
    assert.deepEqual(shown({ chips: ['type:none:contacts', 'type:some:tickets'] }), ['3']);
    assert.deepEqual(shown({ chips: ['type:none:contacts', 'type:open:contacts'] }), ['1', '3', '4']);
    assert.deepEqual(shown({ chips: ['type:none:pets'] }), []);
    assert.deepEqual(shown({ filter: '12' }), ['5']);
  });

  test('shows properties of the records that were asked before its types, to sort and filter by too', () => {
    const [contacts, tickets] = two();
    const names = ['Zebra', 'Acme', undefined, 'Moon', 'Acme'];
    const property: ShownProperty = {
      key: 'property:record:dealname',
      end: 'record',
      name: 'dealname',
      head: 'Deal name',
      hasLabels: false,
      cellOf(id) {
        const text = names[Number(id) - 1];
        return text === undefined ? { kind: 'unset' } : { kind: 'value', text };
      },
      orderOf: () => undefined,
      whyText: () => '',
    };
    const context = { types: typesOf(['contacts', 'tickets'], [contacts, tickets]), properties: [property] };
    const tableOf = (view = {}) => arrangedTable(new GroupAnswer([contacts, tickets], true), context, view);
    const keys = tableOf()
      .facts()
      .columns.map(({ key }) => key);
    assert.deepEqual(keys, ['record', property.key, 'type:contacts', 'type:tickets']);
    const rowsIn = (view: object) => tableOf(view).window({ kind: 'rows', request: 1, first: 0, count: 9 }).rows;
    const idsIn = (view: object) => rowsIn(view).map(({ id }) => id);
    assert.deepEqual(idsIn({ sort: [{ column: property.key, descending: false }] }), ['2', '5', '4', '1', '3']);
    assert.deepEqual(idsIn({ filter: 'acme' }), ['2', '5']);
    assert.deepEqual(idsIn({ filter: 'no value' }), ['3']);
    assert.deepEqual(rowsIn({})[0]?.values, { [property.key]: { kind: 'value', text: 'Zebra' } });
    const counted = finished(valueCounts(tableOf().everyRow(), [property]));
    assert.deepEqual(counted.get(property.key), { value: 4, unset: 1, gone: 0, notRead: 0 });
  });

  test('is narrowed to records with none of its types where one of them is refused', async () => {
    const { runs } = await started([], '2026-09');
    const rows = rowsOf(
      runs.map(({ answer }) => answer),
      { chips: ['noneOfTypes'] },
    );
    // Of the first twelve deals every twelfth has neither contacts nor companies; the unknown ones have nothing.
    assert.deepEqual(
      rows.map(({ id }) => id),
      [ids[0], ...unknownDealIds(2)],
    );
  });

  test('tells how many records each of those would show', () => {
    const [contacts, tickets] = two();
    const table = arrangedTable(new GroupAnswer([contacts, tickets], true), {
      types: typesOf(['contacts', 'tickets'], [contacts, tickets]),
    });
    const counts = Object.fromEntries(table.facts().chips.map(({ key, count }) => [key, count]));
    assert.deepEqual(counts, {
      noneOfTypes: 1,
      anyOpen: 1,
      'type:none:contacts': 2,
      'type:some:contacts': 2,
      'type:open:contacts': 1,
      'type:none:tickets': 3,
      'type:some:tickets': 2,
    });
  });
});
