/** True for what HubSpot takes for a record id: 1 to 19 digits without a leading zero. Called for each row, so it looks at the characters itself. */
export function isRecordId(text: string): boolean {
  const { length } = text;
  if (length === 0 || length > 19 || text.charCodeAt(0) === 48) return false;
  for (let at = 0; at < length; at++) {
    const digit = text.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) return false;
  }
  return true;
}
