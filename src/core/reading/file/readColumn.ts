/** Columns of delimited files and keys of JSON files: which there are, and the ids of one, read in pieces without holding the file. */

import { finished, type Steps } from '../../domain/steps.ts';
import { Reading } from '../found/reading.ts';
import { type JsonPath, JsonWalk } from '../json/jsonWalk.ts';
import { meaningAt } from '../json/pathMeaning.ts';
import { type CellReader, judgeCell } from '../list/judgeValue.ts';
import type { Role } from '../names/fieldNames.ts';
import { FreeText } from '../prose/freeText.ts';
import { readAs } from '../readRecordIds.ts';
import { isIdNumber } from '../shapes/wholeNumbers.ts';
import { looksLikeIds, type TableColumn } from '../table/columnChoice.ts';
import { DelimitedScanner } from '../table/delimitedScanner.ts';
import { dialectOf } from '../table/dialect.ts';
import { describing, type Table } from '../table/table.ts';
import { KeptText } from './keptText.ts';
import { readWindows, type WindowReader } from './textPieces.ts';

/** The columns of a delimited text by its beginning (64 kB tell enough), with a proposal which hold record ids. */
export function csvColumns(beginning: string): Table {
  return finished(findingCsvColumns(beginning));
}

/** The same, in steps: there may be thousands of columns. */
export function* findingCsvColumns(beginning: string): Steps<Table> {
  const text = beginning.startsWith('\ufeff') ? beginning.slice(1) : beginning;
  return yield* describing(text, yield* dialectOf(text));
}

/** A key of a JSON text whose values are, or may be, record ids. */
export interface JsonKey {
  /** Such as `results[].from.id`. */
  readonly path: string;
  readonly likely: TableColumn['likely'];
  readonly role: Role;
  readonly objectType?: string;
  /** Read unless somebody picks another. */
  readonly isDefault: boolean;
  /** Values seen in the beginning. */
  readonly count: number;
  readonly samples: readonly string[];
}

/** A few milliseconds. */
const keysOfStep = 500;

const roles: readonly Role[] = ['record', 'from', 'to', 'associated', 'merged'];

/** The keys of a JSON or NDJSON text by its beginning, with a proposal which hold record ids: the likely ones first. */
export function jsonKeys(beginning: string): readonly JsonKey[] {
  return finished(findingJsonKeys(beginning));
}

/** The same, in steps: there may be thousands of keys. */
export function* findingJsonKeys(beginning: string): Steps<readonly JsonKey[]> {
  const seen = new Map<JsonPath, { count: number; numbers: number; samples: string[] }>();
  const text = beginning.startsWith('\ufeff') ? beginning.slice(1) : beginning;
  const walk = new JsonWalk({
    value: ({ start, end, path }) => {
      const entry = seen.get(path) ?? { count: 0, numbers: 0, samples: [] };
      seen.set(path, entry);
      entry.count++;
      const value = text.slice(start, Math.min(end, start + 200));
      if (isIdNumber(value)) entry.numbers++;
      if (entry.samples.length < 5) entry.samples.push(value);
    },
  });
  yield* walk.walking(text, false);
  yield;
  // What stands beside the values tells types too: "associationType": "CONTACT_TO_COMPANY".
  const { sources } = yield* readAs({ kind: 'json' }, new Reading(text), text);
  const types = new Map(sources.map(({ name, objectType }) => [name, objectType]));
  const keys: Omit<JsonKey, 'isDefault'>[] = [];
  for (const [path, { count, numbers, samples }] of seen) {
    if (keys.length % keysOfStep === 0) yield;
    const meaning = meaningAt(path);
    const isIds = meaning.kind === 'recordId' && numbers * 2 >= count;
    const likely: JsonKey['likely'] = isIds
      ? 'recordIds'
      : looksLikeIds(samples) && numbers * 10 >= count * 8 && meaning.kind !== 'other'
        ? 'maybe'
        : 'no';
    const role = meaning.kind === 'recordId' ? meaning.role : 'record';
    const objectType = (meaning.kind === 'recordId' ? meaning.objectType : undefined) ?? types.get(path.text);
    keys.push({ path: path.text, likely, role, ...(objectType === undefined ? {} : { objectType }), count, samples });
  }
  yield;
  const best = roles.find((role) => keys.some((key) => key.likely === 'recordIds' && key.role === role));
  const order = { recordIds: 0, maybe: 1, no: 2 };
  return keys
    .map((key) => ({ ...key, isDefault: key.likely === 'recordIds' && key.role === best }))
    .sort((a, b) => Number(b.isDefault) - Number(a.isDefault) || order[a.likely] - order[b.likely]);
}

/** What to read of a file. */
export type ColumnChoice =
  | { readonly kind: 'column'; readonly table: Table; readonly column: number }
  | { readonly kind: 'key'; readonly path: string; readonly objectType?: string };

interface ColumnProgress {
  /** Bytes read so far (of chunks that are strings: characters). */
  readonly read: number;
  readonly ids: number;
}

export interface ColumnOptions {
  readonly signal?: AbortSignal;
  /** Called after each piece of at most 64 kB. */
  readonly onProgress?: (progress: ColumnProgress) => void;
}

/**
 * Reads the ids of one column or key out of a file that comes in chunks (UTF-8 or UTF-16, cut anywhere). Only the ids and
 * what was ignored are kept, and of the file no more than the row or value at hand. Lets others work between pieces.
 * Offsets do not count a byte order mark. Rejects with the signal's reason when it is aborted, and with the chunks' error.
 */
export async function readColumn(
  chunks: AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>,
  choice: ColumnChoice,
  { signal, onProgress }: ColumnOptions = {},
): Promise<Reading> {
  const kept = new KeptText();
  const reading = new Reading(kept);
  const reader =
    choice.kind === 'column' ? new ColumnReader(choice, reading, kept) : new KeyReader(choice, reading, kept);
  await readWindows(chunks, reader, signal, (read) => onProgress?.({ read, ids: reading.idPlaces.length }));
  return reading;
}

/** What both readers do with what they find in a window of the file. */
abstract class CellsOfWindows {
  protected readonly reading: Reading;
  readonly #kept: KeptText;

  constructor(reading: Reading, kept: KeptText) {
    this.reading = reading;
    this.#kept = kept;
  }

  /** Takes judgements about a window into the reading of the file. */
  protected cells(window: string, base: number): CellReader {
    const { reading } = this;
    const kept = this.#kept;
    kept.enter(window, base);
    const sink: Omit<CellReader, 'freeText' | 'text'> = {
      id: (offset, length, line, code) => {
        kept.keep(offset, length);
        reading.id(base + offset, length, line, code);
      },
      ignore: (offset, length, line, reason) => {
        kept.keep(offset, length);
        reading.ignore(base + offset, length, line, reason);
      },
      doubt: (offset, length, line, reason) => {
        kept.keep(offset, length);
        reading.doubt(base + offset, length, line, reason);
      },
    };
    let freeText: FreeText | undefined;
    return {
      ...sink,
      text: window,
      // Few windows need it.
      get freeText() {
        freeText ??= new FreeText(window, sink, {
          source: (_name, _role, objectType, why = 'word') => reading.evidenceCode(objectType, why),
          add: sink.id,
        });
        return freeText;
      },
    };
  }
}

class ColumnReader extends CellsOfWindows implements WindowReader {
  readonly #scanner: DelimitedScanner;
  readonly #table: Table;
  readonly #column: number;
  readonly #evidence: number;

  constructor({ table, column }: Extract<ColumnChoice, { kind: 'column' }>, reading: Reading, kept: KeptText) {
    super(reading, kept);
    this.#table = table;
    this.#column = column;
    this.#scanner = new DelimitedScanner(table.dialect.delimiter);
    this.#scanner.line = table.dialect.startLine;
    this.#evidence = reading.evidenceCode(table.columns[column]?.objectType, 'header');
    reading.format = 'csv';
  }

  *take(window: string, base: number, final: boolean): Steps<number> {
    const { start } = this.#table.dialect;
    const from = base === 0 ? Math.min(start, window.length) : 0;
    if (base === 0 && window.length < start && !final) return 0;
    const cells = this.cells(window, base);
    const header = this.#table.hasHeader;
    return yield* this.#scanner.scanning(
      window,
      from,
      final,
      (_, cellStart, cellEnd, line) =>
        header && this.#scanner.rows === 0 ? undefined : judgeCell(cellStart, cellEnd, line, this.#evidence, cells),
      { base, wanted: this.#column },
    );
  }
}

class KeyReader extends CellsOfWindows implements WindowReader {
  readonly #walk: JsonWalk;
  readonly #path: string;
  readonly #evidence: number;
  #cells: CellReader | undefined;
  readonly #matches = new Map<JsonPath, boolean>();

  constructor({ path, objectType }: Extract<ColumnChoice, { kind: 'key' }>, reading: Reading, kept: KeptText) {
    super(reading, kept);
    this.#path = path;
    this.#evidence = reading.evidenceCode(objectType, 'key');
    reading.format = 'json';
    this.#walk = new JsonWalk({
      value: ({ start, end, line, path: at }) =>
        this.#cells && this.#isChosen(at) ? judgeCell(start, end, line, this.#evidence, this.#cells) : undefined,
    });
  }

  take(window: string, base: number, final: boolean): Steps<number> {
    this.#cells = this.cells(window, base);
    return this.#walk.walking(window, final);
  }

  #isChosen(path: JsonPath): boolean {
    let matches = this.#matches.get(path);
    if (matches === undefined) {
      matches = path.text === this.#path;
      this.#matches.set(path, matches);
    }
    return matches;
  }
}
