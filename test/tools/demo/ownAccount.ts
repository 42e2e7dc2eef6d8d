import { sampleAccount } from '../../../src/core/sampleHubSpot/sampleAccount.ts';
import type { Workbench } from '../../host/workbench.ts';
import type { StandIn } from '../../hubspotStandIn/standIn.ts';
import { startHubSpotStandIn } from '../../hubspotStandIn.ts';
import { accountIs, addAccount } from '../../ui/steps.ts';

/** A HubSpot on this machine whose account is one that a company works in. */
export function startProduction(): Promise<StandIn> {
  const account = sampleAccount();
  return startHubSpotStandIn({ account: { ...account, details: { ...account.details, accountType: 'STANDARD' } } });
}

/** Opens the box for a token and puts one in, as far as HubSpot is asked. */
export async function typeToken(workbench: Workbench, token: string): Promise<void> {
  await workbench.ask('HubSpot Associations: Add Account...', 'Add a HubSpot account');
  await workbench.quickInput.type(token);
  await workbench.quickInput.opened('service key or private app token');
}

/** Adds the account and waits until it is the active one. */
export async function addAcme(workbench: Workbench, token: string): Promise<void> {
  await addAccount(workbench, 'Acme', token);
  await accountIs(workbench, 'Acme (Production)');
}
