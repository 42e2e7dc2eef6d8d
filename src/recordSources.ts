/** Where the record ids of a look-up stood. */
import * as vscode from 'vscode';
import * as z from 'zod';

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
  /** The same as data that can be written down. */
  readonly stored: StoredPlaces;
}

export const storedPlacesSchema = z.object({
  uris: z.array(z.string()),
  /** By id: triples of the uri's position in `uris`, line and offset, one after the other. */
  places: z.record(z.string(), z.array(z.int().nonnegative())),
});
export type StoredPlaces = z.infer<typeof storedPlacesSchema>;

export function recordSourcesFrom(stored: StoredPlaces): RecordSources {
  const { uris, places } = stored;
  return {
    isEmpty: Object.keys(places).length === 0,
    stored,
    places: (id) => {
      const numbers = Object.hasOwn(places, id) ? places[id]! : [];
      const all: SourcePlace[] = [];
      for (let at = 0; at + 2 < numbers.length; at += 3) {
        const uri = uris[numbers[at]!];
        if (uri !== undefined) all.push({ uri, line: numbers[at + 1]!, offset: numbers[at + 2]! });
      }
      return all;
    },
  };
}

export const noSources: RecordSources = recordSourcesFrom({ uris: [], places: {} });

/** Sources from the ids found in one document. An id that stands in several places has all of them, in order. */
export function sourcesFrom(uri: string, found: Iterable<{ id: string; line: number; offset: number }>): RecordSources {
  const places: Record<string, number[]> = {};
  for (const { id, line, offset } of found) {
    const known = places[id];
    if (known) known.push(0, line, offset);
    else places[id] = [0, line, offset];
  }
  return recordSourcesFrom({ uris: [uri], places });
}

/** "deals.csv:2": the file's name and the line as an editor counts it. */
export function placeWords(place: SourcePlace | undefined): string | undefined {
  if (!place) return undefined;
  const { path } = vscode.Uri.parse(place.uri);
  return `${path.slice(path.lastIndexOf('/') + 1)}:${place.line + 1}`;
}
