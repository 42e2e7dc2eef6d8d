/** What a look-up that a language model asks for would do: worked out once, before it is confirmed, and then done as confirmed. */
import * as vscode from 'vscode';
import type { Account, Accounts } from '../accounts/accounts.ts';
import { accountTitle } from '../accounts/accountWords.ts';
import { GrowingIds, type SharedQuestion } from '../core/answer/growingIds.ts';
import { isPrimaryOnly } from '../core/domain/associations.ts';
import { quoted } from '../core/report/quoting.ts';
import { readSettings } from '../editor/settings.ts';
import { givenIdsUnseen, type ReadText } from '../ids/givenIds.ts';
import { type IdPlaces, noIdPlaces } from '../ids/idPlaces.ts';
import type { Plan } from './consentedTool.ts';
import { readGivenFile } from './givenFile.ts';
import type { Confirmation } from './tool.ts';
import type { LookUpInput } from './toolInput.ts';

export interface PlannedLookUp extends Plan {
  readonly question: Omit<SharedQuestion, 'to'>;
  /** At least one; several are looked up together. */
  readonly to: readonly string[];
  readonly places: IdPlaces;
  readonly read: ReadText | undefined;
  /** Calls at least: records with more associations than fit on one page need further ones. */
  readonly calls: number;
  /** Where the IDs came from and how much of it was left out; undefined where they were given one by one. */
  readonly source: IdSource | undefined;
}

interface IdSource {
  /** Such as `file "deals.csv", column "Deal ID"`. */
  readonly words: string;
  readonly ignored: number;
  readonly unsure: number;
}

export async function planLookUp(
  input: LookUpInput,
  accounts: Accounts,
  signal: AbortSignal,
): Promise<PlannedLookUp | { readonly refused: string }> {
  const account = accounts.active;
  const other = otherAccount(input.account, account);
  if (other !== undefined) return { refused: other };
  const { from, to, file } = input;
  if (from === undefined || to === undefined) return { refused: 'the object types are missing' };
  const found = file ? await idsOfFile(file, signal) : { ids: new GrowingIds(input.ids), places: noIdPlaces };
  if ('refused' in found) return found;
  const { apiVersion, recordCap, batchSize } = readSettings();
  return {
    question: {
      ids: found.ids,
      from,
      apiVersion: input.apiVersion ?? apiVersion,
      recordCap: input.recordCap ?? recordCap,
    },
    to,
    account,
    records: found.ids.length,
    types: to.length,
    places: found.places,
    read: found.read,
    calls: Math.ceil(found.ids.length / batchSize) * to.length,
    source: found.source,
  };
}

interface FoundIds {
  readonly ids: GrowingIds;
  readonly places: IdPlaces;
  readonly read?: ReadText;
  readonly source?: IdSource;
}

/** Only ids that are sure: unsure ones are a person's to choose. */
async function idsOfFile(
  file: NonNullable<LookUpInput['file']>,
  signal: AbortSignal,
): Promise<FoundIds | { readonly refused: string }> {
  const read = await readGivenFile(file, signal);
  if ('refused' in read) return read;
  const { reading, uri, words } = read;
  const { asked: ids, places } = await givenIdsUnseen({ reading, uri }, signal);
  const source = { words, ignored: reading.ignored.length, unsure: reading.unsure.length };
  if (ids.length === 0) return { refused: `there is no sure record ID in ${words} (${leftWords(source)})` };
  return { ids, places, read: { reading, uri }, source };
}

/** For the model: where the IDs came from. */
export function sourceLine(source: IdSource, ids: number): string {
  return `From ${source.words}: ${ids} distinct record ${ids === 1 ? 'ID' : 'IDs'}; ${leftWords(source)}.`;
}

function leftWords({ ignored, unsure }: IdSource): string {
  return `${ignored} ${ignored === 1 ? 'value' : 'values'} ignored and ${unsure} unsure ${unsure === 1 ? 'number' : 'numbers'}, none of which is looked up`;
}

/** Why the account that was named is not asked; undefined where it is the active one, or none was named. */
export function otherAccount(named: string | undefined, active: Account): string | undefined {
  if (named === undefined) return undefined;
  const plain = (text: string) => text.trim().toLowerCase();
  const own = [active.name, active.id, active.portalId, accountTitle(active)].flatMap((text) => text ?? []);
  if (own.some((text) => plain(text) === plain(named))) return undefined;
  return `the account ${quoted(named, 60)} is not the active one, which is ${quoted(active.name, 60)}. A person can switch with the command "Switch Account"; a tool cannot`;
}

/** IDs named in a confirmation. */
const mostIdsNamed = 5;

/** Account, environment, IDs and calls, and what the model gets. */
export function lookUpConfirmation({ question, to, account, calls, source }: PlannedLookUp): Confirmation {
  const { t } = vscode.l10n;
  const { ids, from, apiVersion = 'v3' } = question;
  const first = Array.from({ length: Math.min(mostIdsNamed, ids.length) }, (_, nth) => ids.text(nth)).join(', ');
  const count = ids.length.toLocaleString();
  return {
    title: ids.length === 1 ? t('Look up 1 record ID in HubSpot?') : t('Look up {0} record IDs in HubSpot?', count),
    sentences: [
      accountAndCalls(account, calls),
      `${from} → ${to.join(', ')} (${apiVersion}): ${first}${ids.length > mostIdsNamed ? ', …' : ''}`,
      ...(source === undefined
        ? []
        : [
            t(
              'From {0}. Not looked up: {1} ignored, {2} unsure.',
              source.words,
              source.ignored.toLocaleString(),
              source.unsure.toLocaleString(),
            ),
          ]),
      t('The IDs that are found, with their association labels, go to the language model and its history.'),
      ...(to.some((type) => isPrimaryOnly({ from, to: type, apiVersion }))
        ? [t('v3 returns only primary companies. The model is told so.')]
        : []),
    ],
  };
}

/** In which account, and at least how many calls. */
export function accountAndCalls(account: Account, calls: number): string {
  const { t } = vscode.l10n;
  const title = accountTitle(account);
  if (account.kind === 'sample') return t('Account: {0}. Nothing is sent to HubSpot.', title);
  return calls === 1
    ? t('Account: {0}. At least 1 API call, which only reads.', title)
    : t('Account: {0}. At least {1} API calls, which only read.', title, calls.toLocaleString());
}
