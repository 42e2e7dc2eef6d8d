/** Files that hold no text to read, told by how they begin. */

/** `spreadsheet`: a workbook of Excel or another program, which is packed. `binary`: anything else that is no text. */
export type Unreadable = 'empty' | 'spreadsheet' | 'binary';

const spreadsheetNames = /\.(?:xls[xmb]?|ods|numbers)$/i;

/**
 * @param name of the file, with its extension
 * @param beginning of the file as UTF-8, or UTF-16 where a byte order mark says so
 * @returns why there is no text in it; undefined of a text
 */
export function unreadable(name: string, beginning: string): Unreadable | undefined {
  if (beginning.replace('\ufeff', '').trim() === '') return 'empty';
  // "PK" and two small numbers begin every zip, and so every .xlsx, which may have no NUL for a while.
  const isPacked = beginning.startsWith('PK\u0003\u0004') || beginning.includes('\0');
  if (!isPacked) return undefined;
  return spreadsheetNames.test(name) ? 'spreadsheet' : 'binary';
}
