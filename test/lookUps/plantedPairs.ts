/** A file of pairs that differs from a generated account in ways that can be computed, to check saved look-ups with. */
import type { Verdict } from '../../src/core/domain/expectation.ts';
import type { FilePairs } from '../../src/core/expectation/filePairs.ts';
import { type MadeRow, madePairs } from '../core/expectation/madePairs.ts';
import { contactId, dealId } from '../hubspotStandIn/generatedAccount.ts';

/** No deal has it. */
const strangeContact = '7';

/** An account has so many contacts with the deal that is asked nth. */
type Contacts = (nth: number) => number;

/** Every tenth record has two pages of three, so that a kill may fall between them. */
export const contactsOfNth: Contacts = (nth) => (nth % 10 === 3 ? 4 : nth % 3);

/** All deals in their order. Of every eleventh the first contact is not in the file, of every fifth all contacts have a label there. */
export function plantedPairs(deals: number, contacts: Contacts): FilePairs {
  const rows = Array.from({ length: deals }, (_, nth): MadeRow => {
    const known = Array.from({ length: contacts(nth) }, (__, at) => contactId(nth, at)).slice(nth % 11 === 0 ? 1 : 0);
    return [dealId(nth), nth % 7 === 0 ? [...known, strangeContact] : known, nth % 5 === 0 ? ['Champion'] : []];
  });
  const labels = [{ category: 'USER_DEFINED', typeId: 30, label: 'Champion' }];
  return madePairs(rows, { to: 'contacts', definitions: { labels } });
}

/** What a check comes to that was read to its end. */
export function plantedVerdict(nth: number, toId: string): Verdict {
  if (toId === strangeContact) return 'missing';
  return nth % 5 === 0 ? 'differs' : 'asExpected';
}

export function plantedUnexpected(deals: number, contacts: Contacts): number {
  let count = 0;
  for (let nth = 0; nth < deals; nth += 11) count += Number(contacts(nth) > 0);
  return count;
}
