import * as vscode from 'vscode';
import { commonObjectTypes, type ObjectTypeCatalog } from '../accounts/objectTypeCatalog.ts';
import type { Names } from '../answers/recordNames.ts';
import { isSameObjectType, type ObjectType } from '../core/domain/objectTypes.ts';
import { recordBatchLimit } from '../core/hubspot/records.ts';
import { plainLabel, plainLine } from '../core/text/plainText.ts';
import { failureNotice } from '../editor/failureNotice.ts';
import type { LookUpEntry } from '../lookUps/lookUpEntry.ts';
import { nameInPath } from './pickObjectTypes.ts';

/** Besides the account's custom object types, contacts, companies, deals and tickets are tried. */
const mainTypes = 4;

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
      ? t('Which object type are these ids? The first {0} are tried', tried)
      : t('Which object type are these ids?');
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
  const types = [...commonObjectTypes().slice(0, mainTypes), ...custom].filter(
    ({ id, name }) => !isSameObjectType(question.from, id) && !isSameObjectType(question.from, name),
  );
  let items = types.map((type): TypeItem => ({ label: plainLabel(type.pluralLabel), description: '…', type }));
  const show = () => {
    if (!abort.signal.aborted) pick.items = items;
  };
  show();
  const check = async (type: ObjectType) => {
    const failure = await names.tellApart(account, nameInPath(type), ids, abort.signal);
    const exist = ids.filter((id) => names.existenceOf(account, nameInPath(type), id)?.kind === 'exists').length;
    const description = failure
      ? plainLine(failureNotice(failure, type.readScopes.slice(0, 1)).sentence)
      : exist === 0
        ? t('none of {0} ids', tried)
        : t('{0} of {1} ids exist', exist.toLocaleString(), tried);
    items = items.map((item) => (item.type === type ? { ...item, description, exist: failure ? 0 : exist } : item));
    show();
  };
  void Promise.all(types.map(check)).then(() => {
    items = items.toSorted((one, other) => (other.exist ?? 0) - (one.exist ?? 0));
    pick.placeholder = items.some(({ exist }) => exist)
      ? t('Choose one to look up its associations')
      : t('HubSpot knows none of these ids as another type');
    pick.busy = false;
    show();
  });

  const type = await chosen;
  pick.dispose();
  return type && nameInPath(type);
}
