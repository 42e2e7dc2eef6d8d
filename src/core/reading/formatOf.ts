/** What a text is, decided once for everybody who reads it: by its content first and by the editor's language id second. */
import type { Steps } from '../domain/steps.ts';
import { JsonWalk } from './json/jsonWalk.ts';
import { isMostlyLists } from './list/listLines.ts';
import { type Table, tableOf } from './table/table.ts';
import { hasRules, mayHaveTables } from './table/tablesInText.ts';

/** A wrong answer costs numbers their labels, and none of them its verdict: whatever the format, every number is judged. */
export type TextFormat =
  | { readonly kind: 'json' }
  | { readonly kind: 'table'; readonly table: Table }
  /** Free text, perhaps with tables in it or lines that are nothing but numbers. */
  | { readonly kind: 'text'; readonly tables: boolean; readonly lists: boolean };

/** So much of a text tells whether it is JSON. */
const sampleLength = 65_536;

export function* formatOf(text: string, languageId?: string): Steps<TextFormat> {
  if (isJson(text, languageId)) return { kind: 'json' };
  const table = hasRules(text) ? undefined : yield* tableOf(text, languageId);
  return table ? { kind: 'table', table } : { kind: 'text', tables: mayHaveTables(text), lists: isMostlyLists(text) };
}

function isJson(text: string, languageId: string | undefined): boolean {
  if (!/^[\s\ufeff]*(?:[[{]|\/[/*])/.test(text.slice(0, sampleLength))) return false;
  const sample = text.slice(0, sampleLength);
  const walk = new JsonWalk({ value() {} });
  walk.walk(sample, sample.length === text.length);
  const said = languageId !== undefined && /json/i.test(languageId);
  return walk.tokens >= 3 && walk.strangers === 0 && walk.faults <= Math.max(2, walk.tokens / (said ? 4 : 20));
}
