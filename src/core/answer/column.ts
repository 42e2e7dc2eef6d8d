/** A column with room for this record and, since others are likely to follow it, for as many again. What was there stays. */
export function lengthened<Column extends Uint8Array | Uint32Array | Float64Array>(
  column: Column,
  record: number,
): Column {
  const longer = new (column.constructor as new (length: number) => Column)(Math.max(16, (record + 1) * 2));
  longer.set(column);
  return longer;
}
