/** Other object types for a look-up that is there: those its ids may be of, another pair, and on from one of its records. */
import * as vscode from 'vscode';
import type { Account } from '../accounts/accounts.ts';
import { commonObjectTypes, type ObjectTypeCatalog } from '../accounts/objectTypeCatalog.ts';
import { lookUpTitle } from '../answers/lookUpWords.ts';
import type { Names } from '../answers/recordNames.ts';
import { nearestName } from '../core/domain/nearestName.ts';
import { isSameObjectType, nameInPath, type ObjectType, standardObjectType } from '../core/domain/objectTypes.ts';
import { recordBatchLimit } from '../core/hubspot/records.ts';
import { plainLabel, plainLine } from '../core/text/plainText.ts';
import { failureNotice } from '../editor/failureNotice.ts';
import { howMany } from '../editor/howMany.ts';
import type { ListedLookUp, LookUpEntry } from '../lookUps/lookUpEntry.ts';
import type { Pair } from './lastPairs.ts';
import { pickType } from './pickObjectTypes.ts';

interface TypeItem extends vscode.QuickPickItem {
  readonly type: ObjectType;
  /** How many of the ids exist as records of this type; undefined while none is known to, and not of all whether they do. */
  readonly exist?: number;
}

/**
 * Ids are only unique within one object type. When nothing was found at all they may be of another one: asks HubSpot which
 * of them exist as records of which types, and lets the user choose one.
 * @returns the type's name in a path; undefined when the user left
 */
export async function checkOtherType(
  entry: LookUpEntry,
  { catalog, names }: { readonly catalog: ObjectTypeCatalog; readonly names: Names },
): Promise<string | undefined> {
  const { t } = vscode.l10n;
  const { account, answer, question } = entry;
  const ids = Array.from({ length: Math.min(answer.counts.asked, recordBatchLimit) }, (_, record) =>
    answer.recordId(record),
  );
  const tried = ids.length.toLocaleString();
  const abort = new AbortController();
  const pick = vscode.window.createQuickPick<TypeItem>();
  pick.title =
    answer.counts.asked > ids.length
      ? t('Which object type are these IDs? The first {0} are tried', tried)
      : t('Which object type are these IDs?');
  pick.placeholder = t('Asking HubSpot...');
  pick.busy = true;
  pick.matchOnDescription = true;
  const chosen = new Promise<ObjectType | undefined>((resolve) => {
    pick.onDidAccept(() => {
      const [item] = pick.activeItems;
      if (item?.exist) resolve(item.type);
    });
    pick.onDidHide(() => {
      abort.abort();
      resolve(undefined);
    });
  });
  pick.show();

  const custom = await catalog.customTypes(account);
  const types = [...commonObjectTypes().filter(({ isMain }) => isMain), ...custom].filter(
    ({ id, name }) => !isSameObjectType(question.from, id) && !isSameObjectType(question.from, name),
  );
  let items = types.map((type): TypeItem => ({ label: plainLabel(type.pluralLabel), description: '…', type }));
  const show = () => {
    if (!abort.signal.aborted) pick.items = items;
  };
  show();
  const check = async (type: ObjectType) => {
    const failure = await names.tryExistence(account, nameInPath(type), ids, { signal: abort.signal });
    const exist = ids.filter((id) => names.existenceOf(account, nameInPath(type), id)?.kind === 'exists').length;
    const description = failure
      ? plainLine(failureNotice(failure, type.readScopes.slice(0, 1)).sentence)
      : exist === 0
        ? t('none of {0} exist', howMany(ids.length, 'ids'))
        : t('{0} of {1} exist', exist.toLocaleString(), howMany(ids.length, 'ids'));
    const known = failure && exist === 0 ? {} : { exist };
    items = items.map((item) => (item.type === type ? { ...item, description, ...known } : item));
    show();
  };
  void Promise.all(types.map(check)).then(() => {
    items = items.toSorted((one, other) => (other.exist ?? 0) - (one.exist ?? 0));
    const isAll = catalog.known(account) !== undefined && items.every(({ exist }) => exist !== undefined);
    const isAny = items.some(({ exist }) => exist);
    pick.placeholder = isAny ? t('Choose one to look up its associations.') : noTypeWords(account, isAll);
    pick.busy = false;
    show();
  });

  const type = await chosen;
  pick.dispose();
  return type && nameInPath(type);
}

/** What is said where the ids are of none of the types that were asked. @param isAll false where some of them could not be asked */
function noTypeWords({ kind }: Pick<Account, 'kind'>, isAll: boolean): string {
  const { t } = vscode.l10n;
  if (!isAll) return t('Not all object types could be asked, so these IDs may be of another one.');
  return kind === 'sample'
    ? t('The sample account has none of these IDs as another type.')
    : t('HubSpot knows none of these IDs as one of these types.');
}

/**
 * Asks for other object types for the ids of a look-up whose types HubSpot does not know, the nearest known ones first.
 * @returns undefined when the user left
 */
export async function pickOtherPair(entry: ListedLookUp, catalog: ObjectTypeCatalog): Promise<Pair | undefined> {
  const { t } = vscode.l10n;
  const { account, question } = entry;
  const known = [...commonObjectTypes(), ...(await catalog.customTypes(account))];
  const names = known.flatMap(({ name, singular }) => [name, singular]);
  const suggested = (given: string) => {
    const isKnown = standardObjectType(given) !== undefined || known.some(({ id, name }) => [id, name].includes(given));
    const nearest = isKnown ? given : nearestName(given, names);
    return nearest === undefined ? [] : [nearest];
  };
  const ask = (given: string, step: number, title: string, placeholder: string) =>
    pickType(catalog, account, { title, placeholder, first: suggested(given), hinted: suggested(given), step });
  const label = (name: string) => catalog.find(name, account).pluralLabel;
  const from = await ask(question.from, 1, lookUpTitle(entry, catalog), t('Which object type are these records?'));
  if (from === undefined) return undefined;
  const to = await ask(question.to, 2, t('{0} → ?', label(from)), t('Which associated records do you want to see?'));
  return to === undefined ? undefined : { from, to };
}

/**
 * Asks to which object type records of this type are followed under this look-up.
 * @returns undefined when the user left
 */
export async function pickHopType(
  entry: ListedLookUp,
  record: { readonly type: string; readonly id: string },
  catalog: ObjectTypeCatalog,
): Promise<string | undefined> {
  const { t } = vscode.l10n;
  const { label } = catalog.find(record.type, entry.account);
  return pickType(catalog, entry.account, {
    title: t('{0} {1} → ?', label, record.id),
    placeholder: t('Which associated records do you want to see?'),
    first: [],
    hinted: [],
    step: undefined,
  });
}
