/**
 * The sample account: a small made-up company's CRM, the same in every run. What there is to see in it:
 *
 * - deals with one, several and no companies; some of several have a primary one, a few have none, and v3 hides the rest;
 * - custom labels beside the plain type on one pair of records;
 * - one company with so many contacts that they come in several pages;
 * - contacts that are associated with nothing;
 * - a deal in the recycling bin, and one that was merged into another;
 * - a custom object type, installations;
 * - contacts with two sensitive properties, which are empty;
 * - feedback submissions, which the account's token may not read (403).
 */

import { isSameObjectType } from '../domain/objectTypes.ts';
import type { Account, RecordProperties } from './accountData.ts';
import { type DefinitionPair, definitionPair, standardDefinitions as standard } from './associationDefinitions.ts';
import { type AccountLink, type AccountRecord, inMemoryAccount } from './inMemoryAccount.ts';
import {
  companyNames,
  dealStages,
  dealSubjects,
  firstNames,
  lastNames,
  sampleOwners,
  ticketSubjects,
} from './sampleNames.ts';
import { sampleProperties } from './sampleProperties.ts';

/** No real account has a number of this size. */
export const samplePortalId = 999_000_417;

export const installationTypeId = '2-141736208';
const installationTypeName = `p${samplePortalId}_installations`;

/** A type of the sample account that its token may not read. */
export const forbiddenTypeName = 'feedback_submissions';

const userDefined = { category: 'USER_DEFINED' } as const;

const custom = {
  contactDecisionMaker: definitionPair(
    '0-1',
    '0-2',
    [61, 'decision_maker', 'Decision maker'],
    [62, 'decision_maker', 'Decision maker'],
    userDefined,
  ),
  contactFormerEmployer: definitionPair(
    '0-1',
    '0-2',
    [63, 'former_employer', 'Former employer'],
    [64, 'former_employee', 'Former employee'],
    userDefined,
  ),
  dealBilling: definitionPair(
    '0-3',
    '0-2',
    [65, 'billing_company', 'Billing company'],
    [66, 'billing_company', 'Billing company'],
    userDefined,
  ),
  dealReseller: definitionPair('0-3', '0-2', [67, 'reseller', 'Reseller'], [68, 'reseller', 'Reseller'], userDefined),
  dealChampion: definitionPair('0-3', '0-1', [69, 'champion', 'Champion'], [70, 'champion', 'Champion'], userDefined),
  installationToCompany: definitionPair(
    installationTypeId,
    '0-2',
    [101, 'installation_to_company'],
    [102, 'company_to_installation'],
    userDefined,
  ),
  installationToContact: definitionPair(
    installationTypeId,
    '0-1',
    [103, 'installation_to_contact'],
    [104, 'contact_to_installation'],
    userDefined,
  ),
  installationToDeal: definitionPair(
    installationTypeId,
    '0-3',
    [105, 'installation_to_deal'],
    [106, 'deal_to_installation'],
    userDefined,
  ),
} satisfies Record<string, DefinitionPair>;

const counts = { contacts: 260, companies: companyNames.length, deals: 90, tickets: 60, installations: 24 };

/** The company that has more contacts than a page holds: the second one. */
export const largestCompany = 1;

/** The id of the nth record of a type: 11 or 12 digits, neither consecutive nor in order of size across types. */
const ids = {
  contact: (nth: number) => String(84_092_605_668 + nth * 7_919 + (nth % 3 === 1 ? 756_000_000_000 : 0)),
  company: (nth: number) => String(17_496_863_841 + nth * 104_729),
  deal: (nth: number) => String(17_982_944_313 + nth * 15_485),
  ticket: (nth: number) => String(15_318_274_106 + nth * 32_452),
  installation: (nth: number) => String(23_870_115_902 + nth * 49_979),
};

export const sampleIds: Readonly<Record<keyof typeof ids, readonly string[]>> = {
  contact: list(counts.contacts, ids.contact),
  company: list(counts.companies, ids.company),
  deal: list(counts.deals, ids.deal),
  ticket: list(counts.tickets, ids.ticket),
  installation: list(counts.installations, ids.installation),
};

/** A deal in the recycling bin. */
export const archivedDealId = '17982999999';

const companyOfDeal = (nth: number) => (nth * 7 + 2) % counts.companies;

/** The trial of a company, which was merged into the deal that came of it. */
export const mergedDeal = {
  id: '34461455164',
  into: sampleIds.deal.find((_, nth) => companyNames[companyOfDeal(nth)] === 'Mosswater Utilities')!,
};

function list(count: number, idOf: (nth: number) => string): readonly string[] {
  return Array.from({ length: count }, (_, nth) => idOf(nth));
}

/** The records and links of an account, as they are put in one after the other. */
class Contents {
  readonly records: AccountRecord[] = [];
  readonly links: AccountLink[] = [];

  add(typeId: string, id: string, properties: RecordProperties): void {
    this.records.push({ typeId, id, properties });
  }

  link(fromId: string, toId: string, ...pairs: readonly DefinitionPair[]): void {
    this.links.push({ fromId, toId, pairs });
  }
}

function pick<Item>(items: readonly Item[], nth: number): Item {
  return items[nth % items.length]!;
}

function domainOf(company: string): string {
  return `${company.toLowerCase().replace(/[^a-z]+/g, '-')}.example.com`;
}

function addCompanies(to: Contents): void {
  companyNames.forEach((name, nth) => {
    to.add('0-2', ids.company(nth), { name, domain: domainOf(name) });
  });
  // Every eighth company belongs to the one before it.
  for (let nth = 7; nth < counts.companies; nth += 8) {
    to.link(ids.company(nth - 1), ids.company(nth), standard.companyToCompany, standard.parentToChildCompany);
  }
}

function addContacts(to: Contents): void {
  for (let nth = 0; nth < counts.contacts; nth++) {
    const first = pick(firstNames, nth * 7);
    const last = pick(lastNames, nth * 11 + Math.floor(nth / 29));
    const company = nth < 140 ? largestCompany : (nth * 5) % counts.companies;
    const email = `${first}.${last}@${domainOf(pick(companyNames, company))}`.toLowerCase();
    to.add('0-1', ids.contact(nth), { firstname: first, lastname: last, email });
    if (nth % 13 === 12) continue;
    const labels = nth % 9 === 0 ? [custom.contactDecisionMaker] : [];
    to.link(
      ids.contact(nth),
      ids.company(company),
      standard.contactToPrimaryCompany,
      standard.contactToCompany,
      ...labels,
    );
    if (nth % 6 === 0) {
      const former = (company + 3 + nth) % counts.companies;
      if (former !== company) {
        to.link(ids.contact(nth), ids.company(former), standard.contactToCompany, custom.contactFormerEmployer);
      }
    }
  }
}

function linkDeal(to: Contents, nth: number, company: number): void {
  // Every seventh deal is associated with nothing yet.
  if (nth % 7 === 6) return;
  // Every eleventh has companies, none of them primary.
  const primary = nth % 11 === 10 ? [] : [standard.dealToPrimaryCompany];
  const billing = nth % 4 === 0 ? [custom.dealBilling] : [];
  to.link(ids.deal(nth), ids.company(company), standard.dealToCompany, ...primary, ...billing);
  if (nth % 3 === 0) {
    to.link(ids.deal(nth), ids.company((company + 5) % counts.companies), standard.dealToCompany, custom.dealReseller);
  }
  if (nth % 10 === 5) {
    to.link(ids.deal(nth), ids.company((company + 9) % counts.companies), standard.dealToCompany);
  }
  for (let person = 0; person <= nth % 4; person++) {
    const champion = person === 0 && nth % 2 === 0 ? [custom.dealChampion] : [];
    to.link(ids.deal(nth), ids.contact((nth * 3 + person * 17) % counts.contacts), standard.dealToContact, ...champion);
  }
}

function addDeals(to: Contents): void {
  for (let nth = 0; nth < counts.deals; nth++) {
    const company = companyOfDeal(nth);
    to.add('0-3', ids.deal(nth), {
      ...(ids.deal(nth) === mergedDeal.into && { hs_merged_object_ids: mergedDeal.id }),
      dealname: `${pick(companyNames, company)} - ${pick(dealSubjects, nth * 3)}`,
      amount: String(1_200 + ((nth * 1_733) % 48_000)),
      closedate: `2026-${String((nth % 12) + 1).padStart(2, '0')}-${String(((nth * 5) % 27) + 1).padStart(2, '0')}`,
      dealstage: pick(dealStages, nth),
      // Every fifth deal belongs to nobody.
      hubspot_owner_id: nth % 5 === 4 ? null : pick(sampleOwners, nth).id,
    });
    linkDeal(to, nth, company);
  }

  to.records.push({
    typeId: '0-3',
    id: archivedDealId,
    properties: { dealname: 'Duplicate - do not use' },
    archived: true,
  });
}

function addTickets(to: Contents): void {
  for (let nth = 0; nth < counts.tickets; nth++) {
    to.add('0-5', ids.ticket(nth), { subject: pick(ticketSubjects, nth * 5) });
    if (nth % 10 === 9) continue;
    const company = (nth * 11 + 1) % counts.companies;
    to.link(ids.ticket(nth), ids.company(company), standard.ticketToPrimaryCompany, standard.ticketToCompany);
    to.link(ids.ticket(nth), ids.contact((nth * 4 + 1) % counts.contacts), standard.ticketToContact);
    if (nth % 3 === 0) to.link(ids.ticket(nth), ids.deal((nth * 2 + 1) % counts.deals), standard.ticketToDeal);
  }
}

function addInstallations(to: Contents): void {
  for (let nth = 0; nth < counts.installations; nth++) {
    const company = (nth * 2) % counts.companies;
    to.add(installationTypeId, ids.installation(nth), {
      installation_name: `${pick(companyNames, company)}, line ${(nth % 4) + 1}`,
      serial_number: `SN-${4_100 + nth * 37}`,
    });
    if (nth % 8 === 7) continue;
    to.link(ids.installation(nth), ids.company(company), custom.installationToCompany);
    to.link(ids.installation(nth), ids.contact((nth * 9 + 2) % counts.contacts), custom.installationToContact);
    if (nth % 2 === 0) to.link(ids.installation(nth), ids.deal((nth * 3) % counts.deals), custom.installationToDeal);
  }
}

export function sampleAccount(): Account {
  const contents = new Contents();
  addCompanies(contents);
  addContacts(contents);
  addDeals(contents);
  addTickets(contents);
  addInstallations(contents);
  const account = inMemoryAccount({
    details: {
      portalId: samplePortalId,
      accountType: 'DEVELOPER_TEST',
      timeZone: 'Europe/Amsterdam',
      companyCurrency: 'EUR',
      additionalCurrencies: ['USD'],
      utcOffset: '+01:00',
      utcOffsetMilliseconds: 3_600_000,
      uiDomain: 'app-eu1.hubspot.com',
      dataHostingLocation: 'eu1',
    },
    scopes: [
      'oauth',
      'tickets',
      'crm.objects.contacts.read',
      'crm.objects.companies.read',
      'crm.objects.deals.read',
      'crm.objects.custom.read',
      'crm.objects.owners.read',
      'crm.schemas.custom.read',
    ],
    customTypes: [
      {
        id: installationTypeId,
        singular: 'installation',
        readScopes: ['crm.objects.custom.read'],
        custom: {
          name: 'installations',
          fullyQualifiedName: installationTypeName,
          labels: { singular: 'Installation', plural: 'Installations' },
          primaryDisplayProperty: 'installation_name',
          properties: ['installation_name', 'serial_number'],
        },
      },
    ],
    definitions: [...Object.values(standard), ...Object.values(custom)],
    records: contents.records,
    links: contents.links,
    merged: [{ typeId: '0-3', ...mergedDeal }],
    properties: sampleProperties(installationTypeId),
    owners: sampleOwners,
  });
  // Records that its token may not read: that there are some is told all the same.
  const recordCount = (typeId: string) =>
    isSameObjectType(typeId, forbiddenTypeName) ? 12 : (account.recordCount?.(typeId) ?? 0);
  return { ...account, recordCount };
}
