/** What a reading left open, put to the user: unsure numbers to tick, and what was ignored and why. */
import * as vscode from 'vscode';
import type { FoundId, IgnoredText, RecordIdsReading, UnsureId } from '../core/reading/found/reading.ts';
import { type IgnoredReason, ignoredReasons, unsureReasons } from '../core/reading/found/reasons.ts';
import { plainLabel } from '../core/text/plainText.ts';
import { redact } from '../core/text/redaction.ts';
import { revealPlace } from './revealPlace.ts';

/** A log of one day may hold a million numbers that are no ids; a list of so many would stop the window. */
const mostUnsure = 2_000;
const mostOfOneReason = 200;

/** Reasons that may mean a damaged id, such as one that a spreadsheet has rounded: these are listed first. */
const damaged: ReadonlySet<IgnoredReason> = new Set(['rounded', 'tooLong', 'leadingZero', 'thousands']);

/** Asks which unsure numbers are record ids; none is ticked beforehand. Undefined when the user left. */
export async function chooseUnsure(
  { unsure }: RecordIdsReading,
  uri: vscode.Uri | undefined,
): Promise<readonly FoundId[] | undefined> {
  const { t } = vscode.l10n;
  const document = vscode.workspace.textDocuments.find((each) => each.uri.toString() === uri?.toString());
  const items = unsure.slice(0, mostUnsure).map((found) => {
    const line = t('line {0}', found.line + 1);
    const why = t(unsureReasons[found.reason]);
    const words = document && wordsAround(document, found);
    return words === undefined
      ? { label: found.id, description: line, detail: why, found }
      : { label: found.id, description: `${line} · ${why}`, detail: words, found };
  });
  const chosen = await vscode.window.showQuickPick(items, {
    title: t('Which of these are record IDs?'),
    placeHolder:
      unsure.length > mostUnsure
        ? t(
            'Tick the record IDs. The others are not sent, nor are those after the first {0} of {1}.',
            mostUnsure.toLocaleString(),
            unsure.length.toLocaleString(),
          )
        : t('Tick the record IDs. The others are not sent.'),
    canPickMany: true,
    matchOnDescription: true,
    matchOnDetail: true,
    ignoreFocusOut: true,
  });
  return chosen?.map(({ found: { id, offset, length, line } }) => ({ id, offset, length, line }));
}

/** What stands around a number in its line, unless the document has changed since. */
function wordsAround(document: vscode.TextDocument, { id, offset, length }: UnsureId): string | undefined {
  const { line, character } = document.positionAt(offset);
  const { text } = document.lineAt(line);
  if (text.slice(character, character + length) !== id) return undefined;
  const start = Math.max(0, character - wordsBefore);
  const end = Math.min(text.length, character + length + wordsBehind);
  const words = plainLabel(redact(text.slice(start, end)).replaceAll(/\s+/g, ' '));
  return `${start > 0 ? '…' : ''}${words}${end < text.length ? '…' : ''}`;
}

const wordsBefore = 30;
const wordsBehind = 40;

/** Lists what looked like an id and is none, with its line and reason. Choosing one goes to where it stands: true then. */
export async function showIgnored({ ignored }: RecordIdsReading, uri: vscode.Uri | undefined): Promise<boolean> {
  const { t } = vscode.l10n;
  const chosen = await vscode.window.showQuickPick(ignoredItems(ignored), {
    title: ignored.length === 1 ? t('1 value ignored') : t('{0} values ignored', ignored.length.toLocaleString()),
    placeHolder: t('Choose one to go to its line.'),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (!chosen?.ignored || !uri) return false;
  const { text, line, offset } = chosen.ignored;
  await revealPlace({ uri: uri.toString(), line, offset }, text);
  return true;
}

interface IgnoredItem extends vscode.QuickPickItem {
  readonly ignored?: IgnoredText;
}

/** One section for each reason: damaged ids first, then the rarest reason, so that a thousand dates hide nothing. */
function ignoredItems(ignored: readonly IgnoredText[]): IgnoredItem[] {
  const { t } = vscode.l10n;
  const byReason = new Map<IgnoredReason, { count: number; readonly first: IgnoredText[] }>();
  for (const each of ignored) {
    const some = byReason.get(each.reason) ?? { count: 0, first: [] };
    if (some.count++ === 0) byReason.set(each.reason, some);
    if (some.count <= mostOfOneReason) some.first.push(each);
  }
  const sections = [...byReason].sort(
    ([one, some], [other, others]) =>
      Number(damaged.has(other)) - Number(damaged.has(one)) || some.count - others.count,
  );
  return sections.flatMap(([reason, { count: all, first }]): IgnoredItem[] => {
    const why = t(ignoredReasons[reason]);
    const count = all.toLocaleString();
    const title = all > mostOfOneReason ? t('the first {0} of {1}', mostOfOneReason.toLocaleString(), count) : count;
    return [
      { label: all > 1 ? title : '', kind: vscode.QuickPickItemKind.Separator },
      ...first.map((each) => ({
        // A text that was ignored may be a token.
        label: plainLabel(redact(each.text.slice(0, 100))),
        description: t('line {0}', each.line + 1),
        detail: why,
        ignored: each,
      })),
    ];
  });
}
