/** The name of a record's type in the same word as its id. */
import type { NumberEvidence } from './evidence.ts';
import { meaningOf } from './names.ts';
import { speaksForItself } from './typeWords.ts';
import { WordTable } from './wordTable.ts';

const names = new WordTable(meaningOf);

/** `deal-123456`, `contacts/123456`, `contactId_123456`: the name is in the word itself. */
export function evidenceInWord(text: string, start: number, digits: number, end: number): NumberEvidence | undefined {
  const before = text.charCodeAt(digits - 1);
  const joined = before === 45 || before === 95 || before === 47 ? digits - 1 : digits;
  let from = joined;
  while (from > start && from > joined - 40 && isNameLetter(text.charCodeAt(from - 1))) from--;
  if (from === joined || (from > start && text.charCodeAt(from - 1) !== 47)) return undefined;
  const meaning = names.at(text, from, joined);
  const isType = meaning.kind === 'type' && speaksForItself(meaning.objectType) && end - digits >= 4;
  if (!isType && meaning.kind !== 'recordId') return undefined;
  const role = meaning.kind === 'recordId' ? meaning.role : 'record';
  return {
    kind: 'record',
    name: '',
    role,
    objectType: meaning.objectType,
    why: 'word',
    bare: false,
    list: false,
    distant: false,
  };
}

function isNameLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95;
}
