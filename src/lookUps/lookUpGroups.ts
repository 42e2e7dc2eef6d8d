/**
 * Look-ups that are held together: which they are and what they are called. What is known of them is known by themselves, so a
 * group has no state of its own that could disagree: it runs while one of them runs, and is gone when all of them are.
 */
import { randomUUID } from 'node:crypto';
import type * as vscode from 'vscode';
import type { Account } from '../accounts/accounts.ts';
import { GrowingIds, type SharedQuestion } from '../core/answer/growingIds.ts';
import type { TypeChoice } from '../core/domain/everyType.ts';
import { type Group, type GroupMember, groupSummary, type MemberSummary } from '../core/domain/group.ts';
import { refusedAs } from '../core/domain/matrixCell.ts';
import { Changes } from '../editor/changes.ts';
import type { ReadText } from '../ids/givenIds.ts';
import type { IdPlaces } from '../ids/idPlaces.ts';
import type { GroupCard } from './groupCard.ts';
import { orderOf } from './lookUpCard.ts';
import type { ListedLookUp } from './lookUpEntry.ts';
import type { LookUps, QuestionChange } from './lookUps.ts';
import { lookUpsOf, type ReadGroups, type SavedGroups } from './savedGroups.ts';
import { UpkeepLoop } from './upkeep.ts';

/** A group with those of its look-ups that are there, in their order. */
export interface HeldGroup {
  readonly id: string;
  readonly group: Group;
  readonly name: string | undefined;
  readonly startedAt: Date;
  /** That of the first of its look-ups, as they know also where the clock was set back. */
  readonly order: number;
  readonly members: readonly ListedLookUp[];
  /** Types that were not asked. */
  readonly notAsked: readonly Extract<GroupMember, { notAsked: unknown }>[];
  /** When all of its look-ups are. */
  readonly pinned: boolean;
  /**
   * running while one of them runs, paused while one of them can go on. One whose object type HubSpot refuses leaves the others as
   * they are: with the rest at its end the group has ended, and is not complete.
   */
  readonly state: ListedLookUp['state'];
  readonly summary: MemberSummary;
}

/** How often a card that could not be written is tried again, in milliseconds. */
const tryAgainEvery = 15_000;

export class LookUpGroups implements vscode.Disposable {
  readonly #lookUps: LookUps;
  readonly #saved: SavedGroups;
  readonly #cards = new Map<string, GroupCard>();
  /** Of which group a look-up is. */
  readonly #groupOf = new Map<string, string>();
  /** Groups whose card says what was before. */
  readonly #unwritten = new Set<string>();
  /** Takes in the groups that are kept; undefined once that is done. */
  #toRestore: (() => Promise<void>) | undefined;
  #writing: Promise<void> = Promise.resolve();
  readonly #upkeep: UpkeepLoop;
  readonly #changed = new Changes<string>();
  /** Fires with the id of the group that came or was called otherwise. What its look-ups do is told by those. */
  readonly onDidChange = this.#changed.event;

  constructor(lookUps: LookUps, saved: SavedGroups, every = tryAgainEvery) {
    this.#lookUps = lookUps;
    this.#saved = saved;
    const isToDo = () => this.#toRestore !== undefined || this.#unwritten.size > 0;
    this.#upkeep = new UpkeepLoop({ every, isToDo, tend: () => this.#tend() });
  }

  /**
   * Takes in the groups that are kept, before their look-ups come.
   * @param tell takes those that are not shown as groups, and why
   * @throws when the folder cannot be listed, which is tried again
   */
  async restore(tell: (unread: ReadGroups['unread']) => void = () => {}): Promise<void> {
    this.#toRestore = async () => {
      const { groups, unread } = await this.#saved.read();
      this.#toRestore = undefined;
      // What this window has made meanwhile, it knows better.
      for (const card of groups.filter(({ id }) => !this.#cards.has(id))) {
        this.#hold(card);
        this.#changed.fire(card.id);
      }
      tell(unread);
    };
    try {
      await this.#toRestore();
    } catch (error) {
      this.#upkeep.begin();
      throw error;
    }
  }

  /** Newest first, pinned ones before; without those of which no look-up is there. */
  list(): readonly HeldGroup[] {
    const all = [...this.#cards.keys()]
      .flatMap((id) => this.find(id) ?? [])
      .sort((one, other) => other.order - one.order);
    return [...all.filter(({ pinned }) => pinned), ...all.filter(({ pinned }) => !pinned)];
  }

  find(id: string): HeldGroup | undefined {
    const card = this.#cards.get(id);
    // A look-up that several cards name is the first one's: it has one place in the view.
    const own = card ? lookUpsOf(card).filter((each) => this.#groupOf.get(each) === id) : [];
    const members = own.flatMap((each) => this.#lookUps.find(each) ?? []);
    if (!card || members.length === 0) return undefined;
    return {
      id,
      group: card,
      name: card.name,
      startedAt: card.startedAt,
      order: Math.min(...members.map(orderOf)),
      members,
      notAsked: card.members.filter((member) => 'notAsked' in member),
      pinned: members.every(({ pinned }) => pinned),
      state: stateOf(members),
      summary: groupSummary(members.map(({ summary }) => summary)),
    };
  }

  /** The group that a look-up is in. */
  of(lookUpId: string): string | undefined {
    return this.#groupOf.get(lookUpId);
  }

  /** How many look-ups are not pinned; those that are held together are one, and stay when one of them is pinned. */
  get countedAsKept(): number {
    const entries = this.#lookUps.list();
    const unit = ({ id }: ListedLookUp) => this.of(id) ?? id;
    const pinned = new Set(entries.filter((entry) => entry.pinned).map(unit));
    return new Set(entries.map(unit).filter((id) => !pinned.has(id))).size;
  }

  /** Holds look-ups together from here on. */
  make(members: readonly GroupMember[], sharesIds: boolean, name?: string): string {
    const id = randomUUID();
    this.#hold({ id, startedAt: new Date(), name, sharesIds, members, unknown: {} });
    this.#write(id);
    return id;
  }

  rename(id: string, name: string): void {
    const card = this.#cards.get(id);
    if (!card) return;
    this.#cards.set(id, { ...card, name: name.trim() || undefined });
    this.#write(id);
  }

  /**
   * Looks the same ids up with several object types: a look-up for each that is asked. All of them share one list of ids.
   * @returns the id of the group; `finished` resolves when each of its look-ups has ended or is paused
   */
  start(
    question: Omit<SharedQuestion, 'to' | 'ids'> & { readonly ids: readonly string[] | GrowingIds },
    types: readonly TypeChoice[],
    given: { readonly account: Account; readonly places: IdPlaces; readonly read?: ReadText | undefined },
  ): { readonly id: string; readonly finished: Promise<void> } {
    const ids = GrowingIds.of(question.ids);
    const { from } = question;
    const runs: Promise<void>[] = [];
    const members = types.map(({ to, notAsked }): GroupMember => {
      if (notAsked) return { from, to, notAsked };
      const { entry, finished } = this.#lookUps.run({ ...question, to, ids }, given.account, given.places, given.read);
      runs.push(finished);
      return { from, to, lookUp: entry.id };
    });
    return { id: this.make(members, true), finished: Promise.all(runs).then(() => undefined) };
  }

  /**
   * Asks the same ids again, in each look-up as there: a new group.
   * @param change what is asked otherwise in all of them
   * @returns its id, or undefined when there is none
   */
  async again(id: string, change: QuestionChange = {}): Promise<string | undefined> {
    const held = this.find(id);
    if (!held) return undefined;
    const source = await this.#sharedSource(held);
    const members: GroupMember[] = [];
    for (const { id: member, question } of held.members) {
      const started = await this.#askAgain(source, member, question, change);
      if (started) members.push({ from: question.from, to: question.to, lookUp: started.entry.id });
    }
    return members.length > 0 ? this.make([...members, ...held.notAsked], held.group.sharesIds) : undefined;
  }

  /** Asks the types that were not asked. @returns false when there is none, or no look-up whose ids could be asked */
  async askTheOthers(id: string): Promise<boolean> {
    const held = this.find(id);
    const source = held && (await this.#sharedSource(held));
    if (!held || source === undefined) return false;
    const started = new Map<string, string>();
    for (const { to } of held.notAsked) {
      const run = await this.#lookUps.again(source, { to });
      if (run) started.set(to, run.entry.id);
    }
    const card = this.#cards.get(id);
    if (!card || started.size === 0) return false;
    const members = card.members.map((member): GroupMember => {
      const lookUp = started.get(member.to);
      return 'notAsked' in member && lookUp !== undefined ? { from: member.from, to: member.to, lookUp } : member;
    });
    this.#hold({ ...card, members });
    this.#write(id);
    return true;
  }

  /** The look-up whose list of ids new ones share: the first that can be read. Undefined where each has a list of its own. */
  async #sharedSource({ group, members }: HeldGroup): Promise<string | undefined> {
    if (!group.sharesIds) return undefined;
    for (const { id } of members) if (await this.#lookUps.open(id)) return id;
    return undefined;
  }

  /** Takes from the question what it needs: a copy of it would list its ids. */
  #askAgain(source: string | undefined, member: string, question: QuestionChange, change: QuestionChange) {
    const { to = question.to, apiVersion = question.apiVersion, recordCap = question.recordCap } = change;
    return this.#lookUps.again(source ?? member, {
      ...(to && { to }),
      ...(apiVersion && { apiVersion }),
      ...(recordCap !== undefined && { recordCap }),
    });
  }

  dispose(): void {
    this.#upkeep.dispose();
    this.#changed.dispose();
  }

  /** Resolves when all that could be written is. */
  async close(): Promise<void> {
    await this.#writeAll();
  }

  #hold(card: GroupCard): void {
    this.#cards.set(card.id, card);
    for (const lookUp of lookUpsOf(card)) if (!this.#groupOf.has(lookUp)) this.#groupOf.set(lookUp, card.id);
  }

  #write(id: string): void {
    this.#unwritten.add(id);
    this.#changed.fire(id);
    void this.#writeAll();
  }

  async #tend(): Promise<void> {
    await this.#toRestore?.().catch(() => {});
    await this.#writeAll();
  }

  /** One after the other: of two cards of a group the last one stays. */
  #writeAll(): Promise<void> {
    this.#writing = this.#writing.then(() => this.#writeUnwritten());
    return this.#writing;
  }

  async #writeUnwritten(): Promise<void> {
    for (const id of this.#unwritten) {
      const card = this.#cards.get(id);
      try {
        if (card) await this.#saved.write(card);
        // It may have changed meanwhile.
        if (this.#cards.get(id) === card) this.#unwritten.delete(id);
      } catch {
        this.#upkeep.begin();
      }
    }
  }
}

function stateOf(members: readonly ListedLookUp[]): HeldGroup['state'] {
  if (members.some(({ state }) => state === 'running')) return 'running';
  const canGoOn = ({ state, stopped }: ListedLookUp) => state === 'paused' && !(stopped && refusedAs(stopped));
  return members.some(canGoOn) ? 'paused' : 'ended';
}
