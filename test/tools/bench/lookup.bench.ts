import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { build } from 'esbuild';
import { AnswerColumns } from '../../../src/core/answer/answerColumns.ts';
import { usualV3Row } from '../../../src/core/hubspot/apiV3.ts';
import { batchBodySchema } from '../../../src/core/hubspot/batchAnswer.ts';
import { type Measure, type Measurement, median, sideBySide } from './measurement.ts';
import { readOfficially } from './officialReader.ts';
import { ownProcess } from './ownProcess.ts';
import { batchAnswer, dealIds, firstDeal } from './precomputedHubSpot.ts';
import { readOurs, readRaw } from './readers.ts';

interface Server {
  readonly origin: string;
}

export const measure: Measure = async () => [
  await bytesPerAssociation(),
  await validating(),
  ...(await hundredThousand()),
  ...(await memory()),
  await limited(),
];

/** The store alone: a million associations, five of each record, three combinations of types. */
async function bytesPerAssociation(): Promise<Measurement> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const size = () => {
    collect();
    const { heapUsed, external, arrayBuffers } = process.memoryUsage();
    return heapUsed + Math.max(external, arrayBuffers);
  };
  const records = 200_000;
  const each = 5;
  const ids = dealIds(records);
  const before = size();
  const answer = new AnswerColumns({ from: 'deals', to: 'contacts', ids });
  const sets = ['deal_to_contact', 'decision_maker', 'billing'].map((name) => answer.typeSets.named(name));
  for (let record = 0; record < records; record++) {
    const codes = Array.from({ length: each }, (_, nth) => 300_000_000_000 + record * 7 + nth * 11);
    answer.addPage(record, { codes, sets: codes.map((_, nth) => sets[nth % 3]!) }, 10_000);
    answer.settle(record, 'found');
  }
  const value = (size() - before) / answer.counts.associations;
  return { name: 'store.bytes-per-association', value, floor: 1, ratio: value, unit: 'bytes', mark: { atMost: 16 } };
}

/** The worst of three sizes of body. */
async function validating(): Promise<Measurement> {
  const schema = batchBodySchema(usualV3Row);
  const worst = { value: 0, floor: 0, ratio: 0 };
  for (const [each, pairs] of [
    [5, 60],
    [50, 30],
    [500, 9],
  ] as const) {
    const body = batchAnswer(firstDeal, 1000, each);
    const validated = () => {
      if (!schema.validate(JSON.parse(body))) throw new Error('The body is valid');
    };
    const measured = await sideBySide(pairs, validated, () => JSON.parse(body));
    if (measured.ratio > worst.ratio) Object.assign(worst, measured);
  }
  return { name: 'validate.vs-json-parse', ...worst, unit: 'ms', mark: { atMost: 1.15 } };
}

async function hundredThousand(): Promise<readonly Measurement[]> {
  const server = await ownProcess<Server>('precomputedHubSpot.ts', { latency: 150 });
  try {
    const { origin } = server.said;
    const ids = dealIds(100_000);
    const raw = await sideBySide(
      5,
      () => readOurs(origin, ids, { ledger: true }),
      () => readRaw(origin, ids, 1000, 16),
    );
    const blocked = await longestBlock(() => readOurs(origin, ids, { ledger: true }));
    const largeBody = batchAnswer(firstDeal, 1000, 500);
    const parses = Array.from({ length: 5 }, () => timed(() => JSON.parse(largeBody)));
    const parse = median(parses);

    const at1000 = await once(() => readOfficially(origin, ids, 1000));
    const tenth = ids.slice(0, 10_000);
    const at100 = 10 * (await once(() => readOfficially(origin, tenth, 100)));
    return [
      { name: 'lookup.100k.vs-raw-sockets', ...raw, unit: 'ms', mark: { atMost: 1.2 } },
      {
        name: 'lookup.100k.vs-official-1000',
        value: raw.value,
        floor: at1000,
        ratio: at1000 / raw.value,
        unit: 'ms',
        mark: { atLeast: 12 },
      },
      {
        name: 'lookup.100k.vs-official-100',
        value: raw.value,
        floor: at100,
        ratio: at100 / raw.value,
        unit: 'ms',
        mark: { atLeast: 100 },
      },
      {
        name: 'loop.longest-block',
        value: blocked,
        floor: parse,
        ratio: blocked / parse,
        unit: 'ms',
        mark: { atMost: 1.5 },
      },
    ];
  } finally {
    await server.end();
  }
}

/**
 * The most memory that a process takes to read a million records and keep what came: our Answer, or the results that the
 * official client returned. Each reader runs as it would be shipped, bundled into plain JavaScript, so that no process pays
 * for the compiler of this bench. The third reader shows how little of ours is the look-up's own.
 */
async function memory(): Promise<readonly Measurement[]> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-'));
  const server = await ownProcess<Server>('precomputedHubSpot.ts', { latency: 0 });
  try {
    const read = async (reader: string) => {
      const child = await ownProcess<{ megabytes: number }>(reader, {
        origin: server.said.origin,
        records: 1_000_000,
      });
      await child.end();
      return child.said.megabytes;
    };
    const ours = await bundled(folder, './readers.ts', 'readOurs');
    const official = await bundled(folder, './officialReader.ts', 'readOfficially');
    const dropping = await bundled(folder, './droppingReader.ts', 'readAndDrop');
    const values: number[] = [];
    const officials: number[] = [];
    const droppers: number[] = [];
    for (let round = 0; round < 3; round++) {
      values.push(await read(ours));
      officials.push(await read(official));
      droppers.push(await read(dropping));
    }
    const value = median(values);
    const compared = (name: string, floors: readonly number[], atMost: number): Measurement => {
      const ratio = median(values.map((each, round) => each / floors[round]!));
      return { name, value, floor: median(floors), ratio, unit: 'MB', mark: { atMost } };
    };
    return [
      compared('lookup.1M.rss-vs-official', officials, 0.3),
      compared('lookup.1M.rss-vs-read-and-drop', droppers, 1.2),
    ];
  } finally {
    await server.end();
    await rm(folder, { recursive: true });
  }
}

/** One reader and what measures it, in one file of plain JavaScript. */
async function bundled(folder: string, module: string, reader: string): Promise<string> {
  const outfile = join(folder, `${reader}.cjs`);
  await build({
    stdin: {
      contents: `import { memoryOfReader } from './memoryOfReader.ts';
        import { ${reader} } from '${module}';
        memoryOfReader(${reader});`,
      resolveDir: import.meta.dirname,
      loader: 'ts',
    },
    bundle: true,
    platform: 'node',
    mainFields: ['module', 'main'],
    logLevel: 'silent',
    outfile,
  });
  return outfile;
}

/** A server that enforces 100 requests in any window, in time five times as fast; six windows of requests take five at the least. */
async function limited(): Promise<Measurement> {
  const limit = { requests: 100, milliseconds: 2000 };
  const windows = 6;
  const server = await ownProcess<Server>('precomputedHubSpot.ts', { latency: 30, limit });
  try {
    const ids = dealIds(limit.requests * windows);
    const value = await once(() => readOurs(server.said.origin, ids, { limits: limit, batchSize: 1 }));
    const refused = Number(await (await fetch(`${server.said.origin}/refused`)).text());
    if (refused > 0) throw new Error(`${refused} requests were refused with 429`);
    const floor = (windows - 1) * limit.milliseconds;
    const mark = { atMost: 1.05 };
    return { name: 'lookup.limited.vs-bucket', value, floor, ratio: value / floor, unit: 'ms', mark };
  } finally {
    await server.end();
  }
}

async function longestBlock(work: () => Promise<unknown>): Promise<number> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  await work();
  delay.disable();
  return delay.max / 1e6;
}

async function once(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function timed(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}
