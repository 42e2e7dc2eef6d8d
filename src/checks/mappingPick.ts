/** Files of old and new IDs, one for each object type: the pairs of a file are translated by them before anything is asked. */
import * as vscode from 'vscode';
import type { ObjectTypeCatalog } from '../accounts/objectTypeCatalog.ts';
import { type MappingReading, readingMapping } from '../core/expectation/idMapping.ts';
import { plainMessage } from '../core/text/plainText.ts';
import { fileNameOf, sayWhyNot } from '../editor/said.ts';
import { Turns } from '../editor/turns.ts';
import type { CheckDraft } from './checkDraft.ts';
import { pairChoice, pickColumn } from './pairColumnsPick.ts';
import { openPairsFileOrSay, readPairsFile } from './pairsFile.ts';
import type { ReadMapping } from './plannedCheck.ts';

type Mappings = ReadonlyMap<string, ReadMapping>;

/** @returns undefined when nothing changes: the user left, or the file is none that can be used, which was said */
export async function pickMapping(draft: CheckDraft, catalog: ObjectTypeCatalog): Promise<Mappings | undefined> {
  const { t } = vscode.l10n;
  const { account, choices } = draft;
  const { from, to, mappings } = choices;
  const label = (type: string) => catalog.find(type, account).pluralLabel;
  const items = [...new Set([from, to])].map((type) => ({
    label: t('The IDs of {0}...', label(type)),
    description: mappings.has(type) ? plainMessage(mappings.get(type)!.file.name) : '',
    type: type as string | undefined,
  }));
  const none = { label: t('Translate no IDs'), description: '', type: undefined };
  const chosen = await vscode.window.showQuickPick(mappings.size > 0 ? [...items, none] : items, {
    title: t('Translate old IDs'),
    placeHolder: t('A contact 123 and a company 123 are two records, so each object type has its own file.'),
    ignoreFocusOut: true,
  });
  if (!chosen) return undefined;
  if (chosen.type === undefined) return new Map();
  const uris = await vscode.window.showOpenDialog({
    title: t('Which file translates the IDs of {0}?', label(chosen.type)),
    filters: { [t('CSV and JSON')]: ['csv', 'tsv', 'json', 'jsonl', 'ndjson'] },
  });
  const read = uris?.[0] && (await readMappingFile(uris[0]));
  return read && new Map([...mappings, [chosen.type, read]]);
}

async function readMappingFile(uri: vscode.Uri): Promise<ReadMapping | undefined> {
  const { t } = vscode.l10n;
  const name = plainMessage(fileNameOf(uri));
  const file = await openPairsFileOrSay(uri);
  if (!file) return undefined;
  if (file.proposal.kind === 'notTwo') {
    sayWhyNot(t('{0} does not have two columns or keys, so it translates no IDs.', name));
    return undefined;
  }
  const title = t('Old and new IDs: {0}', name);
  const from = await pickColumn(file.proposal, 'old', {}, title);
  if (typeof from !== 'number') return undefined;
  const to = await pickColumn(file.proposal, 'new', { from }, title);
  if (typeof to !== 'number') return undefined;
  const read = await readPairsFile(file, pairChoice(file.proposal, { from, to, label: undefined }));
  if (!read) return undefined;
  if (read.rows.pairs.length === 0) {
    sayWhyNot(t('No row of {0} has an old and a new ID.', name));
    return undefined;
  }
  const mapping = await new Turns().through(readingMapping(read.rows.pairs));
  if (mapping.ok) return { mapping: mapping.mapping, file: read.file };
  sayWhyNot(conflictWords(mapping, name));
  return undefined;
}

function conflictWords({ conflicts, count }: Extract<MappingReading, { ok: false }>, name: string): string {
  const { t } = vscode.l10n;
  const [first] = conflicts;
  const lines = (first?.lines ?? []).slice(0, 3).map((line) => String(line + 1));
  const words = t('{0} gives {1} two new IDs (lines {2}).', name, first?.oldId ?? '', lines.join(', '));
  const others = count - 1;
  const more =
    others === 0
      ? t('The mapping is not used.')
      : others === 1
        ? t('The same is true of 1 other ID. The mapping is not used.')
        : t('The same is true of {0} other IDs. The mapping is not used.', others.toLocaleString());
  return `${words} ${more}`;
}
