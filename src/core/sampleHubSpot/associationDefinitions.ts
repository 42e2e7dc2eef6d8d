/**
 * HubSpot's own association types between the object types of the sample account, both directions of each.
 * Source: HubSpot's published list of association types (ids) and the v3 `/types` answers (names).
 */

import type { AssociationCategory, AssociationDefinition } from './accountData.ts';

/** Both directions of one way to associate; `forward` is read from the first object type. */
export interface DefinitionPair {
  readonly fromTypeId: string;
  readonly toTypeId: string;
  readonly forward: AssociationDefinition;
  readonly backward: AssociationDefinition;
}

type Direction = readonly [typeId: number, name: string, label?: string];

/** One pair of definitions. `primary` marks the one that names a record's primary company. */
export function definitionPair(
  fromTypeId: string,
  toTypeId: string,
  forward: Direction,
  backward: Direction,
  kind: { readonly category?: AssociationCategory; readonly primary?: boolean } = {},
): DefinitionPair {
  const definition = ([typeId, name, label]: Direction): AssociationDefinition => ({
    category: kind.category ?? 'HUBSPOT_DEFINED',
    typeId,
    label: label ?? null,
    name,
    primary: kind.primary ?? false,
  });
  return { fromTypeId, toTypeId, forward: definition(forward), backward: definition(backward) };
}

const primary = { primary: true };

export const standardDefinitions = {
  contactToPrimaryCompany: definitionPair(
    '0-1',
    '0-2',
    [1, 'contact_to_company', 'Primary'],
    [2, 'company_to_contact', 'Contact with Primary Company'],
    primary,
  ),
  contactToCompany: definitionPair(
    '0-1',
    '0-2',
    [279, 'contact_to_company_unlabeled'],
    [280, 'company_to_contact_unlabeled'],
  ),
  dealToPrimaryCompany: definitionPair(
    '0-3',
    '0-2',
    [5, 'deal_to_company', 'Primary'],
    [6, 'company_to_deal', 'Deal with Primary Company'],
    primary,
  ),
  dealToCompany: definitionPair('0-3', '0-2', [341, 'deal_to_company_unlabeled'], [342, 'company_to_deal_unlabeled']),
  ticketToPrimaryCompany: definitionPair(
    '0-5',
    '0-2',
    [26, 'ticket_to_company', 'Primary'],
    [25, 'company_to_ticket', 'Ticket with Primary Company'],
    primary,
  ),
  ticketToCompany: definitionPair(
    '0-5',
    '0-2',
    [339, 'ticket_to_company_unlabeled'],
    [340, 'company_to_ticket_unlabeled'],
  ),
  dealToContact: definitionPair('0-3', '0-1', [3, 'deal_to_contact'], [4, 'contact_to_deal']),
  ticketToContact: definitionPair('0-5', '0-1', [16, 'ticket_to_contact'], [15, 'contact_to_ticket']),
  ticketToDeal: definitionPair('0-5', '0-3', [28, 'ticket_to_deal'], [27, 'deal_to_ticket']),
  companyToCompany: definitionPair('0-2', '0-2', [450, 'company_to_company'], [450, 'company_to_company']),
  parentToChildCompany: definitionPair(
    '0-2',
    '0-2',
    [13, 'parent_to_child_company', 'Child Company'],
    [14, 'child_to_parent_company', 'Parent Company'],
  ),
} satisfies Record<string, DefinitionPair>;
