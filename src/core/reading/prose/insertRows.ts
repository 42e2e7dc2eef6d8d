/** The rows of SQL's `INSERT INTO deals (id, company_id) VALUES (5, 6)`: each value is what its column's name says. */
import { type KnownNames, meaningOfIdIn, type NameMeaning, recordOf } from '../names/fieldNames.ts';
import { speaksForItself } from '../names/objectTypeWords.ts';
import { type NumberEvidence, other, recordEvidence, unclear } from './evidence.ts';

/** Only texts with this word near their beginning are looked at. */
const insert = /\binsert\b/i;
const sample = 65_536;
/** A row may be as long as this before a number, and the names of its columns, in code units. */
const longestRow = 600;
const longestHead = 2_000;
/** Further down than this below the row before, a row belongs to something else. */
const farthestRow = 4_000;
const head = /\binto\s{1,20}(\S{1,120}?)\s{0,20}\(([^()]{1,1800})\)\s{0,20}values\s{0,20}$/i;

interface Head {
  readonly table: string;
  readonly columns: readonly string[];
}

export class InsertRows {
  readonly #text: string;
  readonly #names: KnownNames;
  #areThere: boolean | undefined;
  #head: Head | undefined;
  /** Where the row starts that was read last. */
  #row = -1;

  constructor(text: string, names: KnownNames) {
    this.#text = text;
    this.#names = names;
  }

  /** True where there may be rows at all. */
  get areThere(): boolean {
    this.#areThere ??= insert.test(this.#text.slice(0, sample));
    return this.#areThere;
  }

  /** What the column says of the number at [start, end) in a row; undefined outside of rows. Numbers are asked for in order. */
  at(start: number, end: number, floor: number): NumberEvidence | undefined {
    if (!this.areThere) return undefined;
    const row = this.#rowAround(start, Math.max(floor, start - longestRow));
    if (row === undefined) return undefined;
    const column = columnAt(this.#text, row, start, end);
    const name = column === undefined ? undefined : this.#head?.columns[column];
    return name === undefined ? unsaid : this.#evidence(name);
  }

  /** Where the row around this place starts, if it belongs to an INSERT. */
  #rowAround(start: number, least: number): number | undefined {
    for (let at = start - 1; at >= least; at--) {
      const code = this.#text.charCodeAt(at);
      if (code === 59) return undefined;
      if (code === 40 && (at === this.#row || this.#isRow(at))) return at;
    }
    return undefined;
  }

  /** True of the bracket behind `VALUES`, and of one behind another row. */
  #isRow(at: number): boolean {
    const text = this.#text;
    const before = text.slice(Math.max(0, at - 24), at).trimEnd();
    if (/\bvalues$/i.test(before)) {
      const [, table, columns] = head.exec(text.slice(Math.max(0, at - longestHead), at)) ?? [];
      this.#head = table && columns ? { table: unquoted(table), columns: columns.split(',').map(unquoted) } : undefined;
      this.#row = this.#head ? at : -1;
      return this.#head !== undefined;
    }
    if (!/\)\s*,$/.test(before) || !this.#follows(at)) return false;
    this.#row = at;
    return true;
  }

  #follows(at: number): boolean {
    const isNear = this.#row >= 0 && at > this.#row && at - this.#row < farthestRow;
    return isNear && !this.#text.slice(this.#row, at).includes(';');
  }

  #evidence(name: string): NumberEvidence {
    const meaning = this.#meaning(name);
    if (meaning.kind === 'other') return other(meaning.reason);
    // As in a list, a comma behind the number separates it from the next one.
    return meaning.kind === 'recordId' ? recordEvidence(meaning, name, true, true) : unsaid;
  }

  #meaning(name: string): NameMeaning {
    const meaning = this.#names.meaningOf(name);
    if (meaning.kind === 'type' && !meaning.plural && speaksForItself(meaning.objectType))
      return recordOf(meaning.objectType);
    if (meaning.kind !== 'id' || !this.#head) return meaning;
    const ofTable = meaningOfIdIn(this.#head.table);
    return ofTable.kind === 'recordId' && ofTable.objectType === undefined ? meaning : ofTable;
  }
}

const unsaid = unclear(false);

/** Which value of the row the number is, from 0; undefined where it is a part of one. */
function columnAt(text: string, row: number, start: number, end: number): number | undefined {
  let column = 0;
  let from = row + 1;
  let quote = 0;
  for (let at = row + 1; at < start; at++) {
    const code = text.charCodeAt(at);
    if (quote) quote = code === quote ? 0 : quote;
    else if (code === 39 || code === 34) quote = code;
    else if (code === 44) {
      column++;
      from = at + 1;
    }
  }
  const isWhole = /^\s*["']?$/.test(text.slice(from, start)) && /^["']?\s*[,)]/.test(text.slice(end, end + 12));
  return isWhole ? column : undefined;
}

/** `[dbo].[deals]` is the table "deals". */
function unquoted(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1).replaceAll(/[\s"`[\]]/g, '');
}
