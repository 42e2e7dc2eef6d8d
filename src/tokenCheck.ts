/** Asks HubSpot whether it accepts a token, and puts the answer in words. */
import type { AccountFacts } from './accounts.ts';

export type TokenCheck =
  | { readonly kind: 'accepted'; readonly facts: Omit<AccountFacts, 'name'> }
  /** HubSpot was asked and said no. */
  | { readonly kind: 'refused'; readonly sentence: string }
  /** HubSpot could not be asked. */
  | { readonly kind: 'unreachable'; readonly sentence: string };

export type CheckToken = (token: string) => Promise<TokenCheck>;
