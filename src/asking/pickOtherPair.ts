import * as vscode from 'vscode';
import { commonObjectTypes, type ObjectTypeCatalog } from '../accounts/objectTypeCatalog.ts';
import { lookUpTitle } from '../answers/lookUpWords.ts';
import { nearestName } from '../core/domain/nearestName.ts';
import { standardObjectType } from '../core/domain/objectTypes.ts';
import type { LookUpEntry } from '../lookUps/lookUpEntry.ts';
import { type Pair, pickType } from './pickObjectTypes.ts';

/**
 * Asks for other object types for the ids of a look-up whose types HubSpot does not know, the nearest known ones first.
 * @returns undefined when the user left
 */
export async function pickOtherPair(entry: LookUpEntry, catalog: ObjectTypeCatalog): Promise<Pair | undefined> {
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
  const to = await ask(question.to, 2, t('{0} → ?', label(from)), t('Whose associations do you want to see?'));
  return to === undefined ? undefined : { from, to };
}
