/** Rows of pairs out of the windows of a file. */
import { type Left, lengthOfStep, type Steps } from '../domain/steps.ts';
import { longestLabels } from '../expectation/labelSets.ts';
import type { WindowReader } from '../reading/file/textPieces.ts';
import { type JsonPath, type JsonValue, JsonWalk } from '../reading/json/jsonWalk.ts';
import { DelimitedScanner } from '../reading/table/delimitedScanner.ts';
import type { Table } from '../reading/table/table.ts';
import { elsewhere } from './cellIds.ts';
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

  #endRow(): Left {
    const [from, to, label] = [this.#from, this.#to, this.#label];
    const isHeader = this.#isHeader;
    this.#isHeader = false;
    this.#from = this.#to = this.#label = '';
    if (isHeader) return undefined;
    const isQuoted = label.length <= longestLabels && label.includes('"');
    return this.#rows.takeCells(from, to, isQuoted ? label.replaceAll('""', '"') : label, this.#line);
  }
}

type ValueRole = 'from' | 'to' | 'label';

/** What a path is to the pairs. */
interface PathRole {
  readonly value: ValueRole | undefined;
  /** Something else stands in the place of one of the ids: around it, or in it. */
  readonly isElsewhere: boolean;
  readonly isRow: boolean;
  readonly isGroup: boolean;
}

/**
 * A row is the smallest object around both ids: `{ "from": { "id": 1 }, "to": [{ "id": 2 }, { "id": 3 }] }` is one with two
 * pairs. Labels that stand deeper than that, beside the associated id, are of that alone. Many programs write a list of one as that
 * one, `"to": 2` beside `"to": [2, 3]`: that is the same place.
 */
class JsonPairs implements WindowReader {
  readonly #choice: Extract<PairChoice, { kind: 'keys' }>;
  readonly #rows: PairRows;
  readonly #walk: JsonWalk;
  readonly #from: string;
  readonly #to: string;
  readonly #rowPath: string;
  readonly #groupPath: string;
  readonly #roles = new Map<JsonPath, PathRole>();
  #window = '';
  #fromTexts: string[] = [];
  #group: { to: string[]; labels: string[] } = { to: [], labels: [] };
  #groups: ToCells[] = [];
  /** Of the row's first id, and of its first value. */
  #line: number | undefined;
  #firstLine: number | undefined;
  /** As many as there were before the row. */
  #breaks = 0;

  constructor(choice: Extract<PairChoice, { kind: 'keys' }>, rows: PairRows) {
    this.#choice = choice;
    this.#rows = rows;
    this.#from = place(choice.from);
    this.#to = place(choice.to);
    this.#rowPath = commonObject(this.#from, this.#to);
    const beside = choice.label === undefined ? this.#rowPath : commonObject(this.#to, place(choice.label));
    this.#groupPath = beside.length > this.#rowPath.length ? beside : this.#rowPath;
    this.#walk = new JsonWalk({
      value: (value) => this.#value(value),
      close: (path, isArray) => (isArray ? undefined : this.#close(this.#roleOf(path))),
    });
  }

  *take(window: string, _base: number, final: boolean): Steps<number> {
    this.#window = window;
    const done = yield* this.#walk.walking(window, final);
    if (final && (this.#isBroken || this.#walk.depth > 0)) this.#rows.takeBroken(this.#walk.line);
    return done;
  }

  #value({ start, end, line, isString, path }: JsonValue): Left {
    const { value, isElsewhere, isRow } = this.#roleOf(path);
    this.#firstLine ??= line;
    if (value === undefined) return isRow ? this.#endRow() : undefined;
    const written = this.#window.slice(start, end);
    if (isElsewhere && written.trim() !== '') this.#take(value, elsewhere, line);
    else if (!isString || !written.includes('\\')) this.#take(value, written, line);
    else if (written.length > lengthOfStep) return this.#takingLong(value, written, line);
    else this.#take(value, unescaped(written), line);
    return undefined;
  }

  *#takingLong(value: ValueRole, written: string, line: number): Steps<void> {
    this.#take(value, yield* unescaping(written), line);
  }

  #take(value: ValueRole, text: string, line: number): void {
    if (value === 'from') {
      this.#fromTexts.push(text);
      this.#line = line;
    } else {
      this.#group[value === 'to' ? 'to' : 'labels'].push(text);
      this.#line ??= line;
    }
  }

  #close({ isRow, isGroup }: PathRole): Left {
    if (isGroup) this.#endGroup();
    return isRow ? this.#endRow() : undefined;
  }

  #endGroup(): void {
    if (this.#group.to.length > 0) this.#groups.push(this.#group);
    this.#group = { to: [], labels: [] };
  }

  #endRow(): Left {
    // What stood in the place of a list of objects is in no object.
    this.#endGroup();
    let left: Left;
    if (this.#isBroken) this.#rows.takeBroken(this.#walk.line);
    else if (this.#line !== undefined) left = this.#rows.take(this.#fromTexts, this.#groups, this.#line);
    else if (this.#firstLine !== undefined) this.#rows.takeNeither(this.#firstLine);
    this.#fromTexts = [];
    this.#groups = [];
    this.#line = this.#firstLine = undefined;
    this.#breaks = this.#walk.breaks;
    return left;
  }

  /** The row is broken: what seems to be its pair may be made of two rows. */
  get #isBroken(): boolean {
    return this.#walk.breaks > this.#breaks;
  }

  #roleOf(path: JsonPath): PathRole {
    let role = this.#roles.get(path);
    if (!role) {
      const at = place(path.text);
      role = { ...this.#valueAt(path.text, at), isRow: at === this.#rowPath, isGroup: at === this.#groupPath };
      this.#roles.set(path, role);
    }
    return role;
  }

  #valueAt(text: string, at: string): Pick<PathRole, 'value' | 'isElsewhere'> {
    const { from, to, label } = this.#choice;
    if (text === from || text === to || text === label) {
      return { value: text === from ? 'from' : text === to ? 'to' : 'label', isElsewhere: false };
    }
    if (this.#from === this.#to) return { value: undefined, isElsewhere: false };
    if (at === this.#from || at === this.#to) return { value: at === this.#from ? 'from' : 'to', isElsewhere: false };
    if (label !== undefined && at === place(label)) return { value: 'label', isElsewhere: false };
    // Around or in the ids, but within the row.
    const isNear = (chosen: string) =>
      (at !== this.#rowPath && at.length > this.#rowPath.length && chosen.startsWith(`${at}.`)) ||
      at.startsWith(`${chosen}.`);
    const value = isNear(this.#from) ? 'from' : isNear(this.#to) ? 'to' : undefined;
    return { value, isElsewhere: value !== undefined };
  }
}

/** The path without lists: `results.from.id` of `results[].from.id`. */
function place(path: string): string {
  return path.replaceAll('[]', '').replace(/^\./, '');
}

/** The path of the smallest object around both: `results` of `results.from.id` and `results.to.id`. */
function commonObject(one: string, other: string): string {
  let same = 0;
  while (same < one.length && one[same] === other[same]) same++;
  // Back to where a key begins in both.
  const isBoundary = (at: number) => [one, other].every((path) => at === path.length || path[at] === '.');
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

/** The same, in steps: millions of escapes put together at once stop everything. */
function* unescaping(written: string): Steps<string> {
  let text = '';
  for (let from = 0; from < written.length; yield) {
    let to = from;
    // No piece ends within an escape, such as `\u0031`.
    for (const stop = Math.min(written.length, from + lengthOfStep); to < stop; to++)
      if (written.charCodeAt(to) === 92) to += written.charCodeAt(to + 1) === 117 ? 5 : 1;
    text += unescaped(written.slice(from, to));
    from = to;
  }
  return text;
}
