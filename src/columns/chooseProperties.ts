/** The question which properties of both sides are shown as columns. */
import * as vscode from 'vscode';
import type { ObjectTypeCatalog } from '../accounts/objectTypeCatalog.ts';
import {
  type ChosenProperty,
  type ColumnsOf,
  endsOf,
  notOffered,
  propertyKey,
  typeAt,
} from '../answers/propertyColumns.ts';
import type { Names } from '../answers/recordNames.ts';
import type { Failure } from '../core/domain/failure.ts';
import { scopesForPair } from '../core/domain/objectTypes.ts';
import type { PropertyDefinition } from '../core/domain/propertyDefinition.ts';
import type { PropertiesAnswer } from '../core/hubspot/properties.ts';
import { plainLabel } from '../core/text/plainText.ts';
import { columnKey, mostProperties } from '../core/treaty/panelView.ts';
import { failureNotice } from '../editor/failureNotice.ts';
import type { LastProperties } from './lastProperties.ts';
import { TickedInOrder } from './tickedInOrder.ts';

export interface ChoosePropertiesParts {
  readonly names: Names;
  readonly catalog: ObjectTypeCatalog;
  readonly lastProperties: LastProperties;
}

interface PropertyItem extends vscode.QuickPickItem {
  /** Absent for a line that only says something. */
  readonly property?: ChosenProperty;
  readonly isSensitive?: boolean;
}

interface Side {
  readonly end: ChosenProperty['end'];
  /** As the look-up names it. */
  readonly type: string;
  readonly typeId: string;
  readonly label: string;
  readonly pluralLabel: string;
}

/**
 * Asks which properties to show, of either side's records (of a matrix those that were asked); columns come in the order in which
 * they are ticked. Those shown now are ticked at first, or else those that were last chosen for records of the type; sensitive ones
 * only where they are shown now.
 */
export async function chooseProperties(of: ColumnsOf, parts: ChoosePropertiesParts): Promise<void> {
  const { t } = vscode.l10n;
  const { names } = parts;
  const pick = vscode.window.createQuickPick<PropertyItem>();
  pick.title = t('Properties to show as columns');
  pick.placeholder = t('Values stay in memory, never on disk');
  pick.canSelectMany = true;
  pick.matchOnDescription = true;
  pick.busy = true;
  pick.show();
  const left = new Promise<undefined>((resolve) => pick.onDidHide(() => resolve(undefined)));
  try {
    const sides = sidesOf(of, parts.catalog);
    const read = Promise.all(sides.map(({ type }) => names.columns.catalog.read(of.account, type)));
    const answers = await Promise.race([read, left]);
    if (!answers) return;
    const shown = names.columns.chosen(of);
    const first = shown.length > 0 ? shown : lastChosen(of, parts, sides);
    const items = sides.flatMap((side, at) => itemsOf(side, answers[at]!, first));
    const ticked = new TickedInOrder(first.flatMap((each) => offeredAs(each, items, shown.length > 0)));
    pick.busy = false;
    pick.items = items;
    pick.selectedItems = ticked.items;
    pick.onDidChangeSelection((now) => {
      ticked.change(now.filter(({ property }) => property));
      // A line that only says something has a box to tick, as all lines have: it stays empty.
      if (ticked.items.length < now.length) pick.selectedItems = ticked.items;
    });
    const accepted = new Promise<true>((resolve) => pick.onDidAccept(() => resolve(true)));
    if (!(await Promise.race([accepted, left]))) return;
    ticked.change(pick.selectedItems.filter(({ property }) => property));
    const listed = items.flatMap(({ property }) => property ?? []);
    const cut = sides.filter((_, at) => !isWhole(answers[at]!)).map(({ end }) => end);
    await take(notOffered(shown, listed, cut), ticked.items, { of, sides, parts });
  } finally {
    pick.dispose();
  }
}

/** Whether everything is in the list that HubSpot has. */
function isWhole(answer: PropertiesAnswer): boolean {
  return answer.ok && answer.notListed === undefined;
}

function sidesOf(of: ColumnsOf, catalog: ObjectTypeCatalog): readonly Side[] {
  return endsOf(of).map((end) => {
    const type = typeAt(of, end);
    const { id, label, pluralLabel } = catalog.find(type, of.account);
    return { end, type, typeId: id, label, pluralLabel };
  });
}

function lastChosen(
  { account }: ColumnsOf,
  { lastProperties }: ChoosePropertiesParts,
  sides: readonly Side[],
): readonly ChosenProperty[] {
  return sides.flatMap(({ end, typeId }) => lastProperties.of(account, typeId).map((name) => ({ end, name })));
}

/** @param isShown otherwise it was chosen another time, and nothing sensitive is chosen by itself */
function offeredAs({ end, name }: ChosenProperty, items: readonly PropertyItem[], isShown: boolean): PropertyItem[] {
  const item = items.find(({ property }) => property?.end === end && property.name === name);
  return item && (isShown || !item.isSensitive) ? [item] : [];
}

/** @param first stand before the others */
function itemsOf(side: Side, answer: PropertiesAnswer, first: readonly ChosenProperty[]): PropertyItem[] {
  const { t } = vscode.l10n;
  const heading = (label: string): PropertyItem => ({ label, kind: vscode.QuickPickItemKind.Separator });
  const title = side.end === 'record' ? t('{0} (asked)', side.pluralLabel) : t('{0} (associated)', side.pluralLabel);
  if (!answer.ok) return [heading(title), { label: whyNot(answer.failure, side.type), alwaysShow: true }];
  const offered = answer.properties.filter(({ name }) => columnKey.safeParse(propertyKey({ ...side, name })).success);
  if (offered.length === 0) return [heading(title), { label: t('HubSpot lists no properties of this type.') }];
  const places = new Map(first.filter(({ end }) => end === side.end).map(({ name }, place) => [name, place]));
  const placeOf = ({ name }: PropertyDefinition) => places.get(name) ?? places.size;
  const { compare } = new Intl.Collator(vscode.env.language, { numeric: true });
  const ordered = offered.toSorted((one, other) => placeOf(one) - placeOf(other) || compare(one.label, other.label));
  const notListed = answer.notListed
    ? [{ label: t('Sensitive properties could not be listed. {0}', failureNotice(answer.notListed).sentence) }]
    : [];
  return [heading(title), ...ordered.map((definition) => itemOf(side, definition)), ...notListed];
}

function itemOf({ end, label: type }: Side, definition: PropertyDefinition): PropertyItem {
  const { t } = vscode.l10n;
  const { name, label, group, type: valueType, sensitivity, isHidden } = definition;
  const isSensitive = sensitivity !== 'none';
  const mark = { none: undefined, sensitive: t('sensitive'), highlySensitive: t('highly sensitive') }[sensitivity];
  const description = [type, name, group, valueType, mark, isHidden ? t('hidden in HubSpot') : undefined]
    .filter(Boolean)
    .map((part) => plainLabel(part ?? ''))
    .join(' · ');
  return { label: plainLabel(label), description, property: { end, name }, isSensitive };
}

function whyNot(failure: Failure, type: string): string {
  const { t } = vscode.l10n;
  const { sentence } = failureNotice(failure, scopesForPair(type, type));
  const isRefused = failure.kind === 'missingScopes' || failure.kind === 'forbidden';
  return isRefused ? t('Not allowed. {0}', sentence) : t('Not read. {0}', sentence);
}

async function take(
  kept: readonly ChosenProperty[],
  ticked: readonly PropertyItem[],
  {
    of,
    sides,
    parts,
  }: { readonly of: ColumnsOf; readonly sides: readonly Side[]; readonly parts: ChoosePropertiesParts },
): Promise<void> {
  const { names, lastProperties } = parts;
  const items = ticked.filter(({ property }) => property);
  const properties = [...kept, ...items.flatMap(({ property }) => property ?? [])];
  if (properties.length > mostProperties) {
    void vscode.window.showWarningMessage(vscode.l10n.t('At most {0} properties are shown at once.', mostProperties));
  }
  names.columns.choose(of, properties);
  const sensitive = new Set(
    items.flatMap(({ property, isSensitive }) => (property && isSensitive ? propertyKey(property) : [])),
  );
  const shown = names.columns.chosen(of).filter((each) => !sensitive.has(propertyKey(each)));
  for (const { end, typeId } of sides) {
    const ofSide = shown.filter((each) => each.end === end).map(({ name }) => name);
    if (ofSide.length > 0) await lastProperties.remember(of.account, typeId, ofSide);
  }
}
