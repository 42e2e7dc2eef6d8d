/** Asks two accounts the same, and tells where they differ. */
import type { Check, Facts } from './checks.ts';
import type { LiveAccount } from './liveAccount.ts';

export type Verdict =
  | { readonly kind: 'same'; readonly facts: Facts }
  /** `bySources`: the stand-in has no answer, and this is what published sources say. */
  | { readonly kind: 'different'; readonly live: Facts; readonly supposed: Facts; readonly bySources: boolean }
  /** `why` completes "Not asked: ...". */
  | { readonly kind: 'notAsked'; readonly why: string }
  /** One of the two did not tell: the facts say which, and why. */
  | { readonly kind: 'notTold'; readonly live: Facts };

/** Never rejects: what breaks a check is told as the reason why it was not asked. */
export async function compare(check: Check, live: LiveAccount, standIn: LiveAccount): Promise<Verdict> {
  if (check.needs && !live.subjects[check.needs]) return { kind: 'notAsked', why: `it needs --${check.needs} ID` };
  try {
    const ofLive = await check.ask(live);
    if (JSON.stringify(ofLive).includes('not told: ')) return { kind: 'notTold', live: ofLive };
    const supposed = check.supposed ?? (await check.ask(standIn));
    return JSON.stringify(ofLive) === JSON.stringify(supposed)
      ? { kind: 'same', facts: ofLive }
      : { kind: 'different', live: ofLive, supposed, bySources: check.supposed !== undefined };
  } catch (error) {
    return { kind: 'notAsked', why: error instanceof Error ? error.message : String(error) };
  }
}

export function linesOf({ title }: Check, verdict: Verdict): readonly string[] {
  switch (verdict.kind) {
    case 'same':
      return [`same       ${title}: ${sentence(verdict.facts)}`];
    case 'different':
      return [
        `DIFFERENT  ${title}`,
        `             HubSpot:  ${sentence(verdict.live)}`,
        `             ${verdict.bySources ? 'sources: ' : 'stand-in:'} ${sentence(verdict.supposed)}`,
      ];
    case 'notTold':
      return [`not told   ${title}: ${sentence(verdict.live)}`];
    case 'notAsked':
      return [`not asked  ${title}: ${verdict.why}`];
  }
}

function sentence(facts: Facts): string {
  return Object.entries(facts)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name} ${JSON.stringify(value)}`)
    .join(', ');
}
