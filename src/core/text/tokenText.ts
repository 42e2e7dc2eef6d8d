/** What somebody pasted where a token is wanted: the token in it, or what it is instead. */

/** privateApp: a private app token or service key, which look the same. oauth: an access token that lives 30 minutes. */
type TokenKind = 'privateApp' | 'oauth' | 'unknown';

export type TokenText =
  | { readonly kind: TokenKind; readonly token: string }
  /** Nothing there. */
  | { readonly kind: 'empty' }
  /** An API key ("hapikey"): HubSpot switched these off on 2022-11-30. An app's client id looks the same. */
  | { readonly kind: 'apiKey' }
  /** The HubSpot CLI's personal access key, which has to be exchanged first and is no bearer token. */
  | { readonly kind: 'personalAccessKey' }
  /** The beginning of a private app token or service key. */
  | { readonly kind: 'cutToken' }
  /** Several different tokens. */
  | { readonly kind: 'severalTokens' }
  /** Not the form of any credential: spaces or other characters that no header may hold. */
  | { readonly kind: 'notAToken' };

const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const privateApp = `pat-[a-z]{2}\\d{1,2}-${uuid}`;

/** How long an OAuth access token lives, in milliseconds. */
export const oauthLifetime = 30 * 60_000;

/**
 * Finds the token in what was copied along with it: quotes, spaces, `Authorization: Bearer`, a line of an .env file, a whole
 * command; and tells what is left. Source of the forms: HubSpot's documentation of private apps, service keys, OAuth and the
 * CLI. The longest text that is looked at has 10,000 characters.
 */
export function readTokenText(pasted: string): TokenText {
  // Mails, chats and documents put marks of no width into long words.
  const text = pasted.slice(0, 10_000).replace(/[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, '');
  const inText = new Set(text.match(new RegExp(`(?<![\\w-])${privateApp}(?![\\w-])`, 'gi')) ?? []);
  const [found] = inText;
  if (inText.size > 1) return { kind: 'severalTokens' };
  if (found !== undefined) return { kind: 'privateApp', token: found };

  const token = namedToken(text) ?? withoutWrapping(text);
  if (token === '') return { kind: 'empty' };
  if (/^pat-[a-z]{2}\d{1,2}(?:-[0-9a-f-]*)?$/i.test(token)) return { kind: 'cutToken' };
  if (!/^[\x21-\x7e]{8,4096}$/.test(token)) return { kind: 'notAToken' };
  if (new RegExp(`^(?:[a-z]{2}\\d{1,2}-[0-9a-f]{4}-)?${uuid}$`, 'i').test(token)) return { kind: 'apiKey' };
  // Both are base64 of a protobuf message. A personal access key begins with a string (0x0a: "Cg" to "Cv"), an OAuth access
  // token with a number (0x08: "CA" to "CP").
  if (/^C[g-v][A-Za-z0-9+/=_-]{60,}$/.test(token)) return { kind: 'personalAccessKey' };
  if (/^C[A-P][A-Za-z0-9+/=_-]{60,}$/.test(token)) return { kind: 'oauth', token };
  return { kind: 'unknown', token };
}

/** What stands where a token belongs: in a command, an address, an answer of HubSpot, the CLI's hubspot.config.yml. */
function namedToken(text: string): string | undefined {
  if (!/\s\S|[{?&]/.test(text.trim())) return undefined;
  const value = '["\'`]?([^\\s"\'`,;&})]{8,})';
  for (const name of [
    '\\bbearer\\s+',
    '\\b(?:access_?token|hapikey|personal_?access_?key)["\']?\\s*[:=]\\s*(?:>-\\s*)?',
  ]) {
    const found = new RegExp(`${name}${value}`, 'i').exec(text)?.[1];
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Takes off a header's or a variable's name, `Bearer`, quotes and what ends a line of code. */
function withoutWrapping(text: string): string {
  return text
    .trim()
    .replace(/^(?:-H|--header)\s+/, '')
    .replace(/^["'`]+/, '')
    .replace(/^(?:export\s+)?[A-Za-z_][A-Za-z0-9_.]*["'`]?\s*(?:=|:)\s*(?=\S)/, '')
    .replace(/^["'`]+/, '')
    .replace(/^bearer\s+/i, '')
    .replace(/["'`,;)}\s]+$/g, '')
    .trim();
}
