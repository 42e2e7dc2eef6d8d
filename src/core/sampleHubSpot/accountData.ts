/** What a HubSpot account holds, as far as the portal needs it to answer. Object types are named by their id here, always. */

export type AssociationCategory = 'HUBSPOT_DEFINED' | 'USER_DEFINED';

/** One direction of one way in which two records can be associated. */
export interface AssociationDefinition {
  readonly category: AssociationCategory;
  readonly typeId: number;
  /** What the date versions call it; null for the plain, unlabelled type that every association has. */
  readonly label: string | null;
  /** What v3 calls it, such as `deal_to_company`. */
  readonly name: string;
  /** True for the type that marks the company as the record's primary one. v3 walks only these. */
  readonly primary: boolean;
}

/** One associated record with every type that connects it. */
export interface AccountAssociation {
  readonly toId: string;
  readonly definitions: readonly AssociationDefinition[];
}

/** An object type of the account: a standard one or a custom one. */
export interface AccountObjectType {
  /** `0-3`, or `2-123` for a custom object type. */
  readonly id: string;
  /** The name HubSpot uses in error contexts and v3 type names. */
  readonly singular: string;
  /** Any one of these scopes allows reading. */
  readonly readScopes: readonly string[];
  /** Only for custom object types. */
  readonly custom?: CustomObjectSchema;
}

interface CustomObjectSchema {
  /** The bare name, which HubSpot does not accept in paths. */
  readonly name: string;
  /** `p<portal>_<name>`, which it does accept. */
  readonly fullyQualifiedName: string;
  readonly labels: { readonly singular: string; readonly plural: string };
  readonly primaryDisplayProperty: string;
  readonly properties: readonly string[];
}

/** A property of an object type, in HubSpot's words. */
export interface AccountProperty {
  readonly name: string;
  readonly label: string;
  readonly groupName: string;
  readonly type: string;
  readonly fieldType: string;
  readonly options?: readonly { readonly value: string; readonly label: string; readonly displayOrder: number }[];
  readonly referencedObjectType?: string;
  readonly hidden?: boolean;
  readonly dataSensitivity?: 'sensitive' | 'highly_sensitive';
}

/** Somebody who records can belong to. */
export interface AccountOwner {
  readonly id: string;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly email?: string;
  readonly archived?: boolean;
}

export type RecordProperties = Readonly<Record<string, string | null>>;

export interface AccountDetails {
  readonly portalId: number;
  readonly accountType: 'STANDARD' | 'DEVELOPER_TEST' | 'SANDBOX' | 'APP_DEVELOPER';
  readonly timeZone: string;
  readonly companyCurrency: string;
  readonly additionalCurrencies: readonly string[];
  readonly utcOffset: string;
  readonly utcOffsetMilliseconds: number;
  readonly uiDomain: string;
  readonly dataHostingLocation: string;
}

/** An account as its portal reads it; it does not change. Functions, so that an account of a million records needs no million objects. */
export interface Account {
  readonly details: AccountDetails;
  /** The scopes of its token. */
  readonly scopes: readonly string[];
  readonly customTypes: readonly AccountObjectType[];
  readonly owners?: readonly AccountOwner[];
  has(typeId: string, id: string): boolean;
  /** True for a record in the recycling bin, which `has` does not know. */
  isArchived?(typeId: string, id: string): boolean;
  /** The record that this one was merged into, which `has` does not know any more. */
  survivorOf?(typeId: string, id: string): string | undefined;
  /** How many records of this type there are. Without it HubSpot does not tell. */
  recordCount?(typeId: string): number;
  /** Undefined when there is no such record. */
  properties(typeId: string, id: string): RecordProperties | undefined;
  /** What records of this type may have. */
  propertyDefinitions?(typeId: string): readonly AccountProperty[];
  /** In no particular order; empty when there are none, or no such record. */
  associations(fromTypeId: string, id: string, toTypeId: string): readonly AccountAssociation[];
  /** How records of these two types can be associated. */
  definitions(fromTypeId: string, toTypeId: string): readonly AssociationDefinition[];
}
