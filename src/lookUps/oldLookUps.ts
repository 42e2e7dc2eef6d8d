/** Which look-ups go for their age when a window starts. */
import { type LookUpCard, orderOf } from './lookUpCard.ts';
import { lookUpsOf, type ReadGroups } from './savedGroups.ts';

/** Look-ups kept beside the pinned ones; the oldest go first. */
export const mostKept = 50;

/**
 * The oldest of those that are not pinned, where there are too many. Look-ups that are held together count as one, stay together
 * and go together; where a group cannot be read nothing goes, since nobody knows what it holds. What a damaged card still names stays
 * together too: otherwise one bit of it would make many of one, and others go for them.
 * @param isOpen whether this window has it open: it may run, and begin before all others by a clock that was set back
 * @returns those that go, each with what goes together with it
 */
export function surplusOf(
  cards: readonly LookUpCard[],
  { groups, unread, namedAside }: ReadGroups,
  isOpen: (id: string) => boolean,
): readonly LookUpCard[][] {
  if (unread.some(({ kind }) => kind !== 'damaged')) return [];
  const left = new Map(cards.map((card) => [card.id, card]));
  const take = (ids: readonly string[]) => {
    const taken = ids.flatMap((id) => left.get(id) ?? []);
    for (const { id } of taken) left.delete(id);
    return taken;
  };
  const together = [...groups.map(lookUpsOf), ...namedAside].map(take);
  // The bit may be one of a look-up's id, which stands alone then; where nothing is left to be read, all of them may.
  const most = namedAside.reduce((sum, { length }) => sum + (length > 0 ? 1 : mostKept), mostKept);
  return [...together, ...[...left.keys()].map((id) => take([id]))]
    .filter((unit) => unit.length > 0 && !unit.some(({ pinned }) => pinned))
    .sort((one, other) => newestOf(one) - newestOf(other))
    .slice(0, -most)
    .filter((unit) => !unit.some(({ id }) => isOpen(id)));
}

function newestOf(unit: readonly LookUpCard[]): number {
  return Math.max(...unit.map(orderOf));
}
