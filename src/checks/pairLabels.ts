/** What the account says of labels between two object types. */
import type { Account } from '../accounts/accounts.ts';
import type { Engine } from '../accounts/connections.ts';
import type { ObjectTypeCatalog } from '../accounts/objectTypeCatalog.ts';
import type { ApiVersion } from '../core/domain/associations.ts';
import type { Failure } from '../core/domain/failure.ts';
import type { ObjectType } from '../core/domain/objectTypes.ts';
import type { LabelDefinitions } from '../core/expectation/labelReading.ts';
import { readLabelDefinitions } from '../core/hubspot/labelDefinitions.ts';

export interface KnownLabels {
  readonly definitions: LabelDefinitions;
  readonly customTypes: readonly ObjectType[] | undefined;
  /** Why HubSpot does not tell: then labels cannot be compared. */
  readonly failure: Failure | undefined;
}

/** Of pairs without labels nothing has to be known. */
export const noLabels: KnownLabels = { definitions: { labels: undefined }, customTypes: undefined, failure: undefined };

/** Never rejects. */
export async function readPairLabels(
  pair: { readonly from: string; readonly to: string; readonly apiVersion: ApiVersion },
  account: Account,
  { engine, catalog }: { readonly engine: Engine; readonly catalog: ObjectTypeCatalog },
): Promise<KnownLabels> {
  const { failure, ...definitions } = await readLabelDefinitions(pair, engine.portsOf(account));
  // v3 names associations by the names of custom types.
  const customTypes = pair.apiVersion === 'v3' ? await catalog.customTypes(account) : undefined;
  return { definitions, customTypes, failure };
}
