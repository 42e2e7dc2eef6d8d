/** A check that is being planned: the file as it was read, and what was chosen so far. Each change makes another one. */
import type { Account } from '../accounts/accounts.ts';
import type { Expectation } from '../core/domain/expectation.ts';
import type { PairColumns } from '../core/expectation/pairColumns.ts';
import type { CheckSource } from '../core/expectation/storedCheck.ts';
import { Turns } from '../editor/turns.ts';
import type { ChosenColumns, Columns } from './pairColumnsPick.ts';
import type { KnownLabels } from './pairLabels.ts';
import type { PairsFile, ReadPairsFile } from './pairsFile.ts';
import { type CheckChoices, type PlannedCheck, planningCheck } from './plannedCheck.ts';

export interface CheckDraft {
  readonly file: PairsFile;
  readonly columns: Columns;
  readonly chosen: ChosenColumns;
  readonly read: ReadPairsFile;
  /** In the direction that is asked. */
  readonly pairs: PairColumns;
  readonly account: Account;
  readonly choices: CheckChoices;
  readonly labels: KnownLabels;
  readonly plan: PlannedCheck;
}

/** Everything but what follows from it. */
export type DraftParts = Omit<CheckDraft, 'pairs' | 'plan'>;

/** @param before the draft that was changed: what is the same is not made anew */
export async function draftOf(parts: DraftParts, before?: CheckDraft): Promise<CheckDraft> {
  const turns = new Turns();
  const isSame = before?.read === parts.read && before.choices.isTurned === parts.choices.isTurned;
  const own = parts.read.rows.pairs;
  const pairs = isSame ? before.pairs : parts.choices.isTurned ? await turns.through(own.turning()) : own;
  return { ...parts, pairs, plan: await turns.through(planningCheck(pairs, parts.choices, parts.labels)) };
}

/** The number of the column or key that the looked-up records stand in, and of the other one. */
export function endsOf({ chosen, choices }: Pick<CheckDraft, 'chosen' | 'choices'>) {
  return choices.isTurned ? { from: chosen.to, to: chosen.from } : { from: chosen.from, to: chosen.to };
}

/**
 * The choices once other columns are chosen: `from` is the one to look up, whichever way round it was before. A column that was
 * chosen before keeps its object type.
 * @param saidType the object type that the file says of a column
 */
export function choicesFor(
  { from, to }: Pick<ChosenColumns, 'from' | 'to'>,
  draft: Pick<CheckDraft, 'chosen' | 'choices'>,
  saidType: (at: number) => string | undefined,
): CheckChoices {
  const { choices } = draft;
  const before = endsOf(draft);
  const typeOf = (at: number, end: 'from' | 'to') => {
    if (at === before.from) return choices.from;
    return at === before.to ? choices.to : (saidType(at) ?? choices[end]);
  };
  return { ...choices, from: typeOf(from, 'from'), to: typeOf(to, 'to'), isTurned: false, categoryOf: new Map() };
}

/** What is kept of where the pairs came from. */
export function sourceOf(draft: CheckDraft, expectation: Expectation): CheckSource {
  const { file, read, choices, plan } = draft;
  const mappings = [...plan.mappings].map(([objectType, { file: of }]) => ({ ...of, objectType }));
  return {
    file: read.file,
    uri: file.uri.toString(),
    ...(file.isPart && { isPart: true }),
    claimsToBeWhole: choices.isWhole,
    rows: read.rows.pairs.rowCounts,
    ...(mappings.length > 0 && { mappings }),
    ...(expectation.length < plan.expectation.length && { trialOf: plan.expectation.length }),
  };
}
