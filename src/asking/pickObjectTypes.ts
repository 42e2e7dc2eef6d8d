/** The two questions before a look-up: which object type the ids are of, and whose associations are wanted. Last choice first. */
import * as vscode from 'vscode';
import type { Account } from '../accounts/accounts.ts';
import { commonObjectTypes, type ObjectTypeCatalog } from '../accounts/objectTypeCatalog.ts';
import {
  isObjectTypeName,
  isSameObjectType,
  lackingScope,
  nameInPath,
  type ObjectType,
} from '../core/domain/objectTypes.ts';
import { plainLabel } from '../core/text/plainText.ts';
import type { LastChoice, Wanted } from './lastPairs.ts';

interface TypeItem<Key extends string = never> extends vscode.QuickPickItem {
  readonly name?: string;
  readonly other?: Key;
}

/**
 * A choice that is no object type, such as to see what was ignored. It stands behind the main types, where it is seen without
 * scrolling, or at the very top.
 */
export interface OtherChoice<Key extends string> {
  readonly key: Key;
  readonly isFirst: boolean;
  readonly label: string;
  readonly description?: string;
}

export interface FromQuestion<Key extends string> {
  readonly title: string;
  readonly last: readonly LastChoice[];
  /** The types the ids seem to be of, from where they stood. */
  readonly hints: readonly string[];
  /** What else can be chosen here. */
  readonly others: readonly OtherChoice<Key>[];
}

/**
 * Asks which object type the ids are of.
 * @returns undefined when the user left
 */
export function pickFromType<Key extends string>(
  catalog: ObjectTypeCatalog,
  account: Account,
  { title, last, hints, others }: FromQuestion<Key>,
): Promise<{ readonly type: string } | { readonly other: Key } | undefined> {
  const { t } = vscode.l10n;
  const question = {
    title,
    placeholder: t('Which object type are these records?'),
    first: [...hints, ...last.map((choice) => choice.from)],
    hinted: hints,
    step: 1,
    others: t('these IDs'),
  };
  return pickTypeOr(catalog, account, question, others);
}

/**
 * Asks whose associations are wanted.
 * @param from undefined where each id has its own type: then it is one type that is wanted of all of them
 */
export async function pickToType(
  catalog: ObjectTypeCatalog,
  account: Account,
  last: readonly LastChoice[],
  from: string | undefined,
): Promise<Wanted | undefined> {
  const { t } = vscode.l10n;
  const lastOfType = last.filter((choice) => from !== undefined && isSameObjectType(choice.from, from));
  const question = {
    title: from === undefined ? t('Each by its own type → ?') : t('{0} → ?', catalog.find(from, account).pluralLabel),
    placeholder: t('Which associated records do you want to see?'),
    first: lastOfType.flatMap(({ wanted }) => (wanted.kind === 'one' ? [wanted.to] : [])),
    hinted: [],
    step: 2,
    others: t('several at once'),
  };
  const lastSeveral = lastOfType.flatMap(({ wanted }) => (wanted.kind === 'several' ? [wanted.types] : []))[0] ?? [];
  const labels = (types: readonly string[]) => types.map((to) => catalog.find(to, account).pluralLabel).join(', ');
  const others: OtherChoice<'all' | 'several'>[] = [
    {
      key: 'all',
      isFirst: lastOfType[0]?.wanted.kind === 'all',
      label: t('All types'),
      description: t('every object type that the account has records of'),
    },
    {
      key: 'several',
      isFirst: lastOfType[0]?.wanted.kind === 'several',
      label: t('Several types...'),
      description: labels(lastSeveral),
    },
  ];
  const chosen = await pickTypeOr(catalog, account, question, from === undefined ? [] : others);
  if (!chosen) return undefined;
  if ('type' in chosen) return { kind: 'one', to: chosen.type };
  if (chosen.other === 'all') return { kind: 'all' };
  const types = await pickSeveralTypes(catalog, account, question.title, lastSeveral);
  if (!types || types.length === 0) return undefined;
  return types.length === 1 ? { kind: 'one', to: types[0]! } : { kind: 'several', types };
}

/** Asks for some of the object types. @param ticked those that are ticked at first, which come first */
async function pickSeveralTypes(
  catalog: ObjectTypeCatalog,
  account: Account,
  title: string,
  ticked: readonly string[],
): Promise<readonly string[] | undefined> {
  const { t } = vscode.l10n;
  const items = catalog.customTypes(account).then((custom) => {
    const question = { title, placeholder: '', first: ticked, hinted: [], step: undefined, others: '' };
    return itemsFor(question, { catalog, account, custom }, '', []).map((item) => ({
      ...item,
      picked: ticked.some((name) => item.name !== undefined && isSameObjectType(name, item.name)),
    }));
  });
  const chosen = await vscode.window.showQuickPick(items, {
    title,
    placeHolder: t('Which associated records do you want to see?'),
    canPickMany: true,
    matchOnDescription: true,
  });
  return chosen?.flatMap(({ name }) => name ?? []);
}

export interface TypeQuestion {
  readonly title: string;
  readonly placeholder: string;
  /** Names to list first. */
  readonly first: readonly string[];
  /** Those of them that the text suggests. */
  readonly hinted: readonly string[];
  /** Which of the two questions of a look-up this is, if it is one of them. */
  readonly step: number | undefined;
}

/** Asks for one object type: the given ones first, then HubSpot's and the account's own; a name can also be typed. */
export async function pickType(
  catalog: ObjectTypeCatalog,
  account: Account,
  question: TypeQuestion,
): Promise<string | undefined> {
  const chosen = await pickTypeOr(catalog, account, { ...question, others: '' }, []);
  return chosen && 'type' in chosen ? chosen.type : undefined;
}

/** @param question `others` is what stands above the other choices */
async function pickTypeOr<Key extends string>(
  catalog: ObjectTypeCatalog,
  account: Account,
  question: TypeQuestion & { readonly others: string },
  others: readonly OtherChoice<Key>[],
): Promise<{ readonly type: string } | { readonly other: Key } | undefined> {
  const pick = vscode.window.createQuickPick<TypeItem<Key>>();
  pick.title = question.title;
  pick.placeholder = question.placeholder;
  if (question.step !== undefined) {
    pick.step = question.step;
    pick.totalSteps = 2;
  }
  pick.matchOnDescription = true;
  const first = others.filter(({ isFirst }) => isFirst);
  const beside = others.filter(({ isFirst }) => !isFirst);
  const known = catalog.known(account);
  let custom = known ?? [];
  const refresh = () => {
    const active = pick.activeItems[0]?.name;
    pick.items = [
      ...otherItems(question.others, first),
      ...itemsFor(question, { catalog, account, custom }, pick.value.trim(), otherItems(question.others, beside)),
    ];
    // Custom object types arrive while the user may already be on an item: stay on it.
    const same = pick.items.find((item) => item.name !== undefined && item.name === active);
    if (same && pick.value === '') pick.activeItems = [same];
  };
  refresh();
  const chosen = new Promise<{ type: string } | { other: Key } | undefined>((resolve) => {
    pick.onDidChangeValue(refresh);
    pick.onDidAccept(() => {
      const item = pick.activeItems[0];
      if (item?.name !== undefined) resolve({ type: item.name });
      else if (item?.other !== undefined) resolve({ other: item.other });
    });
    pick.onDidHide(() => resolve(undefined));
  });
  pick.show();
  // What is known already is there from the start, and VS Code does not draw the list twice.
  if (!known) {
    pick.busy = true;
    void catalog.customTypes(account).then((types) => {
      custom = types;
      pick.busy = false;
      refresh();
    });
  }
  const choice = await chosen;
  pick.dispose();
  return choice;
}

function otherItems<Key extends string>(label: string, others: readonly OtherChoice<Key>[]): TypeItem<Key>[] {
  if (others.length === 0) return [];
  const rule = { label, kind: vscode.QuickPickItemKind.Separator };
  return [rule, ...others.map(({ key, label, description = '' }) => ({ label, description, other: key }))];
}

interface KnownTypes {
  readonly catalog: ObjectTypeCatalog;
  readonly account: Account;
  /** The account's own, as far as they have been read. */
  readonly custom: readonly ObjectType[];
}

function itemsFor<Key extends string>(
  question: TypeQuestion,
  { catalog, account, custom }: KnownTypes,
  typed: string,
  beside: readonly TypeItem<Key>[],
): TypeItem<Key>[] {
  const { t } = vscode.l10n;
  const listed = new Set<string>();
  const item = (type: ObjectType, name: string, detail?: string): TypeItem[] => {
    if (listed.has(type.id)) return [];
    listed.add(type.id);
    const lacking = lackingScope(type, account.scopes);
    const description = lacking ? t('{0} · the token lacks {1}', detail ?? type.id, lacking) : (detail ?? type.id);
    return [{ label: `${lacking ? '$(lock) ' : ''}${plainLabel(type.pluralLabel)}`, description, name }];
  };
  const first = question.first.flatMap((name) => {
    const type = catalog.find(name, account);
    const isHint = question.hinted.some((hinted) => isSameObjectType(name, hinted));
    return item(type, nameInPath(type), isHint ? t('{0} · as the text suggests', type.id) : undefined);
  });
  const common = commonObjectTypes();
  const main = common.filter(({ isMain }) => isMain).flatMap((type) => item(type, nameInPath(type)));
  const own = custom.flatMap((type) => item(type, nameInPath(type)));
  const others = common.filter(({ isMain }) => !isMain).flatMap((type) => item(type, nameInPath(type)));
  const separator = (label: string): TypeItem => ({ label, kind: vscode.QuickPickItemKind.Separator });
  const section = (label: string, items: TypeItem[]) => (items.length ? [separator(label), ...items] : []);
  const known = [...first, ...main, ...own, ...others];
  const isNew =
    isObjectTypeName(typed) &&
    !known.some(({ name, label, description }) =>
      [name, label, description].some((text) => text?.toLowerCase().startsWith(typed.toLowerCase())),
    );
  return [
    ...section(question.hinted.length > 0 ? t('suggested and last used') : t('last used'), first),
    ...section(t('object types'), main),
    ...beside,
    ...section(t('custom objects'), own),
    ...section(t('more object types'), others),
    ...(isNew ? [{ label: typed, description: t('use this object type'), alwaysShow: true, name: typed }] : []),
  ];
}
