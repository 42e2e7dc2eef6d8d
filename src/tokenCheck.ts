/** Asks HubSpot whether it accepts a token, and puts the answer in words. */
import type { AccountFacts } from './accounts.ts';
import { checkToken } from './core/hubspot/account.ts';
import type { Engine } from './engine.ts';
import { failureNotice } from './failureNotice.ts';

export type TokenCheck =
  | { readonly kind: 'accepted'; readonly facts: Omit<AccountFacts, 'name'> }
  /** HubSpot was asked and said no. */
  | { readonly kind: 'refused'; readonly sentence: string }
  /** HubSpot could not be asked. */
  | { readonly kind: 'unreachable'; readonly sentence: string };

export type CheckToken = (token: string) => Promise<TokenCheck>;

export function checkTokenWith(engine: Engine): CheckToken {
  return async (token) => {
    const answer = await checkToken(token, engine.portsFor(token));
    if (answer.kind === 'accepted') {
      const { scopes, ...details } = answer.details;
      return { kind: 'accepted', facts: { ...details, ...(scopes ? { scopes: [...scopes] } : {}), checked: true } };
    }
    const { sentence, details } = failureNotice(answer.failure);
    return { kind: answer.kind, sentence: details ? `${sentence} (${details.replaceAll('\n', '; ')})` : sentence };
  };
}
