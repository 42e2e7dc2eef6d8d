/** What check:live found, as Markdown that can be pasted where it is discussed: no token, no record ID, no account. */
import type { Check } from './checks.ts';
import { linesOf, type Verdict } from './compareAccounts.ts';

export interface Finding {
  readonly check: Check;
  readonly verdict: Verdict;
}

interface About {
  /** Of the extension. */
  readonly version: string;
  readonly on: Date;
  /** What kind of account HubSpot says it is, such as DEVELOPER_TEST. */
  readonly accountType: string;
}

/** What matters most comes first. */
const kinds: readonly (readonly [Verdict['kind'], string])[] = [
  ['different', 'different'],
  ['same', 'as supposed'],
  ['notTold', 'not told by this account'],
  ['notAsked', 'not asked'],
];

export function countOf(findings: readonly Finding[], kind: Verdict['kind']): number {
  return findings.filter(({ verdict }) => verdict.kind === kind).length;
}

export function liveReport(findings: readonly Finding[], { version, on, accountType }: About): string {
  const sum = kinds.map(([kind, words]) => `${countOf(findings, kind)} ${words}`).join(' + ');
  return [
    `### check:live of ${version}, ${on.toISOString().slice(0, 10)}, account type ${accountType}`,
    '',
    `${findings.length} questions = ${sum}`,
    '',
    '```text',
    ...kinds.flatMap(([kind]) =>
      findings.filter(({ verdict }) => verdict.kind === kind).flatMap(({ check, verdict }) => linesOf(check, verdict)),
    ),
    '```',
  ].join('\n');
}
