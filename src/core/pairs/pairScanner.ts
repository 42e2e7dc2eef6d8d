/** Rows of pairs out of the windows of a file. */
import type { WindowReader } from '../reading/file/textPieces.ts';
import { type JsonPath, type JsonValue, JsonWalk } from '../reading/json/jsonWalk.ts';
import type { Steps } from '../reading/steps.ts';
import { DelimitedScanner } from '../reading/table/delimitedScanner.ts';
import type { Table } from '../reading/table/table.ts';
import type { PairRows, ToCells } from './pairRows.ts';

/** Where the two ids of a pair stand, and its labels. */
export type PairChoice =
  | {
      readonly kind: 'columns';
      readonly table: Pick<Table, 'dialect' | 'hasHeader'>;
      readonly from: number;
      readonly to: number;
      readonly label?: number;
    }
  /** Keys as `jsonKeys` names them, such as `results[].from.id`. */
  | { readonly kind: 'keys'; readonly from: string; readonly to: string; readonly label?: string };

export function pairScanner(choice: PairChoice, rows: PairRows): WindowReader {
  return choice.kind === 'columns' ? new DelimitedPairs(choice, rows) : new JsonPairs(choice, rows);
}

class DelimitedPairs implements WindowReader {
  readonly #choice: Extract<PairChoice, { kind: 'columns' }>;
  readonly #rows: PairRows;
  readonly #scanner: DelimitedScanner;
  #isHeader: boolean;
  #from = '';
  #to = '';
  #label = '';
  #line = 0;

  constructor(choice: Extract<PairChoice, { kind: 'columns' }>, rows: PairRows) {
    const { dialect, hasHeader } = choice.table;
    this.#choice = choice;
    this.#rows = rows;
    this.#scanner = new DelimitedScanner(dialect.delimiter);
    this.#scanner.line = dialect.startLine;
    this.#isHeader = hasHeader;
  }

  *take(window: string, base: number, final: boolean): Steps<number> {
    const { start } = this.#choice.table.dialect;
    if (base === 0 && window.length < start && !final) return 0;
    const { from, to, label } = this.#choice;
    return yield* this.#scanner.scanning(
      window,
      base === 0 ? Math.min(start, window.length) : 0,
      final,
      (column, cellStart, cellEnd, line) => {
        if (column === 0) this.#line = line;
        if (column === from) {
          this.#from = window.slice(cellStart, cellEnd);
          this.#line = line;
        } else if (column === to) this.#to = window.slice(cellStart, cellEnd);
        else if (column === label) this.#label = window.slice(cellStart, cellEnd);
        return undefined;
      },
      { base, onRow: () => this.#endRow() },
    );
  }

  #endRow(): void {
    if (!this.#isHeader) {
      const label = this.#label.includes('"') ? this.#label.replaceAll('""', '"') : this.#label;
      this.#rows.takeCells(this.#from, this.#to, label, this.#line);
    }
    this.#isHeader = false;
    this.#from = this.#to = this.#label = '';
  }
}

/** What a path is to the pairs. */
interface PathRole {
  readonly value: 'from' | 'to' | 'label' | undefined;
  readonly isRow: boolean;
  readonly isGroup: boolean;
}

/**
 * A row is the smallest object around both ids: `{ "from": { "id": 1 }, "to": [{ "id": 2 }, { "id": 3 }] }` is one with two
 * pairs. Labels that stand deeper than that, beside the associated id, are of that alone.
 */
class JsonPairs implements WindowReader {
  readonly #choice: Extract<PairChoice, { kind: 'keys' }>;
  readonly #rows: PairRows;
  readonly #walk: JsonWalk;
  readonly #rowPath: string;
  readonly #groupPath: string;
  readonly #roles = new Map<JsonPath, PathRole>();
  #window = '';
  #from: string[] = [];
  #group: { to: string[]; labels: string[] } = { to: [], labels: [] };
  #groups: ToCells[] = [];
  #line: number | undefined;

  constructor(choice: Extract<PairChoice, { kind: 'keys' }>, rows: PairRows) {
    this.#choice = choice;
    this.#rows = rows;
    const { from, to, label } = choice;
    this.#rowPath = commonObject(from, to);
    const beside = label === undefined ? this.#rowPath : commonObject(to, label);
    this.#groupPath = beside.length > this.#rowPath.length ? beside : this.#rowPath;
    this.#walk = new JsonWalk({
      value: (value) => {
        this.#value(value);
      },
      close: (path, isArray) => {
        if (!isArray) this.#close(this.#roleOf(path));
      },
    });
  }

  take(window: string, _base: number, final: boolean): Steps<number> {
    this.#window = window;
    return this.#walk.walking(window, final);
  }

  #value({ start, end, line, isString, path }: JsonValue): void {
    const { value } = this.#roleOf(path);
    if (value === undefined) return;
    const written = this.#window.slice(start, end);
    const text = isString && written.includes('\\') ? unescaped(written) : written;
    if (value === 'from') {
      this.#from.push(text);
      this.#line = line;
    } else {
      this.#group[value === 'to' ? 'to' : 'labels'].push(text);
      this.#line ??= line;
    }
  }

  #close({ isRow, isGroup }: PathRole): void {
    if (isGroup) {
      if (this.#group.to.length > 0) this.#groups.push(this.#group);
      this.#group = { to: [], labels: [] };
    }
    if (!isRow) return;
    // An object with neither id, as around the list of all rows, is no row.
    if (this.#line !== undefined) this.#rows.take(this.#from, this.#groups, this.#line);
    this.#from = [];
    this.#groups = [];
    this.#line = undefined;
  }

  #roleOf(path: JsonPath): PathRole {
    let role = this.#roles.get(path);
    if (!role) {
      const { text } = path;
      const { from, to, label } = this.#choice;
      const value = text === from ? 'from' : text === to ? 'to' : text === label ? 'label' : undefined;
      role = { value, isRow: text === this.#rowPath, isGroup: text === this.#groupPath };
      this.#roles.set(path, role);
    }
    return role;
  }
}

/** The path of the smallest object around both: `results[]` of `results[].from.id` and `results[].to[].id`. */
function commonObject(one: string, other: string): string {
  let same = 0;
  while (same < one.length && one[same] === other[same]) same++;
  // Back to where a key or the elements of a list begin in both.
  const isBoundary = (at: number) =>
    [one, other].every((path) => at === path.length || path[at] === '.' || path[at] === '[');
  while (same > 0 && !isBoundary(same)) same--;
  return one.slice(0, same);
}

function unescaped(written: string): string {
  try {
    return String(JSON.parse(`"${written}"`));
  } catch {
    return written;
  }
}
