/** What the strings of an object say about the ids in the same object: their types, and what its `value` is the value of. */
import { standardObjectType } from '../../domain/objectTypes.ts';
import { meaningOf, type NameMeaning } from './fieldNames.ts';
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
  property: NameMeaning | undefined;
  #isNamed = false;

  /** Takes in what a string under a telling key says. */
  learn(key: string, value: string): void {
    switch (key) {
      case 'objectTypeId':
      case 'objectType':
      case 'object_type':
      case 'objectTypeName':
        this.type ??= typeId(value);
        break;
      case 'subscriptionType':
        this.type ??= typeId(value.split('.')[0]!);
        this.isForeign ||= value.startsWith('conversation.');
        break;
      case 'fromObjectTypeId':
      case 'fromObjectType':
        this.fromType ??= typeId(value);
        break;
      case 'toObjectTypeId':
      case 'toObjectType':
        this.toType ??= typeId(value);
        break;
      case 'associationType':
      case 'type': {
        const types = typesOfAssociation(value);
        if (!types) {
          const type = typeId(value);
          // "CALL" and "EMAIL" are types of much else.
          if (type && speaksForItself(type)) this.type ??= type;
          break;
        }
        this.fromType ??= types.from;
        this.toType ??= types.to;
        break;
      }
      case 'category':
      case 'associationCategory':
        this.isAssociationType ||= isAssociationCategory(value);
        break;
      case 'uniqueIdentifier':
      case 'idProperty':
      case 'propertyName':
      case 'property':
      case 'field':
      case 'fieldName':
      case 'key':
        this.property = meaningOfProperty(value);
        this.#isNamed = true;
        break;
      case 'name':
        // Beside a key, "name" is how people call it.
        if (!this.#isNamed) this.property = meaningOfProperty(value);
        break;
    }
  }

  /** What a slot of this name holds: the `value` of a named property, or the `from` and `to` of an association. */
  inSlot(slot: string): NameMeaning | undefined {
    if (slot === 'from')
      return this.fromType === undefined ? undefined : { kind: 'recordId', objectType: this.fromType, role: 'from' };
    if (slot === 'to')
      return this.toType === undefined ? undefined : { kind: 'recordId', objectType: this.toType, role: 'to' };
    return this.property?.kind === 'id' ? { kind: 'recordId', role: 'record' } : this.property;
  }
}

/** Keys whose strings tell something about the ids around them. */
const telling = new Set(
  'objectTypeId objectType object_type objectTypeName subscriptionType fromObjectTypeId fromObjectType toObjectTypeId toObjectType associationType type category associationCategory propertyName property field fieldName key name'.split(
    ' ',
  ),
);

export function isTelling(key: string): boolean {
  return telling.has(key);
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
  return objectType ? { kind: 'recordId', objectType, role: 'associated' } : meaningOf(property);
}

function typeId(name: string): string | undefined {
  return /^\d{1,10}-\d{1,19}$/.test(name) ? name : standardObjectType(name)?.id;
}

/** The pairs of a key and a word in a piece of code: `type: 'deal'`, `"name" => "amount"`, `<f name="amount"`, `kind = "deal"`. */
export function pairsIn(code: string): [key: string, value: string][] {
  const pattern =
    /["']?([A-Za-z_]\w{0,40})["']?\s{0,3}(?:=>|[:=])\s{0,3}(?:"([\w.-]{1,60})"|'([\w.-]{1,60})'|([A-Za-z_][\w.-]{0,60}))/g;
  return [...code.matchAll(pattern)].map(([, key, double, single, bare]) => [key!, double ?? single ?? bare!]);
}
