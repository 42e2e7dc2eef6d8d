/** Look-ups of the same records with several object types, told to a language model: each equation, then a row of counts a record. */
import { type Answer, isPrimaryOnly } from '../domain/associations.ts';
import {
  accountWords,
  apiWords,
  associations,
  boundedVerdict,
  completenessWords,
  equation,
  isOfUser,
  type ReportedLookUp,
  sourceWords,
} from './firstLine.ts';
import { tailBytes } from './lookUpReport.ts';
import { asData, bytesOf } from './quoting.ts';

/** One of them, with the id by which its own rows can be had. */
export interface ReportedMember extends ReportedLookUp {
  readonly lookUpId: string;
}

export interface GroupReportOptions {
  readonly groupId: string;
  /** The first record told, from 0. */
  readonly offset: number;
  readonly maxBytes: number;
  readonly source?: string;
}

/** @param members at least one, of the same account and the same records */
export function groupReport(members: readonly ReportedMember[], options: GroupReportOptions): string {
  const { groupId, offset, maxBytes, source } = options;
  const records = members[0]!.answer.counts.asked;
  const lineOf = (record: number) => JSON.stringify(recordLine(members, record));
  const after = [
    JSON.stringify({
      lookUp: groupId,
      account: asData(members[0]!.account.name, 40),
      complete: members.every(isComplete),
      types: members.map(facts),
    }),
    ...(source === undefined ? [] : [source]),
    'Associations of each record with each type, a line of JSON each ("3+": at least 3). For the IDs of one type give the "lookUp" of that type:',
  ];
  // One record at least has to fit.
  const room = bytesIn(after) + tailBytes + (offset < records ? bytesIn([lineOf(offset)]) : 0);
  const beginning = [groupFirstLine(members, maxBytes - room), ...after];
  let left = maxBytes - tailBytes - bytesIn(beginning);
  const lines: string[] = [];
  let next = Math.min(offset, records);
  while (next < records) {
    const line = lineOf(next);
    left -= bytesOf(line) + 1;
    if (left < 0 && lines.length > 0) break;
    lines.push(line);
    next++;
  }
  const tail =
    next < records
      ? `Left out: records ${next} to ${records - 1} of ${records}. Go on with {"lookUp":"${groupId}","offset":${next}}, which sends nothing to HubSpot.`
      : `${offset > 0 ? 'These were the last' : 'These are all'} of ${records} records.`;
  return [...beginning, ...lines, tail].join('\n');
}

/** `12 deals with 2 object types, each by itself: contacts: 12 asked = ..., COMPLETE ... | tickets: ...; account ...; 2 of 2 types COMPLETE.` */
function groupFirstLine(members: readonly ReportedMember[], most: number): string {
  const [first] = members as readonly [ReportedMember, ...ReportedMember[]];
  const verdicts = members.map(completenessWords);
  const each = (mostEach: number) =>
    members.map(
      (member, nth) =>
        `-> ${typeWords(member.answer.question.to)}: ${equation(member)}, ${associations(member)}, ${boundedVerdict(verdicts[nth]!, mostEach)}`,
    );
  const complete = members.filter(isComplete).length;
  const line = (mostEach: number) => `${sourceWords(first)}${[...start, each(mostEach).join(' | ')].join('; ')}.`;
  const start = [
    `${first.answer.counts.asked} ${typeWords(first.answer.question.from)} asked for ${members.length} object types`,
    `${complete} of ${members.length} types COMPLETE`,
    accountWords(first.account),
    apiWords(first),
  ];
  const whole = line(Number.POSITIVE_INFINITY);
  const over = bytesIn([whole]) - most;
  // Which of them says how much cannot be foreseen: each gets the same share.
  return over > 0 ? line((verdicts.reduce((sum, words) => sum + bytesOf(words), 0) - over) / members.length) : whole;
}

/** A name of an object type may have a hundred characters: it is whole in the facts below. */
function typeWords(objectType: string): string {
  return asData(objectType, 40);
}

/** With an end of line each. */
function bytesIn(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + bytesOf(line) + 1, 0);
}

function isComplete({ answer, state, areForeign }: ReportedMember): boolean {
  return answer.complete && state !== 'running' && !areForeign && !isOfUser(answer);
}

function facts(member: ReportedMember): object {
  const { answer, lookUpId } = member;
  const { found, none, failed, notRead, associations: count } = answer.counts;
  const { to } = answer.question;
  return { to, lookUp: lookUpId, found, none, failed, notRead, associations: count, complete: isComplete(member) };
}

function recordLine(members: readonly ReportedMember[], record: number): Record<string, unknown> {
  const id = members[0]!.answer.recordId(record);
  const cells = members.map(({ answer }) => [answer.question.to, cell(answer, id)] as const);
  return { record: asData(id, 30), ...Object.fromEntries(cells) };
}

/** 3, "3+" where more may be there, or why nothing is known. */
function cell(answer: Answer, id: string): number | string {
  const record = answer.recordOf(id);
  if (record === undefined) return 'not read';
  const state = answer.state(record);
  if (state === 'failed') return 'failed';
  const count = answer.associationCount(record);
  if (state === 'notRead') return count > 0 ? `${count}+` : 'not read';
  return answer.truncation(record) !== undefined || isPrimaryOnly(answer.question) ? `${count}+` : count;
}
