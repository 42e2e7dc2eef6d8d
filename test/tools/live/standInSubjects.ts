import type { Portal } from '../../../src/core/sampleHubSpot/portal.ts';
import { sampleIds } from '../../../src/core/sampleHubSpot/sampleAccount.ts';
import { samplePairs, unknownSampleIds } from '../../../src/core/sampleHubSpot/sampleHubSpot.ts';
import type { Subjects } from './liveAccount.ts';

/** The records of the sample account that the checks are about. It has no deleted one: such a record is like none. */
export function standInSubjects(portal: Portal): Subjects {
  const companies = (id: string, version: 'v3' | '2026-09') =>
    portal.associationsOf('deals', id, 'companies', { version }).length;
  return {
    deal: sampleIds.deal.find((id) => companies(id, 'v3') === 1 && companies(id, '2026-09') > 1),
    company: samplePairs.largestCompanyToContacts.ids[0],
    archived: unknownSampleIds[0],
  };
}
