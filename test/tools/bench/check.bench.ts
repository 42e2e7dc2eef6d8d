import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { AnswerColumns } from '../../../src/core/answer/answerColumns.ts';
import type { SharedQuestion } from '../../../src/core/answer/growingIds.ts';
import type { VerdictCounts } from '../../../src/core/domain/expectation.ts';
import { Check } from '../../../src/core/expectation/check.ts';
import { FilePairs } from '../../../src/core/expectation/filePairs.ts';
import type { PairColumns } from '../../../src/core/expectation/pairColumns.ts';
import { RateLimiter } from '../../../src/core/hubspot/limiter.ts';
import { systemClock } from '../../../src/core/hubspot/machineClock.ts';
import { lookUp } from '../../../src/core/lookUp/lookUp.ts';
import { proposePairs } from '../../../src/core/pairs/proposal.ts';
import { readPairs } from '../../../src/core/pairs/readPairs.ts';
import { madePorts } from '../../core/madePorts.ts';
import { compared, type Lines, type Measurement, sideBySide, timed } from './measurement.ts';
import { ownProcess } from './ownProcess.ts';
import { firstDeal } from './precomputedHubSpot.ts';

export const lines: readonly Lines[] = [{ names: ['check.100k.vs-look-up'], measure: againstLookUp }];

const firstContact = 300_000_000_000;

/** Each deal is expected with one of the five contacts that the server gives it. */
function* file(pairs: number): Iterable<string> {
  yield 'deal_id,contact_id\n';
  for (let first = 0; first < pairs; first += 1000) {
    let rows = '';
    for (let nth = first; nth < Math.min(pairs, first + 1000); nth++) {
      rows += `${firstDeal + nth},${firstContact + nth * 7 + (nth % 5) * 11}\n`;
    }
    yield rows;
  }
}

async function pairsOfFile(pairs: number): Promise<PairColumns> {
  const proposal = proposePairs([...file(100)].join(''), 'delimited');
  if (proposal.kind !== 'columns') throw new Error('The columns are not seen');
  const { table, from = 0, to = 1 } = proposal;
  return (await readPairs(file(pairs), { kind: 'columns', table, from, to })).pairs;
}

const expectationOf = (pairs: PairColumns) =>
  new FilePairs(pairs, {
    from: 'deals',
    to: 'contacts',
    apiVersion: 'v3',
    definitions: { labels: undefined },
    isWhole: true,
  });

/** A file that is read already is checked while its ids are looked up; whoever looks on asks at each step. */
async function againstLookUp(): Promise<readonly Measurement[]> {
  await aMillionPairs();
  const records = 100_000;
  const server = await ownProcess<{ readonly origin: string }>('precomputedHubSpot.ts', { latency: 150 });
  try {
    const pairs = await pairsOfFile(records);
    const question: SharedQuestion = { from: 'deals', to: 'contacts', ids: pairs.asked };
    const run = async (look: (answer: AnswerColumns) => () => unknown) => {
      const limiter = new RateLimiter(systemClock, { requests: 1_000_000_000 });
      const ports = madePorts({ fetch: globalThis.fetch, origin: server.said.origin, limiter });
      let onProgress = (): unknown => undefined;
      const started = lookUp(question, ports, { onProgress: () => onProgress() });
      onProgress = look(started.state.answer);
      const { answer } = await started.done;
      if (answer.counts.found !== records)
        throw new Error(`The look-up is not complete: ${JSON.stringify(answer.counts)}`);
    };
    const checked = async () => {
      let last: VerdictCounts | undefined;
      await run((answer) => {
        const check = new Check(answer, expectationOf(pairs));
        return () => {
          last = check.counts;
        };
      });
      if (last?.asExpected !== records) throw new Error(`Not all was found: ${JSON.stringify(last)}`);
    };
    const taken = await sideBySide(checked, () => run(() => () => undefined), { seconds: 10 });
    return [compared('check.100k.vs-look-up', taken, 'ms', { atMost: 1.15 })];
  } finally {
    await server.end();
  }
}

/** No mark: how long a million pairs take, from a file of about 26 MB, and how much memory. */
async function aMillionPairs(): Promise<void> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const megabytes = () => {
    collect();
    const { heapUsed, external, arrayBuffers } = process.memoryUsage();
    return (heapUsed + Math.max(external, arrayBuffers)) / 1e6;
  };
  const count = 1_000_000;
  const before = megabytes();
  let pairs: PairColumns | undefined;
  const reading = await timed(async () => {
    pairs = await pairsOfFile(count);
  });
  const expectation = expectationOf(pairs!);
  const ofPairs = megabytes() - before;
  const answer = new AnswerColumns({ from: 'deals', to: 'contacts', ids: expectation.asked });
  const set = answer.typeSets.named('deal_to_contact');
  for (let record = 0; record < count; record++) {
    const codes = Array.from({ length: 5 }, (_, at) => firstContact + record * 7 + at * 11);
    answer.addPage(record, { codes, sets: codes.map(() => set) }, Number.POSITIVE_INFINITY);
    answer.settle(record, 'found');
    answer.close(record);
  }
  const withAnswer = megabytes();
  let check: Check | undefined;
  const checking = await timed(() => {
    check = new Check(answer, expectation);
    if (check.counts.asExpected !== count) throw new Error(JSON.stringify(check.counts));
  });
  const ofCheck = megabytes() - withAnswer;
  if (check?.verdict(0) !== 'asExpected') throw new Error('Nothing is held');
  const round = (value: number) => value.toFixed(0);
  console.log(
    `A million pairs: read in ${round(reading)} ms (${round(ofPairs)} MB), held against five million associations in ${round(checking)} ms (${round(ofCheck)} MB)`,
  );
}
