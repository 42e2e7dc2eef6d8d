import { sampleAccount } from '../../src/core/samplePortal/sampleAccount.ts';
import { until } from '../host/until.ts';
import type { Workbench } from '../host/workbench.ts';
import { type StandIn, startHubSpotStandIn } from '../hubspotStandIn.ts';

/** A HubSpot on this machine whose account is one that a company works in. */
export function startProduction(): Promise<StandIn> {
  const account = sampleAccount();
  return startHubSpotStandIn({ account: { ...account, details: { ...account.details, accountType: 'STANDARD' } } });
}

/** Opens the box for a token and puts one in, as far as HubSpot is asked. */
export async function typeToken(workbench: Workbench, token: string): Promise<void> {
  await workbench.runCommand('HubSpot Associations: Add Account...');
  await workbench.quickInput.opened('Add a HubSpot account');
  await workbench.quickInput.type(token);
  await workbench.quickInput.opened('service key or private app token');
}

/** Adds the account and waits until it is the active one. */
export async function addAcme(workbench: Workbench, token: string): Promise<void> {
  await typeToken(workbench, token);
  await workbench.quickInput.accept();
  await workbench.quickInput.opened('Name this account');
  await workbench.quickInput.type('Acme');
  await workbench.quickInput.accept();
  await accountShown(workbench, 'Acme (Production)');
}

/** Waits until the status bar names this account as the active one. */
export async function accountShown(workbench: Workbench, expected: string): Promise<void> {
  const shown = () =>
    workbench.statusItem('associations-for-hubspot.associations-for-hubspot.hubspotAssociations.account');
  await until(`the status bar says ${expected}`, async () => (await shown()) === expected, shown);
}
