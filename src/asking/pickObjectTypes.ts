/** The two questions before a look-up: which object type the ids are of, and whose associations are wanted. Last choice first. */
import * as vscode from 'vscode';
import type { Account } from '../accounts/accounts.ts';
import { commonObjectTypes, type ObjectTypeCatalog } from '../accounts/objectTypeCatalog.ts';
import { isObjectTypeName, isSameObjectType, lackingScope, type ObjectType } from '../core/domain/objectTypes.ts';
import { plainLabel } from '../core/text/plainText.ts';

export interface Pair {
  readonly from: string;
  readonly to: string;
}

interface TypeItem<Key extends string = never> extends vscode.QuickPickItem {
  readonly name?: string;
  readonly other?: Key;
}

/** The pairs last chosen, newest first, per account; kept in the extension's own state. */
export class LastPairs {
  readonly #memory: vscode.Memento;

  constructor(memory: vscode.Memento) {
    this.#memory = memory;
  }

  of(account: Account): readonly Pair[] {
    const stored = this.#memory.get<unknown>(lastPairsKey(account));
    return Array.isArray(stored) ? stored.filter(isPair) : [];
  }

  async remember(account: Account, pair: Pair): Promise<void> {
    const others = this.of(account).filter((each) => each.from !== pair.from || each.to !== pair.to);
    await this.#memory.update(lastPairsKey(account), [pair, ...others].slice(0, 10));
  }
}

const lastPairsKey = (account: Account) => `hubspotAssociations.lastPairs.${account.id}`;

function isPair(value: unknown): value is Pair {
  if (typeof value !== 'object' || value === null || !('from' in value) || !('to' in value)) return false;
  const { from, to } = value;
  return typeof from === 'string' && typeof to === 'string' && isObjectTypeName(from) && isObjectTypeName(to);
}

/**
 * A choice that is no object type, such as to see what was ignored. It stands behind the main types, where it is seen without
 * scrolling, or at the very top.
 */
export interface OtherChoice<Key extends string> {
  readonly key: Key;
  readonly isFirst: boolean;
  readonly label: string;
  readonly description: string | undefined;
}

export interface FromQuestion<Key extends string> {
  readonly title: string;
  readonly last: readonly Pair[];
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
  const question = {
    title,
    placeholder: vscode.l10n.t('Which object type are these records?'),
    first: [...hints, ...last.map((pair) => pair.from)],
    hinted: hints,
    step: 1,
  };
  return pickTypeOr(catalog, account, question, others);
}

/** Asks whose associations are wanted. */
export function pickToType(
  catalog: ObjectTypeCatalog,
  account: Account,
  last: readonly Pair[],
  from: string | undefined,
): Promise<string | undefined> {
  const { t } = vscode.l10n;
  return pickType(catalog, account, {
    title: from === undefined ? t('Each by its own type → ?') : t('{0} → ?', catalog.find(from, account).pluralLabel),
    placeholder: t('Whose associations do you want to see?'),
    first: last.filter((pair) => from !== undefined && isSameObjectType(pair.from, from)).map((pair) => pair.to),
    hinted: [],
    step: 2,
  });
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
  const chosen = await pickTypeOr(catalog, account, question, []);
  return chosen && 'type' in chosen ? chosen.type : undefined;
}

async function pickTypeOr<Key extends string>(
  catalog: ObjectTypeCatalog,
  account: Account,
  question: TypeQuestion,
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
  let custom: readonly ObjectType[] = [];
  const refresh = () => {
    const active = pick.activeItems[0]?.name;
    pick.items = [
      ...otherItems(others.filter(({ isFirst }) => isFirst)),
      ...itemsFor(
        question,
        { catalog, account, custom },
        pick.value.trim(),
        otherItems(others.filter(({ isFirst }) => !isFirst)),
      ),
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
  pick.busy = true;
  void catalog.customTypes(account).then((types) => {
    custom = types;
    pick.busy = false;
    refresh();
  });
  const choice = await chosen;
  pick.dispose();
  return choice;
}

function otherItems<Key extends string>(others: readonly OtherChoice<Key>[]): TypeItem<Key>[] {
  if (others.length === 0) return [];
  const rule = { label: vscode.l10n.t('these ids'), kind: vscode.QuickPickItemKind.Separator };
  return [rule, ...others.map(({ key, label, description = '' }) => ({ label, description, other: key }))];
}

/** The name HubSpot takes in a path: the plural of its own types, the id of custom ones (whose bare names it refuses). */
export function nameInPath({ id, name }: ObjectType): string {
  return id.startsWith('2-') ? id : name;
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
