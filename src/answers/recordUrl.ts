/** A record's page in HubSpot. */

import * as vscode from 'vscode';
import type { Account } from '../accounts/accounts.ts';
import { isObjectTypeName, standardObjectType } from '../core/domain/objectTypes.ts';
import { isRecordId } from '../core/domain/recordId.ts';
import { isPortalId, isUiDomain } from '../core/hubspot/tokenDetails.ts';
import { sayWhyNot } from '../editor/said.ts';

/**
 * `https://{uiDomain}/contacts/{portalId}/record/{objectTypeId}/{id}`, or undefined when the account's facts are not known
 * or the type has no pages.
 */
export function recordUrl(
  account: Pick<Account, 'portalId' | 'uiDomain'>,
  objectType: string,
  id: string,
): string | undefined {
  const { portalId, uiDomain } = account;
  if (!isObjectTypeName(objectType) || !isRecordId(id)) return undefined;
  const standard = standardObjectType(objectType);
  const typeId = standard?.id ?? (/^\d+-\d+$/.test(objectType) ? objectType : undefined);
  if (!typeId || standard?.hasPage === false) return undefined;
  // What is known of an account has been on the disk, where others can write.
  if (!portalId || !isPortalId(portalId) || !uiDomain || !isUiDomain(uiDomain)) return undefined;
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
  sayWhyNot(why);
}
