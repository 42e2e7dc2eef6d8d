/** What the strings of an object say about the ids in the same object: their types, and what its `value` is the value of. */
import { standardObjectType } from '../../domain/objectTypes.ts';
import { meaningOf, type NameMeaning, recordOf } from './fieldNames.ts';
import { speaksForItself } from './objectTypeWords.ts';

export class ObjectFacts {
  /** The type of the records the object is about. */
  type: string | undefined;
  fromType: string | undefined;
  toType: string | undefined;
  /** True of a webhook about something that is no CRM record, such as a conversation. */
  isForeign = false;
  /** True of the type of an association: an `id` beside its category is that of the type. */
  isAssociationType = false;
  /** The property a filter, a webhook or an entry of a list is about: `value`, `values` and `propertyValue` hold that property. */
  #property: string | undefined;
  /** Of an entry of a list, the property's name; beside a key it is how people call it. */
  #name: string | undefined;

  /** Takes in what a string under a telling key says. */
  learn(key: string, value: string): void {
    tells.get(key)?.(this, value);
  }

  learnTypes(type: string | undefined, from?: string, to?: string): void {
    this.type ??= type;
    this.fromType ??= from;
    this.toType ??= to;
  }

  learnSubscription(value: string): void {
    this.learnTypes(typeId(value.split('.')[0]!));
    this.isForeign ||= value.startsWith('conversation.');
  }

  learnAssociation(value: string): void {
    const types = typesOfAssociation(value);
    const type = types ? undefined : typeId(value);
    // "CALL" and "EMAIL" are types of much else.
    this.learnTypes(type && speaksForItself(type) ? type : undefined, types?.from, types?.to);
  }

  learnCategory(value: string): void {
    this.isAssociationType ||= isAssociationCategory(value);
  }

  learnProperty(value: string): void {
    this.#property = value;
  }

  learnName(value: string): void {
    this.#name = value;
  }

  /** What a slot of this name holds: the `value` of a named property, or the `from` and `to` of an association. */
  inSlot(slot: string): NameMeaning | undefined {
    if (slot === 'from' || slot === 'to') {
      const type = slot === 'from' ? this.fromType : this.toType;
      return type === undefined ? undefined : recordOf(type, slot);
    }
    const property = this.#property ?? this.#name;
    const meaning = property === undefined ? undefined : meaningOfProperty(property);
    return meaning?.kind === 'id' ? { kind: 'recordId', role: 'record' } : meaning;
  }
}

/** What strings under these keys tell. */
const tellers: readonly (readonly [keys: string, tell: (facts: ObjectFacts, value: string) => void])[] = [
  ['objectTypeId objectType object_type objectTypeName', (facts, value) => facts.learnTypes(typeId(value))],
  ['subscriptionType', (facts, value) => facts.learnSubscription(value)],
  ['fromObjectTypeId fromObjectType', (facts, value) => facts.learnTypes(undefined, typeId(value))],
  ['toObjectTypeId toObjectType', (facts, value) => facts.learnTypes(undefined, undefined, typeId(value))],
  ['associationType type', (facts, value) => facts.learnAssociation(value)],
  ['category associationCategory', (facts, value) => facts.learnCategory(value)],
  ['propertyName property field fieldName key', (facts, value) => facts.learnProperty(value)],
  ['uniqueIdentifier idProperty', (facts, value) => facts.learnProperty(value)],
  ['name', (facts, value) => facts.learnName(value)],
];
const tells = new Map(tellers.flatMap(([keys, tell]) => keys.split(' ').map((key) => [key, tell] as const)));

export function isTelling(key: string): boolean {
  return tells.has(key);
}

/** `HUBSPOT_DEFINED` and its like, which stand beside the id of an association's type. */
export function isAssociationCategory(value: string): boolean {
  return /^(?:HUBSPOT|USER|INTEGRATOR)_DEFINED$/.test(value);
}

/** The types in `CONTACT_TO_COMPANY` and `deal_to_company_unlabeled`. */
export function typesOfAssociation(name: string): { from: string; to: string } | undefined {
  const [, fromName, toName] = /^([a-z_]+?)_to_([a-z_]+?)(?:_unlabeled)?$/i.exec(name) ?? [];
  const from = fromName && standardObjectType(fromName)?.id;
  const to = toName && standardObjectType(toName)?.id;
  return from && to ? { from, to } : undefined;
}

/** What a search filter compares with: `hs_object_id`, or `associations.company` for ids of companies. */
function meaningOfProperty(property: string): NameMeaning {
  const [, associated] = /^associations\.(.+)$/.exec(property) ?? [];
  const objectType = associated && typeId(associated);
  return objectType ? recordOf(objectType, 'associated') : meaningOf(property);
}

function typeId(name: string): string | undefined {
  return /^(?!\d{4}-\d\d$)\d{1,10}-\d{1,19}$/.test(name) ? name : standardObjectType(name)?.id;
}

/** The pairs of a key and a word in a piece of code: `type: 'deal'`, `"name" => "amount"`, `<f name="amount"`, `kind = "deal"`. */
export function pairsIn(code: string): [key: string, value: string][] {
  const pattern =
    /["']?([A-Za-z_]\w{0,40})["']?\s{0,3}(?:=>|[:=])\s{0,3}(?:"([\w.-]{1,60})"|'([\w.-]{1,60})'|([A-Za-z_][\w.-]{0,60}))/g;
  return [...code.matchAll(pattern)].map(([, key, double, single, bare]) => [key!, double ?? single ?? bare!]);
}
