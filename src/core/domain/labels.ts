/** How the types of an association read to a person: its labels, and whether it is the primary one. */

import { type AssociationType, isPrimary, type Question } from './associations.ts';
import { bareName, customObjectType, type ObjectType, standardObjectType } from './objectTypes.ts';

interface Label {
  /** The label as the account's people wrote it; under v3 its internal name, which is all v3 tells. */
  readonly text: string;
  /** What HubSpot calls the type, such as `USER_DEFINED 29`, or the name under v3. */
  readonly type: string;
}

export interface Labels {
  readonly primary: boolean;
  /**
   * What HubSpot calls the primary association where it is not just "Primary": from a company it is "Contact with Primary
   * Company", since the company is the contact's primary one and not the other way about.
   */
  readonly primaryLabel?: string;
  /** Without the primary mark and without the plain, unlabelled association that HubSpot adds to every pair. */
  readonly labels: readonly Label[];
}

type Pair = Pick<Question, 'from' | 'to'>;

/**
 * Folds the types of one association. v3 names the plain association of a pair `contact_to_deal`, or
 * `contact_to_company_unlabeled` where the name without the ending means the primary one: neither is a label.
 * @param customTypes those of the account, as far as they are known
 */
export function labelsOf(
  types: readonly AssociationType[],
  pair: Pair,
  customTypes: readonly ObjectType[] = [],
): Labels {
  const labels: Label[] = [];
  let primary = false;
  let primaryLabel: string | undefined;
  for (const type of types) {
    if (isPrimary([type])) {
      primary = true;
      primaryLabel ??= primaryText(type, pair);
    } else {
      const text =
        type.label ?? (type.name === undefined || isPlain(type.name, pair, customTypes) ? undefined : type.name);
      if (text !== undefined && text !== '') labels.push({ text, type: typeText(type) });
    }
  }
  return primaryLabel === undefined ? { primary, labels } : { primary, primaryLabel, labels };
}

/** HubSpot's own terms for a type, such as `HUBSPOT_DEFINED 341`, or its name under v3. */
export function typeText({ category, typeId, name }: AssociationType): string {
  return [category, typeId, name].filter((part) => part !== undefined).join(' ');
}

/** HubSpot's label of a primary type, if it is another than "Primary". v3 sends none, so it is put together as HubSpot does. */
function primaryText({ label, name }: AssociationType, { to }: Pair): string | undefined {
  if (label !== undefined) return /^primary$/i.test(label) ? undefined : label;
  const type = name?.startsWith('company_to_') ? standardObjectType(to)?.label : undefined;
  return type === undefined ? undefined : `${type} with Primary Company`;
}

function isPlain(name: string, { from, to }: Pair, customTypes: readonly ObjectType[]): boolean {
  const stem = name.replace(/_unlabeled$/, '');
  if (stem !== name) return true;
  const ones = namesUnderV3(from, customTypes);
  const others = namesUnderV3(to, customTypes);
  if (ones && others) return ones.some((one) => others.some((other) => stem === `${one}_to_${other}`));
  if (ones) return ones.some((one) => stem.startsWith(`${one}_to_`));
  return others?.some((other) => stem.endsWith(`_to_${other}`)) ?? false;
}

/**
 * What v3 calls an object type in the names of associations: `contact`, `meeting_event`, `commerce_payment`, and a custom
 * type by its name without the portal, `pet` for `p123_pet`. Undefined for `2-123` as long as the account's types are not known.
 */
function namesUnderV3(type: string, customTypes: readonly ObjectType[]): readonly string[] | undefined {
  const standard = standardObjectType(type);
  if (standard) return [standard.singular, ...standard.aliases];
  const custom = customObjectType(type, customTypes)?.name ?? (/^\d+-\d+$/.test(type) ? undefined : type);
  return custom === undefined ? undefined : [bareName(custom), custom.toLowerCase()];
}
