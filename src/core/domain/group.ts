/** Look-ups held together: shown, run, kept and removed as one. What is known of them is known by their Answers alone. */
import type { Completeness, Counts, Question } from './associations.ts';
import { isSameObjectType } from './objectTypes.ts';

export interface Group {
  readonly id: string;
  /** True when the members were all asked for the same ids, and differ in the type they were asked about. */
  readonly sharesIds: boolean;
  readonly members: readonly GroupMember[];
}

/** One look-up of a group, or why there is none. */
export type GroupMember = { readonly from: string; readonly to: string } & (
  | { readonly lookUp: string }
  | { readonly notAsked: NotAsked }
);

/**
 * noRecords: the account has none of that type. noScope: the token may not read it. deselected: somebody said that it was not to
 * be asked.
 */
export type NotAsked = 'noRecords' | 'noScope' | 'deselected';

/** A member by the object type of its column: of those that name one type the first, as a card may be edited by hand. */
export function oneForEachType<Member extends { readonly to: string }>(members: readonly Member[]): readonly Member[] {
  return members.filter(({ to }, at) => members.findIndex((other) => isSameObjectType(other.to, to)) === at);
}

/** Whether a look-up asks what its group says of it. A card that was edited by hand may name any: its counts would be of others. */
export function isMember(
  { from, to }: Pick<GroupMember, 'from' | 'to'>,
  asked: Pick<Question, 'from' | 'to'>,
): boolean {
  return isSameObjectType(from, asked.from) && isSameObjectType(to, asked.to);
}

/** What is told of a member. */
export interface MemberSummary {
  readonly counts: Pick<Counts, 'asked' | 'found' | 'none' | 'failed' | 'notRead' | 'associations'>;
  readonly completeness: Completeness;
}

const worst: readonly Completeness[] = ['incomplete', 'primaryOnly', 'complete'];

/**
 * The members together: asked = found + none + failed + notRead, as in each of them. Where they share their ids, one id is
 * asked once in each, and counts as often. A group is as complete as the least complete of its members.
 */
export function groupSummary(members: readonly MemberSummary[]): MemberSummary {
  const sum = (key: keyof MemberSummary['counts']) => members.reduce((all, { counts }) => all + counts[key], 0);
  return {
    counts: {
      asked: sum('asked'),
      found: sum('found'),
      none: sum('none'),
      failed: sum('failed'),
      notRead: sum('notRead'),
      associations: sum('associations'),
    },
    completeness: worst.find((each) => members.some(({ completeness }) => completeness === each)) ?? 'complete',
  };
}
