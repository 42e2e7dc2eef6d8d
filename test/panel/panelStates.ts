/** The panel's main states, for looking at and for checking them one by one. */

import type { Page } from 'playwright-core';
import { GroupAnswer } from '../../src/core/answer/groupAnswer.ts';
import type { AssociationType } from '../../src/core/domain/associations.ts';
import type { Cell } from '../../src/core/domain/cell.ts';
import { Check } from '../../src/core/expectation/check.ts';
import { AnswerTable } from '../../src/core/rows/answerTable.ts';
import type { MatrixType } from '../../src/core/rows/matrixType.ts';
import type { ShownProperty } from '../../src/core/rows/rows.ts';
import { firstView, type PanelView } from '../../src/core/treaty/panelView.ts';
import { type MadeRow, madePairs } from '../core/expectation/madePairs.ts';
import { billing, largeAnswer, type MadeRecord, madeAnswer, plain, primary, unread } from '../core/madeAnswer.ts';
import type { Surroundings } from './panelPage.ts';

export interface PanelScene {
  readonly table: AnswerTable;
  readonly around: Partial<Surroundings>;
  /** What is done with it then, before it is looked at. */
  act?(page: Page): Promise<void>;
}

/** Sorted by three columns, one of them moved and one hidden, under two chips. */
const chosenView: PanelView = {
  ...firstView,
  chips: ['moreThanOne', 'primary'],
  sort: [
    { column: 'count', descending: true },
    { column: 'labels', descending: false },
    { column: 'record', descending: true },
  ],
  columns: [{ key: 'record' }, { key: 'count' }, { key: 'associated' }, { key: 'state', hidden: true }],
};

const partner: AssociationType = { category: 'USER_DEFINED', typeId: 61, label: 'Implementation partner' };
const arabic: AssociationType = { category: 'USER_DEFINED', typeId: 62, label: 'شريك التوريد' };
const japanese: AssociationType = { category: 'USER_DEFINED', typeId: 63, label: '請求先担当者' };

const ends = { from: 'Deal', to: 'Company' };
const sources = { ends, placeOf: (record: number) => `deals-export.csv:${record + 2}` };
const startedAt = Date.UTC(2026, 2, 4, 14, 2);

function records(count: number): MadeRecord[] {
  return Array.from({ length: count }, (_, at) => {
    const id = String(17_982_944_313 + at * 37);
    if (at % 11 === 4) return { id };
    const toId = (nth: number) => String(17_496_863_841 + at * 113 + nth);
    const extra = [[plain], [plain, billing], [plain, partner, japanese], [plain, arabic]][at % 4]!;
    return {
      id,
      to: [{ toId: toId(0), types: [plain, primary] }, ...(at % 3 === 0 ? [{ toId: toId(1), types: extra }] : [])],
    };
  });
}

function worked(
  count: number,
  change: Record<number, Omit<MadeRecord, 'id'>> = {},
  apiVersion: 'v3' | '2026-09' = '2026-09',
) {
  const made = records(count).map((record, at) => (change[at] ? { id: record.id, ...change[at] } : record));
  const answer = madeAnswer(made, { apiVersion });
  answer.touch({ requests: 4, pages: 4, milliseconds: 1_130 });
  return answer;
}

const refused: Omit<MadeRecord, 'id'> = {
  state: 'failed',
  problem: {
    kind: 'hubSpotError',
    category: 'VALIDATION_ERROR',
    message: 'The record id is not valid for this object type.',
  },
};
const notRead: Omit<MadeRecord, 'id'> = { state: 'notRead', problem: unread };

/** How many records of a type the nth of these records has; undefined where that was not read. */
function typeAnswer(
  to: string,
  countOf: (nth: number) => number | undefined,
  apiVersion: 'v3' | '2026-09' = '2026-09',
) {
  const refusal = { kind: 'missingScopes' as const, anyOf: ['crm.objects.quotes.read'], hubSpot: { httpStatus: 403 } };
  const made = Array.from({ length: 200 }, (_, nth): MadeRecord => {
    const id = String(17_982_944_313 + nth * 37);
    const count = countOf(nth);
    if (count !== undefined)
      return { id, to: Array.from({ length: count }, (_, at) => ({ toId: String(at + 1), types: [plain] })) };
    const problem = to === 'quotes' ? ({ kind: 'notRead', failure: refusal } as const) : unread;
    return { id, state: 'notRead', problem };
  });
  return madeAnswer(made, { to, apiVersion });
}

/**
 * Many types, one of them not allowed, one partly read and one only for primary companies.
 * @param properties of the records that were asked, which are shown beside them
 */
function matrixScene(properties: readonly ShownProperty[] = []): PanelScene {
  const heads = ['Contacts', 'Companies', 'Tickets', 'Installations', 'Calls', 'Emails', 'Quotes', 'Notes'];
  const answers = heads.map((head, at) => {
    const to = head.toLowerCase();
    if (to === 'quotes') return typeAnswer(to, () => undefined);
    if (to === 'companies') return typeAnswer(to, (nth) => Math.min(1, nth % 3), 'v3');
    const countOf = (nth: number) => (nth % 7 === 3 ? 0 : ((nth * (at + 3)) % (5 + at * at)) - (at % 3));
    return typeAnswer(to, (nth) => (to === 'emails' && nth % 5 === 2 ? undefined : Math.max(0, countOf(nth))));
  });
  const types = heads.map((head, at): MatrixType => {
    const { to } = answers[at]!.question;
    const { associations } = answers[at]!.counts;
    const detail =
      to === 'quotes' ? 'not allowed' : to === 'emails' ? `${associations} · incomplete` : `${associations}`;
    const tooltip = '200 asked = 160 found + 40 none + 0 failed + 0 not read, complete';
    return { to, head, answer: answers[at], isRunning: () => false, told: () => ({ detail, tooltip }) };
  });
  return {
    table: new AnswerTable(new GroupAnswer(answers, true), { ...sources, types, properties }),
    around: {
      startedAt,
      ...(properties.length > 0 && { properties: { shown: properties.map(({ key }) => key), kept: [] } }),
      title: 'Deals → 8 types',
      strip:
        '8 types: 5 complete, 1 complete for primary companies (v3), 1 incomplete, 1 not allowed; 19 not asked, the account has none',
      notices: [
        {
          id: 'stopped',
          severity: 'error',
          sentence: 'Quotes: HubSpot refused this token. It needs one of these scopes: crm.objects.quotes.read',
          action: { action: 'copyScopes', title: 'Copy Scopes' },
        },
        {
          id: 'notAsked',
          severity: 'info',
          sentence: "19 not asked, the account has none. HubSpot's count may lag behind.",
          action: { action: 'askTheOthers', title: 'Ask Them Too' },
        },
      ],
    },
  };
}

/** A file of pairs, which differs from the account in each possible way. */
function checked(isRunning = false, isLearnt = true) {
  const made = records(60).map((record, at): MadeRecord => {
    if (at === 5) return { id: record.id, ...refused };
    if (isRunning && at > 20) return { id: record.id, state: 'notRead' };
    if (at === 7) return { ...record, truncation: 'cap' };
    return record;
  });
  const answer = madeAnswer(made, { apiVersion: '2026-09' });
  answer.touch({ requests: 4, pages: 4, milliseconds: 1_130 });
  const rows = records(60).flatMap(({ id, to = [] }, at): MadeRow[] => {
    const ids = to.map(({ toId }) => toId);
    const named = ids.filter((_, nth) => at % 9 !== 3 || nth === 0).map((toId): MadeRow => [id, [toId]]);
    const extra = String(17_496_990_000 + at);
    if (at % 7 === 0) return [...named, [id, ids.slice(0, 1), [at % 2 === 0 ? 'Billing contact' : 'Primary']]];
    return at % 6 === 1 || at === 5 || at === 7 ? [...named, [id, [extra]]] : named;
  });
  const check = new Check(answer, madePairs([...rows, ...rows.slice(0, 3)]));
  if (isLearnt) {
    check.learn('to', '17496990001', { kind: 'archived' });
    check.learn('to', '17496990013', { kind: 'missing' });
    check.learn('to', '17496990019', { kind: 'merged', into: '17496863841' });
  }
  const context = { ends, check, lineText: (line: number) => `expected-pairs.csv:${line + 1}` };
  return new AnswerTable(answer, { ...context, isRunning: () => isRunning });
}

/** Each kind of cell that the column of a property can have, in turn. */
function propertyOf(end: 'record' | 'associated', name: string, head: string, values: readonly Cell[]): ShownProperty {
  return {
    key: `property:${end}:${name}`,
    end,
    name,
    head,
    tooltip: `${end === 'record' ? 'Deal' : 'Company'} · ${name}`,
    ...(name === 'amount' && { align: 'end' as const }),
    hasLabels: false,
    cellOf: (id) => values[Number(id) % values.length]!,
    orderOf: ({ value }) => (typeof value === 'number' ? value : undefined),
    whyText: (why) => (typeof why === 'string' ? 'Not read yet.' : 'The token lacks a scope.'),
  };
}
const text = (shown: string, value: string | number = shown): Cell => ({ kind: 'value', text: shown, value });
const noScope: Cell = { kind: 'notRead', why: { kind: 'missingScopes', anyOf: [], hubSpot: {} } };
const properties = [
  propertyOf('record', 'amount', 'Amount', [text('1,200', 1200), text('-48,000.50', -48000.5), { kind: 'unset' }]),
  propertyOf('record', 'dealstage', 'Deal stage', [
    text('Closed won'),
    text('Appointment scheduled'),
    { kind: 'gone', how: 'archived' },
    { kind: 'gone', how: 'merged', into: '17982949999' },
    { kind: 'notRead', why: 'reading' },
    { kind: 'notRead', why: 'notAsked' },
  ]),
  propertyOf('associated', 'domain', 'Company domain name', [
    text('acme.example.com'),
    text('<b>=1+1</b> \u202emoc.elpmaxe'),
    text('a very long text '.repeat(60)),
    noScope,
  ]),
];

export const panelStates: Readonly<Record<string, () => PanelScene>> = {
  complete: () => ({ table: new AnswerTable(worked(312), sources), around: { startedAt } }),
  incomplete: () => ({
    table: new AnswerTable(
      worked(312, {
        2: refused,
        5: notRead,
        9: notRead,
        7: { ...records(8)[7], truncation: 'cap' },
      }),
      sources,
    ),
    around: {
      startedAt,
      notices: [
        {
          id: 'unread',
          severity: 'error',
          sentence: '3 of 4 calls answered; 2 records were not read (HubSpot answered 502).',
          details: 'HTTP 502 Bad gateway\ncorrelation id c1b7a5d2-0000-4000-8000-000000000000',
          action: { action: 'resume', title: 'Retry These' },
        },
        {
          id: 'primary',
          severity: 'info',
          sentence: 'v3 returns only the primary company of a deal.',
          action: { action: 'lookUpUnderDateVersion', title: 'Look Up Under 2026-09' },
        },
        {
          id: 'cap',
          severity: 'warning',
          sentence: '1 record has more than 10,000 associations; the first 10,000 are shown.',
          action: { action: 'readAll', title: 'Get All' },
        },
      ],
    },
  }),
  running: () => ({
    table: new AnswerTable(
      worked(120, {
        5: { ...records(6)[5], truncation: 'reading' },
        ...Object.fromEntries(Array.from({ length: 114 }, (_, at) => [at + 6, { state: 'notRead' as const }])),
      }),
      { ...sources, isRunning: () => true },
    ),
    around: { startedAt, progress: { kind: 'running', done: 16, of: 200, estimate: true } },
  }),
  matrix: () => matrixScene(),
  matrixProperties: () => matrixScene(properties.filter(({ end }) => end === 'record')),
  matrixMenu: () => ({
    ...matrixScene(),
    async act(page) {
      await page.getByRole('columnheader').nth(1).click({ button: 'right' });
      await page.getByRole('menu').waitFor();
    },
  }),
  many: () => ({
    table: new AnswerTable(
      madeAnswer(
        [1, 12, 1, 3, 0, 5, 1].map((count, at) => ({
          id: String(17_982_944_313 + at),
          to: Array.from({ length: count }, (_, nth) => ({ toId: String(17_496_863_841 + nth), types: [plain] })),
        })),
        { apiVersion: '2026-09' },
      ),
      sources,
    ),
    around: { startedAt },
  }),
  gone: () => ({
    table: new AnswerTable(worked(40), {
      ...sources,
      existenceOf: (_, id) => {
        const at = (Number(id) - 17_982_944_313) / 37;
        if (at === 4) return { kind: 'missing' };
        if (at === 15) return { kind: 'archived' };
        return at === 26 ? { kind: 'merged', into: '17982949999' } : { kind: 'exists' };
      },
    }),
    around: { startedAt },
  }),
  chosen: () => ({ table: new AnswerTable(worked(312), sources, chosenView), around: { startedAt } }),
  columnList: () => ({
    table: new AnswerTable(worked(312), sources, chosenView),
    around: { startedAt },
    async act(page) {
      await page.getByRole('button', { name: /^Columns/ }).click();
      await page.getByRole('checkbox').nth(1).focus();
    },
  }),
  columnMenu: () => ({
    table: new AnswerTable(worked(312), sources, chosenView),
    around: { startedAt },
    async act(page) {
      await page.getByRole('columnheader').nth(1).click({ button: 'right' });
      await page.getByRole('menu').waitFor();
    },
  }),
  rowMenu: () => ({
    table: new AnswerTable(worked(312), sources),
    around: { startedAt },
    async act(page) {
      await page.locator('td.associated').nth(2).click({ button: 'right' });
      await page.getByRole('menu').waitFor();
    },
  }),
  manyLabels: () => ({
    table: new AnswerTable(
      madeAnswer(
        Array.from({ length: 60 }, (_, at) => ({
          id: String(17_982_944_313 + at),
          to: [0, 1].map((nth) => ({
            toId: String(17_496_863_841 + at + nth),
            types: [
              {
                category: 'USER_DEFINED',
                typeId: 100 + at,
                label: `Label number ${at} of the account${nth ? ' that is a long one to read' : ''}`,
              },
            ],
          })),
        })),
        { apiVersion: '2026-09' },
      ),
      sources,
    ),
    around: { startedAt },
  }),
  arranging: () => ({
    table: new AnswerTable(worked(312), sources),
    around: { startedAt, arranging: { what: 'sorting', share: 0.4 } },
  }),
  waiting: () => ({
    table: new AnswerTable(
      worked(120, Object.fromEntries(Array.from({ length: 60 }, (_, at) => [at + 60, { state: 'notRead' as const }]))),
    ),
    around: {
      startedAt,
      progress: {
        kind: 'waiting',
        done: 100,
        of: 163,
        reason: 'HubSpot allows 100 calls in 10 seconds.',
        left: 12_000,
      },
    },
  }),
  paused: () => ({
    table: new AnswerTable(
      worked(120, Object.fromEntries(Array.from({ length: 60 }, (_, at) => [at + 60, { state: 'notRead' as const }]))),
    ),
    around: {
      startedAt,
      progress: { kind: 'paused', done: 41, of: 63 },
      notices: [
        {
          id: 'token',
          severity: 'error',
          sentence: 'HubSpot no longer accepts this token; 41 of 63 calls were kept.',
          details: 'HTTP 401 INVALID_AUTHENTICATION',
          action: { action: 'enterToken', title: 'Enter New Token' },
        },
      ],
    },
  }),
  first: () => ({
    table: new AnswerTable(madeAnswer(records(8).map(({ id }) => ({ id, state: 'notRead' as const })))),
    around: { startedAt, progress: { kind: 'running', done: 0 } },
  }),
  allNone: () => ({
    table: new AnswerTable(madeAnswer(records(9).map(({ id }) => ({ id })))),
    around: {
      startedAt,
      notices: [
        {
          id: 'none',
          severity: 'info',
          sentence: 'HubSpot names no company for any of these deals.',
          action: { action: 'lookUpReverse', title: 'Look Up Companies → Deals' },
        },
      ],
    },
  }),
  allFailed: () => ({
    table: new AnswerTable(madeAnswer(records(9).map(({ id }) => ({ id, ...refused })))),
    around: {
      notices: [
        {
          id: 'scopes',
          severity: 'error',
          sentence: 'This token may not read companies: crm.objects.companies.read is missing.',
          action: { action: 'copyScopes', title: 'Copy Scopes' },
        },
      ],
    },
  }),
  nothing: () => ({ table: new AnswerTable(madeAnswer([])), around: {} }),
  names: () => ({
    table: new AnswerTable(worked(40), {
      ...sources,
      nameOf: (end, id) =>
        end === 'record'
          ? `Renewal ${id.slice(-3)}`
          : ['Acme GmbH & Co. KG', 'شركة النور', '株式会社サンプル'][Number(id.slice(-1)) % 3],
    }),
    around: { startedAt, names: 'on' },
  }),
  properties: () => ({
    table: new AnswerTable(worked(40), { ends, properties }),
    around: { startedAt, properties: { shown: properties.map(({ key }) => key), kept: [] } },
  }),
  noMatch: () => ({
    table: new AnswerTable(worked(40), sources, { ...firstView, filter: 'nobody' }),
    around: { startedAt },
  }),
  hostile: () => ({
    table: new AnswerTable(
      madeAnswer([
        {
          id: '9223372036854775807',
          to: [
            {
              toId: '9223372036854775806',
              types: [
                { category: 'USER_DEFINED', typeId: 1001, label: '<img src=x onerror=alert(1)>' },
                { category: 'USER_DEFINED', typeId: 1002, label: '\u202Egnihton\u202C line\nbreak "quoted", =1+1' },
                { category: 'USER_DEFINED', typeId: 1003, label: `${'long '.repeat(200_000)}` },
              ],
            },
          ],
        },
        {
          id: 'not an id at all \u202E of any kind',
          state: 'notRead',
          problem: { kind: 'notRead', failure: { kind: 'notAnId' } },
        },
      ]),
      { problemText: () => `A reason ${'without end '.repeat(10_000)}` },
    ),
    around: {
      title: '<b>Deals</b> → \u202EseinapmoC',
      account: { name: `Acme ${'& Sons '.repeat(30)}`, environment: 'Sandbox' },
    },
  }),
  check: () => ({
    table: checked(),
    around: {
      startedAt,
      title: 'Deals → Companies',
      checkButtons: [
        { action: 'checkPairsAgain', title: 'Check Again' },
        { action: 'checkPairsExist', title: 'Check Which Records Exist (2 calls)' },
      ],
    },
  }),
  checkMissing: () => ({
    table: checked(),
    around: { startedAt },
    async act(page) {
      await page.locator('.chip', { hasText: 'Missing' }).click();
      await page.locator('.chip', { hasText: 'Label differs' }).click();
    },
  }),
  checkRunning: () => ({
    table: checked(true, false),
    around: { startedAt, progress: { kind: 'running', done: 16, of: 60 } },
  }),
  million: () => ({ table: new AnswerTable(largeAnswer(204_000, 5)), around: { startedAt } }),
};
