/** Look-ups of the same ids as a matrix: a row a record, a column an object type. It holds no data of its own. */
import type { ObjectTypeCatalog } from '../accounts/objectTypeCatalog.ts';
import { GroupAnswer } from '../core/answer/groupAnswer.ts';
import type { Answer } from '../core/domain/associations.ts';
import { type GroupMember, isMember, oneForEachType } from '../core/domain/group.ts';
import { type ColumnState, columnState } from '../core/domain/matrixCell.ts';
import type { MatrixType } from '../core/rows/matrixType.ts';
import { isRead, type LookUpEntry } from '../lookUps/lookUpEntry.ts';
import type { HeldGroup, LookUpGroups } from '../lookUps/lookUpGroups.ts';
import type { LookUps } from '../lookUps/lookUps.ts';
import { lookUpCounts } from './lookUpWords.ts';
import { columnDetail, unreadColumnSentence } from './matrixWords.ts';
import type { ColumnsOf } from './propertyColumns.ts';

/** One column. */
export interface MatrixMember extends MatrixType {
  /** Undefined where its look-up is gone, or cannot be read from the disk. */
  readonly entry: LookUpEntry | undefined;
  state(): ColumnState;
}

export interface Matrix {
  readonly held: HeldGroup;
  /** All of it, a row a record. */
  readonly answer: Answer;
  /** The first look-up that can be read: it knows where the ids stood. */
  readonly first: LookUpEntry;
  readonly members: readonly MatrixMember[];
}

/** Of which records a matrix shows properties: of those that were asked, whatever they are associated with. */
export function asColumnsOf({ held: { id }, first, answer }: Matrix) {
  const { account, question } = first;
  return { id, account, answer, question: { from: question.from } } satisfies ColumnsOf & { readonly answer: Answer };
}

export class Matrices {
  readonly #lookUps: LookUps;
  readonly #groups: LookUpGroups;
  readonly #catalog: ObjectTypeCatalog;
  /** By the id of the group: the Answer stays the same object while it is of the same look-ups. */
  readonly #answers = new Map<string, { readonly of: readonly (Answer | undefined)[]; readonly answer: Answer }>();

  constructor(lookUps: LookUps, groups: LookUpGroups, catalog: ObjectTypeCatalog) {
    this.#lookUps = lookUps;
    this.#groups = groups;
    this.#catalog = catalog;
  }

  /** Undefined for what is no group of look-ups of the same ids, and while one of them is still to be read from the disk. */
  find(id: string): Matrix | undefined {
    const held = this.#groups.find(id);
    if (!held?.group.sharesIds) {
      this.#answers.delete(id);
      return undefined;
    }
    if (held.members.some(({ atHand }) => atHand === 'card' || atHand === 'reading')) return undefined;
    const asked = held.group.members.filter((member) => 'lookUp' in member);
    const members = oneForEachType(asked).map((member) => this.#member(held, member));
    const first = members.find(({ entry }) => entry)?.entry;
    return first && { held, first, members, answer: this.#answerOf(id, members) };
  }

  /** The same after its look-ups were read from the disk. */
  async open(id: string): Promise<Matrix | undefined> {
    const held = this.#groups.find(id);
    if (!held?.group.sharesIds) return undefined;
    for (const { id: member } of held.members) await this.#lookUps.open(member);
    return this.find(id);
  }

  #member({ members: [first] }: HeldGroup, member: Extract<GroupMember, { lookUp: string }>): MatrixMember {
    const { to } = member;
    const found = this.#lookUps.find(member.lookUp);
    const isOwn = found && isMember(member, found.question) && found.account.id === first?.account.id;
    const entry = isOwn && isRead(found) ? found : undefined;
    const answer = entry?.answer;
    const isRunning = () => entry?.state === 'running';
    const state = () => columnState(answer, isRunning());
    return {
      to,
      head: first ? this.#catalog.find(to, first.account).pluralLabel : to,
      entry,
      answer,
      isRunning,
      state,
      told: () => ({
        detail: columnDetail(answer, state()),
        tooltip: entry ? lookUpCounts(entry) : unreadColumnSentence(),
      }),
    };
  }

  #answerOf(id: string, members: readonly MatrixMember[]): Answer {
    const of = members.map(({ answer }) => answer);
    const known = this.#answers.get(id);
    if (known?.of.length === of.length && known.of.every((answer, at) => answer === of[at])) return known.answer;
    const answers = of.filter((answer) => answer !== undefined);
    const answer = new GroupAnswer(answers, answers.length === of.length);
    this.#answers.set(id, { of, answer });
    return answer;
  }
}
