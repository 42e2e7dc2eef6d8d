/** Asks HubSpot whether it accepts a token, and puts the answer in words. */
import type { TokenFacts } from './accounts.ts';
import { checkToken } from './core/hubspot/account.ts';
import type { Engine } from './engine.ts';
import { failureNotice } from './failureNotice.ts';

export type TokenCheck =
  | { readonly kind: 'accepted'; readonly facts: TokenFacts }
  /** HubSpot was asked and said no. */
  | { readonly kind: 'refused'; readonly sentence: string }
  /** HubSpot could not be asked. */
  | { readonly kind: 'unreachable'; readonly sentence: string };

/** Never rejects; an aborted check ends as unreachable. */
export type CheckToken = (token: string, signal?: AbortSignal) => Promise<TokenCheck>;

export function checkTokenWith(engine: Engine): CheckToken {
  return async (token, signal) => {
    const answer = await checkToken(token, engine.portsFor(token), signal);
    if (answer.kind === 'accepted') {
      const { scopes, ...details } = answer.details;
      return { kind: 'accepted', facts: { ...details, ...(scopes ? { scopes: [...scopes] } : {}), checked: true } };
    }
    const { sentence, details } = failureNotice(answer.failure);
    return { kind: answer.kind, sentence: details ? `${sentence} (${details.replaceAll('\n', '; ')})` : sentence };
  };
}
