/**
 * The store alone, in a process of its own in which nothing else comes and goes: a million associations, five of each record,
 * three combinations of types. Prints for each round how many bytes an association takes.
 */
import { writeSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { AnswerColumns } from '../../../src/core/answer/answerColumns.ts';
import { dealIds } from './precomputedHubSpot.ts';

const records = 200_000;
const each = 5;
const { rounds } = JSON.parse(process.argv[2] ?? '{}');

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** What is held, once it no longer becomes less: buffers that nobody holds are given back a while after a collection. */
async function size(): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let unchanged = 0; unchanged < 3; ) {
    collect();
    await setTimeout(20);
    const { heapUsed, external } = process.memoryUsage();
    const now = heapUsed + external;
    unchanged = now < least - 10_000 ? 0 : unchanged + 1;
    least = Math.min(least, now);
  }
  return least;
}

function filled(ids: readonly string[]): AnswerColumns {
  const answer = new AnswerColumns({ from: 'deals', to: 'contacts', ids });
  const sets = ['deal_to_contact', 'decision_maker', 'billing'].map((name) => answer.typeSets.named(name));
  for (let record = 0; record < records; record++) {
    const codes = Array.from({ length: each }, (_, nth) => 300_000_000_000 + record * 7 + nth * 11);
    answer.addPage(record, { codes, sets: codes.map((_, nth) => sets[nth % 3]!) }, 10_000);
    answer.settle(record, 'found');
  }
  return answer;
}

const ids = dealIds(records);

/** In a function of its own, whose end lets go of the Answer for certain. */
async function bytesPerAssociation(): Promise<number> {
  const before = await size();
  const answer = filled(ids);
  const taken = (await size()) - before;
  return taken / answer.counts.associations;
}

const bytes: number[] = [];
// The first round makes what every later one finds there, such as compiled code.
for (let round = 0; round <= rounds; round++) bytes.push(await bytesPerAssociation());
writeSync(1, `${JSON.stringify({ bytes: bytes.slice(1) })}\n`);
process.exit();
