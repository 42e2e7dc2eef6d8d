/**
 * Where a look-up keeps what it was told, line by line. A line that was appended survives the end of the process at any
 * moment; a line cut off by that end is recognized and left out.
 */
export interface Ledger {
  /** Appends one line: ASCII bytes without a line end. Rejects when it could not be kept; the look-up then goes on without a ledger. */
  append(line: Uint8Array): Promise<void>;
}
