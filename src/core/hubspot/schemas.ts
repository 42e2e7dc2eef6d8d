/** The custom object types of an account. HubSpot lists no others anywhere. */
import * as z from 'zod';
import type { ObjectType } from '../domain/objectTypes.ts';
import { HubSpotClient, type Read } from './client.ts';
import { readJson } from './json.ts';
import type { HubSpotPorts } from './ports.ts';

const schema = z.object({
  objectTypeId: z.string().regex(/^2-\d+$/),
  fullyQualifiedName: z.string().min(1),
  labels: z.object({ singular: z.string().nullish(), plural: z.string().nullish() }).nullish().catch(undefined),
  name: z.string().nullish().catch(undefined),
  primaryDisplayProperty: z.string().nullish().catch(undefined),
});

/** One schema that does not fit says nothing about the others. */
const schemas = z.object({ results: z.array(schema.optional().catch(undefined)) });

/**
 * `GET /crm-object-schemas/v3/schemas`. Custom objects are an Enterprise feature and need a scope of their own: an account
 * that does not answer has none, quietly.
 */
export async function readCustomObjectTypes(ports: HubSpotPorts): Promise<readonly ObjectType[]> {
  const client = new HubSpotClient(ports, { tries: 2, callMilliseconds: 20_000, totalMilliseconds: 30_000 });
  const outcome = await client.request({ method: 'GET', path: '/crm-object-schemas/v3/schemas' }, readSchemas);
  return outcome.ok ? outcome.value : [];
}

function readSchemas(text: string): Read<readonly ObjectType[]> {
  const json = readJson(text);
  if (!json.ok) return { unreadable: { where: '', detail: json.detail } };
  const parsed = schemas.safeParse(json.value);
  if (!parsed.success) return { unreadable: { where: 'results', detail: parsed.error.issues[0]?.message ?? '' } };
  return { value: parsed.data.results.filter((each) => each !== undefined).map(objectType) };
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
    name: fullyQualifiedName,
    singular: name || fullyQualifiedName,
    label,
    pluralLabel: labels?.plural || label,
    displayProperties: primaryDisplayProperty ? [primaryDisplayProperty] : [],
    readScopes: ['crm.objects.custom.read'],
  };
}
