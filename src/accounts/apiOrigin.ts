import * as vscode from 'vscode';

/** One host for every region: HubSpot routes by token (HubSpot documentation, "All APIs use the same root path"). */
const hubSpotOrigin = 'https://api.hubapi.com';

/** Where requests go, and a token that came with it. */
export interface ApiOrigin {
  readonly origin: string;
  /** Set only together with a redirected origin. */
  readonly token?: string;
  readonly redirected: boolean;
}

/**
 * HubSpot, unless the extension runs from its sources (Development or Test mode) and HUBSPOT_API_ORIGIN names a loopback
 * address: then that, with HUBSPOT_TOKEN as its token. An installed extension never looks at the environment, and no
 * setting can send a token elsewhere.
 */
export function apiOrigin(mode: vscode.ExtensionMode, environment: NodeJS.ProcessEnv): ApiOrigin {
  const wanted = environment.HUBSPOT_API_ORIGIN;
  if (mode === vscode.ExtensionMode.Production || !wanted) return { origin: hubSpotOrigin, redirected: false };
  const origin = loopbackOrigin(wanted);
  if (!origin) return { origin: hubSpotOrigin, redirected: false };
  const token = environment.HUBSPOT_TOKEN?.trim();
  return { origin, redirected: true, ...(token ? { token } : {}) };
}

/** The origin of a http(s) address on this machine, or undefined for every other address. */
function loopbackOrigin(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  const isWeb = url.protocol === 'http:' || url.protocol === 'https:';
  const isLoopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(url.hostname);
  return isWeb && isLoopback && !url.username ? url.origin : undefined;
}
