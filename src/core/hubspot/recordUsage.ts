/** How many records of which object types an account has, by HubSpot's own count. */
import * as z from 'zod';
import type { Failure } from '../domain/failure.ts';
import { customObjectScope, isObjectTypeName, type ObjectType } from '../domain/objectTypes.ts';
import { inSteps, type Steps } from '../domain/steps.ts';
import { HubSpotClient } from './client.ts';
import { recordUsageRequest } from './endpoints.ts';
import { firstIssue, list, type Read, readingJson } from './json.ts';
import { apiVersionOf, type HubSpotPorts } from './ports.ts';

/** An object type of the account, and how many records of it there are. The count may lag behind. */
export interface UsedObjectType {
  readonly id: string;
  readonly label: string;
  readonly pluralLabel: string;
  readonly records: number;
}

const used = z.object({
  objectTypeId: z.string().refine(isObjectTypeName),
  singularLabel: z.string().nullish().catch(undefined),
  pluralLabel: z.string().nullish().catch(undefined),
  usage: z.number().nonnegative(),
});
const types = list.catch([]);
const usage = z.object({
  hubspotDefinedObjectTypes: types,
  customObjectTypes: z.object({ byObjectType: types }).catch({ byObjectType: [] }),
});

const refusals: readonly Failure['kind'][] = ['noToken', 'unauthorized', 'missingScopes', 'forbidden', 'refused'];

/**
 * `GET /crm/v3/limits/records` under v3. Any scope that reads records opens it.
 * @returns refused: this token is not told, whenever it asks. undefined when HubSpot could not be asked: it may answer later
 */
export async function readRecordUsage(ports: HubSpotPorts): Promise<readonly UsedObjectType[] | 'refused' | undefined> {
  const client = new HubSpotClient(ports, { tries: 2, callMilliseconds: 20_000, totalMilliseconds: 30_000 });
  const outcome = await client.request(recordUsageRequest(apiVersionOf(ports)), readUsage);
  if (outcome.ok) return outcome.value;
  return refusals.includes(outcome.failure.kind) ? 'refused' : undefined;
}

/** The account's own object types as far as their use tells them: their labels, but neither names nor properties. */
export function customTypesIn(types: readonly UsedObjectType[]): readonly ObjectType[] {
  return types
    .filter(({ id }) => id.startsWith('2-'))
    .map(({ id, label, pluralLabel }) => ({
      id,
      name: id,
      singular: id,
      label,
      pluralLabel,
      displayProperties: [],
      readScopes: [customObjectScope],
    }));
}

/** One type that does not fit says nothing about the others. In steps. */
function* readUsage(text: string): Steps<Read<readonly UsedObjectType[]>> {
  const json = yield* readingJson(text);
  if (!json.ok) return { unreadable: { where: '', detail: json.detail } };
  const parsed = usage.safeParse(json.value);
  if (!parsed.success) return { unreadable: firstIssue(parsed.error) };
  const { hubspotDefinedObjectTypes, customObjectTypes } = parsed.data;
  const value: UsedObjectType[] = [];
  yield* inSteps([...hubspotDefinedObjectTypes, ...customObjectTypes.byObjectType], (each) => {
    const { data } = used.safeParse(each);
    if (!data) return;
    const { objectTypeId: id, singularLabel, pluralLabel, usage: records } = data;
    const label = singularLabel || pluralLabel || id;
    value.push({ id, label, pluralLabel: pluralLabel || label, records });
  });
  return { value };
}
