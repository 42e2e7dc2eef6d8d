/** The tool that reads record IDs out of a text or a file. It sends nothing. */
import * as vscode from 'vscode';
import { readingWhole } from '../core/reading/readRecordIds.ts';
import { readingReport } from '../core/report/readingReport.ts';
import { Turns } from '../editor/turns.ts';
import { givenIdsUnseen } from '../ids/givenIds.ts';
import { readGivenFile } from './givenFile.ts';
import { refusal, type Tool } from './tool.ts';
import { parseReadIds } from './toolInput.ts';

export const readIdsTool: Tool = {
  async prepare(given) {
    const { t } = vscode.l10n;
    const parsed = parseReadIds(given);
    const progress = t('Reading record IDs');
    const path = 'input' in parsed ? parsed.input.file?.path : undefined;
    if (path === undefined) return { progress };
    return {
      progress,
      confirmation: {
        title: t('Read record IDs from a file?'),
        sentences: [
          t('File: {0}', path),
          t(
            'The IDs and the names of its columns go to the language model and its history. Nothing is sent to HubSpot.',
          ),
        ],
      },
    };
  },

  async invoke(given, signal) {
    const parsed = parseReadIds(given);
    if ('refused' in parsed) return refusal(parsed.refused);
    const { text, file, offset, maxBytes } = parsed.input;
    const read = file
      ? await readGivenFile(file, signal)
      : { reading: await new Turns(signal).through(readingWhole(text ?? '')), words: 'the text given' };
    if ('refused' in read) return refusal(read.refused);
    const { reading, words } = read;
    const { ids } = await givenIdsUnseen({ reading, uri: undefined }, signal);
    return new Turns(signal).through(readingReport(reading, { distinctIds: ids, source: words, offset, maxBytes }));
  },
};
