/** The record ids a look-up is about, as they were read out of a document, a file or what was pasted. */
import * as vscode from 'vscode';
import type { GrowingIds } from '../core/answer/growingIds.ts';
import type { FoundId, Reading } from '../core/reading/found/reading.ts';
import { clearWinner, groupByType, type TypeGroup } from '../core/reading/found/typeHints.ts';
import { readingWhole, readWhole } from '../core/reading/readRecordIds.ts';
import { readingAt, readingSelections } from '../core/reading/selections.ts';
import type { Steps } from '../core/reading/steps.ts';
import { Turns } from '../editor/turns.ts';
import { type IdPlaces, noIdPlaces, placing } from './idPlaces.ts';

/** What was read and where. */
export interface ReadText {
  readonly reading: Reading;
  /** The document's uri; undefined for pasted text. */
  readonly uri: vscode.Uri | undefined;
}

export interface GivenIds {
  /** Distinct, in the order they stood. */
  readonly ids: readonly string[];
  /** The same for look-ups to share. */
  readonly asked: GrowingIds;
  readonly places: IdPlaces;
  /** The object type that where they stood suggests. */
  readonly hint: string | undefined;
  /** The ids by the type each seems to be of, where those are several. */
  readonly groups: readonly TypeGroup[];
}

/** The active editor's selections; with none, the word and then the line at the cursor. Undefined without an editor. */
export async function readActiveEditor(): Promise<ReadText | undefined> {
  const editor = vscode.window.activeTextEditor;
  if (!editor) return undefined;
  const { document } = editor;
  const text = document.getText();
  const { languageId, uri } = document;
  const selections = editor.selections
    .filter((selection) => !selection.isEmpty)
    .map(({ start, end }) => ({ start: document.offsetAt(start), end: document.offsetAt(end) }));
  const turns = new Turns();
  const reading =
    selections.length > 0
      ? await turns.through(readingSelections({ text, languageId, selections }))
      : (await turns.through(readingAt(text, document.offsetAt(editor.selection.active), languageId))).reading;
  return { reading, uri };
}

export async function readDocument(document: vscode.TextDocument): Promise<ReadText> {
  const reading = await new Turns().through(readingWhole(document.getText(), document.languageId));
  return { reading, uri: document.uri };
}

export function readPasted(text: string): ReadText {
  return { reading: readWhole(text), uri: undefined };
}

/** @param chosen ids that were unsure and that the user ticked */
export function givenIds(read: ReadText, chosen: readonly FoundId[] = []): Promise<GivenIds> {
  return new Turns().through(giving(read, chosen));
}

function* giving({ reading, uri }: ReadText, chosen: readonly FoundId[]): Steps<GivenIds> {
  yield* reading.listing();
  const found = chosen.length === 0 ? reading.ids : [...reading.ids, ...chosen].sort((a, b) => a.offset - b.offset);
  const { ids, asked, places } = yield* placing(uri?.toString() ?? '', found);
  const hint = yield* clearWinner(reading.typeHints, found);
  // With a single type there is one group, and to make it out of a million ids takes time.
  const areSeveral = new Set(reading.typeHints.map(({ objectType }) => objectType)).size > 1;
  return {
    ids,
    asked,
    places: uri ? places : noIdPlaces,
    groups: areSeveral ? yield* groupByType({ ids: found }) : [],
    hint,
  };
}
