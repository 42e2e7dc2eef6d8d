/** Six properties, three of either side, as a sales team would show them: texts of many lengths, amounts, dates. */
import type { ShownProperty } from '../../../../src/core/rows/rows.ts';

const words = ['Northwind', 'Blue Harbor', 'Acme', 'Lakeside', 'Orchard & Sons', 'Vertex', 'Quarry Lane', 'Juniper'];
const stages = ['Appointment scheduled', 'Qualified to buy', 'Closed won', 'Contract sent', 'Closed lost'];

/** What a record has in each of the three properties of its side. */
const texts: readonly ((id: number) => string)[] = [
  (id) => `${words[id % words.length]} ${id % 977}`,
  (id) => stages[id % stages.length]!,
  (id) => `${((id % 89_000) + 1000).toLocaleString('en')}.50`,
];

/** The texts of a row's six cells: of the record, then of the associated one. */
export function sixTexts(id: string, toId: string): readonly string[] {
  return [id, toId].flatMap((each) => texts.map((textOf) => textOf(Number(each))));
}

export const sixColumns: readonly ShownProperty[] = (['record', 'associated'] as const).flatMap((end) =>
  texts.map(
    (textOf, at): ShownProperty => ({
      key: `property:${end}:made_${at}`,
      end,
      name: `made_${at}`,
      head: `Property ${at}`,
      ...(at === 2 && { align: 'end' }),
      hasLabels: false,
      cellOf: (id) => ({ kind: 'value', text: textOf(Number(id)) }),
      orderOf: () => undefined,
      whyText: () => '',
    }),
  ),
);
