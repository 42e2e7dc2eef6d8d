/** Where the record ids of a look-up stood, in words. */
import * as vscode from 'vscode';
import { fileNameOf } from '../editor/said.ts';
import type { IdPlace } from './idPlaces.ts';

/** "line 2", as an editor counts it, where the file is clear. */
export function lineWords(place: IdPlace | undefined): string | undefined {
  return place && vscode.l10n.t('line {0}', place.line + 1);
}

/** "deals.csv:2": the file's name and the line as an editor counts it. */
export function placeWords(place: IdPlace | undefined): string | undefined {
  if (!place) return undefined;
  return `${fileNameOf(vscode.Uri.parse(place.uri))}:${place.line + 1}`;
}
