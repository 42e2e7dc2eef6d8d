/** How the types of an association read to a person: its labels, and whether it is the primary one. */

import { type AssociationType, isPrimary, type Question } from './associations.ts';
import { standardObjectType } from './objectTypes.ts';

interface Label {
  /** The label as the account's people wrote it; under v3 its internal name, which is all v3 tells. */
  readonly text: string;
  /** What HubSpot calls the type, such as `USER_DEFINED 29`, or the name under v3. */
  readonly type: string;
}

export interface Labels {
  readonly primary: boolean;
  /** Without the primary mark and without the plain, unlabelled association that HubSpot adds to every pair. */
  readonly labels: readonly Label[];
}

/**
 * Folds the types of one association. v3 names the plain association of a pair `contact_to_deal`, or
 * `contact_to_company_unlabeled` where the name without the ending means the primary one: neither is a label.
 */
export function labelsOf(types: readonly AssociationType[], question: Pick<Question, 'from' | 'to'>): Labels {
  const labels: Label[] = [];
  let primary = false;
  for (const type of types) {
    if (isPrimary([type])) primary = true;
    else {
      const text = type.label ?? (type.name === undefined || isPlain(type.name, question) ? undefined : type.name);
      if (text !== undefined && text !== '') labels.push({ text, type: typeText(type) });
    }
  }
  return { primary, labels };
}

/** HubSpot's own terms for a type, such as `HUBSPOT_DEFINED 341`, or its name under v3. */
export function typeText({ category, typeId, name }: AssociationType): string {
  return [category, typeId, name].filter((part) => part !== undefined).join(' ');
}

function isPlain(name: string, { from, to }: Pick<Question, 'from' | 'to'>): boolean {
  const one = standardObjectType(from)?.singular;
  const other = standardObjectType(to)?.singular;
  const stem = name.replace(/_unlabeled$/, '');
  if (stem !== name) return true;
  if (one !== undefined && other !== undefined) return stem === `${one}_to_${other}`;
  if (one !== undefined) return stem.startsWith(`${one}_to_`);
  return other !== undefined && stem.endsWith(`_to_${other}`);
}
