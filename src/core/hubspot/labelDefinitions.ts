/** Which association types, and so which labels, an account has between two object types. */
import * as z from 'zod';
import type { ApiVersion } from '../domain/associations.ts';
import type { Failure } from '../domain/failure.ts';
import { HubSpotClient, type Outcome } from './client.ts';
import { associationNamesRequest, labelsRequest } from './endpoints.ts';
import { readingList } from './json.ts';
import type { HubSpotPorts } from './ports.ts';

/** As `core/expectation` takes them. What could not be read is undefined. */
interface ReadDefinitions {
  /** `label` is undefined for the plain association, which has none. */
  readonly labels:
    | readonly { readonly category: string; readonly typeId: number; readonly label: string | undefined }[]
    | undefined;
  /** Under v3 only. */
  readonly names?: readonly { readonly typeId: number; readonly name: string }[] | undefined;
  /** Why one of them could not be read. */
  readonly failure: Failure | undefined;
}

const typeId = z.union([
  z.int().nonnegative(),
  z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number),
]);
const labelWire = z.object({ category: z.string().min(1), typeId, label: z.string().nullish() });
const nameWire = z.object({ id: typeId, name: z.string().min(1) });

/**
 * `GET /crm/associations/2026-03/{from}/{to}/labels` and, under v3, `GET /crm/v3/associations/{from}/{to}/types`: what an answer
 * of this version calls each label. In this direction only: the other one has labels of its own. Never rejects.
 * @param pair object types in the form that the path takes
 */
export async function readLabelDefinitions(
  { from, to, apiVersion }: { readonly from: string; readonly to: string; readonly apiVersion: ApiVersion },
  ports: HubSpotPorts,
): Promise<ReadDefinitions> {
  const client = new HubSpotClient(ports, { tries: 3, totalMilliseconds: 60_000 });
  const labels = client.request(labelsRequest(apiVersion, from, to), readLabels);
  if (apiVersion !== 'v3') return { labels: readValue(await labels), failure: failureOf(await labels) };
  const names = await client.request(associationNamesRequest(from, to), readNames);
  return {
    labels: readValue(await labels),
    names: readValue(names),
    failure: failureOf(await labels) ?? failureOf(names),
  };
}

function readValue<T>(outcome: Outcome<T>): T | undefined {
  return outcome.ok ? outcome.value : undefined;
}

function failureOf(outcome: Outcome<unknown>): Failure | undefined {
  return outcome.ok ? undefined : outcome.failure;
}

/** All has to fit: where one is missing, a label that is there would look like none. */
function readLabels(text: string) {
  return readingList(text, labelWire, ({ label, ...type }) => ({ ...type, label: label || undefined }));
}

function readNames(text: string) {
  return readingList(text, nameWire, ({ id, name }) => ({ typeId: id, name }));
}
