/** Which columns or keys of a file hold the two ids of a pair and its labels, chosen by hand. */
import * as vscode from 'vscode';
import { sampleWords, typeWords } from '../asking/columnPick.ts';
import type { PairChoice } from '../core/pairs/pairScanner.ts';
import type { PairProposal } from '../core/pairs/proposal.ts';
import { plainLabel, plainMessage } from '../core/text/plainText.ts';

/** A file with at least two columns or keys. */
export type Columns = Exclude<PairProposal, { kind: 'notTwo' }>;

/** Numbers of columns or keys. */
export interface ChosenColumns {
  readonly from: number;
  readonly to: number;
  readonly label: number | undefined;
}

type Part = 'from' | 'to' | 'label' | 'old' | 'new';

/** "Deal ID", or "Column 2" where there is no header. */
export function columnName({ sources }: Columns, at: number): string {
  return plainLabel(sources[at]?.name ?? '') || vscode.l10n.t('Column {0}', at + 1);
}

/** The same in a sentence that is shown, where a header must not become a link. */
export function columnWords(columns: Columns, at: number): string {
  return plainMessage(columns.sources[at]?.name ?? '') || columnName(columns, at);
}

/** How the reader is told of a choice. */
export function pairChoice(columns: Columns, { from, to, label }: ChosenColumns): PairChoice {
  if (columns.kind === 'columns') {
    return { kind: 'columns', table: columns.table, from, to, ...(label !== undefined && { label }) };
  }
  const path = (at: number) => columns.sources[at]!.name;
  return { kind: 'keys', from: path(from), to: path(to), ...(label !== undefined && { label: path(label) }) };
}

/**
 * Asks for one of them.
 * @returns undefined when the user left; for labels 'none' where there are none
 */
export async function pickColumn(
  columns: Columns,
  part: Part,
  taken: Partial<ChosenColumns>,
  title: string,
): Promise<number | 'none' | undefined> {
  const { t } = vscode.l10n;
  const questions: Record<Part, string> = {
    from: t('Which one holds the record to look up?'),
    to: t('Which one holds the associated records?'),
    label: t('Which one holds the association labels?'),
    old: t('Which one holds the old IDs, as the file of pairs has them?'),
    new: t('Which one holds the new IDs, as HubSpot has them?'),
  };
  const others = Object.entries(taken).flatMap(([key, at]) => (key === part ? [] : (at ?? [])));
  const items = columns.sources
    .map((source, at) => ({
      label: columnName(columns, at),
      description: typeWords(source.objectType),
      detail: sampleWords(source.samples),
      choice: at as number | 'none',
      rank: source.likely === 'recordIds' ? 0 : source.likely === 'maybe' ? 1 : 2,
    }))
    .filter(({ choice }) => !others.includes(choice as number));
  const sorted = part === 'label' ? items : items.toSorted((one, other) => one.rank - other.rank);
  const none = { label: t('None: any association will do'), description: '', detail: '', choice: 'none' as const };
  const chosen = await vscode.window.showQuickPick<vscode.QuickPickItem & { readonly choice: number | 'none' }>(
    part === 'label' ? [none, ...sorted] : sorted,
    { title, placeHolder: questions[part], matchOnDescription: true, ignoreFocusOut: true },
  );
  return chosen?.choice;
}
