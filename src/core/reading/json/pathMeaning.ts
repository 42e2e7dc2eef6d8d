/** What stands at a place of a JSON text, by its key and the names of the objects around it. */

import { meaningOf, meaningOfIdIn, type NameMeaning, typeOfList } from '../names/fieldNames.ts';
import { events } from '../names/fieldWords.ts';
import { speaksForItself } from '../names/objectTypeWords.ts';
import type { JsonPath } from './jsonWalk.ts';

/** What the values at this path are, by their key and the objects around them. */
export function meaningAt(path: JsonPath): NameMeaning {
  if (typedValue.has(path.name) && path.parent) return meaningAt(path.parent);
  // A cursor, though it may look like the id of the next record.
  if (path.name === 'after') return { kind: 'other', reason: 'otherField' };
  const meaning = meaningOf(path.name);
  switch (meaning.kind) {
    case 'id':
      return idMeaning(path);
    case 'recordId':
      return placedMeaning(path, meaning);
    case 'type':
      return typedMeaning(path, meaning);
    case 'container':
    case 'unknown':
      return path.isList ? listedMeaning(path) : meaning;
    default:
      return path.isList && events.has(path.name) ? happenedMeaning(path, meaning) : meaning;
  }
}

/** `{ "companies": { "created": [1, 2] } }`: the list of what something happened to, in an object that names its type. */
function happenedMeaning(path: JsonPath, otherwise: NameMeaning): NameMeaning {
  const around = idMeaning(path);
  return around.kind === 'recordId' && around.objectType !== undefined ? around : otherwise;
}

/** Databases write the type of a value beside it: `{ "dealId": { "$numberLong": "5" } }`, `{ "dealId": { "N": "5" } }`. */
const typedValue = new Set(['$numberLong', '$numberInt', 'N', 'S', 'L', 'NS', 'SS']);

function typedMeaning(path: JsonPath, meaning: Extract<NameMeaning, { kind: 'type' }>): NameMeaning {
  const { objectType, plural } = meaning;
  if (!speaksForItself(objectType) || (plural && !path.isList)) return meaning;
  return { kind: 'recordId', objectType, role: isAssociated(path) ? 'associated' : 'record' };
}

/** Numbers straight in a list whose name says nothing about them: [1, 2], { "inputs": [1, 2] }, { "pilotDeals": [1, 2] }. */
function listedMeaning(path: JsonPath): NameMeaning {
  const objectType = typeOfList(path.name);
  if (objectType) return { kind: 'recordId', objectType, role: isAssociated(path) ? 'associated' : 'record' };
  if (isUnnamed(path)) return { kind: 'recordId', role: 'record' };
  if (events.has(path.name)) return happenedMeaning(path, { kind: 'unknown' });
  // Lists in a named list are rather the points of a chart.
  if (path.parent?.isList || meaningOfIdIn(path.name).kind !== 'recordId') return { kind: 'unknown' };
  return idMeaning(path);
}

/** What "hs_object_id" and its like are of, where the objects around them say it. */
function placedMeaning(path: JsonPath, meaning: Extract<NameMeaning, { kind: 'recordId' }>): NameMeaning {
  if (meaning.role !== 'record') return meaning;
  if (meaning.objectType !== undefined) return isOfAssociated(path) ? { ...meaning, role: 'associated' } : meaning;
  const around = idMeaning(path);
  return around.kind === 'recordId' ? around : meaning;
}

/** True for the elements of a list that is the whole text. */
function isUnnamed(path: JsonPath): boolean {
  let at: JsonPath = path;
  while (at.isList && at.parent) at = at.parent;
  return at.parent === undefined;
}

/** The path of the object or property that has this `value`. */
export function holderOf(path: JsonPath): JsonPath {
  let holder: JsonPath = path;
  while (holder.isList && holder.parent) holder = holder.parent;
  return holder.parent ?? holder;
}

/** What an `id` is of: the nearest object around it with a name that says something. */
function idMeaning(path: JsonPath): NameMeaning {
  // A list of ids has no object around each: { "ids": [1, 2] }.
  let at = holderOf(path);
  for (let steps = 0; steps < 20; steps++) {
    if (at.name !== '' && at.name !== '*') {
      const meaning = meaningOfIdIn(at.name);
      const says = meaning.kind !== 'recordId' || meaning.objectType !== undefined || meaning.role !== 'record';
      if (says) {
        if (meaning.kind === 'recordId' && meaning.objectType && isAssociated(at))
          return { ...meaning, role: 'associated' };
        return meaning;
      }
    }
    if (!at.parent) break;
    at = at.parent;
  }
  return { kind: 'recordId', role: 'record' };
}

/** `"associated-company": { "company-id": 5 }`: another record than the one the text is about. */
function isOfAssociated(path: JsonPath): boolean {
  return /^associated[-_A-Z]/.test(holderOf(path).name);
}

function isAssociated(path: JsonPath): boolean {
  let at: JsonPath | undefined = path;
  for (let steps = 0; at && steps < 20; steps++, at = at.parent)
    if (at.name === 'associations' || at.name === 'relationships') return true;
  return false;
}
