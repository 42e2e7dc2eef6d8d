/** The built-in sample account behind its portal, and look-ups worth trying on it. */

import { createPortal, type Portal, type PortalOptions } from './portal.ts';
import {
  archivedDealId,
  forbiddenTypeName,
  installationTypeId,
  largestCompany,
  mergedDeal,
  sampleAccount,
  sampleIds,
} from './sampleAccount.ts';

/** A fresh portal to the sample account. It asks for no token unless the options name some. */
export function createSamplePortal(options: PortalOptions = {}): Portal {
  return createPortal(sampleAccount(), options);
}

/** Of no record at all. */
export const missingSampleId = '840926056669';

/** Ids of deals that are not there: one was merged into another, one is archived, one never was. */
export const unknownSampleIds: readonly string[] = [mergedDeal.id, archivedDealId, missingSampleId];

let account: ReturnType<typeof sampleAccount> | undefined;

/** True for the id of a record of the sample account, of any object type, also of one that was archived or merged into another. */
export function isSampleId(id: string): boolean {
  account ??= sampleAccount();
  const { customTypes, has, isArchived, survivorOf } = account;
  return [...sampleTypeIds, ...customTypes.map((type) => type.id)].some(
    (type) => has(type, id) || isArchived?.(type, id) || survivorOf?.(type, id) !== undefined,
  );
}

/** Contacts, companies, deals and tickets. */
const sampleTypeIds = ['0-1', '0-2', '0-3', '0-5'];

export interface SamplePair {
  readonly from: string;
  readonly to: string;
  readonly ids: readonly string[];
}

/** Look-ups worth trying: several labels and no primary, pages, none at all, a custom object type, a 403. */
export const samplePairs = {
  dealsToCompanies: { from: 'deals', to: 'companies', ids: [...sampleIds.deal.slice(0, 24), ...unknownSampleIds] },
  companiesToContacts: { from: 'companies', to: 'contacts', ids: sampleIds.company.slice(0, 6) },
  /** More contacts than one page holds. */
  largestCompanyToContacts: { from: 'companies', to: 'contacts', ids: [sampleIds.company[largestCompany]!] },
  contactsToTickets: { from: 'contacts', to: 'tickets', ids: sampleIds.contact.slice(0, 40) },
  dealsToInstallations: { from: 'deals', to: installationTypeId, ids: sampleIds.deal.slice(0, 30) },
  dealsToForbidden: { from: 'deals', to: forbiddenTypeName, ids: sampleIds.deal.slice(0, 3) },
} satisfies Record<string, SamplePair>;
