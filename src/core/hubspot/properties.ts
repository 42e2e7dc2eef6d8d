/** The properties that records of an object type may have. */
import * as z from 'zod';
import type { Failure } from '../domain/failure.ts';
import type { PropertyDefinition, Sensitivity } from '../domain/propertyDefinition.ts';
import { inOrder, Pace, pairsOfStep, type Steps } from '../domain/steps.ts';
import { HubSpotClient } from './client.ts';
import { propertiesRequest } from './endpoints.ts';
import { list, type Read, readingList } from './json.ts';
import { apiVersionOf, type HubSpotPorts } from './ports.ts';

/** HubSpot lists each kind by itself: those that are not sensitive unless asked for others. */
const kinds = [
  { sensitivity: 'none', asked: undefined },
  { sensitivity: 'sensitive', asked: 'sensitive' },
  { sensitivity: 'highlySensitive', asked: 'highly_sensitive' },
] as const satisfies readonly { sensitivity: Sensitivity; asked: string | undefined }[];

export type PropertiesAnswer =
  /** `notListed`: why sensitive ones are not among them, if they could not be listed. */
  | { readonly ok: true; readonly properties: readonly PropertyDefinition[]; readonly notListed: Failure | undefined }
  | { readonly ok: false; readonly failure: Failure };

const text = z.string().nullish().catch(undefined);
const flag = z.boolean().nullish().catch(undefined);
const option = z.object({ value: z.string(), label: text, displayOrder: z.number().nullish().catch(undefined) });

const property = z.object({
  name: z.string().min(1),
  label: text,
  groupName: text,
  type: text,
  fieldType: text,
  /** Looked at one by one: there may be any number. One that does not fit says nothing about the others. */
  options: list.nullish().catch(undefined),
  referencedObjectType: text,
  hidden: flag,
  archived: flag,
});

/** A property that does not fit says nothing about the others. */
const anyProperty = property.optional().catch(undefined);

/**
 * `GET /crm/v3/properties/{type}` under v3: three calls, one for each sensitivity. Never rejects.
 * @param objectType a name or an object type id, in the form the path takes
 */
export async function readProperties(objectType: string, ports: HubSpotPorts): Promise<PropertiesAnswer> {
  const client = new HubSpotClient(ports, { tries: 3, totalMilliseconds: 60_000 });
  const version = apiVersionOf(ports);
  const outcomes = await Promise.all(
    kinds.map(({ sensitivity, asked }) =>
      client.request(propertiesRequest(version, objectType, asked), readerOf(sensitivity)),
    ),
  );
  const [plain, ...sensitive] = outcomes;
  if (!plain?.ok) return { ok: false, failure: plain?.failure ?? { kind: 'notAnswered' } };
  const known = new Map<string, PropertyDefinition>();
  // The strictest mark holds where an account's answers differ.
  for (const outcome of outcomes) {
    for (const each of outcome.ok ? outcome.value : []) known.set(each.name, each);
  }
  const failed = sensitive.find((outcome) => !outcome.ok);
  return { ok: true, properties: [...known.values()], notListed: failed && !failed.ok ? failed.failure : undefined };
}

function readerOf(sensitivity: Sensitivity) {
  return function* (body: string): Steps<Read<readonly PropertyDefinition[]>> {
    const read = yield* readingList(body, anyProperty, (each) => (each?.archived ? undefined : each));
    if ('unreadable' in read) return read;
    const pace = new Pace();
    const value: PropertyDefinition[] = [];
    for (const each of read.value) {
      value.push({
        ...definition(each, sensitivity),
        options: each.options ? yield* optionsOf(each.options, pace) : [],
      });
      if (pace.isOver(0)) yield;
    }
    return { value };
  };
}

function definition(wire: z.infer<typeof property>, sensitivity: Sensitivity): Omit<PropertyDefinition, 'options'> {
  return {
    name: wire.name,
    label: wire.label || wire.name,
    group: wire.groupName ?? '',
    type: wire.type ?? 'string',
    fieldType: wire.fieldType ?? 'text',
    isOwner: wire.referencedObjectType === 'OWNER',
    sensitivity,
    isHidden: wire.hidden ?? false,
  };
}

function* optionsOf(wires: readonly unknown[], pace: Pace): Steps<PropertyDefinition['options']> {
  const options: PropertyDefinition['options'][number][] = [];
  const places: number[] = [];
  for (const wire of wires) {
    const { data } = option.safeParse(wire);
    if (data) places[options.push({ value: data.value, label: data.label || data.value }) - 1] = placeOf(data);
    if (pace.isOver(0)) yield;
  }
  const order = Uint32Array.from(options.keys());
  const sorted = yield* inOrder(order, (one, other) => places[one]! - places[other]!, pairsOfStep, undefined);
  return Array.from(sorted, (at) => options[at]!);
}

/** HubSpot's -1 stands for "after those that have a place". */
function placeOf({ displayOrder }: z.infer<typeof option>): number {
  return displayOrder === undefined || displayOrder === null || displayOrder < 0
    ? Number.MAX_SAFE_INTEGER
    : displayOrder;
}
