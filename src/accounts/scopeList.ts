/** Which scopes to tick in HubSpot for the object types somebody wants to look up. */
import * as vscode from 'vscode';
import { customObjectScope } from '../core/domain/objectTypes.ts';
import { plainLabel } from '../core/text/plainText.ts';
import { howMany } from '../editor/howMany.ts';
import { commonObjectTypes } from './objectTypeCatalog.ts';

/** HubSpot's own page on how to create a service key. */
const serviceKeyHelp = vscode.Uri.parse(
  'https://developers.hubspot.com/docs/apps/developer-platform/build-apps/authentication/account-service-keys',
);

interface TypeItem extends vscode.QuickPickItem {
  readonly scopes: readonly string[];
}

/**
 * Asks for object types and lists the scopes that reading them needs, to be copied.
 * @returns true when the scopes were copied
 */
export async function listScopes(): Promise<boolean> {
  const { t } = vscode.l10n;
  const types = await vscode.window.showQuickPick(typeItems(), {
    title: t('Which scopes does the token need? (1/2)'),
    placeHolder: t('Tick the object types you want to look up, then press Enter.'),
    canPickMany: true,
    matchOnDescription: true,
    ignoreFocusOut: true,
  });
  if (!types || types.length === 0) return false;
  const scopes = [...new Set(types.flatMap((type) => type.scopes))];
  const copy = { label: `$(copy) ${t('Copy These Scopes')}`, description: howMany(scopes.length, 'scopes') };
  const help = { label: `$(link-external) ${t('How to Create a Service Key')}`, description: 'developers.hubspot.com' };
  const neededFor = (scope: string) =>
    types
      .filter((type) => type.scopes.includes(scope))
      .map(({ label }) => label)
      .join(', ');
  const chosen = await vscode.window.showQuickPick(
    [
      copy,
      help,
      { label: t('scopes to tick'), kind: vscode.QuickPickItemKind.Separator },
      ...scopes.map((scope) => ({ label: scope, description: neededFor(scope) })),
    ],
    {
      title: t('Which scopes does the token need? (2/2)'),
      placeHolder: t('Tick these when you create the service key or private app.'),
      ignoreFocusOut: true,
    },
  );
  if (!chosen) return false;
  if (chosen === help) {
    await vscode.env.openExternal(serviceKeyHelp);
    return false;
  }
  await vscode.env.clipboard.writeText(chosen === copy ? scopes.join('\n') : chosen.label);
  return true;
}

function typeItems(): TypeItem[] {
  const standard = commonObjectTypes().map(({ pluralLabel, readScopes, isMain }): TypeItem => {
    const scopes = readScopes.slice(0, 1);
    return { label: plainLabel(pluralLabel), description: scopes.join(', '), picked: isMain, scopes };
  });
  const custom = [customObjectScope, 'crm.schemas.custom.read'];
  return [...standard, { label: vscode.l10n.t('Custom objects'), description: custom.join(', '), scopes: custom }];
}
