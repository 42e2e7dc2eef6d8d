/** What stands at a place of a JSON text, by its key and the names of the objects around it. */

import { meaningOf, meaningOfIdIn, type NameMeaning } from '../names/fieldNames.ts';
import { speaksForItself } from '../names/objectTypeWords.ts';
import type { JsonPath } from './jsonWalk.ts';

/** What the values at this path are, by their key and the objects around them. */
export function meaningAt(path: JsonPath): NameMeaning {
  if (typedValue.has(path.name) && path.parent) return meaningAt(path.parent);
  // A cursor, though it may look like the id of the next record.
  if (path.name === 'after') return { kind: 'other', reason: 'otherField' };
  const meaning = meaningOf(path.name);
  if (meaning.kind === 'id') return idMeaning(path);
  if (meaning.kind === 'recordId') return placedMeaning(path, meaning);
  if (meaning.kind === 'type') {
    const asIds: NameMeaning = {
      kind: 'recordId',
      objectType: meaning.objectType,
      role: isAssociated(path) ? 'associated' : 'record',
    };
    return speaksForItself(meaning.objectType) && (path.isList || !meaning.plural) ? asIds : meaning;
  }
  // Numbers straight in a list that says nothing about them: [1, 2], { "inputs": [1, 2] }.
  if (meaning.kind === 'unknown' && path.isList) {
    if (isUnnamed(path)) return { kind: 'recordId', role: 'record' };
    const inside = meaningOfIdIn(path.name);
    if (inside.kind === 'recordId') return inside;
  }
  return meaning;
}

/** Databases write the type of a value beside it: `{ "dealId": { "$numberLong": "5" } }`, `{ "dealId": { "N": "5" } }`. */
const typedValue = new Set(['$numberLong', '$numberInt', 'N', 'S', 'L', 'NS', 'SS']);

/** What "hs_object_id" and its like are of, where the objects around them say it. */
function placedMeaning(path: JsonPath, meaning: Extract<NameMeaning, { kind: 'recordId' }>): NameMeaning {
  if (meaning.objectType !== undefined || meaning.role !== 'record') return meaning;
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

function isAssociated(path: JsonPath): boolean {
  let at: JsonPath | undefined = path;
  for (let steps = 0; at && steps < 20; steps++, at = at.parent)
    if (at.name === 'associations' || at.name === 'relationships') return true;
  return false;
}
