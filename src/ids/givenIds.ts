/** The record ids a look-up is about, as they were read out of a document, a file or what was pasted. */
import * as vscode from 'vscode';
import type { GrowingIds } from '../core/answer/growingIds.ts';
import { placesOfStep, type Steps } from '../core/domain/steps.ts';
import type { FoundId, Reading } from '../core/reading/found/reading.ts';
import { clearWinner, groupByType, type TypeGroup } from '../core/reading/found/typeHints.ts';
import { readingWhole } from '../core/reading/readRecordIds.ts';
import { readingAt, readingSelections } from '../core/reading/selections.ts';
import { plainMessage } from '../core/text/plainText.ts';
import { cancellable } from '../editor/cancellableWork.ts';
import { fileNameOf, sayBriefly } from '../editor/said.ts';
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

/** The person who asked for something has cancelled the reading of it. */
export type Cancelled = 'cancelled';

/**
 * The active editor's selections; with none, the word and then the line at the cursor. Undefined without an editor. Where it lasts,
 * it can be cancelled, as all of these.
 */
export async function readActiveEditor(): Promise<ReadText | Cancelled | undefined> {
  const editor = vscode.window.activeTextEditor;
  if (!editor) return undefined;
  const { document } = editor;
  const text = document.getText();
  const { languageId, uri } = document;
  const selections = editor.selections
    .filter((selection) => !selection.isEmpty)
    .map(({ start, end }) => ({ start: document.offsetAt(start), end: document.offsetAt(end) }));
  const steps =
    selections.length > 0
      ? readingSelections({ text, languageId, selections })
      : readingCursor(text, document.offsetAt(editor.selection.active), languageId);
  return readTextIn(uri, steps);
}

function* readingCursor(text: string, offset: number, languageId: string): Steps<Reading> {
  return (yield* readingAt(text, offset, languageId)).reading;
}

export function readDocument(document: vscode.TextDocument): Promise<ReadText | Cancelled> {
  return readTextIn(document.uri, readingWhole(document.getText(), document.languageId));
}

export function readPasted(text: string): Promise<ReadText | Cancelled> {
  return readTextIn(undefined, readingWhole(text));
}

async function readTextIn(uri: vscode.Uri | undefined, steps: Steps<Reading>): Promise<ReadText | Cancelled> {
  const reading = await shown(uri, steps);
  return reading === 'cancelled' ? reading : { reading, uri };
}

async function shown<Result extends object>(
  uri: vscode.Uri | undefined,
  steps: Steps<Result>,
): Promise<Result | Cancelled> {
  const { t } = vscode.l10n;
  const name = uri && plainMessage(fileNameOf(uri));
  const result = await cancellable(name ? t('Reading {0}', name) : t('Reading record IDs'), steps);
  if (result) return result;
  if (name) sayBriefly(t('Reading {0} was cancelled. Nothing was looked up.', name));
  return 'cancelled';
}

/** @param chosen ids that were unsure and that the user ticked */
export function givenIds(read: ReadText, chosen: readonly FoundId[] = []): Promise<GivenIds | Cancelled> {
  return shown(read.uri, giving(read, chosen));
}

/**
 * The same without a person who looks on.
 * @throws the signal's reason when it is aborted
 */
export function givenIdsUnseen(read: ReadText, signal: AbortSignal): Promise<GivenIds> {
  return new Turns(signal).through(giving(read, []));
}

/** A text that speaks of more object types than any account has, as only a made one does, tells nothing by them. */
const mostTypes = 100;

function* giving({ reading, uri }: ReadText, chosen: readonly FoundId[]): Steps<GivenIds> {
  yield* reading.listing();
  const found = chosen.length === 0 ? reading.ids : yield* merged(reading.ids, chosen);
  const { ids, asked, places } = yield* placing(uri?.toString() ?? '', found);
  const hint = yield* clearWinner(reading.typeHints, { ids: found, distinct: asked });
  // With a single type there is one group, and to make it out of a million ids takes time.
  const types = new Set(reading.typeHints.map(({ objectType }) => objectType)).size;
  const areSeveral = types > 1 && types <= mostTypes;
  return {
    ids,
    asked,
    places: uri ? places : noIdPlaces,
    groups: areSeveral ? yield* groupByType({ ids: found, distinct: asked }) : [],
    hint,
  };
}

/** All in the order of the text, as the ids are already. */
function* merged(ids: readonly FoundId[], chosen: readonly FoundId[]): Steps<FoundId[]> {
  const rest = [...chosen].sort((one, other) => other.offset - one.offset);
  const all: FoundId[] = [];
  for (const id of ids) {
    while (rest.length > 0 && rest.at(-1)!.offset < id.offset) all.push(rest.pop()!);
    if (all.push(id) % placesOfStep === 0) yield;
  }
  for (const id of rest.reverse()) all.push(id);
  return all;
}
