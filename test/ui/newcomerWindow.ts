/** A window without an account of one's own, and a stand-in for a production account whose token may read contacts and companies. */
import { sampleAccount } from '../../src/core/sampleHubSpot/sampleAccount.ts';
import { startHubSpotStandIn } from '../hubspotStandIn.ts';
import { sharedWindow } from './sharedWindow.ts';

export const scopes: readonly string[] = ['oauth', 'crm.objects.contacts.read', 'crm.objects.companies.read'];

const acme = sampleAccount();
export const production = { ...acme, scopes, details: { ...acme.details, accountType: 'STANDARD' as const } };

export const newcomerWindow = sharedWindow(() => startHubSpotStandIn({ account: production }), {});
