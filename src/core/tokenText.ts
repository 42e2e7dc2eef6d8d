/** What somebody pasted where a token is wanted: the token in it, or what it is instead. */

/** privateApp: a private app token or service key, which look the same. oauth: an access token that lives 30 minutes. */
export type TokenKind = 'privateApp' | 'oauth' | 'unknown';

export type TokenText =
  | { readonly kind: TokenKind; readonly token: string }
  /** Nothing there. */
  | { readonly kind: 'empty' }
  /** An API key ("hapikey"): HubSpot switched these off on 2022-11-30. */
  | { readonly kind: 'apiKey' }
  /** The HubSpot CLI's personal access key, which has to be exchanged first and is no bearer token. */
  | { readonly kind: 'personalAccessKey' }
  /** Not the form of any credential: spaces or other characters that no header may hold. */
  | { readonly kind: 'notAToken' };

/**
 * Takes off what comes along when a token is copied (quotes, spaces, `Authorization: Bearer`), and tells what is left.
 * Source of the forms: HubSpot's documentation of private apps, service keys, OAuth and the CLI.
 */
export function readTokenText(pasted: string): TokenText {
  const token = pasted
    .trim()
    .replace(/^["'`]|["'`,;]+$/g, '')
    .replace(/^(?:-H\s*)?["']?authorization["']?\s*:\s*["']?/i, '')
    .replace(/^bearer\s+/i, '')
    .replace(/["'`]$/g, '')
    .trim();
  if (token === '') return { kind: 'empty' };
  if (!/^[\x21-\x7e]{8,4096}$/.test(token)) return { kind: 'notAToken' };
  if (/^pat-[a-z]{2}\d+-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(token))
    return { kind: 'privateApp', token };
  if (/^(?:eu1-[0-9a-f]{4}-)?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(token)) return { kind: 'apiKey' };
  // Both are base64 of a protobuf message. A personal access key begins with a string (0x0a: "Cg" to "Cv"), an OAuth access
  // token with a number (0x08: "CA" to "CP").
  if (/^C[g-v][A-Za-z0-9+/=_-]{60,}$/.test(token)) return { kind: 'personalAccessKey' };
  if (/^C[A-P][A-Za-z0-9+/=_-]{60,}$/.test(token)) return { kind: 'oauth', token };
  return { kind: 'unknown', token };
}
