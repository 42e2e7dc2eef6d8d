/** The custom object types of an account. HubSpot lists no others anywhere. */
import * as z from 'zod';
import type { Failure } from '../domain/failure.ts';
import { customObjectScope, isObjectTypeName, type ObjectType } from '../domain/objectTypes.ts';
import { HubSpotClient } from './client.ts';
import { schemasRequest } from './endpoints.ts';
import { readingList } from './json.ts';
import { apiVersionOf, type HubSpotPorts } from './ports.ts';
import { customTypesIn, readRecordUsage } from './recordUsage.ts';

const schema = z.object({
  objectTypeId: z.string().regex(/^2-\d{1,19}$/),
  fullyQualifiedName: z.string().min(1),
  labels: z.object({ singular: z.string().nullish(), plural: z.string().nullish() }).nullish().catch(undefined),
  name: z.string().nullish().catch(undefined),
  primaryDisplayProperty: z.string().nullish().catch(undefined),
});

/** One schema that does not fit says nothing about the others. */
const anySchema = schema.optional().catch(undefined);

/** With these HubSpot says that this token reads no custom object types, whenever it is asked. */
const refusals: readonly Failure['kind'][] = ['noToken', 'unauthorized', 'refused'];
/** The token may not read schemas, which says nothing of what else it may read. */
const scopeRefusals: readonly Failure['kind'][] = ['missingScopes', 'forbidden'];

/**
 * `GET /crm-object-schemas/v3/schemas` under v3. Custom objects are an Enterprise feature and their schemas need a scope of their
 * own. Where HubSpot refuses those, its count of records tells the types and their labels; where that is refused too the account
 * has none, quietly.
 * @returns undefined when HubSpot could not be asked, as without a connection: it may answer later
 */
export async function readCustomObjectTypes(ports: HubSpotPorts): Promise<readonly ObjectType[] | undefined> {
  const client = new HubSpotClient(ports, { tries: 2, callMilliseconds: 20_000, totalMilliseconds: 30_000 });
  const outcome = await client.request(schemasRequest(apiVersionOf(ports)), readSchemas);
  if (outcome.ok) return outcome.value;
  if (scopeRefusals.includes(outcome.failure.kind)) {
    const used = await readRecordUsage(ports);
    return used === 'refused' ? [] : used && customTypesIn(used);
  }
  return refusals.includes(outcome.failure.kind) ? [] : undefined;
}

function readSchemas(text: string) {
  return readingList(text, anySchema, (each) => each && objectType(each));
}

function objectType({
  objectTypeId,
  fullyQualifiedName,
  labels,
  name,
  primaryDisplayProperty,
}: z.infer<typeof schema>) {
  const label = labels?.singular || name || fullyQualifiedName;
  return {
    id: objectTypeId,
    // Where the name could not stand in a path, the id stands for the type there.
    name: isObjectTypeName(fullyQualifiedName) ? fullyQualifiedName : objectTypeId,
    singular: name || fullyQualifiedName,
    label,
    pluralLabel: labels?.plural || label,
    displayProperties: primaryDisplayProperty ? [primaryDisplayProperty] : [],
    readScopes: [customObjectScope],
  };
}
