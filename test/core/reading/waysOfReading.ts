/** Every way in which a text comes to the reader. */
import { csvColumns, jsonKeys, readColumn } from '../../../src/core/reading/file/readColumn.ts';
import { readWhole } from '../../../src/core/reading/readRecordIds.ts';
import { readAt, readSelections } from '../../../src/core/reading/selections.ts';

export const waysOfReading: Readonly<Record<string, (text: string) => unknown>> = {
  whole: (text) => readWhole(text),
  'whole, called JSON': (text) => readWhole(text, 'json'),
  'whole, called CSV': (text) => readWhole(text, 'csv'),
  // Nearly all is selected, so that it is not read as the whole document is.
  'a large selection': (text) =>
    readSelections({ text: `x ${text}`, selections: [{ start: 2, end: text.length + 2 }] }),
  'many selections': (text) => {
    const step = Math.max(2, Math.floor(text.length / 50));
    const selections = Array.from({ length: 50 }, (_, nth) => ({ start: nth * step, end: nth * step + step - 1 }));
    return readSelections({ text, selections });
  },
  'a number in its line': (text) => {
    const middle = text.length >> 1;
    const around = `${text.slice(0, middle)} 17982944313 ${text.slice(middle)}`;
    return readSelections({ text: around, selections: [{ start: middle + 1, end: middle + 12 }] });
  },
  'a cursor in the middle': (text) => readAt(text, text.length >> 1),
  'columns and keys of a beginning': (text) => [csvColumns(text), jsonKeys(text)],
  'a column in pieces': (text) => column(text),
  'a key in pieces': (text) => key(text),
};

function column(text: string): Promise<unknown> {
  return readColumn(chunks(text), { kind: 'column', table: csvColumns(text.slice(0, 65_536)), column: 0 });
}

function key(text: string): Promise<unknown> {
  return readColumn(chunks(text), { kind: 'key', path: 'id' });
}

function* chunks(text: string): Generator<string> {
  for (let at = 0; at < text.length; at += 7_001) yield text.slice(at, at + 7_001);
}
