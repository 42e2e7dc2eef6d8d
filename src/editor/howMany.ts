/** How many of something, in the form that its number takes: "1 record", "2,500 records". A sentence takes it whole, as {0}. */
import * as vscode from 'vscode';

type Form = (count: number, shown: string) => string;

const { t } = vscode.l10n;

/** Both forms stand here as whole texts, since a translation may change more than an ending. */
const forms = {
  batches: (count, shown) => (count === 1 ? t('1 batch') : t('{0} batches', shown)),
  calls: (count, shown) => (count === 1 ? t('{0} call', shown) : t('{0} calls', shown)),
  duplicates: (count, shown) => (count === 1 ? t('1 duplicate') : t('{0} duplicates', shown)),
  errors: (count, shown) => (count === 1 ? t('1 error') : t('{0} errors', shown)),
  ids: (count, shown) => (count === 1 ? t('1 ID') : t('{0} IDs', shown)),
  labels: (count, shown) => (count === 1 ? t('1 label') : t('{0} labels', shown)),
  leastCalls: (count, shown) => (count === 1 ? t('at least 1 call') : t('at least {0} calls', shown)),
  names: (count, shown) => (count === 1 ? t('1 name') : t('{0} names', shown)),
  pairs: (count, shown) => (count === 1 ? t('1 pair') : t('{0} pairs', shown)),
  recordIds: (count, shown) => (count === 1 ? t('1 record ID') : t('{0} record IDs', shown)),
  records: (count, shown) => (count === 1 ? t('1 record') : t('{0} records', shown)),
  rows: (count, shown) => (count === 1 ? t('{0} row', shown) : t('{0} rows', shown)),
  scopes: (count, shown) => (count === 1 ? t('1 scope') : t('{0} scopes', shown)),
  unsureNumbers: (count, shown) => (count === 1 ? t('1 unsure number') : t('{0} unsure numbers', shown)),
} as const satisfies Record<string, Form>;

export type Counted = keyof typeof forms;

/** Every word that can be counted, for the test that counts each of them. */
export const countedWords = Object.keys(forms) as readonly Counted[];

/** "1 record", "2,500 records" */
export function howMany(count: number, what: Counted): string {
  return forms[what](count, count.toLocaleString());
}
