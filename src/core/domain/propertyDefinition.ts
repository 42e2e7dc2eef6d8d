/** What HubSpot says of a property that records of an object type may have. */

/** As HubSpot marks it. Values of the other two need scopes of their own; definitions do not. */
export type Sensitivity = 'none' | 'sensitive' | 'highlySensitive';

interface PropertyOption {
  /** As it stands in a record. */
  readonly value: string;
  /** As HubSpot shows it. */
  readonly label: string;
}

export interface PropertyDefinition {
  /** The internal name, by which it is read, such as `dealstage`. */
  readonly name: string;
  readonly label: string;
  /** The internal name of its group, such as `dealinformation`. */
  readonly group: string;
  /** HubSpot's word: `string`, `number`, `date`, `datetime`, `bool`, `enumeration`, `phone_number`, ... It may add others. */
  readonly type: string;
  /** HubSpot's word for how it is edited: `text`, `textarea`, `html`, `select`, `checkbox`, ... */
  readonly fieldType: string;
  /** In HubSpot's order; of an enumeration, unless its options come from elsewhere, as those of an owner do. */
  readonly options: readonly PropertyOption[];
  /** Its values are ids of owners. */
  readonly isOwner: boolean;
  readonly sensitivity: Sensitivity;
  /** HubSpot does not show it to people. */
  readonly isHidden: boolean;
}
