/** Tokens that may belong to a user, whose answers are then what that user may see. */

/**
 * True unless it is the token of a private app or a service key (`pat-`). An OAuth access token acts for an app or for the user
 * who let it in; HubSpot does not say which. Whatever is shorter than any of HubSpot's tokens is none.
 */
export function mayBeUserToken(token: string): boolean {
  return token.length >= 40 && !/^pat-/i.test(token);
}
