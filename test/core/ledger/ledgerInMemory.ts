import type { Ledger } from '../../../src/core/ledger/ledger.ts';

/** A ledger as an array of lines, with room for so many appends. */
export function ledgerInMemory(room = Number.POSITIVE_INFINITY): Ledger & { readonly lines: string[] } {
  const lines: string[] = [];
  let appends = 0;
  return {
    lines,
    get next() {
      return lines.length;
    },
    append: async (bytes) => {
      if (++appends > room) throw new Error('No space left');
      lines.push(...Buffer.from(bytes).toString('latin1').split('\n'));
    },
  };
}
