/** What an endpoint of the sample HubSpot is given, and what it says. */

import type { Account, AccountObjectType } from './accountData.ts';
import type { RowReader } from './pages.ts';

/** What the endpoints need. */
export interface PortalState {
  readonly account: Account;
  readonly pageSize: number;
  readonly recordPageSize: number;
  /** Empty for a record that does not exist. */
  readonly rows: RowReader;
  /** The type by id, plural, singular, in any case, or by `p<portal>_<name>`. Throws HubSpot's 400 otherwise. */
  objectType(name: string): AccountObjectType;
  /** Throws HubSpot's 403 for the first type that no scope of the token opens. */
  requireScopes(...types: readonly AccountObjectType[]): void;
  isToken(token: string): boolean;
  times(): { readonly startedAt: string; readonly completedAt: string };
}

/** What an endpoint says: the status, and the body before it is written as JSON. */
export interface EndpointAnswer {
  readonly status: number;
  readonly body: unknown;
}
