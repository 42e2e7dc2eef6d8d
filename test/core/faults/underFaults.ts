/** Runs the engine against a stand-in over real HTTP, in time that passes two hundred times as fast, and compares with the truth. */

import assert from 'node:assert/strict';
import type { Answer, AssociationType, Question, Truncation } from '../../../src/core/domain/associations.ts';
import type { Failure } from '../../../src/core/domain/failure.ts';
import type { Clock } from '../../../src/core/hubspot/clock.ts';
import type { Fetch } from '../../../src/core/hubspot/fetch.ts';
import { machineClock, systemClock } from '../../../src/core/hubspot/machineClock.ts';
import { type LookUp, lookUp } from '../../../src/core/lookUp/lookUp.ts';
import type { LookUpEnd, LookUpOptions, Progress } from '../../../src/core/lookUp/run.ts';
import type { Portal } from '../../../src/core/sampleHubSpot/portal.ts';
import type { StandIn } from '../../hubspotStandIn/standIn.ts';
import { madePorts } from '../madePorts.ts';

const speed = 200;

/** A clock that runs fast: ten seconds of patience take fifty milliseconds. */
export const fastClock: Clock = {
  now: () => performance.now() * speed,
  sleep: (milliseconds, signal) =>
    systemClock.sleep(Math.max(0, Math.min(2 ** 31 - 1, Math.ceil(milliseconds / speed))), signal),
};

/** The same on a machine whose clock can be set and that can sleep, in milliseconds of the fast time. */
export function fastMachine() {
  let slept = 0;
  let ahead = 0;
  const steady = () => fastClock.now() + slept;
  const clock = machineClock({
    steady,
    wall: () => steady() + ahead,
    after: (milliseconds, callback) => {
      const cancel = new AbortController();
      void fastClock.sleep(milliseconds, cancel.signal).then(() => {
        if (!cancel.signal.aborted) callback();
      });
      return () => cancel.abort();
    },
  });
  return {
    clock,
    setClock: (by: number) => {
      ahead += by;
    },
    sleep: (milliseconds: number) => {
      slept += milliseconds;
    },
  };
}

/**
 * A clock that jumps: it stands still but for waiting, which takes no time and no more than was asked for. For one call at a
 * time. Its waits of more than a quarter of an hour are those for a call that takes too long, and end only when there is an answer.
 */
export function jumpingClock(): Clock {
  let time = 0;
  return {
    now: () => time,
    sleep: (milliseconds, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        const until = time + milliseconds;
        signal?.addEventListener('abort', () => resolve(), { once: true });
        if (milliseconds > 900_000) return;
        setImmediate(() => {
          if (!signal?.aborted) time = Math.max(time, until);
          resolve();
        });
      }),
  };
}

export interface Reading extends LookUpEnd {
  readonly run: LookUp;
  /** Requests that reached the stand-in during this run. */
  readonly requests: number;
  /** Every wait that was reported, in milliseconds from when it was. */
  readonly waits: readonly { readonly reason: string; readonly milliseconds: number }[];
}

/** Bounds on time are wide, so that a slow machine changes nothing; a test of them sets its own. */
export async function read(
  standIn: StandIn,
  question: Question,
  options: LookUpOptions = {},
  { through = fetch, clock = fastClock }: { readonly through?: Fetch; readonly clock?: Clock } = {},
): Promise<Reading> {
  const before = standIn.requests.length;
  const waits: { reason: string; milliseconds: number }[] = [];
  const onProgress = ({ waiting }: Progress) => {
    if (waiting) waits.push({ reason: waiting.reason, milliseconds: waiting.until - clock.now() });
  };
  const run = lookUp(
    question,
    madePorts({ fetch: through, origin: standIn.origin, token: async () => standIn.token, clock }),
    {
      onProgress,
      ...options,
      patience: { totalMilliseconds: 1e8, callMilliseconds: 1e7, ...options.patience },
    },
  );
  const end = await run.done;
  assertSums(end.answer);
  return { ...end, run, requests: standIn.requests.length - before, waits };
}

/** asked = found + none + failed + notRead, in the counts and record by record. */
function assertSums(answer: Answer): void {
  const { counts } = answer;
  const seen = { found: 0, none: 0, failed: 0, notRead: 0 };
  let truncated = 0;
  let associations = 0;
  for (let record = 0; record < counts.asked; record++) {
    const state = answer.state(record);
    seen[state]++;
    associations += answer.associationCount(record);
    if (answer.truncation(record)) truncated++;
    if (state === 'notRead' || state === 'failed') assert.ok(answer.problem(record), `${state} without a reason`);
    assert.equal(answer.associationCount(record) > 0, state === 'found');
  }
  const { found, none, failed, notRead } = counts;
  assert.deepEqual({ found, none, failed, notRead }, seen);
  assert.equal(counts.asked, found + none + failed + notRead);
  assert.deepEqual([counts.truncated, counts.associations], [truncated, associations]);
  assert.equal(answer.completeness === 'incomplete', failed + notRead + truncated > 0);
  assert.equal(answer.complete, answer.completeness === 'complete');
}

/** One record's associations by id, each with its types in a fixed order. */
export function associationsIn(answer: Answer, record: number): ReadonlyMap<string, readonly AssociationType[]> {
  const known = new Map<string, readonly AssociationType[]>();
  for (let nth = 0; nth < answer.associationCount(record); nth++) {
    const toId = answer.toId(record, nth);
    assert.ok(!known.has(toId), `${toId} twice`);
    known.set(toId, sorted(answer.types(record, nth)));
  }
  return known;
}

const sorted = (types: readonly AssociationType[]) =>
  types.map((type) => ({ ...type })).sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));

/** These records of the Answer (default all) are exactly as the portal has them. */
export function assertTruth(
  answer: Answer,
  portal: Portal,
  records?: readonly string[],
  truncation?: Truncation,
): void {
  const { from, to, ids } = answer.question;
  for (const id of records ?? ids) {
    const record = answer.recordOf(id);
    assert.ok(record !== undefined, `${id} has no place`);
    const truth = portal.associationsOf(from, id, to, { version: answer.apiVersion });
    assert.equal(answer.state(record), truth.length > 0 ? 'found' : 'none', id);
    assert.equal(answer.truncation(record), truncation, id);
    assert.deepEqual(
      [...associationsIn(answer, record)].sort(([one], [other]) => (one < other ? -1 : 1)),
      truth
        .map(({ toId, types }): [string, readonly AssociationType[]] => [toId, sorted(types)])
        .sort(([one], [other]) => (one < other ? -1 : 1)),
      id,
    );
  }
  if (records === undefined) assert.notEqual(answer.completeness, 'incomplete');
}

/** Why these records (default all that were asked) were not read: each kind of failure, and the failures themselves. */
export function reasons(answer: Answer, ids: readonly string[] = answer.question.ids): readonly Failure[] {
  const failures = new Map<string, Failure>();
  for (const id of ids) {
    const record = answer.recordOf(id)!;
    const problem = answer.problem(record);
    assert.equal(answer.state(record), 'notRead', id);
    assert.ok(problem?.kind === 'notRead');
    failures.set(problem.failure.kind, problem.failure);
  }
  return [...failures.values()];
}
