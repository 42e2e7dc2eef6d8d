/** Asks HubSpot whether it accepts a token, and puts the answer in words. */
import * as vscode from 'vscode';
import type { Failure } from '../core/domain/failure.ts';
import { checkToken } from '../core/hubspot/tokenDetails.ts';
import { failureNotice } from '../editor/failureNotice.ts';
import type { TokenFacts } from './accounts.ts';
import type { Engine } from './connections.ts';

type TokenCheck =
  | { readonly kind: 'accepted'; readonly facts: TokenFacts }
  /** HubSpot was asked and said no. */
  | { readonly kind: 'refused'; readonly sentence: string }
  /** HubSpot could not be asked. */
  | { readonly kind: 'unreachable'; readonly sentence: string };

/** Never rejects; an aborted check ends as unreachable. */
export type CheckToken = (token: string, signal?: AbortSignal) => Promise<TokenCheck>;

/** Asks under the user's settings, and as an account of its own: one that is checked waits for no look-up. */
export function checkTokenWith(engine: Engine): CheckToken {
  return async (token, signal) => {
    const answer = await checkToken(token, engine.portsFor(token), signal);
    if (answer.kind === 'accepted') {
      const { scopes, ...details } = answer.details;
      return { kind: 'accepted', facts: { ...details, ...(scopes ? { scopes: [...scopes] } : {}), checked: true } };
    }
    return { kind: answer.kind, sentence: sentenceFor(answer.failure) };
  };
}

/** One sentence, for a box that has no room for more than the id by which HubSpot's support finds the call. */
function sentenceFor(failure: Failure): string {
  const { t } = vscode.l10n;
  if (failure.kind !== 'unauthorized') {
    const { sentence, details } = failureNotice(failure);
    return details ? `${sentence} (${details.replaceAll('\n', '; ')})` : sentence;
  }
  const sentence = failure.expired
    ? t('The token has expired.')
    : t('HubSpot does not accept the token: it is not known there, or was revoked.');
  const { correlationId } = failure.hubSpot;
  return correlationId === undefined ? sentence : t('{0} (Correlation ID: {1})', sentence, correlationId);
}
