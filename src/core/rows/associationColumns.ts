/** Columns of the associated record: its id, and what it is to the record that was asked. Pure. */

import type { Existence, Gone } from '../domain/cell.ts';
import type { Labels } from '../domain/labels.ts';
import { cut } from '../text/cellText.ts';
import { atOnce, type Column, say, shownExistence } from './column.ts';
import { stateText } from './rowState.ts';
import { noLabels, type RowContext, type Rows } from './rows.ts';
import { stretches } from './steps.ts';
import { textRanks } from './textRanks.ts';

export function associatedColumn(rows: Rows, context: RowContext): Column {
  const nameOf = (id: string) => context.nameOf?.('associated', id);
  const goneOf = (id: string) => (context.nameOf ? goneIn(context.existenceOf?.('associated', id)) : undefined);
  return {
    key: 'associated',
    kind: 'associated',
    head: context.ends?.to ?? say(context, 'associated'),
    of: 'row',
    cell(row) {
      const toId = rows.toId(row);
      if (toId === undefined) return {};
      if (rows.isUnmapped(row)) return { toId: cut(toId), unmapped: true };
      const toName = nameOf(toId);
      const fate = goneOf(toId);
      return {
        toId: cut(toId),
        ...(toName !== undefined && { toName: cut(toName) }),
        ...(fate && { toExistence: shownExistence(fate) }),
      };
    },
    finder(search) {
      const fates = gone.reduce((mask, kind) => search.found(stateText(kind, undefined, context), mask), 0);
      const mayBeFate = search.anyDigits || fates > 0;
      if (!search.anyDigits && !context.nameOf) return (_, mask) => mask;
      return (row, mask) => {
        const number = rows.toIdNumber(row);
        const isNumber = number > 0;
        const written = isNumber ? undefined : rows.toId(row);
        if (!isNumber && written === undefined) return mask;
        const withId = isNumber ? search.foundInNumber(number, mask) : search.foundInDigits(written!, mask);
        if (withId === search.all || !context.nameOf || rows.isUnmapped(row)) return withId;
        const toId = written ?? rows.toId(row)!;
        const fate = mayBeFate ? goneOf(toId) : undefined;
        const withFate = fate ? search.found(stateText(fate.kind, fate, context), withId) : withId;
        return search.found(nameOf(toId), withFate);
      };
    },
    sortKeys: () => atOnce((row) => rows.toIdKey(row)),
    idOf: (row) => rows.toId(row),
  };
}

function goneIn(existence: Existence | undefined): Gone | undefined {
  return existence?.kind === 'exists' ? undefined : existence;
}

/** What can have become of an associated record that is not there any more. */
const gone = ['missing', 'archived', 'merged'] as const;

const mostLabels = 20;

export function labelsColumn(rows: Rows, context: RowContext): Column {
  const primary = say(context, 'primary');
  return {
    key: 'labels',
    kind: 'labels',
    head: say(context, 'labels'),
    of: 'set',
    cell(row) {
      const set = rows.set(row);
      if (set === noLabels) return { primary: false, labels: [] };
      const { primary, primaryLabel, labels } = rows.labels(set);
      return {
        primary,
        ...(primaryLabel !== undefined && { primaryLabel: cut(primaryLabel) }),
        labels: labels.slice(0, mostLabels).map(({ text, type }) => ({ text: cut(text), type: cut(type) })),
      };
    },
    finder: (search) => (set, mask) => {
      const { primary: isPrimary, primaryLabel = primary, labels } = rows.labels(set);
      const withPrimary = isPrimary ? search.found(primaryLabel, mask) : mask;
      return labels.reduce((found, { text }) => search.found(text, found), withPrimary);
    },
    *sortKeys() {
      // The sets of all rows are seen first: only then does allLabels know each of them.
      yield* stretches(rows.length, (from, to) => {
        for (let row = from; row < to; row++) rows.set(row);
      });
      const ranks = yield* textRanks(rows.allLabels().map(labelText));
      return (set) => ranks[set]!;
    },
  };
}

/** Primary before the labels, which go by their texts. */
function labelText({ primary, labels }: Labels): string | undefined {
  const texts = labels.map(({ text }) => text.toLowerCase());
  if (primary) texts.unshift('');
  return texts.length > 0 ? texts.join('\n') : undefined;
}
