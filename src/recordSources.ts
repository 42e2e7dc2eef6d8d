/** Where the record ids of a look-up stood. */
import * as vscode from 'vscode';

/** A place in a document; line from 0, offset in UTF-16 code units from the document's start. */
export interface SourcePlace {
  readonly uri: string;
  readonly line: number;
  readonly offset: number;
}

export interface RecordSources {
  /** True when nothing is known of any id, as when ids were given by a command. */
  readonly isEmpty: boolean;
  /** Every place at which an id stood, in order. */
  places(id: string): readonly SourcePlace[];
}

export const noSources: RecordSources = { isEmpty: true, places: () => [] };

/** Sources from the ids found in one document. An id that stands in several places has all of them, in order. */
export function sourcesFrom(uri: string, found: Iterable<{ id: string; line: number; offset: number }>): RecordSources {
  const byId = new Map<string, SourcePlace[]>();
  for (const { id, line, offset } of found) {
    const places = byId.get(id);
    const place = { uri, line, offset };
    if (places) places.push(place);
    else byId.set(id, [place]);
  }
  return { isEmpty: byId.size === 0, places: (id) => byId.get(id) ?? [] };
}

/** "deals.csv:2": the file's name and the line as an editor counts it. */
export function placeWords(place: SourcePlace | undefined): string | undefined {
  if (!place) return undefined;
  const { path } = vscode.Uri.parse(place.uri);
  return `${path.slice(path.lastIndexOf('/') + 1)}:${place.line + 1}`;
}
