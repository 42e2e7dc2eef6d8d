import { isDigit, judgeNumber } from './plainList.ts';
import type { Reading } from './reading.ts';

/** Reads ids out of prose and log lines (first version: words and keys just before a number, addresses). */
export function readFreeText(text: string, reading: Reading): void {
  const end = text.length;
  let line = 0;
  let at = 0;
  while (at < end) {
    const code = text.charCodeAt(at);
    if (code === 10) line++;
    if (!isDigit(code)) {
      at++;
      continue;
    }
    const start = at;
    do at++;
    while (at < end && isDigit(text.charCodeAt(at)));
    const before = text.slice(Math.max(0, start - 60), start);
    const url = /\/record\/(\d+-\d+)\/$/.exec(before);
    const word = /\b(contact|company|deal|ticket)s?[\s_-]*(?:ids?)?["'\s:=#([]*$/i.exec(before);
    if (url) judgeNumber(reading, start, at - start, line, code, reading.evidenceCode(url[1], 'url'));
    else if (word) {
      const type = { contact: '0-1', company: '0-2', deal: '0-3', ticket: '0-5' }[word[1]!.toLowerCase()];
      judgeNumber(reading, start, at - start, line, code, reading.evidenceCode(type, 'word'));
    } else if (/[\w.:-]$/.test(before) || /^[\w:-]|^\.\d/.test(text.slice(at, at + 2))) {
      reading.ignore(start, at - start, line, 'partOfWord');
    } else if (/\b(?:hs_object_|object|record)?_?ids?["']?\s*[:=]\s*["']?$/i.test(before)) {
      judgeNumber(reading, start, at - start, line, code);
    } else if (at - start < 7) reading.ignore(start, at - start, line, 'short');
    else reading.doubt(start, at - start, line, 'loneNumber');
  }
}
