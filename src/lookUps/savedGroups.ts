/** The cards of groups as files beside the look-ups they hold. A group without any of its look-ups is nobody's. */
import type { GroupMember } from '../core/domain/group.ts';
import { messageOf } from '../core/domain/thrown.ts';
import { type Disk, isMissing, readIfThere, unlessTooDeep } from '../editor/disk.ts';
import { type GroupCard, groupCardText, readGroupCard } from './groupCard.ts';
import { type LookUpFolder, leftoverAfter } from './lookUpFolder.ts';

/** A group of which the look-ups stand by themselves, until its card can be read. */
interface UnreadGroup {
  readonly id: string;
  /** damaged: it was set aside. unreadable: it stays where it is. newer: a newer version of the extension keeps it. */
  readonly kind: 'damaged' | 'unreadable' | 'newer';
  readonly why: string;
}

export interface ReadGroups {
  /** Oldest first. */
  readonly groups: readonly GroupCard[];
  readonly unread: readonly UnreadGroup[];
  /** By card that was set aside, now or before: what is left to be read in it of the ids of its look-ups, among others. */
  readonly namedAside: readonly (readonly string[])[];
}

const ids = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/g;

/** The look-ups that a group holds, each once: a card that was edited by hand may name one twice. */
export function lookUpsOf({ members }: Pick<GroupCard, 'members'>): readonly string[] {
  return [...new Set(members.flatMap((member) => ('lookUp' in member ? [member.lookUp] : [])))];
}

export class SavedGroups {
  readonly #folder: LookUpFolder;
  readonly #disk: Disk;
  /** As this window has them: what it first read or last wrote, whatever another one has made of them since. */
  readonly #known = new Map<string, GroupCard>();

  constructor(folder: LookUpFolder, disk: Disk) {
    this.#folder = folder;
    this.#disk = disk;
  }

  async read(): Promise<ReadGroups> {
    const groups: GroupCard[] = [];
    const unread: UnreadGroup[] = [];
    for (const id of await this.#folder.groupIds()) {
      const read = await this.#one(id);
      if (!read) continue;
      if ('kind' in read) unread.push(read);
      else {
        groups.push(read);
        if (!this.#known.has(read.id)) this.#known.set(read.id, read);
      }
    }
    groups.sort((one, other) => one.startedAt.getTime() - other.startedAt.getTime());
    const aside = (await this.#folder.groupsAside()).map(async (path) => {
      const text = await this.#disk.read(path).catch(() => '');
      return [...new Set(text.match(ids))];
    });
    return { groups, unread, namedAside: await Promise.all(aside) };
  }

  /**
   * Writes the card of a group, unless a newer version has written one meanwhile. What another window has made of the group is kept:
   * look-ups that it added, and the name that it gave, unless this one gave another.
   */
  async write(card: GroupCard): Promise<void> {
    const path = this.#folder.groupPath(card.id);
    await this.#folder.make();
    const before = await readIfThere(path, this.#disk);
    const read = before === undefined ? undefined : readGroupCard(before);
    if (read?.kind === 'newer') return;
    const there = read?.kind === 'group' && read.card.id === card.id ? read.card : undefined;
    const whole = there ? merged(card, there, this.#known.get(card.id)) : card;
    const text = unlessTooDeep(() => groupCardText(whole));
    if (text === undefined) await this.#folder.keepCardBeside(path);
    await this.#disk.replace(path, [text ?? groupCardText(whole, false)]);
    this.#known.set(card.id, card);
  }

  /**
   * Removes groups of which no look-up is left, also none that was removed and can still be brought back,
   * or that a newer version keeps. A young one stays:
   * another window may be about to write its look-ups down.
   */
  async removeEmpty(): Promise<void> {
    const { groups } = await this.read();
    if (groups.length === 0) return;
    const there = await this.#folder.allIds();
    for (const group of groups) {
      if (lookUpsOf(group).some((id) => there.has(id))) continue;
      const path = this.#folder.groupPath(group.id);
      if (Date.now() - (await this.#disk.changedAt(path)) > leftoverAfter) await this.#disk.remove(path);
    }
  }

  async #one(id: string): Promise<GroupCard | UnreadGroup | undefined> {
    try {
      const read = readGroupCard(await this.#disk.read(this.#folder.groupPath(id)));
      if (read.kind === 'group' && read.card.id === id) return read.card;
      if (read.kind === 'newer') return { id, kind: 'newer', why: `Its card is of version ${read.version}.` };
      await this.#folder.setGroupAside(id);
      return { id, kind: 'damaged', why: 'Its card is not what was written.' };
    } catch (error) {
      return isMissing(error) ? undefined : { id, kind: 'unreadable', why: messageOf(error) };
    }
  }
}

/** @param known what both windows started from */
function merged(own: GroupCard, there: GroupCard, known: GroupCard | undefined): GroupCard {
  const isAsked = (member: GroupMember) => 'lookUp' in member;
  const members = own.members.map((member) =>
    isAsked(member) ? member : (there.members.find((other) => isAsked(other) && isSameType(other, member)) ?? member),
  );
  const ids = new Set(lookUpsOf({ members }));
  const added = there.members.filter((other) => 'lookUp' in other && !ids.has(other.lookUp));
  return { ...own, name: own.name === known?.name ? there.name : own.name, members: [...members, ...added] };
}

function isSameType(one: GroupMember, other: GroupMember): boolean {
  return one.from === other.from && one.to === other.to;
}
