/** A record's page in HubSpot. */

import * as vscode from 'vscode';
import type { Account } from '../accounts/accounts.ts';
import { standardObjectType } from '../core/domain/objectTypes.ts';
import { sayBriefly } from '../editor/said.ts';

/** Activities have no page of their own (HubSpot shows them on the records they belong to). */
const withoutPage: ReadonlySet<string> = new Set(['0-18', '0-27', '0-46', '0-47', '0-48', '0-49', '0-116']);

/**
 * `https://{uiDomain}/contacts/{portalId}/record/{objectTypeId}/{id}`, or undefined when the account's facts are not known
 * or the type has no pages.
 */
function recordUrl(account: Account, objectType: string, id: string): string | undefined {
  const { portalId, uiDomain } = account;
  const typeId = standardObjectType(objectType)?.id ?? (/^\d+-\d+$/.test(objectType) ? objectType : undefined);
  if (!portalId || !uiDomain || !typeId || withoutPage.has(typeId) || !/^\d+$/.test(id)) return undefined;
  return `https://${uiDomain}/contacts/${portalId}/record/${typeId}/${id}`;
}

/** Opens a record's page, or says why it cannot. */
export async function openInHubSpot(account: Account, objectType: string, id: string): Promise<void> {
  const { t } = vscode.l10n;
  const url = recordUrl(account, objectType, id);
  if (url) {
    await vscode.env.openExternal(vscode.Uri.parse(url, true));
    return;
  }
  const isKnown = account.portalId !== undefined && account.uiDomain !== undefined;
  const why =
    isKnown || account.kind === 'sample'
      ? t('HubSpot has no page for this record.')
      : t('HubSpot did not say where the pages of this account are. Check Account Again asks once more.');
  sayBriefly(why);
}
