/** Kills a look-up at random moments, and holds what is on the disk after each kill against what HubSpot has. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Verdict } from '../../src/core/domain/expectation.ts';
import type { Check } from '../../src/core/expectation/check.ts';
import { SavedLookUps } from '../../src/lookUps/savedLookUps.ts';
import { answerDigest } from '../core/answerDigest.ts';
import { dealId, generatedAccount } from '../hubspotStandIn/generatedAccount.ts';
import { inputsOf, type RecordedRequest } from '../hubspotStandIn/recordedRequest.ts';
import { startHubSpotStandIn } from '../hubspotStandIn.ts';
import { contactsOfNth as contacts, plantedUnexpected, plantedVerdict } from './plantedPairs.ts';

const killed = fileURLToPath(new URL('./killedLookUp.ts', import.meta.url));
const inFlight = 16;
const id = '00000000-0000-4000-8000-000000000001';

export interface Killing {
  readonly asked: number;
  readonly batchSize: number;
  readonly kills: number;
  /** Whether the look-up has an expectation, which is kept with it. */
  readonly isCheck?: boolean;
  /** Whether the disk is full for some of the writes of some of the runs. */
  readonly isDiskFull: boolean;
  /** Told after each kill. */
  readonly onKill?: (kill: number, records: number) => void;
}

/** @throws when anything on the disk says more, or at the end less, than HubSpot has */
export async function killRepeatedly(killing: Killing): Promise<void> {
  const { asked, batchSize, kills, isDiskFull, isCheck = false, onKill = () => {} } = killing;
  const account = generatedAccount({ deals: asked, contacts });
  const standIn = await startHubSpotStandIn({ account, pageSize: 3 });
  const folder = await mkdtemp(join(tmpdir(), 'killed-'));
  let reader: ChildProcess | undefined;
  let untilKill = 0;
  // The stand-in kills the reader itself, in the middle of answering some request that nobody can foresee.
  standIn.faults.set({
    kind: 'latency',
    milliseconds: 2,
    when: () => {
      if (--untilKill === 0) reader?.kill('SIGKILL');
      return true;
    },
  });
  try {
    const runs: (readonly RecordedRequest[])[] = [];
    const perRun = Math.max(5, Math.floor((asked / batchSize / kills) * 0.8));
    for (let kill = 0; kill <= kills; kill++) {
      const isLast = kill === kills;
      untilKill = isLast ? Number.POSITIVE_INFINITY : inFlight + 1 + Math.floor(Math.random() * perRun);
      const full =
        isDiskFull && Math.random() < 0.5
          ? [Math.floor(Math.random() * perRun), 1 + Math.floor(Math.random() * 9)]
          : [];
      const args = [
        killed,
        standIn.origin,
        standIn.token,
        folder,
        asked,
        batchSize,
        isCheck ? 'check' : 'plain',
        ...full,
      ].map(String);
      reader = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
      let said = '';
      reader.stdout?.on('data', (data) => (said += data));
      await once(reader, 'close');
      runs.push([...standIn.requests]);
      standIn.forgetRequests();
      if (!isLast && reader.signalCode !== 'SIGKILL') assert.equal(reader.exitCode, 0, 'it was killed, or had ended');
      if (isLast) assert.equal(JSON.parse(said).complete, true);
      onKill(kill, await assertHonest(folder, killing, isLast));
    }
    if (!isDiskFull) assertLittleIsRepeated(runs);
  } finally {
    reader?.kill('SIGKILL');
    await standIn.close();
    await rm(folder, { recursive: true });
  }
}

/** Every record that is not said to be open has what HubSpot has. @returns how many of them there are */
async function assertHonest(folder: string, { asked, isCheck, isDiskFull }: Killing, isLast: boolean): Promise<number> {
  const saved = new SavedLookUps(folder, 1);
  const entry = await saved.take(id);
  await saved.close();
  if (!entry && !isLast) return 0; // killed before it began
  assert.ok(entry?.kind === 'restored', `The look-up is ${entry?.kind}`);
  const { answer } = entry.state;
  let settled = 0;
  for (const [nth, { id: record, state, truncation, to }] of answerDigest(answer).records.entries()) {
    assert.equal(record, dealId(nth));
    assert.ok(to.length <= contacts(nth));
    if (state === 'notRead' || truncation !== undefined) continue;
    assert.equal(to.length, contacts(nth), `record ${nth} is said to be ${state}, and whole`);
    settled++;
  }
  if (isLast) assert.deepEqual([settled, answer.complete, entry.card.ended], [asked, true, true]);
  // Where the disk was full before the pairs were written, it is said that they cannot be read back, and nothing is told of them.
  if (isCheck && (entry.check || isLast || !isDiskFull)) assertVerdicts(entry.check?.check, isLast);
  return settled;
}

/** A pair of a record that is whole has the verdict it would have had without a kill; of no other anything else is said. */
function assertVerdicts(check: Check | undefined, isLast: boolean): void {
  assert.ok(check, 'the pairs were kept');
  const { answer, expectation, counts } = check;
  assert.equal(
    counts.expected,
    counts.asExpected + counts.differs + counts.missing + counts.noSuchRecord + counts.cannotTell,
  );
  for (let pair = 0; pair < expectation.length; pair++) {
    const record: number = check.place(pair)!.record;
    const verdict: Verdict = check.verdict(pair);
    const isWhole = answer.state(record) !== 'notRead' && answer.truncation(record) === undefined;
    if (isWhole || verdict !== 'cannotTell') {
      assert.equal(verdict, plantedVerdict(record, expectation.toId(pair)), `pair ${pair} of record ${record}`);
    }
  }
  const { asked } = answer.counts;
  const unexpected = plantedUnexpected(asked, contacts);
  assert.ok(counts.unexpected <= unexpected && counts.unexpectedAtLeast === !answer.complete);
  if (isLast) assert.deepEqual([counts.cannotTell, counts.unexpected], [0, unexpected]);
}

/** Of each killed reader's requests only those are sent again that were under way when it was killed. */
function assertLittleIsRepeated(runs: readonly (readonly RecordedRequest[])[]): void {
  const askedLater = new Set<string>();
  let again = 0;
  for (const requests of runs.toReversed()) {
    const inputs = requests.map((request) => inputsOf(request).map((each) => `${each.id} ${each.after ?? ''}`));
    const repeated = inputs.filter((ids) => ids.some((each) => askedLater.has(each))).length;
    assert.ok(repeated <= inFlight, `${repeated} of ${requests.length} requests were sent again`);
    again += repeated;
    for (const each of inputs.flat()) askedLater.add(each);
  }
  assert.ok(again > 0, 'a kill in the middle costs something');
}
