/** Arbitrary answers, what may be known beside them, and arbitrary views of them. */
import fc from 'fast-check';
import type { Existence } from '../../../src/core/domain/cell.ts';
import type { AnswerTable } from '../../../src/core/rows/answerTable.ts';
import type { RowContext } from '../../../src/core/rows/rows.ts';
import type { PanelView } from '../../../src/core/treaty/panelView.ts';
import { billing, type MadeRecord, plain, primary, unread } from '../madeAnswer.ts';
import { type PlainContext, placeOf, problemText } from './plainTable.ts';

const partner = { category: 'USER_DEFINED', typeId: 61, label: 'Partner 10' };
const early = { category: 'USER_DEFINED', typeId: 62, label: 'partner 9' };
const types = [[plain], [plain, primary], [plain, billing], [partner, plain], [early, primary], [early, billing]];
export const ids = ['1', '7', '20', '300', '9007199254740993', '9223372036854775806', '9223372036854775807', 'no id'];
export const toIds = ['3', '4', '70', '9007199254740993', '9007199254740992', '9223372036854775807'];
const refused = { kind: 'hubSpotError', category: 'X', message: 'No such ticket' } as const;

export const fate: fc.Arbitrary<Omit<MadeRecord, 'id'>> = fc.oneof(
  fc.record({
    to: fc.uniqueArray(fc.record({ toId: fc.constantFrom(...toIds), types: fc.constantFrom(...types) }), {
      selector: ({ toId }) => toId,
      minLength: 1,
      maxLength: 4,
    }),
  }),
  fc
    .tuple(
      fc.constantFrom('cap' as const, 'page' as const, 'reading' as const),
      fc.boolean(),
      fc.constantFrom(...toIds),
    )
    .map(([truncation, isStopped, toId]) => ({
      truncation,
      to: [{ toId, types: [plain] }],
      ...(isStopped && truncation !== 'reading' && { problem: unread }),
    })),
  fc.constantFrom(
    {},
    {},
    { state: 'notRead' as const },
    { state: 'notRead' as const, problem: unread },
    { state: 'failed' as const, problem: refused },
  ),
);
export const existence: fc.Arbitrary<Existence> = fc.constantFrom(
  { kind: 'exists' },
  { kind: 'archived' },
  { kind: 'missing' },
  { kind: 'merged', into: '300' },
);
export const known: fc.Arbitrary<PlainContext> = fc.record({
  names: fc.dictionary(fc.constantFrom(...ids, ...toIds), fc.constantFrom('Acme 20', 'ärzte', 'found'), { maxKeys: 6 }),
  existences: fc.dictionary(fc.constantFrom(...ids, ...toIds), existence, { maxKeys: 10 }),
  sources: fc.boolean(),
  running: fc.boolean(),
});
/** @param keys those of the columns */
export function anyView(
  keys: readonly string[],
  filters: readonly string[] = [],
  moreChips: readonly string[] = [],
): fc.Arbitrary<PanelView> {
  const column = fc.constantFrom(...keys, 'gone');
  return fc.record({
    filter: fc.constantFrom(
      ...['', '', ' ', '0', '7', 'bill', 'primary', 'ARCHIVED', 'into 300', 'csv:1 found', '1', 'no', 'ä 7'],
      ...filters,
    ),
    chips: fc.uniqueArray(
      fc.constantFrom(
        ...['none', 'found', 'failed', 'notRead', 'noSuchRecord', 'archived', 'merged', 'truncated', 'reading'],
        ...['moreThanOne', 'primary', 'noLabel', 'label:Billing contact', 'label:partner 9', 'label:gone'],
        ...moreChips,
      ),
      { maxLength: 3 },
    ),
    sort: fc.array(fc.record({ column, descending: fc.boolean() }), { maxLength: 4 }),
    columns: fc.uniqueArray(fc.record({ key: column, hidden: fc.boolean(), width: fc.constant(90) }), {
      selector: ({ key }) => key,
    }),
    place: fc.nat(9),
  });
}

export function contextOf({ names, existences, sources, running }: PlainContext): RowContext {
  return {
    ...(Object.keys(names).length > 0 && { nameOf: (_: string, id: string) => names[id] }),
    existenceOf: (_, id) => existences[id],
    ...(sources && { placeOf }),
    isRunning: () => running,
    problemText,
  };
}

export function addresses(table: AnswerTable): string[] {
  const { rows } = table.window({ kind: 'rows', request: 1, first: 0, count: 200 });
  return rows.map(({ id, toId, nth }) => `${id}>${toId ?? ''}#${nth}`);
}
