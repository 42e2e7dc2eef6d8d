/** Accounts that are computed, not held: any number of deals, each with as many contacts and companies as wanted. */

import type { Account, AccountAssociation, AccountDetails } from '../../src/core/sampleHubSpot/accountData.ts';
import { standardDefinitions as standard } from '../../src/core/sampleHubSpot/associationDefinitions.ts';

export interface GeneratedAccountOptions {
  /** How many deals there are. Their ids come from `dealId`. */
  readonly deals: number;
  /** How many contacts the nth deal has; a number means all the same. Default 5. */
  readonly contacts?: number | ((nth: number) => number);
  /** How many companies the nth deal has; the first one is primary. Default 2. */
  readonly companies?: number | ((nth: number) => number);
}

const firstDeal = 20_000_000_000;
const firstContact = 300_000_000_000;
const firstCompany = 50_000_000_000;

/** The id of the nth deal, from 0. */
export const dealId = (nth: number) => String(firstDeal + nth);

/** The id of the contact that the nth deal has at this place, from 0. */
export const contactId = (nth: number, at: number) => String(firstContact + nth * 7 + at * 11);

export const dealIds = (count: number): readonly string[] => Array.from({ length: count }, (_, nth) => dealId(nth));

/** Ids of 11 digits that no generated deal has. */
export const unknownDealIds = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, nth) => String(99_000_000_000 + nth));

const details: AccountDetails = {
  portalId: 999_000_733,
  accountType: 'STANDARD',
  timeZone: 'US/Eastern',
  companyCurrency: 'USD',
  additionalCurrencies: [],
  utcOffset: '-05:00',
  utcOffsetMilliseconds: -18_000_000,
  uiDomain: 'app.hubspot.com',
  dataHostingLocation: 'na1',
};

export function generatedAccount(options: GeneratedAccountOptions): Account {
  const countOf = (count: number | ((nth: number) => number) | undefined, otherwise: number, nth: number) =>
    typeof count === 'function' ? count(nth) : (count ?? otherwise);
  const nthOf = (id: string) => {
    const nth = Number(id) - firstDeal;
    return nth >= 0 && nth < options.deals && dealId(nth) === id ? nth : undefined;
  };
  const associations = (typeId: string, id: string, toTypeId: string): readonly AccountAssociation[] => {
    const nth = typeId === '0-3' ? nthOf(id) : undefined;
    if (nth === undefined) return [];
    if (toTypeId === '0-1') {
      return Array.from({ length: countOf(options.contacts, 5, nth) }, (_, at) => ({
        toId: contactId(nth, at),
        definitions: [standard.dealToContact.forward],
      }));
    }
    if (toTypeId !== '0-2') return [];
    return Array.from({ length: countOf(options.companies, 2, nth) }, (_, at) => ({
      toId: String(firstCompany + nth * 3 + at * 13),
      definitions:
        at === 0
          ? [standard.dealToPrimaryCompany.forward, standard.dealToCompany.forward]
          : [standard.dealToCompany.forward],
    }));
  };
  return {
    details,
    scopes: ['oauth', 'crm.objects.contacts.read', 'crm.objects.companies.read', 'crm.objects.deals.read'],
    customTypes: [],
    has: (typeId, id) => typeId === '0-3' && nthOf(id) !== undefined,
    properties: (typeId, id) => (typeId === '0-3' && nthOf(id) !== undefined ? { dealname: `Deal ${id}` } : undefined),
    associations,
    definitions: (fromTypeId, toTypeId) =>
      Object.values(standard).flatMap((pair) => [
        ...(pair.fromTypeId === fromTypeId && pair.toTypeId === toTypeId ? [pair.forward] : []),
        ...(pair.toTypeId === fromTypeId && pair.fromTypeId === toTypeId ? [pair.backward] : []),
      ]),
  };
}
