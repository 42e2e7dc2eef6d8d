/** Every format that rows can be written in, for files and for the clipboard. */

import type { ShownRows } from '../rows/answerTable.ts';
import type { RowContext } from '../rows/rows.ts';
import type { About } from './about.ts';
import { delimited } from './csv.ts';
import { idLines, pairs, sqlIn } from './idList.ts';
import { json, ndjson } from './json.ts';
import { markdown } from './markdown.ts';

export interface ExportFormat {
  /** Of the file's name, without a dot. */
  readonly extension: string;
  /** False when the format has no place for it: then `aboutFile` belongs beside the file. */
  readonly saysAbout: boolean;
  /** True when rows are written with the names of their records, where names are shown. */
  readonly hasNames: boolean;
  /** The text in chunks of some 64,000 characters, made as they are taken: nothing is held but the chunk. */
  write(shown: ShownRows, context: RowContext, about: About): Iterable<string>;
}

const plain = { spreadsheet: false, byteOrderMark: false } as const;

export const exportFormats = {
  csv: {
    extension: 'csv',
    saysAbout: false,
    hasNames: true,
    write: (shown, context) => delimited(shown, context, { delimiter: ',', ...plain }),
  },
  /** CSV in which a spreadsheet neither rounds ids nor runs formulas. */
  csvForSpreadsheets: {
    extension: 'csv',
    saysAbout: false,
    hasNames: true,
    write: (shown, context) => delimited(shown, context, { delimiter: ',', spreadsheet: true, byteOrderMark: true }),
  },
  tsv: {
    extension: 'tsv',
    saysAbout: false,
    hasNames: true,
    write: (shown, context) => delimited(shown, context, { delimiter: '\t', ...plain }),
  },
  /** For the clipboard: what is pasted into a spreadsheet. */
  tsvForSpreadsheets: {
    extension: 'tsv',
    saysAbout: false,
    hasNames: true,
    write: (shown, context) => delimited(shown, context, { delimiter: '\t', spreadsheet: true, byteOrderMark: false }),
  },
  json: { extension: 'json', saysAbout: true, hasNames: true, write: json },
  ndjson: { extension: 'ndjson', saysAbout: true, hasNames: true, write: ndjson },
  markdown: { extension: 'md', saysAbout: true, hasNames: true, write: markdown },
  sqlInRecords: {
    extension: 'sql',
    saysAbout: true,
    hasNames: false,
    write: (shown, _, about) => sqlIn(shown, 'record', about),
  },
  sqlInAssociated: {
    extension: 'sql',
    saysAbout: true,
    hasNames: false,
    write: (shown, _, about) => sqlIn(shown, 'associated', about),
  },
  recordIds: { extension: 'txt', saysAbout: false, hasNames: false, write: (shown) => idLines(shown, 'record') },
  associatedIds: {
    extension: 'txt',
    saysAbout: false,
    hasNames: false,
    write: (shown) => idLines(shown, 'associated'),
  },
  pairs: { extension: 'tsv', saysAbout: false, hasNames: false, write: (shown) => pairs(shown) },
} as const satisfies Readonly<Record<string, ExportFormat>>;

export type ExportFormatName = keyof typeof exportFormats;
