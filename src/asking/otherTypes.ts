/** Other object types for a look-up that is there: those its ids may be of, another pair, and on from one of its records. */
import * as vscode from 'vscode';
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
  /** How many of the ids exist as records of this type; undefined while that is not known. */
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
    items = items.map((item) => (item.type === type ? { ...item, description, exist: failure ? 0 : exist } : item));
    show();
  };
  void Promise.all(types.map(check)).then(() => {
    items = items.toSorted((one, other) => (other.exist ?? 0) - (one.exist ?? 0));
    pick.placeholder = items.some(({ exist }) => exist)
      ? t('Choose one to look up its associations.')
      : account.kind === 'sample'
        ? t('The sample account has none of these IDs as another type.')
        : t('HubSpot knows none of these IDs as another type.');
    pick.busy = false;
    show();
  });

  const type = await chosen;
  pick.dispose();
  return type && nameInPath(type);
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
