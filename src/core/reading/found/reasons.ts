/**
 * Why a number in a text is no record id, or not surely one. Each reason is a name; the sentence beside it is the English
 * source that the editor's side translates.
 */

export const ignoredReasons = {
  amount: 'an amount of money',
  associationTypeId: 'the ID of an association type, not of a record',
  count: 'a count',
  date: 'a date',
  decimal: 'a number with decimals',
  duration: 'a duration',
  epoch: 'a time, as seconds or milliseconds since 1970',
  eventId: 'the ID of an event',
  hex: 'a hexadecimal number or hash',
  ipAddress: 'an IP address',
  leadingZero: 'a number that starts with zero; record IDs never do',
  listNumber: 'the number of a list item',
  negative: 'a negative number',
  objectTypeId: 'the ID of an object type, not of a record',
  otherDigits: 'digits of another script; record IDs are written with 0 to 9',
  otherField: 'the value of a field that holds no record ID',
  otherId: 'the ID of something that is no CRM record',
  partOfWord: 'digits inside a word or code',
  percentage: 'a percentage',
  phone: 'a phone number',
  portalId: 'the ID of a HubSpot account (portal)',
  rounded: 'rounded by a spreadsheet; the real ID is lost',
  short: 'a short number, and nothing says that it is a record ID',
  thousands: 'a number with thousands separators',
  time: 'a time of day',
  tooLong: 'more than 19 digits; record IDs have at most 19',
  url: 'part of an address that names no record',
  uuid: 'a UUID',
  version: 'a version number',
  zero: 'zero',
} as const;

export type IgnoredReason = keyof typeof ignoredReasons;

export const unsureReasons = {
  columnUnclear: 'looks like a record ID, but the column does not say so',
  cutOff: 'the text ends here; digits may be missing',
  decimalZero: 'a whole number written with decimals',
  keyUnclear: 'an ID, but nothing says of what',
  loneNumber: 'could be a record ID, but nothing near it says so',
  maybeTime: 'could be a time, as seconds or milliseconds since 1970',
  shortAfterWord: 'a short number after the name of an object type',
  thousandsOrList: 'could be one number with thousands separators, or a list of short IDs',
} as const;

/** What a number of so many digits is under a name that stands for this: a short one is no time, whatever its name. */
export function reasonFor(named: IgnoredReason, digits: number): IgnoredReason {
  return named === 'epoch' && digits < 9 ? 'otherField' : named;
}

export type UnsureReason = keyof typeof unsureReasons;

export const ignoredReasonNames = Object.keys(ignoredReasons) as readonly IgnoredReason[];
export const unsureReasonNames = Object.keys(unsureReasons) as readonly UnsureReason[];
